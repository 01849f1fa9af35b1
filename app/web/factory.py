"""Makes the web application out of a wired gateway."""

from typing import Final

from flask import Flask

from app.bootstrap import Gateway
from app.web.api import add_api, application
from app.web.console.install import install_console
from app.web.errors import handle_errors
from app.web.headers import protect
from app.web.health import health
from app.web.webhooks import webhooks

LARGEST_REQUEST: Final = 64 * 1024


def create_app(gateway: Gateway) -> Flask:
    """The application: webhooks, health, the API and the console."""
    app = application()
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_REQUEST
    app.config["MAX_FORM_MEMORY_SIZE"] = LARGEST_REQUEST
    app.register_blueprint(webhooks(gateway))
    app.register_blueprint(health(gateway))
    add_api(app, gateway)
    install_console(app, gateway)
    handle_errors(app)
    protect(app)
    return app
