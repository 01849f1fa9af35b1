"""What the API answers, as its description shows it. Refusals have a form of their own."""

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field


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
        description="Recipients by outcome, by reason and by the provider's error code, and segments by country.",
        examples=[{"sent": 812, "skipped:opted_out": 9, "code:30003": 4, "segments:NL": 812}],
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
