"""Twilio's REST API for messages: create, fetch, list, redact, delete, each with the faults asked for."""

import hmac
import time
from typing import Final

from flask import Blueprint, Response, current_app, jsonify, request

from app.sandbox.carrier import Draft
from app.sandbox.endings import Ending, end
from app.sandbox.errors import Refused
from app.sandbox.exchange import Exchange
from app.sandbox.faults import Fault, Moment, Rule
from app.sandbox.message import API_VERSION, Message, Status, resource
from app.sandbox.paging import listing
from app.sandbox.rules import check

rest = Blueprint("rest", __name__, url_prefix=f"/{API_VERSION}/Accounts/<account>")

REFUSALS: Final = {
    Fault.RATE_LIMIT: 20429,
    Fault.ERROR_BEFORE: 20500,
    Fault.ERROR_AFTER: 20500,
    Fault.UNAUTHORIZED: 20003,
    Fault.INVALID_NUMBER: 21211,
    Fault.OPTED_OUT: 21610,
    Fault.NOT_MOBILE: 21614,
}
ENDINGS: Final = {
    Fault.HANG_BEFORE: Ending.HANG,
    Fault.HANG_AFTER: Ending.HANG,
    Fault.RESET_BEFORE: Ending.RESET,
    Fault.RESET_AFTER: Ending.RESET,
    Fault.CUT_BODY: Ending.CUT,
}


def exchange() -> Exchange:
    """The sandbox that this application serves."""
    found: Exchange = current_app.config["EXCHANGE"]
    return found


@rest.before_request
def authenticate() -> None:
    """Only the account with its token gets in."""
    account, given = exchange().account, request.authorization
    known = given is not None and given.username == account.sid
    if not known or not given or not hmac.compare_digest(given.password or "", account.token):
        raise Refused(20003)
    if request.view_args and request.view_args["account"] != account.sid:
        raise Refused(20404)


@rest.errorhandler(Refused)
def refused(error: Refused) -> Response:
    """The error in Twilio's JSON, with Retry-After where it helps."""
    answer = jsonify(error.payload())
    answer.status_code = error.status
    if error.status == 401:
        answer.headers["WWW-Authenticate"] = 'Basic realm="Twilio API"'
    return answer


@rest.post("/Messages.json")
def create(account: str) -> Response:
    """Accept a message, or refuse it as Twilio would."""
    form = request.form
    service = form.get("MessagingServiceSid") or None
    draft = Draft(
        sender=form.get("From", "") or (exchange().account.senders[0] if service else ""),
        recipient=form.get("To", ""),
        body=form.get("Body", ""),
        media=len(form.getlist("MediaUrl")),
        service=service,
        callback_url=form.get("StatusCallback", ""),
    )
    if form.get("ScheduleType") or form.get("SendAt"):
        raise Refused(20001, "The sandbox does not schedule messages: leave out ScheduleType and SendAt")
    if spoilt := _before(draft.recipient, "create"):
        return spoilt
    check(draft, exchange())
    message = exchange().carrier.accept(draft)
    answer = jsonify(resource(message, account))
    answer.status_code = 201
    return _after(answer, draft.recipient, "create", message.sid)


@rest.get("/Messages.json")
def list_messages(account: str) -> Response:
    """One page of the account's messages."""
    number = request.args.get("To") or request.args.get("From") or ""
    if spoilt := _before(number, "read"):
        return spoilt
    page = listing(exchange().store, request.path, request.args, account)
    return _after(jsonify(page), number, "read")


@rest.get("/Messages/<sid>.json")
def fetch(account: str, sid: str) -> Response:
    """One message."""
    message = _existing(sid)
    if spoilt := _before(message.recipient, "read"):
        return spoilt
    return _after(jsonify(resource(message, account)), message.recipient, "read", sid)


@rest.post("/Messages/<sid>.json")
def redact(account: str, sid: str) -> Response:
    """Empty a message's body, the only change that Twilio allows (apart from cancelling a scheduled one)."""
    message = _existing(sid)
    if request.form.get("Body") != "":
        raise Refused(20001, "A message can only be changed by emptying its body: Body must be given, empty")
    _refuse_unfinished(message)
    exchange().store.change(sid, body="")
    return jsonify(resource(_existing(sid), account))


@rest.delete("/Messages/<sid>.json")
def delete(account: str, sid: str) -> Response:  # noqa: ARG001 - the URL has it
    """Delete a message."""
    _refuse_unfinished(_existing(sid))
    exchange().store.change(sid, body="", deleted=1)
    return Response(status=204)


def _existing(sid: str) -> Message:
    message = exchange().store.get(sid)
    if message is None:
        raise Refused(20404)
    return message


def _refuse_unfinished(message: Message) -> None:
    if message.status in {Status.QUEUED, Status.SENDING}:
        raise Refused(20009)


def _before(number: str, on: str) -> Response | None:
    """Apply the faults that strike before anything is done; an answer means that nothing is to be done."""
    faults = exchange().faults
    if slow := faults.strike(Moment.DELAY, number, on=on):
        time.sleep(slow.seconds)
    rule = faults.strike(Moment.BEFORE, number, on=on)
    return _spoil(rule, None) if rule else None


def _after(answer: Response, number: str, on: str, sid: str = "") -> Response:
    """Apply the faults that spoil the answer to what has been done."""
    rule = exchange().faults.strike(Moment.AFTER, number, on=on, sid=sid)
    return _spoil(rule, answer) if rule else answer


def _spoil(rule: Rule, answer: Response | None) -> Response:
    if ending := ENDINGS.get(rule.fault):
        return end(ending, answer, seconds=rule.seconds)
    spoilt = refused(Refused(REFUSALS[rule.fault]))
    if rule.fault is Fault.RATE_LIMIT:
        spoilt.headers["Retry-After"] = str(round(rule.seconds))
    return spoilt
