"""`a2p preview`: a questionnaire as one HTML page, for review."""

from __future__ import annotations

import click

from a2p.commands.definitions import overlay_option, read_definition, with_overlays
from a2p.commands.output import STANDARD_OUTPUT, refuse_unwritable, write_output
from a2p.commands.problems import InputError
from a2p.commands.standard_input import STANDARD_INPUT
from a2p.definition.catalogue import find, support_modules
from a2p.definition.model import Questionnaire
from a2p.definition.problems import DefinitionErrors


@click.command(
    epilog="\b\nExamples:\n  ./run a2p preview aspire > aspire.html\n"
    "  ./run a2p preview questionnaires/aspire.yaml --local -o aspire.html",
)
@click.argument("questionnaire")
@click.option("-o", "--output", default=STANDARD_OUTPUT, metavar="FILE.html", help="Where to write [default: -].")
@click.option("--local", is_flag=True, help="With the local words of the overlay in overlays/.")
@overlay_option
def command(questionnaire: str, output: str, local: bool, overlays: tuple[str, ...]) -> None:
    """Make one HTML page of QUESTIONNAIRE (an id or a file) for review.

    It shows every question with its descriptors, the evidence to look for, advice, questions to discuss and sources.
    """
    from a2p.documents.preview import preview_html

    if local and questionnaire == STANDARD_INPUT:
        raise InputError(
            "--local needs a questionnaire that lies in a folder, with its overlay in overlays/ beside it."
        )
    refuse_unwritable(output)
    definition = read_definition(questionnaire)
    beside = (_local_words(questionnaire, definition),) if local else ()
    definition = with_overlays(definition, (*overlays, *beside)).definition
    try:
        page = preview_html(definition, support_modules())
    except DefinitionErrors as errors:
        raise InputError([str(problem) for problem in errors.problems]) from errors
    write_output(f"{page}\n".encode(), output)


def _local_words(questionnaire: str, definition: Questionnaire) -> str:
    """The file with the local words beside a questionnaire's own."""
    path = find(questionnaire).resolve().parent / "overlays" / f"{definition.questionnaire}.local.yaml"
    if not path.is_file():
        raise InputError(f"--local: {path} can't be read: there is no such file.")
    return str(path)
