"""Twilio's error codes, by what they mean for us. Codes and meanings: Twilio's error dictionary."""

from typing import Final

# The person has stopped us at Twilio.
BLOCKED: Final = frozenset({21610})
# No handset is reached any more: unknown destination, or unreachable for good.
GONE: Final = frozenset({30005, 30006})
# Nothing is wrong with the message; our account, sender or registration is. Somebody has to mend it, and
# until then the message can wait.
CONFIGURATION: Final = frozenset(
    {20003, 20005, 21212, 21408, 21603, 21606, 21611, 21612, 21703, 30018, 30024, 30032, 30034, 63038}
)
CONFIGURATION_PAUSE_SECONDS: Final = 60.0
TOO_MANY_REQUESTS_PAUSE_SECONDS: Final = 1.0
