"""Makes the web application out of a wired gateway."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from flask import Flask

from app.bootstrap import Gateway
from app.web.api import add_api, application
from app.web.console.install import install_console
from app.web.errors import handle_errors
from app.web.headers import protected
from app.web.health import health
from app.web.pages.install import install_pages
from app.web.refusals import in_their_form
from app.web.webhooks import PREFIX, PostedForm, webhooks

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

LARGEST_REQUEST: Final = 64 * 1024
PROVIDER: Final = "provider"
"""The name among the application's extensions of the one that the provider's requests go to."""


def create_app(gateway: Gateway) -> Flask:
    """The application: health, the API, the console, the pages for everybody, and in front the provider's webhooks."""
    app = application()
    _limit(app)
    app.register_blueprint(health(gateway))
    add_api(app, gateway)
    install_console(app, gateway)
    install_pages(app, gateway)
    handle_errors(app, in_their_form)
    app.extensions[PROVIDER] = provider = _for_the_provider(gateway)
    app.wsgi_app = protected(_either(provider.wsgi_app, app.wsgi_app))  # type: ignore[assignment, method-assign]
    return app


def _for_the_provider(gateway: Gateway) -> Flask:
    """An application of its own: sessions, languages and limits, looked at in every request, would halve its speed."""
    app = Flask("stopwoord.provider", static_folder=None)
    app.request_class = PostedForm
    _limit(app)
    app.register_blueprint(webhooks(gateway))
    handle_errors(app)
    return app


def _limit(app: Flask) -> None:
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_REQUEST
    app.config["MAX_FORM_MEMORY_SIZE"] = LARGEST_REQUEST


def _either(provider: "WSGIApplication", others: "WSGIApplication") -> "WSGIApplication":
    """The application that lets the provider's webhooks in by one door and everybody else by another."""
    below = f"{PREFIX}/"

    def door(environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        return (provider if environ["PATH_INFO"].startswith(below) else others)(environ, start)

    return door
