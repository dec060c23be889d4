"""ANSWERS.csv: a round's answers in long form, one row for each respondent and question (scoring.md, Machine output).

A respondent's organisation, sector, councillor and layer may stand in each of its rows or, but for the organisation, in
one of them; they must not differ. An answer to a question that isn't put to the respondent is read, and scoring ignores
it. A not-applicable without a reason is accepted.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import get_args

from a2p.definition.model import Question, Questionnaire
from a2p.exchange.cells import CellError, parse_answer
from a2p.exchange.table import Columns, Problems, Row, quoted, rows, suggestion
from a2p.scoring.answers import Answer, Councillor, Layer, Respondent, Sector

COLUMNS = Columns(
    required=("respondent", "organisation", "question", "answer"),
    optional=("sector", "comment", "councillor", "layer"),
)
LONGEST_NAME = 200
_SECTORS: tuple[Sector, ...] = get_args(Sector)
_COUNCILLORS: tuple[Councillor, ...] = get_args(Councillor)
_LAYERS: tuple[Layer, ...] = get_args(Layer)
_KNOWN: dict[str, tuple[str, ...]] = {"sector": _SECTORS, "councillor": _COUNCILLORS, "layer": _LAYERS}


@dataclass(slots=True)
class _Draft:
    """A respondent as read so far: each attribute with the line that gave it, answers and their lines."""

    attributes: dict[str, tuple[str, int]] = field(default_factory=dict)
    refused: set[tuple[str, str]] = field(default_factory=set)
    answers: dict[str, Answer] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)

    def attribute(self, name: str) -> str:
        return self.attributes.get(name, ("", 0))[0]


def read_answers(data: bytes, definition: Questionnaire, *, name: str = "answers.csv") -> tuple[Respondent, ...]:
    """The respondents of a file, in order of first appearance; none for an empty file or a header alone.

    TableError with every error as `name:line: what` if anything in it can't be used.
    """
    problems = Problems(name)
    questions = {question.id: question for section in definition.sections for question in section.questions}
    drafts: dict[str, _Draft] = {}
    for row in rows(data, COLUMNS, problems):
        respondent = _name(row, "respondent", problems)
        draft = drafts.setdefault(respondent, _Draft()) if respondent else _Draft()
        _attributes(row, respondent, draft, problems)
        _answer(row, definition, questions, draft, problems)
    problems.refuse_if_any()
    return tuple(_respondent(id_, draft) for id_, draft in drafts.items())


def alike(organisations: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """Names of organisations that differ only in capitals or white space, those that are alike together."""
    found: dict[str, list[str]] = {}
    for name in dict.fromkeys(organisations):
        found.setdefault(" ".join(name.split()).casefold(), []).append(name)
    return tuple(tuple(names) for names in found.values() if len(names) > 1)


def _name(row: Row, column: str, problems: Problems) -> str:
    """A respondent's or organisation's id; empty, with an error, if it can't be used."""
    value = row.cells[column]
    if not value:
        problems.add(row.line, f"no {column}")
    elif len(value) > LONGEST_NAME:
        problems.add(row.line, f"{column} of {len(value):,} characters; the most is {LONGEST_NAME}")
    else:
        return value
    return ""


def _attributes(row: Row, respondent: str, draft: _Draft, problems: Problems) -> None:
    _attribute(row, respondent, draft, ("organisation", _name(row, "organisation", problems)), problems)
    for column, known in _KNOWN.items():
        value = row.cells.get(column, "")
        if not value:
            continue
        if value in known:
            _attribute(row, respondent, draft, (column, value), problems)
        else:
            options = suggestion(value, known)
            listed = "" if "known:" in options else f"; known: {', '.join(known)}"
            problems.add(row.line, f"unknown {column} {quoted(value)}{options}{listed}")


def _attribute(row: Row, respondent: str, draft: _Draft, given: tuple[str, str], problems: Problems) -> None:
    """Keep an attribute, or say once for each other value that it differs from what an earlier row said."""
    column, value = given
    if not value:
        return
    first, line = draft.attributes.setdefault(column, (value, row.line))
    if first != value and given not in draft.refused:
        draft.refused.add(given)
        problems.add(
            row.line,
            f"respondent {quoted(respondent)} has {column} {quoted(value)} here and {quoted(first)} in line {line}",
        )


def _answer(
    row: Row, definition: Questionnaire, questions: dict[str, Question], draft: _Draft, problems: Problems
) -> None:
    asked = row.cells["question"]
    question = questions.get(asked)
    if question is None:
        what = f"unknown question {quoted(asked)}{suggestion(asked, questions)}" if asked else "no question"
        problems.add(row.line, what)
        return
    if asked in draft.lines:
        problems.add(row.line, f"question {quoted(asked)} was answered by this respondent in line {draft.lines[asked]}")
        return
    draft.lines[asked] = row.line
    try:
        draft.answers[asked] = parse_answer(definition, question, row.cells["answer"], row.cells.get("comment", ""))
    except CellError as error:
        problems.add(row.line, str(error))


def _respondent(id_: str, draft: _Draft) -> Respondent:
    return Respondent(
        id=id_,
        organisation=draft.attribute("organisation"),
        sector=next((sector for sector in _SECTORS if sector == draft.attribute("sector")), None),
        councillor=next((each for each in _COUNCILLORS if each == draft.attribute("councillor")), None),
        layer=next((layer for layer in _LAYERS if layer == draft.attribute("layer")), None),
        answers=draft.answers,
    )
