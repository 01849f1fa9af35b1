"""What `up` decides to run, and the sentences with which it refuses."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.errors import Misconfigured
from app.launcher.account import FILE, sandbox_account
from app.launcher.development import FOLDER, Ports, children, plan, run
from app.launcher.given import Given, read_given
from app.machine.errors import LaunchFailed
from app.machine.ports import free_port
from app.program_file import example_program

SID = "AC" + "0" * 32
URL = "https://sms.example.org"


@pytest.fixture(autouse=True)
def nothing_is_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in Given.model_fields:
        monkeypatch.delenv(f"STOPWOORD_{name.upper()}", raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def ports() -> Ports:
    return Ports(free_port(), free_port(), free_port())


@pytest.fixture
def listening() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def nobody_calls() -> None:
    pytest.fail("it must not have been ready")


def test_with_nothing_set_everything_is_ours(tmp_path: Path, ports: Ports) -> None:
    made = plan(tmp_path, read_given(), ports)
    assert made.store is not None
    assert made.account is not None
    assert made.program == example_program()
    assert made.environment == {
        "STOPWOORD_REDIS_URL": made.store.url,
        "STOPWOORD_PORT": str(ports.web),
        "STOPWOORD_PROGRAM": str(made.program),
        "STOPWOORD_TWILIO_ACCOUNT_SID": made.account.sid,
        "STOPWOORD_TWILIO_AUTH_TOKEN": made.account.token,
        "STOPWOORD_TWILIO_URL": f"http://127.0.0.1:{ports.sandbox}",
        "STOPWOORD_PUBLIC_URL": f"http://127.0.0.1:{ports.web}",
        "STOPWOORD_PROVIDER_ANSWERS": "none",
        "STOPWOORD_ERASURE_KEY": made.erasure_key,
        "STOPWOORD_SECRET_KEY": made.secret_key,
    }


@pytest.mark.parametrize(
    ("url", "ours"),
    [
        ("redis://127.0.0.1:{store}/1", True),
        ("redis://localhost:{store}", True),
        ("unix://{folder}/store.sock?db=1", True),
        ("redis://127.0.0.1:{web}/0", False),
        ("redis://sms.example.org:{store}/0", False),
        ("unix:///elsewhere/store.sock", False),
        ("redis://127.0.0.1", False),
    ],
)
def test_it_knows_the_addresses_of_the_store_that_it_starts(
    tmp_path: Path, ports: Ports, url: str, ours: object
) -> None:
    made = plan(tmp_path, read_given(), ports)
    assert made.store is not None
    assert made.store.is_at(url.format(store=ports.store, web=ports.web, folder=made.store.directory)) is ours


def test_an_own_store_is_used_and_none_started(tmp_path: Path, ports: Ports) -> None:
    Path(".env").write_text("STOPWOORD_REDIS_URL=redis://elsewhere:6379\n")
    made = plan(tmp_path, read_given(), ports)
    assert made.store is None
    assert "STOPWOORD_REDIS_URL" not in made.environment


@pytest.mark.parametrize(
    ("answers", "handling"), [("", "off"), ("none", "off"), ("default", "default"), ("advanced", "advanced")]
)
def test_the_sandbox_answers_what_the_gateway_takes_for_answered(
    tmp_path: Path, ports: Ports, answers: str, handling: str
) -> None:
    made = plan(tmp_path, Given(provider_answers=answers), ports)
    command = next(child.command for child in children(made) if child.name == "sandbox")
    assert command[command.index("--optout") + 1] == handling
    assert made.environment["STOPWOORD_PROVIDER_ANSWERS"] == (answers or "none")


def test_no_token_stands_in_a_command_line(tmp_path: Path, ports: Ports) -> None:
    made = plan(tmp_path, read_given(), ports)
    assert made.account is not None
    started = children(made)
    assert not [child.name for child in started if made.account.token in " ".join(child.command)]
    sandbox = next(child for child in started if child.name == "sandbox")
    assert sandbox.environment["STOPWOORD_SANDBOX_AUTH_TOKEN"] == made.account.token


def test_an_own_account_means_the_real_provider(tmp_path: Path, ports: Ports) -> None:
    made = plan(tmp_path, Given(twilio_account_sid=SID, twilio_auth_token="t", public_url=URL), ports)
    assert (made.account, made.phone_url) == (None, "")
    assert not {name for name in made.environment if "TWILIO" in name or "PUBLIC" in name}


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (Given(twilio_account_sid=SID), "STOPWOORD_TWILIO_AUTH_TOKEN is not set: set both"),
        (Given(twilio_auth_token="t"), "STOPWOORD_TWILIO_ACCOUNT_SID is not set: set both"),
        (Given(twilio_account_sid=SID, twilio_auth_token="t"), "STOPWOORD_PUBLIC_URL is not set"),
        (Given(program="nowhere.toml"), "nowhere.toml cannot be read"),
    ],
)
def test_half_a_configuration_is_refused(given: Given, sentence: str, tmp_path: Path, ports: Ports) -> None:
    with pytest.raises(Misconfigured, match=sentence):
        plan(tmp_path, given, ports)


@pytest.mark.parametrize(("name", "file"), [("erasure_key", "erasure.key"), ("secret_key", "secret.key")])
def test_a_key_is_made_once_and_is_its_owner_s_secret(
    name: str, file: str, tmp_path: Path, ports: Ports
) -> None:
    def key(given: Given) -> str:
        return str(getattr(plan(tmp_path, given, ports), name))

    made = key(Given())
    assert key(Given()) == made
    assert len(made) >= 32
    assert (tmp_path / FOLDER / file).stat().st_mode & 0o777 == 0o600
    assert key(Given(**{name: "mine"})) == ""
    assert key(Given(redis_url="redis://elsewhere")) == ""


def test_the_keys_are_not_the_same(tmp_path: Path, ports: Ports) -> None:
    made = plan(tmp_path, Given(), ports)
    assert made.erasure_key != made.secret_key


def test_a_port_has_to_be_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STOPWOORD_PORT", "eighty")
    with pytest.raises(Misconfigured, match="STOPWOORD_PORT is not a port"):
        read_given()


def test_the_program_in_this_directory_comes_before_the_example(tmp_path: Path, ports: Ports) -> None:
    own = tmp_path / "program.toml"
    own.write_text(example_program().read_text().replace("+3197010200000", "+3197010200001"))
    made = plan(tmp_path, read_given(), ports)
    assert (made.program, made.senders) == (own, ("+3197010200001",))


@pytest.mark.parametrize(
    ("place", "sentence"),
    [
        ("web", "port {}, wanted for the web server, is taken; choose another one with --port"),
        ("sandbox", "port {}, wanted for the sandbox, is taken; choose another one with --sandbox-port"),
        ("store", "port {}, wanted for the store, is taken; choose another one with --store-port"),
    ],
)
def test_a_taken_port_is_named_with_its_option(
    place: str, sentence: str, tmp_path: Path, listening: int
) -> None:
    free = {name: free_port() for name in ("web", "sandbox", "store")}
    made = plan(tmp_path, read_given(), Ports(**(free | {place: listening})))
    with pytest.raises(LaunchFailed) as refused:
        run(made, nobody_calls)
    assert str(refused.value) == sentence.format(listening)


def test_a_directory_is_one_gateway_s_also_with_a_store_of_its_own(tmp_path: Path, ports: Ports) -> None:
    given = Given(redis_url="redis://127.0.0.1:9/0")
    first = plan(tmp_path, given, ports)
    first.lock.take(ports.web)
    try:
        with pytest.raises(LaunchFailed, match="in use by a gateway that is already running"):
            run(plan(tmp_path, given, Ports(free_port(), free_port(), free_port())), nobody_calls)
    finally:
        first.lock.drop()


def test_a_port_cannot_be_wanted_twice(tmp_path: Path) -> None:
    port = free_port()
    with pytest.raises(Misconfigured, match=f"port {port} is wanted twice.*--sandbox-port"):
        run(plan(tmp_path, read_given(), Ports(port, port, free_port())), nobody_calls)


def test_the_account_is_made_once_and_is_its_owner_s_secret(tmp_path: Path) -> None:
    made = sandbox_account(tmp_path)
    assert sandbox_account(tmp_path) == made
    assert (tmp_path / FILE).stat().st_mode & 0o777 == 0o600
    assert len(made.sid) == 34


def test_an_unreadable_account_is_not_replaced_silently(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("{")
    with pytest.raises(Misconfigured, match="remove it to get a new one"):
        sandbox_account(tmp_path)
