"""Loading a definition: all mistakes at once, each where it stands, in plain words."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from a2p.definition.loader import load, parse
from a2p.definition.model import ChoiceQuestion, ScaleQuestion
from a2p.definition.problems import DefinitionErrors, Problem
from tests.definition.yaml_texts import SMALL, problems_of, small_with

MISTAKES = Path(__file__).parent / "mistakes.yaml"


def test_a_definition_loads_with_its_defaults() -> None:
    small = parse(SMALL.encode(), "f")
    aim, reviewer = small.sections[0].questions
    assert isinstance(aim, ScaleQuestion)
    assert (aim.weight, aim.key, aim.not_applicable, aim.dont_know) == (Decimal(1), False, False, True)
    assert isinstance(reviewer, ChoiceQuestion)
    assert reviewer.show_if == {"aim": ("working",)}
    assert small.sections[0].answered_by == ("partners",)
    assert small.status == "unpiloted"


def test_every_mistake_of_a_file_is_told_at_once_in_the_order_of_the_file() -> None:
    with pytest.raises(DefinitionErrors) as caught:
        load(MISTAKES)
    problems = caught.value.problems
    assert len(problems) == 51
    assert len({problem.what for problem in problems}) > 40
    assert list(problems) == sorted(problems, key=lambda each: (each.line, each.column))
    assert str(caught.value).splitlines() == [str(problem) for problem in problems]


@pytest.mark.parametrize(
    ("place", "what"),
    [
        ("1:16", "questionnaire: Mistakes is not an id: small letters, digits and single hyphens"),
        ("3:1", "stauts: unknown key (did you mean status?)"),
        ("4:8", "title: text is meant here, not the number 2008: put it in quotation marks"),
        ("5:11", "language: unsupported language fr: en or cy"),
        ("6:10", "minutes: must be at least 1, not 0"),
        ("7:15", "for 2: unsupported word shire: county, district, unitary or local"),
        ("9:19", "source launch, title: text is meant here, not the number 22"),
        ("12:45", "scale maturity, level not-yet, points: the lowest level's points must be 0, not 10"),
        ("14:47", "scale maturity, level embedded, points: points must not fall: 50 after 60"),
        ("14:47", "scale maturity, level embedded, points: the highest level's points must be 100, not 50"),
        ("15:3", "scale yesno: no question uses this scale"),
        ("16:12", "scale yesno, level no, id: no is read as true or false"),
        ("19:5", "scale lonely: at least 2 needed here, 1 given"),
        ("24:42", "band early, from: the first band must start at 0, not 5"),
        ("25:47", "band later, from: bands must rise: 5 after 5"),
        ("29:29", "section purpose, answered_by 2: unsupported word councilors"),
        ("30:17", "section purpose, stands_on 1: no source is called lunch (did you mean launch?)"),
        ("34:16", "section purpose, question aim, scale: no scale is called maturty (did you mean maturity?)"),
        ("36:13", "section purpose, question aim, id: the id aim is taken by a question above"),
        ("39:9", "section purpose, question aim, levels: no descriptor for the level working"),
        ("41:11", "section purpose, question aim, level workin: the scale maturity has no level workin"),
        ("43:17", "section purpose, question aim, weight: must be greater than 0, not 0"),
        ("45:21", "section purpose, question aim, advice 1, below: nothing is below not-yet, the lowest level"),
        ("46:21", "section purpose, question aim, advice 2, below: the scale has no level wrking"),
        ("47:19", "section purpose, question aim, show_if, reviewed: show_if looks back only"),
        ("49:14", "section purpose, question reviewed, ask: no text stands here"),
        ("50:15", "section purpose, question reviewed, type: unknown type choise"),
        ("54:9", "section purpose, question started, key: key has no meaning in this type of question"),
        ("59:14", "section purpose, question members, max: max must not be below min: 2 is below 10"),
        ("60:19", "section purpose, question members, show_if, started: started is a date question"),
        ("60:37", "section purpose, question members, show_if, nobody: no question is called nobody"),
        ("64:55", "section purpose, question who, option board, id: the id board is taken by an option above"),
        (
            "65:19",
            "section purpose, question who, show_if, who: show_if looks back only, and who is the question itself",
        ),
        (
            "66:25",
            'section purpose, question who, not_applicable: true or false is meant here, not the text "sometimes"',
        ),
        ("67:9", "section purpose, question 7: id is missing"),
        ("71:35", "section purpose, question 7, option two, label: this key stands twice, first in line 71"),
        ("72:15", "section purpose, question 7, help: nothing stands here: give a value or remove the key"),
        ("73:9", 'section purpose, question 8: a question is a group of keys, not the text "just text"'),
        ("74:5", "section purpose: title is missing"),
        ("74:9", "section purpose, id: the id purpose is taken by a section above"),
        ("75:16", "section purpose, questions: at least 1 needed here, 0 given"),
        ("77:3", "since: version 3 is missing: say what it changed ({} if only wording)"),
        ("77:17", "version 2, renamed, aim: aim was renamed, but is still here"),
        ("77:22", "version 2, renamed, aim: nothing is called purpoes (did you mean purpose?)"),
        ("77:42", "version 2, retired 1: members was retired, but is still here"),
        ("77:70", "version 2, changed_meaning 1: nothing is called reviewd (did you mean reviewed?)"),
        ("78:3", "version 4: this is version 3, so nothing changed in 4 yet"),
    ],
)
def test_each_mistake_points_at_the_key_or_value_in_question(place: str, what: str) -> None:
    with pytest.raises(DefinitionErrors) as caught:
        load(MISTAKES)
    assert any(line.startswith(f"{MISTAKES}:{place}: {what}") for line in str(caught.value).splitlines())


def test_a_problem_prints_as_file_line_column_where_what_and_what_was_meant() -> None:
    problem = Problem(3, 7, "title", "unknown key", "titel", "a.yaml")
    assert str(problem) == "a.yaml:3:7: title: unknown key (did you mean titel?)"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("title: Small", "title: [Small]", "3:8: title: text is meant here, not a list"),
        ("title: Small", "title: {a: b}", "3:8: title: text is meant here, not a group of keys"),
        ("title: Small", "title: true", "3:8: title: text is meant here, not the word true: put it in quotation marks"),
        ("title: Small", 'title: " "', "3:8: title: no text stands here"),
        ("title: Small", f"title: {'x' * 20_001}", "3:8: title: longer than 20000 characters"),
        ("version: 1", "version: one", '2:10: version: a whole number is meant here, not the text "one"'),
        ("version: 1", "version: 1.5", "2:10: version: a whole number is meant here, not the number 1.5"),
        ("version: 1", "version: true", "2:10: version: a whole number is meant here, not the word true"),
        ("for: [county]", "for: county", '5:6: for: a list is meant here, not the text "county": start each item'),
        ("stands_on: [launch 3.5]", "weight: -1", "15:13: section purpose, weight: must be greater than 0, not -1"),
        (
            "stands_on: [launch 3.5]",
            "weight: x",
            "15:13: section purpose, weight: a number is meant here, not the text",
        ),
        ("type: choice", "type: 5", "23:15: section purpose, question reviewer, type: the type is one word"),
        ("  launch: {title: Launch report}", "  launch: Launch", "7:11: source launch: a group of keys is meant here"),
    ],
)
def test_a_value_of_the_wrong_kind_is_told_in_plain_words(old: str, new: str, expected: str) -> None:
    [problem] = problems_of(small_with(old, new))
    assert problem.startswith(expected)


def test_a_missing_required_key_of_the_file_is_told_at_its_start() -> None:
    assert problems_of(small_with("language: en\n", "")) == ["1:1: the file: language is missing"]


@pytest.mark.parametrize("text", ["just text", "[a, b]", "5"])
def test_a_file_that_is_no_group_of_keys_is_one_mistake(text: str) -> None:
    [problem] = problems_of(text)
    assert problem.startswith("1:1: the file: a group of keys is meant here, not ")


@pytest.mark.parametrize(
    "text",
    [
        "{{ 7*7 }}",
        "<script>alert(1)</script>",
        "{% raw %}",
        "x" * 5_000,
        "🎉 👩‍👩‍👧",
        "مرحبا بالعالم",
        "ŵ ŷ Ŵ Ŷ",
        "%s {0} $x",
    ],
)
def test_texts_are_data_whatever_they_hold(text: str) -> None:
    assert parse(small_with("title: Small", f'title: "{text}"').encode(), "f").title == text


@pytest.mark.parametrize("levels", range(2, 12))
def test_scales_have_two_to_eleven_levels(levels: int) -> None:
    assert problems_of(_with_levels(levels)) == []


@pytest.mark.parametrize(("levels", "told"), [(1, "at least 2 needed here, 1 given"), (12, "at most 11 allowed here")])
def test_other_lengths_of_scales_are_refused(levels: int, told: str) -> None:
    assert problems_of(_with_levels(levels)) == [f"9:5: scale maturity: {told}"]


def _with_levels(levels: int) -> str:
    scale = "\n".join(f"    - {{id: l{k}, label: L}}" for k in range(levels))
    described = ", ".join(f"l{k}: D" for k in range(levels))
    return f"""\
