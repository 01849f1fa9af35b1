"""What went wrong on a page for everybody, as a page of theirs: nothing about how the installation is set up."""

from collections.abc import Mapping
from typing import Final

from flask import Request, Response, render_template, request
from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from app.web.pages.sign_up import FRAMED

_PATHS: Final = ("/sign-up", "/o/")
_TITLES: Final[Mapping[int, LazyString]] = {
    404: _("There is nothing here"),
    405: _("There is nothing here"),
    413: _("That is too much at once"),
}
_SENTENCES: Final[Mapping[int, LazyString]] = {
    404: _("The address leads nowhere (any more)."),
    405: _("The address leads nowhere (any more)."),
    413: _("What you sent is larger than anything that is asked for here. Nothing was changed."),
}


def is_for_everybody(asked: Request) -> bool:
    """Whether it is one of these pages, or would be if there were one of that address."""
    return asked.path.startswith(_PATHS)


def error_page(status: int) -> Response:
    """The page. What is not known stays with us, and the person learns what to do."""
    title = _TITLES.get(status, _("That did not work"))
    sentence = _SENTENCES.get(status, _("Nothing was changed. Try again in a moment."))
    html = render_template(
        "pages/error.html", title=title, sentence=sentence, framed=request.endpoint in FRAMED
    )
    return Response(html, status)
