"""What every implementation does with a recipient from the claim to the last word of the provider."""

from dataclasses import replace
from datetime import datetime

import pytest

from app.domain.campaign import CampaignRef
from app.domain.outbox import Fate
from app.domain.recipient import Ending, Reason, RecipientOutcome
from app.domain.status import StatusReport
from app.services.campaign_ports import Left, RowClaim, RowSettlement
from app.services.ports import Settled
from tests.campaign_stories import DAILY, GRACE, LEASE, claim, claimed, joined, running, spring
from tests.contract.campaign_stores import CampaignStore
from tests.stories import NOON, after, person, sid

SENT = RowSettlement(Fate.SENT, after(1), message=sid(1))
FAILED = RowSettlement(Fate.FAILED, after(1), reason=Reason.BLOCKED, code=21610)
AGAIN = RowSettlement(Fate.AGAIN, after(1), when=after(5))
UNKNOWN = RowSettlement(Fate.UNKNOWN, after(1), when=after(7))


@pytest.fixture
def taken(desk: CampaignStore) -> RowClaim:
    joined(desk, range(2))
    return claimed(desk, running(desk))


def settle(desk: CampaignStore, claim: RowClaim, settlement: RowSettlement) -> Settled:
    (answer,) = desk.rows.settle([(claim, settlement)])
    return answer


def reported(
    taken: RowClaim, status: str, at: datetime = NOON, message: str = "", code: int = 0
) -> StatusReport:
    return StatusReport(
        ref=taken.ref,
        number=taken.draft.number,
        message=message or sid(1),
        status=status,
        code=code,
        blocked=False,
        gone=False,
        at=at,
    )


def test_sent_is_an_outcome_and_counts_segments(desk: CampaignStore, taken: RowClaim) -> None:
    assert settle(desk, taken, SENT) is Settled.DONE
    outcome = RecipientOutcome(Ending.SENT, after(1), segments=1, message=sid(1))
    assert desk.results.outcome_of(taken.campaign, person()) == outcome
    counts = desk.results.counts(taken.campaign)
    assert (counts["sent"], counts["segments"]) == (1, 1)
    assert desk.results.left(taken.campaign) == Left(todo=1)
    assert settle(desk, taken, SENT) is Settled.SAME
    assert settle(desk, taken, FAILED) is Settled.LOST


def test_failed_is_an_outcome_with_reason_and_code(desk: CampaignStore, taken: RowClaim) -> None:
    assert settle(desk, taken, FAILED) is Settled.DONE
    outcome = RecipientOutcome(Ending.FAILED, after(1), Reason.BLOCKED, code=21610)
    assert desk.results.outcome_of(taken.campaign, person()) == outcome
    assert desk.results.counts(taken.campaign)["failed:blocked"] == 1


def test_again_comes_up_when_it_was_told_to_and_remembers_its_first_attempt(
    desk: CampaignStore, taken: RowClaim
) -> None:
    assert settle(desk, taken, AGAIN) is Settled.DONE
    campaign = running_one(desk, taken)
    assert claim(desk, campaign, now=after(4)).gone == 1
    (second,) = claim(desk, campaign, now=after(5)).taken
    assert (second.attempts, second.since) == (2, NOON)
    assert second.token != taken.token
    assert settle(desk, taken, SENT) is Settled.LOST


def running_one(desk: CampaignStore, taken: RowClaim):  # type: ignore[no-untyped-def] # noqa: ANN201
    found = desk.campaigns.load(taken.campaign)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("settlement", "counts"), [(AGAIN, False), (FAILED, False), (SENT, True), (UNKNOWN, True)]
)
def test_what_was_certainly_not_sent_does_not_count_for_the_caps(
    desk: CampaignStore, taken: RowClaim, settlement: RowSettlement, *, counts: bool
) -> None:
    second, third = (running(desk, spring(name * 8)) for name in "bc")
    settle(desk, claimed(desk, second), replace(SENT, message=sid(7)))
    settle(desk, taken, settlement)
    found = claim(desk, third, now=after(9), caps=DAILY)
    assert (found.later == 1) is counts


