"""A campaign as a TOML file, and the options that say the same on the command line."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from app.domain.campaign import Audience
from app.domain.errors import BadInput
from app.domain.profile import tag_of
from app.domain.program import Program
from app.domain.replies import Language
from app.services.campaign_plan import Plan
from app.toml_mistakes import read_toml

MOMENT = "a moment is written as 2026-12-01 10:00 (this machine's time) or 2026-12-01T10:00+01:00"

EXAMPLES = {
    "name": 'name = "Spring"',
    "texts": '[texts] and below it nl = "Lente!"',
    "tags": 'tags = ["vip"]',
    "languages": 'languages = ["nl"]',
    "since": "since = 2026-01-01",
    "ends_at": "ends_at = 2026-12-01T18:00:00+01:00",
    "senders": 'senders = ["+31612345678"]',
    "leave_out": 'leave_out = ["first_name"]',
}


# Strictly, or a number or a text with one in it would be so many seconds after 1970.
Moment = Annotated[datetime, Field(strict=True)] | Annotated[date, Field(strict=True)]


class CampaignFile(BaseModel):
    """The file's form; unknown names are refused."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    name: str | None = None
    texts: Annotated[dict[str, str], Field(min_length=1)] | None = None
    tags: list[str] | None = None
    languages: list[str] | None = None
    since: Moment | None = None
    ends_at: Moment | None = None
    senders: Annotated[list[str], Field(min_length=1)] | None = None
    leave_out: list[str] | None = None


def read_file(path: Path, program: Program) -> Plan:
    """The plan in the file. Raises BadInput with every mistake in one sentence."""
    file = read_toml(CampaignFile, path, str(path), EXAMPLES, BadInput)
    audience = None
    if file.tags is not None or file.languages is not None or file.since is not None:
        audience = audience_of(file.tags or (), file.languages or (), _moment(file.since), program)
    texts = {program.texts.spoken(language): text for language, text in (file.texts or {}).items()} or None
    return Plan(
        name=file.name,
        texts=texts,
        audience=audience,
        ends_at=_moment(file.ends_at),
        senders=tuple(dict.fromkeys(file.senders)) if file.senders else None,
        leaves_out=fields_of(file.leave_out or ()),
    )


def audience_of(
    tags: Iterable[str], languages: Iterable[str], since: datetime | None, program: Program
) -> Audience:
    """The audience as somebody typed it. Raises BadInput."""
    given = list(tags)
    if not all(tag.strip() for tag in given):
        raise BadInput("a tag cannot be empty")
    return Audience(
        frozenset(map(tag_of, given)),
        frozenset(program.texts.spoken(language) for language in languages),
        since,
    )


def fields_of(names: Iterable[str]) -> frozenset[str] | None:
    """Names of fields as somebody typed them; None when there are none."""
    return frozenset(name.strip().lower() for name in names) or None


def texts_of(given: Mapping[str, str | None], program: Program) -> dict[Language, str] | None:
    """The texts that were given, by language; "" stands for the program's own. None when there are none.

    Raises BadInput for two of the same language: one of them would be lost.
    """
    texts: dict[Language, str] = {}
    for name, text in given.items():
        if text is None:
            continue
        language = program.texts.spoken(name) if name else program.default_language
        if language in texts:
            raise BadInput(f"--text and --text-{language} are both the text in {language}: give one of them")
        texts[language] = text
    return texts or None


def moment_of(text: str | None) -> datetime | None:
    """A moment as somebody typed it; without a time zone it is this machine's. Raises BadInput."""
    if text is None:
        return None
    try:
        return _moment(datetime.fromisoformat(text))
    except ValueError:
        raise BadInput(f"{text!r} is no moment: {MOMENT}") from None


def _moment(written: datetime | date | None) -> datetime | None:
    if written is None:
        return None
    if not isinstance(written, datetime):
        written = datetime.combine(written, time())
    try:
        return written.astimezone(UTC)
    except (OverflowError, ValueError, OSError):
        raise BadInput(f"that is no moment that can be used: {MOMENT}") from None
