"""Reading a CSV table that people made: any usual delimiter and line ending, and every error with its line."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from a2p.definition.problems import closest, shown

_DELIMITERS = ",;\t"


class TableError(ValueError):
    """A file that can't be used. `lines` has every error as `file:line: what`, in the file's order."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = tuple(lines)
        super().__init__("\n".join(lines))


@dataclass
class Problems:
    """The errors found in one file so far."""

    name: str
    found: list[tuple[int, str]] = field(default_factory=list)

    def add(self, line: int, what: str) -> None:
        """Note an error in a line (from 1)."""
        self.found.append((line, what))

    def refuse_if_any(self) -> None:
        """Raise TableError with every error, if there is one."""
        if self.found:
            ordered = sorted(self.found, key=lambda problem: problem[0])
            raise TableError([f"{self.name}:{line}: {what}" for line, what in ordered])


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns that a table must and may have.

    `known_as` gives the column that a header's cell means, which may be written in other ways. Where `others` may
    stand beside them, a column that is none of them is not refused; it is called by its name and letter.
    """

    required: tuple[str, ...]
    optional: tuple[str, ...] = ()
    known_as: Callable[[str], str] = str.strip
    others: bool = False

    @property
    def all(self) -> tuple[str, ...]:
        """Every column, the required ones first."""
        return (*self.required, *self.optional)


@dataclass(frozen=True, slots=True)
class Row:
    """One record: the line it starts in, and its cells by column, without white space round them."""

    line: int
    cells: dict[str, str]


def rows(data: bytes, columns: Columns, problems: Problems) -> Iterator[Row]:
    """The rows under the header, as far as they can be read; an empty file has none. Errors go to `problems`."""
    text = _decoded(data, problems)
    if not text.strip():
        return
    records = _records(text, _delimiter(text, columns), problems)
    header_line, header = next(records, (1, []))
    names = header_names(header_line, header, columns, problems)
    if names is None:
        return
    for line, record in records:
        if not any(map(str.strip, record)):
            continue  # spreadsheets leave rows of separators alone under a table
        if len(record) == len(names):
            yield Row(line, dict(zip(names, map(str.strip, record), strict=True)))
        else:
            problems.add(line, _wrong_length(len(record), len(names)))


def _wrong_length(found: int, wanted: int) -> str:
    hint = "; a text that holds the separator must stand in double quotes" if found > wanted else ""
    return f"{found} cell{'s' * (found != 1)} where the header has {wanted}{hint}"


def _decoded(data: bytes, problems: Problems) -> str:
    """The text. A line that is not UTF-8 is an error of its own; the rest is read all the same."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        problems.add(1, "the file is in UTF-16, not UTF-8: save it again as CSV UTF-8")
        return ""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        for number, line in enumerate(data.split(b"\n"), start=1):
            _check_encoding(number, line, problems)
        text = data.decode("utf-8-sig", errors="replace")
    for number, line_text in enumerate(text.split("\n"), start=1):
        if "\0" in line_text:
            problems.add(number, "a null character: this is not a text file, or it is damaged")
    return text.replace("\0", "")


def _check_encoding(number: int, line: bytes, problems: Problems) -> None:
    try:
        line.decode()
    except UnicodeDecodeError as error:
        problems.add(
            number,
            f"byte {error.start + 1} (0x{line[error.start]:02X}) is not UTF-8: save the file again as CSV UTF-8",
        )


def _delimiter(text: str, columns: Columns) -> str:
    """The delimiter under which the first line has the most known columns; a comma if none has any."""
    first = re.split(r"[\r\n]", text.lstrip(), maxsplit=1)[0]

    def known(delimiter: str) -> int:
        return sum(columns.known_as(cell.strip().strip('"')) in columns.all for cell in first.split(delimiter))

    return max(_DELIMITERS, key=known)


def _records(text: str, delimiter: str, problems: Problems) -> Iterator[tuple[int, list[str]]]:
    """Each record with the line it starts in; blank lines are passed over."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            problems.add(line, _quoting(str(error)))
            continue
        if record:
            yield line, record


def _quoting(error: str) -> str:
    if "unexpected end" in error:
        return "a double quote opens here and is never closed"
    if "field larger" in error:
        return f"a cell of more than {csv.field_size_limit():,} characters (is a double quote missing?)"
    return 'text after a closing double quote (write a quote within a text twice: "")'


def header_names(line: int, header: Sequence[str], columns: Columns, problems: Problems) -> list[str] | None:
    """The column names under which rows are read, or None if they can't be."""
    names = [columns.known_as(name) for name in header]
    if columns.others:
        names = [_beside(place, name, header[place], columns) for place, name in enumerate(names)]
    for name in dict.fromkeys(names):
        if name not in columns.all:
            if not columns.others:
                problems.add(line, f"unknown column {quoted(name)}{suggestion(name, columns.all)}")
        elif names.count(name) > 1:
            problems.add(line, f"column {quoted(name)} stands there twice")
    missing = [name for name in columns.required if name not in names]
    if missing:
        problems.add(line, f"missing column{'s' * (len(missing) > 1)} {', '.join(map(quoted, missing))}")
    return None if missing or len(set(names)) < len(names) else names


def _beside(place: int, name: str, written: str, columns: Columns) -> str:
    """The name of a column; one that isn't known gets its letter, so that two of them are told apart."""
    return name if name in columns.all else f"{shown(written, 60) or 'no name'} (column {letter(place)})"


def letter(place: int) -> str:
    """What spreadsheets call the column at this place (from 0): A, B, ... Z, AA."""
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def quoted(text: str) -> str:
    """A value as error messages show it, on one line and cut short if it is long."""
    return f'"{shown(text, 60)}"'


@lru_cache(maxsize=4096)
def _closest(wrong: str, known: tuple[str, ...]) -> str:
    return closest(wrong.lower(), known)


def suggestion(wrong: str, known: Collection[str]) -> str:
    """` (did you mean "...?")`, or a short list of what is known, or nothing."""
    meant = _closest(wrong, tuple(known))
    if meant:
        return f" (did you mean {quoted(meant)}?)"
    return f" (known: {', '.join(known)})" if len(known) <= 12 else ""
