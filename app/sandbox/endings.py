"""How an HTTP answer may end other than well; a view asks for it, the server does it to the socket."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from flask import Response, request

ENDING: Final = "sandbox.ending"


class Ending(StrEnum):
    """RESET: the connection is reset unanswered. HANG: it is held, then closed. CUT: half of it is sent."""

    RESET = "reset"
    HANG = "hang"
    CUT = "cut"


@dataclass(frozen=True, slots=True)
class Planned:
    """An ending, and for HANG how many seconds it takes."""

    ending: Ending
    seconds: float = 0


def end(ending: Ending, answer: Response | None = None, *, seconds: float = 0) -> Response:
    """Have the server end this call so; returns the answer that would have been given."""
    request.environ[ENDING] = Planned(ending, seconds)
    return answer or Response()
