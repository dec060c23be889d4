"""`a2p rollup`: frozen results of many partnerships become a region's figures."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from a2p.commands.output import STANDARD_OUTPUT, refuse_unwritable, said_if_long, write_output
from a2p.commands.problems import InputError
from a2p.commands.results import Sorted, counted_in, definitions_in, newest_of, read_results
from a2p.region.make import Wanted, make_snapshot
from a2p.region.snapshot import LeftOut, Scope, Snapshot, Withheld
from a2p.region.snapshot_file import snapshot_json

LONDON = ZoneInfo("Europe/London")
FORMATS = (".json", ".xlsx", ".pdf", ".html")


@click.command(
    epilog="\b\nExamples:\n"
    "  ./run a2p sample aspire | ./run a2p score aspire - --partnership Anytown --frozen anytown.json\n"
    "  ./run a2p rollup anytown.json -o region.json\n"
    "  ./run a2p rollup anytown.json -o region.pdf --region Eastland"
)
@click.argument("results", metavar="RESULTS...", nargs=-1, required=True)
@click.option(
    "-o",
    "--output",
    required=True,
    metavar="REGION.json",
    help="Where to write: .json, .xlsx, .pdf, .html, or - (JSON).",
)
@click.option("--region", default="The region", show_default=True, help="Its name.")
@click.option("--name", default="Roll-up", show_default=True, help="What the snapshot is called.")
@click.option("--questionnaire", "questionnaires", multiple=True, metavar="ID", help="Refuse results of any other.")
@click.option(
    "--date", "day", type=click.DateTime(["%Y-%m-%d"]), help="The day it is made, as 2026-03-31 [default: today]."
)
def command(
    *,
    results: tuple[str, ...],
    output: str,
    region: str,
    name: str,
    questionnaires: tuple[str, ...],
    day: datetime | None,
) -> None:
    """Make a region's figures from frozen results, which `a2p score --frozen` writes.

    Of each partnership the newest result of a questionnaire counts, and partial ones don't. Every result counts in the
    figures of groups, none by name: figures need five partnerships and quartiles eight, and what would let somebody
    work out those of fewer is withheld. Nothing is known here of figures that were made before. If a file can't be
    used, nothing is written: each reason is a line that says file and what. Exit code 2.
    """
    _refuse_format(output)
    refuse_unwritable(output)
    with said_if_long("Reading the results"):
        found = newest_of(read_results(results, questionnaires))
    for note in found.notes:
        click.echo(note, err=True)
    snapshot = _snapshot(found, region, name, (day or datetime.now(LONDON)).date())
    for line in _said(snapshot):
        click.echo(line, err=True)
    with said_if_long("Making the file"):
        made = _made(snapshot, output)
    write_output(made, output)


def _refuse_format(output: str) -> None:
    if output != STANDARD_OUTPUT and Path(output).suffix.lower() not in FORMATS:
        raise InputError(f"{output}: the name must end in {' or '.join(FORMATS)}.")


def _snapshot(found: Sorted, region: str, name: str, day: date) -> Snapshot:
    """The snapshot of all the results. Its period is that of their closing, or the day where none says."""
    everybody = (*found.counted, *found.partial)
    closed = sorted(file.result.closed for file in everybody if file.result.closed) or [day]
    partial = Counter(file.questionnaire for file in found.partial)
    wanted = Wanted(
        region=region,
        name=name,
        made=day,
        scope=Scope(
            questionnaires=tuple(sorted({file.questionnaire for file in everybody})), since=closed[0], until=closed[-1]
        ),
        partnerships=len({file.partnership for file in everybody}),
        counted=counted_in(found.counted, day),
        definitions=definitions_in(found.counted),
        left_out=tuple(LeftOut(questionnaire=id_, reason="partial", n=n) for id_, n in sorted(partial.items())),
        demo=any(file.result.demo for file in everybody),
    )
    return make_snapshot(wanted).snapshot


def _said(snapshot: Snapshot) -> list[str]:
    """How many are counted of each questionnaire, and how many figures are withheld."""
    said = []
    for picture in snapshot.pictures:
        cells = [cell for group in picture.groups for cell in group.sections]
        hidden = Counter(cell.withheld for cell in cells if cell.withheld)
        way = "together" if picture.together else "apart"
        few, others = hidden[Withheld.FEW], hidden[Withheld.SUBTRACTION]
        said.append(
            f"{picture.questionnaire}, answered {way}: {picture.counted} counted; of {len(cells)} figures "
            f"{few} withheld for fewer than five partnerships, {others} so that nobody can subtract."
        )
    return said


def _made(snapshot: Snapshot, output: str) -> bytes:
    """The snapshot as the name's ending has it."""
    # Imported only here: reading and refusing a bad file must not wait for the libraries of documents.
    match Path(output).suffix.lower():
        case ".xlsx":
            from a2p.exchange.snapshot_out import snapshot_xlsx

            return snapshot_xlsx(snapshot)
        case (".pdf" | ".html") as ending:
            from a2p.documents.making import make
            from a2p.documents.order import Order
            from a2p.documents.regional_material import RegionalMaterial

            return make(RegionalMaterial(snapshot), Order("regional-report", format=ending[1:]))
        case _:
            return snapshot_json(snapshot)
