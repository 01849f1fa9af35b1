"""What Twilio refuses before it accepts a message: missing fields, impossible and magic numbers."""

import re
from functools import lru_cache
from typing import Final

import phonenumbers

from app.sandbox.carrier import Draft
from app.sandbox.errors import Refused
from app.sandbox.exchange import Exchange

LONGEST_BODY: Final = 1600
CHANNEL: Final = re.compile(r"(whatsapp|rcs):")
E164: Final = re.compile(r"\+[1-9][0-9]{6,14}")
# Twilio's numbers for tests: what happens depends on the number alone.
MAGIC_FROM: Final = {"+15005550001": 21212, "+15005550007": 21606, "+15005550008": 21611}
MAGIC_FROM_GOOD: Final = "+15005550006"
MAGIC_TO: Final = {
    "+15005550001": 21211,
    "+15005550002": 21612,
    "+15005550003": 21408,
    "+15005550004": 21610,
    "+15005550009": 21614,
}


def check(draft: Draft, exchange: Exchange) -> None:
    """Raise Refused with the code that Twilio would give; return when it would accept the message."""
    if not draft.recipient:
        raise Refused(21604)
    if not draft.sender:
        raise Refused(21603)
    if not draft.body and not draft.media:
        raise Refused(21602)
    if len(draft.body) > LONGEST_BODY:
        raise Refused(21617)
    if code := MAGIC_FROM.get(draft.sender) or MAGIC_TO.get(draft.recipient):
        raise Refused(code)
    if draft.sender not in {*exchange.account.senders, MAGIC_FROM_GOOD}:
        raise Refused(21606)
    if draft.recipient == draft.sender:
        raise Refused(21266)
    if code := _reachable(CHANNEL.sub("", draft.recipient)):
        raise Refused(code)
    if exchange.store.is_blocked(draft.recipient, draft.sender):
        raise Refused(21610)


@lru_cache(maxsize=10_000)
def _reachable(number: str) -> int | None:
    """The code for a number that no text can reach, None for one that can be."""
    if not E164.fullmatch(number):
        return 21211
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return 21211
    if not phonenumbers.is_valid_number(parsed):
        return 21211
    fixed = phonenumbers.number_type(parsed) == phonenumbers.PhoneNumberType.FIXED_LINE
    return 21614 if fixed else None
