"""Opting out by a link: looking changes nothing, for whatever scans links looks at them too; the button opts out."""

from flask import Blueprint, Response, render_template
from flask_babel import gettext as _

from app.bootstrap import Gateway
from app.domain.number import Number
from app.web.languages import LANGUAGES
from app.web.pages.visitor import address, in_its_own_words, speak_to_visitor

# Of the number so much is shown as its owner needs to know it by.
LAST_DIGITS = 3


def opt_out_pages(pages: Blueprint, gateway: Gateway) -> None:
    """Add the routes."""
    links = gateway.pages.links

    def page(number: Number | None, token: str, *, done: bool = False) -> Response:
        html = render_template(
            "pages/opt_out.html",
            ending=number.e164[-LAST_DIGITS:] if number else "",
            done=done,
            button=_("Yes, send me no more texts"),
            here="pages.look_at_link",
            kept={"token": token},
            tongues={each: in_its_own_words(each) for each in LANGUAGES},
        )
        return Response(html, 200 if number else 404)

    @pages.get("/o/<token>")
    def look_at_link(token: str) -> Response:
        speak_to_visitor(LANGUAGES, gateway.program.default_language)
        return page(links.whose(token), token)

    @pages.post("/o/<token>")
    def opt_out_by_link(token: str) -> Response:
        # Whoever has the link may use it: it is the proof, and no other site's form could know it.
        speak_to_visitor(LANGUAGES, gateway.program.default_language)
        number = links.whose(token)
        if number is not None:
            links.opt_out(number, words=_("Yes, send me no more texts"), address=address())
        return page(number, token, done=number is not None)
