"""EVIDENCE.csv: what the coordinator alone gives, one row for each question: `question,answer,note`.

On a scale question put to partners or councillors it is evidence: a level, or nothing, and a note. On a question of a
facts section it is the fact. Other questions are asked of respondents alone.
"""

from __future__ import annotations

from a2p.definition.model import Question, Questionnaire, ScaleQuestion, Section
from a2p.exchange.cells import CellError, parse_answer
from a2p.exchange.table import Columns, Problems, Row, quoted, rows, suggestion
from a2p.scoring.answers import Answer, CoordinatorInput, EvidenceNote, State

COLUMNS = Columns(required=("question", "answer"), optional=("note",))


def read_evidence(data: bytes, definition: Questionnaire, *, name: str = "evidence.csv") -> CoordinatorInput:
    """The coordinator's evidence and facts. TableError with every error as `name:line: what` if anything is wrong."""
    problems = Problems(name)
    places = {question.id: (section, question) for section in definition.sections for question in section.questions}
    evidence: dict[str, EvidenceNote] = {}
    facts: dict[str, Answer] = {}
    lines: dict[str, int] = {}
    for row in rows(data, COLUMNS, problems):
        asked = row.cells["question"]
        if asked not in places:
            what = f"unknown question {quoted(asked)}{suggestion(asked, places)}" if asked else "no question"
            problems.add(row.line, what)
        elif asked in lines:
            problems.add(row.line, f"question {quoted(asked)} was answered in line {lines[asked]}")
        else:
            lines[asked] = row.line
            section, question = places[asked]
            answer = _checked(row, definition, section, question, problems)
            if section.is_facts:
                facts[asked] = answer
            elif answer.value or answer.comment:
                evidence[asked] = EvidenceNote(level=answer.value or None, note=answer.comment)
    problems.refuse_if_any()
    return CoordinatorInput(evidence=evidence, facts=facts)


def _checked(row: Row, definition: Questionnaire, section: Section, question: Question, problems: Problems) -> Answer:
    """The row's answer; blank, with an error, if the coordinator can't give it."""
    given = row.cells["answer"]
    try:
        if not section.is_facts and not isinstance(question, ScaleQuestion):
            raise CellError(f"question {quoted(question.id)} is asked of respondents alone")
        if not section.is_facts and given in {State.DONT_KNOW, State.NOT_APPLICABLE}:
            raise CellError(f"evidence on {quoted(question.id)} is a level or nothing, not {quoted(given)}")
        return parse_answer(definition, question, given, row.cells.get("note", ""))
    except CellError as error:
        problems.add(row.line, str(error))
        return Answer(State.BLANK)
