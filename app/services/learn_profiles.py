"""Hear news of many people at once, and keep of each what is newest."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.domain.errors import StoreUnavailable
from app.domain.number import Number
from app.domain.profile import Profile
from app.services.audience_ports import ProfileChange, Profiles, Saved

# In each round somebody else's change wins; nobody's profile changes often while a file is imported.
ROUNDS: Final = 20


@dataclass(frozen=True, slots=True)
class News:
    """What a row says of a person. `stranger`: probably nothing is known of them yet."""

    number: Number
    profile: Profile
    stranger: bool


@dataclass(frozen=True, slots=True)
class LearnProfiles:
    """Merge news into the profiles. Raises StoreUnavailable when it may not count as done."""

    profiles: Profiles

    def __call__(self, news: Sequence[News]) -> Sequence[ProfileChange]:
        """Each profile as it was and as it is now, in that order; the same object twice where nothing changed."""
        known = self._load([one for one in news if not one.stranger])
        # Of a stranger nothing is known, and saving finds out for free whether that is so.
        loaded = iter(known)
        waiting = {
            place: _change(one, Profile() if one.stranger else next(loaded)) for place, one in enumerate(news)
        }
        done = dict(waiting)
        for _ in range(ROUNDS):
            waiting = {place: one for place, one in waiting.items() if one.before is not one.after}
            answers = self.profiles.save(list(waiting.values())) if waiting else []
            # Who is nobody was erased in the meantime, and nothing more is kept of them.
            stale = [place for place, answer in zip(waiting, answers, strict=True) if answer is Saved.STALE]
            if not stale:
                return [done[place] for place in range(len(news))]
            again = [news[place] for place in stale]
            loads = zip(stale, again, self._load(again), strict=True)
            waiting = {place: _change(one, profile) for place, one, profile in loads}
            done |= waiting
        raise StoreUnavailable("the profiles of these numbers kept changing; try again")

    def _load(self, news: Sequence[News]) -> Sequence[Profile]:
        return self.profiles.load_many([one.number for one in news]) if news else []


def _change(news: News, known: Profile) -> ProfileChange:
    return ProfileChange(news.number, known, known.after(news.profile))
