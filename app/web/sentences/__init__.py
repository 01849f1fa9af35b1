"""Sentences that come from below, in the reader's language: the catalogue beside this module has all of them."""

from collections.abc import Mapping
from typing import Final

from flask_babel import gettext

from app.domain.remarks import BETWEEN, REMARKS
from app.domain.sentence import Sentence, recognised
from app.domain.verdict import VERDICTS
from app.provider.errors import BROKEN
from app.services.run_campaigns import READING_BACK

# What is stored is read as English; everything else arrives as the sentence that it is.
STORED: Final = (*REMARKS, *VERDICTS, *BROKEN, READING_BACK)
# Gaps that another of our sentences may fill.
_NESTED: Final = frozenset({"what", "address"})


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
    return str(names.get(str(value), value))


def remarks(note: str, names: Mapping[str, object] | None = None) -> str:
    """All remarks on one entry of evidence."""
    return BETWEEN.join(spoken(each, names) for each in note.split(BETWEEN))
