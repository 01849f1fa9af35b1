"""A campaign's table is total, its values cannot be wrong, and what goes badly is paused."""

import itertools
from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.campaign import (
    TABLE,
    Action,
    Audience,
    CampaignRef,
    CampaignStatus,
    Refusal,
    Tally,
    campaign_ref,
)
from app.domain.errors import BadInput
from app.domain.recipient import Ending, Reason, RecipientOutcome
from app.domain.verdict import Limits, verdict
from tests.campaign_stories import spring
from tests.stories import EN, NL, NOON

OVER = {CampaignStatus.FINISHED, CampaignStatus.CANCELLED}


def test_every_status_has_an_answer_to_every_action() -> None:
    assert TABLE.keys() == set(itertools.product(CampaignStatus, Action))


@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize("status", sorted(OVER))
def test_what_is_over_stays_over(status: CampaignStatus, action: Action) -> None:
    assert isinstance(TABLE[status, action], Refusal)


def test_only_freezing_leads_to_running_and_nothing_unfinished_is_skipped() -> None:
    into = {(status, action) for (status, action), cell in TABLE.items() if cell is CampaignStatus.RUNNING}
    assert into == {(CampaignStatus.FREEZING, Action.FROZEN)}


def test_text_and_audience_are_only_changed_before_it_begins() -> None:
    before = {CampaignStatus.DRAFT, CampaignStatus.SCHEDULED}
    assert {s for s in CampaignStatus if not isinstance(TABLE[s, Action.EDIT], Refusal)} == before


def test_a_refusal_says_how_it_stands_and_why() -> None:
    with pytest.raises(BadInput, match="campaign spring22 is draft: it has not begun; send it first"):
        spring().after(Action.PAUSE)


def test_an_action_changes_the_version() -> None:
    begun = spring().after(Action.SEND, started_at=NOON)
    assert (begun.status, begun.version, begun.started_at) == (CampaignStatus.FREEZING, 2, NOON)


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": "SPRING22"},
        {"id": "spring2"},
        {"name": " "},
        {"name": "a\nb"},
        {"name": "x" * 81},
        {"texts": {}},
        {"texts": {NL: " "}},
        {"texts": {NL: "x" * 1601}},
    ],
)
def test_what_can_be_no_campaign_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(BadInput):
        replace(spring(), **wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("texts", "language", "expected"),
    [({NL: "n", EN: "e"}, EN, (EN, "e")), ({NL: "n"}, EN, (NL, "n")), ({EN: "e"}, NL, (EN, "e"))],
)
def test_everybody_gets_their_language_or_the_next_best(
    texts: dict[str, str], language: str, expected: tuple[str, str]
) -> None:
    assert replace(spring(), texts=texts).text_in(language, NL) == expected  # type: ignore[arg-type]


def test_an_audience_takes_who_fits_everything() -> None:
    audience = Audience(languages=frozenset({NL}), since=NOON)
    assert audience.has(NL, NOON)
    assert not audience.has(EN, NOON)
    assert not audience.has(NL, NOON - timedelta(seconds=1))
    assert not audience.has(NL, None)
    assert not Audience(frozenset({"vip"})).asks_records


def test_a_reference_is_opaque_and_of_one_form() -> None:
    assert campaign_ref("spring22", "0" * 16).campaign == "spring22"
    for wrong in ("c-spring22-xyz", "1-0000000000000000", "c-SPRING22-0000000000000000"):
        with pytest.raises(BadInput):
            CampaignRef(wrong)


def test_an_outcome_that_was_not_sent_has_no_delivery() -> None:
    assert RecipientOutcome(Ending.SKIPPED, NOON, Reason.HELD).counted_as == ""
    assert RecipientOutcome(Ending.SENT, NOON, status="read").counted_as == "delivered"


LIMITS = Limits(failures=20, opt_outs=5, sample=50)


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (Tally(49, 49, 0), ""),
        (Tally(50, 10, 2), ""),
        (Tally(50, 11, 0), "11 of 50 texts failed"),
        (Tally(100, 0, 5), ""),
        (Tally(100, 0, 6), "6 people opted out after 100 texts"),
    ],
)
def test_a_campaign_that_goes_badly_is_paused_with_the_reason(now: Tally, said: str) -> None:
    assert verdict(Tally(), now, LIMITS).startswith(said)
    assert bool(verdict(Tally(), now, LIMITS)) is bool(said)


def test_what_was_before_it_was_resumed_does_not_pause_it_again() -> None:
    assert verdict(Tally(100, 60, 0), Tally(160, 62, 0), LIMITS) == ""
