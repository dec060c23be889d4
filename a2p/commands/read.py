"""`a2p read`: filled forms become the answers that `a2p score` reads."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from pathlib import Path

import click

from a2p.commands.definitions import overlay_option, read_definition, with_overlays
from a2p.commands.output import STANDARD_OUTPUT, refuse_unwritable, said_if_long, write_output
from a2p.commands.problems import InputError
from a2p.commands.standard_input import STANDARD_INPUT, bytes_from, name_of
from a2p.definition.canonical import sha256
from a2p.definition.model import Questionnaire
from a2p.definition.numbering import question_numbers
from a2p.exchange.answers_out import write_answers
from a2p.exchange.filled_answers import FilledAnswers, filled_answers
from a2p.exchange.filled_form import filled_form, refuse_other
from a2p.exchange.pdf_form import FormError, RawForm, read_form
from a2p.scoring.answers import Respondent

_NOT_NAMES = re.compile(r"[^\w .-]+|^[^\w]+")


class _Refused(Exception):
    """A file that can't be used: every reason, without the file's name."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        super().__init__("\n".join(lines))


@click.command(
    epilog="\b\nExample:\n  ./run a2p read smith.pdf jones.pdf > answers.csv\n  ./run a2p score aspire answers.csv",
)
@click.argument("files", metavar="FILE.pdf...", nargs=-1, required=True)
@click.option(
    "--questionnaire", metavar="QUESTIONNAIRE", help="An id or a file [default: the one that the first form names]."
)
@click.option("-o", "--output", default=STANDARD_OUTPUT, metavar="ANSWERS.csv", help="Where to write, if not here.")
@overlay_option
def command(*, files: tuple[str, ...], questionnaire: str | None, output: str, overlays: tuple[str, ...]) -> None:
    """Read filled forms and print their answers as CSV, as `a2p score` reads them.

    Each file is a respondent, called by the file's name. What a form leaves blank is said on standard error. If
    anything in any file can't be taken, nothing is printed: each reason is a line that says file, question and what.
    Exit code 2.
    """
    refuse_unwritable(output)
    if files.count(STANDARD_INPUT) > 1:
        raise InputError("Only one of the files can come from standard input.")
    with said_if_long("Reading the forms"):
        respondents, notes = _read_all(files, questionnaire, overlays)
    for note in notes:
        click.echo(note, err=True)
    text = io.StringIO()
    write_answers(respondents, text)
    write_output(text.getvalue().encode(), output)


def _read_all(
    files: Sequence[str], questionnaire: str | None, overlays: Sequence[str]
) -> tuple[list[Respondent], list[str]]:
    """Everybody, and what to say of their forms; the first form names the questionnaire where no one did. InputError
    with all that is wrong in any file."""
    definition = read_definition(questionnaire) if questionnaire else None
    respondents: list[Respondent] = []
    notes: list[str] = []
    wrong: list[str] = []
    before: dict[bytes, str] = {}
    known: frozenset[str] = frozenset()
    for file in files:
        name = name_of(file)
        try:
            data = bytes_from(file)
            if data in before:
                raise _Refused([f"this is the same file as {before[data]}"])
            before[data] = name
            raw = read_form(data)
            definition = definition or read_definition(raw.mark.questionnaire)
            known = known or _known(definition, overlays)
            refuse_other(raw.mark, definition, known)
            respondent, said = _read_one(raw, definition, _id(file, respondents))
        except InputError as problem:
            wrong += problem.lines
        except FormError as problem:
            wrong.append(f"{name}: {problem}")
        except _Refused as problem:
            wrong += [f"{name}: {line}" for line in problem.lines]
        else:
            respondents.append(respondent)
            notes += [f"{name}: {line}" for line in said]
    if wrong:
        raise InputError(dict.fromkeys(wrong))  # a mistake of an overlay once, not for each file
    return respondents, notes


def _known(definition: Questionnaire, overlays: Sequence[str]) -> frozenset[str]:
    """The hashes of a questionnaire in its own words, in those of each overlay, and in those of all."""
    wordings = ((), *((file,) for file in overlays), tuple(overlays))
    return frozenset(sha256(with_overlays(definition, files).definition) for files in wordings)


def _read_one(raw: RawForm, asked: Questionnaire, id_: str) -> tuple[Respondent, list[str]]:
    """A respondent and what to say of the form."""
    filled = filled_form(raw, asked)
    about = filled.about
    found = filled_answers(asked, filled, councillor=about.councillor is not None)
    refused = [*about.unclear, *_located(asked, found)]
    if not about.organisation:
        refused.append("nothing is written at “Your organisation”, and answers count by organisation")
    if not found.answers and not refused:
        refused.append("no question is answered")
    if refused:
        raise _Refused(refused)
    respondent = Respondent(id_, about.organisation, about.sector, about.councillor, answers=found.answers)
    return respondent, _notes(asked, found)


def _located(definition: Questionnaire, found: FilledAnswers) -> list[str]:
    numbers = question_numbers(definition)
    return [f"question {numbers[question]}: {what}" for question, what in found.wrong.items()]


def _notes(definition: Questionnaire, found: FilledAnswers) -> list[str]:
    numbers = question_numbers(definition)
    said = (("left blank", found.blank), ("answered, though not asked of this person", found.not_asked))
    return [f"{what}: {', '.join(numbers[question] for question in those)}" for what, those in said if those]


def _id(file: str, others: Sequence[Respondent]) -> str:
    """The file's name without its ending; a number behind it where another has the same."""
    stem = "form" if file == STANDARD_INPUT else Path(file).stem
    plain = _NOT_NAMES.sub("-", stem).strip("-. ")[:180] or "form"
    taken = {each.id for each in others}
    return next(each for each in (plain, *(f"{plain}-{k}" for k in range(2, len(taken) + 3))) if each not in taken)
