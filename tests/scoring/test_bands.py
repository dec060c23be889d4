"""Rule 3 by hand: bands, when there are enough answers for one, and the floor rule."""

from __future__ import annotations

from fractions import Fraction

import pytest

from a2p.definition.model import Questionnaire
from a2p.scoring.bands import bands_of
from tests.builders import definition, question, scale_question, section
from tests.scoring.made import one_each, respondent, round_of


def test_default_bands_are_of_equal_width_and_named_after_the_levels() -> None:
    bands = bands_of(definition(section("purpose", scale_question("aim", levels=3))))
    assert [(band.id, band.label, band.start) for band in bands] == [
        ("level-1", "Mostly level 1", 0),
        ("level-2", "Mostly level 2", Fraction(100, 3)),
        ("level-3", "Mostly level 3", Fraction(200, 3)),
    ]


def test_a_definition_may_give_its_own_bands() -> None:
    own = [
        {"id": "early", "label": "Early days", "from": 0},
        {"id": "late", "label": "Well on the way", "from": "62.5"},
    ]
    bands = bands_of(definition(section("purpose", scale_question("aim")), bands=own))
    assert [(band.id, band.start) for band in bands] == [("early", 0), ("late", Fraction(125, 2))]


def test_scales_of_different_length_need_bands_of_their_own() -> None:
    mixed = definition(section("purpose", scale_question("aim", levels=3), scale_question("plan", levels=4)))
    with pytest.raises(ValueError, match="bands of their own"):
        bands_of(mixed)


def test_a_questionnaire_without_scale_questions_has_no_bands() -> None:
    assert bands_of(definition(section("facts", question("why")))) == ()


@pytest.mark.parametrize(
    ("levels", "band"), [([1, 1, 2, 3], "level-2"), ([1, 1, 1, 3], "level-1"), ([4, 4, 4], "level-4")]
)
def test_a_band_includes_its_lower_edge(levels: list[int], band: str) -> None:
    result = round_of(definition(section("purpose", scale_question("aim"))), one_each("aim", levels))
    assert result.sections[0].band == band


def five(*, key: bool = False) -> Questionnaire:
    names = ("aim", "plan", "money", "team", "trust")
    return definition(section("purpose", *(scale_question(name, key=key and name == "aim") for name in names)))


def test_a_band_needs_three_voices_on_60_percent_of_the_questions_shown() -> None:
    enough = [respondent(f"r{k}", f"o{k}", aim=3, plan=3, money=3) for k in range(3)]
    result = round_of(five(), [*enough, respondent("r9", "o9", aim=3)])
    assert (result.sections[0].scored_questions, result.sections[0].shown_questions) == (3, 5)
    assert result.sections[0].band == "level-3"
    short = [respondent(f"r{k}", f"o{k}", aim=3, plan=3) for k in range(3)]
    result = round_of(five(), [*short, respondent("r9", "o9", money=3)])
    assert result.sections[0].score == Fraction(200, 3)
    assert result.sections[0].band is None
    assert result.band is None


def test_a_question_shown_to_nobody_does_not_count_against_a_band() -> None:
    hidden = definition(
        section(
            "purpose",
            scale_question("aim"),
            *(scale_question(name, show_if={"aim": ["level-4"]}) for name in ("plan", "money")),
        )
    )
    result = round_of(hidden, one_each("aim", [1, 1, 1]))
    assert (result.sections[0].shown_questions, result.sections[0].band) == (1, "level-1")


def test_a_partnership_that_answers_together_needs_one_voice() -> None:
    result = round_of(five(), [respondent("r", "o", aim=1, plan=1, money=1)], together=True)
    assert result.sections[0].band == "level-1"


def test_a_questionnaire_has_a_band_if_60_percent_of_its_scored_sections_have_one() -> None:
    names = ("aim", "plan", "money", "team", "trust")
    five_sections = definition(
        *(section(f"part-{name}", scale_question(name)) for name in names), section("words", question("why"))
    )
    three = [respondent(f"r{k}", f"o{k}", aim=2, plan=2, money=2) for k in range(3)]
    assert round_of(five_sections, three).band == "level-2"
    two = [respondent(f"r{k}", f"o{k}", aim=2, plan=2) for k in range(3)]
    assert round_of(five_sections, two).band is None


def test_a_low_key_question_holds_the_band_down_and_is_named() -> None:
    people = [respondent(f"r{k}", f"o{k}", aim=1, plan=4, money=4, team=4, trust=4) for k in range(3)]
    section_ = round_of(five(key=True), people).sections[0]
    assert section_.score == 80
    assert (section_.band, section_.capped, section_.capped_by) == ("level-2", True, ("aim",))


def test_capped_is_said_only_if_the_band_fell() -> None:
    people = [respondent(f"r{k}", f"o{k}", aim=1, plan=2, money=2, team=2, trust=2) for k in range(3)]
    section_ = round_of(five(key=True), people).sections[0]
    assert (section_.band, section_.capped, section_.capped_by) == ("level-2", False, ())


def test_a_key_question_at_exactly_a_third_of_the_way_is_not_low() -> None:
    people = [respondent(f"r{k}", f"o{k}", aim=2, plan=4, money=4, team=4, trust=4) for k in range(3)]
    assert round_of(five(key=True), people).sections[0].band == "level-4"


def test_a_key_question_with_two_voices_caps_nothing_when_partners_answer_apart() -> None:
    others = [respondent(f"r{k}", f"o{k}", plan=4, money=4, team=4, trust=4) for k in range(3)]
    low = [respondent(f"k{k}", f"p{k}", aim=1) for k in range(2)]
    assert round_of(five(key=True), [*others, *low]).sections[0].capped is False
    alone = respondent("r", "o", aim=1, plan=4, money=4, team=4, trust=4)
    assert round_of(five(key=True), [alone], together=True).sections[0].capped is True
