"""What the sandbox is told when it starts, and what can be changed while it runs."""

import threading
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Any


class OptOut(StrEnum):
    """Whether Twilio's own opt-out handling is on: its default words, or Advanced Opt-Out."""

    OFF = "off"
    DEFAULT = "default"
    ADVANCED = "advanced"


@dataclass(frozen=True, slots=True)
class Account:
    """Whose sandbox it is. `senders`: the numbers that may send, the first of them for who names none."""

    sid: str
    token: str
    senders: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Settings:
    """`mps`: segments a second for each sender, 0 for no limit; `*_ms`: how long a status lasts."""

    webhook_url: str
    optout: OptOut = OptOut.OFF
    mps: float = 0
    queued_ms: int = 20
    sending_ms: int = 20
    sent_ms: int = 60


class Switchboard:
    """The settings in force; every change is a new value, so that a reader never sees half of one."""

    def __init__(self, initial: Settings) -> None:
        self._initial = self._current = initial
        self._lock = threading.Lock()

    @property
    def now(self) -> Settings:
        """The settings at this moment."""
        return self._current

    def change(self, given: dict[str, Any]) -> Settings:
        """Change the settings named; raises ValueError with a sentence and changes nothing otherwise."""
        checked: dict[str, Any] = {name: _checked(name, value) for name, value in given.items()}
        with self._lock:
            self._current = replace(self._current, **checked)
            return self._current

    def reset(self) -> None:
        """Back to what the sandbox was started with."""
        with self._lock:
            self._current = self._initial


def _checked(name: str, value: object) -> object:
    known = [each.name for each in fields(Settings)]
    if name not in known:
        raise ValueError(f"there is no setting {name!r}; there are {', '.join(known)}")
    match name:
        case "webhook_url":
            if isinstance(value, str):
                return value
            raise ValueError("webhook_url is an address, or empty to post nowhere")
        case "optout":
            if value in list(OptOut):
                return OptOut(str(value))
            raise ValueError(f"optout is one of {', '.join(OptOut)}")
        case _:
            if isinstance(value, int | float) and not isinstance(value, bool) and value >= 0:
                return value
            raise ValueError(f"{name} is a number that is not negative")
