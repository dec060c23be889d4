"""`a2p report`: answers from a CSV file become a capacity report."""

from __future__ import annotations

from typing import get_args

import click

from a2p.commands.definitions import overlay_option
from a2p.commands.inputs import read_round, scored
from a2p.commands.output import refuse_unwritable, said_if_long, write_output
from a2p.commands.problems import InputError
from a2p.definition.catalogue import support_file
from a2p.definition.model import Kind
from a2p.definition.problems import DefinitionErrors
from a2p.definition.support import Module, load_support
from a2p.scoring.disclosure import unlimited
from a2p.scoring.frozen import FrozenResult
from a2p.scoring.remarks import Remark, remarks_of


@click.command(
    epilog="\b\nExamples:\n  ./run a2p sample aspire > answers.csv\n"
    "  ./run a2p report aspire answers.csv -o report.pdf\n"
    "  ./run a2p sample aspire | ./run a2p report aspire - -o report.html"
)
@click.argument("questionnaire")
@click.argument("answers", metavar="ANSWERS.csv")
@click.option("-o", "--output", required=True, metavar="REPORT.pdf", help="Where to write: .pdf, .html, or - (PDF).")
@click.option("--partnership", default="", help="The partnership's name, for the cover.")
@click.option("--round", "round_name", default="", help="The round's name, for the cover.")
@click.option("--kind", type=click.Choice(get_args(Kind)), help="Kind of partnership [default: the first it is for].")
@click.option("--together", is_flag=True, help="The partnership answered together: exactly one respondent.")
@click.option("--evidence", metavar="FILE.csv", help="The coordinator's evidence and facts: question,answer,note.")
@click.option("--comments", is_flag=True, help="Print comments and texts too, without names.")
@click.option("--large-print", is_flag=True, help="18 point text, laid out for it.")
@click.option("--summary", is_flag=True, help="The board's summary: two sides at most.")
@overlay_option
def command(  # noqa: PLR0913 - one parameter for each option
    *,
    questionnaire: str,
    answers: str,
    output: str,
    partnership: str,
    round_name: str,
    kind: str | None,
    together: bool,
    evidence: str | None,
    comments: bool,
    large_print: bool,
    summary: bool,
    overlays: tuple[str, ...],
) -> None:
    """Make the capacity report of the answers to QUESTIONNAIRE (an id or a file) in ANSWERS.csv.

    The answers are read as by `a2p score`; - reads standard input. Nothing is held back for small numbers, because
    whoever runs this holds the answers already.
    """
    refuse_unwritable(output)
    files = read_round(questionnaire, answers, evidence, overlays)
    result = scored(files, kind=kind, together=together, partnership=partnership, round_name=round_name)
    remarks = remarks_of(files.definition, files.respondents) if comments else ()
    with said_if_long("Setting the pages of the report"):
        made = _made(result, remarks, output, large_print=large_print, summary=summary)
    write_output(made, output)


def _made(result: FrozenResult, remarks: tuple[Remark, ...], output: str, *, large_print: bool, summary: bool) -> bytes:
    # Imported only here: reading and refusing a bad file must not wait for the PDF library.
    from a2p.documents.report_page import report_html
    from a2p.documents.report_view import ReportOptions

    options = ReportOptions(large_print=large_print, summary=summary, support=_support())
    if output.lower().endswith((".html", ".htm")):
        return report_html(unlimited(result), remarks, options).encode()
    from a2p.documents.report import capacity_report

    return capacity_report(unlimited(result), remarks, options)


def _support() -> tuple[Module, ...]:
    path = support_file()
    try:
        return load_support(path).modules if path else ()
    except DefinitionErrors as errors:
        raise InputError([str(problem) for problem in errors.problems]) from errors
