"""Reading a spreadsheet (XLSX) that people made: the first sheet that is shown, as rows of texts.

It may come from anybody: how far it unpacks and how many rows it has is limited before anything is read.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Protocol

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

MOST_UNPACKED = 16 * 1024 * 1024
MOST_PARTS = 300
MOST_COLUMNS = 60
LAST_ROW = 20_000  # a sheet may have empty rows below its table, but not any number of them


class WorkbookError(ValueError):
    """A file that can't be read as a spreadsheet; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's text without white space round it, or the fault that keeps it from being one."""

    text: str
    fault: str = ""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row that isn't empty: its number in the sheet, and its cells from column A."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What was read, and whether cells of it are merged: then all but the first of them are empty."""

    name: str
    rows: tuple[SheetRow, ...]
    merged: bool


class _ReadCell(Protocol):
    @property
    def value(self) -> object: ...
    @property
    def data_type(self) -> str: ...


def read_sheet(data: bytes, most_rows: int) -> Sheet:
    """The first sheet that isn't hidden. WorkbookError if it can't be read or has more than `most_rows` rows."""
    merged = _looked_through(data)
    try:
        with closing(load_workbook(BytesIO(data), read_only=True, keep_links=False)) as book:
            shown = [each for each in book.worksheets if each.sheet_state == "visible"]
            if not shown:
                raise WorkbookError("the workbook has no sheet that is shown")
            return Sheet(shown[0].title, tuple(_rows(shown[0], most_rows)), merged)
    except WorkbookError:
        raise
    except Exception as problem:
        # a damaged workbook fails in any of a library's many ways: for the reader they are one
        raise WorkbookError("the workbook is damaged: open it, save it again as XLSX, and try once more") from problem


def _looked_through(data: bytes) -> bool:
    """Whether a sheet has merged cells. WorkbookError if it isn't a workbook, or unpacks to too much."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as parts:
            inside = parts.infolist()
            if len(inside) > MOST_PARTS or sum(part.file_size for part in inside) > MOST_UNPACKED:
                raise WorkbookError("the workbook unpacks to too much: copy the table alone into a new one")
            if "xl/workbook.xml" not in parts.namelist():
                raise WorkbookError("this is not a spreadsheet in XLSX: save it as XLSX or as CSV UTF-8")
            return any(_checked(parts, part) for part in inside)
    except zipfile.BadZipFile:
        raise WorkbookError("the file is damaged: save it again as XLSX, and try once more") from None


def _checked(parts: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """Whether this part is a sheet with merged cells. No part of a workbook declares a document type."""
    if not part.filename.endswith((".xml", ".rels")):
        return False
    if part.flag_bits & 1:
        raise WorkbookError("the workbook is protected by a password: save it without one")
    text = parts.read(part)
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
        raise WorkbookError("the workbook declares what no spreadsheet program writes: save it again as XLSX")
    return b"<mergeCell " in text


def _rows(sheet: Worksheet, most: int) -> Iterator[SheetRow]:
    found = 0
    for number, cells in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS, max_row=LAST_ROW + 1), start=1):
        if number > LAST_ROW:
            raise WorkbookError(f"the sheet goes on below row {LAST_ROW:,}: delete the rows under the table")
        read = tuple(_cell(each) for each in cells)
        if any(each.text or each.fault for each in read):
            found += 1
            if found > most:
                raise WorkbookError(f"the sheet has more than {most:,} rows: split it into several files")
            yield SheetRow(number, read)


def _cell(cell: _ReadCell) -> Cell:
    value = cell.value
    if value is None:
        return Cell("")
    if cell.data_type == "f":
        return Cell("", "a formula: put the text there that it shows")
    if cell.data_type == "e":
        return Cell("", f"the error {value}")
    if isinstance(value, bool):
        return Cell("yes" if value else "no")
    if isinstance(value, datetime | date | time | timedelta):
        return Cell("", "a date or time where a text belongs: format the cell as text and type it again")
    return Cell(str(value).strip())
