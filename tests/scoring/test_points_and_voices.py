"""Rules 1 and 2 by hand: points, voices, scores, who answered."""

from __future__ import annotations

from fractions import Fraction

import pytest

from a2p.scoring.points import scale_points, weighted_mean
from a2p.scoring.voices import nearest_level
from tests.builders import definition, question, scale_question, section
from tests.scoring.made import BLANK, DONT_KNOW, NOT_APPLICABLE, one_each, question_in, respondent, round_of

AIM = definition(section("purpose", scale_question("aim", not_applicable=True)))


def test_levels_are_evenly_spaced_unless_the_scale_gives_points() -> None:
    assert scale_points(AIM.scales["scale-4"]) == tuple(Fraction(100 * step, 3) for step in range(4))
    own = definition(section("purpose", scale_question("aim")), points={4: (0, "12.5", "12.5", 100)})
    assert scale_points(own.scales["scale-4"]) == (Fraction(0), Fraction(25, 2), Fraction(25, 2), Fraction(100))


def test_points_for_only_some_levels_are_refused() -> None:
    scale = AIM.scales["scale-4"]
    with pytest.raises(ValueError, match="for all of its levels or for none"):
        scale_points((scale[0].model_copy(update={"points": 0}), *scale[1:]))


@pytest.mark.parametrize(
    ("levels", "nearest"), [([1, 2], 1), ([2, 3], 2), ([1, 1, 2], 1), ([1, 2, 2], 2), ([4], 4), ([1, 4, 4, 4], 3)]
)
def test_a_voice_stands_at_the_level_nearest_to_the_mean_and_a_tie_goes_to_the_lower(
    levels: list[int], nearest: int
) -> None:
    assert nearest_level(sum(levels), len(levels)) == nearest


def test_eight_officers_do_not_outvote_one_charity() -> None:
    officers = [respondent(f"c{k}", "council", aim=4) for k in range(8)]
    result = round_of(AIM, [*officers, respondent("v", "charity", aim=1)])
    assert question_in(result, "aim").levels == {"level-1": 1, "level-2": 0, "level-3": 0, "level-4": 1}
    assert question_in(result, "aim").score == 50
    assert question_in(result, "aim").answers == 9


def test_blank_dont_know_and_not_applicable_are_never_zero() -> None:
    aim = question_in(round_of(AIM, one_each("aim", [4, BLANK, DONT_KNOW, NOT_APPLICABLE])), "aim")
    assert aim.score == 100
    assert (aim.voices, aim.answers, aim.dont_know, aim.not_applicable, aim.blank) == (1, 1, 1, 1, 1)


def test_a_question_not_listed_for_a_respondent_is_blank() -> None:
    assert question_in(round_of(AIM, [respondent("r", "o")]), "aim").blank == 1


def test_a_section_score_is_the_weighted_mean_of_its_questions_that_have_one() -> None:
    three = definition(
        section("purpose", scale_question("aim", weight="2.5"), scale_question("plan"), scale_question("money"))
    )
    result = round_of(three, [respondent("r", "o", aim=4, plan=2)])
    assert result.sections[0].score == (Fraction(5, 2) * 100 + Fraction(100, 3)) / Fraction(7, 2)


def test_the_questionnaire_score_is_the_weighted_mean_of_its_sections_that_have_one() -> None:
    two = definition(
        section("purpose", scale_question("aim"), weight=3), section("people", scale_question("team")), section("empty")
    )
    assert round_of(two, [respondent("r", "o", aim=4, team=1)]).score == 75


def test_without_values_there_is_no_weighted_mean() -> None:
    assert weighted_mean([(None, Fraction(1))]) is None


def test_each_councillor_is_a_voice_in_a_section_for_councillors_alone() -> None:
    councillors = definition(
        section("members", scale_question("scrutiny"), answered_by=["councillors"]),
        section("purpose", scale_question("aim"), answered_by=["partners", "councillors"]),
    )
    people = [
        respondent("a", "county", councillor="executive", scrutiny=1, aim=1),
        respondent("b", "county", councillor="other", scrutiny=4, aim=4),
        respondent("c", "police", scrutiny=4, aim=4),
    ]
    result = round_of(councillors, people)
    assert question_in(result, "scrutiny").voices == 2
    assert question_in(result, "scrutiny").shown == 2
    assert question_in(result, "scrutiny").score == 50
    assert question_in(result, "aim").levels == {"level-1": 0, "level-2": 1, "level-3": 0, "level-4": 1}


