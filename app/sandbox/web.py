"""The sandbox's web application: Twilio's REST API, the control API and the phone page."""

from typing import Final

from flask import Flask, Response, jsonify, render_template
from werkzeug.exceptions import HTTPException

from app.sandbox.control import control
from app.sandbox.exchange import Exchange
from app.sandbox.faults import Fault
from app.sandbox.rest import rest
from app.sandbox.settings import OptOut

CHIPS: Final = ("START", "STOP", "EINDE", "HELP", "JA")
HEADERS: Final = {
    "Content-Security-Policy": "default-src 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


def create_app(exchange: Exchange) -> Flask:
    """The WSGI application for one sandbox."""
    app = Flask(__name__)
    app.config["EXCHANGE"] = exchange
    # A foreign site that points its name at this machine gets nothing.
    app.config["TRUSTED_HOSTS"] = ["127.0.0.1", "localhost"]
    app.json.ensure_ascii = False  # type: ignore[attr-defined] # Flask's own provider has it
    app.register_blueprint(rest)
    app.register_blueprint(control)
    app.register_error_handler(HTTPException, _failed)
    app.after_request(_headers)

    @app.get("/")
    def page() -> str:
        account = exchange.account
        return render_template(
            "phones.html", chips=CHIPS, faults=list(Fault), optouts=list(OptOut), senders=account.senders
        )

    return app


def _failed(error: HTTPException) -> tuple[Response, int]:
    return jsonify(error=error.description), error.code or 500


def _headers(answer: Response) -> Response:
    answer.headers.update(HEADERS)
    return answer
