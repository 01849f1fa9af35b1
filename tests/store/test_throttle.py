"""The rate of a sender in the store: one bucket for all who take, and what is seen of it from outside."""

from datetime import timedelta

import pytest

from app.domain.senders import Senders
from app.services.campaign_ports import Speed
from app.store.connection import connect
from app.store.throttle import RedisThrottle
from tests.stories import NOON, after

SENDER, OTHER, FAST = "+3197010200000", "+3197010200001", "+3197010200002"
SENDERS = Senders({SENDER: 3, FAST: 30}, 3)


@pytest.fixture
def throttle(store_url: str) -> RedisThrottle:
    return RedisThrottle(connect(store_url), SENDERS)


def test_all_who_take_share_one_bucket_for_each_sender(throttle: RedisThrottle, store_url: str) -> None:
    assert throttle.take(SENDER, [1, 1], NOON).texts == 2
    another = RedisThrottle(connect(store_url), SENDERS)
    assert another.take(SENDER, [1, 1], NOON).texts == 1
    assert another.take(OTHER, [1, 1], NOON).texts == 2
    assert [each.take(FAST, [1] * 20, NOON).texts for each in (throttle, another)] == [20, 10]


def test_the_rate_shows_as_the_limit_while_texts_wait_for_it_and_no_longer(throttle: RedisThrottle) -> None:
    assert throttle.look(SENDER, NOON) == Speed(3, 3)
    throttle.take(SENDER, [1] * 3, NOON)
    assert not throttle.look(SENDER, NOON).limits
    grant = throttle.take(SENDER, [1] * 3, NOON)
    assert (grant.texts, grant.wait) == (0, pytest.approx(1 / 3, abs=0.01))
    assert throttle.look(SENDER, after(1)) == Speed(3, 3, limits=True)
    assert not throttle.look(SENDER, after(3)).limits
    throttle.take(SENDER, [1], after(1))
    assert not throttle.look(SENDER, after(1)).limits
    assert throttle.look(SENDER, after(1)) == throttle.look(SENDER, after(1)), "looking takes nothing"


def test_a_sender_that_was_slowed_down_says_until_when(throttle: RedisThrottle) -> None:
    throttle.take(SENDER, [1], NOON)
    throttle.slow_down(SENDER, NOON)
    seen = throttle.look(SENDER, after(6))
    assert (seen.full, seen.now) == (3, pytest.approx(1.8))
    assert seen.slowed_until == NOON + timedelta(seconds=30)
    assert throttle.look(OTHER, after(6)).slowed_until is None
    assert throttle.look(SENDER, after(30)) == Speed(3, 3)
