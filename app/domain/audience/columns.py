"""Which column of a file holds what: guessed from the headings, or said by who imports it."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Final

from app.domain.errors import BadInput
from app.domain.profile import field_name


class Column(StrEnum):
    """What a column may hold. Besides these there are custom fields: "f.NAME"."""

    NUMBER = "number"
    WHEN = "when"
    WHERE = "where"
    WORDING = "wording"
    LANGUAGE = "language"
    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    TAGS = "tags"
    ZONE = "zone"
    POSTCODE = "postcode"
    STATE = "state"


OWN: Final = "f."
EVIDENCE: Final = (Column.WHEN, Column.WHERE, Column.WORDING)
# Headings that people and programs give these columns, without case, accents and punctuation.
HEADINGS: Final[Mapping[Column, str]] = {
    Column.NUMBER: "number phone phonenumber mobile mobilenumber mobilephone cell cellphone msisdn tel telephone "
    "telefoon telefoonnummer mobiel mobielnummer mobieltelefoonnummer gsm nummer handy handynummer telefonnummer "
    "mobilnummer numero telephonemobile portable phonee164 e164 smsnumber",
    Column.WHEN: "when consentat consentdate consenttime consentedat optinat optindate optintime optedinat "
    "agreedat agreedon subscribedat subscribedsince signupdate toestemmingop toestemmingdatum datumtoestemming "
    "aangemeldop akkoordop inschrijfdatum consentupdatedat einwilligungam angemeldetam "
    "dateinscription dateconsentement",
    Column.WHERE: "where source consentsource optinsource consentcollectedfrom bron herkomst waar kanaal "
    "toestemmingbron quelle origine",
    Column.WORDING: "wording wordingversion consentversion consentwording termsversion formversion tekstversie "
    "versie toestemmingversie version",
    Column.LANGUAGE: "language lang locale taal sprache langue",
    Column.FIRST_NAME: "firstname givenname forename voornaam roepnaam vorname prenom",
    Column.LAST_NAME: "lastname surname familyname achternaam familienaam nachname nomdefamille nom",
    Column.TAGS: "tags tag labels label segmenten segment groepen gruppen",
    Column.ZONE: "zone timezone tz tijdzone zeitzone fuseauhoraire",
    Column.POSTCODE: "postcode postalcode zip zipcode postcodes plz codepostal",
    Column.STATE: "state province provincie staat bundesland region",
}
_KNOWN: Final = {heading: column for column, headings in HEADINGS.items() for heading in headings.split()}
_SIGNS: Final = re.compile(r"[^a-z0-9]+")


def plain(heading: str) -> str:
    """A heading without case, accents, spaces and punctuation."""
    letters = unicodedata.normalize("NFKD", heading).casefold()
    return _SIGNS.sub("", "".join(letter for letter in letters if not unicodedata.combining(letter)))


def assign(header: Sequence[str], said: Mapping[str, str]) -> dict[int, str]:
    """What each column, by its place, holds: what was `said` ({heading: what}), else what its heading resembles.

    Of two that resemble the same thing the first has it. Raises BadInput for what cannot be meant.
    """
    places = {plain(heading): place for place, heading in reversed(list(enumerate(header)))}
    found: dict[int, str] = {}
    for heading, what in said.items():
        if plain(heading) not in places:
            raise BadInput(f"there is no column {heading!r}; there are {', '.join(map(repr, header))}")
        if len(meant := [place for place, one in enumerate(header) if plain(one) == plain(heading)]) > 1:
            named = " and ".join(column_at(header, place) for place in meant)
            raise BadInput(f"{named} have the same heading: give one of them another in the file")
        if what not in {"", "ignore"}:
            _take(found, places[plain(heading)], what)
    settled = {places[plain(heading)] for heading in said}
    for place, heading in enumerate(header):
        column = _KNOWN.get(plain(heading))
        if column is not None and place not in settled and column not in found.values():
            found[place] = column
    if Column.NUMBER not in found.values():
        raise BadInput("no column looks like that of the numbers: say which with --map COLUMN=number")
    return dict(sorted(found.items()))


def passed_over(
    header: Sequence[str], columns: Mapping[int, str], said: Mapping[str, str]
) -> Iterator[tuple[str, int, int]]:
    """Columns that resemble what another one of that resemblance has: what it is, the one that has it, the other."""
    settled = {plain(heading) for heading in said}
    holds = {what: place for place, what in columns.items() if plain(header[place]) not in settled}
    for place, heading in enumerate(header):
        column = _KNOWN.get(plain(heading))
        if column in holds and place not in columns and plain(heading) not in settled:
            yield column, holds[column], place


def column_at(header: Sequence[str], place: int) -> str:
    """A column as people find it: by its place and its heading."""
    return f"column {place + 1} ({header[place]!r})"


def _take(found: dict[int, str], place: int, what: str) -> None:
    name = OWN + field_name(what[len(OWN) :]) if what.startswith(OWN) else what
    if not name.startswith(OWN) and name not in set(Column):
        raise BadInput(f"a column cannot hold {what!r}: it holds {', '.join(Column)}, f.NAME or ignore")
    if name in found.values():
        raise BadInput(f"two columns cannot both hold {what!r}")
    found[place] = name


def missing_evidence(columns: Mapping[int, str], stated: Mapping[Column, str]) -> list[Column]:
    """The pieces of evidence that neither a column nor whoever imports the file has."""
    return [piece for piece in EVIDENCE if piece not in columns.values() and not stated.get(piece)]
