"""EVIDENCE.csv: the coordinator's evidence on scale questions, and the facts."""

from __future__ import annotations

import pytest

from a2p.exchange.evidence_csv import read_evidence
from a2p.exchange.table import TableError
from a2p.scoring.answers import Answer, CoordinatorInput, EvidenceNote, State
from tests.builders import definition, question, scale_question, section

ASKED = definition(
    section(
        "purpose",
        scale_question("aim"),
        scale_question("plan"),
        question("why"),
        answered_by=["partners", "coordinator"],
    ),
    section("facts", question("members", "number", min=1), question("charter", "choice"), answered_by=["coordinator"]),
)


def read(text: str) -> CoordinatorInput:
    return read_evidence(text.encode(), ASKED, name="e.csv")


def test_levels_and_notes_are_evidence_and_answers_in_a_facts_section_are_facts() -> None:
    found = read(
        "question,answer,note\naim,level-3,Minutes of May\nplan,,Not looked at\nmembers,12,\ncharter,dont-know,Ask\n"
    )
    assert found.evidence == {
        "aim": EvidenceNote("level-3", "Minutes of May"),
        "plan": EvidenceNote(None, "Not looked at"),
    }
    assert found.facts == {
        "members": Answer(State.GIVEN, "12"),
        "charter": Answer(State.DONT_KNOW, comment="Ask"),
    }


def test_a_row_without_level_and_note_is_no_evidence() -> None:
    assert read("question,answer\naim,\n").evidence == {}


def test_an_empty_file_is_no_evidence() -> None:
    assert read("") == CoordinatorInput()


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("ami,level-1,", 'unknown question "ami" (did you mean "aim"?)'),
        (",level-1,", "no question"),
        ("aim,level-8,", 'question "aim" has no level "level-8"'),
        ("aim,dont-know,", 'evidence on "aim" is a level or nothing, not "dont-know"'),
        ("why,Because,", 'question "why" is asked of respondents alone'),
        ("members,0,", '0 is below the least, 1, of question "members"'),
        ("plan,level-2,", 'question "plan" was answered in line 2'),
    ],
)
def test_each_mistake_is_said_with_its_line(row: str, message: str) -> None:
    with pytest.raises(TableError) as caught:
        read(f"question,answer,note\nplan,level-1,\n{row}\n")
    (line,) = caught.value.lines
    assert line.startswith("e.csv:3: ")
    assert message in line
