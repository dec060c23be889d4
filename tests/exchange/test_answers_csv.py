"""ANSWERS.csv: what is read, and every way that a file can be wrong, each with its line."""

from __future__ import annotations

from decimal import Decimal

import pytest

from a2p.exchange.answers_csv import alike, read_answers
from a2p.exchange.table import TableError
from a2p.scoring.answers import Answer, Respondent, State
from tests.builders import definition, options, question, scale_question, section

ASKED = definition(
    section(
        "purpose",
        scale_question("aim", not_applicable=True),
        scale_question("plan", dont_know=False),
        question("why"),
        question("who", "choice", options=options("board", "staff")),
        question("whom", "choices", options=options("board", "staff")),
        question("staff", "number", min=0, max=Decimal("99.5")),
        question("signed", "date"),
    ),
    section("facts", question("members", "number"), answered_by=["coordinator"]),
)
HEADER = "respondent,organisation,question,answer,sector,comment,councillor,layer\n"


def read(text: str, header: str = HEADER) -> tuple[Respondent, ...]:
    return read_answers((header + text).encode(), ASKED, name="a.csv")


def errors(text: str | bytes, header: str = HEADER) -> list[str]:
    data = text if isinstance(text, bytes) else (header + text).encode()
    with pytest.raises(TableError) as caught:
        read_answers(data, ASKED, name="a.csv")
    return list(caught.value.lines)


def test_one_row_for_each_respondent_and_question() -> None:
    found = read(
        "r1,Anytown Police,aim,level-3,police,Since May,,board\n"
        "r2,County,aim,dont-know,county-council,,executive,\n"
        "r1,Anytown Police,plan,,police,,,board\n"
    )
    assert found == (
        Respondent(
            "r1",
            "Anytown Police",
            "police",
            None,
            "board",
            {"aim": Answer(State.GIVEN, "level-3", "Since May"), "plan": Answer(State.BLANK)},
        ),
        Respondent("r2", "County", "county-council", "executive", None, {"aim": Answer(State.DONT_KNOW)}),
    )


def test_every_type_of_answer_is_read() -> None:
    (found,) = read(
        "r,o,aim,not-applicable,,Not here,,\n"
        'r,o,why,"Because, as they said, ""it works""\nand lasts",,,,\n'
        "r,o,who,staff,,,,\nr,o,whom,staff board,,,,\nr,o,staff,12.50,,,,\nr,o,signed,2026-02-28,,,,\n"
        "r,o,members,4,,,,\n"
    )
    assert {id_: (answer.state, answer.value) for id_, answer in found.answers.items()} == {
        "aim": (State.NOT_APPLICABLE, ""),
        "why": (State.GIVEN, 'Because, as they said, "it works"\nand lasts'),
        "who": (State.GIVEN, "staff"),
        "whom": (State.GIVEN, "staff board"),
        "staff": (State.GIVEN, "12.50"),
        "signed": (State.GIVEN, "2026-02-28"),
        "members": (State.GIVEN, "4"),
    }
    assert found.answers["aim"].comment == "Not here"


def test_a_not_applicable_without_a_reason_is_accepted() -> None:
    assert read("r,o,aim,not-applicable,,,,\n")[0].answers["aim"] == Answer(State.NOT_APPLICABLE)


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_any_usual_delimiter_line_ending_and_byte_order_mark_works(ending: str, delimiter: str, mark: str) -> None:
    lines = [
        ["answer", "organisation", "respondent", "question"],
        ["level-2", "Tŷ Ŵyl", "r1", "aim"],
        [" level-1 ", "o", "r2", "aim"],
    ]
    text = mark + "".join(delimiter.join(line) + ending for line in lines)
    found = read_answers(text.encode(), ASKED)
    assert [(each.id, each.organisation, each.answers["aim"].value) for each in found] == [
        ("r1", "Tŷ Ŵyl", "level-2"),
        ("r2", "o", "level-1"),
    ]


