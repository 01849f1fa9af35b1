"""A bite of a campaign on the fakes: who gets a text now, who later, and who none, with the reason."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from app.domain.campaign import Campaign, Cap
from app.domain.number import Number
from app.domain.profile import Profile
from app.domain.quiet_hours import NeverOpen, WaitUntil
from app.domain.recipient import Reason, RecipientOutcome
from app.domain.waiting import who_waits
from app.services.campaign_ports import MaySend, People, RowClaim
from app.services.campaign_texts import CampaignTexts
from app.services.next_bite import NextBite
from tests.campaign_stories import DAILY, LEASE, SENDER, joined, running, spring
from tests.contract.campaign_stores import memory_campaign_store
from tests.domain.programs import shop
from tests.fakes.memory_profiles import MemoryProfiles
from tests.fakes.small_ports import SetTime
from tests.stories import NL, after, person


@dataclass
class Desk(People):
    """A campaign's parts in memory. What stands in `profiles` as None cannot be read."""

    profiles: dict[Number, Profile | None] = field(default_factory=dict)
    hours: dict[Number, MaySend | WaitUntil | NeverOpen] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.now, self.store = SetTime(), memory_campaign_store()

    def load_readable(self, numbers: Sequence[Number]) -> Sequence[Profile | None]:
        return [self.profiles.get(number, Profile()) for number in numbers]

    def window(self, number: Number, person: Profile, now: object) -> MaySend | WaitUntil | NeverOpen:  # noqa: ARG002 - the port's
        return self.hours.get(number, MaySend())

    def bite(self, campaign: Campaign, most: int = 10) -> list[RowClaim]:
        parts = NextBite(
            rows=self.store.rows,
            people=self,
            window=self.window,
            render=CampaignTexts(shop(), MemoryProfiles(lambda _: True)),
            throttle=self.store.rows,  # type: ignore[arg-type]  # the fake is every port at once
            now=self.now,
            lease=LEASE,
            sender=SENDER,
            caps=DAILY,
            default_language=NL,
        )
        bites, claims = parts.of(campaign), list[RowClaim]()
        while not (bite := bites.take(most)).over:
            claims += bite.claims
        return claims

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
