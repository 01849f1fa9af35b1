"""What people can expect of a campaign: whether, when and with which words, worked out once for many who are alike."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Final, NamedTuple

from app.domain.campaign import Campaign, Cap
from app.domain.cap_times import free_from
from app.domain.consent import Record
from app.domain.errors import BadInput
from app.domain.funnel import Candidate, Loss, loss_of
from app.domain.number import Number
from app.domain.price import country_of
from app.domain.profile import Profile, profile_with, text_values
from app.domain.quiet_hours import Allowed, NeverOpen, WaitUntil, Whereabouts, number_beginning
from app.domain.replies import Language
from app.domain.templates import Hole, ValueMissing
from app.services.campaign_hours import whereabouts
from app.services.reach_ports import Alike
from app.services.text_ports import MaySend, Render, Window

UNREADABLE: Final = "what is kept of them cannot be read"
# So much of each is remembered, however many kinds of people there are.
KEPT: Final = 1 << 14


@dataclass(frozen=True, slots=True)
class Words:
    """What somebody would read. `text` "": there is none, `why` says so; `lacks`: for want of these."""

    text: str = ""
    why: str = ""
    lacks: tuple[Hole, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Outlook:
    """What people who are alike can expect, as far as their last texts do not decide.

    `caps`: how often each of them may be texted.
    """

    candidate: Candidate
    language: Language
    words: Words
    country: str
    caps: Sequence[Cap]
    begins: datetime

    def capped_after(self, sent: Sequence[datetime]) -> bool:
        """Whether somebody has had enough for now who got texts at these moments."""
        free = free_from(sent, self.caps) if sent else None
        return free is not None and free > self.begins

    def of_one(self, *, capped: bool) -> Candidate:
        """All that decides about one of them."""
        return replace(self.candidate, capped=True) if capped else self.candidate


class Seen(NamedTuple):
    """One person as the campaign finds them. `capped`: they had enough texts for now."""

    number: Number
    outlook: Outlook
    capped: bool = False

    @property
    def candidate(self) -> Candidate:
        """All that decides about them."""
        return self.outlook.of_one(capped=self.capped)

    @property
    def loss(self) -> Loss | None:
        """Why they get no text; None when they get one, now or later."""
        return loss_of(self.candidate)

    @property
    def language(self) -> Language:
        return self.outlook.language

    @property
    def text(self) -> str:
        """What they would read; "" where there is no text for them, and `why` says so."""
        return self.outlook.words.text

    @property
    def why(self) -> str:
        return self.outlook.words.why


class Outlooks:
    """Those of one campaign that begins at that moment. `caps`: the program's."""

    def __init__(  # noqa: PLR0913 - the parts, each once
        self,
        campaign: Campaign,
        begins: datetime,
        *,
        window: Window,
        render: Render,
        caps: Sequence[Cap],
        default_language: Language,
    ) -> None:
        self._campaign, self._begins = campaign, begins
        self._window, self._render, self._default = window, render, default_language
        self._caps = tuple(caps if campaign.caps is None else campaign.caps)
        self._fields = tuple(sorted(render.fields(campaign)))
        self.of = lru_cache(KEPT)(self._outlook)
        self._hours = lru_cache(KEPT)(self._hours_at)
        self._words = lru_cache(KEPT)(self._words_for)

    def _outlook(self, beginning: str, alike: Alike, link: Number | None = None) -> Outlook:
        """That of everybody who is alike and whose number begins so. `link`: whose link the text has, or nobody's."""
        record, profile = alike.record or Record(), alike.profile or Profile()
        hours = self._hours(beginning, whereabouts(profile).coarse)
        language, words = record.language or self._default, Words(why=UNREADABLE)
        if alike.profile is not None:
            known = text_values(profile)
            words = self._words(language, tuple(known.get(name, "") for name in self._fields), link)
        return Outlook(
            Candidate(
                state=record.state,
                unreadable=alike.record is None or alike.profile is None,
                gone=record.gone,
                window=Allowed(self._begins) if isinstance(hours, MaySend) else hours,
                value_missing=bool(words.lacks),
                no_text=not words.text,
                too_late=self._is_too_late(hours),
            ),
            language,
            words,
            country_of(number_beginning(beginning)),
            (*self._caps, *hours.caps) if isinstance(hours, MaySend) else self._caps,
            self._begins,
        )

    def _hours_at(self, beginning: str, where: Whereabouts) -> MaySend | WaitUntil | NeverOpen:
        person = Profile(zone=where.zone, postcode=where.postcode or "", state=where.state or "")
        return self._window(number_beginning(beginning), person, self._begins)

    def _words_for(self, language: Language, values: tuple[str, ...], link: Number | None) -> Words:
        person = profile_with(dict(zip(self._fields, values, strict=True)))
        try:
            return Words(self._render(self._campaign, language, person, link))
        except ValueMissing as missing:
            return Words(why=str(missing), lacks=missing.holes)
        except BadInput as refused:
            return Words(why=str(refused))

    def _is_too_late(self, hours: object) -> bool:
        """Whether somebody may be texted only once the campaign is over."""
        opens, ends = hours.when if isinstance(hours, WaitUntil) else self._begins, self._campaign.ends_at
        return ends is not None and opens >= ends
