"""Reading a list that people made, CSV or XLSX: cells under known columns, and every error where it stands."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from a2p.exchange.table import Columns, Problems, header_names, quoted, rows
from a2p.exchange.workbook import Cell, SheetRow, WorkbookError, read_sheet

MOST_ROWS = 2_000
MOST_BYTES = 1024 * 1024


@dataclass(frozen=True, slots=True)
class FileProblem:
    """An error and where it stands; a column of "" is the whole row, row 0 the file."""

    row: int
    column: str
    what: str

    def __str__(self) -> str:
        places = [f"row {self.row}"] * (self.row > 0) + [self.column] * bool(self.column)
        return f"{', '.join(places)}: {self.what}" if places else self.what


@dataclass(frozen=True, slots=True)
class ListRead:
    """The columns' names (None: the list can't be read), each row's number and cells, what is wrong, and whether cells
    are merged: then all but the first of them are empty."""

    names: tuple[str, ...] | None
    rows: tuple[tuple[int, Mapping[str, Cell]], ...] = ()
    problems: tuple[FileProblem, ...] = ()
    merged: bool = False


def read_list(data: bytes, columns: Columns) -> ListRead:
    """The rows of a file under its header. Nothing raises: a file that can't be read at all is one problem."""
    if len(data) > MOST_BYTES:
        return _unreadable(f"the file is larger than {MOST_BYTES // 1024:,} kilobytes")
    if not data.strip():
        return _unreadable("the file is empty")
    if data.startswith(b"PK"):
        return _from_workbook(data, columns)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return _unreadable(
            "the file is an old Excel workbook (XLS), or is protected by a password: save it as XLSX or as CSV UTF-8"
        )
    if data.startswith((b"%PDF", b"{\\rtf", b"\x89PNG", b"\xff\xd8", b"<")):
        return _unreadable("the file is neither a spreadsheet in XLSX nor a CSV file")
    return _from_csv(data, columns)


def plain_words(written: str) -> str:
    """Words alone: no capitals, hyphens, brackets or stars."""
    return " ".join(re.findall(r"[a-z0-9]+", written.lower()))


def _unreadable(what: str) -> ListRead:
    return ListRead(None, problems=(FileProblem(0, "", what),))


def _from_csv(data: bytes, columns: Columns) -> ListRead:
    problems = Problems("list")
    read = list(rows(data, columns, problems))
    found = tuple(FileProblem(line, "", what) for line, what in problems.found)
    if len(read) > MOST_ROWS:
        return _unreadable(f"the file has more than {MOST_ROWS:,} rows: split it into several files")
    names = tuple(read[0].cells) if read else ()
    cells = tuple((row.line, {name: Cell(text) for name, text in row.cells.items()}) for row in read)
    return ListRead(names, cells, found)


def _from_workbook(data: bytes, columns: Columns) -> ListRead:
    try:
        sheet = read_sheet(data, MOST_ROWS + 1)
    except WorkbookError as problem:
        return _unreadable(str(problem))
    if not sheet.rows:
        return _unreadable(f"the sheet {quoted(sheet.name)} is empty")
    problems = Problems("list")
    header = sheet.rows[0]
    names = header_names(header.number, _written(header), columns, problems)
    found = tuple(FileProblem(line, "", what) for line, what in problems.found)
    if names is None:
        return ListRead(None, problems=found)
    cells = tuple((row.number, dict(zip(names, row.cells, strict=False))) for row in sheet.rows[1:])
    return ListRead(tuple(names), cells, found, merged=sheet.merged)


def _written(header: SheetRow) -> list[str]:
    """The header's texts, as far as the last that isn't empty."""
    texts = [cell.text for cell in header.cells]
    return texts[: max((place + 1 for place, text in enumerate(texts) if text), default=0)]
