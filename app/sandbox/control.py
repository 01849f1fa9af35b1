"""The control API: what a person, a test or the phone page does to the sandbox. JSON in, JSON out.

| call                            | takes                                          | gives                  |
|---------------------------------|------------------------------------------------|------------------------|
| POST /sandbox/texts             | from, body; to, media (count), wait (seconds)  | 201 message            |
| GET /sandbox/messages           | ?since=cursor                                  | cursor, messages       |
| GET /sandbox/messages/SID       |                                                | message + callbacks    |
| GET /sandbox/conversations      | ?handset=NUMBER (repeatable), ?since=cursor    | cursor, conversations  |
| GET /sandbox/faults             |                                                | rules, applied, counts |
| POST /sandbox/faults            | a rule: fault; number, on, count, probability, | 201 rule               |
|                                 | seed, seconds, error_code                      |                        |
| DELETE /sandbox/faults[/ID]     |                                                | 204                    |
| GET, PATCH /sandbox/settings    | webhook_url, optout, mps, queued_ms, …         | settings               |
| GET, POST /sandbox/handsets     | number, name                                   | handsets               |
| DELETE /sandbox/handsets/NUMBER |                                                | 204                    |
| GET /sandbox/blocks             |                                                | blocks                 |
| POST /sandbox/segments          | body                                           | units, segments, …     |
| POST /sandbox/reset             |                                                | 204                    |

Changes must say Content-Type: application/json, which a foreign web page cannot send unasked.
"""

import json
from dataclasses import asdict
from typing import Any

from flask import Blueprint, Response, jsonify, request
from werkzeug.exceptions import BadRequest, NotFound, UnsupportedMediaType

from app.domain.segments import measure
from app.sandbox.carrier import Draft
from app.sandbox.message import Message, iso_8601
from app.sandbox.rest import exchange

control = Blueprint("control", __name__, url_prefix="/sandbox")
"""Every path below /sandbox."""


@control.before_request
def only_json() -> None:
    """Refuse what a form on a foreign page could send."""
    if request.method in {"POST", "PATCH"} and not request.is_json:
        raise UnsupportedMediaType("Send JSON, with Content-Type: application/json.")


@control.errorhandler(ValueError)
def mistaken(error: ValueError) -> tuple[Response, int]:
    """What is wrong with the request, as a sentence."""
    return jsonify(error=str(error)), 400


@control.post("/texts")
def text() -> tuple[Response, int]:
    """Text from a handset to the gateway's number."""
    given = _given()
    draft = Draft(
        sender=_required(given, "from"),
        recipient=given.get("to") or exchange().account.senders[0],
        body=str(given.get("body", "")),
        media=round(_number(given, "media")),
    )
    message = exchange().inbound.receive(draft, wait=_number(given, "wait"))
    return jsonify(shown(message)), 201


@control.get("/messages")
def messages() -> Response:
    """All messages, those deleted through the REST API included; `since` leaves out what has not changed."""
    cursor, found = exchange().store.changes(request.args.get("since", 0, int))
    return jsonify(cursor=cursor, messages=[shown(each) for each in found])


@control.get("/messages/<sid>")
def message(sid: str) -> Response:
    """One message, with the status callbacks posted about it."""
    found = exchange().store.get(sid)
    if found is None:
        raise NotFound("There is no such message.")
    callbacks = [
        {"status": status, "answer": answer, "at": iso_8601(at)}
        for status, answer, at in exchange().store.callbacks(sid)
    ]
    return jsonify(shown(found) | {"callbacks": callbacks})


@control.get("/conversations")
def conversations() -> Response:
    """What each handset sent and got; without `handset`, of every handset on the page."""
    numbers = request.args.getlist("handset") or [number for number, _ in exchange().store.handsets()]
    cursor, found = exchange().store.changes(request.args.get("since", 0, int), numbers)
    by_handset = {
        number: [shown(each) for each in found if number in {each.sender, each.recipient}]
        for number in numbers
    }
    return jsonify(cursor=cursor, conversations=by_handset)


@control.get("/faults")
def faults() -> Response:
    """The rules, and everything that they did."""
    return jsonify(exchange().faults.shown())


@control.post("/faults")
def add_fault() -> tuple[Response, int]:
    """Add a rule."""
    return jsonify(exchange().faults.add(_given()).shown()), 201


@control.delete("/faults")
def clear_faults() -> Response:
    """Remove every rule and forget what they did."""
    exchange().faults.clear()
    return Response(status=204)


@control.delete("/faults/<int:number>")
def remove_fault(number: int) -> Response:
    """Remove one rule; what it did stays listed."""
    if not exchange().faults.remove(number):
        raise NotFound("There is no such rule.")
    return Response(status=204)


@control.route("/settings", methods=["GET", "PATCH"])
def settings() -> Response:
    """The settings in force, after changing those given."""
    if request.method == "PATCH":
        exchange().switchboard.change(_given())
    account = exchange().account
    fixed = {"account_sid": account.sid, "senders": list(account.senders)}
    return jsonify(asdict(exchange().switchboard.now) | fixed)


@control.route("/handsets", methods=["GET", "POST"])
def handsets() -> Response:
    """The handsets on the page, after adding the one given."""
    if request.method == "POST":
        given = _given()
        number = _required(given, "number")
        exchange().store.add_handset(number, str(given.get("name") or number))
    found = [{"number": number, "name": name} for number, name in exchange().store.handsets()]
    return jsonify(handsets=found)


@control.delete("/handsets/<number>")
def remove_handset(number: str) -> Response:
    """Remove a handset; its messages stay."""
    if not exchange().store.remove_handset(number):
        raise NotFound("There is no such handset.")
    return Response(status=204)


@control.get("/blocks")
def blocks() -> Response:
    """Who has opted out of which sender, in Twilio's own handling."""
    found = [{"number": number, "sender": sender} for number, sender in exchange().store.blocks()]
    return jsonify(blocks=found)


@control.post("/segments")
def segments() -> Response:
    """What a text would cost."""
    return jsonify(asdict(measure(str(_given().get("body", "")))))


@control.post("/reset")
def reset() -> Response:
    """Start anew, as after the first start."""
    exchange().reset()
    return Response(status=204)


def shown(message: Message) -> dict[str, Any]:
    """A message as the control API shows it; `webhook` is null for outbound messages."""
    return {
        "sid": message.sid,
        "direction": message.direction,
        "from": message.sender,
        "to": message.recipient,
        "body": message.body,
        "status": message.status,
        "error_code": message.error_code,
        "created_at": iso_8601(message.created),
        "updated_at": iso_8601(message.updated),
        "segments": message.segments,
        "encoding": message.encoding,
        "media": message.media,
        "deleted": bool(message.deleted),
        "webhook": json.loads(message.webhook) if message.webhook else None,
    }


def _given() -> dict[str, Any]:
    given = request.get_json()
    if not isinstance(given, dict):
        raise BadRequest("Send a JSON object.")
    return given


def _number(given: dict[str, Any], name: str) -> float:
    value = given.get(name, 0)
    if not isinstance(value, int | float) or value < 0:
        raise ValueError(f"{name} is a number that is not negative")
    return value


def _required(given: dict[str, Any], name: str) -> str:
    value = given.get(name)
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{name} is required")
    return value.strip()
