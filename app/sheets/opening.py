"""Opens a file of rows, whatever it is, and reads it as it goes: no file is too large."""

from contextlib import AbstractContextManager
from pathlib import Path

from app.domain.errors import BadInput
from app.sheets import delimited, workbook
from app.sheets.sheet import Sheet


def open_sheet(path: Path) -> AbstractContextManager[Sheet]:
    """Open a file of rows. Raises BadInput in a sentence, then and while it is read."""
    try:
        with path.open("rb") as file:
            head = file.read(8)
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror}") from None
    if not head:
        raise BadInput(f"{path} is empty")
    if head.startswith(workbook.ZIP):
        return workbook.open_workbook(path)
    if head.startswith(workbook.OLD):
        raise BadInput(
            f"{path} is a workbook with a password, or one of the old kind: save it without one as .xlsx, or as .csv"
        )
    return delimited.open_text(path)
