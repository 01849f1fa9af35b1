"""Partitions, proof, references, ranks: values that must stay what they are."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.audience.proof import Own, likewise
from app.domain.consent import State
from app.domain.errors import BadInput
from app.domain.evidence import Channel, Event, Evidence
from app.domain.number import Number
from app.domain.outbox import NEEDS, RowRef
from app.domain.partition import PARTITIONS, partition_of
from app.domain.remarks import LATE
from app.domain.replies import Reply
from app.domain.signal import Signal
from app.domain.status import RANKS, StatusReport
from app.store import codec
from tests.stories import EN, NOON, person

GOLDEN = {
    "+31612345678": 28,
    "+3197010200000": 13,
    "+12025550100": 86,
    "+447911123456": 62,
    "+61491570006": 125,
}


@pytest.mark.parametrize(("e164", "partition"), GOLDEN.items())
def test_a_number_stays_in_its_partition_for_ever(e164: str, partition: int) -> None:
    assert partition_of(Number(e164)) == partition


def test_numbers_spread_over_all_partitions() -> None:
    counts = [0] * PARTITIONS
    for index in range(10_000):
        counts[partition_of(person(index))] += 1
    assert min(counts) > 30
    assert max(counts) < 160


@pytest.mark.parametrize("text", ["0-0123456789abcdef", "7-00112233445566ff", "127-ffffffffffffffff"])
def test_a_reference_names_its_partition(text: str) -> None:
    assert RowRef(text).partition == int(text.partition("-")[0])


@pytest.mark.parametrize(
    "text",
    ["", "1280-0123456789abcdef", "-0123456789abcdef", "5-0123456789abcde", "5-0123456789ABCDEF",
     "5-0123456789abcdef\n", "\u0665-0123456789abcdef", "+31612345678", "5-0123456789abcdef:+31612345678"],
)  # fmt: skip
def test_anything_else_is_no_reference(text: str) -> None:
    with pytest.raises(BadInput):
        RowRef(text)


def test_what_hangs_on_the_consent_is_named_for_every_reply() -> None:
    free = {Reply.GOODBYE, Reply.HELP}
    assert set(NEEDS) == set(Reply) - free
    assert set(NEEDS.values()) == {"subscribed", "held", "pending"}


def test_what_is_final_has_one_rank_and_only_read_is_above_it() -> None:
    final = {"delivered", "undelivered", "failed", "canceled", "partially_delivered"}
    assert {RANKS[status] for status in final} == {5}
    assert {status for status, rank in RANKS.items() if rank > 5} == {"read"}
    under_way = ["accepted", "scheduled", "queued", "sending", "sent"]
    assert sorted(under_way, key=lambda status: RANKS[status]) == under_way


def test_a_status_we_do_not_know_has_no_rank() -> None:
    assert StatusReport(None, None, "SM1", "teleported", 0, blocked=False, gone=False, at=NOON).rank is None


def test_the_proof_of_an_event_has_all_its_circumstances() -> None:
    event = Event(
        Signal.WEB_OPT_IN, NOON, Channel.WEB, "shop", "words", "v2", "SM1", "keyword", EN, read_back=True
    )
    proof = event.became("unknown", "pending", reply=Reply.ASK_TO_CONFIRM, note=LATE)
    assert (proof.at, proof.signal, proof.channel, proof.actor) == (NOON, "web_opt_in", "web", "shop")
    assert (proof.words, proof.wording, proof.message, proof.rule) == ("words", "v2", "SM1", "keyword")
    assert (proof.before, proof.after, proof.reply, proof.note) == (
        "unknown", "pending", "ask_to_confirm", str(LATE)
    )  # fmt: skip
    assert codec.evidence_from(codec.evidence_text(proof)) == proof


proofs = st.builds(
    Evidence,
    at=st.just(NOON),
    signal=st.sampled_from(list(Signal)),
    channel=st.sampled_from(list(Channel)),
    before=st.sampled_from(list(State)),
    after=st.sampled_from(list(State)),
    reply=st.sampled_from(["", *Reply]),
    **dict.fromkeys(("actor", "words", "wording", "note", "stated", "row"), st.text(max_size=5)),
)
marks = st.text(max_size=5) | st.binary(min_size=16, max_size=16).map(lambda bits: f"IM{bits.hex()}")
rules = st.sampled_from(["keyword", "", 'people "new".csv, row 7'])
owns = st.builds(Own, *(st.text(max_size=5) for _ in range(3)), marks, rules)


@given(proofs, st.lists(owns, max_size=3))
def test_entries_that_are_alike_are_written_as_each_would_be_by_itself(
    alike: Evidence, differ: list[Own]
) -> None:
    by_themselves = [codec.evidence_text(likewise(alike, own)) for own in differ]
    assert codec.evidence_texts(alike, differ) == by_themselves


def test_proof_is_kept_to_the_millisecond() -> None:
    event = Event(Signal.STOP, NOON + timedelta(microseconds=123_999), Channel.SMS, "person")
    proof = event.became("unknown", "opted_out", reply=None, note=None)
    assert codec.evidence_from(codec.evidence_text(proof)).at == NOON + timedelta(milliseconds=123)


def test_a_message_of_ours_can_be_reported_blocked_and_gone_once_each() -> None:
    marks = [
        Event(signal, NOON, Channel.PROVIDER, "provider", message="SM1").mark
        for signal in (Signal.PROVIDER_STOP, Signal.NUMBER_GONE)
    ]
    assert len({*marks, "SM1"}) == 3
    assert Event(Signal.STOP, NOON, Channel.SMS, "person", message="SM1").mark == "SM1"
    assert Event(Signal.STAFF_OPT_OUT, NOON, Channel.STAFF, "Anna").mark == ""
