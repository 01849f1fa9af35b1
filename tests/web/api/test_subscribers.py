"""What a shop does about people through the API."""

from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from app.bootstrap import Gateway
from app.bootstrap.chance import now
from app.domain.number import Number
from app.domain.token import Scope
from tests.web.api.conftest import Call, sign_up
from tests.web.twilio import encoded, inbound, signed

ANNA = Number("+31612345678")


def texts(client: FlaskClient, body: str, sid: int, who: Number = ANNA) -> None:
    form = inbound(Body=body, From=who.e164, MessageSid=f"SM{sid:032x}")
    done = client.post("/twilio/sms", data=encoded(form), headers=signed("/twilio/sms", form))
    assert done.status_code == 200


def test_a_sign_up_asks_to_confirm_and_keeps_the_proof(
    call: Call, gateway: Gateway, client: FlaskClient
) -> None:
    made = call("POST", "/subscribers", sign_up(particulars={"first_name": "Anna", "tags": ["VIP"]}))
    assert made.status_code == 200
    assert (made.json["state"], made.json["next"], made.json["may_be_texted"]) == (
        "pending",
        "asked_to_confirm",
        False,
    )
    ref = made.json["ref"]
    assert ANNA.e164[1:] not in made.text
    (proof,) = call("GET", f"/subscribers/{ref}/evidence").json["evidence"]
    assert (proof["signal"], proof["channel"], proof["wording"]) == ("web_opt_in", "api", "v7")
    assert proof["actor"] == "api:shop at https://shop.example/checkout"
    assert proof["stated"] == "agreed 2026-03-02T12:00:00+01:00 from 203.0.113.9; age: I am 18 or older"
    shown = gateway.subscriber_care.show(ANNA)
    assert (shown.profile.first_name, shown.profile.tags) == ("Anna", {"vip"})
    texts(client, "JA", 1)
    seen = call("GET", f"/subscribers/{ref}").json
    assert (seen["state"], seen["may_be_texted"], seen["channel"]) == ("subscribed", True, "sms")
    assert call("POST", "/subscribers", sign_up()).json["next"] == "nothing"


def test_somebody_who_texted_is_found_though_the_tables_do_not_know_the_range(
    call: Call, client: FlaskClient
) -> None:
    new = Number("+31600000077")
    texts(client, "START", 1, new)
    seen = call("POST", "/lookup", {"number": "+31 6 0000 0077"})
    assert (seen.status_code, seen.json["state"]) == (200, "subscribed")
    done = call("POST", f"/subscribers/{seen.json['ref']}/opt-out", {"reason": "asked in the shop"})
    assert done.json["state"] == "opted_out"
    assert call("POST", "/subscribers", sign_up(new.e164)).status_code == 422


def test_a_sign_up_never_undoes_an_opt_out(call: Call, client: FlaskClient, gateway: Gateway) -> None:
    texts(client, "EINDE", 1)
    made = call("POST", "/subscribers", sign_up(particulars={"first_name": "Anna"}))
    assert (made.status_code, made.json["next"], made.json["state"]) == (200, "must_text_start", "opted_out")
    assert "START" in made.json["explanation"]
    assert gateway.subscriber_care.show(ANNA).profile.first_name == ""


def test_somebody_erased_looks_like_somebody_who_opted_out(call: Call, gateway: Gateway) -> None:
    call("POST", "/subscribers", sign_up())
    gateway.erase_subscriber.here(ANNA, reason="asked", actor="ann")
    made = call("POST", "/subscribers", sign_up())
    assert (made.status_code, made.json["next"], made.json["state"]) == (200, "must_text_start", "opted_out")
    assert call("POST", "/lookup", {"number": ANNA.e164}).json["state"] == "opted_out"
    assert gateway.references.number_of(made.json["ref"]) is None


def test_the_same_key_and_body_are_answered_once(call: Call, gateway: Gateway) -> None:
    first = call("POST", "/subscribers", sign_up(), key="order 17".replace(" ", "-"))
    again = call("POST", "/subscribers", sign_up(), key="order-17")
    assert (again.status_code, again.data) == (first.status_code, first.data)
    assert (first.headers.get("Idempotency-Replayed"), again.headers["Idempotency-Replayed"]) == (
        None,
        "true",
    )
    assert len(gateway.subscriber_care.show(ANNA).evidence) == 1
    other = call("POST", "/subscribers", sign_up("0687654321"), key="order-17")
    assert (other.status_code, other.content_type) == (422, "application/problem+json")
    secret = gateway.shop.tokens.add("till", Scope, actor="ann")
    assert (
        "Idempotency-Replayed"
        not in call("POST", "/subscribers", sign_up(), key="order-17", token=secret).headers
    )


def test_a_key_of_a_request_that_failed_can_be_used_again(call: Call) -> None:
    assert call("POST", "/subscribers", sign_up("020-1234567"), key="k").status_code == 422
    assert call("POST", "/subscribers", sign_up(), key="k").status_code == 200