@pytest.mark.parametrize(
    "data",
    [b"", b"\xef\xbb\xbf", b"\n \r\n", HEADER.encode(), HEADER.strip().encode(), b"\n\n" + HEADER.encode() + b"\n\n"],
)
def test_an_empty_file_and_a_header_alone_are_no_answers(data: bytes) -> None:
    assert read_answers(data, ASKED) == ()


def test_blank_lines_are_passed_over_and_lines_still_counted() -> None:
    assert errors("\n\nr,o,aim,level-9,,,,\n") == [
        'a.csv:4: question "aim" has no level "level-9" (did you mean "level-4"?)'
    ]


def test_a_row_of_separators_alone_is_a_blank_line() -> None:
    assert read_answers(f"{HEADER}r,o,aim,level-1,,,,\n,,,,,,,\n,,\n".encode(), ASKED)[0].id == "r"


def test_an_attribute_may_stand_in_one_row_only() -> None:
    (found,) = read("r,o,aim,level-1,,,,\nr,o,plan,level-1,health,,other,theme-group\n")
    assert (found.sector, found.councillor, found.layer) == ("health", "other", "theme-group")


@pytest.mark.parametrize(
    ("header", "message"),
    [
        ("respondent,organisation\n", 'a.csv:1: missing columns "question", "answer"'),
        ("respondent,organisation,question,anwser\n", 'a.csv:1: unknown column "anwser" (did you mean "answer"?)'),
        ("respondent,organisation,question,answer,answer\n", 'a.csv:1: column "answer" stands there twice'),
        ("who,organisation,question,answer\n", 'a.csv:1: missing column "respondent"'),
    ],
)
def test_a_wrong_header_is_said(header: str, message: str) -> None:
    assert message in errors("r,o,aim,level-1\n", header)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("r,o,ami,level-1,,,,", 'unknown question "ami" (did you mean "aim"?)'),
        ("r,o,,level-1,,,,", "no question"),
        (",o,aim,level-1,,,,", "no respondent"),
        ("r,,aim,level-1,,,,", "no organisation"),
        ("r,o,aim,Level 1,,,,", 'question "aim" has no level "Level 1" (did you mean "level-1"?)'),
        ("r,o,aim,yes,,,,", 'has no level "yes" (known: level-1, level-2, level-3, level-4)'),
        ("r,o,plan,dont-know,,,,", 'question "plan" does not offer "dont-know"'),
        ("r,o,plan,not-applicable,,,,", 'question "plan" does not offer "not-applicable"'),
        ("r,o,who,nobody,,,,", 'question "who" has no option "nobody" (known: board, staff)'),
        ("r,o,whom,board borad,,,,", 'has no option "borad" (did you mean "board"?)'),
        ("r,o,whom,board board,,,,", "an option chosen twice"),
        ("r,o,staff,twelve,,,,", '"twelve" is not a number'),
        ("r,o,staff,1e3,,,,", '"1e3" is not a number'),
        ("r,o,staff,NaN,,,,", '"NaN" is not a number'),
        ("r,o,staff,٣,,,,", "is not a number"),
        (f"r,o,staff,{'1' * 31},,,,", "is not a number"),
        ("r,o,staff,-1,,,,", '-1 is below the least, 0, of question "staff"'),
        ("r,o,staff,99.6,,,,", '99.6 is above the most, 99.5, of question "staff"'),
        ("r,o,signed,1 March 2026,,,,", '"1 March 2026" is not a date (write it like 2026-03-01)'),
        ("r,o,signed,20260301,,,,", "is not a date"),
        ("r,o,signed,2026-02-30,,,,", '"2026-02-30" is not a date: day is out of range'),
        (f"r,o,why,{'x' * 20_001},,,,", "a text of 20,001 characters; the most is 20,000"),
        (f"r,o,aim,level-1,,{'x' * 20_001},,", "a comment of 20,001 characters; the most is 20,000"),
        (f"{'x' * 201},o,aim,level-1,,,,", "respondent of 201 characters; the most is 200"),
        ("r,o,aim,level-1,polcie,,,", 'unknown sector "polcie" (did you mean "police"?); known: county-council'),
        ("r,o,aim,level-1,,,mayor,", 'unknown councillor "mayor" (known: executive, other)'),
        ("r,o,aim,level-1,,,,bored", 'unknown layer "bored" (did you mean "board"?)'),
        ("r,o,aim", "3 cells where the header has 8"),
        (
            "r,o,why,Yes, but,,,,",
            "9 cells where the header has 8; a text that holds the separator must stand in double",
        ),
        ('r,o,why,"never closed,,,,', "a double quote opens here and is never closed"),
        ('r,o,why,"so "they" said",,,,', "text after a closing double quote"),
        ("r,o,why,a\0b,,,,", "a null character"),
    ],
)
def test_each_mistake_is_said_with_its_line(row: str, message: str) -> None:
    found = errors(f"r0,o,aim,level-1,,,,\n{row}\n")
    assert len(found) == 1
    assert found[0].startswith("a.csv:3: ")
    assert message in found[0]


