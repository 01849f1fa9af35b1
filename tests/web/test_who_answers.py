"""What the provider has answered by itself is recorded and not answered again."""

from collections.abc import Callable
from pathlib import Path

import pytest

from app.bootstrap import Gateway
from app.program_file import example_program
from app.web.factory import create_app
from tests.stories import person
from tests.web.twilio import encoded, inbound, signed

# (setting, body, OptOutType, the state after it, whether we answer)
CASES = [
    ("default", "STOP", None, "opted_out", False),
    ("default", " stop ", None, "opted_out", False),
    ("default", "Stop", None, "opted_out", False),
    *[("default", word, None, "opted_out", False)
      for word in ("UNSUBSCRIBE", "END", "QUIT", "STOPALL", "REVOKE", "OPTOUT", "CANCEL")],
    ("default", "STOP.", None, "opted_out", True),
    ("default", "STOPPEN", None, "opted_out", True),
    ("default", "opt out", None, "opted_out", True),
    ("default", "Einde", None, "opted_out", True),
    ("default", "START", None, "subscribed", False),
    ("default", "UNSTOP", None, "subscribed", False),
    ("default", "AANMELDEN", None, "subscribed", True),
    ("default", "HELP", None, "unknown", False),
    ("default", "INFO", None, "unknown", False),
    ("default", "HULP", None, "unknown", True),
    ("advanced", "STOP", None, "opted_out", True),
    ("advanced", "STOP", "STOP", "opted_out", False),
    ("advanced", "Genoeg hoor", "STOP", "opted_out", False),
    ("advanced", "Genoeg hoor", "stop", "opted_out", False),
    ("advanced", "START", "START", "subscribed", False),
    ("advanced", "HELP", "HELP", "unknown", False),
    ("advanced", "EINDE", None, "opted_out", True),
    ("none", "STOP", None, "opted_out", True),
    ("none", "START", None, "subscribed", True),
    ("none", "HELP", None, "unknown", True),
    ("none", "STOP", "STOP", "opted_out", False),
    ("none", "hallo", None, "unknown", False),
]  # fmt: skip


@pytest.mark.parametrize(("setting", "body", "opt_out_type", "state", "answered"), CASES)
def test_a_word_is_answered_by_one_of_us(
    *,
    make_gateway: Callable[..., Gateway],
    setting: str,
    body: str,
    opt_out_type: str | None,
    state: str,
    answered: bool,
) -> None:
    gateway = make_gateway(provider_answers=setting)
    form = inbound(body) | ({"OptOutType": opt_out_type} if opt_out_type else {})
    client = create_app(gateway).test_client()
    assert (
        client.post("/twilio/sms", data=encoded(form), headers=signed("/twilio/sms", form)).status_code == 200
    )
    assert gateway.subscriber_care.show(person()).record.state == state
    assert (gateway.outbox.oldest_owed() is not None) == answered


def test_a_stop_to_a_short_code_is_confirmed_by_us(
    make_gateway: Callable[..., Gateway], tmp_path: Path
) -> None:
    program = tmp_path / "short.toml"
    program.write_text(example_program().read_text().replace('"+3197010200000"', '"12345"'))
    gateway = make_gateway(provider_answers="default", program=program)
    form = inbound("STOP", To="12345")
    client = create_app(gateway).test_client()
    answer = client.post("/twilio/sms", data=encoded(form), headers=signed("/twilio/sms", form))
    assert answer.status_code == 200
    assert gateway.outbox.oldest_owed() is not None


def test_a_stop_that_the_provider_answered_is_not_said_goodbye_to_the_second_time(
    make_gateway: Callable[..., Gateway],
) -> None:
    gateway = make_gateway(provider_answers="advanced")
    client = create_app(gateway).test_client()
    for form in (inbound("STOP", 1, OptOutType="STOP"), inbound("stoppen", 2)):
        assert client.post("/twilio/sms", data=form, headers=signed("/twilio/sms", form)).status_code == 200
    assert gateway.outbox.oldest_owed() is None
    assert len(gateway.subscriber_care.show(person()).evidence) == 2
