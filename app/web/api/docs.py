"""The description of the API, for machines and for people; everything it shows comes from this server."""

from http import HTTPStatus
from typing import Any, Final

from flask import Blueprint, Response, current_app, jsonify, render_template

from app.domain.token import Scope
from app.web.api.described import endpoints
from app.web.api.guard import LOOKING
from app.web.api.problems import REFUSALS

_PATH: Final = str.maketrans("<>", "{}")


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
