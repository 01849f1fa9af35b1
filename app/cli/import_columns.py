"""What the columns of a file hold, as found and as said; and what else of its form is said on the command line."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from zoneinfo import available_timezones

from babel import Locale
from phonenumbers import SUPPORTED_REGIONS

from app.cli.output import safe, say
from app.domain.audience.columns import Column, assign, column_at, missing_evidence, passed_over
from app.domain.audience.known import Known
from app.domain.errors import BadInput
from app.domain.quiet_hours import States
from app.sheets.sheet import Sheet


def columns_of(sheet: Sheet, said: Iterable[str], stated: Mapping[Column, str]) -> dict[int, str]:
    """What each column holds. Raises BadInput; then what was found is shown, for whoever has to say it otherwise."""
    told, columns = dict(_mapping(said)), dict[int, str]()
    try:
        columns.update(assign(sheet.header, told))
        _refuse_without_proof(columns, stated)
    except BadInput:
        say("The file's columns:")
        for place, heading in enumerate(sheet.header):
            say(safe(f"  {heading} → {columns[place]}" if place in columns else f"  {heading}"))
        raise
    for what, taken, other in passed_over(sheet.header, columns, told):
        both = " and ".join(column_at(sheet.header, place) for place in (taken, other))
        say(safe(f"Warning: {both} both look like {what}: the first is taken. Say otherwise with --map."))
    return columns


def _refuse_without_proof(columns: Mapping[int, str], stated: Mapping[Column, str]) -> None:
    if missing := missing_evidence(columns, stated):
        raise BadInput(
            f"there is no proof of consent without {', '.join(missing)}: name the column with --map COLUMN=FIELD, "
            f"or say it for the whole file with {', '.join(f'--{piece}' for piece in missing)}"
        )


def _mapping(said: Iterable[str]) -> Iterator[tuple[str, str]]:
    for pair in said:
        heading, sign, what = pair.rpartition("=")
        if not sign:
            raise BadInput(f"--map {pair!r} is not of the form COLUMN=FIELD")
        yield heading, what.strip()


def region_of(name: str) -> str:
    """The region as it is known. Raises BadInput."""
    if name.upper() not in SUPPORTED_REGIONS:
        raise BadInput("--default-region is not a country's two letters, such as NL")
    return name.upper()


def known_of(states: States) -> Known:
    """The languages, time zones and states that there are."""
    return Known(_languages().__contains__, _zones().__contains__, states)


@cache
def _languages() -> set[str]:
    """The two letters of every language that has them."""
    return {code for code in map(str, Locale("en").languages) if len(code) == len("nl")}


@cache
def _zones() -> set[str]:
    return available_timezones()