def test_an_answer_to_a_hidden_question_counts_nowhere_and_opens_nothing() -> None:
    chain = definition(
        section(
            "purpose",
            scale_question("aim"),
            scale_question("plan", show_if={"aim": ["level-4"]}),
            scale_question("money", show_if={"plan": ["level-4"]}),
        )
    )
    result = round_of(chain, [respondent("r", "o", aim=1, plan=4, money=4)])
    assert [question.shown for question in result.sections[0].questions] == [1, 0, 0]
    assert result.sections[0].score == 0
    assert result.sections[0].completeness == 1


def test_unscored_questions_are_counted_in_people_and_sorted() -> None:
    facts = definition(
        section(
            "purpose",
            scale_question("aim"),
            question("staff", "number"),
            question("who", "choices"),
            question("when", "date"),
            question("why", "text"),
        )
    )
    people = [
        respondent("a", "o", staff="10", who="yes not-yet", when="2026-03-01", why="Because"),
        respondent("b", "o", staff="9.5", who="yes", when="2025-12-31"),
        respondent("c", "p", staff=DONT_KNOW),
    ]
    staff, who, when, why = round_of(facts, people).sections[0].values
    assert (staff.values, staff.given, staff.dont_know, staff.answered, staff.voices) == (("9.5", "10"), 2, 1, 3, 1)
    assert who.options == {"yes": 2, "not-yet": 1}
    assert when.values == ("2025-12-31", "2026-03-01")
    assert (why.given, why.values, why.blank) == (1, (), 2)


def test_sectors_are_counted_in_organisations_and_people() -> None:
    people = [
        respondent("a", "force", sector="police"),
        respondent("b", "force", sector="police"),
        respondent("c", "trust", sector="health"),
        respondent("d", "who-knows"),
    ]
    result = round_of(AIM, people)
    assert [(s.sector, s.organisations, s.people) for s in result.sectors] == [
        ("police", 1, 2),
        ("health", 1, 1),
        (None, 1, 1),
    ]
    assert result.dominant_sector is None


def test_an_organisation_with_people_of_two_sectors_is_of_the_one_that_most_give() -> None:
    people = [respondent(f"r{k}", "body", sector="health" if k else "police") for k in range(3)]
    assert [(s.sector, s.organisations, s.people) for s in round_of(AIM, people).sectors] == [
        ("police", 0, 1),
        ("health", 1, 2),
    ]


def test_a_sector_with_more_than_half_of_the_voices_is_named() -> None:
    councils = one_each("aim", [1, 1], sector="district-council")
    assert round_of(AIM, [*councils, respondent("p", "police", sector="police")]).dominant_sector == "district-council"
    even = [*councils, respondent("p", "police", sector="police"), respondent("h", "health", sector="health")]
    assert round_of(AIM, even).dominant_sector is None


def test_where_only_councillors_are_asked_each_of_them_is_a_voice_of_the_questionnaire() -> None:
    members = definition(section("members", scale_question("aim"), answered_by=["councillors"]))
    county = [respondent(f"c{k}", "county", sector="county-council", councillor="other", aim=1) for k in range(3)]
    districts = one_each("aim", [1, 1], sector="district-council", councillor="other")
    assert round_of(members, [*county, *districts]).dominant_sector == "county-council"


@pytest.mark.parametrize(
    ("answered", "invited", "partial"), [(1, 3, True), (2, 5, False), (0, 0, False), (2, None, None)]
)
def test_under_40_percent_of_the_invited_organisations_is_a_partial_picture(
    answered: int, invited: int | None, partial: bool | None
) -> None:
    result = round_of(AIM, one_each("aim", [1] * answered), invited_organisations=invited)
    assert result.partial is partial


def test_a_round_answered_together_is_never_a_partial_picture() -> None:
    assert round_of(AIM, one_each("aim", [1]), together=True, invited_organisations=9).partial is False


def test_two_responses_in_a_round_answered_together_are_refused() -> None:
    with pytest.raises(ValueError, match="one response"):
        round_of(AIM, one_each("aim", [1, 2]), together=True)


def test_two_respondents_of_one_id_are_refused() -> None:
    with pytest.raises(ValueError, match="same id"):
        round_of(AIM, [respondent("r", "o", aim=1), respondent("r", "p", aim=2)])


def test_a_level_that_the_scale_does_not_have_is_refused() -> None:
    with pytest.raises(ValueError, match="question aim has no level 'level-9'"):
        round_of(AIM, [respondent("r", "o", aim=9)])
