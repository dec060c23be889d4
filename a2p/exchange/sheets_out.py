"""Tables out, as CSV or as the sheets of a workbook: numbers as numbers, and texts never as formulas or links."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from io import BytesIO, StringIO
from typing import TypeAlias

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from a2p.exchange.answers_out import guarded

Cell: TypeAlias = str | int | float | None
Row: TypeAlias = Mapping[str, Cell]
Sheet: TypeAlias = tuple[str, Sequence[str], Iterable[Row]]
"""A name, its columns in order, and its rows."""


def csv_file(columns: Sequence[str], rows: Iterable[Row]) -> bytes:
    """The rows in UTF-8, with the mark by which spreadsheet programs know it."""
    out = StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows([_safe(row.get(column)) for column in columns] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def workbook(sheets: Iterable[Sheet], made: date | None = None) -> bytes:
    """An XLSX with these sheets. With the day on which it was `made` the same sheets give the same bytes."""
    out = BytesIO()
    with Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        if made is not None:
            book.set_properties({"created": datetime.combine(made, time())})
        bold = book.add_format({"bold": True, "bottom": 1})
        for name, columns, rows in sheets:
            sheet = book.add_worksheet(name)
            for place, column in enumerate(columns):
                sheet.write_string(0, place, column, bold)
            _write(sheet, columns, rows)
            sheet.set_column(0, len(columns), 16)
            sheet.freeze_panes(1, 0)
    return out.getvalue()


def _safe(cell: Cell) -> Cell:
    return guarded(cell) if isinstance(cell, str) else cell


def _write(sheet: Worksheet, columns: Sequence[str], rows: Iterable[Row]) -> None:
    for number, row in enumerate(rows, start=1):
        for place, column in enumerate(columns):
            cell = row.get(column)
            if isinstance(cell, str):
                sheet.write_string(number, place, guarded(cell))
            elif cell is not None:
                sheet.write_number(number, place, cell)
