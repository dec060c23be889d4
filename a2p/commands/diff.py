"""`a2p diff`: what changed between two versions of a questionnaire, in words."""

from __future__ import annotations

from collections.abc import Iterable

import click

from a2p.commands.definitions import read_definition
from a2p.commands.problems import InputError
from a2p.definition.diff import Difference, NotVersions, difference
from a2p.definition.diff_parts import Change
from a2p.definition.model import Questionnaire


@click.command(
    epilog="\b\nExample:\n  cp questionnaires/aspire.yaml draft.yaml\n  ./run a2p diff aspire draft.yaml",
)
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
def command(old: str, new: str) -> None:
    """Say what changed from OLD to NEW, two versions of a questionnaire (each an id or a file).

    Exit code 1 if an id vanished that `since` neither renames nor retires, because answers given to it would be lost.
    """
    before, after = read_definition(old), read_definition(new)
    try:
        found = difference(before, after)
    except NotVersions as problem:
        raise InputError(f"{old} and {new} can't be compared: {problem}.") from problem
    _tell(before, after, found)
    if found.unaccounted:
        raise SystemExit(1)


def _tell(old: Questionnaire, new: Questionnaire, found: Difference) -> None:
    number = len(found.changes)
    changes = "no changes" if not number else "1 change" if number == 1 else f"{number} changes"
    click.echo(f"{new.questionnaire}, version {old.version} to version {new.version}: {changes}")
    _list(found.changes)
    if found.notes or found.unaccounted:
        click.echo()
    for note in found.notes:
        click.echo(f"note: {note}")
    for each in found.unaccounted:
        click.echo(f"error: {each} has vanished: list it in since, under renamed or retired")


def _list(changes: Iterable[Change]) -> None:
    place = ""
    for change in changes:
        if change.place != place:
            place = change.place
            click.echo(f"\n{place}")
        click.echo(f"  - {change.what}")
        for word, text in (("before:", change.before), ("after: ", change.after)):
            if text:
                click.echo(f"      {word} {' '.join(text.split())}")
