"""`stopwoord campaign` as marketers type it: drafts, refusals in sentences, and what comes out for machines."""

import csv
import io
import json
from pathlib import Path

import pytest

from app.bootstrap import Gateway, build
from app.domain.campaign import Action, CampaignStatus
from app.domain.number import Number
from app.store import keys
from app.store.connection import connect
from app.store.consents import RedisConsents
from tests.cli.shell import Shell
from tests.installation import environment, settings_for
from tests.stack.audience import subscribe

ANNA = "+31612345678"
TEXT = "Lente! 10% korting"


@pytest.fixture
def shell(store_url: str, tmp_path: Path) -> Shell:
    return Shell(tmp_path, environment(store_url))


@pytest.fixture
def gateway(store_url: str) -> Gateway:
    return build(settings_for(store_url))


@pytest.fixture
def anna(store_url: str) -> None:
    subscribe(RedisConsents(connect(store_url)), [ANNA])


def draft(shell: Shell, *options: str) -> str:
    return shell.type("campaign", "new", "Spring", "--text", TEXT, *options).stdout.strip()


def status(gateway: Gateway, campaign: str) -> CampaignStatus:
    return gateway.campaigns.manage.change.load(campaign).status


def test_a_draft_is_made_shown_edited_and_listed(shell: Shell) -> None:
    made = draft(shell, "--tag", "VIP", "--language", "nl", "--since", "2026-01-01T00:00+01:00")
    shell.type("campaign", "edit", made, "--name", "Summer", "--text-en", "Summer! 10% off")
    found = json.loads(shell.type("campaign", "show", made, "--json").stdout)
    assert (found["name"], found["status"], found["texts"]) == ("Summer", "draft", {"en": "Summer! 10% off"})
    assert found["audience"] == {"tags": ["vip"], "languages": ["nl"], "since": "2025-12-31T23:00:00+00:00"}
    listed = shell.type("campaign", "list").stdout.splitlines()
    assert listed[1].split("\t")[:3] == [made, "Summer", "draft"]
    shown = shell.type("campaign", "show", made).stdout
    assert "everybody who is subscribed, tagged vip, whose language is nl, who joined since" in shown
    assert "people" not in shown  # the heading of a table of nobody
    reported = shell.type("campaign", "report", made)
    assert (reported.stdout, "Nobody has an outcome yet." in reported.stderr) == ("", True)


def test_two_texts_in_the_same_language_are_refused_and_none_is_lost(shell: Shell) -> None:
    refused = shell.type("campaign", "new", "Spring", "--text", TEXT, "--text-nl", "Lente!")
    said = "--text and --text-nl are both the text in nl: give one of them"
    assert (refused.returncode, said in refused.stderr) == (2, True)
    assert shell.type("campaign", "list", "--json").stdout.strip() == "[]"


