"""A bite of a campaign on the fakes: who gets a text now, who later, and who none, with the reason."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest

from app.domain.campaign import Campaign, Cap
from app.domain.number import Number
from app.domain.profile import Profile
from app.domain.quiet_hours import NeverOpen, WaitUntil
from app.domain.recipient import Reason, RecipientOutcome
from app.domain.senders import Senders
from app.domain.waiting import who_waits
from app.services import turns
from app.services.campaign_ports import (
    Grant,
    RowClaim,
    Speed,
    Throttle,
)
from app.services.campaign_texts import CampaignTexts
from app.services.next_bite import NextBite
from app.services.text_ports import MaySend, People
from tests.campaign_stories import DAILY, LEASE, SENDER, joined, running, spring
from tests.contract.campaign_stores import memory_campaign_store
from tests.domain.programs import shop
from tests.fakes.memory_profiles import MemoryProfiles
from tests.fakes.small_ports import SetTime
from tests.stories import NL, NOON, after, person


@dataclass
class Desk(People):
    """A campaign's parts in memory. What stands in `profiles` as None cannot be read."""

    profiles: dict[Number, Profile | None] = field(default_factory=dict)
    hours: dict[Number, MaySend | WaitUntil | NeverOpen] = field(default_factory=dict)
    senders: Senders = Senders({SENDER: 10}, 10)  # noqa: RUF009 - frozen

    throttle: Throttle | None = None

    def __post_init__(self) -> None:
        self.now, self.store = SetTime(), memory_campaign_store()

    def load_readable(self, numbers: Sequence[Number]) -> Sequence[Profile | None]:
        return [self.profiles.get(number, Profile()) for number in numbers]

    def window(self, number: Number, person: Profile, now: object) -> MaySend | WaitUntil | NeverOpen:  # noqa: ARG002 - the port's
        return self.hours.get(number, MaySend())

    def bite(self, campaign: Campaign, most: int = 10) -> list[RowClaim]:
        """Everything that can be claimed, the clock going on by itself while senders rest."""
        bites, claims = self.parts.of(campaign), list[RowClaim]()
        while not (bite := bites.take(most)).over:
            claims += bite.claims
            self.now.goes_on(bite.pause)
        return claims

    @property
    def parts(self) -> NextBite:
        return NextBite(
            rows=self.store.rows,
            people=self,
            window=self.window,
            render=CampaignTexts(shop(), MemoryProfiles(lambda _: True)),
            throttle=self.throttle or self.store.rows,  # type: ignore[arg-type]  # the fake is every port at once
            now=self.now,
            lease=LEASE,
            senders=self.senders,
            caps=DAILY,
            default_language=NL,
        )

    def reason(self, campaign: Campaign, index: int = 0) -> Reason | None:
        outcome = self.store.results.outcome_of(campaign.id, person(index))
        assert isinstance(outcome, RecipientOutcome), outcome
        return outcome.reason


def test_a_text_is_made_of_what_is_known_of_the_person() -> None:
    desk = Desk(profiles={person(1): Profile("Ann")})
    joined(desk.store, range(2))
    claims = desk.bite(running(desk.store, texts={NL: 'Dag {{ first_name | default: "klant" }}!'}))
    assert {claim.draft.number: claim.draft.body for claim in claims} == {
        person(0): "Voorbeeld: Dag klant! Stop? Sms STOP",
        person(1): "Voorbeeld: Dag Ann! Stop? Sms STOP",
    }


def test_whoever_has_no_value_for_the_text_is_skipped_with_that_reason() -> None:
    desk = Desk(profiles={person(1): Profile("Ann")})
    joined(desk.store, range(2))
    campaign = running(desk.store, texts={NL: "Dag {{ first_name }}!"})
    assert [claim.draft.number for claim in desk.bite(campaign)] == [person(1)]
    assert desk.reason(campaign) is Reason.VALUE_MISSING
    assert not desk.store.results.left(campaign.id).todo


def test_one_whose_profile_cannot_be_read_holds_up_nobody_else() -> None:
    desk = Desk(profiles={person(0): None})
    joined(desk.store, range(2))
    campaign = running(desk.store)
    assert [claim.draft.number for claim in desk.bite(campaign)] == [person(1)]
    assert desk.reason(campaign) is Reason.UNREADABLE


