"""The connection to the store: short time limits, and failures told as StoreUnavailable."""

import functools
import os
import threading
from collections.abc import Callable, Iterable
from typing import Any, Final, ParamSpec, TypeVar

import redis
from redis.backoff import ExponentialBackoff
from redis.connection import Connection

from app.domain.errors import BadInput, Misconfigured, StoreAway, StoreUnavailable
from app.domain.sentence import sentence
from app.store.packing import Packer
from app.store.silence import RemindedRetry, Silence

# A webhook has 15 s in all, and the client tries again both to connect and to ask: a store that hangs costs one
# read time-out and two connect time-outs; the requests behind it do not wait. Retrying is safe: a commit
# is refused as seen or stale, a claim is leased. The pauses, 0.3 s each, bridge the restart of a small store.
CONNECT_SECONDS: Final = 1.0
ANSWER_SECONDS: Final = 2.0
RETRIES: Final = 1
# Whoever starts threads bounds them; to be refused a connection here would only lose what they were to keep.
MOST_CONNECTIONS: Final = 1000
# Bytes: a slow line has the time limit for each piece of a pipeline, and not for all of a thousand rows.
PIECE: Final = 256 * 1024
AWAY: Final = sentence("the store did not take part: {kind}")
UNREADABLE: Final = sentence("the store holds something unreadable: {kind}")

P = ParamSpec("P")
R = TypeVar("R")


def connect(url: str, retries: int = RETRIES) -> redis.Redis:
    """A client for the store at `url`; nothing is sent yet. Who only asks after its health needs no retries."""
    try:
        client = redis.Redis.from_url(
            url,
            decode_responses=True,
            max_connections=MOST_CONNECTIONS,
            socket_connect_timeout=CONNECT_SECONDS,
            socket_timeout=ANSWER_SECONDS,
            health_check_interval=30,
            command_packer=Packer(),
            retry=RemindedRetry(ExponentialBackoff(cap=0.5, base=0.15), retries, Silence()),
            retry_on_error=[redis.ConnectionError, redis.TimeoutError],
        )
        client.connection_pool.connection_class = _sending_much_at_once(
            client.connection_pool.connection_class
        )
        # Build one connection now: redis-py checks the address's options only then.
        client.connection_pool.connection_class(**client.connection_pool.connection_kwargs)
    except TypeError:
        raise Misconfigured("STOPWOORD_REDIS_URL has an option after its ? that means nothing") from None
    except ValueError:  # its words would repeat a part of the address, which may hold a password
        raise Misconfigured(
            "STOPWOORD_REDIS_URL is not the address of a store, such as redis://127.0.0.1:6379/0"
        ) from None
    return client


def _sending_much_at_once(kind: type[Connection]) -> type[Connection]:
    """A kind of connection that hands the system a pipeline in few large pieces, each with the whole time limit.

    The client's own sends pieces of 6 KB. After each, another thread may have the interpreter, and with a thousand
    rows on their way the server waited for us longer than it worked.
    """

    class LargeSends(kind):  # type: ignore[misc, valid-type] # which kind it is depends on the address
        def send_packed_command(self, command: Iterable[bytes], check_health: bool = True) -> None:  # noqa: FBT001, FBT002 - redis-py's
            whole = memoryview(b"".join(command))
            pieces = [whole[start : start + PIECE] for start in range(0, len(whole), PIECE)]
            super().send_packed_command(pieces, check_health)

    return LargeSends


class OwnConnection(threading.local):
    """Each thread's own connection out of a client's pool.

    The pool asks before each command whether the server has hung up and locks twice, which is a third of a command's
    cost; here the client's way to try again finds out when it happens. A forked child does not use its parent's.
    """

    def __init__(self, shared: redis.Redis) -> None:
        self._shared = shared
        self._process = 0

    @property
    def client(self) -> redis.Redis:
        """A client for this thread only. Raises redis.RedisError when it cannot connect."""
        if self._process != os.getpid():
            self._client: redis.Redis = self._shared.client()  # type: ignore[no-untyped-call]
            self._process = os.getpid()
        return self._client


def truthful(method: Callable[P, R]) -> Callable[P, R]:
    """Let a method of an adapter answer truly or raise StoreUnavailable: unreachable, full and unreadable are one."""

    @functools.wraps(method)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return method(*args, **kwargs)
        except redis.RedisError as error:
            raise _unavailable(error)(AWAY.with_(kind=_kind(error))) from error
        except (BadInput, ValueError, KeyError, TypeError) as error:
            raise StoreUnavailable(UNREADABLE.with_(kind=type(error).__name__)) from error

    return guarded


def _unavailable(error: redis.RedisError) -> type[StoreUnavailable]:
    """A server that is reading its data back has been started, and at the right address."""
    away = isinstance(error, redis.ConnectionError | redis.TimeoutError)
    return StoreAway if away and not isinstance(error, redis.BusyLoadingError) else StoreUnavailable


def _kind(error: redis.RedisError) -> str:
    """The error's kind and the server's own word for it (OOM, WRONGTYPE, LOADING …), never a key or value."""
    first: Any = str(error).partition(" ")[0]
    return f"{type(error).__name__} {first}" if first.isupper() else type(error).__name__
