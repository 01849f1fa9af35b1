"""Charts say what their figures say, whatever stands in the words."""

from xml.etree import ElementTree as ET

import pytest

from app.cli.chart import WIDTH, bars, svg

COUNTS = [("delivered", 600), ("failed: the number is gone, code 30005", 150), ("skipped: opted out", 0)]
SVG = "{http://www.w3.org/2000/svg}"


def test_a_bar_is_as_long_as_its_share_of_the_longest() -> None:
    delivered, failed, skipped = bars(COUNTS)
    assert delivered.count("█") == WIDTH
    assert failed.count("█") == WIDTH // 4
    assert "█" not in skipped
    assert (delivered.endswith("600 (80.0%)"), failed.endswith("150 (20.0%)")) == (True, True)


@pytest.mark.parametrize("columns", [100, 80, 60, 40, 24])
def test_no_line_is_wider_than_the_terminal_and_every_figure_is_there(columns: int) -> None:
    """Words that are longer than the terminal go on in the next line; a bar that did would be none."""
    lines = bars(COUNTS, columns)
    assert all(len(line) <= columns for line in lines if line not in dict(COUNTS))
    assert [line.split("  ")[-1].strip() for line in lines if line.endswith("%)")] == [
        "600 (80.0%)",
        "150 (20.0%)",
        "0 (0.0%)",
    ]
    longest = lines[0 if len(lines) == len(COUNTS) else 1].count("█")
    assert longest >= (12 if columns > 24 else 8)
    assert sum(line.count("█") for line in lines) == longest + longest // 4


def test_the_bar_goes_below_words_that_leave_no_room_for_it() -> None:
    assert len(bars(COUNTS, 80)) == len(COUNTS)
    words, bar, *_ = bars(COUNTS, 60)
    assert (words, bar.count("█")) == ("delivered", WIDTH)


def test_nothing_to_show_is_no_error() -> None:
    assert bars([]) == []
    assert bars([("sent", 0)])[0].endswith("0 (0%)")
    ET.fromstring(svg("Nothing", []))  # noqa: S314 - our own


def test_the_picture_has_every_figure_as_text_and_bars_in_proportion() -> None:
    picture = ET.fromstring(svg("What became of <Spring> & more", COUNTS))  # noqa: S314 - our own
    texts = [text.text for text in picture.iter(f"{SVG}text")]
    assert texts[0] == "What became of <Spring> & more"
    assert "600 (80.0%)" in texts
    widths = [
        float(bar.get("width", "0")) for bar in picture.iter(f"{SVG}rect") if "%" not in bar.get("width", "")
    ]
    assert widths[0] == 4 * widths[1]
    assert widths[2] == 0
