"""How a command reads a round from files: the questionnaire, the answers and the coordinator's evidence."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from a2p.commands.definitions import read_definition
from a2p.commands.problems import InputError
from a2p.definition.canonical import sha256
from a2p.definition.model import Kind, Questionnaire
from a2p.exchange.answers_csv import read_answers
from a2p.exchange.evidence_csv import read_evidence
from a2p.exchange.table import TableError
from a2p.scoring.answers import CoordinatorInput, Respondent
from a2p.scoring.frozen import FrozenResult
from a2p.scoring.score import Header, score

STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True)
class RoundFiles:
    """What the files of one round say."""

    definition: Questionnaire
    respondents: tuple[Respondent, ...]
    coordinator: CoordinatorInput


def read_round(questionnaire: str, answers: str, evidence: str | None = None) -> RoundFiles:
    """Read a round; `answers` and `evidence` are paths, one of them may be `-` for standard input.

    InputError with every error of the first file that can't be used.
    """
    if answers == evidence == STANDARD_INPUT:
        raise InputError("Only one of ANSWERS.csv and --evidence can come from standard input.")
    definition = read_definition(questionnaire)
    try:
        respondents = read_answers(_bytes(answers), definition, name=_name(answers))
        coordinator = (
            CoordinatorInput()
            if evidence is None
            else read_evidence(_bytes(evidence), definition, name=_name(evidence))
        )
    except TableError as error:
        raise InputError(error.lines) from error
    return RoundFiles(definition, respondents, coordinator)


def scored(files: RoundFiles, *, kind: str | None, together: bool, partnership: str, round_name: str) -> FrozenResult:
    """The frozen result of a round from files. InputError for a kind that the questionnaire is not for, and for a
    round answered together that hasn't exactly one respondent."""
    if together and len(files.respondents) != 1:
        raise InputError(f"--together needs exactly one respondent; the answers have {len(files.respondents)}.")
    return score(
        files.definition,
        files.respondents,
        header=Header(partnership=partnership, kind=_kind(files.definition, kind), round=round_name),
        sha256=sha256(files.definition),
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


def _bytes(path: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if path == STANDARD_INPUT else Path(path).read_bytes()
    except OSError as error:
        raise InputError(f"{path} can't be read: {error.strerror}.") from error


def _name(path: str) -> str:
    return "<standard input>" if path == STANDARD_INPUT else path
