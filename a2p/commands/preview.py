"""`a2p preview`: a questionnaire as one HTML page, for review."""

from __future__ import annotations

from pathlib import Path

import click

from a2p.commands.definitions import read_definition
from a2p.commands.problems import InputError
from a2p.definition.library import find, support_modules
from a2p.definition.model import Questionnaire
from a2p.definition.overlay import apply, load_overlay
from a2p.definition.problems import DefinitionErrors


@click.command(
    epilog="Examples:  a2p preview aspire > aspire.html    a2p preview my-questionnaire.yaml --local -o page.html",
)
@click.argument("questionnaire")
@click.option("-o", "--output", metavar="FILE.html", help="Write the page here [default: standard output].")
@click.option("--local", is_flag=True, help="With the local words of the overlay in overlays/.")
def command(questionnaire: str, output: str | None, local: bool) -> None:
    """Make one HTML page of QUESTIONNAIRE (an id or a file) for review.

    It shows every question with its descriptors, the evidence to look for, advice, questions to discuss and sources.
    """
    from a2p.documents.preview import preview_html

    definition = read_definition(questionnaire)
    if local:
        definition = _in_local_words(questionnaire, definition)
    try:
        page = preview_html(definition, support_modules())
    except DefinitionErrors as errors:
        raise InputError([str(problem) for problem in errors.problems]) from errors
    if output is None:
        click.echo(page)
    else:
        _write(page, output)


def _in_local_words(questionnaire: str, definition: Questionnaire) -> Questionnaire:
    path = find(questionnaire).resolve().parent / "overlays" / f"{definition.questionnaire}.local.yaml"
    try:
        return apply(definition, [load_overlay(path, definition)])
    except DefinitionErrors as errors:
        raise InputError([str(problem) for problem in errors.problems]) from errors
    except OSError as error:
        raise InputError(f"--local: {path} can't be read: {error.strerror}.") from error


def _write(page: str, output: str) -> None:
    try:
        Path(output).write_text(page, encoding="utf-8")
    except OSError as error:
        raise InputError(f"{output} can't be written: {error.strerror}.") from error
