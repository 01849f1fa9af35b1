"""The queue of people whose message may have been an opt-out, the longest waiting first."""

from typing import Final

from flask import Blueprint, render_template

from app.bootstrap import Gateway
from app.domain.staff import Right
from app.web.console.guard import needs

# More are decided about when these are: a page is for reading.
SHOWN: Final = 20


def review_pages(pages: Blueprint, gateway: Gateway) -> None:
    """Add the route; the two decisions are the person's page's own."""

    @pages.get("/review")
    @needs(Right.SEE)
    def review() -> str:
        waiting = gateway.subscriber_care.held_first(SHOWN)
        refs = gateway.references.of_all([one.number for one in waiting.first])
        rows = list(zip(refs, waiting.first, strict=True))
        return render_template("console/review.html", rows=rows, total=waiting.total)
