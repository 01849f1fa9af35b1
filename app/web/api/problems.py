"""Errors of the API, all of one form: problem+json (RFC 9457), a sentence that says what to do, nothing personal."""

from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any, Final

from flask import Response
from pydantic import BaseModel, Field, ValidationError

CONTENT_TYPE: Final = "application/problem+json"
# What any route may answer.
STATUSES: Final = (400, 401, 403, 404, 405, 409, 413, 415, 422, 429, 500, 503)


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


def invalid(error: ValidationError) -> Response:
    """The answer to a request that has not the form it should have; what it held is not repeated."""
    return problem(422, "The request has not the form it should have.", list(_slips(error)))


def _slips(error: ValidationError) -> Iterator[Slip]:
    for each in error.errors(include_url=False, include_context=False, include_input=False):
        unknown = each["type"] == "extra_forbidden"
        path = each["loc"][:-1] if unknown else each["loc"]
        what = "there is a field that does not belong here" if unknown else each["msg"]
        yield Slip(where=".".join(map(str, path)) or "the whole", what=what.removeprefix("Value error, "))


def responses() -> dict[str | int | HTTPStatus, Any]:
    """How the description of the API says all this."""
    content = {CONTENT_TYPE: {"schema": {"$ref": f"#/components/schemas/{Problem.__name__}"}}}
    return {
        str(status): {"description": HTTPStatus(status).phrase, "content": content} for status in STATUSES
    }
