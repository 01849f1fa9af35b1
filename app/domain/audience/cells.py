"""What spreadsheets do to cells, undone where nothing was lost, and refused where something was."""

import re
from datetime import UTC, datetime
from typing import Final

from app.domain.errors import BadInput

# 3.1612345678E+10, 31612345678.0 and 3,1612345678E+10: a number that was taken for a quantity.
_FLOAT: Final = re.compile(r"\+?([0-9]+)(?:[.,]([0-9]+))?(?:[eE]\+?([0-9]{1,2}))?")
_DUTCH_DATE: Final = re.compile(
    r"([0-9]{1,2})-([0-9]{1,2})-([0-9]{4})(?:[ T]+([0-9]{1,2}):([0-9]{2}(?::[0-9]{2})?))?"
)
# What a spreadsheet would take for a formula, and what it is hidden behind on the way out.
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
QUOTE: Final = "'"


def whole_number(text: str) -> str | None:
    """The digits of a number that was made a quantity; None when it was not.

    Raises BadInput when digits were rounded away: some other person would be made of it.
    """
    found = _FLOAT.fullmatch(text)
    if found is None or (found[2] is None and found[3] is None):
        return None
    whole, fraction, exponent = found[1], found[2] or "", int(found[3] or 0)
    if exponent == 0:
        # 06.12345678 is a notation that people use; 31612345678.0 is not.
        return whole if set(fraction) == {"0"} and len(whole) > 6 else None
    if len(whole) != 1 or len(fraction) != exponent:
        raise BadInput(
            "the spreadsheet has rounded the number: format the column as text, and export it again"
        )
    return whole + fraction


def unquoted(cell: str) -> str:
    """A cell without the quote that hides what looks like a formula, as our own exports have it."""
    return cell[1:] if cell.startswith(QUOTE) and cell[1:2] in FORMULA else cell


def quoted(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return QUOTE + cell if cell.startswith(FORMULA) else cell


def moment(text: str, what: str = "the moment of consent") -> datetime:
    """A moment as files have it: ISO 8601, or day-month-year with dashes; without a zone it is UTC.

    Raises BadInput. A date with slashes is refused: it means one thing in Europe and another in America.
    """
    written = text.strip()
    if found := _DUTCH_DATE.fullmatch(written):
        day, month, year, hours, rest = found.groups()
        written = f"{year}-{month:0>2}-{day:0>2}" + (f"T{hours:0>2}:{rest}" if hours else "")
    try:
        read = datetime.fromisoformat(written)
        return read.replace(tzinfo=UTC) if read.tzinfo is None else read.astimezone(UTC)
    except (ValueError, OverflowError):
        raise BadInput(f"{what} is not a date such as 2026-03-31 or 2026-03-31 14:05") from None
