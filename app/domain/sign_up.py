"""The form on which people sign up: what it says in each language, and which version of that is in force."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Final

from app.domain.replies import Language


@dataclass(frozen=True, slots=True)
class Wording:
    """What the form says in one language.

    `consent`: the sentence that is agreed to. `details`: what the law wants beside it. `age`: the age statement.
    """

    consent: str
    details: str
    age: str

    @property
    def agreed(self) -> str:
        """The words as they are kept for proof."""
        return f"{self.consent} {self.details}"


PARTS: Final = tuple(field.name for field in fields(Wording))


@dataclass(frozen=True, slots=True)
class SignUpForm:
    """The program's form. `version` changes with any wording; `terms` and `privacy` are addresses of pages."""

    version: str
    terms: str
    privacy: str
    by_language: Mapping[Language, Wording]
