"""The README as parts: generated blocks, commands, links, and the tests that it names."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
README: Final = ROOT / "README.md"
PICTURE: Final = ROOT / "docs" / "phone-page.png"
REWRITE: Final = "./dev readme"

_FENCE: Final = re.compile(r"^```(?:console|sh)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_INLINE: Final = re.compile(r"`(\./dev [^`]+|stopwoord [^`]+|python -m [^`]+)`")
_GENERATED: Final = re.compile(r"^\| `?stopwoord ")
_LINK: Final = re.compile(r"\]\(([^)#]+)(?:#[^)]*)?\)")
_TEST: Final = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")


def documents() -> list[Path]:
    """Every text that people are to follow."""
    return [README, *sorted((ROOT / "docs").glob("**/*.md"))]


def block(text: str, name: str) -> str:
    """What stands between the markers of that name; raises LookupError when they are not there once."""
    found = _between(name).findall(text)
    if len(found) != 1:
        raise LookupError(f"there are {len(found)} blocks <!-- {name} -->, and exactly one is needed")
    return str(found[0][1]).strip()


def with_blocks(text: str, blocks: Mapping[str, str]) -> str:
    """The text with every block that it has put between its markers."""
    for name, content in blocks.items():
        text = _between(name).sub(lambda found, new=content: f"{found[1]}{new}\n{found[3]}", text)
    return text


def section(text: str, title: str) -> str:
    """What stands under a heading of the second level."""
    return text.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def _between(name: str) -> re.Pattern[str]:
    return re.compile(rf"(<!-- {name} -->\n)(.*?)(<!-- /{name} -->)", re.DOTALL)


def commands(text: str) -> Iterator[str]:
    """Every command that a reader is told to type: in `console` and `sh` fences, and in running text."""
    for fence in _FENCE.findall(text):
        for line in fence.splitlines():
            command = line.partition("  #")[0].removeprefix("$ ").strip()
            if command:
                yield command
    prose = "\n".join(line for line in text.splitlines() if not _GENERATED.match(line))
    yield from _INLINE.findall(prose)


def links(text: str) -> Iterator[str]:
    """Every link to a file of the project."""
    return (target for target in _LINK.findall(text) if "://" not in target)


def named_tests(text: str) -> Iterator[tuple[str, str]]:
    """Every test that is named as (file, function); the function is empty when a whole file is named."""
    return (found for found in _TEST.findall(text))
