"""A person texts: the message is stored, Twilio's own words are handled, and the webhook hears of it once."""

import json
import threading
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import phonenumbers

from app.domain.segments import measure
from app.sandbox.carrier import Carrier, Draft
from app.sandbox.faults import Fault, Faults, Moment
from app.sandbox.message import API_VERSION, Direction, Message, Status, new_sid
from app.sandbox.optout import ANSWERS, OptOutType, kind
from app.sandbox.schedule import Crew
from app.sandbox.settings import Account, OptOut, Switchboard
from app.sandbox.store import Store, now
from app.sandbox.twiml import NotTwiml, read
from app.sandbox.webhook import Outcome, post


@dataclass(frozen=True, slots=True)
class Office:
    """What an inbound message passes through."""

    account: Account
    store: Store
    switchboard: Switchboard
    faults: Faults
    carrier: Carrier


class Inbound:
    """Receives texts and posts them to the webhook, each on its own so that none waits for another."""

    def __init__(self, office: Office, crew: Crew) -> None:
        self._office = office
        self._crew = crew
        self._waiting: dict[str, threading.Event] = {}

    def receive(self, draft: Draft, *, wait: float = 0) -> Message:
        """Take a person's text; wait up to `wait` seconds for what the webhook makes of it."""
        message = _written(draft)
        done = self._waiting[message.sid] = threading.Event()
        self._office.store.add(message)
        self._crew.do(lambda: self.deliver(message))
        if wait:
            done.wait(wait)
        return self._office.store.get(message.sid) or message

    def redeliver(self, message: Message) -> None:
        """Post a message that a stopped sandbox had stored but not posted to its end."""
        self._crew.do(lambda: self.deliver(message))

    def deliver(self, message: Message) -> None:
        """Let Twilio's opt-out handling and then the webhook have a stored message."""
        try:
            word = self._handled_by_twilio(message)
            rule = self._office.faults.strike(Moment.WEBHOOK, message.sender, sid=message.sid)
            if rule and rule.fault is Fault.WEBHOOK_LOST:
                self._keep(message, "lost", Outcome(reason="a fault rule lost it"))
                return
            if rule and rule.fault is Fault.WEBHOOK_REPEATED:
                self._crew.do(lambda: self._post_again(message, word))
            self._answered(message, self._post(message, word))
        finally:
            if done := self._waiting.pop(message.sid, None):
                done.set()

    def _handled_by_twilio(self, message: Message) -> OptOutType | None:
        """Answer and block or unblock, where the setting says so; what the word was."""
        word, handling = kind(message.body), self._office.switchboard.now.optout
        if word is None or handling is OptOut.OFF:
            return None
        # By itself Twilio answers texts only; on WhatsApp it does what Advanced Opt-Out was told to.
        if handling is OptOut.DEFAULT and message.sender.startswith("whatsapp:"):
            return None
        person, number = message.sender, message.recipient
        # Unblock before and block after the answer, or Twilio would refuse its own confirmation.
        if word is OptOutType.START:
            self._office.store.unblock(person, number)
        if self._office.store.is_blocked(person, number):
            return word
        answer = Draft(sender=number, recipient=person, body=ANSWERS[word])
        self._office.carrier.accept(answer, Direction.OUTBOUND_REPLY)
        if word is OptOutType.STOP:
            self._office.store.block(person, number)
        return word

    def _post(self, message: Message, word: OptOutType | None) -> Outcome:
        settings = self._office.switchboard.now
        if not settings.webhook_url:
            return Outcome(error_code=11205, reason="no webhook is configured")
        form = _form(message, self._office.account.sid)
        if word and settings.optout is OptOut.ADVANCED:
            form["OptOutType"] = word
        return post(settings.webhook_url, form, self._office.account.token)

    def _post_again(self, message: Message, word: OptOutType | None) -> None:
        self._post(message, word)

    def _answered(self, message: Message, outcome: Outcome) -> None:
        """Send what the answer asks for, then write down how the webhook ended."""
        if outcome.accepted:
            try:
                for said in read(outcome.content_type, outcome.body):
                    reply = Draft(
                        sender=said.sender or message.recipient,
                        recipient=said.recipient or message.sender,
                        body=said.body,
                    )
                    self._office.carrier.accept(reply, Direction.OUTBOUND_REPLY)
            except NotTwiml as error:
                outcome = replace(outcome, error_code=error.code)
        self._keep(message, "answered" if outcome.status else "given up", outcome)

    def _keep(self, message: Message, state: str, outcome: Outcome) -> None:
        self._office.store.change(message.sid, webhook=outcome_json(state, outcome))


def outcome_json(state: str, outcome: Outcome) -> str:
    """How a webhook ended, as it is stored and shown."""
    shown: dict[str, Any] = {
        "state": state,
        "status": outcome.status,
        "attempts": outcome.attempts,
        "took_ms": outcome.took_ms,
        "error_code": outcome.error_code,
        "reason": outcome.reason,
    }
    return json.dumps(shown)


def _written(draft: Draft) -> Message:
    measured = measure(draft.body)
    moment = now()
    return Message(
        sid=new_sid(media=draft.media),
        direction=Direction.INBOUND,
        sender=draft.sender,
        recipient=draft.recipient,
        body=draft.body,
        status=Status.RECEIVED,
        created=moment,
        updated=moment,
        sent=moment,
        segments=measured.segments,
        encoding=measured.encoding,
        media=draft.media,
        webhook=outcome_json("pending", Outcome()),
    )


def _form(message: Message, account: str) -> dict[str, str]:
    """Every field that Twilio's webhook has for a text; places are blank where the carrier tells none."""
    places = {f"{end}{part}": "" for end in ("From", "To") for part in ("City", "State", "Zip")}
    media = {f"MediaContentType{each}": "image/jpeg" for each in range(message.media)} | {
        f"MediaUrl{each}": f"https://api.twilio.com/{API_VERSION}/Accounts/{account}"
        f"/Messages/{message.sid}/Media/ME{each:032x}"
        for each in range(message.media)
    }
    return {
        **places,
        **media,
        "AccountSid": account,
        "ApiVersion": API_VERSION,
        "Body": message.body,
        "From": message.sender,
        "FromCountry": _country(message.sender),
        "MessageSid": message.sid,
        "NumMedia": str(message.media),
        "NumSegments": str(message.segments),
        "SmsMessageSid": message.sid,
        "SmsSid": message.sid,
        "SmsStatus": message.status,
        "To": message.recipient,
        "ToCountry": _country(message.recipient),
    }


@lru_cache(maxsize=10_000)
def _country(address: str) -> str:
    try:
        return phonenumbers.region_code_for_number(phonenumbers.parse(address)) or ""
    except phonenumbers.NumberParseException:
        return ""
