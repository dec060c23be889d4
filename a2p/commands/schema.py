"""`a2p schema`: the JSON Schema of the definition language."""

from __future__ import annotations

import click

from a2p.definition.schema import schema_text


@click.command(
    epilog="\b\nExample:\n  ./run a2p schema > questionnaire.schema.json",
)
def command() -> None:
    """Print the JSON Schema of the definition language.

    An editor that reads JSON Schema then checks a questionnaire while it is written. What takes more than one place
    of the file to see, such as an unknown level, `a2p check` tells.
    """
    click.echo(schema_text(), nl=False)
