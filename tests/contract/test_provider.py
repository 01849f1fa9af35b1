"""What every provider does with a message, and what it answers when it is asked about one."""

import asyncio
import time
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

import pytest

from app.bootstrap import new_ref
from app.domain.charged import Price
from app.domain.errors import ProviderUnavailable
from app.domain.number import Number
from app.provider.forms import MESSAGE_SID
from app.services.ports import Accepted, Posted
from tests.contract.providers import STOPPED, TOO_MANY, InMemory, OverHttp, Subject
from tests.fakes.memory_provider import LOST_ANSWER
from tests.sandbox.running import SENDER, Sandbox, running
from tests.stories import person

# The twilio library signs in by what aiohttp 4 will not have.
pytestmark = [
    pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning"),
    pytest.mark.filterwarnings("ignore:The 'auth' parameter is deprecated:DeprecationWarning"),
]


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with running() as sandbox:
        yield sandbox


@pytest.fixture(params=["memory", "http"])
def subject(request: pytest.FixtureRequest) -> Subject:
    if request.param == "memory":
        return InMemory()
    sandbox: Sandbox = request.getfixturevalue("sandbox")
    sandbox.call("POST", "reset", json={})
    return OverHttp(sandbox)


def post(subject: Subject, number: Number, body: str = "hallo") -> Posted:
    async def once() -> Posted:
        async with subject.provider.line() as line:
            return await line.post(number, body, new_ref(number))

    return asyncio.run(once())


def accepted(posted: Posted) -> str:
    assert isinstance(posted, Accepted)
    return posted.message


def test_a_message_that_is_accepted_has_an_id_of_its_own(subject: Subject) -> None:
    ids = {accepted(post(subject, person(index))) for index in range(3)}
    assert len(ids) == 3
    assert all(MESSAGE_SID.fullmatch(one) for one in ids)


def test_what_was_sent_is_found_by_number_and_whole_body(subject: Subject) -> None:
    first, second = (accepted(post(subject, person(), "één twee")) for _ in range(2))
    assert subject.provider.find_sent(person(), "één twee", subject.began) == [first, second]
    assert subject.provider.find_sent(person(), "één", subject.began) == []
    assert subject.provider.find_sent(person(1), "één twee", subject.began) == []


def test_what_is_older_than_asked_for_is_not_found(subject: Subject) -> None:
    post(subject, person())
    assert subject.provider.find_sent(person(), "hallo", subject.began + timedelta(hours=9_999)) == []


def test_a_message_whose_answer_was_lost_is_found(subject: Subject) -> None:
    subject.comes_to(LOST_ANSWER)
    assert post(subject, person()).__class__ is LOST_ANSWER.__class__
    assert len(subject.provider.find_sent(person(), "hallo", subject.began)) == 1


@pytest.mark.parametrize("fate", [TOO_MANY, STOPPED])
def test_what_was_not_sent_is_not_found(subject: Subject, fate: Posted) -> None:
    subject.comes_to(fate)
    assert type(post(subject, person())) is type(fate)
    assert subject.provider.find_sent(person(), "hallo", subject.began) == []


def test_what_people_sent_is_listed_from_a_moment_on(subject: Subject) -> None:
    for body in ("STOP", "START"):
        subject.hears(person(), body)
    later, first = sorted(
        subject.provider.received_since(subject.began), key=lambda one: one.at, reverse=True
    )
    assert (first.body, later.body) == ("STOP", "START")
    assert {first.number, later.number} == {person()}
    assert first.read_back
    assert list(subject.provider.received_since(later.at)) == [later]


def priced(subject: Subject, sender: str = SENDER, later: timedelta = timedelta(0)) -> list[Price]:
    since, until = subject.began + later, subject.began + timedelta(hours=1)
    return [price for page in subject.price_list.prices(sender, since, until) for price in page]


def test_prices_are_listed_for_what_went_out_from_a_sender_in_that_time(subject: Subject) -> None:
    one, two = accepted(post(subject, person(1))), accepted(post(subject, person(2), "x" * 200))
    subject.prices(one)
    subject.hears(person(1), "STOP")
    limit = time.monotonic() + 10
    while not (found := [price for price in priced(subject) if price.message == one]):
        assert time.monotonic() < limit
        time.sleep(0.2)
    assert found == [Price(one, person(1), "USD", Decimal("0.085"))]
    subject.prices(two)
    assert {price.number for price in priced(subject)} <= {person(1), person(2)}
    assert priced(subject, "+3197010299999") == priced(subject, later=timedelta(minutes=59)) == []
    subject.falls_silent()
    with pytest.raises(ProviderUnavailable):
        priced(subject)


def test_a_provider_that_does_not_answer_says_so(subject: Subject) -> None:
    subject.falls_silent()
    with pytest.raises(ProviderUnavailable):
        subject.provider.find_sent(person(), "hallo", subject.began)
    with pytest.raises(ProviderUnavailable):
        list(subject.provider.received_since(subject.began))


def test_all_messages_to_and_from_a_person_are_forgotten_and_nobody_else_s(subject: Subject) -> None:
    for number in (person(1), person(2)):
        subject.hears(number, "HELP")
        post(subject, number)
    limit = time.monotonic() + 10
    # What is still under way is refused and left, and asked for again.
    deleted = 0
    while (forgotten := subject.provider.forget(person(1))).left and time.monotonic() < limit:
        deleted += forgotten.deleted
        time.sleep(0.2)
    assert (deleted + forgotten.deleted, forgotten.left) == (2, 0)
    assert subject.provider.forget(person(1)).deleted == 0
    assert [one.number for one in subject.provider.received_since(subject.began)] == [person(2)]
    assert len(subject.provider.find_sent(person(2), "hallo", subject.began)) == 1


def test_a_provider_that_is_silent_has_forgotten_nothing(subject: Subject) -> None:
    subject.falls_silent()
    with pytest.raises(ProviderUnavailable) as failed:
        subject.provider.forget(person(1))
    assert person(1).e164 not in str(failed.value)
