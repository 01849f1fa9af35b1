"""The description of the API, for machines and for people; everything it shows comes from this server."""

import mimetypes
from pathlib import Path
from typing import Any, Final

import flask_openapi_swagger
from flask import Blueprint, Response, current_app, jsonify
from werkzeug.exceptions import NotFound

from app.web.headers import CSP, policy

_SWAGGER: Final = Path(flask_openapi_swagger.__file__).parent / "templates" / "swagger"
_PAGE: Final = Path(__file__).parent / "page"
FILES: Final = {
    "docs.js": _PAGE / "docs.js",
    "swagger-ui.css": _SWAGGER / "css" / "swagger-ui.css",
    "swagger-ui-bundle.js": _SWAGGER / "js" / "swagger-ui-bundle.js",
}


def docs() -> Blueprint:
    """Public: the description holds nothing that is not in the source."""
    routes = Blueprint("docs", __name__, url_prefix="/api/v1")

    @routes.get("/openapi.json")
    def description() -> Response:
        spec: dict[str, Any] = current_app.api_doc  # type: ignore[attr-defined]
        return jsonify(spec)

    @routes.get("/docs")
    def page() -> Response:
        answer = _file(_PAGE / "docs.html")
        # Swagger's page styles its own elements; scripts still come from here only.
        answer.headers[CSP] = policy(style_src="'self' 'unsafe-inline'")
        return answer

    @routes.get("/docs/<name>")
    def file(name: str) -> Response:
        if name not in FILES:
            raise NotFound("There is no such file.")
        return _file(FILES[name])

    return routes


def _file(path: Path) -> Response:
    return Response(path.read_bytes(), mimetype=mimetypes.guess_type(path.name)[0])
