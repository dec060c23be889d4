"""What changed between two versions, in words."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest
from pydantic import ValidationError

from a2p.definition.diff import Difference, NotVersions, difference
from a2p.definition.diff_parts import Change
from a2p.definition.loader import parse
from a2p.definition.model import Questionnaire
from tests.builders import definition, options, question, scale_question, section
from tests.definition.yaml_texts import SMALL

TWO_SECTIONS = """\
  - id: people
    title: People
    questions:
      - {id: seats, ask: How many seats?, type: number, unit: seats, max: 50}
      - {id: since-when, ask: Since when?, type: date}
      - {id: told, ask: Who is told?, type: text}
"""


def version_one(more: str = TWO_SECTIONS) -> Questionnaire:
    return parse((SMALL + more).encode(), "old")


def version_two(*changes: tuple[str, str], since: str = "{}", more: str = TWO_SECTIONS) -> Questionnaire:
    """The next version, with each place replaced once, and what it says of itself."""
    text = SMALL + more
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    text = text.replace("\nversion: 1\n", "\nversion: 2\n") + f"since:\n  2: {since}\n"
    return parse(text.encode(), "new")


def changed(*changes: tuple[str, str], since: str = "{}") -> Difference:
    return difference(version_one(), version_two(*changes, since=since))


def test_the_same_texts_under_a_new_number_are_no_change() -> None:
    assert changed() == Difference((), (), ())


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("title: Small", "title: Smaller", Change("The questionnaire", "title reworded", "Small", "Smaller")),
        (
            "for: [county]",
            "for: [county, local]",
            Change("The questionnaire", "kinds of partnership changed from county to county, local"),
        ),
        (
            "Launch report",
            "A report",
            Change("The questionnaire", "source launch reworded", "Launch report", "A report"),
        ),
        (
            "title: Purpose",
            "title: Purpose\n    about: Why.",
            Change('Section "Purpose" (purpose)', "about added", "", "Why."),
        ),
        (
            "title: People",
            "title: People\n    answered_by: [councillors]",
            Change('Section "People" (people)', "answered by changed from partners to councillors"),
        ),
        (
            "title: People",
            "title: People\n    discuss: [And now?]",
            Change('Section "People" (people)', "question to discuss added", "", "And now?"),
        ),
        (
            "Is the aim clear?",
            "Is the aim known?",
            Change("Question aim, in purpose", "question reworded", "Is the aim clear?", "Is the aim known?"),
        ),
        (
            "Everybody says so.",
            "All say so.",
            Change(
                "Question aim, in purpose", "descriptor of level working reworded", "Everybody says so.", "All say so."
            ),
        ),
        (
            "ask: Is the aim clear?",
            "ask: Is the aim clear?\n        key: true",
            Change("Question aim, in purpose", "key changed from no to yes"),
        ),
        (
            "ask: Is the aim clear?",
            "ask: Is the aim clear?\n        weight: 2.50",
            Change("Question aim, in purpose", "weight changed from 1 to 2.5"),
        ),
        (
            "label: Nobody}",
            "label: No one}",
            Change("Question reviewer, in purpose", "option nobody reworded", "Nobody", "No one"),
        ),
        (
            "        show_if: {aim: [working]}\n",
            "",
            Change("Question reviewer, in purpose", "shown if aim is working until now, and always from now on"),
        ),
        (
            "{id: board, label: The board}, {id: nobody, label: Nobody}",
            "{id: nobody, label: Nobody}, {id: board, label: The board}",
            Change("Question reviewer, in purpose", "options put in another order"),
        ),
        ("max: 50", "max: 100", Change("Question seats, in people", "largest number changed from 50 to 100")),
        ("unit: seats, ", "", Change("Question seats, in people", "unit removed", "seats", "")),
    ],
)
def test_a_change_is_told_where_it_is_and_in_words(old: str, new: str, expected: Change) -> None:
    assert changed((old, new)).changes == (expected,)


def test_a_renamed_question_is_the_same_question() -> None:
    found = changed(
        ("id: aim", "id: purpose-known"),
        ("{aim: [working]}", "{purpose-known: [working]}"),
        since="{renamed: {aim: purpose-known}}",
    )
    assert found.changes == (Change("Question purpose-known, in purpose", "renamed from aim"),)
    assert found.unaccounted == ()


def test_a_renaming_is_followed_through_every_version_in_between() -> None:
    text = (SMALL + TWO_SECTIONS).replace("id: told", "id: audience").replace("\nversion: 1\n", "\nversion: 3\n")
    third = parse(
        f"{text}since:\n  2: {{renamed: {{told: heard}}}}\n  3: {{renamed: {{heard: audience}}}}\n".encode(), "x"
    )
    assert difference(version_one(), third).changes == (Change("Question audience, in people", "renamed from told"),)


def test_an_id_that_vanished_unsaid_is_not_accounted_for() -> None:
    found = changed(("      - {id: told, ask: Who is told?, type: text}\n", ""))
    assert found.changes == (Change("Question told", "removed, and since does not say so", "Who is told?"),)
    assert found.unaccounted == ("told",)


def test_a_retired_question_is_accounted_for() -> None:
    found = changed(("      - {id: told, ask: Who is told?, type: text}\n", ""), since="{retired: [told]}")
    assert found.changes == (Change("Question told", "removed: since says it is retired", "Who is told?"),)
    assert found.unaccounted == ()


def test_a_section_that_vanished_takes_its_questions_along() -> None:
    found = difference(version_one(), version_two(more=""))
    assert found.unaccounted == ("people", "seats", "since-when", "told")


def test_new_sections_and_questions_are_told() -> None:
    found = difference(version_one(more=""), version_two())
    assert found.changes[0] == Change('Section "People" (people)', "added, with 3 questions")
    assert Change("Question told, in people", "added", "", "Who is told?") in found.changes


def test_only_what_moved_is_said_to_have_moved() -> None:
    told = "      - {id: told, ask: Who is told?, type: text}\n"
    found = changed((told, ""), ("      - {id: seats", f"{told}      - {{id: seats"))
    assert found.changes == (Change("Question told, in people", "moved to another place in its section"),)


def test_a_question_that_went_to_another_section_is_told_with_where_it_was() -> None:
    told = "      - {id: told, ask: Who is told?, type: text}\n"
    found = changed((told, ""), ("      - id: reviewer", f"{told}      - id: reviewer"))
    assert found.changes == (Change("Question told, in purpose", 'moved here from section "People"'),)
    assert found.unaccounted == ()


def test_other_answers_without_a_word_in_since_are_noted() -> None:
    levels = ("    - {id: working, label: Working}\n", "    - {id: done, label: Done}\n")
    change = (levels, ("working: Everybody", "done: Everybody"), ("aim: [working]", "aim: [done]"))
    assert [note for note in changed(*change).notes if "other answers" in note] == [
        "aim offers other answers than before, and since does not list it under changed_meaning"
    ]
    said = changed(*change, since="{changed_meaning: [aim]}").notes
    assert said == ("since says that aim changed its meaning: its answers are not compared with earlier ones",)


def test_a_since_that_speaks_of_what_never_was_is_noted() -> None:
    assert changed(since="{retired: [logo]}").notes == ("since speaks of logo, which version 1 does not have",)


def test_a_changed_text_under_the_same_number_is_noted() -> None:
    again = parse((SMALL + TWO_SECTIONS).replace("Who is told?", "Who hears?").encode(), "x")
    assert difference(version_one(), again).notes == (
        "both are version 1: a version once published stays as it is, so raise the number first",
    )


def test_two_questionnaires_or_a_newer_one_first_are_refused() -> None:
    other = parse((SMALL + TWO_SECTIONS).replace("questionnaire: small", "questionnaire: other").encode(), "x")
    with pytest.raises(NotVersions, match="two questionnaires, small and other"):
        difference(version_one(), other)
    with pytest.raises(NotVersions, match="older first"):
        difference(version_two(), version_one())


EVERYTHING = definition(
    section(
        "purpose",
        scale_question("aim", help="A hint.", evidence="Papers.", advise=[{"below": "level-2", "say": "Try."}]),
        question("reviewer", "choice", options=options("board", "nobody"), show_if={"aim": ["level-2"]}),
        about="Why.",
        stands_on=["launch 3.5"],
        support=["workshop"],
        discuss=["What now?"],
    ),
    section("facts", question("seats", "number", min=0, max=50, unit="seats"), answered_by=["coordinator"]),
    subtitle="All of it",
    about="About it.",
    minutes=5,
    sources={"launch": {"title": "Launch report", "link": "https://example.org"}},
    points={4: [0, 20, 70, 100]},
    bands=[{"id": "early", "label": "Early", "from": 0}, {"id": "later", "label": "Later", "from": 50}],
)


def altered(value: object) -> Iterator[object]:
    """Everything that this is with one thing in it changed."""
    if isinstance(value, dict):
        for key, inside in value.items():
            if key not in {"questionnaire", "version", "since"}:
                yield from ({**value, key: each} for each in altered(inside))
    elif isinstance(value, list | tuple):
        for place, inside in enumerate(value):
            yield from ([*value[:place], each, *value[place + 1 :]] for each in altered(inside))
    elif isinstance(value, bool):
        yield not value
    elif isinstance(value, int | Decimal):
        yield value + 1
    elif isinstance(value, str):
        yield f"{value}-x"


def test_no_part_of_a_definition_changes_without_a_word() -> None:
    tried = 0
    for each in altered(EVERYTHING.model_dump(by_alias=True, exclude_none=True)):
        try:
            other = Questionnaire.model_validate(each)
        except ValidationError:
            continue
        if any(asked.scale not in other.scales for part in other.sections for asked in part.scale_questions):
            continue  # the loader refuses it
        tried += 1
        assert difference(EVERYTHING, other).changes, each
    assert tried > 50
