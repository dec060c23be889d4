"""Organisations' levels by name: in open rounds alone, of voices alone, and of nothing that is withheld."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pytest

from a2p.definition.model import Questionnaire
from a2p.scoring.answers import Answer, Respondent
from a2p.scoring.disclosure import Audience, disclose
from a2p.scoring.editions import said_by
from a2p.scoring.frozen import FrozenResult
from a2p.scoring.named import Kept, NamedLevels, NoLevel, Silence, Unnamed, named_levels
from tests.builders import definition, options, question, scale_question, section
from tests.scoring.made import BLANK, DONT_KNOW, NOT_APPLICABLE, respondent, round_of
from tests.scoring.random_rounds import random_rounds, respondents_of

AIM = definition(section("purpose", scale_question("aim", not_applicable=True)))


def kept(asked: Questionnaire, result: FrozenResult, people: Sequence[Respondent]) -> Kept:
    """What is kept of a round; an organisation's name is its id in capitals."""
    names = {each.organisation: each.organisation.upper() for each in people if each.organisation}
    return Kept(result.internal or (), said_by(asked, people), names)


def named(asked: Questionnaire, people: Sequence[Respondent]) -> NamedLevels:
    """Who is named in an open round of these answers."""
    result = round_of(asked, people).model_copy(update={"attribution": "open"})
    made = named_levels(disclose(result), kept(asked, result, people), open_now=True, first=True)
    assert isinstance(made, NamedLevels)
    return made


def one_question(people: Sequence[Respondent], asked: Questionnaire = AIM) -> dict[str, int | NoLevel]:
    """Where each organisation stands on the first question."""
    made = named(asked, people)
    return dict(zip(made.organisations, made.questions[0].stands, strict=True))


FOUR = [respondent(f"r{k}", f"o{k}", aim=2) for k in range(4)]


def test_an_organisation_stands_where_its_voice_does() -> None:
    several = [respondent(f"s{level}", "police", aim=level) for level in (1, 2, 4)]
    assert one_question([*FOUR, *several])["POLICE"] == 2


def test_where_one_person_answered_the_level_is_theirs() -> None:
    assert one_question([*FOUR, respondent("x", "police", aim=4)])["POLICE"] == 4


@pytest.mark.parametrize(
    ("said", "stands"),
    [
        ((DONT_KNOW, 3), 3),
        ((DONT_KNOW, NOT_APPLICABLE), NoLevel.DONT_KNOW),
        ((NOT_APPLICABLE, BLANK), NoLevel.NOT_APPLICABLE),
        ((BLANK, BLANK), NoLevel.BLANK),
    ],
)
def test_what_is_no_level_is_said_only_where_nobody_of_the_organisation_gave_one(
    said: tuple[int | Answer, ...], stands: object
) -> None:
    people = [respondent(f"x{k}", "police", aim=each) for k, each in enumerate(said)]
    assert one_question([*FOUR, respondent("y", "fire", aim=2), *people])["POLICE"] == stands


def test_organisations_stand_in_the_order_of_their_names() -> None:
    assert list(one_question([*reversed(FOUR), respondent("x", "a", aim=1)])) == ["A", "O0", "O1", "O2", "O3"]


def test_who_answers_for_no_organisation_is_not_named() -> None:
    assert set(one_question([*FOUR, respondent("x", "", aim=1)])) == {"O0", "O1", "O2", "O3"}


def test_nobody_is_named_below_the_minimum() -> None:
    made = named(AIM, FOUR)
    assert (made.questions[0].silence, made.questions[0].stands, made.organisations) == (Silence.WITHHELD, (), ())


def test_nobody_is_named_where_councillors_alone_are_asked() -> None:
    asked = definition(
        section("purpose", scale_question("aim")),
        section("members", scale_question("heard"), answered_by=["councillors"]),
    )
    councillors = [respondent(f"c{k}", "county", councillor="other", heard=1) for k in range(6)]
    made = named(asked, [*FOUR, respondent("x", "police", aim=4), *councillors])
    assert [each.silence for each in made.questions] == [None, Silence.COUNCILLORS]
    assert made.questions[1].stands == ()
    assert "COUNTY" not in made.organisations, "its people were asked nothing that is shown by name"


def test_nobody_is_named_on_a_question_that_tells_what_was_answered_to_another() -> None:
    asked = definition(
        section(
            "purpose",
            question("kind", "choice", options=options("a", "b")),
            scale_question("aim", show_if={"kind": ["a"]}),
            scale_question("plan"),
        )
    )
    people = [respondent(f"r{k}", f"o{k}", kind="a", aim=2, plan=3) for k in range(6)]
    made = named(asked, people)
    assert [(each.id, each.silence) for each in made.questions] == [("aim", Silence.CONDITIONAL), ("plan", None)]


def test_an_organisation_that_was_not_asked_says_so() -> None:
    asked = definition(
        section("purpose", scale_question("aim")),
        section("all", scale_question("trust"), answered_by=["partners", "councillors"]),
    )
    people = [respondent(f"r{k}", f"o{k}", aim=2, trust=2) for k in range(5)]
    made = named(asked, [*people, respondent("c", "county", councillor="other", trust=1)])
    place = made.organisations.index("COUNTY")
    assert [each.stands[place] for each in made.questions] == [NoLevel.NOT_ASKED, 1]


@pytest.mark.parametrize(
    ("attribution", "open_now", "first", "there", "why"),
    [
        ("private", True, True, True, Unnamed.PRIVATE),
        ("open", False, True, True, Unnamed.PRIVATE),
        ("open", True, False, True, Unnamed.SUCCESSOR),
        ("open", True, True, False, Unnamed.ERASED),
    ],
)
def test_nothing_at_all_is_named(attribution: str, why: Unnamed, *, open_now: bool, first: bool, there: bool) -> None:
    people = [*FOUR, respondent("x", "police", aim=4)]
    result = round_of(AIM, people).model_copy(update={"attribution": attribution})
    held = kept(AIM, result, people) if there else None
    assert named_levels(disclose(result), held, open_now=open_now, first=first) is why


def test_nothing_is_named_where_the_partnership_answered_together() -> None:
    people = [respondent("x", "", aim=4)]
    result = round_of(AIM, people, together=True).model_copy(update={"attribution": "open"})
    assert named_levels(disclose(result), kept(AIM, result, people), open_now=True, first=True) is Unnamed.PRIVATE


def test_in_any_round_names_add_up_to_the_histograms_shown_and_say_nothing_of_the_other_questions() -> None:
    told = silent = 0
    for round_ in random_rounds(23, 150):
        people = respondents_of(round_.rows)
        result = round_.scored().model_copy(update={"attribution": "open"})
        shown = disclose(result, Audience.FACILITATOR)
        made = named_levels(shown, kept(result.definition, result, people), open_now=True, first=True)
        if result.together:
            assert made is Unnamed.PRIVATE
            continue
        assert isinstance(made, NamedLevels)
        figures = {each.id: each for part in shown.result.sections for each in part.questions}
        conditions = {each.id for part in result.definition.sections for each in part.questions if each.show_if}
        for question_ in made.questions:
            seen = figures[question_.id]
            if seen.withheld or question_.id in conditions:
                assert (question_.silence is None, question_.stands) == (False, ())
            if question_.silence is not None:
                silent += 1
                continue
            counted = Counter(question_.stands)
            assert [counted[k] for k in range(1, len(seen.levels) + 1)] == list(seen.levels.values())
            told += 1
    assert told > 100
    assert silent > 100
