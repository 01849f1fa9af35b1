"""Campaigns' hours: how long a text may stay on its way, when a person comes up again, and how often."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.campaign import Cap
from app.domain.number import Number
from app.domain.profile import Profile
from app.domain.quiet_hours import NeverOpen, WaitUntil, quiet_hours_from
from app.rule_files import quiet_hours_document
from app.services.campaign_hours import CampaignHours
from app.services.text_ports import MaySend
from tests.domain.quiet_hours.hours import at

HOURS = CampaignHours(quiet_hours_from(quiet_hours_document()))
DUTCH, FLORIDA, SATELLITE = Number("+31612345678"), Number("+13055550123"), Number("+881612345678")
AMSTERDAM, TOKYO = "Europe/Amsterdam", "Asia/Tokyo"


def test_a_text_is_on_its_way_no_longer_than_the_hours_last() -> None:
    assert HOURS(DUTCH, Profile(), at("2026-03-02 20:30:00", AMSTERDAM)) == MaySend(1800)
    assert HOURS(DUTCH, Profile(), at("2026-03-02 20:59:54", AMSTERDAM)) == MaySend(6)


@pytest.mark.parametrize("moment", ["2026-03-02 20:59:55", "2026-03-02 21:00:00", "2026-03-03 07:59:59"])
def test_too_late_for_any_text_is_the_next_morning(moment: str) -> None:
    found = HOURS(DUTCH, Profile(), at(moment, AMSTERDAM))
    assert isinstance(found, WaitUntil)
    assert (found.when, found.zone) == (at("2026-03-03 08:00", AMSTERDAM), AMSTERDAM)


def test_what_is_known_of_the_person_comes_before_their_number() -> None:
    evening = at("2026-03-02 20:00", AMSTERDAM)
    found = HOURS(DUTCH, Profile(zone=TOKYO), evening)
    assert isinstance(found, WaitUntil)
    assert found.zone == TOKYO


def test_a_number_of_no_place_is_never_texted() -> None:
    assert isinstance(HOURS(SATELLITE, Profile(), at("2026-03-02 12:00", AMSTERDAM)), NeverOpen)


def test_the_law_of_a_state_and_the_program_limit_how_often() -> None:
    noon, day = at("2026-03-04 12:00", "America/New_York"), timedelta(hours=24)
    found = HOURS(FLORIDA, Profile(), noon)
    assert isinstance(found, MaySend)
    assert found.caps == (Cap(3, day),)
    own = quiet_hours_from(quiet_hours_document(), {"cap": 2, "minutes_between": 90})
    stricter = replace(HOURS, hours=own)(FLORIDA, Profile(), noon)
    assert isinstance(stricter, MaySend)
    assert stricter.caps == (Cap(2, day), Cap(1, timedelta(minutes=90)))
