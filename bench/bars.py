"""How a line about a bar ends."""


def verdict(*, met: bool) -> str:
    """The last word of the line."""
    return "met" if met else "MISSED"
