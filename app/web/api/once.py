"""Answering a request once, however often it is sent with the same key."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Final

from flask import Response, request

from app.domain.errors import StoreUnavailable
from app.services.api_ports import Answers, Given, Taken
from app.web.api.guard import caller
from app.web.api.problems import problem

REPLAYED: Final[Mapping[str, str]] = {"Idempotency-Replayed": "true"}


def once(answers: Answers, key: str | None, answer: Callable[[], Response]) -> Response:
    """The answer; with a key that was used for this very request, the one that was given then."""
    if key is None:
        return answer()
    who = caller()
    asked = b"\n".join((request.method.encode(), request.path.encode(), request.get_data()))
    before = answers.begin(who, key, asked)
    match before:
        case Given():
            return Response(before.body, before.status, headers=REPLAYED, content_type="application/json")
        case Taken.OTHER:
            return problem(
                422, "This Idempotency-Key was used for another request within 24 hours: use a new one."
            )
        case Taken.BUSY:
            wait = {"Retry-After": "1"}
            return problem(409, "The same request is being answered at this moment; try again.", headers=wait)
        case Taken.NEW:
            return _answered(answers, who, key, asked, answer)


def _answered(answers: Answers, who: str, key: str, asked: bytes, answer: Callable[[], Response]) -> Response:
    try:
        made = answer()
    except Exception:
        # Nothing is kept of a request that failed, so that it can be made again.
        with suppress(StoreUnavailable):
            answers.drop(who, key)
        raise
    # What was done is done: a store that is full now must not make the caller believe otherwise.
    with suppress(StoreUnavailable):
        answers.give(who, key, asked, Given(made.status_code, made.get_data(as_text=True)))
    return made
