"""Erasing in memory, with the semantics of the real store."""

from collections.abc import Sequence
from datetime import datetime

from app.domain.number import Number
from app.services.audience_ports import Erasures
from tests.fakes.memory_care import MemoryCareLog
from tests.fakes.memory_profiles import MemoryProfiles
from tests.fakes.memory_recipients import MemoryRecipients
from tests.fakes.memory_store import MemoryStore


class MemoryErasures(Erasures):
    """The port Erasures on the other stores in memory."""

    def __init__(
        self,
        store: MemoryStore,
        profiles: MemoryProfiles,
        recipients: MemoryRecipients | None = None,
        care: MemoryCareLog | None = None,
    ) -> None:
        self._store, self._profiles = store, profiles
        self._recipients = recipients or MemoryRecipients(store)
        self._care = care or MemoryCareLog()

    def check(self) -> None:
        """There is no key that could be the wrong one."""

    def erase(self, number: Number, because: str, at: datetime) -> bool:  # noqa: ARG002 - nobody looks at them here
        self._profiles.forget(number)
        self._recipients.forget(number)
        self._care.kept.pop(number, None)
        return self._store.forget(number)

    def erased(self, numbers: Sequence[Number]) -> Sequence[bool]:
        return [number in self._store.objections for number in numbers]
