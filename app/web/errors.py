"""What goes wrong in a request, as an answer: a clear sentence, the right status, nothing personal."""

from typing import cast

import structlog
from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

from app.domain.errors import BadInput, Misconfigured, StoreUnavailable
from app.provider.forms import ForeignAccount
from app.web.api.problems import problem
from app.web.console.errors import error_page, for_people
from app.web.metrics import REFUSED

log = structlog.get_logger(__name__)


def handle_errors(app: Flask) -> None:
    """Register the handlers."""

    @app.errorhandler(ForeignAccount)
    def foreign(error: ForeignAccount) -> Response:
        return _answer(str(error), 403)

    @app.errorhandler(BadInput)
    def bad_input(error: BadInput) -> Response:
        return _answer(str(error), 422 if _asks_the_api() else 400)

    @app.errorhandler(Misconfigured)
    def misconfigured(error: Misconfigured) -> Response:
        log.error("misconfigured", reason=str(error))
        return _answer(str(error), 503)

    @app.errorhandler(StoreUnavailable)
    def unavailable(error: StoreUnavailable) -> Response:
        # Never 200: the provider has to hold on to what we could not keep.
        log.error("the store is unavailable", reason=str(error))
        return _answer("The store is unavailable; nothing was changed. Try again.", 503)

    @app.errorhandler(HTTPException)
    def refused(error: HTTPException) -> Response:
        if error.response is not None:
            return cast("Response", error.response)
        answer = _answer(error.description or error.name, error.code or 500)
        # Such as Allow, which an answer of 405 has to have.
        answer.headers.extend((name, value) for name, value in error.get_headers() if name != "Content-Type")
        return answer

    @app.errorhandler(Exception)
    def unexpected(error: Exception) -> Response:
        log.error("unexpected error", exc_info=error)
        return _answer("Something went wrong on our side; the log says what.", 500)


def _asks_the_api() -> bool:
    return request.path.startswith("/api/")


def _answer(sentence: str, status: int) -> Response:
    REFUSED.labels(status=status).inc()
    if _asks_the_api():
        return problem(status, sentence)
    if for_people(request):
        return error_page(sentence, status)
    return Response(f"{sentence}\n", status, content_type="text/plain; charset=utf-8")
