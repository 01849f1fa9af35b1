"""Counts as bars: in the terminal, and as a picture that needs nothing to be shown."""

from collections.abc import Sequence
from html import escape
from typing import Final

# Of the longest bar, in characters; where there is less room than SHORTEST beside the words, it goes below them.
WIDTH, SHORTEST = 40, 12
GAP: Final = "  "
# Of the picture, in pixels: a line, the words beside the bars, the longest bar, the figure behind it.
LINE, WORDS, LONGEST, FIGURES = 28, 300, 360, 140
EIGHTHS: Final = " ▏▎▍▌▋▊▉"

Counts = Sequence[tuple[str, int]]


def bars(counts: Counts, columns: int = 100) -> list[str]:
    """A line for each count, as given: words, bar, figure and share; where `columns` are few, words and bar below."""
    most, total = max((count for _, count in counts), default=0), sum(count for _, count in counts)
    figures = [f"{count:,} ({_share(count, total)})" for _, count in counts]
    wide = max((len(words) for words, _ in counts), default=0)
    beside = columns - max(map(len, figures), default=0) - len(GAP)
    below = beside - wide - len(GAP) < SHORTEST
    longest = max(1, min(WIDTH, beside if below else beside - wide - len(GAP)))
    lines = []
    for (words, count), figure in zip(counts, figures, strict=True):
        bar = f"{_bar(count, most, longest):<{longest}}{GAP}{figure}"
        lines += [words, bar] if below else [f"{words:<{wide}}{GAP}{bar}"]
    return lines


def svg(title: str, counts: Counts, notes: Sequence[str] = ()) -> str:
    """The same as a picture, with every figure in it as text; the notes stand beneath."""
    most, total = max((count for _, count in counts), default=0), sum(count for _, count in counts)
    height = LINE * (len(counts) + 2 + len(notes))
    frame = f'viewBox="0 0 {WORDS + LONGEST + FIGURES} {height}" role="img" aria-label="{escape(title)}"'
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {frame} font-family="sans-serif" font-size="14">',
        '<rect width="100%" height="100%" fill="#fff"/>',
        f'<text x="12" y="{LINE - 8}" font-weight="bold">{escape(title)}</text>',
    ]
    for place, (words, count) in enumerate(counts, start=1):
        top, long = place * LINE + 6, LONGEST * count / most if most else 0
        lines.append(
            f'<text x="{WORDS - 8}" y="{top + 15}" text-anchor="end">{escape(words)}</text>'
            f'<rect x="{WORDS}" y="{top}" width="{long:.1f}" height="{LINE - 8}" fill="#2b6cb0"/>'
            f'<text x="{WORDS + long + 8:.1f}" y="{top + 15}">{count:,} ({_share(count, total)})</text>'
        )
    for place, note in enumerate(notes, start=len(counts) + 2):
        lines.append(f'<text x="12" y="{place * LINE}">{escape(note)}</text>')
    return "\n".join([*lines, "</svg>\n"])


def _bar(count: int, most: int, longest: int) -> str:
    full, eighths = divmod(round(count / most * longest * 8), 8) if most else (0, 0)
    return "█" * full + (EIGHTHS[eighths] if eighths else "")


def _share(count: int, total: int) -> str:
    return f"{count / total:.1%}" if total else "0%"
