"""A message that a person sent, as far as consent is concerned."""

from dataclasses import dataclass
from datetime import datetime

from app.domain.evidence import Channel
from app.domain.number import Number


@dataclass(frozen=True, slots=True)
class InboundMessage:
    """`number` None: the sender cannot be answered (a short code, a name). `at`: when it reached us, or the
    provider; `learnt`: when it was read back from the provider's list. `provider_answered`, `provider_stopped`: what
    the provider did by itself. `to`: the number of ours that was texted; "" where it cannot answer.
    """

    message: str
    number: Number | None
    channel: Channel
    body: str
    at: datetime
    provider_answered: bool = False
    provider_stopped: bool = False
    read_back: bool = False
    learnt: datetime | None = None
    to: str = ""
