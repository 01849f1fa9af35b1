"""Profiles in memory, with the semantics of the real store."""

from collections.abc import Callable, Sequence

from app.domain.number import Number
from app.domain.profile import Profile
from app.services.audience_ports import ProfileChange, Profiles, Saved


class MemoryProfiles(Profiles):
    """The port Profiles on a dictionary. `known`: whether a record of the number is kept."""

    def __init__(self, known: Callable[[Number], bool]) -> None:
        self._known = known
        self._profiles: dict[Number, Profile] = {}
        self._names: set[str] = set()
        self.unreadable: set[Number] = set()

    def load(self, number: Number) -> Profile:
        return self._profiles.get(number, Profile())

    def load_many(self, numbers: Sequence[Number]) -> Sequence[Profile]:
        return [self.load(number) for number in numbers]

    def load_readable(self, numbers: Sequence[Number]) -> Sequence[Profile | None]:
        return [None if number in self.unreadable else self.load(number) for number in numbers]

    def field_names(self) -> frozenset[str]:
        return frozenset(self._names)

    def save(self, changes: Sequence[ProfileChange]) -> Sequence[Saved]:
        return [self._save(change) for change in changes]

    def _save(self, change: ProfileChange) -> Saved:
        if not self._known(change.number):
            return Saved.NOBODY
        if self.load(change.number).version != change.before.version:
            return Saved.STALE
        self._profiles[change.number] = change.after
        self._names |= change.after.fields.keys()
        return Saved.DONE

    def with_tag(self, name: str) -> set[Number]:
        """Everybody who has that tag: the real store's sets."""
        return {number for number, profile in self._profiles.items() if name in profile.tags}

    def forget(self, number: Number) -> None:
        self._profiles.pop(number, None)