questionnaire: small
version: 1
title: Small
language: en
for: [county]

scales:
  maturity:
{scale}
sections:
  - id: purpose
    title: Purpose
    questions:
      - {{id: aim, ask: Is it?, scale: maturity, levels: {{{described}}}}}
"""


def test_all_six_types_load() -> None:
    more = """
      - {id: why, ask: Why?, type: text}
      - {id: which, ask: Which?, type: choices, options: [{id: a, label: A}, {id: b, label: B}]}
      - {id: many, ask: How many?, type: number, min: 0.5, max: 2.75, unit: people}
      - {id: when, ask: When?, type: date}
"""
    small = parse((SMALL.rstrip("\n") + more).encode(), "f")
    assert [q.type for q in small.sections[0].questions] == ["scale", "choice", "text", "choices", "number", "date"]
    assert small.question("many").model_dump()["min"] == Decimal("0.5")


def test_in_the_folder_of_questionnaires_a_file_is_called_after_its_id(tmp_path: Path) -> None:
    folder = tmp_path / "questionnaires"
    folder.mkdir()
    (folder / "smal.yaml").write_text(SMALL)
    with pytest.raises(
        DefinitionErrors, match=r"1:16: questionnaire: the file is called smal\.yaml, so its id must be smal"
    ):
        load(folder / "smal.yaml")
    (tmp_path / "smal.yaml").write_text(SMALL)
    assert load(tmp_path / "smal.yaml").questionnaire == "small"


def test_support_modules_are_checked_where_the_catalogue_lies_beside(tmp_path: Path) -> None:
    path = tmp_path / "small.yaml"
    path.write_text(small_with("stands_on: [launch 3.5]", "support: [worksop]"))
    assert load(path).sections[0].support == ("worksop",)
    (tmp_path / "support.yaml").write_text("modules: [{id: workshop}]")
    with pytest.raises(DefinitionErrors, match=r"no support module .* is called worksop \(did you mean workshop\?\)"):
        load(path)
