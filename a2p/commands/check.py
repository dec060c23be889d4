"""`a2p check`: every mistake of every definition, overlay and support catalogue, at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import click

from a2p.commands.problems import InputError
from a2p.commands.standard_input import STANDARD_INPUT, bytes_from, name_of
from a2p.definition import catalogue
from a2p.definition.history import vanished
from a2p.definition.loader import load, parse
from a2p.definition.model import Questionnaire
from a2p.definition.overlay import Overlay, base_of, load_overlay, missing
from a2p.definition.problems import DefinitionErrors, Problem
from a2p.definition.support import FILE_NAME, load_support

_Made = TypeVar("_Made")


@dataclass(slots=True)
class _Check:
    """What has been looked at so far. `bases` are the definitions without mistakes, by id; None for one with any.

    `unreadable` has a line for each file that there isn't or that can't be read; the others are checked all the same.
    """

    files: int = 0
    unreadable: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    bases: dict[str, Questionnaire | None] = field(default_factory=dict)

    def definition(self, name: str) -> Questionnaire | None:
        if name == STANDARD_INPUT:
            return self._read(lambda: parse(bytes_from(name), name_of(name)))
        return self._read(lambda: load(catalogue.find(name)))

    def overlay(self, path: Path) -> None:
        self._read(lambda: self._overlay(path))

    def support(self, path: Path, sections: dict[str, frozenset[str]] | None) -> None:
        self._read(lambda: load_support(path, sections))

    def _read(self, look: Callable[[], _Made]) -> _Made | None:
        try:
            made = look()
        except DefinitionErrors as errors:
            self.problems += errors.problems
            made = None
        except (OSError, catalogue.UnknownQuestionnaire) as error:
            self.unreadable.append(_cannot_read(error))
            return None
        except InputError as error:
            self.unreadable += error.lines
            return None
        self.files += 1
        return made

    def _overlay(self, path: Path) -> None:
        path.stat()  # a file that isn't there names no base, and that is not its mistake
        base = self._base(path)
        self._note_missing(path, base, load_overlay(path, base))

    def _base(self, path: Path) -> Questionnaire | None:
        """The definition that an overlay is for: in the folder above it, or in the catalogue."""
        wanted = base_of(path)
        if wanted not in self.bases:
            above = path.resolve().parent.parent / f"{wanted}.yaml"
            try:
                self.bases[wanted] = load(above if above.is_file() else catalogue.find(wanted))
            except DefinitionErrors:
                self.bases[wanted] = None
            except catalogue.UnknownQuestionnaire:
                self.bases[wanted] = None
                what = f"there is no questionnaire {wanted} for this overlay"
                self.problems.append(Problem(1, 1, "the file", what, file=str(path)))
        return self.bases[wanted]

    def _note_missing(self, path: Path, base: Questionnaire | None, overlay: Overlay) -> None:
        places = missing(base, overlay) if base else ()
        for place in places:
            self.notes.append(f"{path}: note: no text for {' '.join(map(str, place))}; the base's is shown")


@click.command(
    epilog="\b\nExamples:\n  ./run a2p check\n  ./run a2p check questionnaires/aspire.yaml\n"
    "  ./run a2p check - < questionnaires/aspire.yaml",
)
@click.argument("files", nargs=-1, metavar="[FILE]...")
@click.option("--published", metavar="OLD.yaml", help="The version published last: no id of it may have vanished.")
def command(files: tuple[str, ...], published: str | None) -> None:
    """Check questionnaire definitions and list every mistake.

    Each mistake is a line: file, line, column, where, what. Without FILE all definitions, their overlays and the
    support catalogue are checked; FILE may be - for standard input. Exit code 1 if there is any mistake, 2 if a file
    can't be read.
    """
    check = _Check()
    _each(check, files) if files else _all(check)
    if published:
        _against(check, published, files)
    _report(check)


def _each(check: _Check, files: Sequence[str]) -> None:
    for name in files:
        path = Path(name)
        if name != STANDARD_INPUT and path.name == FILE_NAME:
            check.support(path, None)
        elif name != STANDARD_INPUT and (
            path.parent.name == "overlays" or path.stem.endswith((".cy", ".en", ".local"))
        ):
            check.overlay(path)
        else:
            check.definition(name)


def _all(check: _Check) -> None:
    if not catalogue.definition_files():
        raise InputError(f"There are no questionnaires in {catalogue.folder()}.")
    for path in catalogue.definition_files():
        check.bases[path.stem] = check.definition(str(path))
    for path in catalogue.overlay_files():
        check.overlay(path)
    support = catalogue.support_file()
    if support:
        read = {name: base for name, base in check.bases.items() if base}
        whole = len(read) == len(check.bases)
        sections = {name: frozenset(section.id for section in base.sections) for name, base in read.items()}
        check.support(support, sections if whole else None)


def _against(check: _Check, published: str, files: Sequence[str]) -> None:
    """Ids that the published version had and the one file given has neither kept, renamed nor retired."""
    if len(files) != 1 or files[0] == STANDARD_INPUT:
        raise InputError("--published needs one FILE to compare with.")
    if check.problems or check.unreadable:
        return
    path = catalogue.find(files[0])
    try:
        gone = vanished(load(path), load(Path(published)))
    except OSError as error:
        raise InputError(_cannot_read(error)) from error
    for each in gone:
        what = f"{each} has vanished since the published version: list it under renamed or retired"
        check.problems.append(Problem(1, 1, "since", what, file=str(path)))


def _cannot_read(error: OSError | catalogue.UnknownQuestionnaire) -> str:
    if isinstance(error, OSError):
        return f"{error.filename} can't be read: {error.strerror}."
    return str(error)


def _report(check: _Check) -> None:
    for note in check.notes:
        click.echo(note, err=True)
    for problem in check.problems:
        click.echo(str(problem))
    files = f"{check.files} file" + ("s" if check.files != 1 else "")
    errors = f"{len(check.problems) or 'no'} error" + ("s" if len(check.problems) != 1 else "")
    if check.files:
        click.echo(f"{files}, {errors}")
    if check.unreadable:
        raise InputError(check.unreadable)
    if check.problems:
        raise SystemExit(1)
