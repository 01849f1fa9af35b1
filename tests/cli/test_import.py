"""`stopwoord subscribers import` as people type it: shown first, refused in sentences, repeatable, interruptible."""

import csv
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import openpyxl
import pytest
import redis

from app.machine.ports import free_port
from tests.cli.shell import NEVER_SHOWN, Shell
from tests.installation import environment

ANNA, BOB = "+31612345678", "+31687654321"
FILE = """\ufeffTelefoon;Voornaam;Toestemming op;Bron;Versie;Winkel
06-12345678;Zoë;2026-01-02;kassa;v1;Utrecht
0031687654321;=cmd|' /C calc'!A0;3-1-2026 9:05;kassa;v1;
0612345678;Zoe;2026-01-02;kassa;v1;
020 1234567;Kees;2026-01-02;kassa;v1;
3.16123E+10;Ria;2026-01-02;kassa;v1;
0611111111;Ans;;kassa;v1;
"""
IMPORT = ("subscribers", "import", "people.csv")


@pytest.fixture
def shell(store_url: str, tmp_path: Path) -> Shell:
    (tmp_path / "people.csv").write_text(FILE, encoding="utf-8")
    return Shell(tmp_path, environment(store_url))


def problems(shell: Shell, file: str = "people.csv") -> list[list[str]]:
    with (shell.directory / f"{file}.errors.csv").open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.reader(lines))[1:]


def shown(shell: Shell, number: str) -> dict[str, object]:
    found = json.loads(shell.type("subscriber", "show", number, "--json").stdout)
    assert isinstance(found, dict)
    return found


def test_what_looks_wrong_in_a_file_is_said_before_anything_is_taken(shell: Shell) -> None:
    (shell.directory / "people.csv").write_bytes(FILE.lstrip("\ufeff").encode("cp1252"))
    doubted = shell.type(*IMPORT, "--dry-run")
    said = "Warning: people.csv is not UTF-8 from line 2 on, so all of it is read as Windows-1252"
    assert (doubted.returncode, said in " ".join(doubted.stderr.split())) == (0, True)
    (shell.directory / "people.csv").write_text(FILE.splitlines()[0])
    empty = shell.type(*IMPORT, "--dry-run")
    sentence = "stopwoord: people.csv has headings and no rows below them: there is nobody to import\n"
    assert (empty.returncode, empty.stderr.endswith(sentence)) == (2, True)


def test_a_file_is_shown_then_imported_and_what_is_not_taken_stands_beside_it(shell: Shell) -> None:
    done = shell.type(*IMPORT, "--yes")
    assert done.returncode == 0
    assert done.stdout.splitlines() == [
        *("rows\toutcome", "2\tsubscribed", "2\tinvalid", "1\tnot mobile", "1\tduplicate in file"),
    ]
    assert "Telefoon → number  (06-12345678" in done.stderr
    assert "Winkel → ignored" in done.stderr
    assert [(row, reason) for row, _, reason, _ in problems(shell)] == [
        *(("4", "duplicate in file"), ("5", "not mobile"), ("6", "invalid"), ("7", "invalid")),
    ]
    assert all(not cell.startswith(("=", "+", "-", "@")) for row in problems(shell) for cell in row)
    assert "same number stands in row 2" in problems(shell)[0][3]
    (proof,) = shown(shell, ANNA)["evidence"]  # type: ignore[misc]
    assert (proof["words"], proof["wording"], proof["rule"]) == (
        "agreed 2026-01-02T00:00:00+00:00",
        "v1",
        "people.csv, row 2",
    )
    assert proof["actor"].endswith(" at kassa")


def test_importing_twice_and_rehearsing_change_nothing(shell: Shell, store_url: str) -> None:
    with redis.Redis.from_url(store_url) as store:
        assert json.loads(shell.type(*IMPORT, "--dry-run", "--json").stdout)["subscribed"] == 2
        assert store.dbsize() == 0
        shell.type(*IMPORT, "--yes")
        size, before = store.dbsize(), shown(shell, BOB)
        told = json.loads(shell.type(*IMPORT, "--yes", "--json").stdout)
        assert (told["subscribed"], told["unchanged"]) == (0, 2)
        assert (store.dbsize(), shown(shell, BOB)) == (size, before)


