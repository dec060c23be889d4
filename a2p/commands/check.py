"""`a2p check`: every mistake of every definition, overlay and support catalogue, at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

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


@dataclass(slots=True)
class _Check:
    """What has been looked at so far. `bases` are the definitions without mistakes, by id; None for one with any."""

    files: int = 0
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    bases: dict[str, Questionnaire | None] = field(default_factory=dict)

    def definition(self, name: str) -> Questionnaire | None:
        self.files += 1
        try:
            return parse(bytes_from(name), name_of(name)) if name == STANDARD_INPUT else load(Path(name))
        except DefinitionErrors as errors:
            self.problems += errors.problems
            return None

    def overlay(self, path: Path) -> None:
        self.files += 1
        base = self._base(path)
        try:
            self._note_missing(path, base, load_overlay(path, base))
        except DefinitionErrors as errors:
            self.problems += errors.problems

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

    def support(self, path: Path, sections: dict[str, frozenset[str]] | None) -> None:
        self.files += 1
        try:
            load_support(path, sections)
        except DefinitionErrors as errors:
            self.problems += errors.problems


@click.command(
    epilog="\b\nExamples:\n  ./run a2p check\n  ./run a2p check questionnaires/aspire.yaml\n"
    "  ./run a2p check - < questionnaires/aspire.yaml",
)
@click.argument("files", nargs=-1, metavar="[FILE]...")
@click.option("--published", metavar="OLD.yaml", help="The version published last: no id of it may have vanished.")
def command(files: tuple[str, ...], published: str | None) -> None:
    """Check questionnaire definitions and list every mistake.

    Each mistake is a line: file, line, column, where, what. Without FILE all definitions, their overlays and the
    support catalogue are checked; FILE may be - for standard input. Exit code 1 if there is any mistake.
    """
    check = _Check()
    try:
        _each(check, files) if files else _all(check)
        if published:
            _against(check, published, files)
    except (OSError, catalogue.UnknownQuestionnaire) as error:
        raise InputError(_cannot_read(error)) from error
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
            check.definition(name if name == STANDARD_INPUT else str(catalogue.find(name)))


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
    if check.problems:
        return
    path = catalogue.find(files[0])
    for each in vanished(load(path), load(Path(published))):
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
    if check.problems:
        errors = f"{len(check.problems)} error" + ("s" if len(check.problems) != 1 else "")
        click.echo(f"{files}, {errors}")
        raise SystemExit(1)
    click.echo(f"{files}, no errors")
