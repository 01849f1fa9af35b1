"""Store, sandbox, web, workers and clock, brought up together and ended whatever happens."""

import itertools
import os
import sys
import uuid
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Self

import redis
import requests
from rq import Worker

from app.bootstrap import Gateway, build
from app.domain.number import Number
from app.domain.outbox import RowRef
from app.domain.partition import partition_of
from app.jobs.policy import CAMPAIGNS, REPLIES
from app.launcher.embedded import EmbeddedStore
from app.machine.ports import free_port
from app.program_file import example_program
from app.services.subscriber_care import Subscriber
from app.settings import Settings
from app.store import keys
from tests.servers import running_store
from tests.stack.processes import MARK, Part, kill_marked
from tests.stack.sandbox import Sandbox
from tests.stack.waiting import eventually

ROOT = Path(__file__).resolve().parents[2]
ACCOUNT = "AC" + "5a" * 16
TOKEN = "sandbox-auth-token"
ENTRIES: Mapping[str, tuple[str, ...]] = {
    "web": (sys.executable, "-m", "app.web"),
    "worker": (sys.executable, "-m", "workers.runner", REPLIES),
    "campaigns": (sys.executable, "-m", "workers.runner", CAMPAIGNS),
    "clock": (sys.executable, "-m", "workers.clock"),
}