def test_somebody_opted_out_is_reported_and_stays_so(shell: Shell) -> None:
    shell.type("subscriber", "opt-out", ANNA, "--reason", "called us")
    told = json.loads(shell.type(*IMPORT, "--yes", "--json").stdout)
    assert (told["opted out"], told["subscribed"]) == (1, 1)
    assert shown(shell, ANNA)["state"] == "opted_out"
    assert problems(shell)[0][2] == "opted out"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((), "add --yes"),
        (("--map", "nowhere=tags", "--yes"), "there is no column 'nowhere'"),
        (("--map", "Winkel", "--yes"), "is not of the form COLUMN=FIELD"),
        (("--map", "Bron=ignore", "--yes"), "no proof of consent without where"),
        (("--when", "soon", "--map", "Toestemming op=ignore", "--yes"), "--when is not a date"),
        (("--when", "2099-01-01", "--yes"), "--when lies in the future"),
        (("--default-region", "XX", "--yes"), "--default-region"),
        (("--language", "Dutch", "--yes"), "no code such as nl"),
        (("--tag", "a{b", "--yes"), "a tag is"),
    ],
)
def test_what_cannot_be_meant_is_refused_before_anything_is_written(
    arguments: tuple[str, ...], sentence: str, shell: Shell, store_url: str
) -> None:
    done = shell.type(*IMPORT, *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert sentence in " ".join(done.stderr.split())
    with redis.Redis.from_url(store_url) as store:
        assert store.dbsize() == 0
    assert [path.name for path in shell.directory.iterdir()] == ["people.csv"]


@pytest.mark.parametrize(
    ("heading", "arguments", "found"),
    [
        ("Wie;Datum", (), ["  Wie", "  Datum"]),
        ("Telefoon;Datum", (), ["  Telefoon → number", "  Datum"]),
        ("Telefoon;Datum", ("--map", "Datums=when"), ["  Telefoon", "  Datum"]),
    ],
)
def test_a_refusal_shows_the_columns_that_there_are(
    heading: str, arguments: tuple[str, ...], found: list[str], shell: Shell
) -> None:
    (shell.directory / "bare.csv").write_text(f"{heading}\n0612345678;2026-01-02\n")
    done = shell.type("subscribers", "import", "bare.csv", "--yes", *arguments)
    assert done.returncode == 2
    assert done.stderr.splitlines()[:-1] == ["The file's columns:", *found]


def test_two_columns_that_look_alike_are_both_named(shell: Shell) -> None:
    (shell.directory / "two.csv").write_text("Phone,Name,phone\n0612345678,Ann,0687654321\n")
    evidence = ("--when", "2026-01-02", "--where", "fair", "--wording", "v9")
    warned = shell.type("subscribers", "import", "two.csv", "--dry-run", *evidence)
    said = "Warning: column 1 ('Phone') and column 3 ('phone') both look like number: the first is taken."
    assert (warned.returncode, said in " ".join(warned.stderr.split())) == (0, True)
    refused = shell.type("subscribers", "import", "two.csv", "--dry-run", *evidence, "--map", "phone=number")
    assert (refused.returncode, "have the same heading" in refused.stderr) == (2, True)


def test_columns_and_proof_may_be_said(shell: Shell) -> None:
    (shell.directory / "bare.txt").write_text("wie\tx\n(202) 555-0100\tDenver\n")
    done = shell.type(
        *("subscribers", "import", "bare.txt", "--yes", "--map", "wie=number", "--map", "x=f.city"),
        *("--when", "2026-01-02", "--where", "fair", "--wording", "v9", "--default-region", "US"),
    )
    assert (done.returncode, done.stdout) == (0, "rows\toutcome\n1\tsubscribed\n")
    assert not (shell.directory / "bare.txt.errors.csv").exists()
    assert shown(shell, "+12025550100")["state"] == "subscribed"


def test_a_workbook_s_numbers_are_repaired_and_the_repairs_counted(shell: Shell) -> None:
    book = openpyxl.Workbook()
    for row in (["Mobiel", "When", "Where", "Wording"], [31612345678.0], [687654321], ["06-11111111"]):
        book.active.append([*row, "2026-01-02", "till", "v1"] if len(row) == 1 else row)  # type: ignore[union-attr]
    book.save(shell.directory / "people.xlsx")
    done = shell.type("subscribers", "import", "people.xlsx", "--yes")
    assert done.stdout.splitlines()[1:] == ["3\tsubscribed", "1\trepaired"]
    said = "Warning: a spreadsheet had changed the number or postcode of 1 row, which was repaired."
    assert said in " ".join(done.stderr.split())


def test_what_says_nothing_is_left_out_of_a_row_that_is_taken_and_is_told(shell: Shell) -> None:
    (shell.directory / "places.csv").write_text(
        "phone,when,where,wording,language,state,zip\n"
        "+12125550123,2026-01-02,till,v1,Klingon,Kalifornia,10001\n+12125550124,2026-01-02,till,v1,en,NY,2134\n"
    )
    done = shell.type("subscribers", "import", "places.csv", "--yes")
    assert done.stdout.splitlines()[1:] == ["2\tsubscribed", "2\tfield left out", "1\trepaired"]
    assert "Warning: 2 values were left out for being no language" in done.stderr
    assert "places.csv.errors.csv for 1 row with" in " ".join(done.stderr.split())
    assert problems(shell, "places.csv") == [
        ["2", "'+12125550123", "field left out", "the language 'Klingon' is no code such as nl"],
        ["2", "'+12125550123", "field left out", "the state 'Kalifornia' is none of the US such as NY"],
    ]
    exported = json.loads(shell.type("subscribers", "list", "--json").stdout)
    assert {one["postcode"]: (one["language"], one["state"]) for one in exported} == {
        "10001": (None, ""),
        "02134": ("en", "NY"),
    }
    (shell.directory / "places.csv").write_text("phone,language\n+12125550123,en\n")
    evidence = ("--when", "2026-01-02", "--where", "till", "--wording", "v1")
    refused = shell.type("subscribers", "import", "places.csv", "--yes", "--language", "xx", *evidence)
    assert (refused.returncode, "'xx' is no code such as nl" in refused.stderr) == (2, True)


def test_a_store_that_is_down_is_3_and_says_how_far_it_got(shell: Shell) -> None:
    done = shell.type(*IMPORT, "--yes", STOPWOORD_REDIS_URL=f"redis://127.0.0.1:{free_port()}/0")
    assert done.returncode == 3
    assert "everything up to row 1 is done" in done.stderr
    assert "the store did not take part" in done.stderr


def subscribed(store: redis.Redis) -> int:
    return sum(store.scard(key) for key in store.scan_iter("*:subs", count=10_000))


def test_ctrl_c_says_how_far_it_got_and_a_repeat_goes_on(shell: Shell, store_url: str) -> None:
    people = 30_000
    lines = (f"06{10_000_000 + place},2026-01-02,till,v1\n" for place in range(people))
    (shell.directory / "many.csv").write_text("phone,when,where,wording\n" + "".join(lines))
    command = [sys.executable, "-m", "app.cli", "subscribers", "import", "many.csv", "--yes"]
    with (
        subprocess.Popen(
            command, cwd=shell.directory, env=shell.environment, stderr=subprocess.PIPE, text=True
        ) as running,
        redis.Redis.from_url(store_url) as store,
    ):
        # It stands still while we count, or a busy machine lets it finish before we have.
        limit = time.monotonic() + 20
        os.kill(running.pid, signal.SIGSTOP)
        while subscribed(store) < 3000 and time.monotonic() < limit:
            os.kill(running.pid, signal.SIGCONT)
            time.sleep(0.02)
            os.kill(running.pid, signal.SIGSTOP)
        os.kill(running.pid, signal.SIGINT)
        os.kill(running.pid, signal.SIGCONT)
        _, said = running.communicate(timeout=20)
        assert running.returncode == 130
        assert "Run it again to go on" in " ".join(said.split())
        assert NEVER_SHOWN not in said
        done = int(said.partition("up to row ")[2].split()[0])
        kept = subscribed(store)
        assert 0 < done - 1 <= kept < people
        told = json.loads(shell.type("subscribers", "import", "many.csv", "--yes", "--json").stdout)
        assert (told["subscribed"], told["unchanged"]) == (people - kept, kept)
        assert subscribed(store) == people
