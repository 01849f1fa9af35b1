"""Messages whose webhook was missed: list them at the provider and feed them through the same use case."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from app.services.carry_on import carry_on
from app.services.ports import Bookmarks, InboundSource, Now
from app.services.receive_message import ReceiveMessage

# The provider lists a message some time after it came; one that was seen already has no effect again.
OVERLAP: Final = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class ReadBack:
    """Read the provider's list from where the last reading ended."""

    source: InboundSource
    bookmarks: Bookmarks
    receive_message: ReceiveMessage
    now: Now

    def __call__(self) -> int:
        """How many messages were looked at. What was read counts only when all of it took effect.

        Raises ProviderUnavailable, or StoreUnavailable after all that could take effect did; the next reading
        then begins at the same place.
        """
        started = self.now()
        since = self.bookmarks.read_back_to()
        looked = 0 if since is None else self._read(since - OVERLAP, learnt=started)
        self.bookmarks.remember_read_back(started)
        return looked

    def _read(self, since: datetime, *, learnt: datetime) -> int:
        listed = (replace(message, learnt=learnt) for message in self.source.received_since(since))
        messages = sorted(listed, key=lambda message: message.at)
        carry_on(messages, self.receive_message)
        return len(messages)
