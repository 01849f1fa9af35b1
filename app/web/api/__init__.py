"""The API for shops and other systems: JSON under /api/v1, described by OpenAPI."""

from typing import Final

from flask import Response
from flask_openapi.blueprint import APIBlueprint
from flask_openapi.models.info import Info
from flask_openapi.openapi import OpenAPI

from app.bootstrap import Gateway
from app.domain.errors import BadInput
from app.web.api.campaigns import add_campaigns
from app.web.api.docs import SITE, docs
from app.web.api.guard import refused, tell_limits
from app.web.api.problems import Problem, invalid, responses, unfit
from app.web.api.subscribers import add_subscribers
from app.web.metrics import REFUSED

PREFIX: Final = "/api/v1"
ABOUT: Final = Info(
    title="Stopwoord",
    version="1",
    description="Hand in sign-ups and opt-outs with their proof, and look up who may be texted. A number never stands "
    "in an address: `POST /api/v1/lookup` gives the reference that stands for it.",
)


def application() -> OpenAPI:
    """An application whose routes describe themselves; it has no routes yet."""
    return OpenAPI(
        "stopwoord",
        static_folder=None,
        info=ABOUT,
        doc_ui=False,
        security_schemes={"token": {"type": "http", "scheme": "bearer"}},
        validation_error_model=Problem,
        validation_error_callback=invalid,
    )


def add_api(app: OpenAPI, gateway: Gateway) -> None:
    """The API's routes and their description."""
    routes = APIBlueprint(
        "api", __name__, url_prefix=PREFIX, abp_security=[{"token": []}], abp_responses=responses()
    )

    @routes.before_request
    def guard() -> Response | None:
        return refused(gateway)

    @routes.after_request
    def limits(answer: Response) -> Response:
        return tell_limits(gateway, answer)

    @routes.errorhandler(BadInput)
    def refuse(error: BadInput) -> Response:
        REFUSED.labels(status=422).inc()
        return unfit(error)

    add_subscribers(routes, gateway)
    add_campaigns(routes, gateway)
    app.register_api(routes)
    app.config[SITE] = gateway.settings.public_url
    app.register_blueprint(docs())
