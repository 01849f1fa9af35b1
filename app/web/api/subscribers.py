"""The API about people: hand in sign-ups and opt-outs, look up, show the proof."""

from dataclasses import replace
from typing import Final
from zoneinfo import available_timezones

from flask import Response
from flask_openapi.blueprint import APIBlueprint
from pydantic import BaseModel
from werkzeug.exceptions import NotFound

from app.bootstrap import Gateway
from app.domain.consent import State, Told
from app.domain.evidence import Channel
from app.domain.number import Number, find_number, parse_mobile
from app.domain.profile import Profile, field_name, said, tag_of
from app.domain.remarks import AGREED_AGE, AGREED_FROM
from app.domain.replies import Language
from app.web.api import answers, forms
from app.web.api.guard import caller
from app.web.api.mistakes import WrongField, about
from app.web.api.once import once

NOBODY: Final = "There is nobody of that reference; POST /api/v1/lookup finds it by the number."
_ASKED: Final = "They are asked to confirm, at most once in 24 hours, and are subscribed when they say yes."
_NOTHING: Final = (
    "They are subscribed already, or staff have to decide first; the sign-up is kept as evidence."
)
_REFUSED: Final = "They have opted out. Only they can undo that, by texting START."


def add_subscribers(routes: APIBlueprint, gateway: Gateway) -> None:
    """The routes."""
    people = _People(gateway)

    @routes.post("/subscribers", summary="Hand in a sign-up", responses={"200": answers.SignedUp})
    def sign_up(header: forms.Once, body: forms.SignUp) -> Response:
        """Ask somebody who signed up elsewhere to confirm. It never undoes an opt-out."""
        return once(gateway.shop.answers, header.key, lambda: answer(people.sign_up(body)))

    @routes.post("/lookup", summary="Find somebody by number", responses={"200": answers.Subscriber})
    def look_up(body: forms.LookUp) -> Response:
        """The consent of a number, and the reference that stands for it from then on."""
        return answer(people.seen(people.number(body.number)))

    @routes.get("/subscribers/<ref>", summary="Look somebody up", responses={"200": answers.Subscriber})
    def subscriber(path: forms.Named) -> Response:
        """The consent of the person of that reference."""
        return answer(people.seen(people.named(path.ref)))

    @routes.get("/subscribers/<ref>/evidence", summary="Show the proof", responses={"200": answers.History})
    def evidence(path: forms.Named, query: forms.Page) -> Response:
        """Everything that changed somebody's consent, and every reply; oldest first."""
        return answer(people.history(people.named(path.ref), query))

    @routes.post(
        "/subscribers/<ref>/opt-out", summary="Opt somebody out", responses={"200": answers.Subscriber}
    )
    def opt_out(path: forms.Named, header: forms.Once, body: forms.OptOut) -> Response:
        """Opt out somebody who asked for it by another way than a text. One confirmation is sent to them."""
        return once(gateway.shop.answers, header.key, lambda: answer(people.opt_out(path.ref, body)))


def answer(model: BaseModel) -> Response:
    return Response(model.model_dump_json(), content_type="application/json")


class _People:
    """What the routes do, on the gateway's use cases."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway

    def number(self, text: str) -> Number:
        with about("number"):
            return find_number(text, self._gateway.program.default_region)

    def named(self, ref: str) -> Number:
        number = self._gateway.references.number_of(ref)
        if number is None:
            raise NotFound(NOBODY)
        return number

    def seen(self, number: Number) -> answers.Subscriber:
        record = self._gateway.subscriber_care.consents.load(number)
        state = record.state
        if state is State.UNKNOWN and self._gateway.erase_subscriber.erased(number):
            # Of somebody erased nothing is left but a no.
            state = State.OPTED_OUT
        return answers.Subscriber(
            ref=self._gateway.references.of(number),
            state=state.value,
            may_be_texted=state is State.SUBSCRIBED,
            since=record.since,
            channel=record.source,
            language=record.language,
        )

    def sign_up(self, body: forms.SignUp) -> answers.SignedUp:
        with about("number"):
            number = parse_mobile(body.number, self._gateway.program.default_region)
        language, learn = self._spoken(body.language), _learning(body.particulars)
        told = self._gateway.subscriber_care.invite(
            number,
            source=body.evidence.page,
            wording=body.evidence.wording,
            version=body.evidence.version or "",
            language=language,
            actor=caller(),
            channel=Channel.API,
            stated=_stated(body.evidence),
        )
        refused = told in {Told.ERASED, Told.MUST_TEXT_START}
        if learn is not None and not refused:
            self._gateway.subscriber_care.edit(number, lambda known: known.after(replace(learn, at=None)))
        follows, explanation = _follows(told)
        return answers.SignedUp(**answers.plain(self.seen(number)), next=follows, explanation=explanation)

    def history(self, number: Number, page: forms.Page) -> answers.History:
        entries = self._gateway.subscriber_care.consents.evidence(number)
        end = page.after + page.limit
        return answers.History(
            evidence=[answers.Proof.model_validate(entry) for entry in entries[page.after : end]],
            total=len(entries),
            next=end if end < len(entries) else None,
        )

    def opt_out(self, ref: str, body: forms.OptOut) -> answers.Subscriber:
        number = self.named(ref)
        self._gateway.subscriber_care.opt_out(number, reason=body.reason, actor=caller(), channel=Channel.API)
        return self.seen(number)

    def _spoken(self, language: str | None) -> Language | None:
        known = self._gateway.program.texts.by_language
        if language is not None and language not in known:
            why = f"the program has no texts in that language, only in {', '.join(sorted(known))}"
            raise WrongField("language", why)
        return Language(language) if language else None


def _follows(told: Told) -> tuple[answers.Next, str]:
    match told:
        case Told.DONE:
            return "asked_to_confirm", _ASKED
        case Told.ERASED | Told.MUST_TEXT_START:
            # Alike, for that somebody was erased is nobody's business.
            return "must_text_start", _REFUSED
        case _:
            return "nothing", _NOTHING


def _stated(evidence: forms.FormEvidence) -> str:
    """What the form recorded besides the wording, as the proof shows it."""
    when, age = evidence.agreed_at.isoformat(), evidence.age_statement
    if evidence.ip:
        return str(AGREED_FROM.with_(when=when, address=evidence.ip, age=age))
    return str(AGREED_AGE.with_(when=when, age=age))


def _learning(given: forms.Particulars | None) -> Profile | None:
    """What is told of the person. Raises BadInput before anything has been done."""
    if given is None:
        return None
    if given.zone is not None and given.zone not in available_timezones():
        raise WrongField("particulars.zone", "must be a time zone such as Europe/Amsterdam")
    with about("particulars.tags"):
        tags = frozenset(map(tag_of, given.tags))
    with about("particulars.fields"):
        fields = {field_name(name): said(value, "a field") for name, value in given.fields.items()}
    return Profile(
        first_name=_said(given.first_name, "first_name"),
        last_name=_said(given.last_name, "last_name"),
        zone=given.zone,
        postcode=_said(given.postcode, "postcode"),
        state=_said(given.state, "state"),
        tags=tags,
        fields=fields,
    )


def _said(text: str | None, name: str) -> str:
    with about(f"particulars.{name}"):
        return said(text or "", name)
