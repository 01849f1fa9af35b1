"""A refusal in the form that its reader expects: a problem for systems, a page for people, a line for the rest."""

from flask import Response, request
from flask_babel import LazyString

from app.web.api.problems import refusal
from app.web.console.errors import error_page, for_people
from app.web.errors import plain
from app.web.pages.errors import error_page as page_for_everybody
from app.web.pages.errors import is_for_everybody


def in_their_form(sentence: str | LazyString, status: int) -> Response:
    """The sentence as the API, a browser or a machine is told."""
    if request.path.startswith("/api/"):
        return refusal(status, str(sentence))
    if for_people(request) and is_for_everybody(request):
        return page_for_everybody(status)
    if for_people(request):
        return error_page(sentence, status)
    return plain(str(sentence), status)
