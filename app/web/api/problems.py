"""Errors of the API, all of one form: problem+json (RFC 9457), a sentence that says what to do, nothing personal."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final

from flask import Response
from pydantic import BaseModel, Field, ValidationError
from werkzeug.exceptions import default_exceptions

from app.domain.errors import BadInput
from app.web.api.mistakes import WrongField, mistakes

CONTENT_TYPE: Final = "application/problem+json"
# Where a mistake is in no field that has a name.
WHOLE: Final = "the whole"
# Why any route may refuse a request, and what to do about it.
REFUSALS: Final[Mapping[int, str]] = {
    400: "The body is no JSON that can be read.",
    401: "There is no token, or none that is in force.",
    403: "The token has not the scope that this takes.",
    404: "Nothing has that reference, id or address; /api/v1/docs shows what there is.",
    405: "The address is right, the method is not; /api/v1/docs shows which it takes.",
    409: "A request with the same `Idempotency-Key` is still being answered: ask again in a moment.",
    413: "The body is larger than anything that is asked for here.",
    415: "Send JSON, with `Content-Type: application/json`.",
    422: "A field is missing, unknown or wrong; `errors` names each.",
    429: "Too many requests with this token in a minute: wait as long as `Retry-After` says.",
    500: "Something went wrong here; the log says what. Ask again with the same `Idempotency-Key`.",
    503: "Nothing was done, because the store cannot be reached or a setting is missing: try again later.",
}


class Slip(BaseModel):
    """One thing that is wrong with a request."""

    where: str = Field(description="The field, with dots between: `evidence.wording`.")
    what: str = Field(description="What it should be.")


class Problem(BaseModel):
    """Why a request was refused."""

    type: str = "about:blank"
    title: str = Field(description="The status in words.")
    status: int = Field(description="The status.")
    detail: str = Field(description="What was wrong, and what to do.")
    errors: list[Slip] = Field(default_factory=list, description="For 422: each field that is wrong.")


def problem(
    status: int, detail: str, errors: list[Slip] | None = None, headers: Mapping[str, str] | None = None
) -> Response:
    """The answer to a request that was refused."""
    said = Problem(title=HTTPStatus(status).phrase, status=status, detail=detail, errors=errors or [])
    return Response(said.model_dump_json(), status, headers=dict(headers or {}), content_type=CONTENT_TYPE)


def refusal(status: int, sentence: str) -> Response:
    """The answer to a request that no route got to see, or that one refused in a sentence of its own."""
    # What the framework says by itself is for somebody who types addresses into a browser.
    unsaid = sentence == getattr(default_exceptions.get(status), "description", None)
    return problem(status, REFUSALS.get(status, sentence) if unsaid else sentence)


def invalid(error: ValidationError) -> Response:
    """The answer to a request that has not the form it should have; what it held is not repeated."""
    slips = [Slip(where=field or WHOLE, what=what) for field, what in mistakes(error)]
    named = ", ".join(dict.fromkeys(slip.where for slip in slips))
    detail = (
        f"Nothing was done. Correct {named} and send the request again: `errors` says what each has to be."
    )
    return problem(422, detail, slips)


def unfit(error: BadInput) -> Response:
    """The answer to a request of the right form that cannot be done as it is."""
    if isinstance(error, WrongField):
        return problem(422, f"{error.field}: {error}", [Slip(where=error.field, what=str(error))])
    return problem(422, str(error))


def responses() -> dict[str | int | HTTPStatus, Any]:
    """How the description of the API says all this."""
    content = {CONTENT_TYPE: {"schema": {"$ref": f"#/components/schemas/{Problem.__name__}"}}}
    return {str(status): {"description": why, "content": content} for status, why in REFUSALS.items()}
