"""A campaign before it is sent: who would get it and who not, what they would read, what it costs, when it ends."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from app.domain.campaign import Campaign, Cap
from app.domain.cap_times import free_from
from app.domain.consent import Record, State
from app.domain.errors import BadInput, StoreUnavailable
from app.domain.evidence import Channel
from app.domain.expected import Expected
from app.domain.funnel import EMPTY, Candidate, Funnel, Loss, funnel_of, loss_of
from app.domain.lacking import Lack
from app.domain.number import Number
from app.domain.pace import Wave, leave_at
from app.domain.partition import PLACES
from app.domain.price import Estimate, Rates, country_of, estimate
from app.domain.profile import Profile
from app.domain.quiet_hours import Allowed, WaitUntil
from app.domain.replies import Language
from app.domain.segments import Encoding
from app.domain.senders import Senders
from app.domain.signal import Signal
from app.domain.templates import Hole, ValueMissing
from app.services.campaign_ports import Reach
from app.services.next_bite import measured
from app.services.ports import Consents, Now
from app.services.text_ports import MaySend, People, Render, Window

UNREADABLE: Final = "what is kept of them cannot be read"


@dataclass(frozen=True, slots=True)
class Seen:
    """One person as the campaign finds them. `text` "": there is none, `why` says so; `lacks`: for want of these."""

    number: Number
    candidate: Candidate
    language: Language
    text: str = ""
    why: str = ""
    lacks: tuple[Hole, ...] = ()


@dataclass(frozen=True, slots=True)
class Preview:
    """The whole audience, counted. `segments`, `encodings`: people by what their text takes; `ends`: the last text.

    `begins`: the moment that all of this is about, now or when it is scheduled for; `at`: when it was worked out.
    `late`: whose turn, at the senders' rate, comes only after the campaign's end.

    `unreadable`: the first of those of whom what is kept cannot be read. `lacks`: what people have no value for, in
    the order of the text; who lacks two fields is counted at both. `senders`: each with its segments a second.
    """

    funnel: Funnel
    cost: Estimate
    segments: Mapping[int, int]
    encodings: Mapping[Encoding, int]
    waits: Mapping[datetime, int]
    begins: datetime
    ends: datetime
    late: int
    samples: Sequence[Seen]
    at: datetime
    unreadable: Sequence[Number]
    lacks: Sequence[Lack]
    senders: Mapping[str, float]

    @property
    def expected(self) -> Expected:
        """What of it is kept with a campaign that is set going."""
        return Expected.of(self.funnel.reached, self.cost, self.at)


@dataclass(slots=True)
class _Sums:
    """What is added up page by page, so that nothing grows with the audience."""

    funnel: Funnel = EMPTY
    by_country: Counter[str] = field(default_factory=Counter)
    segments: Counter[int] = field(default_factory=Counter)
    encodings: Counter[Encoding] = field(default_factory=Counter)
    waves: defaultdict[datetime, Wave] = field(default_factory=lambda: defaultdict(Wave))
    waits: Counter[datetime] = field(default_factory=Counter)
    samples: list[Seen] = field(default_factory=list)
    unreadable: list[Number] = field(default_factory=list)
    lacking: Counter[tuple[Language, Hole]] = field(default_factory=Counter)

    @property
    def lacks(self) -> list[Lack]:
        return [Lack(language, hole, people) for (language, hole), people in sorted(self.lacking.items())]


@dataclass(frozen=True, slots=True)
class PreviewCampaign:
    """Looks without touching anything. Raises StoreUnavailable, and BadInput for a text that nobody can get."""

    reach: Reach
    consents: Consents
    people: People
    window: Window
    render: Render
    rates: Rates
    caps: Sequence[Cap]
    senders: Senders
    default_language: Language
    now: Now

    def __call__(
        self, campaign: Campaign, sample: int, tell: Callable[[int], None] = lambda _: None
    ) -> Preview:
        """The preview; `tell` hears of every page how many people it had."""
        self.render.check(campaign)
        sums, at = _Sums(), self.now()
        now = max(at, campaign.scheduled_at or at)
        for numbers in self.reach.everybody(campaign.audience.tags):
            page = [seen for seen in self._look(campaign, numbers, now) if seen]
            sums.funnel += funnel_of(seen.candidate for seen in page)
            for seen in page:
                self._count(sums, campaign, seen, now, sample)
            tell(len(numbers))
        if not campaign.audience.tags and not campaign.audience.asks_records:
            erased = self.reach.erased()
            sums.funnel += funnel_of(
                Candidate(State.UNKNOWN, Allowed(now), erased=True) for _ in range(erased)
            )
        rates = {sender: self.senders.rate(sender) for sender in campaign.senders or self.senders.names}
        cost = estimate(sums.by_country, self.rates)
        ends, late = leave_at(sums.waves, sum(rates.values()), now, campaign.ends_at)
        return Preview(
            *(sums.funnel, cost, sums.segments, sums.encodings, sums.waits),
            begins=now,
            ends=ends,
            late=late,
            samples=sums.samples,
            at=at,
            unreadable=sums.unreadable,
            lacks=sums.lacks,
            senders=rates,
        )

    def of(self, campaign: Campaign, number: Number) -> Seen:
        """What one person would read, in the audience or not, and what stands in the way."""
        self.render.check(campaign)
        (record,), (profile,) = self.consents.load_readable([number]), self.people.load_readable([number])
        (sent,) = self.reach.last_texts([number])
        return self._seen(campaign, number, record, profile, sent, self.now(), link=number)

    def _look(self, campaign: Campaign, numbers: Sequence[Number], now: datetime) -> Iterator[Seen | None]:
        records, profiles = self.consents.load_readable(numbers), self.people.load_readable(numbers)
        sent = self.reach.last_texts(numbers)
        for number, record, profile, times in zip(numbers, records, profiles, sent, strict=True):
            # Nobody knows whether somebody who cannot be read is meant, so they are counted.
            wanted = record is None or campaign.audience.has(
                record.language or self.default_language, _since(record, campaign)
            )
            yield self._seen(campaign, number, record, profile, times, now) if wanted else None

    def _seen(  # noqa: PLR0913, PLR0917 - all that is known of one person
        self,
        campaign: Campaign,
        number: Number,
        readable: Record | None,
        profile: Profile | None,
        sent: Sequence[datetime],
        now: datetime,
        link: Number | None = None,
    ) -> Seen:
        record = readable or Record()
        hours = self.window(number, profile or Profile(), now)
        caps = (*(self.caps if campaign.caps is None else campaign.caps), *_caps_of(hours))
        free, language = free_from(sent, caps), record.language or self.default_language
        text, why, lacks = "", UNREADABLE, tuple[Hole, ...]()
        if profile is not None:
            try:
                text, why = self.render(campaign, language, profile, link), ""
            except ValueMissing as missing:
                why, lacks = str(missing), missing.holes
            except BadInput as refused:
                why = str(refused)
        candidate = Candidate(
            state=record.state,
            unreadable=readable is None or profile is None,
            window=Allowed(now) if isinstance(hours, MaySend) else hours,
            gone=self._is_gone(number, record),
            value_missing=bool(lacks),
            no_text=not text,
            too_late=_is_too_late(campaign, now, hours),
            capped=free is not None and free > now,
        )
        return Seen(number, candidate, language, text, why, lacks)

    def _is_gone(self, number: Number, record: Record) -> bool:
        """Whether the opt-out is the provider's, because nobody has the number any more."""
        if record.state is not State.OPTED_OUT or record.source is not Channel.PROVIDER:
            return False
        try:
            evidence = self.consents.evidence(number)
        except StoreUnavailable:
            return False  # opted out all the same; a store that is away fails the next page
        changes = [entry for entry in evidence if entry.before != entry.after]
        return bool(changes) and changes[-1].signal == Signal.NUMBER_GONE

    def _count(self, sums: _Sums, campaign: Campaign, seen: Seen, now: datetime, sample: int) -> None:
        match loss_of(seen.candidate):
            case None:
                self._add(sums, seen, now, sample)
            case Loss.VALUE_MISSING:
                spoken, _ = campaign.text_in(seen.language, self.default_language)
                sums.lacking.update((spoken, hole) for hole in seen.lacks)
            case Loss.UNREADABLE if len(sums.unreadable) < PLACES:
                sums.unreadable.append(seen.number)
            case _:
                pass

    def _add(self, sums: _Sums, seen: Seen, now: datetime, sample: int) -> None:
        found, window = measured(seen.text), seen.candidate.window
        when = window.when if isinstance(window, WaitUntil) else now
        sums.by_country[country_of(seen.number)] += found.segments
        sums.segments[found.segments] += 1
        sums.encodings[found.encoding] += 1
        sums.waves[when].people += 1
        sums.waves[when].segments += found.segments
        if when > now:
            sums.waits[when] += 1
        if len(sums.samples) < sample:
            sums.samples.append(seen)


def _since(record: Record, campaign: Campaign) -> datetime | None:
    """Since when somebody is subscribed. Of others nobody knows, so they count as if they were meant."""
    return record.since if record.state is State.SUBSCRIBED else campaign.audience.since


def _caps_of(hours: object) -> tuple[Cap, ...]:
    return hours.caps if isinstance(hours, MaySend) else ()


def _is_too_late(campaign: Campaign, now: datetime, hours: object) -> bool:
    """Whether somebody may be texted only once the campaign is over."""
    opens = hours.when if isinstance(hours, WaitUntil) else now
    return campaign.ends_at is not None and opens >= campaign.ends_at
