"""The Lua scripts, loaded from their files; the server remembers them by their hash."""

from importlib import resources
from typing import Final

import redis
from redis.commands.core import Script

# A store that is full must still take opt-outs, and let go of what it owes.
WHEN_FULL: Final = "#!lua flags=allow-oom\n"
NEVER_WHEN_FULL: Final = "#!lua\n"


# Scripts that begin with what they share with others: scripts cannot call each other.
SHARED: Final = {"settle": "row", "report": "row"}


def script(client: redis.Redis, name: str, *, when_full: bool) -> Script:
    """The script in lua/`name`.lua; `when_full`: it may also write when the memory limit is reached."""
    return client.register_script((WHEN_FULL if when_full else NEVER_WHEN_FULL) + source(name))


def source(name: str) -> str:
    """The whole text of a script, with what it shares put before it."""
    shared = _text(SHARED[name]) if name in SHARED else ""
    return shared + _text(name)


def _text(name: str) -> str:
    return resources.files("app.store").joinpath("lua", f"{name}.lua").read_text(encoding="utf-8")
