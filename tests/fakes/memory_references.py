"""References in memory."""

from collections.abc import Sequence

from app.domain.number import Number
from app.services.audience_ports import References


class MemoryReferences(References):
    """The port References on a dictionary. It lends nothing: what nobody is known by is kept as well."""

    def __init__(self) -> None:
        self._numbers: dict[str, Number] = {}

    def of(self, number: Number) -> str:
        known = next((ref for ref, one in self._numbers.items() if one == number), None)
        return known or self._new(number)

    def of_all(self, numbers: Sequence[Number]) -> Sequence[str]:
        return [self.of(number) for number in numbers]

    def _new(self, number: Number) -> str:
        ref = f"{len(self._numbers) % 128}-{len(self._numbers):032x}"
        self._numbers[ref] = number
        return ref

    def number_of(self, ref: str) -> Number | None:
        return self._numbers.get(ref)

    def forget(self, number: Number) -> None:
        self._numbers = {ref: one for ref, one in self._numbers.items() if one != number}