class Stack:
    """A running gateway; as a context manager it lives inside the block.

    `settings` replace those of the gateway by name; `optout` is the provider's own handling; `store` replaces
    settings of the store; `entries` replace commands by which web, worker and clock are started.
    """

    def __init__(
        self,
        directory: Path,
        *,
        workers: int = 1,
        campaign_workers: int = 0,
        optout: str = "off",
        store: dict[str, str] | None = None,
        entries: Mapping[str, tuple[str, ...]] | None = None,
        **settings: object,
    ) -> None:
        self.directory = directory
        self.workers = [f"worker-{number}" for number in range(1, workers + 1)]
        self.campaign_workers = [f"campaigns-{number}" for number in range(1, campaign_workers + 1)]
        self.parts: dict[str, Part] = {}
        self.mark = uuid.uuid4().hex
        self._optout, self._store_settings = optout, store or {}
        self._entries = {**ENTRIES, **(entries or {})}
        self._given = settings
        self._numbers = (f"+316{number:08d}" for number in itertools.count(10_000_000))
        self._exit = ExitStack()

    def __enter__(self) -> Self:
        self.directory.mkdir(parents=True, exist_ok=True)
        with ExitStack() as undo:
            undo.callback(self._end)
            self.store: EmbeddedStore = undo.enter_context(
                running_store(self.directory / "store", **self._store_settings)
            )
            self._make_parts()
            for part in self.parts.values():
                part.start()
            self.wait_until_ready()
            self._exit = undo.pop_all()
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None:
            self.show_logs()
        self._exit.close()

    def _make_parts(self) -> None:
        web, sandbox = free_port(), free_port()
        self.web_url, self.sandbox = f"http://127.0.0.1:{web}", Sandbox(f"http://127.0.0.1:{sandbox}")
        values = {
            "redis_url": self.store.url,
            "public_url": self.web_url,
            "twilio_account_sid": ACCOUNT,
            "twilio_auth_token": TOKEN,
            "twilio_url": self.sandbox.url,
            "provider_answers": "none",
            "program": example_program(),
            "port": web,
            # Tests run at any hour.
            "quiet_hours": "ignored",
            **self._given,
        }
        self.settings = Settings(_env_file=None, **values)
        self.gateway: Gateway = build(self.settings)
        own = {f"STOPWOORD_{name.upper()}": str(value) for name, value in values.items()}
        rest = {name: value for name, value in os.environ.items() if not name.startswith("STOPWOORD_")}
        environment = (
            rest
            | own
            | {MARK: self.mark, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1", "WEB_CONCURRENCY": "1"}
        )
        commands = {
            "sandbox": self._sandbox_command(sandbox),
            "web": self._entries["web"],
            **dict.fromkeys(self.workers, self._entries["worker"]),
            **dict.fromkeys(self.campaign_workers, self._entries["campaigns"]),
            "clock": self._entries["clock"],
        }
        for name, command in commands.items():
            self.parts[name] = Part(name, command, environment, self.directory)

    def _sandbox_command(self, port: int) -> list[str]:
        command = [sys.executable, "-m", "app.sandbox", "--port", str(port), "--account-sid", ACCOUNT]
        webhook = f"{self.web_url}/twilio/sms"
        senders = [option for sender in self.gateway.program.own_senders for option in ("--sender", sender)]
        return [*command, *senders, "--auth-token", TOKEN, "--webhook", webhook, "--optout", self._optout]

    def wait_until_ready(self, seconds: float = 60) -> None:
        """Wait until every part does its work."""
        eventually(self._serves, seconds=seconds, what="the sandbox and the web answer")
        eventually(self._works, seconds=seconds, what="the workers and the clock work")

    def _serves(self) -> bool:
        with requests.Session() as session:
            session.trust_env = False
            try:
                urls = (f"{self.web_url}/live", f"{self.sandbox.url}/sandbox/settings")
                return all(session.get(url, timeout=5).ok for url in urls)
            except requests.RequestException:
                return False

    def _works(self) -> bool:
        checks = {str(check.name): check for check in self.gateway.readiness()}
        durable = self._store_settings or all(check.ok for check in checks.values())
        found = str(checks["queue"].found)
        return (
            bool(durable)
            and checks["clock"].ok
            and not found.startswith("reachable, 0 ")
            and self._signed_on()
        )

    def _signed_on(self) -> bool:
        """Whether the workers that run now have signed on: those of before a store's restart may still be listed."""
        with redis.Redis.from_url(self.store.url) as queue:
            pids = {worker.pid for worker in Worker.all(connection=queue)}
        working = [part for name, part in self.parts.items() if name.startswith("worker") and part.running]
        return all(part.pid in pids for part in working)

    def restart_ended(self) -> list[str]:
        """Start again whatever has ended, as whoever runs the processes has to; the names of the parts."""
        ended = [name for name, part in self.parts.items() if not part.running]
        for name in ended:
            self.parts[name].start()
        return ended

    def new_number(self) -> str:
        """The number of a handset that nobody has used yet."""
        return next(self._numbers)

    def show(self, number: str) -> Subscriber:
        """Everything that the gateway keeps of a number."""
        return self.gateway.subscriber_care.show(Number(number))

    def state(self, number: str) -> str:
        return str(self.show(number).record.state)

    def status_of(self, number: str) -> str:
        """The last status that was reported of the only message that a number was sent."""
        with redis.Redis.from_url(self.store.url, decode_responses=True) as connection:
            pattern = keys.row(RowRef(f"{partition_of(Number(number))}-{'0' * 16}")).replace("0" * 16, "*")
            sids = {message["sid"] for message in self.sandbox.conversation(number)}
            rows = [connection.hgetall(row) for row in connection.scan_iter(pattern, count=1000)]
        (status,) = [row["status"] for row in rows if row.get("sid") in sids and "status" in row]
        return status

    def owed(self) -> int:
        """How many rows of the outbox are not settled."""
        with redis.Redis.from_url(self.store.url) as connection:
            pipe = connection.pipeline(transaction=False)
            for tag in keys.every_tag():
                for name in (keys.due, keys.claimed, keys.unknown):
                    pipe.zcard(name(tag))
            return sum(pipe.execute())

    def at_rest(self, seconds: float = 30) -> None:
        """Wait until every webhook has ended and nothing is owed, so that no more texts can come."""
        eventually(self._nothing_pending, seconds=seconds, what="every webhook has ended")
        eventually(lambda: self.owed() == 0, seconds=seconds, what="nothing is owed")

    def _nothing_pending(self) -> bool:
        hooks = (message["webhook"] for message in self.sandbox.messages())
        return all(hook is None or hook["state"] != "pending" for hook in hooks)

    def logs(self) -> Iterator[tuple[str, str]]:
        """The name and the lines of every log of the gateway's own processes."""
        for path in sorted(self.directory.glob("*.log")):
            if path.name != "sandbox.log":
                for line in path.read_text(errors="replace").splitlines():
                    yield path.stem, line

    def show_logs(self, last: int = 40) -> None:
        """Print the ends of all logs, for whoever reads why a test failed."""
        for path in sorted([*self.directory.glob("*.log"), self.directory / "store" / "store.log"]):
            if path.exists():
                lines = path.read_text(errors="replace").splitlines()[-last:]
                print(f"--- {path.name}", *lines, sep="\n")  # noqa: T201 - pytest shows it

    def _end(self) -> None:
        for part in self.parts.values():
            part.kill()
        kill_marked(self.mark)
