"""How long a text is on the air, as far as these tests need it: GSM 03.38's alphabet, and one segment."""

from typing import Final

BASIC: Final = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENDED: Final = frozenset("^{}\\[~]|€")
ONE_SEGMENT: Final = 160


def strangers(text: str) -> str:
    """The characters that would turn the whole text into UCS-2."""
    return "".join(sorted(set(text) - BASIC - EXTENDED))


def septets(text: str) -> int:
    return sum(2 if sign in EXTENDED else 1 for sign in text)
