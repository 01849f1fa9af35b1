"""What every answer tells a browser, for the whole application. A route may set a header of its own instead."""

from collections.abc import Mapping
from typing import Final

from flask import Flask, Response

CSP: Final = "Content-Security-Policy"
POLICY: Final[Mapping[str, str]] = {
    "default-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self'",
    # The icons in Bootstrap's style sheet are data.
    "img-src": "'self' data:",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}


def policy(**changed: str) -> str:
    """The content security policy with some of its directives changed: `policy(style_src="'self' 'unsafe-inline'")`."""
    directives = {**POLICY, **{name.replace("_", "-"): value for name, value in changed.items()}}
    return "; ".join(f"{name} {value}" for name, value in directives.items())


HEADERS: Final[Mapping[str, str]] = {
    CSP: policy(),
    # Browsers heed it over https only, and so it does no harm on a developer's machine.
    "Strict-Transport-Security": "max-age=31536000",
    "X-Content-Type-Options": "nosniff",
    # Not "no-referrer": a form's protection compares where it came from.
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    # What is answered here is about people, and about now.
    "Cache-Control": "no-store",
}


def protect(app: Flask) -> None:
    """Put the headers on every answer, errors included."""

    @app.after_request
    def add(answer: Response) -> Response:
        for name, value in HEADERS.items():
            answer.headers.setdefault(name, value)
        return answer
