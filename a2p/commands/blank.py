"""`a2p blank`: a questionnaire as a printable paper form."""

from __future__ import annotations

import click

from a2p.commands.definitions import overlay_option, read_worded
from a2p.commands.output import refuse_unwritable, said_if_long, write_output


@click.command(epilog="\b\nExample:\n  ./run a2p blank aspire -o aspire.pdf --large-print")
@click.argument("questionnaire")
@click.option("-o", "--output", required=True, metavar="FORM.pdf", help="Where to write; - for standard output.")
@click.option("--large-print", is_flag=True, help="18 point text, laid out for it.")
@click.option("--open-round", is_flag=True, help="For a round that names organisations: the form says so.")
@click.option("--fillable", is_flag=True, help="To fill in on a screen; `a2p read` reads it back.")
@overlay_option
def command(
    *, questionnaire: str, output: str, large_print: bool, open_round: bool, fillable: bool, overlays: tuple[str, ...]
) -> None:
    """Make a printable paper form (PDF) of QUESTIONNAIRE (an id or a file), or one to fill in on a screen."""
    refuse_unwritable(output)
    definition = read_worded(questionnaire, overlays).definition
    with said_if_long("Setting the pages of the form"):
        from a2p.documents.blank import BlankOptions, blank_form

        options = BlankOptions(large_print=large_print, is_open=open_round)
        if fillable:
            from a2p.documents.fillable import fillable_form

            made = fillable_form(definition, options)
        else:
            made = blank_form(definition, options)
    write_output(made, output)
