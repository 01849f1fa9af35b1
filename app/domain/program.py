"""The program: the brand, its sender, its words and its texts. One installation, one program."""

from dataclasses import dataclass

from app.domain.keywords import Lexicon
from app.domain.opt_out_line import OptOutLines
from app.domain.price import Rates
from app.domain.quiet_hours import QuietHours
from app.domain.replies import Language, Texts


@dataclass(frozen=True, slots=True)
class Program:
    """Everything of the program file, checked. `sender`: a number in E.164, a short code or a name."""

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
