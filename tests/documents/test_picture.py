from dataclasses import replace
from fractions import Fraction

import pytest

from a2p.definition.numbering import question_numbers
from a2p.documents.picture import differs, picture
from a2p.scoring.disclosure import Disclosed, unlimited
from a2p.scoring.frozen import Agreement, QuestionResult
from tests.builders import definition, question, scale_question, section
from tests.documents.made import made_result
from tests.documents.rounds import aspire, aspire_round, disclosed_round

SIX = definition(section("a", *[scale_question(f"q{k}") for k in range(6)]))


def _scored(*scores: int) -> Disclosed:
    changes = {f"q{k}": {"score": Fraction(score)} for k, score in enumerate(scores)}
    return unlimited(made_result(SIX, [2, 2, 2, 3], questions=changes))


def test_only_what_scores_two_thirds_is_strong_and_only_what_is_below_the_middle_is_weak() -> None:
    chosen = picture(_scored(66, 67, 50, 49, 100, 0))
    assert [p.number for p in chosen.strong] == ["1.5", "1.2"]
    assert [p.number for p in chosen.weak] == ["1.6", "1.4"]


def test_exactly_two_thirds_is_strong_and_exactly_fifty_is_not_weak() -> None:
    made = made_result(SIX, [2, 2, 2, 3], questions={"q0": {"score": Fraction(200, 3)}, "q1": {"score": Fraction(50)}})
    chosen = picture(unlimited(made))
    assert "1.1" in [p.number for p in chosen.strong]
    assert "1.2" not in [p.number for p in chosen.weak]


def test_ties_stand_in_the_questionnaires_order_and_three_are_named() -> None:
    chosen = picture(_scored(80, 80, 80, 80, 90, 10))
    assert [p.number for p in chosen.strong] == ["1.5", "1.1", "1.2"]
    assert chosen.strong_count == 5


def test_fewer_than_three_voices_are_never_called_strong_or_weak_unless_together() -> None:
    assert picture(unlimited(made_result(SIX, [0, 0, 0, 2], organisations=2))).strong == ()
    assert len(picture(unlimited(made_result(SIX, [0, 0, 0, 1], together=True))).strong) == 3


def test_the_widest_come_by_spread_in_parts_of_the_scale() -> None:
    four, ten = section("a", scale_question("q", levels=4)), section("b", scale_question("r", levels=10))
    halves = [{"id": "low", "label": "Low", "from": 0}, {"id": "high", "label": "High", "from": 50}]
    made = made_result(definition(four, ten, bands=halves), lambda _, levels: [5] + [0] * (levels - 2) + [5])
    assert [p.number for p in picture(unlimited(made)).widest] == ["2.1", "1.1"]


def test_voices_one_level_apart_do_not_differ_except_where_one_level_is_all_there_is() -> None:
    ten = unlimited(made_result(definition(levels=10), [0, 5, 5] + [0] * 7))
    two = unlimited(made_result(definition(levels=2), [5, 5]))
    assert picture(ten).widest == ()
    assert len(picture(two).widest) == 2


def test_fewer_than_five_voices_never_differ() -> None:
    assert picture(unlimited(made_result(SIX, [2, 0, 0, 2]))).widest == ()


def test_a_close_question_does_not_differ() -> None:
    close = (
        made_result(SIX)
        .sections[0]
        .questions[0]
        .model_copy(update={"voices": 9, "agreement": Agreement(ad=Fraction(9, 10), label="close")})
    )
    assert not differs(close)


def test_knowledge_gaps_come_by_share_the_largest_first() -> None:
    gaps: dict[str, dict[str, object]] = {
        "q1": {"knowledge_gap": True, "dont_know_share": Fraction(1, 4)},
        "q3": {"knowledge_gap": True, "dont_know_share": Fraction(1, 2)},
    }
    rest: dict[str, dict[str, object]] = {f"q{k}": {"knowledge_gap": False} for k in (0, 2, 4, 5)}
    assert [p.number for p in picture(unlimited(made_result(SIX, questions=gaps | rest))).gaps] == ["1.4", "1.2"]


def test_a_withheld_question_is_never_named() -> None:
    made = made_result(SIX, [9, 0, 0, 9], questions={"q0": {"withheld": True}})
    chosen = picture(unlimited(made))
    named = {p.number for group in (chosen.strong, chosen.weak, chosen.widest, chosen.gaps) for p in group}
    assert "1.1" not in named
    assert chosen.withheld == 1


@pytest.mark.parametrize("people", [0, 1, 4])
def test_nothing_stands_out_where_everything_is_withheld(people: int) -> None:
    chosen = picture(disclosed_round(aspire(), respondents=people, organisations=people, withhold=True))
    assert (chosen.strong, chosen.weak, chosen.widest, chosen.gaps, chosen.scored) == ((), (), (), (), 0)


def test_questions_are_numbered_over_all_types() -> None:
    mixed = definition(section("a", question("free"), scale_question("q")), section("b"))
    assert question_numbers(mixed) == {"free": "1.1", "q": "1.2", "b-1": "2.1", "b-2": "2.2"}


def test_a_real_round_has_both_strong_and_weak_questions_and_wide_disagreement() -> None:
    chosen = picture(aspire_round())
    assert len(chosen.strong) == len(chosen.weak) == 3
    assert len(chosen.widest) == 5


def _question(**changes: object) -> QuestionResult:
    return made_result(SIX).sections[0].questions[0].model_copy(update=changes)


def test_a_pick_without_a_score_still_has_a_place() -> None:
    made = made_result(SIX, [0, 0, 0, 0], questions={"q0": {"knowledge_gap": True, "dont_know_share": Fraction(1)}})
    (gap, *_) = picture(unlimited(made)).gaps
    assert gap.score == 0
    assert replace(gap, result=_question(agreement=None)).spread == 0
