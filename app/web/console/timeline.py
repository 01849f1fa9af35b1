"""One person's history as a list of moments, the newest first: consent, replies, campaigns, and what staff did."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from app.domain.campaign import Campaign
from app.domain.consent import State
from app.domain.evidence import Channel, Evidence
from app.domain.outbox import TEST
from app.domain.recipient import RecipientOutcome
from app.domain.signal import Signal
from app.domain.status import Delivery
from app.provider.errors import meaning
from app.services.care_ports import CareEntry
from app.web.console.saying import doer, own_words, rule, said_of, who_and_where
from app.web.console.words import (
    CHANNELS,
    ENDINGS,
    OPTED_OUT_ELSEWHERE,
    REASONS,
    REPLIES,
    SIGNALS,
    STATES,
    STATUSES,
    UNNAMED,
    Look,
)
from app.web.sentences import spoken

# What reached them, or was meant to, has words.
SPOKEN: Final = frozenset({"reply_sent", "reply_failed"})
NOT_KEPT: Final = _("was not kept at that time")
NOT_FOR_KEEPING: Final = _("is not kept of a text that is sent for a look")


@dataclass(frozen=True, slots=True)
class Moment:
    """One line. `words` are somebody's own, or `ours`; `facts` are pairs of a name and what it was.

    `campaign`: the id of the one that `title` names.
    """

    at: datetime
    look: Look
    words: str = ""
    title: str = ""
    campaign: str = ""
    facts: tuple[tuple[LazyString, LazyString | str], ...] = ()
    to: State | None = None
    ours: bool = False


def moments(
    evidence: Sequence[Evidence],
    care: Sequence[CareEntry],
    campaigns: Iterable[tuple[Campaign, RecipientOutcome | str]],
    deliveries: Mapping[str, Delivery],
) -> list[Moment]:
    """All of it, the newest first."""
    ours = [_of_evidence(entry, deliveries.get(entry.row)) for entry in evidence]
    found = [*ours, *map(_of_care, care), *_of_campaigns(campaigns)]
    return sorted(found, key=lambda moment: moment.at, reverse=True)


def _of_evidence(entry: Evidence, delivery: Delivery | None) -> Moment:
    facts: list[tuple[LazyString, LazyString | str]] = []
    if not entry.signal.startswith("reply_"):
        facts.append((_("How"), CHANNELS.get(entry.channel, entry.channel)))
    facts += [
        (name, text) for name, text in zip((_("By"), _("Where")), who_and_where(entry), strict=True) if text
    ]
    if entry.wording:
        facts.append((_("Version of the wording"), entry.wording))
    if entry.reply:
        facts.append((_("Reply"), REPLIES.get(entry.reply, entry.reply)))
    if entry.signal in SPOKEN and not own_words(entry):
        facts.append((_("What it said"), NOT_FOR_KEEPING if entry.reply == TEST else NOT_KEPT))
    if delivery:
        facts += _of_delivery(delivery)
    facts += [
        (name, text)
        for name, text in (
            (_("Stated"), spoken(entry.stated)),
            (_("Rule"), rule(entry.rule)),
            (_("Remark"), said_of(entry)),
        )
        if text
    ]
    if entry.message:
        facts.append((_("Message"), entry.message))
    moved = entry.after if entry.before != entry.after else ""
    return Moment(
        at=entry.at,
        look=_look(entry),
        words=own_words(entry),
        ours=entry.signal in SPOKEN,
        facts=tuple(facts),
        to=State(moved) if moved in STATES else None,
    )


def _of_delivery(delivery: Delivery) -> Iterator[tuple[LazyString, LazyString | str]]:
    if delivery.status:
        yield _("Status"), STATUSES.get(delivery.status, delivery.status)
    if delivery.code:
        yield _("Provider's error"), f"{delivery.code}, {spoken(meaning(delivery.code))}"


def _look(entry: Evidence) -> Look:
    by_themselves = entry.signal == Signal.STAFF_OPT_OUT and entry.channel is not Channel.STAFF
    return OPTED_OUT_ELSEWHERE if by_themselves else SIGNALS.get(entry.signal, UNNAMED)


def _of_care(entry: CareEntry) -> Moment:
    return Moment(entry.at, SIGNALS[entry.what], entry.words, facts=((_("By"), doer(entry.actor)),))


def _of_campaigns(campaigns: Iterable[tuple[Campaign, RecipientOutcome | str]]) -> Iterator[Moment]:
    for campaign, outcome in campaigns:
        if isinstance(outcome, str):
            if outcome and campaign.started_at:
                look = ENDINGS.get(outcome, UNNAMED)
                yield Moment(campaign.started_at, look, title=campaign.name, campaign=campaign.id)
            continue
        facts: list[tuple[LazyString, LazyString | str]] = []
        if outcome.reason:
            facts.append((_("Why"), REASONS[outcome.reason]))
        facts += _of_delivery(Delivery(outcome.status, outcome.code))
        # Sent is not got: it may have been lost on the way.
        look = ENDINGS[outcome.counted_as or outcome.ending]
        yield Moment(outcome.at, look, title=campaign.name, campaign=campaign.id, facts=tuple(facts))
