"""A campaign before it is sent: who would get it and who not, what they would read, what it costs, when it ends."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.domain.campaign import Campaign, Cap
from app.domain.consent import State
from app.domain.expected import Expected
from app.domain.funnel import Funnel
from app.domain.lacking import Lack
from app.domain.number import Number
from app.domain.pace import leave_at
from app.domain.price import Estimate, Rates, estimate
from app.domain.quiet_hours import beginning_of
from app.domain.replies import Language
from app.domain.segments import Encoding
from app.domain.senders import Senders
from app.services.outlooks import Outlooks, Seen
from app.services.ports import Now
from app.services.preview_sums import Sums
from app.services.reach_ports import Met, Reach
from app.services.read_ahead import read_ahead
from app.services.text_ports import Render, Window


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


@dataclass(frozen=True, slots=True)
class PreviewCampaign:
    """Looks without touching anything. Raises StoreUnavailable, and BadInput for a text that nobody can get."""

    reach: Reach
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
        at = self.now()
        sums = Sums(campaign, max(at, campaign.scheduled_at or at), self.default_language, sample)
        outlooks = self._outlooks(campaign, sums.begins)
        for page in self._everybody(campaign):
            sums.add(self._seen(outlooks, [met for met in page if self._is_meant(campaign, met)]))
            tell(len(page))
        if not campaign.audience.tags and not campaign.audience.asks_records:
            sums.add_erased(self.reach.erased())
        return self._made(sums, at)

    def of(self, campaign: Campaign, number: Number) -> Seen:
        """What one person would read, in the audience or not, and what stands in the way."""
        self.render.check(campaign)
        met = self.reach.meet([number], self.render.fields(campaign))
        (seen,) = self._seen(self._outlooks(campaign, self.now()), met, link=number)
        return seen

    def _everybody(self, campaign: Campaign) -> Iterator[Sequence[Met]]:
        """Whom the audience may mean, a page at a time; the store looks for the next ones meanwhile."""
        fields = self.render.fields(campaign)
        return read_ahead(
            lambda numbers: self.reach.meet(numbers, fields), self.reach.everybody(campaign.audience.tags)
        )

    def _is_meant(self, campaign: Campaign, met: Met) -> bool:
        """Whether somebody belongs to the audience, their tags apart."""
        audience, record = campaign.audience, met.alike.record
        # Nobody knows whether somebody who cannot be read is meant, so they are counted.
        if record is None or not audience.asks_records:
            return True
        # Of those who are not subscribed nobody knows since when they would be, so they count as if they were meant.
        since = met.since if record.state is State.SUBSCRIBED else audience.since
        return audience.has(record.language or self.default_language, since)

    def _outlooks(self, campaign: Campaign, begins: datetime) -> Outlooks:
        return Outlooks(
            campaign,
            begins,
            window=self.window,
            render=self.render,
            caps=self.caps,
            default_language=self.default_language,
        )

    def _seen(self, outlooks: Outlooks, people: Sequence[Met], link: Number | None = None) -> list[Seen]:
        return [
            Seen(
                number, outlook := outlooks.of(beginning_of(number), alike, link), outlook.capped_after(sent)
            )
            for number, alike, _, sent in people
        ]

    def _made(self, sums: Sums, at: datetime) -> Preview:
        rates = {sender: self.senders.rate(sender) for sender in sums.campaign.senders or self.senders.names}
        ends, late = leave_at(sums.waves, sum(rates.values()), sums.begins, sums.campaign.ends_at)
        return Preview(
            funnel=sums.funnel,
            cost=estimate(sums.by_country, self.rates),
            segments=sums.segments,
            encodings=sums.encodings,
            waits=sums.waits,
            begins=sums.begins,
            ends=ends,
            late=late,
            samples=sums.samples,
            at=at,
            unreadable=sums.unreadable,
            lacks=sums.lacks,
            senders=rates,
        )
