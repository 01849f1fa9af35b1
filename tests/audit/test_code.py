"""The project checks its own code: size, names, imports, and who may spell a key."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = sorted((*ROOT.glob("app/**/*.py"), *ROOT.glob("workers/**/*.py")))
TESTS = sorted(ROOT.glob("tests/**/*.py"))
EVERYTHING = [str(path.relative_to(ROOT)) for path in (*SOURCES, *TESTS)]
OURS = [str(path.relative_to(ROOT)) for path in SOURCES]
LONGEST_FILE, LONGEST_FUNCTION = 250, 40
SAYS_NOTHING = {"utils", "util", "helpers", "helper", "common", "base", "manager", "misc", "tools"}
# Imported when it is needed: the package is an optional extra, or a command must start quickly.
MAY_IMPORT_LATE = ("app/cli/", "app/launcher/embedded.py")
KEY = re.compile(r"""["']f?sw:""")
SPELLS_KEYS = {"app/store/keys.py", "app/jobs/policy.py"}


def functions(path: str) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse((ROOT / path).read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


@pytest.mark.parametrize("path", EVERYTHING)
def test_a_file_holds_one_idea(path: str) -> None:
    assert len((ROOT / path).read_text().splitlines()) <= LONGEST_FILE


@pytest.mark.parametrize("path", EVERYTHING)
def test_a_function_fits_on_a_screen(path: str) -> None:
    long = [f.name for f in functions(path) if (f.end_lineno or 0) - f.lineno + 1 > LONGEST_FUNCTION]
    # A factory of routes is as long as its routes together; each of them is looked at by itself.
    assert [name for name in long if not _only_wires(path, name)] == []


def _only_wires(path: str, name: str) -> bool:
    (function,) = [f for f in functions(path) if f.name == name]
    inner = [n for n in function.body if isinstance(n, ast.FunctionDef)]
    taken = sum((n.end_lineno or 0) - n.lineno + 1 for n in inner)
    return (function.end_lineno or 0) - function.lineno + 1 - taken <= LONGEST_FUNCTION


@pytest.mark.parametrize("path", EVERYTHING)
def test_a_name_says_something(path: str) -> None:
    assert not SAYS_NOTHING & set(Path(path).with_suffix("").parts)


@pytest.mark.parametrize("path", [path for path in OURS if not path.startswith(MAY_IMPORT_LATE)])
def test_imports_stand_at_the_top(path: str) -> None:
    late = [
        node.lineno
        for function in functions(path)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert late == []


@pytest.mark.parametrize("path", [path for path in OURS if path not in SPELLS_KEYS])
def test_keys_are_spelled_in_one_place(path: str) -> None:
    assert not KEY.search((ROOT / path).read_text())


@pytest.mark.parametrize("path", OURS)
def test_every_module_that_has_code_says_what_it_is_for(path: str) -> None:
    tree = ast.parse((ROOT / path).read_text())
    assert not tree.body or ast.get_docstring(tree)


def test_the_parts_of_the_project_know_only_what_they_may() -> None:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_a_package_that_none_of_the_layers_names_would_be_noticed() -> None:
    contracts = (ROOT / "pyproject.toml").read_text()
    assert "exhaustive = true" in contracts
