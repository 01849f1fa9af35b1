"""A person texted us: understand it, change their consent, owe the answer."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from app.domain.evidence import Channel, Event
from app.domain.inbound import InboundMessage
from app.domain.intent import Reading, read
from app.domain.program import Program
from app.domain.signal import Signal
from app.services.apply_event import ApplyEvent

# Most people text one of a few words.
REMEMBERED: Final = 1000


@dataclass(frozen=True, slots=True)
class ReceiveMessage:
    """Handle one inbound message. Delivering it again changes nothing and says nothing."""

    program: Program
    apply_event: ApplyEvent
    _read: Callable[[str], Reading] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        reading = lru_cache(REMEMBERED)(lambda body: read(body, self.program))
        object.__setattr__(self, "_read", reading)

    def __call__(self, message: InboundMessage) -> Signal:
        """What the message was taken for. Raises StoreUnavailable when it has to be delivered again."""
        if message.number is None or message.number.e164 in self.program.own_senders:
            return Signal.OTHER
        reading = self._read(message.body)
        signal = _signal(message, reading)
        if signal is Signal.OTHER:
            return signal
        event = Event(
            signal=signal,
            at=message.at,
            channel=message.channel,
            actor="person" if signal is not Signal.PROVIDER_STOP else "provider",
            words=message.body,
            message=message.message,
            rule=reading.rule,
            language=reading.language,
            provider_answered=message.provider_answered,
            read_back=message.read_back,
            learnt=message.learnt,
            to=message.to,
        )
        self.apply_event(message.number, event)
        return signal


def _signal(message: InboundMessage, reading: Reading) -> Signal:
    """The signal that counts: an opt-out by any way, anything else only in the text channel it is about.

    The provider's own word for an opt-out (OptOutType) counts even where we would not have understood it.
    """
    if reading.signal is Signal.STOP:
        return Signal.STOP
    if message.provider_stopped:
        return Signal.PROVIDER_STOP
    return reading.signal if message.channel is Channel.SMS else Signal.OTHER
