"""The provider's two webhooks: verify, parse, call, answer."""

import time
from typing import Final
from urllib.parse import unquote_plus

from flask import Blueprint, Request, Response, request
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.exceptions import Forbidden, RequestEntityTooLarge
from werkzeug.utils import cached_property

from app.bootstrap import Gateway
from app.bootstrap.chance import now
from app.domain.signal import Signal
from app.provider import twiml
from app.provider.forms import inbound_message, message_status
from app.provider.signature import HEADER
from app.web.metrics import INBOUND, INBOUND_SECONDS

PREFIX: Final = "/twilio"


class PostedForm(Request):
    """A request of the provider, which posts a form of plain fields: read without what uploads would need."""

    @cached_property
    def form(self) -> ImmutableMultiDict[str, str]:
        """The fields; what is no such form has none."""
        if self.mimetype != "application/x-www-form-urlencoded":
            return ImmutableMultiDict()
        return ImmutableMultiDict(fields_in(self.get_data().decode(errors="replace")))


def fields_in(body: str) -> list[tuple[str, str]]:
    """What urllib's parse_qsl finds when it keeps blank values; twice as fast, for few of the texts are quoted."""
    pieces = [piece.partition("=") for piece in body.split("&") if piece]
    return [(_unquoted(name), _unquoted(value)) for name, _, value in pieces]


def _unquoted(text: str) -> str:
    return unquote_plus(text) if "%" in text or "+" in text else text


def webhooks(gateway: Gateway) -> Blueprint:
    """Routes under /twilio. Every one of them is guarded by the signature, before anything else is looked at."""
    routes = Blueprint("twilio", __name__, url_prefix=PREFIX)
    account_sid, answers = gateway.settings.twilio_account_sid, gateway.answers
    counters = {signal: INBOUND.labels(signal=signal) for signal in Signal}

    @routes.before_request
    def only_signed() -> None:
        signature, form = request.headers.get(HEADER), request.form
        if _cut_off():
            raise RequestEntityTooLarge
        if not gateway.signatures.valid(request.path, request.query_string, form, signature):
            raise Forbidden("The signature is missing or wrong.")

    @routes.post("/sms")
    def sms() -> Response:
        started = time.perf_counter()
        message = inbound_message(request.form, account_sid=account_sid, answers=answers, at=now())
        signal = gateway.receive_message(message)
        counters[signal].inc()
        INBOUND_SECONDS.observe(time.perf_counter() - started)
        return Response(twiml.EMPTY, content_type=twiml.CONTENT_TYPE)

    @routes.post("/status")
    def status() -> Response:
        report = message_status(request.form, account_sid=account_sid, ref=request.args.get("ref"), at=now())
        gateway.record_status(report)
        return Response(status=204)

    return routes


def _cut_off() -> bool:
    """Whether a body that did not say its length goes on behind our limit, where Werkzeug just stops reading."""
    said = request.content_length is not None or not request.environ.get("wsgi.input_terminated")
    return not said and bool(request.environ["wsgi.input"].read(1))
