"""The API's requests and answers, as its description shows them."""

from datetime import datetime, timedelta
from ipaddress import IPv4Address, IPv6Address
from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field

from app.bootstrap.chance import now

LONGEST_NUMBER: Final = 40
MOST_EVIDENCE: Final = 200
# A shop's clock may be ahead of ours by so much.
CLOCKS_APART: Final = timedelta(minutes=5)


def _printable(text: str) -> str:
    if not text.strip() or any(not one.isprintable() and one not in "\n\r\t" for one in text):
        raise ValueError("must be text that can be printed")
    return text


def _been(at: datetime) -> datetime:
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
    agreed_at: Annotated[AwareDatetime, AfterValidator(_been)] = Field(
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
    language: Annotated[str, Field(pattern=r"^[a-z]{2}$")] | None = Field(
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

    key: Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[\x21-\x7e]+$")] | None = Field(
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


class Subscriber(BaseModel):
    """One person's consent as it stands."""

    ref: str = Field(
        description="What stands for the number in addresses and webhooks.",
        examples=["28-ee1886e422cd83dbba7f2727c62a251f"],
    )
    state: Literal["unknown", "pending", "subscribed", "held", "opted_out"] = Field(examples=["pending"])
    may_be_texted: bool = Field(
        description="Whether marketing may be sent: only to those who are subscribed.", examples=[False]
    )
    since: datetime | None = Field(description="Since when the state is what it is.")
    channel: str | None = Field(description="Through which channel it became so.", examples=["api"])
    language: str | None = Field(description="In which language they are texted.", examples=["nl"])


Next = Literal["asked_to_confirm", "nothing", "must_text_start"]


class SignedUp(Subscriber):
    """What came of a sign-up."""

    next: Next = Field(
        description="`asked_to_confirm`: they are sent a question, and subscribed when they say yes. `nothing`: they "
        "are subscribed or held already. `must_text_start`: refused; only their own START counts."
    )
    explanation: str = Field(description="The same as a sentence.", examples=["They are asked to confirm."])


class Proof(BaseModel):
    """One piece of evidence."""

    model_config = ConfigDict(from_attributes=True)

    at: datetime = Field(description="When it happened (UTC).")
    signal: str = Field(description="What it meant.", examples=["stop"])
    channel: str = Field(description="How it reached us.", examples=["sms"])
    actor: str = Field(description="Who brought it about, and where.", examples=["person"])
    words: str = Field(description="What they or we texted, or a form said.", examples=["EINDE"])
    wording: str = Field(description="The version of a form's wording.", examples=[""])
    stated: str = Field(description="What else a form recorded.", examples=[""])
    before: str = Field(description="The state before.", examples=["subscribed"])
    after: str = Field(description="The state after.", examples=["opted_out"])
    rule: str = Field(description="The rule that read the message.", examples=["keyword"])
    reply: str = Field(description="The kind of reply that it was answered with.", examples=["goodbye"])
    message: str = Field(description="The provider's id of the message.", examples=["SM" + "0" * 32])
    note: str = Field(description="A remark of ours.", examples=[""])


class History(BaseModel):
    """A piece of somebody's evidence, oldest first."""

    evidence: list[Proof]
    total: int
    next: int | None = Field(description="`after` of the next piece; null at the end.", examples=[50])


class CampaignLine(BaseModel):
    """One campaign."""

    model_config = ConfigDict(from_attributes=True)

    id: str = Field(description="What stands for it in addresses.", examples=["spring26"])
    name: str = Field(description="What its makers call it.", examples=["Spring"])
    status: str = Field(description="How far it is.", examples=["running"])
    created: datetime = Field(description="When it was made.")
    scheduled_at: datetime | None = Field(description="When it is to begin.")
    started_at: datetime | None = Field(description="When it began.")
    finished_at: datetime | None = Field(description="When everybody had an outcome.")


class Campaigns(BaseModel):
    """All campaigns, the newest first."""

    campaigns: list[CampaignLine]


class CampaignProgress(CampaignLine):
    """How far one campaign is."""

    waiting: int = Field(description="Recipients without an outcome yet.")
    counts: dict[str, int] = Field(
        description="Recipients by outcome and by reason.", examples=[{"sent": 812, "skipped:opted_out": 9}]
    )
    waits: str = Field(description="Why it does not go on at the moment, or empty.", examples=[""])


class Stats(BaseModel):
    """How things stand."""

    subscribed: int = Field(description="Who may be texted.", examples=[1204])
    held: int = Field(description="People who wait for a decision of staff.")
    replies: dict[str, int] = Field(
        description="Replies by what became of them, since the beginning.",
        examples=[{"sent": 1890, "failed": 3}],
    )
    campaigns: dict[str, int] = Field(description="Campaigns by status.", examples=[{"finished": 4}])


def plain(model: BaseModel) -> dict[str, Any]:
    """The model as JSON says it."""
    return model.model_dump(mode="json")
