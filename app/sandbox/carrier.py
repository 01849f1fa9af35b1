"""Messages on their way to a handset: queue of each sender, statuses, callbacks."""

import threading
import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from app.domain.segments import measure
from app.sandbox.faults import Fault, Faults, Moment
from app.sandbox.message import API_VERSION, Direction, Message, Status, new_sid
from app.sandbox.schedule import Schedule
from app.sandbox.settings import Account, Switchboard
from app.sandbox.store import Store, now
from app.sandbox.webhook import post


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A message that somebody asks to send, before it is accepted."""

    sender: str
    recipient: str
    body: str
    media: int = 0
    service: str | None = None
    callback_url: str = ""


class Carrier:
    """Accepts messages and brings them to the handset, as slowly and as badly as it was told to."""

    def __init__(
        self, account: Account, store: Store, switchboard: Switchboard, faults: Faults, schedule: Schedule
    ) -> None:
        self._account = account
        self._store = store
        self._switchboard = switchboard
        self._faults = faults
        self._schedule = schedule
        self._free_at: dict[str, float] = {}
        self._queues = threading.Lock()

    def accept(self, draft: Draft, direction: Direction = Direction.OUTBOUND_API) -> Message:
        """Take a message on; from here on it is never lost. To a number that opted out it fails at once."""
        message = self._written(draft, direction)
        if self._store.is_blocked(draft.recipient, draft.sender):
            message = replace(message, status=Status.FAILED, error_code=21610)
            self._store.add(message)
            return message
        self._store.add(message)
        self.carry(message)
        return message

    def carry(self, message: Message) -> None:
        """Put an accepted message into its sender's queue, or let it go on from where it had come to."""
        wait = self._turn(message) if message.status is Status.QUEUED else 0
        self._go_on(message, message.status, wait)

    def forget_queues(self) -> None:
        """Let every sender start anew."""
        with self._queues:
            self._free_at.clear()

    def _written(self, draft: Draft, direction: Direction) -> Message:
        measured = measure(draft.body)
        moment = now()
        sid = new_sid(media=draft.media)
        fate = self._faults.strike(Moment.FATE, draft.recipient, sid=sid)
        callbacks = self._faults.strike(Moment.CALLBACKS, draft.recipient, sid=sid)
        return Message(
            sid=sid,
            direction=direction,
            sender=draft.sender,
            recipient=draft.recipient,
            body=draft.body,
            status=Status.QUEUED,
            created=moment,
            updated=moment,
            segments=measured.segments,
            encoding=measured.encoding,
            media=draft.media,
            service=draft.service,
            callback_url=draft.callback_url,
            fate=fate.fault if fate else Status.DELIVERED,
            fate_error=fate.error_code if fate else None,
            callback_fault=callbacks.fault if callbacks else "",
        )

    def _turn(self, message: Message) -> float:
        """Seconds until the sender's queue has come to this message (at so many segments a second)."""
        rate = self._switchboard.now.mps
        if not rate:
            return 0
        with self._queues:
            moment = time.monotonic()
            turn = max(moment, self._free_at.get(message.sender, 0))
            self._free_at[message.sender] = turn + message.segments / rate
            return turn - moment

    def _step(self, message: Message, status: Status) -> None:
        """Reach a status, tell the callback, and go on to the next one."""
        match status:
            case Status.SENDING:
                self._store.change(message.sid, status=status)
            case Status.SENT:
                self._store.change(message.sid, status=status, sent=now())
                self._tell(message, [Status.SENT], last=False)
            case _:
                self._store.change(message.sid, status=status, error_code=message.fate_error)
                self._tell(message, [status], last=True)
        self._go_on(message, status)

    def _go_on(self, message: Message, status: Status, wait: float = 0) -> None:
        """Plan the status that follows, if one does; `wait` is seconds before the present one counts."""
        settings = self._switchboard.now
        match status:
            case Status.QUEUED:
                following, milliseconds = Status.SENDING, settings.queued_ms
            case Status.SENDING:
                fails = message.fate == Status.FAILED
                following, milliseconds = Status.FAILED if fails else Status.SENT, settings.sending_ms
            case Status.SENT:
                following, milliseconds = Status(message.fate), settings.sent_ms
            case _:
                return
        self._schedule.later(wait + milliseconds / 1000, lambda: self._step(message, following))

    def _tell(self, message: Message, statuses: list[Status], *, last: bool) -> None:
        """Post the callbacks, unless they are to be lost, repeated or turned round."""
        match message.callback_fault:
            case Fault.CALLBACKS_LOST:
                return
            case Fault.CALLBACKS_REVERSED if not last:
                return
            case Fault.CALLBACKS_REVERSED if Status.FAILED not in statuses:
                statuses = [*statuses, Status.SENT]
            case Fault.CALLBACKS_REPEATED:
                statuses = statuses * 2
        for status in statuses:
            self._call_back(message, status)

    def _call_back(self, message: Message, status: Status) -> None:
        if not message.callback_url:
            return
        form = {
            "AccountSid": self._account.sid,
            "ApiVersion": API_VERSION,
            "From": message.sender,
            "To": message.recipient,
            "MessageSid": message.sid,
            "MessageStatus": status,
            "SmsSid": message.sid,
            "SmsStatus": status,
        }
        if message.service:
            form["MessagingServiceSid"] = message.service
        if status in {Status.DELIVERED, Status.UNDELIVERED}:
            form["RawDlrDoneDate"] = datetime.now(UTC).strftime("%y%m%d%H%M")
        if status in {Status.FAILED, Status.UNDELIVERED} and message.fate_error:
            form["ErrorCode"] = str(message.fate_error)
        outcome = post(message.callback_url, form, self._account.token)
        self._store.keep_callback(message.sid, status, outcome.status)
