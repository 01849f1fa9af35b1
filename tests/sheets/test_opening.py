"""Files as programs write them: every encoding, delimiter and kind of cell, and the damaged ones."""

import csv
import io
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import BadInput
from app.domain.number import Number
from app.sheets.first_rows import FirstRows
from app.sheets.opening import open_sheet
from app.sheets.table import Table, create_private

ROWS = [["Naam", "Telefoon"], ['Zoë; van \'t Hof, "de"\noude', "0612345678"], ["", ""], ["Bob", "0687654321"]]


def everything(path: Path) -> tuple[str, list[str], list[tuple[int, list[str]]]]:
    with open_sheet(path) as sheet:
        return sheet.kind, list(sheet.header), [(row, list(cells)) for row, cells in sheet.rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_text_is_read_whatever_its_encoding_and_delimiter(
    encoding: str, delimiter: str, ending: str, tmp_path: Path
) -> None:
    written = io.StringIO()
    csv.writer(written, delimiter=delimiter, lineterminator=ending).writerows(ROWS)
    path = tmp_path / "people.csv"
    path.write_bytes(written.getvalue().encode(encoding))
    kind, header, rows = everything(path)
    assert encoding in kind
    assert header == ROWS[0]
    assert rows == [(2, ROWS[1]), (4, ROWS[3])]


def test_the_delimiter_that_a_spreadsheet_names_is_believed(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("sep=#\na,b#c\n1,2#3\n")
    assert everything(path)[1:] == (["a,b", "c"], [(3, ["1,2", "3"])])


def test_quotes_that_belong_to_a_cell_are_left_in_it(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text('phone,name,size\n1,Jan "de Neus" Smit,5"\n2, "Bea",\n3,"Jan ""de Neus""","7"""\n')
    assert [cells for _, cells in everything(path)[2]] == [
        ["1", 'Jan "de Neus" Smit', '5"'],
        ["2", ' "Bea"', ""],
        ["3", 'Jan "de Neus"', '7"'],
    ]


@pytest.mark.parametrize(
    ("written", "line"),
    [(b"name\nAnn\nZo\xeb\n", 3), (b"name\n" + b"Zo\xc3\xab\n" * 300_000 + b"\xff", 300_002)],
)
def test_a_file_that_is_not_utf_8_says_from_which_line_on(written: bytes, line: int, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes(written)
    with open_sheet(path) as sheet:
        assert (
            f"people.csv is not UTF-8 from line {line} on, so all of it is read as Windows-1252"
            in sheet.doubt
        )
    path.write_text("name\nZoë\n", encoding="utf-8")
    with open_sheet(path) as sheet:
        assert sheet.doubt == ""


def workbook(path: Path, rows: list[list[object]]) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)  # type: ignore[union-attr]
    book.save(path)
    return path


def test_a_workbook_is_read_with_what_it_made_of_the_cells(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["Telefoon", "Op", "Punten"],
        [31612345678.0, datetime(2026, 1, 2, 3, 4), True],  # noqa: DTZ001 - a cell has no zone
        [612345678, None, "=1+1"],
        [None, None, None],
        ["0612345678", "x", 1.5],
    ]
    kind, header, found = everything(workbook(tmp_path / "people.xlsx", rows))
    assert (kind, header) == ("a workbook", ["Telefoon", "Op", "Punten"])
    assert found == [
        (2, ["31612345678", "2026-01-02 03:04:00", "True"]),
        (3, ["612345678", "", ""]),
        (5, ["0612345678", "x", "1.5"]),
    ]


@pytest.mark.parametrize("name", ["people.csv", "people.txt", "people"])
def test_a_workbook_is_one_whatever_it_is_called(name: str, tmp_path: Path) -> None:
    saved = workbook(tmp_path / "people.xlsx", [["Telefoon"], ["0612345678"]])
    assert everything(saved.rename(tmp_path / name)) == ("a workbook", ["Telefoon"], [(2, ["0612345678"])])


def a_quote_that_never_ends(path: Path) -> None:
    path.write_text('phone,name\n1,x\n2,"' + "a\n" * 100_000)


def only_a_chart(path: Path) -> None:
    book = openpyxl.Workbook()
    book.create_chartsheet()
    book.remove(book.active)  # type: ignore[arg-type]
    book.save(path)


def not_utf_16(path: Path) -> None:
    path.write_bytes(b"\xff\xfea")


def cut_off(path: Path) -> None:
    whole = workbook(path, [["phone"], ["1"]]).read_bytes()
    path.write_bytes(whole[: len(whole) // 2])


@pytest.mark.parametrize(
    ("write", "sentence"),
    [
        (lambda path: path.write_bytes(b""), "is empty"),
        (lambda path: path.write_bytes(b"\xef\xbb\xbf"), "is empty"),
        (lambda path: path.write_bytes(b"\xff\xfe"), "is empty"),
        (lambda path: path.mkdir(), "cannot be read: Is a directory"),
        (lambda _: None, "cannot be read: No such file"),
        (
            lambda path: path.write_bytes(b"\xd0\xcf\x11\xe0rest"),
            "workbook with a password, or one of the old kind",
        ),
        (lambda path: path.write_bytes(b"PK\x03\x04rest"), "damaged workbook"),
        (cut_off, "damaged workbook"),
        (a_quote_that_never_ends, "cannot be read from row 3 on: a quote is not closed in it"),
        (
            lambda path: path.write_text('phone,name\n1,x\n2,"y\n3,z\n'),
            "from row 3 on: a quote is not closed",
        ),
        (lambda path: path.write_text('a,b\n1,"x\n2,"y"\n3,"z"\n'), "from row 2 on: a quote is not closed"),
        (lambda path: path.write_text('phone,"name\n1,x\n'), "from row 1 on: a quote is not closed"),
        (only_a_chart, "without a sheet of rows"),
        (not_utf_16, "no text in UTF-8"),
    ],
)
def test_what_cannot_be_read_is_told_in_a_sentence(
    write: Callable[[Path], object], sentence: str, tmp_path: Path
) -> None:
    path = tmp_path / "people.xlsx"
    write(path)
    with pytest.raises(BadInput, match=sentence):
        everything(path)


@given(st.binary(max_size=200))
def test_any_bytes_are_rows_or_a_sentence(data: bytes) -> None:
    path = Path("/dev/shm/any-bytes.csv") if Path("/dev/shm").is_dir() else Path("any-bytes.csv")  # noqa: S108
    path.write_bytes(data)
    try:
        everything(path)
    except BadInput as refused:
        assert "\n" not in str(refused)  # noqa: PT017
    finally:
        path.unlink()


def test_a_number_is_remembered_with_the_row_in_which_it_stood_first() -> None:
    with FirstRows() as rows:
        ann, bob, eve = (Number(f"+3161234567{digit}") for digit in (7, 8, 9))
        assert rows.earlier([]) == []
        assert rows.earlier([(ann, 2), (bob, 3)]) == [None, None]
        assert rows.earlier([(ann, 4), (eve, 5), (eve, 6)]) == [2, None, 5]
        assert rows.earlier([(eve, 7)]) == [5]


def test_hostile_cells_are_written_so_that_no_spreadsheet_runs_them(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    hostile = ["=1+1", "+31612345678", "-1", "@SUM(A1)", "\t=1", "\r=1", 'a"b', "plain"]
    with create_private(path) as stream:
        Table(stream, ("cell",)).add([cell] for cell in hostile)
    assert path.stat().st_mode & 0o777 == 0o600
    with path.open(encoding="utf-8-sig", newline="") as file:
        written = [row[0] for row in csv.reader(file)]
    assert written == ["cell", *(f"'{cell}" for cell in hostile[:6]), *hostile[6:]]
