"""Sentences that come from below, in the reader's language: the catalogue beside this module has all of them."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final

from flask_babel import format_datetime, gettext

from app.domain.remarks import BETWEEN, REMARKS
from app.domain.sentence import Sentence, recognised
from app.domain.verdict import VERDICTS
from app.provider.errors import BROKEN
from app.services.run_campaigns import READING_BACK

# What is stored is read as English; everything else arrives as the sentence that it is.
STORED: Final = (*REMARKS, *VERDICTS, *BROKEN, READING_BACK)
# Gaps that another of our sentences may fill.
_NESTED: Final = frozenset({"what", "address"})
# The gap that a moment fills.
_MOMENT: Final = "when"
MOMENT: Final = "d MMM y HH:mm:ss"


def spoken(said: Sentence | str, names: Mapping[str, object] | None = None) -> str:
    """The sentence in the reader's language; what is none of ours stays as it is.

    `names`: what the reader calls the words of others that fill a gap, such as a status of the provider's.
    """
    found = said if isinstance(said, Sentence) else recognised(said, STORED)
    if found is None:
        return str(said)
    filled = {name: _gap(name, value, names or {}) for name, value in found.filled}
    return found.with_(**filled).in_words(gettext(found.words))


def _gap(name: str, value: object, names: Mapping[str, object]) -> str:
    if isinstance(value, Sentence) or name in _NESTED:
        return spoken(value if isinstance(value, Sentence) else str(value), names)
    if name == _MOMENT:
        return moment(str(value))
    return str(names.get(str(value), value))


def moment(text: str) -> str:
    """A moment as it was written down, in the reader's form and UTC; what is none stays as it is."""
    try:
        at = datetime.fromisoformat(text).astimezone(UTC)
    except (
        ValueError,
        OverflowError,
    ):  # also a moment that the calendar has no room for, as an empty field may become
        return text
    return f"{format_datetime(at, MOMENT, rebase=False)} UTC"


def remarks(note: str, names: Mapping[str, object] | None = None) -> str:
    """All remarks on one entry of evidence."""
    return BETWEEN.join(spoken(each, names) for each in note.split(BETWEEN))
