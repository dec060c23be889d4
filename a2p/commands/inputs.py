"""How a command reads a round from files: the questionnaire, the answers and the coordinator's evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import click

from a2p.commands.definitions import Worded, read_worded
from a2p.commands.output import said_if_long
from a2p.commands.problems import InputError
from a2p.commands.standard_input import STANDARD_INPUT, bytes_from, name_of
from a2p.definition.model import Kind, Questionnaire
from a2p.exchange.answers_csv import alike, read_answers
from a2p.exchange.evidence_csv import read_evidence
from a2p.exchange.table import TableError, quoted
from a2p.scoring.answers import CoordinatorInput, Respondent
from a2p.scoring.frozen import FrozenResult
from a2p.scoring.score import Header, score


@dataclass(frozen=True, slots=True)
class RoundFiles:
    """What the files of one round say."""

    worded: Worded
    respondents: tuple[Respondent, ...]
    coordinator: CoordinatorInput

    @property
    def definition(self) -> Questionnaire:
        """The questionnaire in the words of its overlays."""
        return self.worded.definition


def read_round(
    questionnaire: str, answers: str, evidence: str | None = None, overlays: Sequence[str] = ()
) -> RoundFiles:
    """Read a round; one of the first three may be `-` for standard input. `overlays` are files.

    InputError with every error of the first file that can't be used.
    """
    if (questionnaire, answers, evidence).count(STANDARD_INPUT) > 1:
        raise InputError("Only one of QUESTIONNAIRE, ANSWERS.csv and --evidence can come from standard input.")
    worded = read_worded(questionnaire, overlays)
    definition = worded.definition
    try:
        given = bytes_from(answers)
        with said_if_long("Reading the answers"):
            respondents = read_answers(given, definition, name=name_of(answers))
        coordinator = (
            CoordinatorInput()
            if evidence is None
            else read_evidence(bytes_from(evidence), definition, name=name_of(evidence))
        )
    except TableError as error:
        raise InputError(error.lines) from error
    if not respondents:
        click.echo(f"{name_of(answers)}: no answers, so there are no scores.", err=True)
    for names in alike(each.organisation for each in respondents):
        listed = " and ".join(map(quoted, names))
        what = f"organisations {listed} count as {len(names)}: give them one name if they are the same."
        click.echo(f"{name_of(answers)}: warning: {what}", err=True)
    return RoundFiles(worded, respondents, coordinator)


def scored(files: RoundFiles, *, kind: str | None, together: bool, partnership: str, round_name: str) -> FrozenResult:
    """The frozen result of a round from files. InputError for a kind that the questionnaire is not for, and for a
    round answered together that hasn't exactly one respondent."""
    if together and len(files.respondents) != 1:
        raise InputError(f"--together needs exactly one respondent; the answers have {len(files.respondents)}.")
    header = Header(partnership=partnership, kind=_kind(files.definition, kind), round=round_name)
    with said_if_long("Scoring the answers"):
        return score(
            files.definition,
            files.respondents,
            header=header,
            sha256=files.worded.base_sha256,
            overlays=files.worded.overlays,
            together=together,
            coordinator=files.coordinator,
        )


def _kind(definition: Questionnaire, kind: str | None) -> Kind:
    if kind is None:
        return definition.kinds[0]
    for each in definition.kinds:
        if each == kind:
            return each
    allowed = ", ".join(definition.kinds)
    raise InputError(f"--kind: {definition.questionnaire} is not for {kind} partnerships; it is for {allowed}.")
