"""The description of the API, for machines and for people; everything it shows comes from this server."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final

from flask import Blueprint, Response, current_app, jsonify, render_template

from app.domain.token import Scope
from app.web.api.described import endpoints
from app.web.api.guard import LOOKING

_PATH: Final = str.maketrans("<>", "{}")
# Why a request is refused, and what to do about it.
REFUSALS: Final[Mapping[int, str]] = {
    400: "The body is no JSON that can be read.",
    401: "There is no token, or none that is in force.",
    403: "The token has not the scope that this takes.",
    404: "Nothing has that reference, id or address.",
    405: "The address is right, the method is not.",
    409: "A request with the same `Idempotency-Key` is still being answered: ask again in a moment.",
    413: "The body is larger than anything that is asked for here.",
    415: "Send JSON, with `Content-Type: application/json`.",
    422: "A field is missing, unknown or wrong; `errors` names each.",
    429: "Too many requests with this token in a minute: wait as long as `Retry-After` says.",
    500: "Something went wrong here; the log says what. Ask again with the same `Idempotency-Key`.",
    503: "Nothing was done, because the store cannot be reached or a setting is missing: try again later.",
}


def docs() -> Blueprint:
    """Public: the description holds nothing that is not in the source."""
    routes = Blueprint("docs", __name__, url_prefix="/api/v1", template_folder="templates")

    @routes.get("/openapi.json")
    def description() -> Response:
        return jsonify(_spec())

    @routes.get("/docs")
    def page() -> str:
        said, site = _spec(), current_app.config[SITE]
        return render_template(
            "api/docs.html",
            info=said["info"],
            site=site,
            endpoints=endpoints(said, _scopes(), site),
            refusals=[(status, HTTPStatus(status).phrase, what) for status, what in REFUSALS.items()],
        )

    return routes


SITE: Final = "STOPWOORD_PUBLIC_URL"
"""Where the application keeps the address under which callers reach it."""


def _spec() -> dict[str, Any]:
    spec: dict[str, Any] = current_app.api_doc  # type: ignore[attr-defined]
    return spec


def _scopes() -> dict[tuple[str, str], str]:
    """What each request takes, by path and method."""
    return {
        (rule.rule.translate(_PATH), method): (Scope.READ if rule.endpoint in LOOKING else Scope.WRITE).value
        for rule in current_app.url_map.iter_rules()
        if rule.endpoint.startswith("api.")
        for method in rule.methods or ()
    }
