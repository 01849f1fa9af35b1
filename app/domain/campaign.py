"""A campaign: one marketing text to an audience, and what may be done with it in which status."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from app.domain.charged import Charged
from app.domain.errors import BadInput
from app.domain.expected import Expected
from app.domain.replies import Language
from app.domain.sentence import Sentence, sentence

# Short enough to type, random so that it says nothing, and without letters that are mistaken for others.
ID_LETTERS: Final = "abcdefghijkmnpqrstuvwxyz23456789"
ID_LENGTH: Final = 8
_ID: Final = re.compile(f"[{ID_LETTERS}]{{{ID_LENGTH}}}")
LONGEST_NAME: Final = 80
LONGEST_TEXT: Final = 1600


class CampaignStatus(StrEnum):
    """How far a campaign is. FREEZING: its audience is being written down, person by person."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"
    FREEZING = "freezing"
    RUNNING = "running"
    PAUSED = "paused"
    FINISHED = "finished"
    CANCELLED = "cancelled"


class Action(StrEnum):
    """What people do with a campaign, and what happens to it: FROZEN and FINISH are the gateway's own."""

    EDIT = "edit"
    SCHEDULE = "schedule"
    SEND = "send"
    FROZEN = "frozen"
    PAUSE = "pause"
    RESUME = "resume"
    FINISH = "finish"
    CANCEL = "cancel"


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an action is not possible, and what to do instead."""

    words: Sentence


_DRAFT: Final = CampaignStatus.DRAFT
_SCHEDULED: Final = CampaignStatus.SCHEDULED
_FREEZING: Final = CampaignStatus.FREEZING
_RUNNING: Final = CampaignStatus.RUNNING
_PAUSED: Final = CampaignStatus.PAUSED
_FINISHED: Final = CampaignStatus.FINISHED
_CANCELLED: Final = CampaignStatus.CANCELLED
_NOT_BEGUN: Final = Refusal(sentence("it has not begun; send it first"))
_BEGUN: Final = Refusal(
    sentence("it has begun, and everybody gets the same text; cancel it and make a new one")
)
_OVER: Final = Refusal(sentence("it is over; make a new one"))
_GOES_ON: Final = Refusal(sentence("it is on its way already"))
_STILL: Final = Refusal(sentence("it is paused; resume or cancel it"))
_INTERNAL: Final = Refusal(sentence("that is not how far it is"))
_Cell = CampaignStatus | Refusal

# Columns in the order of CampaignStatus: draft, scheduled, freezing, running, paused, finished, cancelled.
# Resuming goes through the freezing again, because it may have been interrupted; what is frozen stays so.
_ROWS: Final[Mapping[Action, tuple[_Cell, _Cell, _Cell, _Cell, _Cell, _Cell, _Cell]]] = {
    Action.EDIT: (_DRAFT, _SCHEDULED, _BEGUN, _BEGUN, _BEGUN, _OVER, _OVER),
    Action.SCHEDULE: (_SCHEDULED, _SCHEDULED, _GOES_ON, _GOES_ON, _STILL, _OVER, _OVER),
    Action.SEND: (_FREEZING, _FREEZING, _GOES_ON, _GOES_ON, _STILL, _OVER, _OVER),
    Action.FROZEN: (_INTERNAL, _INTERNAL, _RUNNING, _INTERNAL, _INTERNAL, _INTERNAL, _INTERNAL),
    Action.PAUSE: (
        _NOT_BEGUN,
        _DRAFT,
        _PAUSED,
        _PAUSED,
        Refusal(sentence("it is paused already")),
        _OVER,
        _OVER,
    ),
    Action.RESUME: (_NOT_BEGUN, _NOT_BEGUN, _GOES_ON, _GOES_ON, _FREEZING, _OVER, _OVER),
    Action.FINISH: (_INTERNAL, _INTERNAL, _INTERNAL, _FINISHED, _FINISHED, _INTERNAL, _INTERNAL),
    Action.CANCEL: (_CANCELLED, _CANCELLED, _CANCELLED, _CANCELLED, _CANCELLED, _OVER, _OVER),
}

TABLE: Final[Mapping[tuple[CampaignStatus, Action], _Cell]] = {
    (status, action): cell
    for action, row in _ROWS.items()
    for status, cell in zip(CampaignStatus, row, strict=True)
}


@dataclass(frozen=True, slots=True)
class Audience:
    """Who is to get it, of all who are subscribed: everybody with all of the tags, in any of the languages.

    Empty means any. `since`: only those who subscribed at that moment or later.
    """

    tags: frozenset[str] = frozenset()
    languages: frozenset[Language] = frozenset()
    since: datetime | None = None

    @property
    def asks_records(self) -> bool:
        """Whether the sets of the store cannot tell, so that each person's record has to be read."""
        return bool(self.languages) or self.since is not None

    def has(self, language: Language, since: datetime | None) -> bool:
        """Whether somebody with these particulars belongs to it (tags apart)."""
        if self.languages and language not in self.languages:
            return False
        return self.since is None or (since is not None and since >= self.since)


