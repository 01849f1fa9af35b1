"""What an erased person's objection does: it holds against everybody but themselves."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from app.domain.signal import Signal


class Objection(StrEnum):
    """What an objection that was left behind does to a signal, or the signal to it."""

    REFUSES = "refuse"
    IS_LIFTED = "lift"


# Whoever hands somebody in is refused; whoever texts START has changed their own mind.
OBJECTIONS: Final[Mapping[str, Objection]] = {
    Signal.START: Objection.IS_LIFTED,
    Signal.IMPORT: Objection.REFUSES,
    Signal.WEB_OPT_IN: Objection.REFUSES,
}
