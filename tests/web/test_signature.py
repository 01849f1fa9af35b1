"""Only signed requests act."""

from collections.abc import Callable
from urllib.parse import parse_qsl

import pytest
from flask.testing import FlaskClient
from hypothesis import example, given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from app.bootstrap import Gateway
from app.provider.signature import HEADER, Signatures
from app.web.factory import create_app
from app.web.webhooks import fields_in
from tests.installation import PUBLIC_URL, TOKEN
from tests.stories import person
from tests.web.twilio import encoded, inbound, signature, signed, status

GOLDEN: MultiDict[str, str] = MultiDict(
    {
        "CallSid": "CA1234567890ABCDE",
        "Digits": "1234",
        "From": "+14158675309",
        "To": "+18005551212",
        "Caller": "+14158675309",
    }
)
NEXT = "the next token"


def test_twilios_own_example_is_valid() -> None:
    signatures = Signatures(["12345"], "https://mycompany.com")
    assert signatures.valid("/myapp.php", b"foo=1&bar=2", GOLDEN, "RSOYDt4T1cUTdK1PDd93/VVr8B8=")
    assert signatures.sign("/myapp.php", b"foo=1&bar=2", GOLDEN) == "RSOYDt4T1cUTdK1PDd93/VVr8B8="
    assert not signatures.valid("/myapp.php", b"foo=1&bar=3", GOLDEN, "RSOYDt4T1cUTdK1PDd93/VVr8B8=")


@pytest.mark.parametrize("given", [None, "", "nonsense", "RSOYDt4T1cUTdK1PDd93/VVr8B8=", "ÿ", " "])
@pytest.mark.parametrize(("path", "form"), [("/twilio/sms", inbound()), ("/twilio/status", status())])
def test_what_is_not_signed_is_refused_and_writes_nothing(
    client: FlaskClient,
    contents: Callable[[], list[str]],
    path: str,
    form: dict[str, str],
    given: str | None,
) -> None:
    headers = {} if given is None else {HEADER: given}
    answer = client.post(path, data=form, headers=headers)
    assert answer.status_code == 403
    assert contents() == []


@pytest.mark.parametrize("field", ["Body", "From", "FromCity", "MessageSid"])
def test_a_form_that_was_changed_on_its_way_is_refused(
    client: FlaskClient, contents: Callable[[], list[str]], field: str
) -> None:
    form = inbound()
    headers = signed("/twilio/sms", form)
    assert client.post("/twilio/sms", data=form | {field: "START"}, headers=headers).status_code == 403
    assert client.post("/twilio/sms", data=form | {"More": "x"}, headers=headers).status_code == 403
    assert client.post("/twilio/sms?more=x", data=form, headers=headers).status_code == 403
    assert client.post("/twilio/status", data=form, headers=headers).status_code == 403
    assert contents() == []


def test_during_a_rotation_either_token_signs(make_gateway: Callable[..., Gateway]) -> None:
    client = create_app(make_gateway(twilio_next_auth_token=NEXT)).test_client()
    for number, token in enumerate((TOKEN, NEXT)):
        form = inbound(message=number)
        assert (
            client.post("/twilio/sms", data=form, headers=signed("/twilio/sms", form, token)).status_code
            == 200
        )
    form = inbound(message=9)
    assert client.post("/twilio/sms", data=form, headers=signed("/twilio/sms", form, "")).status_code == 403


@pytest.mark.parametrize(
    "query", ["a=caf%C3%A9&b=%2B31", "x", "a=%", "a=1&a=2", "a=b%20c+d", "bodySHA256=00"]
)
def test_the_query_is_signed_as_it_was_sent(client: FlaskClient, query: str) -> None:
    path, form = f"/twilio/sms?{query}", inbound(body="Café né")
    assert client.post(path, data=encoded(form), headers=signed(path, form)).status_code == 200


def test_blank_fields_are_signed_too(client: FlaskClient) -> None:
    form = inbound(FromCity="", FromZip="", Body="")
    assert (
        client.post("/twilio/sms", data=encoded(form), headers=signed("/twilio/sms", form)).status_code == 200
    )


def test_the_port_twilio_leaves_out_does_not_count(client: FlaskClient, gateway: Gateway) -> None:
    form = inbound()
    headers = {HEADER: signature(f"{PUBLIC_URL}:443/twilio/sms", form)}
    assert client.post("/twilio/sms", data=form, headers=headers).status_code == 200
    assert gateway.subscriber_care.show(person()).record.version == 1


@pytest.mark.parametrize("kind", ["application/json", "text/plain", "", "multipart/form-data"])
def test_a_body_that_is_no_form_is_refused(
    client: FlaskClient, contents: Callable[[], list[str]], kind: str
) -> None:
    form = inbound()
    for over in (form, {}):
        headers = {HEADER: signature(f"{PUBLIC_URL}/twilio/sms", over), "Content-Type": kind}
        assert client.post("/twilio/sms", data=encoded(form), headers=headers).status_code in {400, 403}
    assert contents() == []


@pytest.mark.parametrize("method", ["get", "put", "delete", "patch", "head", "options"])
@pytest.mark.parametrize("path", ["/twilio/sms", "/twilio/status"])
def test_no_other_method_acts(
    client: FlaskClient, contents: Callable[[], list[str]], method: str, path: str
) -> None:
    answer = getattr(client, method)(path, headers=signed(path, {}))
    assert answer.status_code == 405 or (method == "options" and answer.status_code == 200)
    assert "POST" in answer.headers["Allow"]
    assert contents() == []


def test_a_refusal_is_counted(client: FlaskClient) -> None:
    def refused() -> float:
        lines = client.get("/metrics").text.splitlines()
        found = [line for line in lines if line.startswith('stopwoord_refused_total{status="403"}')]
        return float(found[0].split()[-1]) if found else 0

    before = refused()
    client.post("/twilio/sms", data=inbound())
    assert refused() == before + 1


@given(st.lists(st.text(st.sampled_from("ab%+=&;2Cé\0 ")) | st.text(), max_size=4).map("&".join))
@example("a=%2B31&a=&b&=c&&d=%zz&e=%E2%82")
def test_fields_are_what_the_standard_library_finds(body: str) -> None:
    assert fields_in(body) == parse_qsl(body, keep_blank_values=True)
