"""What a preview adds up, many people who are alike at a time, so that nothing grows with the audience."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice

from app.domain.campaign import Campaign
from app.domain.consent import State
from app.domain.funnel import EMPTY, Candidate, Funnel, Loss, funnel_of, loss_of
from app.domain.lacking import Lack
from app.domain.number import Number
from app.domain.pace import Wave
from app.domain.partition import PLACES
from app.domain.quiet_hours import Allowed, WaitUntil
from app.domain.replies import Language
from app.domain.segments import Encoding
from app.domain.templates import Hole
from app.services.next_bite import measured
from app.services.outlooks import Outlook, Seen


@dataclass(slots=True)
class Sums:
    """The sums of one campaign. `sample`: of so many who get it the texts are remembered."""

    campaign: Campaign
    begins: datetime
    default_language: Language
    sample: int
    funnel: Funnel = EMPTY
    by_country: Counter[str] = field(default_factory=Counter)
    segments: Counter[int] = field(default_factory=Counter)
    encodings: Counter[Encoding] = field(default_factory=Counter)
    waves: defaultdict[datetime, Wave] = field(default_factory=lambda: defaultdict(Wave))
    waits: Counter[datetime] = field(default_factory=Counter)
    samples: list[Seen] = field(default_factory=list)
    unreadable: list[Number] = field(default_factory=list)
    _lacking: Counter[tuple[Language, Hole]] = field(default_factory=Counter)

    @property
    def lacks(self) -> list[Lack]:
        """What people have no value for, in the order of the text."""
        return [Lack(language, hole, people) for (language, hole), people in sorted(self._lacking.items())]

    def add(self, page: Sequence[Seen]) -> None:
        """Count these people as well."""
        counted = [
            (outlook, outlook.of_one(capped=capped), people)
            for (outlook, capped), people in Counter(seen[1:] for seen in page).items()
        ]
        self.funnel += funnel_of((candidate, people) for _, candidate, people in counted)
        losses = set()
        for outlook, candidate, people in counted:
            loss = loss_of(candidate)
            losses.add(loss)
            if loss is None:
                self._reach(outlook, people)
            elif loss is Loss.VALUE_MISSING:
                self._lack(outlook, people)
        self._remember(page, losses)

    def add_erased(self, people: int) -> None:
        """Count people of whom nothing is left but that they were erased."""
        erased = Candidate(State.UNKNOWN, Allowed(self.begins), erased=True)
        self.funnel += funnel_of([(erased, people)])

    def _reach(self, outlook: Outlook, people: int) -> None:
        found, window = measured(outlook.words.text), outlook.candidate.window
        when = window.when if isinstance(window, WaitUntil) else self.begins
        segments = found.segments * people
        self.by_country[outlook.country] += segments
        self.segments[found.segments] += people
        self.encodings[found.encoding] += people
        self.waves[when].people += people
        self.waves[when].segments += segments
        if when > self.begins:
            self.waits[when] += people

    def _lack(self, outlook: Outlook, people: int) -> None:
        spoken, _ = self.campaign.text_in(outlook.language, self.default_language)
        for hole in outlook.words.lacks:
            self._lacking[spoken, hole] += people

    def _remember(self, page: Sequence[Seen], losses: set[Loss | None]) -> None:
        """The first few of those who get it, and of those who cannot be read, if there are any in the page."""
        if None in losses and (room := self.sample - len(self.samples)):
            self.samples += islice((seen for seen in page if seen.loss is None), room)
        if Loss.UNREADABLE in losses and (room := PLACES - len(self.unreadable)):
            them = (seen.number for seen in page if seen.loss is Loss.UNREADABLE)
            self.unreadable += islice(them, room)