def test_people_come_up_again_when_their_hours_begin_and_are_counted_by_them() -> None:
    morning = after(hours=19)
    desk = Desk(hours={person(0): WaitUntil(morning, "Europe/Amsterdam", "default")})
    joined(desk.store, range(2))
    campaign = running(desk.store)
    assert [claim.draft.number for claim in desk.bite(campaign)] == [person(1)]
    counts = desk.store.results.counts(campaign.id)
    assert who_waits(counts, desk.now()) == "1 wait for 08:00 in their zone"
    desk.now.goes_on(hours=19)
    del desk.hours[person(0)]
    assert [claim.draft.number for claim in desk.bite(campaign)] == [person(0)]
    assert who_waits(counts, desk.now()) == ""


def test_whoever_can_be_texted_at_no_hour_or_only_after_the_end_is_skipped_with_the_reason() -> None:
    desk = Desk(hours={person(0): NeverOpen("strictest"), person(1): WaitUntil(after(hours=9), "UTC", "x")})
    joined(desk.store, range(2))
    campaign = running(desk.store, ends_at=after(hours=9))
    assert desk.bite(campaign) == []
    assert (desk.reason(campaign, 0), desk.reason(campaign, 1)) == (Reason.NO_HOURS, Reason.TOO_LATE)


def test_the_stricter_of_the_caps_holds_for_each_person() -> None:
    strict = MaySend(caps=(Cap(1, timedelta(hours=24)),))
    desk = Desk(hours={person(0): strict})
    joined(desk.store, range(2))
    desk.bite(running(desk.store))
    second = running(desk.store, spring("spring23"))
    assert [claim.draft.number for claim in desk.bite(second)] == [person(1)]
    assert desk.store.results.counts(second.id)["waited:capped"] == 1


@dataclass
class Buckets(Throttle):
    """A bucket for each sender in memory: so many a second, and one second's worth at first."""

    senders: Senders
    began: datetime = NOON
    taken: Counter[str] = field(default_factory=Counter)

    def take(self, sender: str, segments: Sequence[int], now: datetime) -> Grant:
        rate = self.senders.rate(sender)
        may = int(rate * (1 + (now - self.began).total_seconds()) + 1e-6) - self.taken[sender]
        granted = min(may, len(segments))
        self.taken[sender] += granted
        return Grant(granted, 1 / rate if granted < len(segments) else 0)

    def slow_down(self, sender: str, now: datetime) -> None:
        raise NotImplementedError

    def look(self, sender: str, now: datetime) -> Speed:
        raise NotImplementedError


SLOW, FAST = "+3197010200001", "+3197010200002"


def test_a_slow_sender_holds_up_nobody_elses_people_and_each_keeps_its_rate() -> None:
    senders = Senders({SLOW: 2, FAST: 20}, 10)
    desk = Desk(senders=senders, throttle=Buckets(senders))
    joined(desk.store, range(400))
    campaign, claims, seconds = running(desk.store), list[RowClaim](), list[float]()
    bites = desk.parts.of(campaign)
    while not (bite := bites.take(24)).over:
        claims += bite.claims
        seconds += [(desk.now() - NOON).total_seconds()] * len(bite.claims)
        desk.now.goes_on(bite.pause)
    assert len(claims) == 400
    for sender in (SLOW, FAST):
        own = [second for claim, second in zip(claims, seconds, strict=True) if claim.draft.sender == sender]
        lasted, rate = max(own), senders.rate(sender)
        assert len(own) - 1 <= rate * (1 + lasted)
        assert lasted <= len(own) / rate + 1, "nobody waited for the other sender"
    assert {claim.draft.sender for claim in claims} == {SLOW, FAST}
    assert all(claim.draft.sender == senders.of(claim.draft.number) for claim in claims)


def test_a_campaign_with_senders_of_its_own_goes_out_from_no_other() -> None:
    desk = Desk(senders=Senders({SLOW: 10, FAST: 10}, 10))
    joined(desk.store, range(30))
    claims = desk.bite(running(desk.store, senders=(SLOW, SENDER)))
    assert len(claims) == 30
    assert {claim.draft.sender for claim in claims} == {SLOW, SENDER}


def test_a_sender_that_stands_still_does_not_make_a_worker_remember_everybody(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(turns, "REMEMBERED", 40)
    senders = Senders({SLOW: 10, FAST: 10}, 10)
    desk = Desk(senders=senders, throttle=Buckets(Senders({SLOW: 0.001, FAST: 100}, 10)))
    joined(desk.store, range(300))
    bites = desk.parts.of(running(desk.store))
    claims = [claim for _ in range(60) for claim in bites.take(10).claims]
    assert FAST in {claim.draft.sender for claim in claims}
    assert bites.turns.pause() > 0
