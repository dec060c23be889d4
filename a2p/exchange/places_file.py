"""Lists of partnerships in, from CSV or XLSX: `name,kind,above,region`. `above` may be empty."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from a2p.definition.model import Kind
from a2p.exchange.answers_out import unguarded
from a2p.exchange.list_file import FileProblem, plain_words, read_list
from a2p.exchange.table import Columns, letter, quoted, suggestion
from a2p.exchange.workbook import Cell

COLUMNS = ("name", "kind", "above", "region")
KINDS: tuple[Kind, ...] = ("county", "unitary", "district", "local")
LONGEST_NAME = 200
_ALSO = {
    "name": ("partnership", "lsp", "partnership name"),
    "kind": ("type",),
    "above": ("above it", "county", "part of", "the one above"),
    "region": ("region name",),
}


@dataclass(frozen=True, slots=True)
class ListedPlace:
    """A row of the list: the partnership, the one above it ("" for none) and its region, by name."""

    row: int
    name: str
    kind: Kind
    above: str
    region: str


@dataclass(frozen=True, slots=True)
class PlacesFile:
    """What a file holds, and everything that is wrong with it."""

    places: tuple[ListedPlace, ...]
    problems: tuple[FileProblem, ...] = ()


def read_places(data: bytes) -> PlacesFile:
    """The list in a file, with every error. Nothing raises: a file that can't be read at all is one problem."""
    table = read_list(data, Columns(("name", "kind", "region"), ("above",), _known_as, others=True))
    problems = list(table.problems)
    columns = {name: f"column {letter(place)} ({name})" for place, name in enumerate(table.names or ())}
    places = []
    for row, cells in table.rows:
        if any(cell.text or cell.fault for cell in cells.values()):
            wrong, place = _read(row, cells, columns)
            problems += wrong
            places += [place] if not wrong else []
    if not places and not problems:
        problems.append(FileProblem(0, "", "the file has a header and no rows"))
    return PlacesFile(tuple(places), tuple(sorted(problems, key=lambda each: each.row)))


def _known_as(written: str) -> str:
    plain = plain_words(written)
    return next((name for name in COLUMNS if plain == name or plain in _ALSO[name]), plain)


def _read(row: int, cells: Mapping[str, Cell], columns: Mapping[str, str]) -> tuple[list[FileProblem], ListedPlace]:
    """A row with what is wrong with it; the place is of use only where nothing is."""
    wrong = []
    texts = {}
    for name in COLUMNS:
        cell = cells.get(name, Cell(""))
        texts[name] = " ".join(unguarded(cell.text).split())
        fault = cell.fault or _fault(name, texts[name])
        if fault:
            wrong.append(FileProblem(row, columns.get(name, name), fault))
    kind = cast("Kind", texts["kind"].lower())
    return wrong, ListedPlace(row, texts["name"], kind, texts["above"], texts["region"])


def _fault(column: str, text: str) -> str:
    """What is wrong with a cell's text; "" if nothing is."""
    if not text:
        return "" if column == "above" else f"no {column}"
    if column == "kind" and text.lower() not in KINDS:
        return f"{quoted(text)} is no kind{suggestion(text, KINDS)}"
    if len(text) > LONGEST_NAME:
        return f"{len(text)} characters; the most is {LONGEST_NAME}"
    return ""