def test_a_file_says_it_all(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "spring.toml").write_text('name = "Spring"\ntags = ["vip"]\n[texts]\nnl = "Lente!"\n')
    made = shell.type("campaign", "new", "--file", "spring.toml", "--json")
    assert json.loads(made.stdout)["texts"] == {"nl": "Lente!"}


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (("new", "Spring"), "a campaign needs a text: --text"),
        (("new", "--text", "x"), "a campaign needs a name"),
        (("new", "x", "--text", "y", "--language", "xx"), "the program has no texts in 'xx'"),
        (("new", "x", "--text", "y", "--since", "soon"), "'soon' is no moment"),
        (("new", "x", "--file", "nowhere.toml"), "nowhere.toml cannot be read"),
        (("new", "x", "--file", "bad.toml"), "bad.toml is not TOML"),
        (("new", "x", "--file", "wrong.toml"), "there is no key price; there are ends_at, "),
        (("show", "\x1b[2J"), "a campaign is named by its id"),
        (("new", "x", "--text", "y", "--sender", "+31612345678"), "there are +3197010200000"),
        (("new", "x", "--text", "y", "--leave-out", "shoe"), "there is no field 'shoe'"),
        (("send", "abcdefgh"), "there is no campaign abcdefgh"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(
    shell: Shell, tmp_path: Path, typed: tuple[str, ...], sentence: str
) -> None:
    (tmp_path / "bad.toml").write_text("=")
    (tmp_path / "wrong.toml").write_text("price = 3")
    done = shell.type("campaign", *typed)
    assert done.returncode == 2
    assert sentence in done.stderr
    assert done.stderr.isprintable() or "\n" in done.stderr


@pytest.mark.usefixtures("anna")
def test_nothing_is_sent_without_a_yes(shell: Shell, gateway: Gateway) -> None:
    made = draft(shell)
    preview = shell.type("campaign", "send", made, "--dry-run", "--json")
    found = json.loads(preview.stdout)
    assert (found["id"], found["people"], found["expected"]["people"]) == (made, 1, 1)
    assert found["texts"] == {"nl": {"text": f"Klaverblad: {TEXT} Stop? Sms STOP", "segments": 1}}
    refused = shell.type("campaign", "send", made)
    assert (refused.returncode, "add --yes" in refused.stderr) == (2, True)
    assert status(gateway, made) is CampaignStatus.DRAFT
    assert shell.type("campaign", "send", made, "--yes").returncode == 0
    assert status(gateway, made) is CampaignStatus.FREEZING
    again = shell.type("campaign", "send", made, "--yes")
    assert (again.returncode, "it is on its way already" in again.stderr) == (2, True)


def test_a_campaign_to_nobody_is_refused(shell: Shell) -> None:
    done = shell.type("campaign", "send", draft(shell), "--yes")
    assert (done.returncode, "nobody would get it" in done.stderr) == (2, True)


@pytest.mark.usefixtures("anna")
def test_it_is_scheduled_taken_off_paused_resumed_and_cancelled(shell: Shell, gateway: Gateway) -> None:
    made = draft(shell)
    past = shell.type("campaign", "schedule", made, "--at", "2020-01-01 10:00", "--yes")
    assert (past.returncode, "that moment is over" in past.stderr) == (2, True)
    assert shell.type("campaign", "schedule", made, "--at", "2099-01-01 10:00", "--yes").returncode == 0
    assert status(gateway, made) is CampaignStatus.SCHEDULED
    assert shell.type("campaign", "pause", made).returncode == 0
    assert status(gateway, made) is CampaignStatus.DRAFT
    shell.type("campaign", "send", made, "--yes")
    gateway.campaigns.manage.change(made, Action.FROZEN)
    assert shell.type("campaign", "pause", made, "--reason", "the price is wrong").returncode == 0
    assert ": the price is wrong" in (shown := shell.type("campaign", "show", made).stdout)
    assert "paused by cli:" in shown
    assert shell.type("campaign", "resume", made).returncode == 0
    assert shell.type("campaign", "cancel", made).returncode == 2
    assert shell.type("campaign", "cancel", made, "--yes").returncode == 0
    assert status(gateway, made) is CampaignStatus.CANCELLED


@pytest.fixture
def over(shell: Shell, store_url: str, gateway: Gateway) -> str:
    """A campaign that is over: one person got it and it did not arrive, one had stopped, one has no text."""
    tag, made = keys.tag(3), draft(shell)
    with connect(store_url) as client:
        names = keys.CampaignKeys(tag, made)
        lines = {
            ANNA: "sent:1767225600000::1:SM0123:undelivered:30003",
            "+31612345679": "skipped:1767225600000:opted_out:0:::0",
        }
        client.hset(names.outcomes, mapping=lines)
        client.hset(names.counts, mapping={"sent": 1, "skipped": 1, "frozen": 2, "segments": 1})
    gateway.campaigns.manage.change(made, Action.SEND)
    gateway.campaigns.manage.change(made, Action.FROZEN)
    gateway.campaigns.manage.change(made, Action.FINISH)
    return made


def test_the_report_is_in_plain_words_with_the_code_beside_them(shell: Shell, over: str) -> None:
    told = shell.type("campaign", "report", over)
    assert "1 segment: about EUR 0.09 (an example of prices" in " ".join(told.stderr.split())
    assert "What was expected of it is not known" in told.stderr
    lines = told.stdout.splitlines()
    assert "sent, but not delivered (the handset is off or out of reach)\t30003\t1" in lines
    assert "skipped: opted out before their turn came\t\t1" in lines
    found = json.loads(shell.type("campaign", "report", over, "--json").stdout)
    assert {each["code"] for each in found["outcomes"]} == {30003, None}
    assert (found["cost"]["total"], found["cost"]["segments"]) == ("0.09", 1)


@pytest.mark.usefixtures("anna")
def test_what_was_expected_when_it_was_sent_stands_beside_what_came_of_it(
    shell: Shell, gateway: Gateway, store_url: str
) -> None:
    made = draft(shell)
    sent = shell.type("campaign", "send", made, "--yes", "--json")
    assert "As it is now: 1 person would get it, 1 segment, about EUR 0.09." in sent.stderr
    expected = json.loads(sent.stdout)["expected"]
    assert (expected["people"], expected["segments"], expected["total"]) == (1, 1, "0.09")
    with connect(store_url) as client:
        names = keys.CampaignKeys(keys.NumberKeys(Number(ANNA)).tag, made)
        client.hset(names.outcomes, ANNA, "sent:1767225600000::2:SM0123:delivered:0")
    gateway.campaigns.manage.change(made, Action.FROZEN)
    gateway.campaigns.manage.change(made, Action.FINISH)
    told = " ".join(shell.type("campaign", "report", made, "--out", "chart.svg").stderr.split())
    assert "UTC: 1 person would get it, 1 segment, about EUR 0.09." in told
    assert "That is 1 segment more and EUR 0.09 more than expected." in told
    assert "EUR 0.09 more than expected" in (shell.directory / "chart.svg").read_text()
    found = json.loads(shell.type("campaign", "report", made, "--json").stdout)
    assert (found["expected"], found["cost"]["priced_by"]) == (expected, "rates")
    assert (found["difference"]["segments"], found["difference"]["total"]) == (1, "0.09")


@pytest.mark.usefixtures("anna")
def test_a_scheduled_one_that_is_edited_is_worked_out_anew(shell: Shell, gateway: Gateway) -> None:
    made = draft(shell)
    shell.type("campaign", "schedule", made, "--at", "2099-01-01 10:00", "--yes")
    shell.type("campaign", "edit", made, "--text", f"{TEXT}{'!' * 150}")
    found = gateway.campaigns.manage.change.load(made)
    assert (found.status, found.expected and found.expected.segments) == (CampaignStatus.SCHEDULED, 2)


def test_the_spreadsheet_runs_nothing(shell: Shell, over: str) -> None:
    rows = list(csv.DictReader(io.StringIO(shell.type("campaign", "report", over, "--csv").stdout)))
    assert {row["number"] for row in rows} == {f"'{ANNA}", "'+31612345679"}
    assert {row["outcome"] for row in rows} == {"sent", "skipped"}


def test_the_chart_is_a_picture_in_a_file_of_ones_choice(shell: Shell, over: str) -> None:
    assert shell.type("campaign", "report", over, "--out", "chart.svg").returncode == 0
    picture = (shell.directory / "chart.svg").read_text()
    assert picture.startswith("<svg ")
    assert "1 (50.0%)" in picture
    refused = shell.type("campaign", "report", over, "--out", "chart.png")
    assert (refused.returncode, refused.stderr) == (
        2,
        "stopwoord: the chart is a picture in SVG: name a file such as chart.svg; --csv and --json print figures\n",
    )
    refused = shell.type("campaign", "report", over, "--out", "nowhere/chart.svg")
    assert refused.returncode == 2
    assert "name a file in another directory" in refused.stderr


def test_watching_a_finished_one_prints_one_line_and_ends(shell: Shell, over: str) -> None:
    (line,) = shell.type("campaign", "watch", over, "--json").stdout.splitlines()
    found = json.loads(line)
    assert (found["status"], found["total"], found["sent"], found["skipped"]) == ("finished", 2, 1, 1)
    seen = shell.type("campaign", "watch", over)
    assert "Spring: finished" in seen.stderr


def test_how_many_are_done_is_whole_beside_a_text_that_fills_the_line(shell: Shell) -> None:
    made = shell.type("campaign", "new", "春" * 42, "--text", TEXT).stdout.strip()
    assert "0/?" in shell.type_in_terminal("campaign", "watch", made).rpartition("春")[2]


@pytest.mark.usefixtures("anna")
def test_a_person_is_shown_with_every_campaign_and_why(shell: Shell, gateway: Gateway) -> None:
    made = draft(shell)
    shell.type("campaign", "send", made, "--yes")
    gateway.campaigns.run()  # nothing leaves: the clock has not read back yet
    assert gateway.campaigns.manage.results.outcome_of(made, Number(ANNA)) == "waiting"
    assert f"{made}\tSpring\twaiting" in shell.type("subscriber", "show", ANNA).stdout
    (told,) = json.loads(shell.type("subscriber", "show", ANNA, "--json").stdout)["campaigns"]
    assert told == {"id": made, "name": "Spring", "outcome": "waiting"}
