"""Every command in the README and docs is run as it stands there; sizes and ports are added where it takes any."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest

from app.machine.ports import free_port
from tests.readme.checkout import check_out, kept_running, typed
from tests.readme.document import ROOT, commands, documents
from tests.stack import eventually
from tests.stack.sandbox import Sandbox
from tests.stack.stack import ENTRIES

UP: Final = "./dev up"
# While the gateway runs and 0612345678 has texted EINDE: what the command must say.
WALK: Final[Mapping[str, str]] = {
    "./dev stopwoord subscriber show 0612345678": "EINDE",
    "./dev stopwoord keywords list": "einde\tnl\tstop\tStopwoord",
    './dev stopwoord keywords try "Stoppen!"': "STOP by the rule keyword",
    './dev stopwoord subscriber invite 0687654321 --source "checkout" --wording "Ja, stuur mij sms\'jes" '
    "--language nl": "Their state is pending",
    './dev stopwoord subscriber opt-out 0687654321 --reason "asked by telephone"': "Opted out",
    r"printf 'Phone,First name,When,Where,Wording,Tags\n06-11111111,Zoë,2026-01-02 14:05,till,v3,vip\n' "
    "> people.csv": "",
    "./dev stopwoord subscribers import people.csv --dry-run": "1\tsubscribed",
    "./dev stopwoord subscribers import people.csv --yes": "1\tsubscribed",
    "./dev stopwoord subscriber show 0611111111": "first_name: Zoë",
    "./dev stopwoord subscriber edit 0611111111 --last-name Jansen --untag vip": "Corrected",
    './dev stopwoord subscriber erase 0611111111 --reason "asked by letter" --yes': "Erased",
    './dev stopwoord campaign new "Spring" --text "Lente! 10% korting tot zondag"': "A draft, ",
    "./dev stopwoord token add webshop --scope read --scope write > webshop.token": "cannot be shown again",
    "./dev stopwoord subscriber opt-out-link 0612345678": "http://127.0.0.1:",
    "./dev stopwoord token list": "webshop\tread, write",
    "curl -sS -H \"Authorization: Bearer $(cat webshop.token)\" -H 'Content-Type: application/json' "
    '-d \'{"number": "0612345678"}\' http://127.0.0.1:8000/api/v1/lookup': '"state":"opted_out"',
    "./dev stopwoord webhook add https://shop.example/consent": "whsec_",
    "./dev stopwoord webhook list": "https://shop.example/consent",
    "./dev stopwoord webhook failed": "0 given up",
    "./dev stopwoord webhook replay": "0 will be tried again",
    "./dev stopwoord staff add anna --role support --generate": "password: ",
    "./dev stopwoord staff list": "anna\tsupport",
    "./dev stopwoord staff reset anna --generate": "password: ",
    "./dev stopwoord staff disable anna": "",
    "./dev stopwoord staff enable anna": "",
    "./dev stopwoord doctor": "Everything is as it should be",
    "stopwoord doctor": "Everything is as it should be",
    "./dev readme": "README.md is as it was",
}
# By themselves, each in little: what is added, and what the command must say.
ALONE: Final[Mapping[str, tuple[str, str]]] = {
    "./dev test": ("tests/domain/test_number.py", " passed"),
    "./dev bench webhook": ("--requests 40 --rounds 1 --connections 4", "median ratio"),
    "./dev bench console": ("--subscribers 2000 --look-ups 20", "95th percentile"),
    "./dev bench store": ("--subscribers 2000 --look-ups 20 --rounds 1", "bytes a subscriber"),
    "./dev bench import": ("--rows 300 --rounds 1 --many 600", "median ratio"),
    "./dev bench preview": ("--people 300 --rounds 1 --many 600", "median ratio"),
    "./dev bench campaign": ("--subscribers 600 --texts 150 --rounds 1 --jobs 5", "median ratio"),
    "./dev faults": ("--people 3 --kills 1 --pause 0.2 --seed 1", "KEPT"),
    "./dev faults campaign": (
        "--recipients 40 --process-faults 1 --provider-faults 6 --pause 0.2 --seed 1",
        "KEPT",
    ),
}
# In the project itself, for it looks at all its files.
AT_HOME: Final[Mapping[str, str]] = {"./dev check": "checks passed"}
# A measurement in little may miss its bar, and says so by its exit code.
MEASURED: Final = ("./dev bench ",)


PROCESSES: Final = dict(line.split(": ", 1) for line in (ROOT / "Procfile").read_text().splitlines())


def test_every_command_that_people_are_told_to_type_is_run_here() -> None:
    told = {command for document in documents() for command in commands(document.read_text("utf-8"))}
    assert told == {UP, *WALK, *ALONE, *AT_HOME}


def test_the_walk_goes_as_it_is_told(tmp_path: Path) -> None:
    here = check_out(tmp_path)
    web, sandbox, store = (free_port() for _ in range(3))
    ports = f"--port {web} --sandbox-port {sandbox} --store-port {store}"
    with kept_running(f"{UP} {ports}", here) as log:
        eventually(lambda: "Stopwoord is up" in log.read_text(), seconds=60, what="the gateway is up")
        assert f"http://127.0.0.1:{sandbox}" in log.read_text()
        phones = Sandbox(f"http://127.0.0.1:{sandbox}")
        phones.text("+31612345678", "EINDE")
        eventually(lambda: phones.got("+31612345678"), what="the goodbye arrives")
        for command, said in {**WALK, PROCESSES["release"]: "Everything is as it should be"}.items():
            # The web server is at a port of this test's own.
            done = typed(command.replace("127.0.0.1:8000", f"127.0.0.1:{web}"), here)
            assert done.returncode == 0, f"{command}\n{done.stdout}\n{log.read_text()}"
            assert said in done.stdout, command
    assert "is killed" not in log.read_text()


@pytest.mark.parametrize("command", ALONE)
def test_a_command_that_needs_nothing_else_runs(command: str, tmp_path: Path) -> None:
    more, said = ALONE[command]
    done = typed(f"{command} {more}", check_out(tmp_path), seconds=300)
    assert said in done.stdout, done.stdout
    assert done.returncode in ({0, 1} if command.startswith(MEASURED) else {0}), done.stdout


@pytest.mark.parametrize("command", AT_HOME)
def test_a_command_about_the_project_runs(command: str) -> None:
    done = typed(command, ROOT, seconds=300)
    assert done.returncode == 0, done.stdout
    assert AT_HOME[command] in done.stdout


def test_the_processes_of_the_procfile_are_those_of_the_whole_running_gateway() -> None:
    for name in ("web", "worker", "campaigns", "clock"):
        assert ["python", *ENTRIES[name][1:]] == PROCESSES[name].split()
