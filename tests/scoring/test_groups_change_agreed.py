"""Rules 6, 9 and 10 by hand: differences between groups, agreed levels, change between rounds."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from a2p.scoring.agreed import AgreedLevel, agreed_scores
from a2p.scoring.answers import Layer, Respondent
from a2p.scoring.change import round_change
from a2p.scoring.disclosure import disclose
from a2p.scoring.frozen_file import without_internal
from tests.builders import definition, scale_question, section
from tests.scoring.made import one_each, respondent, round_of

AIM = definition(section("purpose", scale_question("aim")))


def police(count: int, level: int = 4) -> list[Respondent]:
    return [respondent(f"p{k}", f"force{k}", sector="police", aim=level) for k in range(count)]


def council(count: int, level: int = 1) -> list[Respondent]:
    return [respondent(f"c{k}", "council", sector="county-council", aim=level) for k in range(count)]


def test_councils_are_compared_with_others_by_voices_within_the_group() -> None:
    found = round_of(AIM, [*council(4), respondent("c9", "council", sector="county-council", aim=4), *police(5)])
    (comparison,) = found.comparisons
    councils, others = comparison.groups
    assert (comparison.question, comparison.by, comparison.gap) == ("aim", "councils", 200 * Fraction(1, 3))
    assert (councils.id, councils.people, councils.levels["level-2"], councils.score) == (
        "councils",
        5,
        1,
        Fraction(100, 3),
    )
    assert (others.id, others.people, others.levels["level-4"], others.score) == ("others", 5, 5, Fraction(100))


@pytest.mark.parametrize(("councils", "others"), [(4, 5), (5, 4), (5, 0)])
def test_every_group_of_a_comparison_needs_five_people_who_answered(councils: int, others: int) -> None:
    assert round_of(AIM, [*council(councils), *police(others)]).comparisons == ()


def test_people_left_out_of_all_groups_must_not_be_had_by_subtraction() -> None:
    unknown = one_each("aim", [1, 1, 1, 1, 1])
    groups = [*council(5), *police(5)]
    assert round_of(AIM, [*groups, *unknown[:4]]).comparisons == ()
    assert len(round_of(AIM, [*groups, *unknown]).comparisons) == 1


def test_each_respondent_is_a_voice_of_their_layer() -> None:
    board = [respondent(f"b{k}", f"body{k}", layer="board", aim=4) for k in range(5)]
    themes = [respondent(f"t{k}", f"body{k}", layer="theme-group", aim=2) for k in range(5)]
    (comparison,) = round_of(AIM, [*board, *themes]).comparisons
    assert [(group.id, sum(group.levels.values())) for group in comparison.groups] == [("board", 5), ("theme-group", 5)]
    assert comparison.gap == Fraction(200, 3)


def layers(organisations: list[str]) -> list[Respondent]:
    """Two layers of as many people, each for the organisation of their place."""
    levels = [1, 2, 3, 4, 2, 3, 1]
    both: tuple[tuple[Layer, int], ...] = (("board", 0), ("theme-group", len(organisations) // 2))
    return [
        respondent(f"{layer}{k}", organisation, layer=layer, aim=levels[k % 7])
        for layer, first in both
        for k, organisation in enumerate(organisations[first : first + len(organisations) // 2])
    ]


def test_people_beside_voices_would_tell_of_the_one_organisation_that_has_two() -> None:
    alone = [f"body{k}" for k in range(12)]
    assert len(round_of(AIM, layers(alone)).comparisons) == 1
    for pairs, kept in ((1, 0), (2, 0), (3, 1)):
        doubled = [*alone[:6], *alone[:pairs], *alone[6 + pairs :]]
        assert len(round_of(AIM, layers(doubled)).comparisons) == kept, pairs


def test_five_people_of_two_organisations_are_no_group() -> None:
    others = [respondent(f"p{k}", f"force{k % 2}", sector="police", aim=4) for k in range(6)]
    assert round_of(AIM, [*council(5), *others]).comparisons == ()
    boards = [f"body{k % 2}" for k in range(6)] + [f"other{k}" for k in range(6)]
    assert round_of(AIM, layers(boards)).comparisons == ()


def test_a_second_grouping_is_dropped_where_the_two_cross_in_fewer_than_five_people() -> None:
    everybody = [*council(6), *police(6)]
    by_layer = [
        Respondent(r.id, r.organisation, r.sector, None, "board" if place % 2 else "theme-group", r.answers)
        for place, r in enumerate(everybody)
    ]
    assert [comparison.by for comparison in round_of(AIM, by_layer).comparisons] == ["councils"]


def test_executive_and_other_councillors_are_compared() -> None:
    members = definition(section("members", scale_question("aim"), answered_by=["councillors"]))
    executive = [respondent(f"e{k}", "council", councillor="executive", aim=4) for k in range(5)]
    others = [respondent(f"o{k}", "council", councillor="other", aim=1) for k in range(5)]
    (comparison,) = round_of(members, [*executive, *others]).comparisons
    assert (comparison.by, comparison.gap) == ("councillors", Fraction(100))


def test_agreed_levels_stand_where_there_are_any_and_scores_elsewhere() -> None:
    two = definition(section("purpose", scale_question("aim", weight=3), scale_question("plan")), section("other"))
    result = round_of(two, [respondent(f"r{k}", f"o{k}", aim=2, plan=4) for k in range(3)])
    agreed = agreed_scores(result, {"aim": AgreedLevel("level-3", "The minutes show it.")})
    assert agreed.questions == {"aim": Fraction(200, 3), "plan": 100, "other-1": None, "other-2": None}
    assert agreed.sections == {"purpose": 75, "other": None}
    assert agreed.score == 75
    assert result.sections[0].score == 50


def test_an_agreed_level_that_the_scale_does_not_have_is_refused() -> None:
    with pytest.raises(ValueError, match="question aim has no level 'great'"):
        agreed_scores(round_of(AIM, []), {"aim": AgreedLevel("great", "")})


def test_agreed_scores_never_give_a_withheld_question_away() -> None:
    two = definition(section("purpose", scale_question("aim"), scale_question("plan")))
    people = [respondent(f"r{k}", f"o{k}", aim=2) for k in range(5)]
    shown = disclose(round_of(two, [*people, respondent("x", "x", plan=4)])).result
    level = AgreedLevel("level-3", "Agreed")
    assert agreed_scores(shown, {"aim": level}).sections["purpose"] is None
    assert agreed_scores(shown, {"aim": level}).score is None
    assert agreed_scores(shown, {"aim": level, "plan": level}).score == Fraction(200, 3)


def bodies(first: int, last: int, level: int, *, people: int = 2) -> list[Respondent]:
    """Organisations numbered first..last, with so many people each, all at one level."""
    return [respondent(f"r{b}-{p}", f"body{b}", aim=level) for b in range(first, last + 1) for p in range(people)]


def test_change_is_split_into_the_same_and_different_organisations() -> None:
    before = round_of(AIM, [*bodies(1, 3, 1), *bodies(4, 6, 1)])
    after = round_of(AIM, [*bodies(1, 3, 2), *bodies(7, 9, 4)])
    found = round_change(before, after)
    assert found is not None
    whole = found.whole
    assert (whole.before, whole.after, whole.change) == (Fraction(0), Fraction(200, 3), Fraction(200, 3))
    assert (whole.same, whole.different) == (Fraction(100, 3), Fraction(100, 3))
    assert found.sections[0].questions["aim"] == whole


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ([*bodies(1, 3, 1)], [*bodies(1, 3, 2)]),  # nobody differs
        ([*bodies(1, 3, 1)], [*bodies(1, 3, 2), *bodies(7, 7, 4)]),  # one new organisation
        ([*bodies(1, 2, 1), *bodies(4, 6, 1)], [*bodies(1, 2, 2), *bodies(7, 9, 4)]),  # two in both
        ([*bodies(1, 3, 1), *bodies(4, 6, 1, people=1)], [*bodies(1, 3, 2), *bodies(7, 9, 4)]),  # three people left
    ],
)
def test_change_is_not_split_where_a_part_is_too_small(before: list[Respondent], after: list[Respondent]) -> None:
    found = round_change(round_of(AIM, before), round_of(AIM, after))
    assert found is not None
    assert (found.whole.same, found.whole.different) == (None, None)


def test_change_is_not_split_once_a_rounds_people_are_erased() -> None:
    before = without_internal(round_of(AIM, [*bodies(1, 3, 1), *bodies(4, 6, 1)]))
    found = round_change(before, round_of(AIM, [*bodies(1, 3, 2), *bodies(7, 9, 4)]))
    assert found is not None
    assert found.whole.same is None


def test_councillors_are_the_same_if_they_are_the_same_people() -> None:
    members = definition(section("members", scale_question("aim"), answered_by=["councillors"]))

    def councillors(first: int, last: int, level: int) -> list[Respondent]:
        return [respondent(f"m{k}", "county", councillor="other", aim=level) for k in range(first, last)]

    before = round_of(members, [*councillors(0, 5, 1), *councillors(5, 10, 4)])
    after = round_of(members, [*councillors(0, 5, 4), *councillors(10, 15, 4)])
    found = round_change(before, after)
    assert found is not None
    assert (found.whole.change, found.whole.same, found.whole.different) == (Fraction(50), Fraction(100), Fraction(-50))


def test_a_round_answered_together_is_compared_with_none() -> None:
    apart, together = round_of(AIM, bodies(1, 5, 1)), round_of(AIM, one_each("aim", [1]), together=True)
    assert round_change(apart, together) is None
    assert round_change(together, together) is None


def test_below_the_minimum_nothing_is_called_a_change() -> None:
    assert round_change(round_of(AIM, bodies(1, 2, 1, people=4)), round_of(AIM, bodies(1, 5, 4))) is None


def test_questions_are_matched_through_renaming_retiring_and_changed_meaning() -> None:
    names = ("aim", "logo", "trust", "plan")
    first = definition(section("purpose", *(scale_question(name) for name in names)))
    second = definition(
        section("purpose", scale_question("goal"), scale_question("trust"), scale_question("plan", weight=3)),
        version=2,
        since={2: {"renamed": {"aim": "goal"}, "retired": ["logo"], "changed_meaning": ["trust"]}},
    )

    def five(asked: tuple[str, ...], level: int) -> list[Respondent]:
        said: dict[str, Any] = dict.fromkeys(asked, level)
        return [respondent(f"r{k}", f"o{k}", **said) for k in range(5)]

    before = round_of(first, five(names, 1))
    after = round_of(second, five(("goal", "trust", "plan"), 4))
    found = round_change(before, after)
    assert found is not None
    assert sorted(found.sections[0].questions) == ["goal", "plan"]


def test_different_questionnaires_are_not_compared() -> None:
    other = AIM.model_copy(update={"questionnaire": "other"})
    assert round_change(round_of(AIM, bodies(1, 5, 1)), round_of(other, bodies(1, 5, 1))) is None
