"""The next handful of recipients: look who is due, make their texts, keep to the hours and the rate, claim them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from app.domain.campaign import Campaign, Cap
from app.domain.errors import BadInput
from app.domain.number import Number
from app.domain.profile import Profile
from app.domain.quiet_hours import NeverOpen, WaitUntil
from app.domain.recipient import Draft, Reason
from app.domain.replies import Language
from app.domain.segments import Segmentation, measure
from app.domain.senders import Senders
from app.domain.templates import ValueMissing
from app.services.campaign_ports import (
    CampaignRows,
    Recipient,
    RowClaim,
    Throttle,
)
from app.services.ports import Now
from app.services.text_ports import People, Render, Window
from app.services.turns import Turns


@dataclass(frozen=True, slots=True)
class Bite:
    """What was claimed. `over`: nothing more can be for now. `stopped`: because the campaign is.

    `pause`: seconds until there may be more.
    """

    claims: Sequence[RowClaim] = ()
    pause: float = 0
    over: bool = False
    stopped: bool = False


@lru_cache(maxsize=512)
def measured(body: str) -> Segmentation:
    """What a text takes; most people of a campaign get the same."""
    return measure(body)


@dataclass(frozen=True, slots=True)
class NextBite:
    """The parts that a bite is made of. `senders` and `caps`: the program's, where a campaign has none."""

    rows: CampaignRows
    people: People
    window: Window
    render: Render
    throttle: Throttle
    now: Now
    lease: float
    senders: Senders
    caps: Sequence[Cap]
    default_language: Language

    def of(self, campaign: Campaign) -> "Bites":
        """The bites of one campaign, from the beginning."""

        def sender(number: Number) -> str:
            return self.senders.of(number, campaign.senders)

        names = campaign.senders or self.senders.names
        return Bites(self, campaign, Turns(self.rows, campaign.id, names, sender, self.now))


@dataclass(frozen=True, slots=True)
class Bites:
    """One campaign's bites, one after the other. Two of them at once disturb each other little: both claim."""

    parts: NextBite
    campaign: Campaign
    turns: Turns

    def take(self, most: int) -> Bite:
        """Claim up to `most`. Raises StoreUnavailable."""
        recipients = self.turns.take(most)
        if not recipients:
            pause = self.turns.pause()
            return Bite(pause=pause, over=not pause)
        drafts = self._drafts(recipients)
        if not drafts:
            return Bite()
        allowed = self._throttled(drafts, {each.number: each for each in recipients})
        if not allowed:
            return Bite()
        caps = self.parts.caps if self.campaign.caps is None else self.campaign.caps
        claims = self.parts.rows.claim(self.campaign, allowed, caps, self.parts.now(), self.parts.lease)
        if claims.gone * 2 > len(allowed):
            # Somebody else works where we do: go elsewhere.
            self.turns.forget()
        return Bite(claims.taken, over=claims.stopped, stopped=claims.stopped)

    def _drafts(self, recipients: Sequence[Recipient]) -> list[Draft]:
        """The texts of those who may be texted now. The others come up later, or are skipped for good."""
        parts, now = self.parts, self.parts.now()
        people = parts.people.load_readable([recipient.number for recipient in recipients])
        drafts: list[Draft] = []
        later: list[tuple[Number, WaitUntil]] = []
        never: defaultdict[Reason, list[Number]] = defaultdict(list)
        for recipient, person in zip(recipients, people, strict=True):
            match self._draft(recipient, person, now):
                case Draft() as draft:
                    drafts.append(draft)
                case WaitUntil() as hours:
                    later.append((recipient.number, hours))
                case reason:
                    never[reason].append(recipient.number)
        if later:
            parts.rows.postpone(self.campaign.id, later)
        for reason, numbers in never.items():
            parts.rows.skip(self.campaign.id, numbers, reason, now)
        return drafts

    def _draft(
        self, recipient: Recipient, person: Profile | None, now: datetime
    ) -> Draft | WaitUntil | Reason:
        """One person's text, or why there is none now or ever."""
        parts, number = self.parts, recipient.number
        if person is None:
            return Reason.UNREADABLE
        hours = parts.window(number, person, now)
        if isinstance(hours, NeverOpen):
            return Reason.NO_HOURS
        if isinstance(hours, WaitUntil):
            ends = self.campaign.ends_at
            return Reason.TOO_LATE if ends and hours.when >= ends else hours
        try:
            language = recipient.language or parts.default_language
            body = parts.render(self.campaign, language, person, number)
        except ValueMissing:
            return Reason.VALUE_MISSING
        except BadInput:
            return Reason.NO_TEXT
        return Draft(
            number, body, measured(body).segments, self.turns.sender(number), hours.seconds, hours.caps
        )

    def _throttled(self, drafts: Sequence[Draft], recipients: Mapping[Number, Recipient]) -> list[Draft]:
        """Those that may go at once; the others are given back, and their senders rest."""
        allowed: list[Draft] = []
        for sender in dict.fromkeys(draft.sender for draft in drafts):
            own = [draft for draft in drafts if draft.sender == sender]
            grant = self.parts.throttle.take(sender, [draft.segments for draft in own], self.parts.now())
            allowed += own[: grant.texts]
            self.turns.give_back([recipients[draft.number] for draft in own[grant.texts :]])
            if grant.wait:
                self.turns.rest(sender, grant.wait)
        return allowed
