"""One person's page: what their state is and why, and what staff may do. Nothing here opts anybody in."""

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse
from wtforms import StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from app.bootstrap import Gateway
from app.domain.consent import Told
from app.domain.number import Number
from app.domain.staff import Right
from app.services.staff_care import LONGEST_WORDS
from app.web.console.guard import needs, who
from app.web.console.saying import own_words
from app.web.console.timeline import moments
from app.web.console.words import state_of

# The newest campaigns whose outcome for this person is shown: each is a question to the store.
CAMPAIGNS_SHOWN = 20
REVIEW = "review"


class ReasonForm(FlaskForm):  # type: ignore[misc] # Flask-WTF has no types
    """Why, as it will stand in the evidence."""

    reason = StringField(lazy_gettext("Reason"), [DataRequired(), Length(max=LONGEST_WORDS)])


class NoteForm(FlaskForm):  # type: ignore[misc] # Flask-WTF has no types
    """Something for the next one who looks."""

    note = TextAreaField(lazy_gettext("Note"), [DataRequired(), Length(max=LONGEST_WORDS)])


def person_pages(pages: Blueprint, gateway: Gateway) -> None:  # noqa: C901 - one function a route
    """Add the routes."""
    care, find = gateway.staff.care, gateway.references.number_of
    campaigns = gateway.campaigns.manage

    def number_of(ref: str) -> Number:
        number = find(ref)
        if number is None:
            raise NotFound(
                lazy_gettext("This address leads to nobody (any more). Search for the number again.")
            )
        return number

    def page(
        ref: str, *, shown: str = "", reason: ReasonForm | None = None, note: NoteForm | None = None
    ) -> Response:
        number = number_of(ref)
        found, begun = gateway.subscriber_care.show(number), campaigns.begun()
        history = moments(
            found.evidence,
            care.of(number),
            campaigns.of_person(number, begun[:CAMPAIGNS_SHOWN]),
            gateway.staff.deliveries.of(found.evidence),
        )
        why = next((entry for entry in reversed(found.evidence) if entry.after != entry.before), None)
        html = render_template(
            "console/person.html",
            ref=ref,
            found=found,
            state=state_of(found.record),
            why=why,
            why_words=own_words(why) if why else "",
            history=history,
            # Of whom nothing is known there is nothing to look for in older ones either.
            looked_at=CAMPAIGNS_SHOWN if history and len(begun) > CAMPAIGNS_SHOWN else 0,
            shown=shown,
            reason=reason or ReasonForm(formdata=None),
            note=note or NoteForm(formdata=None),
        )
        wrong = bool((reason and reason.errors) or (note and note.errors))
        return Response(html, 400 if wrong else 200)

    def back(ref: str) -> AnyResponse:
        if request.form.get("back") == REVIEW:
            return redirect(url_for("console.review"), 303)
        return redirect(url_for("console.person", ref=ref), 303)

    @pages.get("/subscribers/<ref>")
    @needs(Right.SEE)
    def person(ref: str) -> Response:
        return page(ref)

    @pages.post("/subscribers/<ref>/number")
    @needs(Right.REVEAL)
    def reveal(ref: str) -> Response:
        return page(ref, shown=care.reveal(number_of(ref), who()))

    @pages.post("/subscribers/<ref>/opt-out")
    @needs(Right.DECIDE)
    def opt_out(ref: str) -> AnyResponse:
        form, number = ReasonForm(), number_of(ref)
        if not form.validate():
            return page(ref, reason=form)
        told = care.opt_out(number, form.reason.data or "", who())
        if told is Told.ALREADY:
            flash(_("They had opted out already; your reason was added to the evidence."), "plain")
        else:
            flash(_("Opted out. A confirmation is on its way to them."), "good")
        return back(ref)

    @pages.post("/subscribers/<ref>/clear-hold")
    @needs(Right.DECIDE)
    def clear_hold(ref: str) -> AnyResponse:
        form, number = ReasonForm(), number_of(ref)
        if not form.validate():
            return page(ref, reason=form)
        if care.clear_hold(number, form.reason.data or "", who()) is Told.NOT_HELD:
            flash(_("They are not held any more: nothing was changed."), "wait")
        else:
            flash(_("The hold is cleared: they are subscribed as before."), "good")
        return back(ref)

    @pages.post("/subscribers/<ref>/note")
    @needs(Right.DECIDE)
    def add_note(ref: str) -> AnyResponse:
        form, number = NoteForm(), number_of(ref)
        if not form.validate():
            return page(ref, note=form)
        care.note(number, form.note.data or "", who())
        flash(_("The note is kept."), "good")
        return back(ref)
