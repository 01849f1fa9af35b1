"""What is known of a person besides their consent: for their texts, and to choose who gets them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType
from typing import Final

from app.domain.errors import BadInput

LONGEST: Final = 200
FIELD_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")
# Tags stand in lists with these between them, and in the names of keys.
TAG: Final = re.compile(r"[^\s,;|*?\[\]{}\\](?:[^,;|*?\[\]{}\\]{0,48}[^\s,;|*?\[\]{}\\])?")
NO_FIELDS: Final[Mapping[str, str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Profile:
    """One person's particulars; "" where nothing is known. `zone`: an IANA name, such as Europe/Amsterdam.

    `at` is when it was last true, by whoever told us. `version` 0: nothing is kept of this person.
    """

    first_name: str = ""
    last_name: str = ""
    zone: str | None = None
    postcode: str = ""
    state: str = ""
    tags: frozenset[str] = frozenset()
    fields: Mapping[str, str] = field(default_factory=lambda: NO_FIELDS, hash=False)
    at: datetime | None = None
    version: int = 0

    @property
    def says_something(self) -> bool:
        """Whether anything is known at all."""
        return bool(self.first_name or self.last_name or self.zone or self.postcode or self.state) or bool(
            self.tags or self.fields
        )

    def after(self, news: "Profile") -> "Profile":
        """What is known once `news` has been heard: its values win, and what it does not mention stays.

        News that is older than what is known changes nothing; neither does what was known already.
        """
        if self.at is not None and news.at is not None and news.at < self.at:
            return self
        told = replace(
            self,
            first_name=news.first_name or self.first_name,
            last_name=news.last_name or self.last_name,
            zone=news.zone or self.zone,
            postcode=news.postcode or self.postcode,
            state=news.state or self.state,
            tags=self.tags | news.tags,
            fields={**self.fields, **news.fields} if news.fields else self.fields,
        )
        return self if told == self else replace(told, at=news.at, version=self.version + 1)


# What a text may name of everybody, beside the custom fields.
TEXT_FIELDS: Final = ("first_name", "last_name", "postcode", "state")


def text_values(profile: Profile) -> Mapping[str, str]:
    """What a text can say of a person, by the name of the field; a field of one's own hides none of these."""
    return {**profile.fields, **{name: getattr(profile, name) for name in TEXT_FIELDS}}


def profile_with(values: Mapping[str, str]) -> Profile:
    """The profile of somebody of whom a text can say these values and no other."""
    own = {name: value for name, value in values.items() if name not in TEXT_FIELDS}
    return Profile(
        first_name=values.get("first_name", ""),
        last_name=values.get("last_name", ""),
        postcode=values.get("postcode", ""),
        state=values.get("state", ""),
        fields=own,
    )


def said(text: str, what: str) -> str:
    """A value without surrounding space. Raises BadInput when no text to a person could hold it."""
    value = text.strip()
    if len(value) > LONGEST:
        raise BadInput(f"{what} is longer than {LONGEST} characters")
    if not value.isprintable():
        raise BadInput(f"{what} holds characters that cannot be printed")
    return value


def tag_of(text: str) -> str:
    """A tag as it is kept: lower case, without surrounding space. Raises BadInput."""
    tag = text.strip().lower()
    if not TAG.fullmatch(tag) or not tag.isprintable():
        raise BadInput("a tag is a word or two of at most 50 characters, without , ; | * ? [ ] { } and \\")
    return tag


def field_name(text: str) -> str:
    """The name of a field of one's own. Raises BadInput."""
    name = text.strip().lower().replace(" ", "_").replace("-", "_")
    if not FIELD_NAME.fullmatch(name):
        raise BadInput("the name of a field has letters, digits and _, and begins with a letter")
    return name
