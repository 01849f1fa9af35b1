"""How the words of our replies are kept: each text once, and evidence of before that can still be read."""

import json

import pytest
import redis

from app.domain.evidence import Channel, Evidence
from app.domain.outbox import Fate, Outcome
from app.domain.signal import Signal
from app.store import codec, keys
from app.store.connection import connect
from app.store.consents import RedisConsents
from app.store.outbox import RedisOutbox
from tests.stories import NOON, apply, person, sid, texted


@pytest.fixture
def client(store_url: str) -> redis.Redis:
    return connect(store_url)


def test_a_hundred_replies_of_one_text_keep_it_once_and_a_dozen_letters_each(client: redis.Redis) -> None:
    consents, outbox = RedisConsents(client), RedisOutbox(client)
    for index in range(100):
        apply(consents, person(index), texted(Signal.STOP))
    for claim in outbox.claim(NOON, 60, 200):
        outbox.settle(claim, Outcome(Fate.SENT, NOON, message=sid(1000 + int(claim.number.e164[-3:]))))
    assert list(client.hgetall(keys.REPLY_TEXTS).values()) == ["the text of goodbye"]
    entry = str(client.lindex(keys.NumberKeys(person()).evidence, -1))
    assert "the text of" not in entry
    assert len(codec.text_named_in(entry)) == 12


def test_evidence_of_before_texts_were_kept_is_read_as_it_is(client: redis.Redis) -> None:
    old = Evidence(NOON, "reply_sent", Channel.SMS, "stopwoord", "", "", "", reply="goodbye", message=sid(1))
    lost = codec.evidence_text(old, text="abcdefghijkl")
    client.rpush(keys.NumberKeys(person()).evidence, codec.evidence_text(old), lost)
    assert [entry.words for entry in RedisConsents(client).evidence(person())] == ["", ""]


def test_words_that_look_like_a_texts_name_are_words(client: redis.Redis) -> None:
    said = Evidence(NOON, "stop", Channel.SMS, "person", '"x":"abcdefghijkl"', "unknown", "opted_out")
    entry = codec.evidence_text(said)
    assert json.loads(entry)[2] == said.words
    assert codec.text_named_in(entry) == ""
    client.rpush(keys.NumberKeys(person()).evidence, entry)
    assert RedisConsents(client).evidence(person()) == [said]
