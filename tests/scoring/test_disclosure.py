"""What is shown of a private round, and that what is withheld can't be had from what is shown."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from random import Random
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from a2p.scoring.answers import CoordinatorInput, EvidenceNote, Respondent
from a2p.scoring.disclosure import Audience, Disclosed, disclose, unlimited
from a2p.scoring.frozen import FrozenResult
from tests.builders import definition, question, scale_question, section
from tests.scoring.attacker import possible_scores
from tests.scoring.made import DONT_KNOW, one_each, question_in, respondent, round_of
from tests.scoring.random_rounds import RandomRound, possible, random_rounds

AIM = definition(section("purpose", scale_question("aim")))
NAMES = ("aim", "plan", "money", "team", "trust")
FIVE = definition(section("purpose", *(scale_question(name) for name in NAMES)))


def five_people(**few: int) -> list[Respondent]:
    """Five people of five organisations at level 2 on everything; `few` says how many answered a question."""
    said: list[dict[str, Any]] = [{name: 2 for name in NAMES if k < few.get(name, 5)} for k in range(5)]
    return [respondent(f"r{k}", f"o{k}", **answers) for k, answers in enumerate(said)]


def shown(result: FrozenResult, audience: Audience = Audience.COORDINATOR) -> FrozenResult:
    return disclose(result, audience).result


def test_the_internal_part_is_never_shown() -> None:
    result = round_of(AIM, one_each("aim", [1] * 5))
    assert shown(result).internal is None
    assert unlimited(result).result.internal is None
    with pytest.raises(ValueError, match="never shown"):
        Disclosed(result)


def test_a_question_is_shown_from_five_people_and_three_voices() -> None:
    aim = question_in(shown(round_of(AIM, one_each("aim", [2, 2, 2, DONT_KNOW, DONT_KNOW]))), "aim")
    assert not aim.withheld
    assert aim.score is not None


@pytest.mark.parametrize(
    "people",
    [
        one_each("aim", [2, 2, 2, DONT_KNOW]),
        one_each("aim", [2, 2, DONT_KNOW, DONT_KNOW, DONT_KNOW]),
        [respondent(f"r{k}", f"o{k % 2}", aim=2) for k in range(8)],
    ],
)
def test_below_the_minimum_nothing_is_shown_but_how_many_answered(people: list[Respondent]) -> None:
    evidence = CoordinatorInput(evidence={"aim": EvidenceNote("level-4", "Minutes")})
    aim = question_in(shown(round_of(AIM, people, coordinator=evidence)), "aim")
    assert (aim.withheld, aim.answered) == (True, len(people))
    assert (aim.score, aim.voices, sum(aim.levels.values()), aim.dont_know, aim.agreement) == (None, 0, 0, 0, None)
    assert (aim.range, aim.reached, aim.next, aim.advice, aim.shown, aim.blank) == (None, None, None, (), 0, 0)
    assert aim.evidence is not None
    assert (aim.evidence.level, aim.evidence.gap) == ("level-4", None)


def test_where_councillors_alone_answer_five_of_them_must_have_given_a_level() -> None:
    members = definition(section("members", scale_question("aim"), answered_by=["councillors"]))
    four = one_each("aim", [2, 2, 2, 2, DONT_KNOW], councillor="other")
    assert question_in(shown(round_of(members, four)), "aim").withheld
    five = one_each("aim", [2] * 5, councillor="other")
    assert not question_in(shown(round_of(members, five)), "aim").withheld


def test_nothing_is_withheld_where_the_partnership_answered_together() -> None:
    result = round_of(AIM, one_each("aim", [2]), together=True)
    assert shown(result) == unlimited(result).result


def test_a_section_with_everything_shown_shows_score_band_and_completeness() -> None:
    part = shown(round_of(FIVE, five_people())).sections[0]
    assert part.score == Fraction(100, 3)
    assert part.completeness == 1
    assert (part.band, part.score_withheld) == ("level-2", False)


@pytest.mark.parametrize("few", [{"aim": 4}, {"aim": 4, "plan": 3}])
def test_a_section_with_withheld_questions_shows_its_band_only(few: dict[str, int]) -> None:
    result = shown(round_of(FIVE, five_people(**few)))
    part = result.sections[0]
    assert (part.score, part.score_withheld, part.completeness) == (None, True, None)
    assert part.band == "level-2"
    assert (result.score, result.score_withheld) == (None, True)


def test_a_section_without_a_band_shows_no_score() -> None:
    part = shown(round_of(FIVE, five_people(aim=2, plan=2, money=2))).sections[0]
    assert (part.band, part.score, part.score_withheld) == (None, None, True)


def test_a_band_that_would_pin_a_withheld_question_is_withheld_too() -> None:
    # Four questions at 100 and one answered by one person: only 0 points bring the mean to 80, below the band from 83.
    edges = [{"id": "low", "label": "Low", "from": 0}, {"id": "high", "label": "High", "from": 83}]
    high = definition(section("purpose", *(scale_question(name) for name in NAMES)), bands=edges)
    for level in (1, 2, 4):
        people = [respondent(f"r{k}", f"o{k}", plan=4, money=4, team=4, trust=4) for k in range(5)]
        result = round_of(high, [*people, respondent("x", "x", aim=level)])
        assert result.sections[0].band == ("low" if level == 1 else "high")
        assert shown(result).sections[0].band is None


def test_a_withheld_key_question_is_not_named_as_what_lowered_the_band() -> None:
    keyed = definition(section("purpose", *(scale_question(name, key=name == "aim") for name in NAMES)))
    people = [respondent(f"r{k}", f"o{k}", plan=4, money=4, team=4, trust=4) for k in range(5)]
    low = [respondent(f"x{k}", f"x{k}", aim=1) for k in range(4)]
    result = round_of(keyed, [*people, *low])
    assert result.sections[0].capped_by == ("aim",)
    part = shown(result).sections[0]
    assert (part.capped, part.capped_by) == (False, ())


def test_a_question_asked_after_a_withheld_one_does_not_even_say_how_many_answered() -> None:
    chain = definition(
        section("purpose", scale_question("aim"), *(scale_question(name) for name in NAMES[2:])),
        section(
            "after",
            scale_question("plan", show_if={"aim": ["level-4"]}),
            question("why", show_if={"plan": ["level-1"]}),
        ),
    )
    few = [respondent(f"r{k}", f"o{k}", aim=4, plan=1, money=1, team=1, trust=1) for k in range(4)]
    more = [respondent(f"s{k}", f"p{k}", money=1, team=1, trust=1) for k in range(3)]
    result = shown(round_of(chain, [*few, *more]))
    after = result.sections[1]
    assert (after.questions[0].withheld, after.questions[0].answered) == (True, None)
    assert (after.values[0].withheld, after.values[0].answered) == (True, None)
    assert (after.band, after.score) == (None, None)


def test_the_questionnaires_band_stays_only_if_nothing_withheld_could_change_it() -> None:
    many = definition(*(section(f"part-{name}", scale_question(name)) for name in NAMES))
    steady = shown(round_of(many, five_people(aim=4)))  # between 27 and 47, all in the second band
    assert (steady.score, steady.band) == (None, "level-2")
    people = [respondent(f"r{k}", f"o{k}", plan=2, money=2, team=2, trust=1) for k in range(5)]
    shaky = round_of(many, [*people, respondent("x", "x", aim=4)])  # between 20 and 40
    assert (shaky.band, shown(shaky).band) == ("level-2", None)


def test_unscored_questions_need_five_people_of_three_organisations() -> None:
    staff = definition(section("purpose", question("staff", "number"), question("who", "choice")))
    four = [respondent(f"r{k}", f"o{k}", staff="1", who="yes") for k in range(4)]
    values = shown(round_of(staff, four)).sections[0].values
    assert [(v.withheld, v.answered, v.given, v.values, v.options) for v in values] == [
        (True, 4, 0, (), {}),
        (True, 4, 0, (), {"yes": 0, "not-yet": 0}),
    ]
    one_body = [respondent(f"r{k}", "o", staff="1", who="yes") for k in range(6)]
    assert all(v.withheld for v in shown(round_of(staff, one_body)).sections[0].values)
    five = [*four, respondent("r5", "o5", staff="2", who="not-yet")]
    assert not any(v.withheld for v in shown(round_of(staff, five)).sections[0].values)


def test_facts_are_the_coordinators_own_and_are_shown() -> None:
    facts = definition(section("facts", question("staff", "number"), answered_by=["coordinator"]), section())
    value = shown(round_of(facts, [])).sections[0].values[0]
    assert not value.withheld


def test_a_lone_voice_is_named_as_such_to_the_facilitator_only() -> None:
    result = round_of(AIM, one_each("aim", [1, 3, 3, 3, 3, 3]))
    for audience in Audience:
        agreement = question_in(shown(result, audience), "aim").agreement
        assert agreement is not None
        assert ("lone-voice" in agreement.patterns) is (audience is Audience.FACILITATOR)


def test_a_comparison_of_a_withheld_question_is_withheld() -> None:
    councils = [respondent(f"c{k}", "council", sector="county-council", aim=1) for k in range(5)]
    others = [respondent(f"p{k}", f"police {k}", sector="police", aim=4) for k in range(5)]
    result = round_of(AIM, [*councils, *others])
    assert len(shown(result).comparisons) == 1
    assert disclose(result, Audience.COORDINATOR, frozenset({"aim"})).result.comparisons == ()


def test_who_answered_is_shown_in_counts() -> None:
    result = round_of(AIM, [respondent("p", "police", sector="police", aim=1)])
    assert shown(result).sectors == result.sectors


@pytest.mark.parametrize("seed", range(3))
def test_brute_force_never_comes_down_to_one_score_of_a_withheld_question(seed: int) -> None:
    attacked = 0
    for round_ in random_rounds(1000 + seed, 200):
        if round_.together:
            continue
        scores = possible_scores(shown(round_.scored()))
        for id_, found in (scores or {}).items():
            attacked += 1
            assert len(found) > 1, (id_, found, round_)
    assert attacked > 30


@settings(max_examples=150)
@given(st.integers(min_value=0, max_value=10**9))
def test_what_the_people_of_a_withheld_question_said_changes_nothing_but_a_band(seed: int) -> None:
    round_ = next(random_rounds(seed, 1))
    assume(not round_.together)
    before = shown(round_.scored())
    withheld = {q.id for s in before.sections for q in s.questions if q.withheld}
    withheld |= {v.id for s in before.sections for v in s.values if v.withheld}
    assume(withheld)
    after = shown(_otherwise(round_, withheld, seed).scored())
    assert _without_bands(after) == _without_bands(before)


def _otherwise(round_: RandomRound, questions: set[str], seed: int) -> RandomRound:
    """The same round, with other levels and options given to some questions."""
    chance = Random(seed)
    ids = {q["id"]: possible(q) for section in round_.definition["sections"] for q in section["questions"]}
    rows = [
        row | {"answer": chance.choice(ids[row["question"]])}
        if row["question"] in questions and row["answer"] in ids[row["question"]]
        else row
        for row in round_.rows
    ]
    return replace(round_, rows=rows)


def _without_bands(result: FrozenResult) -> dict[str, Any]:
    """A result less the bands of its sections with withheld questions, which may tell something (see disclosure)."""
    document = result.model_dump()
    for section_ in document["sections"]:
        if section_["score_withheld"]:
            for key in ("band", "capped", "capped_by"):
                del section_[key]
    return document
