"""Where every error of a command ends: one sentence for the person, one exit code for the script."""

import errno
import os
import select
import sys
import traceback
from collections.abc import Callable, Mapping
from typing import Final

import click

from app.domain.errors import (
    BadInput,
    Misconfigured,
    ProviderUnavailable,
    StopwoordError,
    StoreAway,
    StoreUnavailable,
)

OK: Final = 0
FAILED: Final = 1
BAD_INPUT: Final = 2
UNREACHABLE: Final = 3
MISCONFIGURED: Final = 4
UNEXPECTED: Final = 70  # EX_SOFTWARE of sysexits.h
INTERRUPTED: Final = 130

EXIT_CODES: Final[Mapping[int, str]] = {
    OK: "done",
    FAILED: "failed, refused or not ready",
    BAD_INPUT: "bad input or usage",
    UNREACHABLE: "the store or the provider cannot be reached: try again",
    MISCONFIGURED: "misconfigured: change a setting",
    UNEXPECTED: "an error in Stopwoord itself",
    INTERRUPTED: "interrupted",
}

NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT})

# The first class that fits decides.
_CODES: Final[tuple[tuple[type[StopwoordError], int], ...]] = (
    (BadInput, BAD_INPUT),
    (StoreUnavailable, UNREACHABLE),
    (ProviderUnavailable, UNREACHABLE),
    (Misconfigured, MISCONFIGURED),
    (StopwoordError, FAILED),
)


def guarded(run: Callable[[], object]) -> int:
    """Run a command line; the number that it returns, or one of EXIT_CODES, is its exit code."""
    try:
        result = run()
        sys.stdout.flush()
    except StopwoordError as error:
        # Whoever types a command may be able to do something about it; a webhook's answer and the log go without.
        way_out = "; start it, or correct STOPWOORD_REDIS_URL" if isinstance(error, StoreAway) else ""
        _tell(str(error) + way_out)
        return next(code for kind, code in _CODES if isinstance(error, kind))
    except (click.Abort, KeyboardInterrupt):
        _tell("interrupted")
        return INTERRUPTED
    except BrokenPipeError:
        return _broken_off()
    except Exception as error:  # noqa: BLE001 - the last line of defence: nobody is shown a traceback unasked
        return _unexpected(error)
    return result if isinstance(result, int) else OK


def _broken_off() -> int:
    """Whoever read our output has seen enough, as `head` does; a pipe to anybody else may not just end."""
    output = sys.stdout.fileno()
    looked = select.poll()
    looked.register(output, 0)
    left = any(event & select.POLLERR for _, event in looked.poll(0))
    # The interpreter must not fail on the rest when it ends.
    os.dup2(os.open(os.devnull, os.O_WRONLY), output)
    return OK if left else FAILED


def _no_room() -> int:
    """Said once: the interpreter must not fail on the rest when it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    _tell("there is no room left on the disk: not everything could be written")
    return FAILED


def _unexpected(error: Exception) -> int:
    if isinstance(error, OSError) and error.errno in NO_ROOM:
        return _no_room()
    # The message of a foreign error may hold a number or a text: only its kind is told.
    kind = type(error).__name__
    if os.environ.get("STOPWOORD_LOG_LEVEL", "").upper() == "DEBUG":
        traceback.print_exception(error)
        _tell(f"unexpected error ({kind}); this is a fault in Stopwoord, the details are above")
    else:
        _tell(
            f"unexpected error ({kind}); this is a fault in Stopwoord. "
            "For the details run it again with STOPWOORD_LOG_LEVEL=DEBUG"
        )
    return UNEXPECTED


def _tell(sentence: str) -> None:
    print(f"stopwoord: {sentence}", file=sys.stderr)  # noqa: T201 - plain: the sentence may hold anything
