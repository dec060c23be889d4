"""`a2p sample`: invented answers as CSV."""

from __future__ import annotations

import sys

import click

from a2p.commands.output import said_if_long
from a2p.commands.problems import InputError


@click.command(name="sample")
@click.argument("questionnaire")
@click.option("--respondents", default=18, show_default=True, help="How many people answer.")
@click.option("--organisations", default=9, show_default=True, help="How many organisations they come from.")
@click.option("--seed", default=1, show_default=True, help="The same seed gives the same answers.")
def command(questionnaire: str, respondents: int, organisations: int, seed: int) -> None:
    """Invent plausible answers to QUESTIONNAIRE (an id or a file) and write them as CSV to standard output.

    Everybody in them is invented.

    \b
    Example:
      ./run a2p sample aspire --respondents 18 --organisations 9 --seed 1 > answers.csv
    """
    from a2p.commands.definitions import read_definition
    from a2p.exchange.answers_out import write_answers
    from a2p.exchange.sample import sample

    definition = read_definition(questionnaire)
    try:
        with said_if_long("Inventing the answers"):
            made = sample(definition, respondents=respondents, organisations=organisations, seed=seed)
    except ValueError as problem:
        raise InputError(f"--respondents and --organisations: {problem}.") from problem
    write_answers(made, sys.stdout)
