"""What every answer tells a browser, for the whole application. A route may set a header of its own instead."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

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
    """The content security policy with some of its directives changed: `policy(frame_ancestors="https://shop.example")`."""
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


_LOWER: Final = {name.lower(): (name, value) for name, value in HEADERS.items()}
_CSP: Final = CSP.lower()
_NOBODY: Final = f"frame-ancestors {POLICY['frame-ancestors']}"
# X-Frame-Options is frame-ancestors' predecessor, and cannot name who may.
_FRAMED: Final = {name: pair for name, pair in _LOWER.items() if name != "x-frame-options"}


def framed_by(origins: Sequence[str]) -> str:
    """The content security policy that lets sites of these origins show an answer in a frame; without any, nobody."""
    return policy(frame_ancestors=" ".join(origins)) if origins else policy()


def protected(application: "WSGIApplication") -> "WSGIApplication":
    """The application with the headers on every answer, errors included."""

    def outer(environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        def started(status: str, headers: list[tuple[str, str]], *error: Any) -> Callable[[bytes], object]:  # noqa: ANN401 - WSGI's
            own = {name.lower(): value for name, value in headers}
            wanted = _LOWER if _NOBODY in own.get(_CSP, _NOBODY) else _FRAMED
            return start(
                status, [*headers, *(pair for name, pair in wanted.items() if name not in own)], *error
            )

        return application(environ, started)

    return outer
