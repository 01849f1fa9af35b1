"""The first page: one box. A number is in no address: the search is posted and ends at a reference."""

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from app.bootstrap import Gateway
from app.domain.errors import BadInput
from app.domain.number import Number
from app.domain.staff import Right
from app.services.find_subscribers import Alike
from app.web.console.guard import needs


def searching(pages: Blueprint, gateway: Gateway) -> None:
    """Add the routes."""

    def page(
        problem: str = "", alike: Alike | None = None, erased: Number | None = None, status: int = 200
    ) -> Response:
        people = alike.found if alike else []
        refs = gateway.references.of_all([number for number, _ in people])
        rows = [(ref, number, record) for ref, (number, record) in zip(refs, people, strict=True)]
        html = render_template(
            "console/search.html",
            problem=problem,
            alike=alike,
            rows=rows,
            erased=erased,
            typed=request.form.get("q", "") if problem else "",
            waiting=None if alike else len(gateway.subscriber_care.consents.held()),
        )
        return Response(html, status)

    @pages.get("/")
    @needs(Right.SEE)
    def search() -> Response:
        return page()

    @pages.get("/search")
    @needs(Right.SEE)
    def search_again() -> AnyResponse:
        return redirect(url_for("console.search"))

    @pages.post("/search")
    @needs(Right.SEE)
    def find() -> AnyResponse:
        try:
            found = gateway.staff.find(request.form.get("q", ""))
        except BadInput:
            problem = _(
                "That is no number that can exist, nor its last four digits. Check the digits, or begin with the "
                "country code, as in +31 6 12345678."
            )
            return page(problem=problem, status=400)
        if isinstance(found, Number):
            if gateway.erase_subscriber.erased(found):
                # No reference leads to them, so the answer is here, and what they can do is on it.
                return page(erased=found)
            return redirect(url_for("console.person", ref=gateway.references.of(found)), 303)
        if found.total == 1:
            return redirect(url_for("console.person", ref=gateway.references.of(found.found[0][0])), 303)
        return page(alike=found)
