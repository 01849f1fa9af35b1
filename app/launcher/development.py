"""What `stopwoord up` runs: the store, the sandbox, web, two workers and the clock, each with its environment."""

import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.domain.errors import Misconfigured
from app.domain.who_answers import ProviderAnswers
from app.jobs.policy import CAMPAIGNS, REPLIES
from app.launcher.account import Account, sandbox_account
from app.launcher.embedded import EmbeddedStore
from app.launcher.given import Given
from app.launcher.lock import DirectoryLock
from app.launcher.processes import Child
from app.launcher.relay import Relay
from app.launcher.secret import ERASURE, REFERENCES, kept_key
from app.launcher.supervisor import Supervisor
from app.machine.errors import LaunchFailed
from app.machine.ports import LOCAL, http_status, taken
from app.program_file import example_program, read_program
from app.provider.self_test import RETRIES, WEBHOOK_PATH
from app.settings.sources import DEVELOPMENT_FILE

FOLDER: Final = ".stopwoord"
OWN_PROGRAM: Final = "program.toml"
WEB_PORT: Final = 8000
SANDBOX_PORT: Final = 8900
STORE_PORT: Final = 6390
OK: Final = 200
SANDBOX_OPT_OUT: Final[Mapping[str, str]] = {
    ProviderAnswers.DEFAULT: "default",
    ProviderAnswers.ADVANCED: "advanced",
}
READY_SECONDS: Final = 15.0


@dataclass(frozen=True, slots=True)
class Ports:
    """Where the three servers listen on this machine."""

    web: int
    sandbox: int
    store: int


@dataclass(frozen=True, slots=True)
class Plan:
    """All that will run. `store`, `account` and the keys are there when they are ours, not the person's own."""

    folder: Path
    lock: DirectoryLock
    ports: Ports
    program: Path
    senders: tuple[str, ...]
    given: Given
    store: EmbeddedStore | None
    account: Account | None
    erasure_key: str
    secret_key: str

    @property
    def web_url(self) -> str:
        return f"http://{LOCAL}:{self.ports.web}"

    @property
    def phone_url(self) -> str:
        """The sandbox's phone page; empty when the real Twilio is used."""
        return f"http://{LOCAL}:{self.ports.sandbox}" if self.account else ""

    @property
    def environment(self) -> dict[str, str]:
        """What is added to everybody's environment; what it leaves out, the person has set."""
        settings = {"STOPWOORD_PORT": str(self.ports.web), "STOPWOORD_PROGRAM": str(self.program.resolve())}
        if self.erasure_key:
            settings["STOPWOORD_ERASURE_KEY"] = self.erasure_key
        if self.secret_key:
            settings["STOPWOORD_SECRET_KEY"] = self.secret_key
        if self.store:
            settings["STOPWOORD_REDIS_URL"] = self.store.url
        if self.account:
            settings |= {
                "STOPWOORD_TWILIO_ACCOUNT_SID": self.account.sid,
                "STOPWOORD_TWILIO_AUTH_TOKEN": self.account.token,
                "STOPWOORD_TWILIO_URL": self.phone_url,
                "STOPWOORD_PUBLIC_URL": self.web_url,
                "STOPWOORD_PROVIDER_ANSWERS": self.given.provider_answers or ProviderAnswers.NONE,
            }
        return settings


def plan(here: Path, given: Given, ports: Ports) -> Plan:
    """Decide what to run from the directory `here`. Raises Misconfigured."""
    real = given.real_provider
    folder = _usable(here / FOLDER)
    own = here / OWN_PROGRAM
    program = Path(given.program) if given.program else own if own.exists() else example_program()
    return Plan(
        folder=folder,
        lock=DirectoryLock(folder, "gateway"),
        ports=ports,
        program=program,
        senders=read_program(program).own_senders,
        given=given,
        store=None if given.redis_url else EmbeddedStore(folder / "store", port=ports.store),
        account=None if real else sandbox_account(folder),
        # With a store of their own go keys of their own: a development folder may be thrown away.
        erasure_key="" if given.erasure_key or given.redis_url else kept_key(folder, ERASURE),
        secret_key="" if given.secret_key or given.redis_url else kept_key(folder, REFERENCES),
    )


def _usable(folder: Path) -> Path:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise Misconfigured(f"{folder} cannot be made a directory for the data: {error.strerror}") from None
    if not os.access(folder, os.W_OK | os.X_OK):
        raise Misconfigured(f"{folder} cannot be written; start from another directory")
    return folder


