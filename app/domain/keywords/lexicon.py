"""The words that decide on their own, of all languages together: what each means and whose it is."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.replies import Language
from app.domain.signal import Signal


@dataclass(frozen=True, slots=True)
class Keyword:
    """A word (or a few) that is a whole message. `text` is in folded spelling."""

    text: str
    signal: Signal
    languages: tuple[Language, ...]

    @property
    def language(self) -> Language | None:
        """Its language, when it has only one: STOP is said everywhere."""
        return self.languages[0] if len(self.languages) == 1 else None


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Everything that the reading of messages knows of words."""

    languages: tuple[Language, ...]
    keywords: Mapping[str, Keyword]
