"""A preview on the fakes: everybody is counted once, nothing is sent, and the last text's time is worked out."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from app.domain.campaign import Audience, Campaign, Cap
from app.domain.errors import BadInput
from app.domain.evidence import Channel, Event
from app.domain.funnel import Loss, loss_of
from app.domain.profile import Profile
from app.domain.quiet_hours import NeverOpen, WaitUntil
from app.domain.signal import Signal
from app.domain.templates import Hole
from app.services.audience_ports import ProfileChange
from app.services.campaign_texts import CampaignTexts
from app.services.preview_campaign import PreviewCampaign
from app.services.text_ports import MaySend
from tests.campaign_stories import DAILY, spring
from tests.domain.programs import shop
from tests.fakes.memory_campaigns import MemoryCampaigns
from tests.fakes.memory_profiles import MemoryProfiles
from tests.fakes.memory_reach import MemoryReach
from tests.fakes.memory_store import MemoryStore
from tests.fakes.small_ports import SetTime
from tests.stories import EN, NL, NOON, after, apply, person, texted

GONE = Event(Signal.NUMBER_GONE, after(1), Channel.PROVIDER, "provider", words="error 30005")
BLOCKED = Event(Signal.PROVIDER_STOP, after(1), Channel.PROVIDER, "provider", words="error 21610")
INVITED = Event(Signal.WEB_OPT_IN, NOON, Channel.WEB, "the shop", words="Ja", wording="v1")
OTHER = "+3197010200001"
AMSTERDAM = "Europe/Amsterdam"
MORNING = datetime(2026, 3, 3, 8, tzinfo=UTC)


@dataclass
class Desk:
    """What a preview looks at."""

    hours: dict[str | None, MaySend | WaitUntil | NeverOpen] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.store = MemoryStore()
        self.campaigns = MemoryCampaigns(self.store)
        self.profiles = MemoryProfiles(lambda number: self.store.load(number).version > 0)
        self.preview = PreviewCampaign(
            reach=MemoryReach(self.campaigns, self.profiles),
            window=lambda _number, person, _now: self.hours.get(person.zone, MaySend()),
            render=CampaignTexts(replace(shop(), campaign_senders={OTHER: 1}), self.profiles),
            rates=shop().rates,
            caps=DAILY,
            senders=shop().senders(1),
            default_language=NL,
            now=SetTime(after(60)),
        )

    def lives(self, index: int, zone: str) -> None:
        before = self.profiles.load(person(index))
        self.profiles.save(
            [ProfileChange(person(index), before, replace(before, zone=zone, version=before.version + 1))]
        )

    def joined(self, *names: str) -> None:
        for index, name in enumerate(names):
            apply(self.store, person(index), texted(Signal.START, NOON))
            if name:
                self.profiles.save([ProfileChange(person(index), Profile(), Profile(name, version=1))])


def test_everybody_is_counted_once_for_the_first_reason() -> None:
    desk = Desk()
    desk.joined(*["Ann"] * 4, "", *["Ann"] * 5)
    for index, event in enumerate(
        [texted(Signal.STOP, after(1)), texted(Signal.UNCLEAR, after(1)), GONE, BLOCKED]
    ):
        apply(desk.store, person(index), event)
    desk.campaigns.sends[person(5)] = {"aaaaaaaa": after(1), "bbbbbbbb": after(2)}
    desk.hours = {"Nowhere": NeverOpen("x"), AMSTERDAM: WaitUntil(MORNING, AMSTERDAM, "default")}
    desk.lives(6, "Nowhere")
    desk.lives(7, AMSTERDAM)
    apply(desk.store, person(20), INVITED)
    desk.store.forget(person(21))
    made = desk.preview(spring(texts={NL: "Dag {{ first_name }}!"}), 1)
    assert made.funnel.lost == {
        Loss.ERASED: 1,
        Loss.NUMBER_GONE: 1,
        Loss.OPTED_OUT: 2,
        Loss.HELD: 1,
        Loss.PENDING: 1,
        Loss.VALUE_MISSING: 1,
        Loss.CAPPED: 1,
        Loss.NEVER_OPEN: 1,
    }
    assert (made.funnel.total, made.funnel.reached, made.funnel.waiting) == (12, 3, 1)
    assert (dict(made.waits), made.ends) == ({MORNING: 1}, MORNING)
    assert (made.cost.segments, made.cost.total) == (3, Decimal("0.27"))
    (sample,) = made.samples
    assert sample.text == "Voorbeeld: Dag Ann! Stop? Sms STOP"
    assert desk.campaigns.every() == []


def test_a_sender_takes_segments_one_after_the_other_and_two_take_half_as_long() -> None:
    desk = Desk()
    desk.joined(*["Ann"] * 5)
    dear = spring(texts={NL: "Dag {{ first_name }}, \u2019t is lente! " + "x" * 60})
    made = desk.preview(dear, 0)
    assert (dict(made.segments), {each.name for each in made.encodings}) == ({2: 5}, {"UCS_2"})
    assert made.ends == after(60 + 9)
    both = desk.preview(replace(dear, senders=("+3197010200000", OTHER)), 0)
    assert (both.ends, both.senders) == (after(60 + 4.5), {"+3197010200000": 1, OTHER: 1})


def test_what_people_lack_is_counted_where_the_text_of_their_language_needs_it() -> None:
    desk = Desk()
    desk.joined("Ann", "", "", "")
    apply(desk.store, person(4), texted(Signal.START, NOON, language=EN))
    apply(desk.store, person(1), texted(Signal.STOP, after(1)))
    texts = {NL: "Dag {{ first_name }} uit\n{{ postcode }}", EN: "{{ first_name }}!"}
    made = desk.preview(spring(texts=texts), 9)
    assert [(lack.language, lack.hole, lack.people) for lack in made.lacks] == [
        (EN, Hole(1, 4, "first_name"), 1),
        (NL, Hole(1, 8, "first_name"), 2),
        (NL, Hole(2, 4, "postcode"), 3),
    ]
    assert made.funnel.lost == {Loss.OPTED_OUT: 1, Loss.VALUE_MISSING: 4}


def test_somebody_whose_text_would_be_too_long_lacks_nothing() -> None:
    desk = Desk()
    desk.joined("x" * 200)
    made = desk.preview(spring(texts={NL: "{{ first_name }}" * 8}), 9)
    assert (made.funnel.lost, made.lacks) == ({Loss.NO_TEXT: 1}, [])


def test_whom_only_the_time_after_its_end_would_reach_is_counted_apart() -> None:
    desk = Desk()
    desk.joined(*["Ann"] * 6)
    desk.hours = {AMSTERDAM: WaitUntil(MORNING, AMSTERDAM, "default")}
    desk.lives(0, AMSTERDAM)
    over = desk.preview(spring(ends_at=MORNING), 0)
    assert (over.funnel.lost, over.funnel.reached, over.late) == ({Loss.TOO_LATE: 1}, 5, 0)
    assert desk.preview(spring(ends_at=MORNING + timedelta(seconds=1)), 0).funnel.lost == {}
    assert desk.preview(spring(ends_at=after(62)), 0).late == 3


def test_a_scheduled_one_is_looked_at_as_of_the_moment_at_which_it_begins() -> None:
    desk = Desk()
    desk.joined("Ann")
    made = desk.preview(spring(scheduled_at=MORNING), 0)
    assert (made.at, made.begins, made.ends) == (after(60), MORNING, MORNING)


def test_tags_and_languages_choose_and_the_erased_are_nobodys_then() -> None:
    desk = Desk()
    desk.joined("Ann", "Bea", "Cor")
    desk.campaigns.tags["vip"] |= {person(0), person(1)}
    apply(desk.store, person(1), texted(Signal.STOP, after(1)))
    desk.store.forget(person(21))
    made = desk.preview(spring(audience=Audience(frozenset({"vip"}))), 9)
    assert (made.funnel.total, made.funnel.lost) == (2, {Loss.OPTED_OUT: 1})
    assert desk.preview(spring(audience=Audience(languages=frozenset({EN}))), 9).funnel.total == 0
    late = Audience(since=after(5))
    assert desk.preview(spring(audience=late), 9).funnel.lost == {Loss.OPTED_OUT: 1}


def test_one_person_is_shown_with_what_stands_in_the_way() -> None:
    desk = Desk()
    desk.joined("Ann")
    apply(desk.store, person(), texted(Signal.STOP, after(1)))
    seen = desk.preview.of(spring(), person())
    assert (seen.text, loss_of(seen.candidate)) == ("Voorbeeld: Lente! Stop? Sms STOP", Loss.OPTED_OUT)
    stranger = desk.preview.of(spring(texts={NL: "Dag {{ first_name }}!"}), person(9))
    assert (stranger.text, loss_of(stranger.candidate)) == ("", Loss.NO_CONSENT)
    assert "there is no value for the field first_name" in stranger.why


def test_a_text_that_nobody_can_get_is_refused() -> None:
    campaign: Campaign = spring(texts={NL: "{{ nobody }}"}, caps=(Cap(1, timedelta(days=1)),))
    with pytest.raises(BadInput, match="there is no field nobody"):
        Desk().preview(campaign, 1)
