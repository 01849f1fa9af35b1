"""People who are subscribed, written straight into the store as an import would: quicker than texting for each."""

from collections.abc import Iterable

from app.domain.consent import Policy, Record, decide
from app.domain.evidence import Channel, Event
from app.domain.number import Number
from app.domain.replies import Language
from app.domain.signal import Signal
from app.services.ports import Consents
from tests.stories import NOON

POLICY = Policy(default_language=Language("nl"))


def subscribe(consents: Consents, numbers: Iterable[str], language: str = "nl") -> None:
    for number in numbers:
        event = Event(
            Signal.IMPORT, NOON, Channel.IMPORT, "test", words="agreed", language=Language(language)
        )
        consents.commit(Number(number), decide(Record(), event, POLICY), "", None)