def test_an_opt_out_through_the_shop_counts_and_is_confirmed(call: Call, gateway: Gateway) -> None:
    found = call("POST", "/lookup", {"number": "06 1234 5678"}).json
    assert (found["state"], found["since"]) == ("unknown", None)
    done = call("POST", f"/subscribers/{found['ref']}/opt-out", {"reason": "unticked it in the shop"})
    assert (done.status_code, done.json["state"], done.json["channel"]) == (200, "opted_out", "api")
    shown = gateway.subscriber_care.show(ANNA)
    assert [(entry.words, entry.actor) for entry in shown.evidence] == [
        ("unticked it in the shop", "api:shop")
    ]
    assert gateway.outbox.oldest_owed() is not None


def test_the_proof_comes_in_pieces(call: Call, client: FlaskClient) -> None:
    for sid in range(5):
        texts(client, "HELP", sid)
    ref = call("POST", "/lookup", {"number": ANNA.e164}).json["ref"]
    pieces, after = [], 0
    while after is not None:
        piece = call("GET", f"/subscribers/{ref}/evidence?limit=2&after={after}").json
        pieces.append(len(piece["evidence"]))
        assert piece["total"] == 5
        after = piece["next"]
    assert pieces == [2, 2, 1]


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"number": None}, "number"),
        ({"evidence": {}}, "evidence.wording"),
        ({"phone": "+31612345678"}, "the whole"),
        ({"particulars": {"tags": ["a"] * 51}}, "particulars.tags"),
    ],
)
def test_a_wrong_field_is_named_and_its_value_is_not_repeated(
    call: Call, change: dict[str, Any], where: str
) -> None:
    refused = call("POST", "/subscribers", sign_up() | change)
    assert (refused.status_code, refused.content_type) == (422, "application/problem+json")
    assert where in {slip["where"] for slip in refused.json["errors"]}
    assert "61234" not in refused.text


@pytest.mark.parametrize(
    "body",
    [
        sign_up("020-1234567"),
        sign_up("not a number"),
        sign_up(language="xx"),
        sign_up(particulars={"zone": "Mars/Olympus"}),
        sign_up(particulars={"tags": ["a,b"]}),
        sign_up(particulars={"fields": {"9": "x"}}),
        sign_up(particulars={"first_name": "\ud800"}),
        sign_up(particulars={"first_name": "a\x00"}),
    ],
)
def test_what_cannot_be_used_is_refused_before_anything_is_kept(
    call: Call, body: dict[str, Any], gateway: Gateway
) -> None:
    refused = call("POST", "/subscribers", body)
    assert (refused.status_code, refused.content_type) == (422, "application/problem+json")
    assert gateway.subscriber_care.show(ANNA).evidence == []


@pytest.mark.parametrize(
    ("agreed_at", "status"),
    [
        ("9999-12-31T23:59:59-23:00", 422),
        (timedelta(hours=1), 422),
        # Clocks differ.
        (timedelta(seconds=30), 200),
    ],
)
def test_nobody_has_agreed_in_the_future(
    call: Call, gateway: Gateway, agreed_at: str | timedelta, status: int
) -> None:
    body = sign_up()
    at = agreed_at if isinstance(agreed_at, str) else (now() + agreed_at).isoformat()
    body["evidence"]["agreed_at"] = at
    answer = call("POST", "/subscribers", body)
    assert answer.status_code == status
    assert len(gateway.subscriber_care.show(ANNA).evidence) == (status == 200)
    if status == 422:
        assert answer.json["errors"] == [
            {"where": "evidence.agreed_at", "what": "must not lie in the future"}
        ]


@pytest.mark.parametrize(
    ("agreed_at", "what"),
    [
        # An empty date, as systems write it.
        ("0001-01-01T00:00:00Z", "must not lie before the first text message: it is an empty date"),
        ("0001-01-01T00:00:00+14:00", "must not lie before the first text message: it is an empty date"),
        ("1970-01-01T00:00:00+00:00", "must not lie before the first text message: it is an empty date"),
        # Seconds, or milliseconds?
        (1772449200, "must be a date and time as text, such as 2026-03-02T12:00:00+01:00"),
        ("1772449200", "must be a date and time as text, such as 2026-03-02T12:00:00+01:00"),
        (True, "must be a date and time as text, such as 2026-03-02T12:00:00+01:00"),
    ],
)
def test_a_moment_that_nobody_can_have_agreed_at_is_no_proof(
    call: Call, gateway: Gateway, agreed_at: object, what: str
) -> None:
    body = sign_up()
    body["evidence"]["agreed_at"] = agreed_at
    answer = call("POST", "/subscribers", body)
    assert (answer.status_code, answer.json["errors"]) == (
        422,
        [{"where": "evidence.agreed_at", "what": what}],
    )
    assert gateway.subscriber_care.show(ANNA).evidence == []


def test_counts_and_campaigns_can_be_looked_at(call: Call, client: FlaskClient) -> None:
    texts(client, "START", 1)
    assert call("GET", "/stats").json == {"subscribed": 1, "held": 0, "replies": {}, "campaigns": {}}
    assert call("GET", "/campaigns").json == {"campaigns": []}
