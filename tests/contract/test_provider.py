"""What every provider does with a message, and what it answers when it is asked about one.

A provider over HTTP joins by a param of the fixture `provider` below; its `LOST_ANSWER` is a fault of its own.
"""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from app.bootstrap import new_ref
from app.domain.errors import ProviderUnavailable
from app.domain.evidence import Channel
from app.domain.inbound import InboundMessage
from app.domain.number import Number
from app.provider.forms import MESSAGE_SID
from app.services.ports import Accepted, NotSent, Posted, Refused
from tests.fakes.memory_provider import LOST_ANSWER, MemoryProvider
from tests.fakes.small_ports import SetTime
from tests.stories import NOON, person, sid


@pytest.fixture(params=["memory"])  # a provider over HTTP is added here, and made below
def provider(request: pytest.FixtureRequest) -> MemoryProvider:
    assert request.param == "memory"
    return MemoryProvider(SetTime())


def post(provider: MemoryProvider, number: Number, body: str = "hallo") -> Posted:
    async def once() -> Posted:
        async with provider.line() as line:
            return await line.post(number, body, new_ref(number))

    return asyncio.run(once())


def accepted(posted: Posted) -> str:
    assert isinstance(posted, Accepted)
    return posted.message


def test_a_message_that_is_accepted_has_an_id_of_its_own(provider: MemoryProvider) -> None:
    ids = {accepted(post(provider, person(index))) for index in range(3)}
    assert len(ids) == 3
    assert all(MESSAGE_SID.fullmatch(one) for one in ids)


def test_what_was_sent_is_found_by_number_and_whole_body(provider: MemoryProvider) -> None:
    first, second = (accepted(post(provider, person(), "één twee")) for _ in range(2))
    assert provider.find_sent(person(), "één twee", NOON - timedelta(seconds=5)) == [first, second]
    assert provider.find_sent(person(), "één", NOON - timedelta(seconds=5)) == []
    assert provider.find_sent(person(1), "één twee", NOON - timedelta(seconds=5)) == []


def test_what_is_older_than_asked_for_is_not_found(provider: MemoryProvider) -> None:
    post(provider, person())
    assert provider.find_sent(person(), "hallo", NOON + timedelta(hours=9_999)) == []


def test_a_message_whose_answer_was_lost_is_found(provider: MemoryProvider) -> None:
    provider.next.append(LOST_ANSWER)
    assert post(provider, person()) == LOST_ANSWER
    assert len(provider.find_sent(person(), "hallo", NOON - timedelta(seconds=5))) == 1


@pytest.mark.parametrize("fate", [NotSent(after=1), Refused(21610, blocked=True, gone=False)])
def test_what_was_not_sent_is_not_found(provider: MemoryProvider, fate: Posted) -> None:
    provider.next.append(fate)
    assert post(provider, person()) == fate
    assert provider.find_sent(person(), "hallo", NOON - timedelta(seconds=5)) == []


def test_what_people_sent_is_listed_from_a_moment_on(provider: MemoryProvider) -> None:
    message = InboundMessage(sid(1), person(), Channel.SMS, "STOP", NOON, read_back=True)
    later = replace(message, message=sid(2), at=NOON + timedelta(minutes=1))
    provider.received += [message, later]
    assert set(provider.received_since(NOON)) == {message, later}
    assert list(provider.received_since(NOON + timedelta(seconds=1))) == [later]


def test_a_provider_that_does_not_answer_says_so(provider: MemoryProvider) -> None:
    provider.silent = True
    with pytest.raises(ProviderUnavailable):
        provider.find_sent(person(), "hallo", NOON)
    with pytest.raises(ProviderUnavailable):
        list(provider.received_since(NOON))
