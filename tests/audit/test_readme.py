"""The README is true: its tables are the program's own, and what it names is there."""

import ast
import importlib
import inspect
from pathlib import Path

import pytest

from app.domain.consent import Policy
from app.domain.partition import PARTITIONS
from app.domain.replies import Language
from app.launcher.development import SANDBOX_PORT
from app.services.readiness import STALE_CLOCK
from app.services.try_again import GIVE_UP_AFTER
from app.store import keys
from bench import campaign, console, store, webhook
from tests.faults.options import Options
from tests.readme.document import README, REWRITE, ROOT, block, documents, links, named_tests, section
from tests.readme.tables import blocks

imports = importlib.import_module("bench.import")
LONGEST = 400
TEXT = README.read_text(encoding="utf-8")
TEXTS = "\n".join(document.read_text(encoding="utf-8") for document in documents())
STORE = (ROOT / "docs" / "store.md").read_text(encoding="utf-8")
BLOCKS = blocks()
POLICY, FAULTS = Policy(default_language=Language("nl")), Options()


@pytest.mark.parametrize("name", BLOCKS)
def test_a_generated_block_is_what_the_program_goes_by(name: str) -> None:
    assert block(TEXTS, name) == BLOCKS[name], f"run `{REWRITE}`"


def test_every_marker_is_of_a_generated_block() -> None:
    opened = [line for line in TEXTS.splitlines() if line.startswith("<!--")]
    assert sorted(opened) == sorted(f"<!-- {slash}{name} -->" for name in BLOCKS for slash in ("", "/"))


@pytest.mark.parametrize("document", documents(), ids=lambda path: path.name)
def test_every_link_leads_to_a_file(document: Path) -> None:
    assert [
        link for link in links(document.read_text("utf-8")) if not (document.parent / link).exists()
    ] == []


def test_every_promise_names_a_test() -> None:
    rows = [line for line in section(TEXT, "Promises").splitlines() if line.startswith("| ")][2:]
    assert len(rows) > 10
    assert [row for row in rows if len(list(named_tests(row))) != 1] == []


@pytest.mark.parametrize(("path", "name"), sorted(set(named_tests(TEXT))))
def test_a_test_that_is_named_exists(path: str, name: str) -> None:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    assert not name or name in {each.name for each in tree.body if isinstance(each, ast.FunctionDef)}


def test_every_key_of_the_store_is_explained() -> None:
    built = {name for name, made in vars(keys).items() if getattr(made, "__module__", "") == keys.__name__}
    constants = {
        name for name, value in vars(keys).items() if isinstance(value, str) and value.startswith("sw:")
    }
    assert inspect.isfunction(keys.subscribers)
    assert [name for name in sorted(built | constants) if f"`{name}`" not in STORE] == []


@pytest.mark.parametrize(
    "said",
    [
        f"at least {webhook.BAR} of its rate",
        f"at most {console.MILLISECONDS_BAR} ms for 95 of 100 pages",
        f"at most {store.BYTES_BAR} bytes each",
        f"at least {campaign.BAR} of its rate, and bounded",
        f"at least {imports.BAR} of its rate, and no more memory",
        f"at most {store.LOOK_UP_BAR} times",
        f"{FAULTS.people} people text STOP during {FAULTS.kills} kills",
        f"{POLICY.guard_replies} replies to one number in {POLICY.guard_window.seconds // 60} minutes",
        f"{POLICY.guard_goodbyes} if they are goodbyes",
        f"up to {GIVE_UP_AFTER.days * 24} hours",
        f"silent for {STALE_CLOCK.seconds} seconds",
        f"goes after {keys.ROW_SECONDS // 86_400} days",
        f"crc32 mod {PARTITIONS}",
        f"<http://127.0.0.1:{SANDBOX_PORT}>",
    ],
)
def test_a_figure_is_the_one_in_the_code(said: str) -> None:
    assert said in " ".join(TEXT.split())


def test_every_part_of_the_gateway_has_its_place_among_the_arrows() -> None:
    parts = [f"app/{path.name}" for path in (ROOT / "app").iterdir() if path.suffix == ".py" or path.is_dir()]
    assert [part for part in parts if "__" not in part and f"`{part}`" not in TEXT] == []


def test_it_can_be_read_in_one_sitting() -> None:
    assert len(TEXT.splitlines()) <= LONGEST
