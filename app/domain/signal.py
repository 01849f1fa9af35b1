"""Everything that can happen to a consent: what a person said, what the provider reports, what staff and systems do."""

from enum import StrEnum


class Signal(StrEnum):
    """What a message or an action means."""

    STOP = "stop"
    START = "start"
    CONFIRM = "confirm"
    HELP = "help"
    UNCLEAR = "unclear"
    OTHER = "other"
    PROVIDER_STOP = "provider_stop"
    NUMBER_GONE = "number_gone"
    WEB_OPT_IN = "web_opt_in"
    IMPORT = "import"
    STAFF_OPT_OUT = "staff_opt_out"
    STAFF_CLEARS_HOLD = "staff_clears_hold"
    EXPIRE = "expire"
