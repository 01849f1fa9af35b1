"""What went wrong, as a page in the console's own look."""

from collections.abc import Mapping
from typing import Final

from flask import Request, Response, render_template
from flask_babel import LazyString, gettext
from flask_babel import lazy_gettext as _

# What machines ask for; a browser that is sent there gets what they get.
_MACHINES: Final = ("/twilio/", "/api/", "/live", "/ready", "/metrics")
_TITLES: Final[Mapping[int, LazyString]] = {
    400: _("That did not work"),
    403: _("That is not yours to see"),
    404: _("There is nothing here"),
    405: _("There is nothing here"),
    413: _("That is too much at once"),
    503: _("The store cannot be reached"),
}
_SENTENCES: Final[Mapping[int, LazyString]] = {
    403: _("Your role may not do this. Ask an admin if it should."),
    404: _("The address leads nowhere (any more). Search for the number again."),
    405: _("The address leads nowhere (any more). Search for the number again."),
    413: _("What you sent is larger than anything that is asked for here. Nothing was changed."),
    500: _("Something went wrong on our side. Nothing you did is lost; the log says what happened."),
    503: _("Nothing was changed. Try again in a moment."),
}


def for_people(request: Request) -> bool:
    """Whether a browser asked for one of the console's pages."""
    return request.accept_mimetypes.accept_html and not request.path.startswith(_MACHINES)


def error_page(sentence: str, status: int) -> Response:
    """The page, with our own sentence where one fits the status."""
    title = _TITLES.get(status) or gettext("Something went wrong")
    said = _SENTENCES.get(status) or sentence
    html = render_template("console/error.html", title=title, sentence=said, status=status)
    return Response(html, status)