def run(made: Plan, when_ready: Callable[[], None]) -> None:
    """Run the plan until a signal. Raises LaunchFailed, or Misconfigured, when something is in the way."""
    try:
        if made.store:
            made.store.claim()
        # Also with a store of the person's own: the sandbox keeps its data here.
        made.lock.take(made.ports.web)
        _check_ports(made)
        _remember(made)
        all_of_it = children(made)
        Supervisor(all_of_it, Relay([child.name for child in all_of_it])).run(when_ready)
    finally:
        made.lock.drop()
        if made.store:
            made.store.lock.drop()


def _remember(made: Plan) -> None:
    """Leave the choices where the other commands look for settings, readable by this user only."""
    file = made.folder.parent / DEVELOPMENT_FILE
    lines = [f"{name}={_quoted(value)}\n" for name, value in made.environment.items()]
    try:
        file.touch(mode=0o600)
        file.chmod(0o600)  # it may have been there already
        file.write_text("".join(lines), encoding="utf-8")
    except OSError as error:
        raise LaunchFailed(f"{file} cannot be written ({error.strerror}); move it away") from None


def _quoted(value: str) -> str:
    """As a value of a .env file: a path may hold what starts a comment there."""
    escaped = value.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"


def _check_ports(made: Plan) -> None:
    wanted = [(made.ports.web, "the web server", "--port")]
    if made.account:
        wanted.append((made.ports.sandbox, "the sandbox", "--sandbox-port"))
    if made.store:
        wanted.append((made.ports.store, "the store", "--store-port"))
    for place, (port, name, option) in enumerate(wanted):
        if port in {other for other, _, _ in wanted[:place]}:
            raise Misconfigured(f"port {port} is wanted twice; choose another one for {name} with {option}")
        if taken(port):
            raise LaunchFailed(f"port {port}, wanted for {name}, is taken; choose another one with {option}")


def children(made: Plan) -> list[Child]:
    """What the plan comes to, in the order of starting."""
    workers = [
        Child(name, _python("workers.runner", queue), made.environment)
        for name, queue in (("worker", REPLIES), ("campaigns", CAMPAIGNS))
    ]
    started = [_web(made), *workers, _clock(made)]
    if made.account:
        started.insert(0, _sandbox(made, made.account))
    if made.store:
        started.insert(0, _store(made.store))
    return started


def _python(module: str, *arguments: str) -> list[str]:
    return [sys.executable, "-m", module, *arguments]


def _web(made: Plan) -> Child:
    # Metrics of its own, because it wipes the directory when it starts.
    environment = made.environment | {"PROMETHEUS_MULTIPROC_DIR": str(made.folder / "metrics")}
    return Child("web", _python("app.web"), environment, ready=lambda: http_status(made.ports.web) > 0)


def _clock(made: Plan) -> Child:
    """The last to start, so that its being ready is everything's. A store of the person's own may not be fit."""
    return Child(
        "clock",
        _python("workers.clock"),
        made.environment,
        ready=lambda: http_status(made.ports.web, "/ready") == OK,
        start_seconds=READY_SECONDS,
        explained=f"what is missing stands at {made.web_url}/ready",
        needed=False,
    )


def _store(store: EmbeddedStore) -> Child:
    return Child(
        "store",
        store.command,
        {},
        store.ready,
        directory=store.directory,
        descriptors=(store.lock.descriptor,),
        explained=f"the reason is at the end of {store.log}",
    )


def _sandbox(made: Plan, account: Account) -> Child:
    command = _python(
        "app.sandbox",
        *("--port", str(made.ports.sandbox)),
        *("--webhook", made.web_url + WEBHOOK_PATH + RETRIES),
        *(option for sender in made.senders for option in ("--sender", sender)),
        *("--account-sid", account.sid),
        *("--data", str(made.folder / "sandbox")),
        # What the gateway takes for answered, the sandbox has to answer.
        *("--optout", SANDBOX_OPT_OUT.get(made.given.provider_answers, "off")),
    )
    return Child(
        "sandbox",
        command,
        # Not among the arguments: everybody on the machine can read those.
        made.environment | {"STOPWOORD_SANDBOX_AUTH_TOKEN": account.token},
        ready=lambda: http_status(made.ports.sandbox) > 0,
        # Like the store it may outlive its starter by a moment.
        descriptors=(made.lock.descriptor,) if made.lock.descriptor >= 0 else (),
    )
