"""What went wrong, as a page in the console's own look."""

from collections.abc import Mapping
from http.client import SERVICE_UNAVAILABLE
from typing import Final

from flask import Request, Response, render_template
from flask_babel import LazyString
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
    400: _("Nothing was changed. Go back, look at what you filled in, and send it once more."),
    403: _("Your role may not do this. Ask an admin if it should."),
    404: _("The address leads nowhere (any more). Search for the number again."),
    405: _("The address leads nowhere (any more). Search for the number again."),
    413: _("What you sent is larger than anything that is asked for here. Nothing was changed."),
    500: _("Something went wrong on our side. Nothing you did is lost; the log says what happened."),
    503: _("Nothing was changed. Try again in a moment."),
}
_OTHERWISE: Final = _("Nothing was changed. Try again in a moment.")


def for_people(request: Request) -> bool:
    """Whether a browser asked for one of the console's pages."""
    return request.accept_mimetypes.accept_html and not request.path.startswith(_MACHINES)


def error_page(sentence: str | LazyString, status: int) -> Response:
    """The page. A sentence that speaks the reader's language is shown; any other is for machines."""
    if isinstance(sentence, LazyString) and status == SERVICE_UNAVAILABLE:
        title, said = _("Something is still missing here"), sentence
    else:
        title = _TITLES.get(status, _("Something went wrong"))
        said = sentence if isinstance(sentence, LazyString) else _SENTENCES.get(status, _OTHERWISE)
    html = render_template("console/error.html", title=title, sentence=said, status=status)
    return Response(html, status)
