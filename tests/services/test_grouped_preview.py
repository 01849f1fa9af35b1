"""A preview works out much once for many people who are alike: it counts what looking at each of them counts."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.campaign import Audience, Campaign, Cap
from app.domain.evidence import Channel, Event
from app.domain.number import Number
from app.domain.profile import Profile
from app.domain.quiet_hours import quiet_hours_from
from app.domain.replies import Language
from app.domain.signal import Signal
from app.rule_files import quiet_hours_document
from app.services.audience_ports import ProfileChange
from app.services.campaign_hours import CampaignHours
from app.services.campaign_texts import CampaignTexts
from app.services.preview_campaign import PreviewCampaign
from tests.campaign_stories import DAILY, spring
from tests.domain.programs import shop
from tests.fakes.memory_campaigns import MemoryCampaigns
from tests.fakes.memory_profiles import MemoryProfiles
from tests.fakes.memory_reach import MemoryReach
from tests.fakes.memory_store import MemoryStore
from tests.fakes.small_ports import SetTime
from tests.services.person_by_person import figures_of, looked_at
from tests.stories import EN, NL, after, apply, texted

HOURS = CampaignHours(quiet_hours_from(quiet_hours_document()))
# Of one zone and of several, of states with rules of their own, of zones that seven digits tell apart, of no place.
BEGINNINGS = (
    "+3161234",
    "+4477009",
    "+1212555",
    "+1305555",
    "+1208201",
    "+1208555",
    "+1800555",
    "+8816123",
    "+599712",
)
STORIES: Sequence[Sequence[Signal]] = (
    (Signal.START,),
    (Signal.START,),
    (Signal.WEB_OPT_IN,),
    (Signal.START, Signal.STOP),
    (Signal.START, Signal.UNCLEAR),
    (Signal.START, Signal.NUMBER_GONE),
    (Signal.START, Signal.PROVIDER_STOP),
)
FIELDS = {NL: "Dag {{ first_name }}, {{ code | default: 'nu' }}!", EN: "{{ code }} {{ postcode }}"}
TEXTS: Sequence[dict[Language, str]] = (
    {NL: "Lente!"},
    FIELDS,
    {NL: "{{ first_name }} \u2019t is {% if state %}{{ state }}{% endif %}", EN: "Spring!"},
    {EN: "{{ first_name }}" * 8},
)


@dataclass(frozen=True)
class Somebody:
    """One person of an audience."""

    number: Number
    story: Sequence[Signal]
    joined: int
    language: Language | None
    profile: Profile
    tagged: bool
    texts: Sequence[int]
    readable: tuple[bool, bool]


# So that there is somebody, and a field of one's own.
ANN = Somebody(
    number=Number("+31612340000"),
    story=(Signal.START,),
    joined=0,
    language=NL,
    profile=Profile("Ann", fields={"code": "B2"}),
    tagged=False,
    texts=(),
    readable=(True, True),
)
profiles = st.builds(
    Profile,
    first_name=st.sampled_from(["", "Ann", "Zoë", "Łukasz", "x" * 200]),
    zone=st.sampled_from([None, None, "Asia/Tokyo", "Europe/Amsterdam", "No/Where"]),
    postcode=st.sampled_from(["", "10001", "10013", "99501", "1234 AB"]),
    state=st.sampled_from(["", "FL", " ny", "Utrecht"]),
    fields=st.sampled_from([{}, {"code": "A1"}, {"code": "\u20ac"}]),
)
people = st.builds(
    Somebody,
    number=st.builds(
        lambda begin, end: Number(f"{begin}{end}"), st.sampled_from(BEGINNINGS), st.integers(1000, 1009)
    ),
    story=st.sampled_from(STORIES),
    joined=st.sampled_from([0, 30]),
    language=st.sampled_from([None, NL, EN, Language("fr")]),
    profile=profiles,
    tagged=st.booleans(),
    texts=st.lists(st.integers(0, 60), max_size=3),
    readable=st.tuples(*[st.sampled_from([True] * 9 + [False])] * 2),
)
campaigns = st.builds(
    spring,
    texts=st.sampled_from(TEXTS),
    audience=st.builds(
        Audience,
        tags=st.sampled_from([frozenset(), frozenset({"vip"})]),
        languages=st.sampled_from([frozenset(), frozenset({EN})]),
        since=st.sampled_from([None, after(15)]),
    ),
    caps=st.sampled_from([None, (), (Cap(1, timedelta(hours=1)),)]),
    scheduled_at=st.sampled_from([None, after(hours=9)]),
    ends_at=st.sampled_from([None, after(hours=10), after(hours=30)]),
)
moments = st.integers(0, 24 * 60).map(
    lambda minutes: datetime(2026, 3, 2, 12, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


@dataclass
class Audiences:
    """A store in memory with people in it, and a preview of it."""

    now: datetime
    store: MemoryStore = field(default_factory=MemoryStore)

    def __post_init__(self) -> None:
        self.campaigns = MemoryCampaigns(self.store)
        self.profiles = MemoryProfiles(lambda number: self.store.load(number).version > 0)
        self.preview = PreviewCampaign(
            reach=MemoryReach(self.campaigns, self.profiles),
            window=HOURS,
            render=CampaignTexts(shop(), self.profiles),
            rates=shop().rates,
            caps=DAILY,
            senders=shop().senders(1),
            default_language=NL,
            now=SetTime(self.now),
        )

    def add(self, one: Somebody) -> None:
        for place, signal in enumerate(one.story):
            event = texted(signal, after(one.joined + place), language=one.language)
            if signal in {Signal.NUMBER_GONE, Signal.PROVIDER_STOP}:
                event = Event(signal, event.at, Channel.PROVIDER, "provider")
            apply(self.store, one.number, event)
        before = self.profiles.load(one.number)
        self.profiles.save(
            [ProfileChange(one.number, before, replace(one.profile, version=before.version + 1))]
        )
        self.campaigns.sends[one.number] = {str(seconds): after(seconds) for seconds in one.texts}
        if one.tagged:
            self.campaigns.tags["vip"].add(one.number)
        for readable, unreadable in zip(
            one.readable, (self.store.unreadable, self.profiles.unreadable), strict=True
        ):
            if not readable:
                unreadable.add(one.number)


@settings(deadline=None)
@given(st.lists(people, max_size=30), campaigns, moments)
def test_grouped_people_come_to_what_each_by_themselves_come_to(
    audience: list[Somebody], campaign: Campaign, now: datetime
) -> None:
    desk = Audiences(now)
    for one in (ANN, *audience):
        desk.add(one)
    desk.store.forget(Number("+31612349999"))
    assert figures_of(desk.preview(campaign, 1 + len(audience))) == looked_at(desk.preview, campaign)
