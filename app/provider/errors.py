"""Twilio's error codes, by what they mean for us. Codes and meanings: Twilio's error dictionary."""

from collections.abc import Mapping
from typing import Final

from app.domain.sentence import Sentence, sentence

# The person has stopped us at Twilio.
BLOCKED: Final = frozenset({21610})
# No handset is reached any more: unknown destination, or unreachable for good.
GONE: Final = frozenset({30005, 30006})
# Nothing is wrong with the message; our account, sender or registration is. Somebody has to mend it, and
# until then the message can wait. Each with what to do.
REMEDIES: Final[Mapping[int, Sentence]] = {
    20003: sentence(
        "the account's id or token is refused: check STOPWOORD_TWILIO_ACCOUNT_SID and its auth token"
    ),
    20005: sentence(
        "the account is not active: see to it in the Twilio console (unpaid, suspended or closed)"
    ),
    21212: sentence("the sender is no number that can send: correct `sender` in the program file"),
    21408: sentence("texts to that country are not allowed: allow it under Messaging, Geo permissions"),
    21603: sentence("a sender is missing: set `sender` in the program file"),
    21606: sentence(
        "the sender is not one of the account's numbers: correct `sender` in the program file, or buy it"
    ),
    21611: sentence("the sender's queue at Twilio is full: lower STOPWOORD_SEGMENTS_PER_SECOND"),
    21612: sentence("the sender cannot reach that country: use a sender of that country"),
    21703: sentence("the Messaging Service has no sender: add one to it"),
    30018: sentence("the sender is not registered in that country: register it under Regulatory compliance"),
    30024: sentence("the sender is not registered: register it under Trust Hub"),
    30032: sentence("the toll-free number is not verified: complete its verification"),
    30034: sentence(
        "the number is in no A2P 10DLC campaign: register it under Messaging, Regulatory compliance"
    ),
    63038: sentence("the account has reached its limit of messages a day: ask Twilio for a higher one"),
}
REFUSED: Final = sentence("the account is refused with HTTP {status}: see the Twilio console")
WITH_CODE: Final = sentence("{what} (error {code})")
BROKEN: Final[tuple[Sentence, ...]] = (*REMEDIES.values(), REFUSED, WITH_CODE)
"""Everything that `remedy` may say."""
# What the codes of single messages mean, for whoever reads a report.
MEANINGS: Final[Mapping[int, Sentence]] = {
    20429: sentence("too many requests"),
    21211: sentence("no such number"),
    21610: sentence("they have stopped us at Twilio"),
    21614: sentence("not a mobile number"),
    30001: sentence("the sender's queue was full for too long"),
    30003: sentence("the handset is off or out of reach"),
    30004: sentence("blocked by the carrier or by the person"),
    30005: sentence("no handset has this number"),
    30006: sentence("a landline, or a carrier that is not reached"),
    30007: sentence("filtered by the carrier as unwanted"),
    30008: sentence("the carrier did not say why"),
    30017: sentence("the carrier is overloaded"),
    30022: sentence("over the carrier's limit"),
    30023: sentence("over the daily limit of the brand"),
    30027: sentence("over the daily limit of the carrier"),
    30036: sentence("its validity ended before it could be sent"),
}
NOT_KNOWN: Final = sentence("see the provider's list of error codes")
CONFIGURATION: Final = frozenset(REMEDIES)
CONFIGURATION_PAUSE_SECONDS: Final = 60.0
TOO_MANY_REQUESTS_PAUSE_SECONDS: Final = 1.0


def remedy(status: int, code: int) -> str:
    """What is wrong with our account and what to do, in words."""
    known = REMEDIES.get(code, REFUSED.with_(status=status))
    return str(WITH_CODE.with_(what=known, code=code) if code else known)


def meaning(code: int) -> Sentence:
    """What an error code says: of our account what to do, of a single message what became of it."""
    return REMEDIES.get(code) or MEANINGS.get(code) or NOT_KNOWN
