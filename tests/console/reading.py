"""Reads a page as a person does: its lines, apart from what it quotes."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

# What stands in these is somebody's own: words, names, references, moments.
QUOTED = {"blockquote", "code", "time", "script", "style", "textarea"}
SPOKEN_ATTRIBUTES = {"aria-label", "placeholder", "title", "alt"}
# They end no line and hold nothing.
VOID = {"meta", "link", "input", "br", "img", "rect", "line", "path"}
WORD = re.compile(r"[^\W\d_]{2,}")


class Lines(HTMLParser):
    """The visible texts of a page, one for each element that holds some, and what is only read out."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.lines: list[str] = []
        self._open: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self._open.append(tag)
        self.lines += [value for name, value in attributes if name in SPOKEN_ATTRIBUTES and value]

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if data.strip() and not QUOTED & set(self._open):
            self.lines.append(" ".join(data.split()))


def runs(lines: list[str], length: int) -> set[str]:
    """So many words that stand beside each other in a line."""
    pieces = [piece for line in lines for piece in line.split("0")]
    return {" ".join(run) for piece in pieces for run in _runs(WORD.findall(piece), length)}


def _runs(words: list[str], length: int) -> Iterator[list[str]]:
    for first in range(len(words) - length + 1):
        yield words[first : first + length]


def untranslated(dutch: str, english: str, own: set[str]) -> set[str]:
    """What both pages say alike: whole lines, and three words beside each other; but for names and the like (`own`)."""
    ours, theirs = (_without(Lines(page).lines, own) for page in (dutch, english))
    alike = {line for line in set(ours) & set(theirs) if WORD.search(line)}
    return alike | (runs(ours, 3) & runs(theirs, 3))


def _without(lines: list[str], own: set[str]) -> list[str]:
    names = re.compile(
        "|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in sorted(own, key=len, reverse=True))
    )
    # A figure in a name's place, so that what stands on both sides of it is not read together.
    return [names.sub("0", line) for line in lines]
