"""Lists of partners out, as CSV or XLSX, in the form that is read back in; and an empty one to fill in.

Every cell is text and none is a formula: what a spreadsheet would take for one gets an apostrophe before it.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from io import BytesIO, StringIO

from xlsxwriter import Workbook

from a2p.exchange.answers_out import guarded
from a2p.scoring.partners import COUNCILLOR_NAMES, LAYER_NAMES, SECTOR_NAMES, ListedPerson

HEADER = ("Name", "Email", "Organisation", "Sector", "Councillor", "Layer", "Questionnaires")
_WIDTHS = (28, 34, 34, 26, 14, 18, 34)
_CHOICES = {
    3: list(SECTOR_NAMES.values()),
    4: list(COUNCILLOR_NAMES.values()),
    5: list(LAYER_NAMES.values()),
}
_ROWS_TO_FILL = 2_000


def people_csv(people: Iterable[ListedPerson]) -> bytes:
    """The list as CSV, in UTF-8 with the mark by which spreadsheet programs know it."""
    out = StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(HEADER)
    writer.writerows(_cells(person) for person in people)
    return out.getvalue().encode("utf-8-sig")


def people_xlsx(people: Iterable[ListedPerson]) -> bytes:
    """The list as a spreadsheet, with drop-down lists of what may stand in a column."""
    out = BytesIO()
    with Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet("Partners")
        bold = book.add_format({"bold": True, "bottom": 1})
        text = book.add_format({"num_format": "@"})  # so that what is typed later stays text as well
        for place, width in enumerate(_WIDTHS):
            sheet.set_column(place, place, width, text)
            sheet.write_string(0, place, HEADER[place], bold)
        for number, person in enumerate(people, start=1):
            for place, cell in enumerate(_cells(person)):
                sheet.write_string(number, place, cell, text)
        for place, names in _CHOICES.items():
            choice = {"validate": "list", "source": names, "ignore_blank": True}
            sheet.data_validation(1, place, _ROWS_TO_FILL, place, choice)
        sheet.freeze_panes(1, 0)
    return out.getvalue()


def _cells(person: ListedPerson) -> Sequence[str]:
    return (
        guarded(person.name),
        guarded(person.email or ""),
        guarded(person.organisation),
        SECTOR_NAMES[person.sector] if person.sector else "",
        COUNCILLOR_NAMES[person.councillor] if person.councillor else "",
        LAYER_NAMES[person.layer] if person.layer else "",
        guarded("; ".join((person.asks or "").split())),
    )
