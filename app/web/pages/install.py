"""Puts the pages for everybody into the web application: their language, and who may show which in a frame."""

from flask import Blueprint, Flask, Response, request

from app.bootstrap import Gateway
from app.web.headers import CSP, framed_by
from app.web.pages.opt_out import opt_out_pages
from app.web.pages.sign_up import FRAMED, sign_up_pages


def install_pages(app: Flask, gateway: Gateway) -> None:
    """Add the pages. The console has put in what both look and speak with."""
    pages = Blueprint("pages", __name__, template_folder="templates")

    @pages.before_request
    def needs_a_key() -> None:
        gateway.references.check()

    @pages.after_request
    def frames(answer: Response) -> Response:
        if request.endpoint in FRAMED:
            answer.headers[CSP] = framed_by(gateway.settings.framing)
        return answer

    sign_up_pages(pages, gateway)
    opt_out_pages(pages, gateway)
    app.register_blueprint(pages)
