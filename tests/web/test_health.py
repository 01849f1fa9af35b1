"""/ready refuses whatever breaks a promise and says how to mend it; /metrics can be read and says nothing personal."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
import redis
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families

from app.bootstrap import Gateway
from app.bootstrap.chance import now
from app.domain.evidence import Channel
from app.domain.inbound import InboundMessage
from app.web.factory import create_app
from tests.launcher.test_embedded import StartStore
from tests.processes import wait_until
from tests.sandbox import running as sandbox
from tests.stories import person, sid
from tests.web.conftest import Post
from tests.web.twilio import inbound


@pytest.fixture
def durable(start_store: StartStore) -> str:
    return start_store("durable").url


def checks(client: FlaskClient) -> tuple[int, dict[str, dict[str, object]]]:
    answer = client.get("/ready")
    return answer.status_code, {check["check"]: check for check in answer.get_json()["checks"]}


def test_an_installation_that_keeps_its_promises_is_ready_and_every_setting_counts(
    durable: str, make_gateway: Callable[..., Gateway]
) -> None:
    gateway = make_gateway(redis_url=durable)
    client = create_app(gateway).test_client()
    assert checks(client)[0] == 503
    gateway.bookmarks.beat(now())
    status, found = checks(client)
    assert (status, [name for name, check in found.items() if check["fix"]]) == (200, [])
    with redis.Redis.from_url(durable, decode_responses=True) as connection:
        for name, wrong in (
            ("appendfsync", "everysec"), ("appendonly", "no"), ("maxmemory-policy", "allkeys-lru")
        ):  # fmt: skip
            right = connection.config_get(name)[name]
            connection.config_set(name, wrong)
            status, found = checks(client)
            assert status == 503
            assert [check for check, one in found.items() if not one["ok"]] == [f"store {name}"]
            assert found[f"store {name}"]["found"] == wrong
            assert f"CONFIG SET {name} {right}" in str(found[f"store {name}"]["fix"])
            connection.config_set(name, right)
        # A server that has just begun a new append-only file does not stop before it is written.
        wait_until(
            lambda: not connection.info("persistence")["aof_rewrite_in_progress"], "the file is written"
        )


def test_a_store_or_queue_that_is_down_is_told_with_the_way_out(make_gateway: Callable[..., Gateway]) -> None:
    down = "redis://127.0.0.1:9/0"
    status, found = checks(create_app(make_gateway(redis_url=down, queue_url=down)).test_client())
    assert status == 503
    assert {name for name, check in found.items() if not check["ok"]} == {
        "store",
        "queue",
        "clock",
        "read back",
        "replies",
    }
    assert "STOPWOORD_REDIS_URL" in str(found["store"]["fix"])
    assert "STOPWOORD_QUEUE_URL" in str(found["queue"]["fix"])


def test_a_reply_that_no_worker_takes_is_told(durable: str, make_gateway: Callable[..., Gateway]) -> None:
    gateway = make_gateway(redis_url=durable)
    gateway.bookmarks.beat(now())
    message = InboundMessage(sid(1), person(), Channel.SMS, "STOP", now() - timedelta(seconds=60))
    gateway.receive_message(message)
    status, found = checks(create_app(gateway).test_client())
    assert status == 503
    assert [name for name, check in found.items() if not check["ok"]] == ["replies"]
    assert "python -m workers.runner" in str(found["replies"]["fix"])


@pytest.mark.filterwarnings("ignore:(BasicAuth is|The 'auth' parameter is) deprecated:DeprecationWarning")
def test_a_reply_that_the_provider_refuses_again_and_again_is_told(
    durable: str, make_gateway: Callable[..., Gateway]
) -> None:
    with sandbox.running() as provider:
        gateway = make_gateway(
            redis_url=durable,
            twilio_url=provider.url,
            twilio_account_sid=sandbox.ACCOUNT,
            twilio_auth_token=sandbox.TOKEN,
        )
        gateway.bookmarks.beat(now())
        provider.fault("unauthorized", count=None)
        texted = now() - timedelta(seconds=60)
        gateway.receive_message(InboundMessage(sid(1), person(), Channel.SMS, "STOP", texted))
        assert gateway.deliver_replies() == 1
    assert not gateway.outbox.owes(now() + timedelta(seconds=50))
    client = create_app(gateway).test_client()
    status, found = checks(client)
    assert (status, [name for name, check in found.items() if not check["ok"]]) == (503, ["replies"])
    assert [check.ok for check in gateway.doctor(running=True) if str(check.name) == "replies"] == [False]
    assert metrics(client)["stopwoord_outbox_age_seconds"] >= 60


class Unasked:
    """A queue that nobody may ask for."""

    def workers(self) -> int:
        pytest.fail("nothing of ours has to run yet")


def test_before_a_release_only_the_store_is_asked(durable: str, make_gateway: Callable[..., Gateway]) -> None:
    doctor = make_gateway(redis_url=durable).doctor
    before = replace(doctor, readiness=replace(doctor.readiness, queue=Unasked()))
    names = [str(check.name) for check in before(running=False)]
    assert names[-4:] == [
        "store appendonly",
        "store appendfsync",
        "store maxmemory-policy",
        "store last-write",
    ]
    assert not {"clock", "read back", "replies", "queue", "workers"} & {*names}


def test_live_says_only_that_the_process_lives(make_gateway: Callable[..., Gateway]) -> None:
    client = create_app(make_gateway(redis_url="redis://127.0.0.1:9/0")).test_client()
    assert client.get("/live").status_code == 200


def metrics(client: FlaskClient) -> dict[str, float]:
    families = text_string_to_metric_families(client.get("/metrics").text)
    return {
        sample.name + "".join(sorted(sample.labels.values())): sample.value
        for family in families
        for sample in family.samples
    }


def test_the_metrics_can_be_read_and_have_no_number(
    client: FlaskClient, post: Post, gateway: Gateway
) -> None:
    before = metrics(client).get("stopwoord_inbound_totalstop", 0)
    for index in range(3):
        post("/twilio/sms", inbound("STOP", index, From=person(index).e164))
    found = metrics(client)
    assert found["stopwoord_inbound_totalstop"] == before + 3
    assert found["stopwoord_store_up"] == 1
    assert found["stopwoord_outbox_age_seconds"] >= 0
    told = client.get("/metrics").text
    assert not [index for index in range(3) if person(index).e164[1:] in told]
    assert gateway.outbox.oldest_owed() is not None


def test_the_metrics_say_when_the_store_is_down(make_gateway: Callable[..., Gateway]) -> None:
    client = create_app(make_gateway(redis_url="redis://127.0.0.1:9/0")).test_client()
    assert metrics(client)["stopwoord_store_up"] == 0
