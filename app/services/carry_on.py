"""Do something for each of many: one whose record cannot be read must not hold up the others."""

from collections.abc import Callable, Collection
from typing import TypeVar

from app.domain.errors import StoreUnavailable

Item = TypeVar("Item")


def carry_on(items: Collection[Item], do: Callable[[Item], object]) -> None:
    """Do it for all of them. Raises StoreUnavailable at the end when that was raised for any."""
    failures: list[StoreUnavailable] = []
    for item in items:
        try:
            do(item)
        except StoreUnavailable as failure:
            failures.append(failure)
    if failures:
        raise StoreUnavailable(f"{len(failures)} of {len(items)} had no effect yet: {failures[0]}")
