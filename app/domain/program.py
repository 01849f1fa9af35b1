"""The program: the brand, its sender, its words and its texts. One installation, one program."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.domain.keywords import Lexicon
from app.domain.opt_out_line import OptOutLines
from app.domain.price import Rates
from app.domain.quiet_hours import QuietHours
from app.domain.replies import Language, Texts
from app.domain.senders import Senders
from app.domain.sign_up import SignUpForm


@dataclass(frozen=True, slots=True)
class Program:
    """Everything of the program file, checked. `sender`: a number in E.164, a short code or a name.

    `campaign_senders`: what campaigns go out from instead, each with its segments a second; empty for `sender` alone.
    `sign_up` None: there is no page on which people sign up.
    """

    brand: str
    contact: str
    sender: str
    default_language: Language
    default_region: str
    lexicon: Lexicon
    texts: Texts
    opt_out: OptOutLines
    quiet_hours: QuietHours
    rates: Rates
    campaign_senders: Mapping[str, float] = field(default_factory=dict)
    sign_up: SignUpForm | None = None

    @property
    def own_senders(self) -> tuple[str, ...]:
        """Every address that texts come from and that people can text."""
        return tuple(dict.fromkeys((self.sender, *self.campaign_senders)))

    def senders(self, segments_per_second: float) -> Senders:
        """The senders of campaigns; where the file names none, `sender` at that rate."""
        return Senders(self.campaign_senders or {self.sender: segments_per_second}, segments_per_second)
