"""Who may call the API, how often, and in which form: looked at before anything else."""

from collections.abc import Mapping
from typing import Final

from flask import Response, g, request
from werkzeug.exceptions import BadRequest

from app.bootstrap import Gateway
from app.bootstrap.chance import now
from app.domain.token import Scope, Token
from app.services.api_ports import Allowance
from app.store.limits import WINDOW_SECONDS
from app.web.api.problems import WHOLE, Slip, problem

CHALLENGE: Final[Mapping[str, str]] = {"WWW-Authenticate": 'Bearer realm="stopwoord"'}
# What only looks; everything else needs the right to write.
LOOKING: Final = frozenset(
    {"api.look_up", "api.subscriber", "api.evidence", "api.campaigns", "api.campaign", "api.stats"}
)


def refused(gateway: Gateway) -> Response | None:
    """Why this request is not served; None when it is."""
    gateway.references.check()
    kind, _, secret = request.headers.get("Authorization", "").partition(" ")
    token = gateway.shop.tokens.find(secret.strip()) if kind.lower() == "bearer" else None
    if token is None:
        return problem(401, "Give a token that is in force: Authorization: Bearer swt_…", headers=CHALLENGE)
    g.token = token
    g.allowance = gateway.shop.limits.take(token.name, now())
    return _too_often(g.allowance) or _not_allowed(token) or _no_form()


def _too_often(allowance: Allowance) -> Response | None:
    if allowance.allowed:
        return None
    wait = str(max(1, round(allowance.wait)))
    return problem(429, "Too many requests with this token; wait a moment.", headers={"Retry-After": wait})


def _not_allowed(token: Token) -> Response | None:
    needed = Scope.READ if request.endpoint in LOOKING else Scope.WRITE
    return None if needed in token.scopes else problem(403, f"This token has not the scope {needed}.")


def _no_form() -> Response | None:
    """What is wrong with a body before its fields are looked at."""
    if request.method != "POST":
        return None
    if request.mimetype != "application/json":
        return problem(415, "Send JSON, with Content-Type: application/json.")
    try:
        body = request.get_json()
    except RecursionError:
        return problem(400, "The JSON is nested too deeply.")
    except BadRequest:
        return problem(400, "The body is no JSON that can be read: send one object, in UTF-8.")
    if not isinstance(body, dict):
        return problem(
            422, "The body has to be a JSON object.", [Slip(where=WHOLE, what="must be a JSON object")]
        )
    return None


def tell_limits(gateway: Gateway, answer: Response) -> Response:
    """Say how many requests are left (draft-ietf-httpapi-ratelimit-headers)."""
    allowance: Allowance | None = g.get("allowance")
    if allowance is not None:
        most = gateway.settings.api_requests_per_minute
        answer.headers["RateLimit-Policy"] = f'"token";q={most};w={WINDOW_SECONDS}'
        answer.headers["RateLimit"] = f'"token";r={allowance.left};t={max(1, round(allowance.wait))}'
    return answer


def caller() -> str:
    """Who asks, for the proof."""
    token: Token = g.token
    return f"api:{token.name}"
