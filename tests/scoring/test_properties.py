"""What holds for every round (scoring.md, Properties that hold)."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from fractions import Fraction
from random import Random

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from a2p.scoring.frozen import FrozenResult
from tests.scoring.random_rounds import RandomRound, possible, random_rounds

seeds = st.integers(min_value=0, max_value=10**9)


def a_round(seed: int) -> RandomRound:
    return next(random_rounds(seed, 1))


def scores(result: FrozenResult) -> dict[str, Fraction | None]:
    """Every score of a result, by id."""
    found: dict[str, Fraction | None] = {"": result.score}
    for section in result.sections:
        found[section.id] = section.score
        found |= {question.id: question.score for question in section.questions}
    return found


def without_conditions(round_: RandomRound) -> RandomRound:
    definition = deepcopy(round_.definition)
    for section in definition["sections"]:
        for question in section["questions"]:
            question.pop("show_if", None)
    return replace(round_, definition=definition)


@given(seeds)
def test_scores_lie_between_0_and_100(seed: int) -> None:
    result = a_round(seed).scored()
    ranges = [q.range for section in result.sections for q in section.questions if q.range]
    for value in [*scores(result).values(), *(end for ends in ranges for end in ends)]:
        assert value is None or 0 <= value <= 100


@given(seeds)
def test_a_score_lies_in_its_own_range(seed: int) -> None:
    for section in a_round(seed).scored().sections:
        for question in section.questions:
            if question.range is not None and question.score is not None:
                assert question.range[0] <= question.score <= question.range[1]


@given(seeds)
def test_the_order_of_answers_and_respondents_is_irrelevant(seed: int) -> None:
    round_ = a_round(seed)
    shuffled = list(round_.rows)
    Random(seed).shuffle(shuffled)
    assert replace(round_, rows=shuffled).scored() == round_.scored()


@given(seeds)
def test_the_names_of_respondents_and_organisations_are_irrelevant(seed: int) -> None:
    round_ = a_round(seed)
    renamed = [
        row | {"respondent": f"x{row['respondent'][::-1]}", "organisation": f"y{row['organisation'][::-1]}"}
        for row in round_.rows
    ]
    assert replace(round_, rows=renamed).scored().sections == round_.scored().sections


@settings(max_examples=200)
@given(seeds, st.integers(min_value=0))
def test_raising_one_answer_never_lowers_a_score(seed: int, pick: int) -> None:
    round_ = without_conditions(a_round(seed))
    levels = {q["id"]: possible(q) for s in round_.definition["sections"] for q in s["questions"] if "levels" in q}
    below_top = [
        place for place, row in enumerate(round_.rows) if row["answer"] in levels.get(row["question"], [])[:-1]
    ]
    assume(below_top)
    place = below_top[pick % len(below_top)]
    row = round_.rows[place]
    ids = levels[row["question"]]
    raised = list(round_.rows)
    raised[place] = row | {"answer": ids[ids.index(row["answer"]) + 1]}
    before, after = scores(round_.scored()), scores(replace(round_, rows=raised).scored())
    for id_, was in before.items():
        now = after[id_]
        assert (was is None) == (now is None)
        assert was is None or now is None or now >= was


@given(seeds, st.sampled_from(["0.01", "3", "1000"]))
def test_multiplying_all_weights_by_the_same_number_changes_nothing(seed: int, factor: str) -> None:
    round_ = a_round(seed)
    definition = deepcopy(round_.definition)
    for section in definition["sections"]:
        for part in [section, *(q for q in section["questions"] if "levels" in q)]:
            part["weight"] = _decimal(Fraction(part.get("weight", "1")) * Fraction(factor))
    assert replace(round_, definition=definition).scored().sections == round_.scored().sections
    assert replace(round_, definition=definition).scored().score == round_.scored().score


def _decimal(value: Fraction) -> str:
    """A fraction of at most six decimals as text."""
    return f"{int(value * 10**6)}e-6"


@given(seeds, st.sampled_from(["", "dont-know", "not-applicable"]))
def test_dont_know_not_applicable_and_blank_change_no_score(seed: int, instead: str) -> None:
    round_ = a_round(seed)
    none = ("", "dont-know", "not-applicable")
    rows = [row | {"answer": instead} if row["answer"] in none else row for row in round_.rows]
    assert scores(replace(round_, rows=rows).scored()) == scores(round_.scored())


@given(seeds)
def test_answers_to_questions_that_were_not_shown_count_nowhere(seed: int) -> None:
    round_ = a_round(seed)
    result = round_.scored()
    for section in result.sections:
        for question in section.questions:
            people = question.answers + question.dont_know + question.not_applicable + question.blank
            assert people == question.shown <= section.people


@given(seeds, st.integers(min_value=0))
def test_an_organisation_that_answers_twice_in_the_same_proportions_changes_nothing(seed: int, pick: int) -> None:
    round_ = a_round(seed)
    assume(not round_.together)
    assume(all(section["answered_by"] != ["councillors"] for section in round_.definition["sections"]))
    organisations = sorted({row["organisation"] for row in round_.rows})
    assume(organisations)
    chosen = organisations[pick % len(organisations)]
    twins = [row | {"respondent": f"twin-{row['respondent']}"} for row in round_.rows if row["organisation"] == chosen]
    doubled = replace(round_, rows=round_.rows + twins).scored()
    assert scores(doubled) == scores(round_.scored())
    assert [q.levels for s in doubled.sections for q in s.questions] == [
        q.levels for s in round_.scored().sections for q in s.questions
    ]


@given(seeds)
def test_no_answers_give_no_score(seed: int) -> None:
    result = replace(a_round(seed), rows=[], together=False).scored()
    assert set(scores(result).values()) == {None}
    assert result.band is None
    assert all(section.band is None and section.completeness is None for section in result.sections)


@given(seeds)
def test_relabelling_a_level_changes_nothing_but_labels(seed: int) -> None:
    round_ = a_round(seed)
    definition = deepcopy(round_.definition)
    for levels in definition["scales"].values():
        for level in levels:
            level["label"] = f"Quite {level['label']}"
    relabelled = replace(round_, definition=definition).scored()
    assert relabelled.sections == round_.scored().sections
    assert [band.start for band in relabelled.bands] == [band.start for band in round_.scored().bands]