@dataclass(frozen=True, slots=True)
class Cap:
    """At most so many marketing texts to one person within any such time; a minimum gap is a cap of one."""

    most: int
    within: timedelta


@dataclass(frozen=True, slots=True)
class Tally:
    """What had come of a campaign at some moment: texts tried, those that did not arrive, opt-outs after them."""

    tried: int = 0
    lost: int = 0
    opted_out: int = 0


@dataclass(frozen=True, slots=True)
class Campaign:
    """One campaign. `reason`: why it is paused or cancelled, `halted_by`: by whom.

    `senders` and `caps` None: those of the program.
    `judged_from`: the tally when it was last set going; what was before does not pause it a second time.
    `expected`: what it was thought to come to when somebody set it going; None when nobody has worked it out.
    `leaves_out`: fields that the text needs, whose lack somebody decided to leave people out for.
    `charged`: what the provider said that it cost, when it was asked after the end.
    """

    id: str
    name: str
    texts: Mapping[Language, str]
    created: datetime
    created_by: str
    audience: Audience = field(default_factory=Audience)
    status: CampaignStatus = CampaignStatus.DRAFT
    version: int = 0
    scheduled_at: datetime | None = None
    started_at: datetime | None = None
    ends_at: datetime | None = None
    finished_at: datetime | None = None
    reason: str = ""
    halted_by: str = ""
    senders: tuple[str, ...] | None = None
    caps: tuple[Cap, ...] | None = None
    judged_from: Tally = Tally()
    expected: Expected | None = None
    leaves_out: frozenset[str] = frozenset()
    charged: Charged | None = None

    def __post_init__(self) -> None:
        campaign_id(self.id)
        if not self.name.strip() or len(self.name) > LONGEST_NAME or not self.name.isprintable():
            raise BadInput(f"a campaign's name has 1 to {LONGEST_NAME} characters that can be printed")
        if not self.texts or not all(text.strip() for text in self.texts.values()):
            raise BadInput("a campaign needs a text: --text, or --text-nl and --text-en, or --file")
        if any(len(text) > LONGEST_TEXT for text in self.texts.values()):
            raise BadInput(f"a text has at most {LONGEST_TEXT} characters")
        object.__setattr__(self, "texts", MappingProxyType(dict(self.texts)))

    def after(self, action: Action, **changes: object) -> "Campaign":
        """The campaign after the action. Raises BadInput with the reason when it is not possible now."""
        cell = TABLE[self.status, action]
        if isinstance(cell, Refusal):
            raise BadInput(f"campaign {self.id} is {self.status}: {cell.words}")
        return replace(self, status=cell, version=self.version + 1, **changes)  # type: ignore[arg-type]

    def left_alone(self, now: datetime) -> "Campaign":
        """The campaign once everybody has an outcome and nothing more can happen to it."""
        return replace(self, finished_at=now, version=self.version + 1)

    def text_in(self, language: Language, default: Language) -> tuple[Language, str]:
        """The text for somebody of that language, and the language that it is in."""
        for wanted in (language, default):
            if wanted in self.texts:
                return wanted, self.texts[wanted]
        return next(iter(self.texts.items()))


def campaign_id(text: str) -> str:
    """Raises BadInput for what no campaign's id can be."""
    if not _ID.fullmatch(text):
        raise BadInput(
            f"a campaign is named by its id of {ID_LENGTH} letters and digits; `stopwoord campaign list` has it"
        )
    return text


@dataclass(frozen=True, slots=True)
class CampaignRef:
    """An opaque name for one recipient's row, fit for a URL: the campaign and a random token, never the number."""

    text: str

    def __post_init__(self) -> None:
        if not CAMPAIGN_REF.fullmatch(self.text):
            raise BadInput("that is not a reference to a message of a campaign")

    @property
    def campaign(self) -> str:
        return self.text.split("-")[1]


CAMPAIGN_REF: Final = re.compile(rf"c-{_ID.pattern}-[0-9a-f]{{16}}")


def campaign_ref(campaign: str, token: str) -> CampaignRef:
    return CampaignRef(f"c-{campaign}-{token}")
