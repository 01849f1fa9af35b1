"""The web server around the WSGI application: granian, with the choices that suit two cores and a store on disk."""

import gc
import importlib
import multiprocessing
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from granian.constants import HTTPModes, Interfaces, RuntimeModes
from granian.log import LogLevels
from granian.server.mp import MPServer

from app.domain.errors import Misconfigured
from app.logs import configure
from app.machine.errors import LaunchFailed
from app.machine.ports import taken
from app.machine.tether import die_with_parent
from app.settings import Settings

# Two processes use two cores in spite of the interpreter's lock; hosts that know better set WEB_CONCURRENCY.
PROCESSES: Final = 2
# A request waits for the store's fdatasync most of its time, and for nothing slower: the provider is called by
# workers. What waits together is written to disk at once, so more threads than cores are busy pay, the more the
# slower the disk is. Granian's own default would be 256 a process.
THREADS: Final = 12
# Connections that wait while all threads are busy. A webhook that waits over 15 s is given up by the provider.
BACKLOG: Final = 1024
OBJECTS_BEFORE_COLLECTING: Final = 50_000
# Below the 10 s after which most hosts lose patience with a process that was asked to stop.
GRACE_SECONDS: Final = 8
CONCURRENCY: Final = "WEB_CONCURRENCY"
MOST_PROCESSES: Final = 256
METRICS: Final = "PROMETHEUS_MULTIPROC_DIR"
# Granian's own lines go where all others go, in the same form.
LOGGING: Final = {"handlers": {}, "loggers": {"_granian": {"propagate": True}}}


def serve(target: str, settings: Settings) -> None:
    """Serve `target` ("module:attribute") until SIGTERM or SIGINT; requests in flight are finished."""
    processes = _processes()
    _check_address(settings)
    configure(settings.log_level)
    _clear_metrics()
    _Server(
        target,
        address=settings.host,
        port=settings.port,
        interface=Interfaces.WSGI,
        workers=processes,
        blocking_threads=THREADS,
        # One I/O thread a process: it only moves bytes, and the cores are for the application.
        runtime_mode=RuntimeModes.st,
        # HTTP/2 ends at the proxy in front of us, and nothing here speaks WebSocket.
        http=HTTPModes.http1,
        websockets=False,
        backlog=BACKLOG,
        respawn_failed_workers=True,
        respawn_interval=0.5,
        workers_kill_timeout=GRACE_SECONDS,
        log_dictconfig=LOGGING,
        log_level=LogLevels(settings.log_level.lower()),
        # Its lines would hold the address of the caller and the whole URL.
        log_access=False,
    ).serve(target_loader=_Loader(os.getpid()))


def _processes() -> int:
    """How many server processes there shall be. Raises Misconfigured."""
    wanted = os.environ.get(CONCURRENCY) or str(PROCESSES)
    if not (wanted.isascii() and wanted.isdigit() and len(wanted) <= 3 and 0 < int(wanted) <= MOST_PROCESSES):
        raise Misconfigured(f"{CONCURRENCY} has to be a number of processes from 1 to {MOST_PROCESSES}")
    return int(wanted)


def _check_address(settings: Settings) -> None:
    try:
        in_use = taken(settings.port, settings.host)
    except OSError as error:
        raise Misconfigured(
            f"STOPWOORD_HOST is not an address of this machine ({error.strerror}); "
            "127.0.0.1 is for a proxy beside it, 0.0.0.0 for everybody"
        ) from None
    if in_use:
        raise LaunchFailed(
            f"port {settings.port} of {settings.host}, wanted for the web server, is taken; "
            "set STOPWOORD_PORT to another one"
        )


class _Server(MPServer):
    def signal_handler_interrupt(self, *arguments: Any, **named: Any) -> None:  # noqa: ANN401 - granian's
        # Until granian sets its own handlers a forked process has this one, and it would swallow the signal.
        if multiprocessing.parent_process():
            os._exit(0)
        super().signal_handler_interrupt(*arguments, **named)  # type: ignore[no-untyped-call]

    def _spawn_worker(self, idx: int, target: Any, callback_loader: Any) -> Any:  # type: ignore[override]  # noqa: ANN401 - the same
        def load() -> Any:  # noqa: ANN401
            _keep_to_a_core(idx, self.workers)
            return callback_loader()

        return super()._spawn_worker(idx, target, load)


def _keep_to_a_core(place: int, processes: int) -> None:
    """Give a server process a core of its own where there is just one for each.

    Its threads share one interpreter and so take turns anyway; on a core that they change their caches are cold.
    """
    if not hasattr(os, "sched_getaffinity"):
        return
    cores = sorted(os.sched_getaffinity(0))
    if len(cores) == processes:
        os.sched_setaffinity(0, {cores[place]})


class _Loader:
    """Loads the application inside a server process, which must not outlive the one that started it."""

    def __init__(self, parent: int) -> None:
        self._parent = parent

    def __call__(self, target: str) -> Callable[..., Any]:
        die_with_parent(self._parent)
        module, attribute = target.split(":")
        application: Callable[..., Any] = getattr(importlib.import_module(module), attribute)
        # What is loaded stays, and what a request makes holds next to no circles: looking for them seldom is enough.
        gc.collect()
        gc.freeze()
        gc.set_threshold(OBJECTS_BEFORE_COLLECTING, *gc.get_threshold()[1:])

        def terminated(environ: dict[str, Any], start: Callable[..., Any]) -> Any:  # noqa: ANN401 - WSGI's
            # Granian ends the body where the request ends, and does not say so: without this a body that comes in
            # chunks would count as none, whatever its size.
            environ["wsgi.input_terminated"] = True
            return application(environ, start)

        return terminated


def _clear_metrics() -> None:
    """Give the processes a directory for their metrics, without what dead ones left: it would be counted again."""
    directory = Path(os.environ.get(METRICS) or tempfile.mkdtemp(prefix="stopwoord-metrics-"))
    try:
        directory.mkdir(parents=True, exist_ok=True)
        for left in directory.glob("*.db"):
            left.unlink()
        tempfile.TemporaryFile(dir=directory).close()
    except OSError as error:
        raise Misconfigured(
            f"{METRICS}: {directory} cannot be written: {error.strerror}; name another directory"
        ) from None
    os.environ[METRICS] = str(directory)
