"""What must be one step about campaigns is raced, on the real store."""

import itertools
import threading
from collections import Counter

import pytest

from app.bootstrap import new_ref
from app.domain.campaign import Action, Campaign, CampaignStatus
from app.domain.errors import BadInput
from app.domain.outbox import Fate
from app.domain.recipient import RecipientOutcome
from app.domain.signal import Signal
from app.services.apply_event import ApplyEvent
from app.services.campaign_changes import ChangeCampaign
from app.services.campaign_ports import Left, RowSettlement
from app.services.ports import Settled
from app.store.connection import connect
from tests.campaign_stories import claim, claimed, joined, running, spring
from tests.concurrency.races import at_once
from tests.contract.campaign_stores import CampaignStore, redis_campaign_store
from tests.domain.programs import shop
from tests.fakes.small_ports import CountingDoorbell
from tests.stories import POLICY, after, person, sid, texted

PEOPLE = 50


@pytest.fixture
def desk(store_url: str) -> CampaignStore:
    return redis_campaign_store(connect(store_url))


def test_many_claimers_of_one_campaign_take_nobody_twice(desk: CampaignStore) -> None:
    joined(desk, range(PEOPLE))
    campaign = running(desk)

    def take() -> list[str]:
        return [one.draft.number.e164 for one in claim(desk, campaign, range(PEOPLE), after(1)).taken]

    taken = Counter(itertools.chain.from_iterable(at_once([take] * 20)))
    assert taken == Counter({person(index).e164: 1 for index in range(PEOPLE)})


def test_after_an_acknowledged_stop_nobody_is_claimed(desk: CampaignStore) -> None:
    joined(desk, range(PEOPLE))
    campaign = running(desk)
    apply_event = ApplyEvent(desk.consents, CountingDoorbell(), shop().texts, POLICY, new_ref)
    stopped: set[str] = set()
    late: list[str] = []
    lock = threading.Lock()

    def stop(index: int) -> None:
        apply_event(person(index), texted(Signal.STOP, after(1), sid(index)))
        with lock:
            stopped.add(person(index).e164)

    def take(index: int) -> None:
        with lock:
            known = set(stopped)
        found = claim(desk, campaign, [index, (index + 7) % PEOPLE], after(2))
        late.extend(one.draft.number.e164 for one in found.taken if one.draft.number.e164 in known)

    tasks = [lambda i=i, do=do: do(i) for do in (stop, take) for i in range(PEOPLE)]
    at_once(tasks)  # type: ignore[arg-type]
    assert late == []
    left = claim(desk, campaign, range(PEOPLE), after(3))
    assert left.taken == []
    outcomes = dict(desk.results.outcomes(campaign.id))
    taken = desk.results.left(campaign.id).claimed
    assert len(outcomes) + taken == PEOPLE
    assert {one.reason for one in outcomes.values()} <= {"opted_out"}


def test_two_who_settle_the_same_recipient_make_one_outcome_of_it(desk: CampaignStore) -> None:
    joined(desk)
    taken = claimed(desk, running(desk))
    sent = RowSettlement(Fate.SENT, after(1), message=sid(9))
    answers = at_once([lambda: desk.rows.settle([(taken, sent)])[0]] * 8)
    assert sorted(answers) == [Settled.DONE] + [Settled.SAME] * 7
    assert desk.results.counts(taken.campaign)["sent"] == 1
    assert desk.results.left(taken.campaign) == Left()


def test_one_change_of_a_campaign_wins_and_the_others_are_told(desk: CampaignStore) -> None:
    campaign = running(desk)
    change = ChangeCampaign(desk.campaigns, desk.audience)

    def pause() -> Campaign | str:
        try:
            return change(campaign.id, Action.PAUSE)
        except BadInput as refused:
            return str(refused)

    answers = at_once([pause] * 20)
    assert sum(isinstance(each, Campaign) for each in answers) == 1
    found = desk.campaigns.load(campaign.id)
    assert found is not None
    assert (found.status, found.version) == (CampaignStatus.PAUSED, 2)


def test_an_opt_out_counts_for_the_campaigns_of_the_last_three_days(desk: CampaignStore) -> None:
    apply_event = ApplyEvent(desk.consents, CountingDoorbell(), shop().texts, POLICY, new_ref)
    joined(desk, range(3))
    old, new, unsent = (running(desk, spring(name * 8)) for name in "abc")
    claimed(desk, old)
    claimed(desk, new, now=after(hours=1))
    taken = claimed(desk, unsent, now=after(hours=1))
    desk.rows.settle([(taken, RowSettlement(Fate.AGAIN, after(hours=1), when=after(hours=99)))])
    for index in (0, 1):
        apply_event(person(index), texted(Signal.STOP, after(hours=72.5), sid(50 + index)))
    apply_event(person(0), texted(Signal.STOP, after(hours=72.6), sid(60)))
    counted = [desk.results.counts(each.id)["opted_out"] for each in (old, new, unsent)]
    assert counted == [0, 1, 0]
    assert not isinstance(desk.results.outcome_of(new.id, person(0)), RecipientOutcome)
