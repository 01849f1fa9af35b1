"""What every implementation of the ports about campaigns does until a recipient is claimed."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from app.domain.campaign import Audience, CampaignStatus, Cap, Tally
from app.domain.charged import Charged
from app.domain.consent import State
from app.domain.expected import Expected
from app.domain.quiet_hours import WaitUntil
from app.domain.recipient import Ending, Reason, RecipientOutcome
from app.domain.signal import Signal
from app.domain.waiting import capped, waiting
from app.services.campaign_ports import Left
from tests.campaign_stories import DAILY, EVERYWHERE, LEASE, claim, claimed, draft, joined, running, spring
from tests.contract.campaign_stores import CampaignStore
from tests.stories import EN, NL, NOON, after, apply, person, texted

LATER = WaitUntil(after(9), "Europe/Amsterdam", "default")


def test_a_campaign_is_loaded_as_it_was_saved(desk: CampaignStore) -> None:
    made = spring(
        texts={NL: "Lente: {x}", EN: "Spring\n2"},
        audience=Audience(frozenset({"vip", "two words"}), frozenset({EN}), after(1)),
        scheduled_at=after(2),
        started_at=after(3),
        ends_at=after(4),
        finished_at=after(5),
        reason="because: of this",
        halted_by="cli:ann",
        senders=("+3197010200000", "Klaver"),
        caps=(Cap(3, timedelta(days=1)),),
        judged_from=Tally(5, 2, 1),
        expected=Expected(after(1), 412, 824, "EUR", Decimal("74.16"), date(2026, 1, 1), ("BE",)),
        leaves_out=frozenset({"first_name", "shop"}),
        charged=Charged(after(9), {"USD": Decimal("7.50"), "EUR": Decimal(1)}, priced=9, unpriced=2),
        status=CampaignStatus.PAUSED,
    )
    assert desk.campaigns.load(made.id) is None
    assert desk.campaigns.save(made, rests=False)
    assert desk.campaigns.load(made.id) == made


def test_only_who_knows_the_campaign_as_it_is_changes_it(desk: CampaignStore) -> None:
    assert desk.campaigns.save(spring(), rests=True)
    assert not desk.campaigns.save(spring(name="Another"), rests=True)
    assert desk.campaigns.save(spring(version=2, name="Newer"), rests=True)
    assert not desk.campaigns.save(spring(version=2), rests=True)
    found = desk.campaigns.load("spring22")
    assert found is not None
    assert found.name == "Newer"


def test_all_are_listed_newest_first_and_the_restless_oldest_first(desk: CampaignStore) -> None:
    for index, name in enumerate(["aaaaaaaa", "bbbbbbbb", "cccccccc"]):
        desk.campaigns.save(spring(name, created=after(index)), rests=index == 1)
    assert [each.id[0] for each in desk.campaigns.every()] == ["c", "b", "a"]
    assert [each.id[0] for each in desk.campaigns.restless()] == ["a", "c"]
    desk.campaigns.save(spring("aaaaaaaa", version=2), rests=True)
    assert [each.id[0] for each in desk.campaigns.restless()] == ["c"]


def test_the_reason_to_wait_is_remembered(desk: CampaignStore) -> None:
    assert desk.campaigns.waits("spring22") == ""
    desk.campaigns.note_wait("spring22", "an outage")
    assert desk.campaigns.waits("spring22") == "an outage"


def test_the_audience_is_whoever_is_subscribed_and_has_every_tag(desk: CampaignStore) -> None:
    joined(desk, range(6))
    apply(desk.consents, person(5), texted(Signal.STOP, after(1)))
    for index, tags in enumerate(["a", "ab", "b", "", "", "ab"]):
        for tag in tags:
            desk.tag(person(index), tag)
    sizes = [desk.audience.count(Audience(frozenset(tags)), NL) for tags in ("", "a", "ab", "c")]
    assert sizes == [5, 2, 1, 0]
    running(desk, audience=Audience(frozenset("ab")))
    assert desk.results.left("spring22") == Left(todo=1)
    assert desk.results.outcome_of("spring22", person(1)) == "waiting"
    assert desk.results.outcome_of("spring22", person(5)) == ""


@pytest.mark.parametrize(
    ("audience", "size"),
    [
        (Audience(languages=frozenset({EN})), 2),
        (Audience(languages=frozenset({NL})), 3),
        (Audience(languages=frozenset({NL, EN})), 5),
        (Audience(since=after(10)), 2),
        (Audience(frozenset("a"), frozenset({EN})), 1),
    ],
)
def test_languages_and_dates_are_read_from_the_records(
    desk: CampaignStore, audience: Audience, size: int
) -> None:
    for index, (language, seconds) in enumerate([(EN, 0), (EN, 10), (NL, 0), (NL, 10), (None, 0)]):
        apply(desk.consents, person(index), texted(Signal.START, after(seconds), language=language))
    desk.tag(person(0), "a")
    assert desk.audience.count(audience, NL) == size
    running(desk, audience=audience)
    assert desk.results.left("spring22").todo == size
    assert desk.results.counts("spring22")["frozen"] == size


def test_who_joins_after_the_freeze_is_not_in_it_however_often_it_is_frozen(desk: CampaignStore) -> None:
    joined(desk, range(3))
    campaign = running(desk)
    joined(desk, [3])
    for partition in EVERYWHERE:
        desk.audience.freeze(campaign, partition, NOON, NL)
    assert desk.results.left(campaign.id) == Left(todo=3)
    assert desk.results.counts(campaign.id)["frozen"] == 3


def test_the_due_are_looked_at_with_their_language(desk: CampaignStore) -> None:
    joined(desk, range(4), language=EN)
    campaign = running(desk)
    found = desk.rows.peek(campaign.id, EVERYWHERE, NOON, 10)
    assert {(each.number, each.language) for each in found} == {(person(i), EN) for i in range(4)}
    assert desk.rows.peek(campaign.id, EVERYWHERE, after(-1), 10) == []
    assert (desk.results.due(campaign.id, NOON), desk.results.due(campaign.id, after(-1))) == (4, 0)


def test_what_is_claimed_is_nobody_elses(desk: CampaignStore) -> None:
    joined(desk)
    campaign = running(desk)
    found = claim(desk, campaign)
    (taken,) = found.taken
    assert (taken.attempts, taken.since, taken.ref.campaign) == (1, NOON, campaign.id)
    assert claim(desk, campaign).gone == 1
    assert desk.results.left(campaign.id) == Left(claimed=1)
    assert desk.results.outcome_of(campaign.id, person()) == "being sent"


@pytest.mark.parametrize(
    ("signals", "reason"),
    [
        ([Signal.STOP], Reason.OPTED_OUT),
        ([Signal.UNCLEAR], Reason.HELD),
        ([Signal.PROVIDER_STOP], Reason.OPTED_OUT),
        ([Signal.NUMBER_GONE], Reason.GONE),
        ([Signal.NUMBER_GONE, Signal.STOP], Reason.OPTED_OUT),
    ],
)
def test_whoever_is_not_subscribed_any_more_is_skipped_with_the_reason(
    desk: CampaignStore, signals: list[Signal], reason: Reason
) -> None:
    joined(desk)
    campaign = running(desk)
    for signal in signals:
        apply(desk.consents, person(), texted(signal, after(1)))
    found = claim(desk, campaign, now=after(2))
    assert (found.taken, found.skipped) == ([], 1)
    expected = RecipientOutcome(Ending.SKIPPED, after(2), reason)
    assert desk.results.outcome_of(campaign.id, person()) == expected
    assert desk.results.counts(campaign.id)[f"skipped:{reason}"] == 1
    assert not desk.results.left(campaign.id).any


def test_who_came_back_in_the_meantime_gets_it(desk: CampaignStore) -> None:
    joined(desk)
    campaign = running(desk)
    for signal in (Signal.STOP, Signal.START):
        apply(desk.consents, person(), texted(signal, after(1)))
    assert desk.consents.load(person()).state is State.SUBSCRIBED
    assert len(claim(desk, campaign, now=after(2)).taken) == 1


def test_nothing_is_claimed_of_a_campaign_that_does_not_run_or_of_another_version(
    desk: CampaignStore,
) -> None:
    joined(desk)
    campaign = running(desk)
    assert claim(desk, replace(campaign, version=2)).stopped
    desk.audience.disarm(campaign.id)
    assert claim(desk, campaign).stopped
    desk.audience.arm(campaign)
    assert len(claim(desk, campaign).taken) == 1


def test_who_had_the_most_texts_comes_up_when_the_cap_allows_it(desk: CampaignStore) -> None:
    joined(desk)
    first, second, third = (running(desk, spring(name * 8)) for name in "abc")
    claimed(desk, first, now=after(hours=1))
    assert len(claim(desk, second, now=after(hours=2), caps=DAILY).taken) == 1
    found = claim(desk, third, now=after(hours=3), caps=DAILY)
    assert (found.taken, found.later) == ([], 1)
    assert desk.results.next_due(third.id) == after(hours=25)
    counts = desk.results.counts(third.id)
    assert (counts["waited:capped"], counts[capped(after(hours=25))]) == (1, 1)
    assert claim(desk, third, now=after(hours=24.9), caps=DAILY).gone == 1
    assert len(claim(desk, third, now=after(hours=25), caps=DAILY).taken) == 1


def test_a_minimum_gap_is_a_cap_of_one(desk: CampaignStore) -> None:
    joined(desk)
    first, second = (running(desk, spring(name * 8)) for name in "ab")
    claimed(desk, first)
    assert claim(desk, second, now=after(59), caps=[Cap(1, timedelta(minutes=1))]).later == 1
    assert len(claim(desk, second, now=after(60), caps=[Cap(1, timedelta(minutes=1))]).taken) == 1


def test_a_campaign_that_ends_first_skips_whom_it_cannot_reach(desk: CampaignStore) -> None:
    joined(desk, [0, 1])
    first = running(desk, spring("aaaaaaaa"))
    claimed(desk, first)
    last = running(desk, spring("bbbbbbbb", ends_at=after(50)))
    assert claim(desk, last, now=after(10), caps=[Cap(1, timedelta(minutes=1))]).skipped == 1
    assert claim(desk, last, [1], now=after(50)).skipped == 1
    reasons = [desk.results.outcome_of(last.id, person(i)).reason for i in (0, 1)]  # type: ignore[union-attr]
    assert reasons == [Reason.CAPPED, Reason.TOO_LATE]


def test_who_is_postponed_comes_up_later_and_is_counted(desk: CampaignStore) -> None:
    joined(desk)
    campaign = running(desk)
    for _ in range(2):  # two workers at once put somebody off once
        desk.rows.postpone(campaign.id, [(person(), LATER), (person(1), LATER)])
    counts = desk.results.counts(campaign.id)
    assert (counts["waited:hours"], counts[waiting(LATER)]) == (1, 1)
    assert claim(desk, campaign, now=after(8)).gone == 1
    assert desk.results.next_due(campaign.id) == after(9)
    assert desk.results.left(campaign.id) == Left(todo=1)
    assert len(claim(desk, campaign, now=after(9)).taken) == 1


def test_only_those_who_wait_can_be_skipped(desk: CampaignStore) -> None:
    joined(desk, range(3))
    campaign = running(desk)
    claimed(desk, campaign, 0)
    people = [person(index) for index in range(4)]
    assert desk.rows.skip(campaign.id, people, Reason.CANCELLED, after(1)) == 2
    assert desk.rows.skip(campaign.id, people, Reason.CANCELLED, after(1)) == 0
    assert desk.results.left(campaign.id) == Left(claimed=1)
    found = dict(desk.results.outcomes(campaign.id))
    assert found == {person(i): RecipientOutcome(Ending.SKIPPED, after(1), Reason.CANCELLED) for i in (1, 2)}


def test_ones_own_caps_hold_beside_everybodys(desk: CampaignStore) -> None:
    joined(desk, range(2))
    claim(desk, running(desk, spring("aaaaaaaa")), [0, 1])
    campaign = running(desk, spring("bbbbbbbb"))
    own = replace(draft(person()), caps=(Cap(1, timedelta(hours=1)),))
    found = desk.rows.claim(campaign, [own, draft(person(1))], DAILY, after(1), LEASE)
    assert [each.draft.number for each in found.taken] == [person(1)]
    assert (found.later, desk.results.next_due(campaign.id)) == (1, after(hours=1))
