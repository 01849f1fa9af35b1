"""The scripts take every key through KEYS, and hold no rule and no name of a key."""

import re
from importlib import resources

import pytest

from app.store.scripts import SHARED, source

FILES = {file.name.removesuffix(".lua") for file in resources.files("app.store").joinpath("lua").iterdir()}
LUA = {name: source(name) for name in sorted(FILES - set(SHARED.values()))}
CODE = {name: re.sub(r"--.*", "", text) for name, text in LUA.items()}
# A command that takes any number of keys is told first how many.
CALL = re.compile(r"redis\.p?call\('([A-Z]+)',\s*(?:(?<='SINTERCARD', )[\w +-]+,\s*)?([^,)]+)")
A_RUN_OF_KEYS = "unpack(KEYS"


@pytest.mark.parametrize("name", LUA)
def test_no_script_makes_a_key_of_its_own(name: str) -> None:
    assert ".." not in CODE[name]
    assert "string." not in CODE[name]
    assert "sw:" not in CODE[name]


@pytest.mark.parametrize("name", LUA)
def test_every_call_is_about_a_key_that_was_passed(name: str) -> None:
    code = CODE[name]
    passed = {A_RUN_OF_KEYS, *re.findall(r"KEYS\[[\w +*]+\]", code)}
    for names, values in re.findall(r"local ([\w, \n]+?)\s*=\s*(KEYS\[[^\n]+)", code):
        bound = dict(zip(re.split(r",\s*", names.strip()), re.split(r",\s*", values.strip()), strict=True))
        passed |= {local for local, value in bound.items() if value in passed}
    calls = CALL.findall(code)
    assert calls
    for command, first in calls:
        alternatives = re.split(r"\s+(?:and|or)\s+", first)
        keys = [part for part in alternatives if "==" not in part]
        assert set(keys) <= passed, f"{name}: {command} {first}"


@pytest.mark.parametrize("name", LUA)
def test_every_script_begins_with_its_contract(name: str) -> None:
    head = "\n".join(line for line in LUA[name].splitlines() if line.startswith("--"))
    for word in ("KEYS", "ARGV", "Returns"):
        assert word in head
    numbered = re.findall(r"KEYS\[(\d+)\]", CODE[name])
    # One that takes a run of keys of each person has no key of its own.
    assert all(f"{last} " in head.partition("ARGV")[0] for last in sorted(map(int, numbered))[-1:])
