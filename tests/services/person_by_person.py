"""A preview as it was before people were grouped: each by themselves. What is counted must stay what this counts."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime

from app.domain.campaign import Campaign, Cap
from app.domain.cap_times import free_from
from app.domain.consent import Record, State
from app.domain.errors import BadInput
from app.domain.evidence import Channel
from app.domain.funnel import Candidate, Funnel, Loss, loss_of
from app.domain.number import Number
from app.domain.pace import Wave, leave_at
from app.domain.price import estimate
from app.domain.profile import Profile
from app.domain.quiet_hours import Allowed, WaitUntil
from app.domain.region import region_of
from app.domain.segments import measure
from app.domain.signal import Signal
from app.domain.templates import Hole, ValueMissing
from app.services.preview_campaign import Preview, PreviewCampaign
from app.services.text_ports import MaySend
from tests.fakes.memory_reach import MemoryReach


@dataclass(frozen=True)
class Person:
    """What decides about one of them, and what they would read or lack."""

    number: Number
    candidate: Candidate
    spoken: str
    text: str
    lacks: tuple[Hole, ...]


def figures_of(made: Preview) -> dict[str, object]:
    """Everything in a preview that is counted."""
    return {
        "funnel": (made.funnel.total, dict(made.funnel.lost), made.funnel.waiting),
        "cost": made.cost,
        "segments": dict(made.segments),
        "encodings": dict(made.encodings),
        "waits": dict(made.waits),
        "ends": (made.ends, made.late),
        "lacks": [(lack.language, lack.hole, lack.people) for lack in made.lacks],
        "samples": {seen.number: seen.text for seen in made.samples},
        "unreadable": len(made.unreadable),
    }


def looked_at(preview: PreviewCampaign, campaign: Campaign) -> dict[str, object]:
    """The same figures, person by person."""
    at = preview.now()
    begins = max(at, campaign.scheduled_at or at)
    assert isinstance(preview.reach, MemoryReach)
    numbers = [number for page in preview.reach.everybody(campaign.audience.tags) for number in page]
    people = [one for number in numbers if (one := _person(preview, preview.reach, campaign, number, begins))]
    losses = {one.number: loss_of(one.candidate) for one in people}
    reached = [one for one in people if losses[one.number] is None]
    when = {one.number: _when(one.candidate, begins) for one in reached}
    waves: defaultdict[datetime, Wave] = defaultdict(Wave)
    segments: Counter[str] = Counter()
    for one in reached:
        size = measure(one.text).segments
        segments[region_of(one.number)] += size
        waves[when[one.number]].people += 1
        waves[when[one.number]].segments += size
    lost = Counter(loss for loss in losses.values() if loss)
    erased = 0
    if not campaign.audience.tags and not campaign.audience.asks_records:
        erased = preview.reach.erased()
        lost[Loss.ERASED] += erased
    waiting = sum(isinstance(one.candidate.window, WaitUntil) for one in reached)
    funnel = Funnel(len(people) + erased, {loss: many for loss, many in lost.items() if many}, waiting)
    lacking = Counter(
        (one.spoken, hole) for one in people if losses[one.number] is Loss.VALUE_MISSING for hole in one.lacks
    )
    rate = sum(preview.senders.rate(sender) for sender in campaign.senders or preview.senders.names)
    return {
        "funnel": (funnel.total, funnel.lost, funnel.waiting),
        "cost": estimate(segments, preview.rates),
        "segments": dict(Counter(measure(one.text).segments for one in reached)),
        "encodings": dict(Counter(measure(one.text).encoding for one in reached)),
        "waits": dict(Counter(moment for moment in when.values() if moment > begins)),
        "ends": leave_at(waves, rate, begins, campaign.ends_at),
        "lacks": [(spoken, hole, many) for (spoken, hole), many in sorted(lacking.items())],
        "samples": {one.number: one.text for one in reached},
        "unreadable": min(lost[Loss.UNREADABLE], 5),
    }


def _when(candidate: Candidate, begins: datetime) -> datetime:
    return candidate.window.when if isinstance(candidate.window, WaitUntil) else begins


def _person(
    preview: PreviewCampaign, reach: MemoryReach, campaign: Campaign, number: Number, begins: datetime
) -> Person | None:
    """None for somebody whom the audience does not mean."""
    store = reach.campaigns.store
    (readable,), (profile,) = store.load_readable([number]), reach.profiles.load_readable([number])
    record = readable or Record()
    language = record.language or preview.default_language
    since = record.since if record.state is State.SUBSCRIBED else campaign.audience.since
    if readable is not None and not campaign.audience.has(language, since):
        return None
    hours = preview.window(number, profile or Profile(), begins)
    own: tuple[Cap, ...] = hours.caps if isinstance(hours, MaySend) else ()
    free = free_from(
        reach.campaigns.sends[number].values(),
        (*(preview.caps if campaign.caps is None else campaign.caps), *own),
    )
    opens = hours.when if isinstance(hours, WaitUntil) else begins
    text, lacks = "", tuple[Hole, ...]()
    try:
        text = preview.render(campaign, language, profile) if profile is not None else ""
    except ValueMissing as missing:
        lacks = missing.holes
    except BadInput:
        pass
    by_provider = record.state is State.OPTED_OUT and record.source is Channel.PROVIDER
    changes = [entry.signal for entry in store.evidence(number) if entry.before != entry.after]
    candidate = Candidate(
        state=record.state,
        unreadable=readable is None or profile is None,
        window=Allowed(begins) if isinstance(hours, MaySend) else hours,
        gone=by_provider and changes[-1] == Signal.NUMBER_GONE,
        value_missing=bool(lacks),
        no_text=not text,
        too_late=campaign.ends_at is not None and opens >= campaign.ends_at,
        capped=free is not None and free > begins,
    )
    return Person(number, candidate, campaign.text_in(language, preview.default_language)[0], text, lacks)
