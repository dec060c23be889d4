"""Lists of partners in, from CSV or XLSX: `name,email,organisation,sector,councillor,layer,questionnaires`.

Headers may be written in other ways ("E-mail address"), and sectors, layers and questionnaires by what they are called.
Several questionnaires stand between semicolons. A row with an organisation and no person is an organisation alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, TypeAlias, cast

from a2p.exchange.answers_out import unguarded
from a2p.exchange.list_file import FileProblem, plain_words, read_list
from a2p.exchange.table import Columns, letter, quoted, suggestion
from a2p.exchange.workbook import Cell
from a2p.scoring.answers import Councillor, Layer, Sector
from a2p.scoring.partners import (
    COUNCILLOR_NAMES,
    LAYER_NAMES,
    LONGEST_NAME,
    SECTOR_NAMES,
    BadAddress,
    ListedPerson,
    normal_email,
    one_line,
)

MOST_PROBLEMS = 50
COLUMNS = ("name", "email", "organisation", "sector", "councillor", "layer", "questionnaires")
_REQUIRED = ("name", "organisation")
_ALSO = {
    "email": ("e mail", "mail", "email address", "e mail address", "address"),
    "name": ("person", "full name", "contact", "contact name", "partner"),
    "organisation": ("organization", "organisation name", "body", "partner organisation", "partner body"),
    "sector": ("sector of the organisation", "organisation sector", "type"),
    "councillor": ("elected member", "member", "cllr"),
    "layer": ("where they sit", "group", "level"),
    "questionnaires": ("questionnaire", "asked", "what they are asked"),
}
_NO = frozenset({"", "no", "n", "none", "not stated"})
_Councillor: TypeAlias = Councillor | Literal[""] | None
_Layer: TypeAlias = Layer | Literal[""] | None
_ALSO_COUNCILLORS = {
    "executive": ("yes an executive councillor", "executive councillor", "cabinet member"),
    "other": ("yes another councillor", "another councillor", "other councillor", "councillor", "yes", "y"),
}


@dataclass(frozen=True, slots=True)
class PeopleFile:
    """What a file holds: the rows that can be read, what is wrong with the others, and the columns nobody reads.

    `columns` names each column read as people find it, such as "column C (email)".
    """

    people: tuple[ListedPerson, ...]
    problems: tuple[FileProblem, ...] = ()
    unread: tuple[str, ...] = ()
    columns: Mapping[str, str] | None = None


def read_people(data: bytes, questionnaires: Mapping[str, str] = MappingProxyType({})) -> PeopleFile:
    """The list in a file, with every error; `questionnaires` are the titles of those there are, by id.

    Nothing raises: a file that can't be read at all is one problem.
    """
    table = read_list(data, _columns())
    if table.names is None:
        return PeopleFile((), table.problems)
    return _people(table.names, table.rows, list(table.problems), questionnaires, merged=table.merged)


def _columns() -> Columns:
    optional = tuple(name for name in COLUMNS if name not in _REQUIRED)
    return Columns(_REQUIRED, optional, _known_as, others=True)


def _known_as(written: str) -> str:
    """The column that a header's cell means; what it says, if none."""
    plain = plain_words(written)
    return next((name for name in COLUMNS if plain == name or plain in _ALSO[name]), plain)


def _people(
    names: Sequence[str],
    cells: Sequence[tuple[int, Mapping[str, Cell]]],
    found: list[FileProblem],
    questionnaires: Mapping[str, str],
    *,
    merged: bool,
) -> PeopleFile:
    places = {name: f"column {letter(place)} ({name})" for place, name in enumerate(names) if name in COLUMNS}
    people = []
    for number, row in cells:
        reader = _Reader(number, row, places, questionnaires, merged=merged)
        person = reader.person()
        if reader.problems:
            found.extend(reader.problems)
        elif person is not None:
            people.append(person)
    if not people and not found:
        found.append(FileProblem(0, "", "the file has a header and no rows"))
    unread = tuple(name for name in names if name not in COLUMNS)
    return PeopleFile(tuple(people), tuple(sorted(found, key=lambda each: each.row)), unread, places)


class _Reader:
    """One row being read, with what is wrong with it."""

    def __init__(
        self,
        number: int,
        cells: Mapping[str, Cell],
        places: Mapping[str, str],
        questionnaires: Mapping[str, str],
        *,
        merged: bool,
    ) -> None:
        self.number = number
        self.cells = cells
        self.places = places
        self.questionnaires = questionnaires
        self.hint = " (of merged cells only the first has a text: unmerge them)" if merged else ""
        self.problems: list[FileProblem] = []

    def person(self) -> ListedPerson | None:
        """The person or organisation in this row; None, perhaps with problems, if there is none."""
        if not any(self.cells[name].text or self.cells[name].fault for name in self.places if name in self.cells):
            return None
        name, organisation = self._text("name"), self._text("organisation")
        email = self._email()
        if not organisation:
            self._wrong("organisation", f"no organisation{self.hint}")
        if not name and (email or any(self._text(column) for column in ("councillor", "layer", "questionnaires"))):
            self._wrong("name", f"no name{self.hint}")
        return ListedPerson(
            self.number,
            name,
            organisation,
            email=email,
            sector=cast("Sector | None", self._one_of("sector", SECTOR_NAMES, {}) or None),
            councillor=cast("_Councillor", self._one_of("councillor", COUNCILLOR_NAMES, _ALSO_COUNCILLORS)),
            layer=cast("_Layer", self._one_of("layer", LAYER_NAMES, {})),
            asks=self._asks(),
        )

    def _text(self, column: str) -> str:
        cell = self.cells.get(column, Cell(""))
        if cell.fault:
            self._wrong(column, cell.fault)
        text = one_line(unguarded(cell.text))
        if len(text) > LONGEST_NAME and column != "email":
            self._wrong(column, f"{len(text)} characters; the most is {LONGEST_NAME}")
        return text

    def _email(self) -> str | None:
        text = self._text("email")
        if not text:
            return None
        try:
            return normal_email(text)
        except BadAddress as problem:
            self._wrong("email", f"{quoted(text)} is not an e-mail address. {problem}")
            return None

    def _one_of(self, column: str, names: Mapping[str, str], also: Mapping[str, Sequence[str]]) -> str | None:
        """The id that a cell means; None where the file has no such column, "" where the cell says no."""
        if column not in self.places:
            return None
        text = self._text(column)
        plain = plain_words(text)
        for known, called in names.items():
            if plain in {plain_words(known), plain_words(called), *also.get(known, ())}:
                return known
        if plain not in _NO:
            self._wrong(column, f"{quoted(text)} is not known{suggestion(text, tuple(names.values()))}")
        return ""

    def _asks(self) -> str | None:
        """The questionnaires that a cell lists, in the order of those there are; "" where it lists none."""
        if "questionnaires" not in self.places:
            return None
        meant = {
            plain_words(called): known
            for known in self.questionnaires
            for called in (known, self.questionnaires[known])
        }
        listed = [text.strip() for text in re.split("[;,]", self._text("questionnaires")) if text.strip()]
        for text in listed:
            if plain_words(text) not in meant:
                hint = suggestion(text, tuple(self.questionnaires.values()))
                self._wrong("questionnaires", f"there is no questionnaire {quoted(text)} here{hint}")
        found = {meant.get(plain_words(text)) for text in listed}
        return " ".join(known for known in self.questionnaires if known in found)

    def _wrong(self, column: str, what: str) -> None:
        problem = FileProblem(self.number, self.places.get(column, column), what)
        if problem not in self.problems:
            self.problems.append(problem)
