"""What the API is asked, as its description shows it."""

from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address, IPv6Address
from typing import Annotated, Final

from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field

from app.bootstrap.chance import now

LONGEST_NUMBER: Final = 40
# A language's name, and what a header's value may consist of.
LANGUAGE: Final = r"^[a-z]{2}$"
VISIBLE: Final = r"^[\x21-\x7e]+$"
MOST_EVIDENCE: Final = 200
# Nobody agreed to texts before there were any; systems write a date that is empty as the year 1 or 1970.
FIRST_TEXT: Final = datetime(1992, 12, 3, tzinfo=UTC)
# A shop's clock may be ahead of ours by so much.
CLOCKS_APART: Final = timedelta(minutes=5)


def _printable(text: str) -> str:
    if not text.strip() or any(not one.isprintable() and one not in "\n\r\t" for one in text):
        raise ValueError("must be text that can be printed")
    return text


def _written(at: object) -> object:
    """A bare number may be seconds or milliseconds, and proof of either would be a guess."""
    if not isinstance(at, str) or "-" not in at:
        raise ValueError("must be a date and time as text, such as 2026-03-02T12:00:00+01:00")
    return at


def _been(at: datetime) -> datetime:
    if at < FIRST_TEXT:
        raise ValueError("must not lie before the first text message: it is an empty date")
    if at > now() + CLOCKS_APART:
        raise ValueError("must not lie in the future")
    return at


Text = Annotated[str, Field(min_length=1, max_length=2000), AfterValidator(_printable)]
Short = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_printable)]
NumberText = Annotated[
    str,
    Field(
        min_length=1,
        max_length=LONGEST_NUMBER,
        description="In any notation; without a country code it belongs to the program's region.",
        examples=["+31612345678"],
    ),
]


class Strict(BaseModel):
    """A request: what it does not know, it refuses."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)


class FormEvidence(Strict):
    """The proof of a sign-up: what the person saw and did."""

    wording: Text = Field(
        description="The words that they agreed to, as they stood there.",
        examples=["Yes, you may text me offers, 4 times a month. STOP ends it."],
    )
    version: Short | None = Field(
        None, description="The version of the wording; a fingerprint of it if left out.", examples=["v7"]
    )
    agreed_at: Annotated[AwareDatetime, BeforeValidator(_written), AfterValidator(_been)] = Field(
        description="When they agreed, with the offset from UTC; not in the future."
    )
    page: Short = Field(
        description="Where: the page's address, or the name of the place.",
        examples=["https://shop.example/checkout"],
    )
    ip: IPv4Address | IPv6Address | None = Field(
        None, description="The address that they agreed from.", examples=["203.0.113.9"]
    )
    age_statement: Short = Field(
        description="What they said of their age, such as “I am 18 or older”.", examples=["I am 18 or older"]
    )


class Particulars(Strict):
    """What is known of a person besides their consent."""

    first_name: Short | None = Field(None, examples=["Anna"])
    last_name: Short | None = Field(None, examples=["Jansen"])
    zone: Short | None = Field(
        None, description="A time zone, such as Europe/Amsterdam.", examples=["Europe/Amsterdam"]
    )
    postcode: Short | None = Field(None, examples=["9401 AB"])
    state: Short | None = Field(None, description="A state or province.", examples=["Drenthe"])
    tags: Annotated[list[Short], Field(max_length=50)] = Field(
        default_factory=list, description="What campaigns choose people by.", examples=[["garden"]]
    )
    fields: Annotated[dict[str, Short], Field(max_length=50)] = Field(
        default_factory=dict, description="Fields of your own, for texts.", examples=[{"shop": "Assen"}]
    )


class SignUp(Strict):
    """Somebody who signed up elsewhere."""

    number: NumberText
    evidence: FormEvidence
    language: Annotated[str, Field(pattern=LANGUAGE)] | None = Field(
        None,
        description="In which of the program's languages to ask; the program's own if left out.",
        examples=["nl"],
    )
    particulars: Particulars | None = None


class LookUp(Strict):
    """Whom to look up; in the body, because a number in an address would stand in logs."""

    number: NumberText


class OptOut(Strict):
    """Somebody who asked for it by another way than a text."""

    reason: Text = Field(
        description="How and why they asked; it is kept as proof.", examples=["asked by telephone"]
    )


class Once(BaseModel):
    """The header by which a request may be repeated without taking effect twice."""

    key: Annotated[str, Field(min_length=1, max_length=200, pattern=VISIBLE)] | None = Field(
        None,
        alias="Idempotency-Key",
        description="The same key and body within 24 hours: the same answer, and nothing is done again.",
    )


class Named(Strict):
    """Whom an address is about."""

    ref: Annotated[str, Field(max_length=40)] = Field(description="A reference that the API gave out.")


class NamedCampaign(Strict):
    """Which campaign an address is about."""

    campaign: Annotated[str, Field(max_length=40)] = Field(description="A campaign's id.")


class Page(Strict):
    """Which piece of a list."""

    after: int = Field(
        0, ge=0, le=1_000_000, description="How many to pass over: `next` of the piece before."
    )
    limit: int = Field(50, ge=1, le=MOST_EVIDENCE, description="How many at most.")


_ALL: Final = (SignUp, FormEvidence, Particulars, LookUp, OptOut, Once, Named, NamedCampaign, Page)
NAMES: Final = frozenset(field.alias or name for form in _ALL for name, field in form.model_fields.items())
"""Every name that a field has."""