def test_a_lease_that_ended_makes_an_unknown_after_the_grace(desk: CampaignStore, taken: RowClaim) -> None:
    assert desk.fates.expire_leases(taken.campaign, after(LEASE - 0.001), GRACE) == 0
    assert desk.fates.expire_leases(taken.campaign, after(LEASE), GRACE) == 1
    assert desk.fates.expire_leases(taken.campaign, after(LEASE), GRACE) == 0
    assert desk.results.left(taken.campaign) == Left(todo=1, unknown=1)
    assert list(desk.fates.unknowns(taken.campaign, after(LEASE + GRACE - 0.001), 9)) == []
    assert list(desk.fates.unknowns(taken.campaign, after(LEASE + GRACE), 9)) == [taken]
    assert desk.results.outcome_of(taken.campaign, person()) == "unknown"


def test_an_unknown_is_settled_by_whoever_finds_out(desk: CampaignStore, taken: RowClaim) -> None:
    settle(desk, taken, UNKNOWN)
    (asked,) = desk.fates.unknowns(taken.campaign, after(7), 9)
    assert settle(desk, asked, SENT) is Settled.DONE
    assert list(desk.fates.unknowns(taken.campaign, after(99), 9)) == []


def test_one_message_is_one_recipients_only(desk: CampaignStore, taken: RowClaim) -> None:
    other = claimed(desk, running(desk, spring("bbbbbbbb")))
    assert settle(desk, taken, SENT) is Settled.DONE
    assert settle(desk, other, SENT) is Settled.TAKEN
    assert settle(desk, other, replace(SENT, message=sid(2))) is Settled.DONE


def test_a_report_proves_that_it_was_sent(desk: CampaignStore, taken: RowClaim) -> None:
    assert desk.fates.report(reported(taken, "sent", after(3)))
    outcome = RecipientOutcome(Ending.SENT, after(3), segments=1, message=sid(1), status="sent")
    assert desk.results.outcome_of(taken.campaign, person()) == outcome
    assert desk.results.counts(taken.campaign)["sent"] == 1
    assert settle(desk, taken, SENT) is Settled.SAME


def test_a_report_settles_what_nobody_knew_or_what_came_up_again(
    desk: CampaignStore, taken: RowClaim
) -> None:
    other = claimed(desk, running_one(desk, taken), 1)
    settle(desk, taken, UNKNOWN)
    settle(desk, other, AGAIN)
    assert desk.fates.report(reported(taken, "delivered"))
    assert desk.fates.report(reported(other, "delivered", message=sid(2)))
    assert not desk.results.left(taken.campaign).any


def test_statuses_only_move_forward(desk: CampaignStore, taken: RowClaim) -> None:
    settle(desk, taken, SENT)
    news = [desk.fates.report(reported(taken, status)) for status in ("delivered", "sent", "failed", "read")]
    assert news == [True, False, False, True]
    counts = desk.results.counts(taken.campaign)
    assert (counts["sent"], counts["delivered"], counts.get("undelivered", 0)) == (1, 1, 0)


def test_an_undelivered_text_keeps_the_providers_code(desk: CampaignStore, taken: RowClaim) -> None:
    settle(desk, taken, SENT)
    assert desk.fates.report(reported(taken, "undelivered", code=30005))
    outcome = desk.results.outcome_of(taken.campaign, person())
    assert isinstance(outcome, RecipientOutcome)
    assert (outcome.ending, outcome.status, outcome.code) == (Ending.SENT, "undelivered", 30005)
    assert desk.results.counts(taken.campaign)["undelivered"] == 1


@pytest.mark.parametrize("change", ["message", "campaign", "stranger", "waiting", "status"])
def test_a_report_that_is_not_about_this_message_changes_nothing(
    desk: CampaignStore, taken: RowClaim, change: str
) -> None:
    settle(desk, taken, SENT)
    report = reported(taken, "delivered")
    other = {
        "message": replace(report, message=sid(2)),
        "campaign": replace(report, ref=CampaignRef(f"c-zzzzzzzz-{taken.token}")),
        "stranger": replace(report, number=person(99)),
        "waiting": replace(report, number=person(1), message=sid(2)),
        "status": replace(report, status="a new one"),
    }[change]
    before = dict(desk.results.outcomes(taken.campaign))
    assert desk.results.messages(taken.campaign, [person(9), taken.draft.number]) == [
        "",
        before[person()].message,
    ]
    assert not desk.fates.report(other)
    assert dict(desk.results.outcomes(taken.campaign)) == before
    assert desk.results.left(taken.campaign) == Left(todo=1)
