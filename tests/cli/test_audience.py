"""`stopwoord subscribers count, list, export`: who may be texted, in forms that nobody is harmed by."""

import csv
import io
import json
from pathlib import Path

import pytest

from app.domain.number import Number
from app.domain.partition import place_of
from app.store import keys
from app.store.connection import connect
from tests.cli.shell import Shell
from tests.installation import environment

PEOPLE = """phone,when,where,wording,language,first_name,tags,f
0612345678,2026-01-02,till,v1,nl,=1+1,"vip,nieuw",-2+3
0687654321,2026-01-02,till,v1,en,Bob,,
"""


@pytest.fixture
def shell(store_url: str, tmp_path: Path) -> Shell:
    (tmp_path / "people.csv").write_text(PEOPLE)
    shell = Shell(tmp_path, environment(store_url))
    assert shell.type("subscribers", "import", "people.csv", "--map", "f=f.points", "--yes").returncode == 0
    return shell


def test_the_audience_is_counted_and_listed(shell: Shell) -> None:
    assert shell.type("subscribers", "count").stdout == "2\n"
    assert json.loads(shell.type("subscribers", "count", "--tag", "VIP", "--json").stdout) == {
        "subscribed": 1,
        "unreadable": 0,
    }
    assert shell.type("subscribers", "count", "--language", "en").stdout == "1\n"
    assert shell.type("subscribers", "count", "--since", "2999-01-01").stdout == "0\n"
    (found,) = json.loads(shell.type("subscribers", "list", "--language", "nl", "--json").stdout)
    assert (found["number"], found["tags"], found["fields"]) == (
        "+31612345678",
        ["nieuw", "vip"],
        {"points": "-2+3"},
    )
    done = shell.type("subscribers", "list", "--most", "1")
    assert len(done.stdout.splitlines()) == 2
    assert "There are more" in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        *(("--since", "soon"), ("--tag", "a{b"), ("--most", "0"), ("--language", "Nederlands")),
        *(("--language", "xx"), ("--language", ""), ("--since", ""), ("--tag", "")),
    ],
)
def test_what_cannot_be_meant_is_a_sentence(shell: Shell, arguments: tuple[str, str]) -> None:
    done = shell.type("subscribers", "list", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("stopwoord: ")


def test_an_export_is_safe_for_spreadsheets_and_can_be_imported_again(shell: Shell) -> None:
    written = shell.type("subscribers", "export").stdout
    header, *rows = csv.reader(io.StringIO(written, newline=""))
    assert len(rows) == 2
    assert all(not cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)
    (shell.directory / "again.csv").write_text(written, newline="")
    told = shell.type(
        *("subscribers", "import", "again.csv", "--when", "2026-01-03", "--where", "x", "--wording", "v1"),
        *("--yes", "--json"),
    )
    counts = json.loads(told.stdout)
    assert (counts["unchanged"] + counts["updated"], counts["invalid"]) == (2, 0)
    assert shell.type("subscribers", "export").stdout == written
    assert header[0] == "number"


def test_an_export_for_programs_is_one_object_a_line_with_the_values_as_they_are(shell: Shell) -> None:
    lines = shell.type("subscribers", "export", "--format", "jsonl", "--tag", "vip").stdout.splitlines()
    (found,) = map(json.loads, lines)
    assert (found["number"], found["first_name"], found["language"]) == ("+31612345678", "=1+1", "nl")


def test_one_record_that_cannot_be_read_is_left_out_and_named_by_its_place(
    shell: Shell, store_url: str
) -> None:
    numbers = [
        line.partition(",")[0].strip("'") for line in shell.type("subscribers", "export").stdout.splitlines()
    ]
    broken, well = (Number(number) for number in numbers[1:])
    with connect(store_url) as client:
        client.hset(keys.NumberKeys(broken).record, "state", "nonsense")
    for command in (
        ("list",),
        ("export",),
        ("export", "--format", "jsonl"),
        ("count", "--since", "2020-01-01"),
    ):
        done = shell.type("subscribers", *command)
        said = " ".join(done.stderr.split())
        assert done.returncode == 0, command
        assert "1 person is left out: what is kept of them cannot be read" in said
        assert f"({place_of(broken)})" in said
        assert broken.e164 not in done.stdout + done.stderr
        assert command[0] == "count" or well.e164 in done.stdout
    counted = shell.type("subscribers", "count", "--since", "2020-01-01", "--json").stdout
    assert json.loads(counted) == {"subscribed": 1, "unreadable": 1}
    made = shell.type("campaign", "new", "Spring", "--text", "Lente!").stdout.strip()
    done = shell.type("campaign", "preview", made)
    assert "- cannot be read\t1\t1" in done.stdout
    assert f"({place_of(broken)})" in " ".join(done.stderr.split())
    found = json.loads(shell.type("campaign", "preview", made, "--json").stdout)
    assert (found["funnel"]["reached"], found["unreadable"]) == (1, [place_of(broken)])
    alone = shell.type("campaign", "preview", made, "--number", broken.e164).stdout
    assert "They would not get it: cannot be read" in alone
