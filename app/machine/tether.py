"""Processes that die with the one that started them, however that died. Only Linux can promise it.

Also a script, which ties itself and then becomes the command: unlike code between fork and exec this is
safe in a process with threads. It imports nothing of ours and costs a bare interpreter's start, about 15 ms.
"""

import ctypes
import os
import signal
import sys
from collections.abc import Sequence
from typing import Final

PR_SET_PDEATHSIG: Final = 1


def tethered(command: Sequence[str]) -> list[str]:
    """`command`, so that the kernel kills it when the thread that starts it ends."""
    return [sys.executable, "-I", "-S", __file__, str(os.getpid()), *command]


def die_with_parent(parent: int) -> None:
    """Let the kernel kill this process when `parent` dies; at once when it is gone already.

    It does not reach this process's own children: they have to ask for it themselves.
    """
    if sys.platform != "linux":
        return
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        raise SystemExit(1)


if __name__ == "__main__":
    die_with_parent(int(sys.argv[1]))
    try:
        os.execvp(sys.argv[2], sys.argv[2:])  # noqa: S606 - the command comes from our own code
    except OSError as error:
        raise SystemExit(f"{sys.argv[2]} cannot be run: {error.strerror}") from None
