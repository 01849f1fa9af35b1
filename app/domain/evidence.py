"""What happened, and the proof that is kept of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.domain.remarks import READ_BACK, together
from app.domain.replies import Language, Reply
from app.domain.sentence import Sentence
from app.domain.signal import Signal


class Channel(StrEnum):
    """The way by which something reached us."""

    SMS = "sms"
    WHATSAPP = "whatsapp"
    RCS = "rcs"
    WEB = "web"
    API = "api"
    IMPORT = "import"
    STAFF = "staff"
    PROVIDER = "provider"
    CLOCK = "clock"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One entry of a number's append-only history (UTC, to the millisecond).

    `words`: the body as texted, by them or by us; the form's wording; or the reason that staff gave. `wording`: the
    version of the form's wording. `message`: the provider's id of the message. `before` and `after` are states by
    name. `stated`: what else a form recorded: when, from which address, on which page, of which age. `row`: the name
    of the message of ours that this is about.
    """

    at: datetime
    signal: str
    channel: Channel
    actor: str
    words: str
    before: str
    after: str
    wording: str = ""
    message: str = ""
    rule: str = ""
    reply: str = ""
    note: str = ""
    stated: str = ""
    row: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """A signal with its circumstances, as `decide` needs them and as the proof will show them.

    `at` is when it happened (UTC). `read_back`: it was learnt afterwards from the provider's list, so that
    something newer may have decided already; `learnt` says when. `provider_answered`: the provider has replied to
    it by itself. `to`: the number of ours that it was sent to, from which it is answered; "" for the program's.
    """

    signal: Signal
    at: datetime
    channel: Channel
    actor: str
    words: str = ""
    wording: str = ""
    message: str = ""
    rule: str = ""
    language: Language | None = None
    provider_answered: bool = False
    read_back: bool = False
    learnt: datetime | None = None
    stated: str = ""
    to: str = ""

    @property
    def mark(self) -> str:
        """The name under which this takes effect once; "" where it may happen again and again.

        A message of ours may be reported as blocked and as gone, so what the provider says is marked by both.
        """
        return f"{self.message}/{self.signal}" if self.channel is Channel.PROVIDER else self.message

    def became(self, before: str, after: str, *, reply: Reply | None, note: Sentence | None) -> Evidence:
        """The proof of this event, given what came of it."""
        late = READ_BACK.with_(at=f"{self.learnt:%Y-%m-%d %H:%M:%S}") if self.learnt else None
        return Evidence(
            at=self.at,
            signal=self.signal,
            channel=self.channel,
            actor=self.actor,
            words=self.words,
            wording=self.wording,
            message=self.message,
            rule=self.rule,
            before=before,
            after=after,
            reply=reply or "",
            note=together(late, note),
            stated=self.stated,
        )
