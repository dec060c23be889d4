"""A file's values with the line and column of everything in them, and a way to walk them that never fails."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeAlias

from a2p.definition.problems import Problem, shown

Value: TypeAlias = "str | int | Decimal | bool | tuple[Value, ...] | dict[str, Value] | None"
Path: TypeAlias = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Position:
    """A place in the file, counted from 1."""

    line: int
    column: int


START = Position(1, 1)


@dataclass(slots=True)
class Tree:
    """A file's values and where they stand.

    `refusals` are what the reading itself found wrong. `broken`: reading stopped early; what is missing means nothing.
    """

    file: str
    value: Value = None
    keys: dict[Path, Position] = field(default_factory=dict)
    values: dict[Path, Position] = field(default_factory=dict)
    refusals: list[tuple[Path, Position, str]] = field(default_factory=list)
    unread: set[Path] = field(default_factory=set)
    broken: bool = False

    def refuse(self, path: Path, at: Position, what: str) -> None:
        """Note a value that can't be read."""
        self.unread.add(path)
        self.refusals.append((path, at, what))

    def refused(self) -> list[Problem]:
        """The refusals as problems."""
        return [Problem(at.line, at.column, self.where(path), what, "", self.file) for path, at, what in self.refusals]

    def is_refused(self, path: Path) -> bool:
        """Whether this value, or one around it, was refused, so that nothing more need be said about it."""
        return any(path[:length] in self.unread for length in range(len(path) + 1))

    def problems(self, findings: Iterable[Finding]) -> list[Problem]:
        """What the reading refused and what was found in the rest, each once."""
        located = {self._problem(found): None for found in findings if not self.is_refused(found.path)}
        return [*self.refused(), *located]

    def _problem(self, found: Finding) -> Problem:
        """At the nearest thing around it where there is nothing at the path itself."""
        at = self.keys.get(found.path) if found.key else None
        around = found.path
        while at is None and around:
            at = self.values.get(around)
            around = around[:-1]
        at = at or self.values.get((), START)
        return Problem(at.line, at.column, self.where(found.path), found.what, found.suggestion, self.file)

    def where(self, path: Path) -> str:
        """A path in words: `section purpose, question aim, levels`."""
        return ", ".join(_words(self.value, path)) or "the file"

    @property
    def root(self) -> Cursor:
        """The whole file."""
        return Cursor(self.value, ())


@dataclass(frozen=True, slots=True)
class Finding:
    """A mistake that still needs its line and column: at the value of `path`, or at its key."""

    path: Path
    what: str
    suggestion: str = ""
    key: bool = False


@dataclass(frozen=True, slots=True)
class Cursor:
    """One value and its path. What is missing, or of another type, is simply not there."""

    value: Value
    path: Path

    def at(self, *steps: str) -> Cursor:
        """What stands under these keys."""
        found = self
        for step in steps:
            inside = found.value.get(step) if isinstance(found.value, dict) else None
            found = Cursor(inside, (*found.path, step))
        return found

    def entries(self) -> list[tuple[str, Cursor]]:
        """The keys and values of a mapping."""
        if not isinstance(self.value, dict):
            return []
        return [(key, Cursor(inside, (*self.path, key))) for key, inside in self.value.items()]

    def elements(self) -> list[Cursor]:
        """The items of a list."""
        if not isinstance(self.value, tuple):
            return []
        return [Cursor(inside, (*self.path, place)) for place, inside in enumerate(self.value)]

    def items(self) -> list[tuple[str, Cursor]]:
        """The items of a list that are text, with where they stand."""
        return [(item.value, item) for item in self.elements() if isinstance(item.value, str)]

    @property
    def text(self) -> str:
        """The text, or ""."""
        return self.value if isinstance(self.value, str) else ""

    @property
    def number(self) -> Decimal | None:
        """The number, or None."""
        if isinstance(self.value, bool) or not isinstance(self.value, int | Decimal):
            return None
        return Decimal(self.value)


_SINGULAR = {
    "sections": "section",
    "questions": "question",
    "options": "option",
    "bands": "band",
    "advise": "advice",
    "scales": "scale",
    "sources": "source",
    "levels": "level",
    "modules": "module",
    "since": "version",
}


def _words(value: Value, path: Path) -> Iterator[str]:
    called = ""
    for place, step in enumerate(path):
        value = _inside(value, step)
        following = path[place + 1] if place + 1 < len(path) else None
        if called or isinstance(step, int):
            yield f"{called or 'level'} {_label(value, step)}"
            called = ""
        elif following is not None and (step in _SINGULAR or isinstance(following, int)):
            called = _SINGULAR.get(step, step)
        else:
            yield shown(step)


def _inside(value: Value, step: str | int) -> Value:
    if isinstance(value, dict):
        return value.get(str(step))
    return value[step] if isinstance(value, tuple) and isinstance(step, int) and step < len(value) else None


def _label(value: Value, step: str | int) -> str:
    named = value.get("id") if isinstance(value, dict) else None
    if isinstance(step, str):
        return shown(step)
    return shown(named) if isinstance(named, str) and named.strip() else str(step + 1)
