"""A test of a campaign on the fakes: one text, marked, to somebody who may be texted; and the campaign stays."""

import pytest

from app.bootstrap import new_ref
from app.domain.consent import State
from app.domain.errors import BadInput
from app.domain.number import Number
from app.domain.outbox import RowRef
from app.domain.profile import Profile
from app.domain.quiet_hours import NeverOpen
from app.domain.signal import Signal
from app.services.audience_ports import ProfileChange
from app.services.campaign_texts import CampaignTexts
from app.services.ports import Accepted, FateUnknown, NewRef, NotSent, Posted, Refused
from app.services.preview_campaign import PreviewCampaign
from app.services.send_trial import SendTrial
from app.services.text_ports import MaySend
from tests.campaign_stories import DAILY, spring
from tests.domain.programs import shop
from tests.fakes.memory_erasures import MemoryErasures
from tests.fakes.memory_provider import LOST_ANSWER
from tests.fakes.memory_reach import MemoryReach
from tests.services.conftest import GRACE, LEASE, Installation
from tests.stories import NL, NOON, after, apply, person, sid, texted


def trial(floor: Installation, *listed: int, closed: bool = False, ref: NewRef = new_ref) -> SendTrial:
    hours = NeverOpen("strictest") if closed else MaySend()
    preview = PreviewCampaign(
        reach=MemoryReach(floor.campaigns, floor.profiles),
        window=lambda _number, _person, _now: hours,
        render=CampaignTexts(shop(), floor.profiles),
        rates=shop().rates,
        caps=DAILY,
        senders=shop().senders(1),
        default_language=NL,
        now=floor.now,
    )
    numbers = frozenset(person(index) for index in listed)
    erasures = MemoryErasures(floor.store, floor.profiles)
    parts = (preview, erasures, floor.provider, floor.apply, numbers, ref, floor.now, floor.store)
    return SendTrial(*parts, lease=LEASE, grace=GRACE)


def test_a_subscriber_gets_their_own_text_marked_and_the_campaign_stays(shop_floor: Installation) -> None:
    apply(shop_floor.store, person(), texted(Signal.START, NOON))
    shop_floor.profiles.save([ProfileChange(person(), Profile(), Profile("Ann", version=1))])
    campaign = spring(texts={NL: "Dag {{ first_name }}!"})
    shop_floor.campaigns.save(campaign, rests=True)
    assert isinstance(trial(shop_floor)(campaign, person()), Accepted)
    assert [one.body for one in shop_floor.provider.sent] == ["TEST Voorbeeld: Dag Ann! Stop? Sms STOP"]
    assert shop_floor.campaigns.outcome_of(campaign.id, person()) == ""
    assert shop_floor.campaigns.counts(campaign.id) == {}
    assert shop_floor.campaigns.load(campaign.id) == campaign


@pytest.mark.parametrize(
    ("signals", "listed", "closed", "sentence"),
    [
        ([], False, False, "there is no consent of this number"),
        ([Signal.START, Signal.STOP], False, False, "this number is opted out"),
        ([Signal.START, Signal.STOP], True, False, "this number is opted out"),
        ([Signal.START, Signal.UNCLEAR], True, False, "this number is held"),
        ([Signal.START], False, True, "these are this person's quiet hours"),
    ],
)
def test_whoever_may_not_be_texted_gets_no_test_either(
    shop_floor: Installation, signals: list[Signal], *, listed: bool, closed: bool, sentence: str
) -> None:
    for place, signal in enumerate(signals):
        apply(shop_floor.store, person(), texted(signal, after(place)))
    with pytest.raises(BadInput, match=sentence):
        trial(shop_floor, *([0] if listed else []), closed=closed)(spring(), person())
    assert shop_floor.provider.sent == []


def test_an_erased_colleague_is_not_texted(shop_floor: Installation) -> None:
    shop_floor.store.forget(person())
    with pytest.raises(BadInput, match="erased at their request"):
        trial(shop_floor, 0)(spring(), person())


def test_a_listed_colleague_needs_no_consent_and_no_hours(shop_floor: Installation) -> None:
    assert isinstance(trial(shop_floor, 0, closed=True)(spring(), person()), Accepted)
    assert shop_floor.state() == State.UNKNOWN


def test_a_text_that_lacks_a_value_is_not_sent_with_a_hole(shop_floor: Installation) -> None:
    with pytest.raises(
        BadInput, match="there is no text for this number: line 1, column 8: there is no value"
    ):
        trial(shop_floor, 0)(spring(texts={NL: "Dag {{ first_name }}!"}), person())


@pytest.mark.parametrize(
    "posted", [NotSent(5), FateUnknown("HTTP 500"), Refused(21211, blocked=False, gone=False)]
)
def test_it_is_tried_once(shop_floor: Installation, posted: Posted) -> None:
    shop_floor.provider.next.append(posted)
    assert trial(shop_floor, 0)(spring(), person()) == posted
    assert shop_floor.provider.sent == []


def test_a_stop_at_the_provider_is_heard(shop_floor: Installation) -> None:
    apply(shop_floor.store, person(), texted(Signal.START, NOON))
    shop_floor.provider.next.append(Refused(21610, blocked=True, gone=False))
    trial(shop_floor)(spring(senders=("+3197010200000",)), person())
    assert shop_floor.state() == State.OPTED_OUT


def test_a_number_that_is_not_reached_any_more_is_not_called_opted_out(shop_floor: Installation) -> None:
    for signal in (Signal.START, Signal.NUMBER_GONE):
        apply(shop_floor.store, person(), texted(signal, NOON))
    with pytest.raises(BadInput, match="this number is not reached any more, and a test"):
        trial(shop_floor)(spring(), person())


def test_a_stop_that_comes_after_the_look_and_before_the_claim_is_heeded(shop_floor: Installation) -> None:
    apply(shop_floor.store, person(), texted(Signal.START, NOON))

    def stops_first(number: Number) -> RowRef:
        apply(shop_floor.store, number, texted(Signal.STOP, after(1)))
        return new_ref(number)

    for listed in ((), (0,)):
        with pytest.raises(BadInput, match=r"consent has just changed|opted out"):
            trial(shop_floor, *listed, ref=stops_first)(spring(), person())
    assert shop_floor.provider.sent == []


def test_it_stands_in_the_persons_history(shop_floor: Installation) -> None:
    trial(shop_floor, 0)(spring(), person())
    (proof,) = shop_floor.store.evidence(person())
    assert (proof.signal, proof.reply, proof.message) == ("reply_sent", "test", sid(5000))


@pytest.mark.parametrize(("fate", "arrived"), [(LOST_ANSWER, 1), (FateUnknown("HTTP 500"), 0)])
def test_while_nobody_knows_whether_it_was_sent_there_is_no_other_and_none_is_sent_blindly(
    shop_floor: Installation, fate: FateUnknown, arrived: int
) -> None:
    shop_floor.provider.next.append(fate)
    assert trial(shop_floor, 0)(spring(), person()) == fate
    with pytest.raises(BadInput, match="nobody knows yet what became of the last test"):
        trial(shop_floor, 0)(spring(), person())
    shop_floor.now.goes_on(GRACE)
    assert shop_floor.settle() == 1
    assert shop_floor.deliver() == 0
    assert len(shop_floor.provider.sent) == arrived
    assert shop_floor.proof() == ["reply_sent" if arrived else "reply_failed"]
    assert isinstance(trial(shop_floor, 0)(spring(), person()), Accepted)
