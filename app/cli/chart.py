"""Counts as bars: in the terminal, and as a picture that needs nothing to be shown."""

from collections.abc import Sequence
from html import escape
from typing import Final

WIDTH: Final = 40
# Of the picture, in pixels: a line, the words beside the bars, the longest bar, the figure behind it.
LINE, WORDS, LONGEST, FIGURES = 28, 300, 360, 140
EIGHTHS: Final = " ▏▎▍▌▋▊▉"

Counts = Sequence[tuple[str, int]]


def bars(counts: Counts) -> list[str]:
    """A line for each count, longest first as given: words, bar, figure and share."""
    most, total = max((count for _, count in counts), default=0), sum(count for _, count in counts)
    wide = max((len(words) for words, _ in counts), default=0)
    return [
        f"{words:<{wide}}  {_bar(count, most):<{WIDTH}}  {count:,} ({_share(count, total)})"
        for words, count in counts
    ]


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


def _bar(count: int, most: int) -> str:
    full, eighths = divmod(round(count / most * WIDTH * 8), 8) if most else (0, 0)
    return "█" * full + (EIGHTHS[eighths] if eighths else "")


def _share(count: int, total: int) -> str:
    return f"{count / total:.1%}" if total else "0%"
