"""`a2p score`: answers from a CSV file become one JSON object."""

from __future__ import annotations

import json
from typing import get_args

import click

from a2p.commands.definitions import overlay_option
from a2p.commands.inputs import read_round, scored
from a2p.commands.output import STANDARD_OUTPUT, refuse_unwritable, write_output
from a2p.definition.model import Kind
from a2p.scoring.frozen_file import frozen_json, without_internal
from a2p.scoring.machine import machine_output


@click.command(
    epilog="\b\nExamples:\n  ./run a2p sample aspire > answers.csv\n  ./run a2p score aspire answers.csv\n"
    "  ./run a2p sample aspire | ./run a2p score aspire - --frozen result.json",
)
@click.argument("questionnaire")
@click.argument("answers", metavar="ANSWERS.csv")
@click.option("--kind", type=click.Choice(get_args(Kind)), help="Kind of partnership [default: the first it is for].")
@click.option("--together", is_flag=True, help="The partnership answered together: exactly one respondent.")
@click.option("--evidence", metavar="FILE.csv", help="The coordinator's evidence and facts: question,answer,note.")
@click.option(
    "--frozen",
    metavar="OUT.json",
    help="Also write the frozen result, with exact values and texts; - prints it instead.",
)
@click.option("--partnership", default="", help="Its name, for the frozen result.")
@click.option("--round", "round_name", default="", help="The round's name, for the frozen result.")
@overlay_option
def command(  # noqa: PLR0913 - one parameter for each option
    *,
    questionnaire: str,
    answers: str,
    kind: str | None,
    together: bool,
    evidence: str | None,
    frozen: str | None,
    partnership: str,
    round_name: str,
    overlays: tuple[str, ...],
) -> None:
    """Score the answers to QUESTIONNAIRE (an id or a file) in ANSWERS.csv and print JSON.

    ANSWERS.csv has the columns respondent, organisation, question, answer and, if wanted, sector, comment, councillor
    and layer; - reads standard input. Scores are 0 to 100, rounded to six decimals. A file with errors is refused
    whole: each error is a line that says file, line and what. Exit code 2.
    """
    if frozen is not None:
        refuse_unwritable(frozen)
    files = read_round(questionnaire, answers, evidence, overlays)
    result = scored(files, kind=kind, together=together, partnership=partnership, round_name=round_name)
    if frozen is not None:
        write_output(frozen_json(without_internal(result)), frozen)
    if frozen != STANDARD_OUTPUT:
        click.echo(json.dumps(machine_output(result), indent=2))
