"""What we remark in the evidence ourselves: a closed list, so that it can be read in any language later.

Evidence holds them in English, and is never edited: one that is changed here is added, and the old one stays.
"""

from typing import Final

from app.domain.sentence import Sentence, sentence

# What came of a message that was read back later.
READ_BACK: Final = sentence("read back at {at} UTC")
LATE: Final = sentence("late: a newer message had decided")
# Why nothing was answered.
PROVIDER_ANSWERED: Final = sentence("the provider answered")
ANSWERED_LATELY: Final = sentence("answered within 24 hours")
LOOP_GUARD: Final = sentence("loop guard")
# What became of a reply.
CONSENT_CHANGED: Final = sentence("the consent has changed since")
GIVEN_UP: Final = sentence("could not be handed over for 24 hours")
REFUSED: Final = sentence("refused with error {code}")
FOUND: Final = sentence("found in the provider's list")
NOT_SENT: Final = sentence("it was not sent")
REPORTED: Final = sentence("the provider reported its status")
# What stands in the place of a person's words where nobody said anything.
SENDING_FAILED: Final = sentence("error {code} when sending")
STATUS_FAILED: Final = sentence("status {status} with error {code}")
NO_ANSWER: Final = sentence("no answer in {days} days")
# What a form or a file stated.
AGREED_FROM: Final = sentence("agreed {when} from {address}; age: {age}")
AGREED_AGE: Final = sentence("agreed {when}; age: {age}")
AGREED: Final = sentence("agreed {when}")
PRESSED: Final = sentence("pressed {when} from {address}")
NO_ADDRESS: Final = sentence("an unknown address")
FILE_ROW: Final = sentence("{file}, row {row}")

REMARKS: Final[tuple[Sentence, ...]] = (
    *(READ_BACK, LATE, PROVIDER_ANSWERED, ANSWERED_LATELY, LOOP_GUARD),
    *(CONSENT_CHANGED, GIVEN_UP, REFUSED, FOUND, NOT_SENT, REPORTED),
    *(SENDING_FAILED, STATUS_FAILED, NO_ANSWER),
    # The longer one before what it begins with.
    *(AGREED_FROM, AGREED_AGE, AGREED, PRESSED, NO_ADDRESS, FILE_ROW),
)
BETWEEN: Final = "; "
"""What stands between two remarks on one entry."""


def together(*remarks: Sentence | str | None) -> str:
    """Those there are, as one remark on an entry."""
    return BETWEEN.join(str(each) for each in remarks if each)
