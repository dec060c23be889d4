"""Rules 4, 7 and 8 by hand: don't know, ranges, applicability, evidence, and what the definition advises."""

from __future__ import annotations

from fractions import Fraction

import pytest

from a2p.scoring.answers import Answer, CoordinatorInput, EvidenceNote, State
from tests.builders import definition, question, scale_question, section
from tests.scoring.made import DONT_KNOW, NOT_APPLICABLE, one_each, question_in, respondent, round_of

AIM = definition(
    section(
        "purpose",
        scale_question(
            "aim",
            not_applicable=True,
            advise=[{"below": "level-3", "say": "Talk."}, {"below": "level-4", "say": "Write it down."}],
        ),
    )
)


@pytest.mark.parametrize(
    ("answers", "unsure", "share", "gap"),
    [(6, 2, Fraction(1, 4), True), (7, 2, Fraction(2, 9), False), (1, 1, Fraction(1, 2), False), (0, 2, 1, True)],
)
def test_a_knowledge_gap_is_a_quarter_and_two_people(answers: int, unsure: int, share: Fraction, gap: bool) -> None:
    aim = question_in(round_of(AIM, one_each("aim", [2] * answers + [DONT_KNOW] * unsure)), "aim")
    assert (aim.dont_know_share, aim.knowledge_gap) == (share, gap)


def test_without_answers_and_dont_knows_there_is_no_share() -> None:
    assert question_in(round_of(AIM, one_each("aim", [NOT_APPLICABLE])), "aim").dont_know_share is None


def test_a_range_puts_every_dont_know_at_either_end_and_brings_their_voices_in() -> None:
    people = [
        respondent("a", "council", aim=3),
        respondent("b", "council", aim=DONT_KNOW),
        respondent("c", "police", aim=DONT_KNOW),
    ]
    # Low: council (3, 1) -> 2, police 1. High: council (3, 4) -> 3, police 4.
    assert question_in(round_of(AIM, people), "aim").range == (Fraction(50, 3), Fraction(250, 3))


def test_without_a_score_there_is_no_range() -> None:
    assert question_in(round_of(AIM, one_each("aim", [DONT_KNOW])), "aim").range is None


@pytest.mark.parametrize(
    ("answers", "not_applicable", "unsure", "disputed"),
    [(2, 1, 0, True), (2, 1, 1, False), (0, 3, 0, False), (1, 1, 1, True)],
)
def test_applicability_is_disputed_from_a_third_if_anybody_gave_a_level(
    answers: int, not_applicable: int, unsure: int, disputed: bool
) -> None:
    values = [2] * answers + [NOT_APPLICABLE] * not_applicable + [DONT_KNOW] * unsure
    assert question_in(round_of(AIM, one_each("aim", values)), "aim").applicability_disputed is disputed


def test_the_reached_level_has_more_than_half_of_the_voices_at_or_above_it() -> None:
    aim = question_in(round_of(AIM, one_each("aim", [1] * 3 + [2] + [3] + [4] * 5)), "aim")
    assert (aim.reached, aim.next, aim.advice) == ("level-3", "level-4", ("Write it down.",))


def test_half_is_not_more_than_half() -> None:
    aim = question_in(round_of(AIM, one_each("aim", [1, 4])), "aim")
    assert (aim.reached, aim.next, aim.advice) == ("level-1", "level-2", ("Talk.", "Write it down."))


def test_at_the_top_there_is_no_next_level_and_no_advice() -> None:
    aim = question_in(round_of(AIM, one_each("aim", [4])), "aim")
    assert (aim.reached, aim.next, aim.advice) == ("level-4", None, ())


def test_without_voices_nothing_is_reached_or_advised() -> None:
    aim = question_in(round_of(AIM, []), "aim")
    assert (aim.reached, aim.next, aim.advice) == (None, None, ())


@pytest.mark.parametrize(
    ("level", "gap", "listed"), [(4, Fraction(100, 3), True), (3, 0, False), (1, Fraction(-200, 3), True)]
)
def test_a_perception_gap_of_a_third_either_way_is_listed(level: int, gap: Fraction, listed: bool) -> None:
    evidence = CoordinatorInput(evidence={"aim": EvidenceNote(f"level-{level}", "Minutes of May")})
    found = question_in(round_of(AIM, one_each("aim", [3, 3]), coordinator=evidence), "aim").evidence
    assert found is not None
    assert (found.level, found.note, found.gap, found.listed) == (f"level-{level}", "Minutes of May", gap, listed)


def test_a_note_without_a_level_and_a_level_without_answers_have_no_gap() -> None:
    note = CoordinatorInput(evidence={"aim": EvidenceNote(None, "None yet")})
    level = CoordinatorInput(evidence={"aim": EvidenceNote("level-2")})
    for found in (round_of(AIM, one_each("aim", [3]), coordinator=note), round_of(AIM, [], coordinator=level)):
        evidence = question_in(found, "aim").evidence
        assert evidence is not None
        assert (evidence.gap, evidence.listed) == (None, False)


def test_evidence_at_a_level_that_the_scale_does_not_have_is_refused() -> None:
    with pytest.raises(ValueError, match="no level 'level-7'"):
        round_of(AIM, [], coordinator=CoordinatorInput(evidence={"aim": EvidenceNote("level-7")}))


def test_facts_are_the_coordinators_and_are_never_put_to_respondents() -> None:
    facts = definition(
        section(
            "facts",
            scale_question("plan"),
            question("charter", "choice"),
            question("signed", "date", show_if={"charter": ["yes"]}),
            question("staff", "number", show_if={"charter": ["not-yet"]}),
            question("name", "text"),
            answered_by=["coordinator"],
        ),
        section("purpose", scale_question("aim")),
    )
    coordinator = CoordinatorInput(
        facts={
            "plan": Answer(State.GIVEN, "level-2"),
            "charter": Answer(State.GIVEN, "yes"),
            "signed": Answer(State.GIVEN, "2026-03-01"),
            "staff": Answer(State.GIVEN, "12"),
            "name": Answer(State.GIVEN, "Anytown Together"),
        }
    )
    people = [respondent("r", "o", plan=4, charter="not-yet", name="Mine", aim=4)]
    result = round_of(facts, people, coordinator=coordinator)
    section_ = result.sections[0]
    charter, signed, staff, name = section_.values
    assert (section_.people, section_.score, section_.questions[0].shown) == (0, None, 0)
    assert section_.questions[0].evidence is not None
    assert section_.questions[0].evidence.level == "level-2"
    assert charter.options == {"yes": 1, "not-yet": 0}
    assert (signed.values, staff.shown, name.values) == (("2026-03-01",), 0, ("Anytown Together",))
    assert result.score == 100