def test_a_very_long_cell_is_an_error_not_a_crash() -> None:
    assert errors(f"r,o,why,{'x' * 200_000},,,,\n") == [
        "a.csv:2: a cell of more than 131,072 characters (is a double quote missing?)"
    ]


def test_one_respondent_belongs_to_one_organisation_sector_and_layer() -> None:
    found = errors(
        "r,A,aim,level-1,police,,executive,board\n"
        "r,B,plan,level-1,health,,other,theme-group\n"
        "r,B,why,So,health,,other,theme-group\n"
    )
    assert found == [
        'a.csv:3: respondent "r" has organisation "B" here and "A" in line 2',
        'a.csv:3: respondent "r" has sector "health" here and "police" in line 2',
        'a.csv:3: respondent "r" has councillor "other" here and "executive" in line 2',
        'a.csv:3: respondent "r" has layer "theme-group" here and "board" in line 2',
    ]


def test_a_question_answered_twice_is_refused() -> None:
    assert errors("r,o,aim,level-1,,,,\nr,o,aim,level-1,,,,\n") == [
        'a.csv:3: question "aim" was answered by this respondent in line 2'
    ]


def test_wrong_encodings_are_said_with_line_and_byte() -> None:
    latin = (HEADER + "r,Caf\u00e9,aim,level-1,,,,\nr,o,ami,level-1,,,,\n").encode("latin-1")
    assert errors(latin)[0] == "a.csv:2: byte 6 (0xE9) is not UTF-8: save the file again as CSV UTF-8"
    assert errors(HEADER.encode("utf-16")) == ["a.csv:1: the file is in UTF-16, not UTF-8: save it again as CSV UTF-8"]


def test_every_error_of_a_file_is_said_at_once_in_the_order_of_its_lines() -> None:
    found = errors('r,o,ami,level-1,,,,\nr,o,aim,level-7,,,,\nr,o,plan,dont-know,,,,\nr,o,why,"x,,,,\n')
    assert [line.split(":")[1] for line in found] == ["2", "3", "4", "5"]


def test_a_hundred_thousand_rows_are_read() -> None:
    rows = "".join(f"r{k},o{k % 40},aim,level-{k % 4 + 1},police,,,\n" for k in range(100_000))
    assert len(read(rows)) == 100_000


def test_names_that_differ_only_in_capitals_or_white_space_are_told_apart_and_told() -> None:
    assert alike(["Org", "Police", "org", "Or g", "org", " ORG"]) == (("Org", "org", " ORG"),)
    assert alike(["County  Council", "County Council"]) == (("County  Council", "County Council"),)
    assert alike([]) == ()
