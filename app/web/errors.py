"""What goes wrong in a request, as an answer: a clear sentence, the right status, nothing personal."""

from collections.abc import Callable
from typing import Any, cast

import structlog
from flask import Flask, Response
from werkzeug.exceptions import HTTPException

from app.domain.errors import BadInput, Misconfigured, StoreUnavailable
from app.provider.forms import ForeignAccount
from app.web.metrics import REFUSED

log = structlog.get_logger(__name__)


def plain(sentence: str, status: int) -> Response:
    """The sentence as it is, for machines whose makers may read it in a log."""
    return Response(f"{sentence}\n", status, content_type="text/plain; charset=utf-8")


def handle_errors(app: Flask, tell: Callable[[Any, int], Response] = plain) -> None:
    """Register the handlers; `tell` gives a sentence and a status the form in which they are answered.

    A sentence may be one that only becomes words in the reader's language.
    """

    def answer(sentence: object, status: int) -> Response:
        REFUSED.labels(status=status).inc()
        return tell(sentence, status)

    @app.errorhandler(ForeignAccount)
    def foreign(error: ForeignAccount) -> Response:
        return answer(str(error), 403)

    @app.errorhandler(BadInput)
    def bad_input(error: BadInput) -> Response:
        return answer(str(error), 400)

    @app.errorhandler(Misconfigured)
    def misconfigured(error: Misconfigured) -> Response:
        log.error("misconfigured", reason=str(error))
        return answer(error.args[0] if error.args else "", 503)

    @app.errorhandler(StoreUnavailable)
    def unavailable(error: StoreUnavailable) -> Response:
        # Never 200: the provider has to hold on to what we could not keep.
        log.error("the store is unavailable", reason=str(error))
        return answer("The store is unavailable; nothing was changed. Try again.", 503)

    @app.errorhandler(HTTPException)
    def refused(error: HTTPException) -> Response:
        if error.response is not None:
            return cast("Response", error.response)
        told = answer(error.description or error.name, error.code or 500)
        # Such as Allow, which an answer of 405 has to have.
        told.headers.extend((name, value) for name, value in error.get_headers() if name != "Content-Type")
        return told

    @app.errorhandler(Exception)
    def unexpected(error: Exception) -> Response:
        log.error("unexpected error", exc_info=error)
        return answer("Something went wrong on our side; the log says what.", 500)
