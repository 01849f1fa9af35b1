"""The process that commands are forked from, a script that takes its orders at the socket it is given.

A command is a process as any other: of its own are its environment, directory, streams, session and exit code, and
it ends as an interpreter does.
"""

import gc
import json
import os
import socket
import sys
import time
from typing import Final

from app.cli.lazy import load
from app.cli.main import COMMANDS, main
from app.machine.tether import die_with_parent
from app.program_file import example_program, read_program

STREAMS: Final = 3


def take_orders(orders: socket.socket) -> None:
    """Fork a command for each order until nobody can give one; returns in the process of a command."""
    server = os.getpid()
    with orders, orders.makefile("rw") as lines:
        while True:
            order, streams, _, _ = socket.recv_fds(orders, 1, STREAMS)
            if not order:
                sys.exit()
            told = json.loads(lines.readline())
            pid = os.fork()
            if not pid:
                die_with_parent(server)
                become(streams, *told)
                return
            for stream in streams:
                os.close(stream)
            print(pid, file=lines, flush=True)
            _, status = os.waitpid(pid, 0)
            print(os.waitstatus_to_exitcode(status), file=lines, flush=True)


def become(streams: list[int], arguments: list[str], directory: str, environment: dict[str, str]) -> None:
    """What was ordered, as if it had been started so."""
    os.setsid()
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    sys.stdin, sys.stdout = open(0), open(1, "w")  # noqa: SIM115 - they stay
    sys.stderr = open(2, "w", buffering=1, errors="backslashreplace")  # noqa: SIM115
    os.chdir(directory)
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    sys.argv = ["stopwoord", *arguments]


if __name__ == "__main__":
    for command in COMMANDS.values():
        load(command.target)
    read_program(example_program())
    gc.freeze()
    take_orders(socket.socket(fileno=int(sys.argv[1])))
    main()
