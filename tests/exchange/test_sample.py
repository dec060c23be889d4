"""Invented answers: the same from the same seed, and such as people could have given."""

from __future__ import annotations

import io

import pytest

from a2p.definition.canonical import sha256
from a2p.definition.catalogue import all_definitions
from a2p.definition.model import Questionnaire
from a2p.exchange.answers_csv import read_answers
from a2p.exchange.answers_out import write_answers
from a2p.exchange.sample import REMARKS, Story, sample, sample_coordinator
from a2p.scoring.answers import State
from a2p.scoring.score import Header, score
from a2p.scoring.shown import shown_questions
from tests.builders import definition, scale_question, section

HEADER = Header(partnership="Invented", kind="county", round="Spring")
ALL = [pytest.param(each, id=each.questionnaire) for each in all_definitions()]


def test_there_is_a_sample_for_each_of_the_six_questionnaires() -> None:
    assert len(ALL) == 6


@pytest.mark.parametrize("asked", ALL)
def test_the_same_seed_gives_the_same_answers_and_another_seed_others(asked: Questionnaire) -> None:
    first, again, other = (sample(asked, respondents=6, organisations=3, seed=seed) for seed in (1, 1, 2))
    assert first == again
    assert first != other
    assert sample_coordinator(asked, seed=1) == sample_coordinator(asked, seed=1)


@pytest.mark.parametrize("asked", ALL)
def test_a_sample_written_as_csv_is_read_back_the_same(asked: Questionnaire) -> None:
    made = sample(asked, respondents=18, organisations=9, seed=3)
    out = io.StringIO()
    write_answers(made, out)
    read = read_answers(out.getvalue().encode(), asked, name="sample.csv")
    scores = {score(asked, each, header=HEADER, sha256=sha256(asked)).score for each in (made, read)}
    assert len(scores) == 1
    assert [each.id for each in read] == [each.id for each in made]


@pytest.mark.parametrize("asked", ALL)
def test_everybody_answers_what_they_are_shown_and_nothing_else(asked: Questionnaire) -> None:
    for each in sample(asked, respondents=12, organisations=5, seed=4):
        shown = shown_questions(asked, councillor=each.councillor is not None, answers=each.answers)
        assert set(each.answers) == {question.id for question in shown}


def test_people_are_spread_over_the_organisations_as_evenly_as_they_go() -> None:
    made = sample(definition(), respondents=11, organisations=4, seed=1)
    counts = [sum(each.organisation == name for each in made) for name in {each.organisation for each in made}]
    assert sorted(counts) == [2, 3, 3, 3]


def test_an_organisation_has_one_sector_however_many_there_are() -> None:
    made = sample(definition(), respondents=60, organisations=40, seed=1)
    assert len({each.organisation for each in made}) == 40
    assert len({(each.organisation, each.sector) for each in made}) == 40


@pytest.mark.parametrize(("respondents", "organisations"), [(0, 0), (3, 4), (5, 0), (-1, 1)])
def test_impossible_numbers_are_refused(respondents: int, organisations: int) -> None:
    with pytest.raises(ValueError, match="at least"):
        sample(definition(), respondents=respondents, organisations=organisations, seed=1)


def test_a_story_is_seen_in_the_answers() -> None:
    asked = definition(section("a", *(scale_question(f"a{n}", dont_know=True) for n in range(6))))

    def share(story: Story) -> float:
        made = sample(asked, respondents=40, organisations=10, seed=1, story=story)
        given = [answer for each in made for answer in each.answers.values() if answer.state is State.GIVEN]
        return sum(int(answer.value.removeprefix("level-")) for answer in given) / len(given)

    def unknown(story: Story) -> int:
        made = sample(asked, respondents=40, organisations=10, seed=1, story=story)
        return sum(answer.state is State.DONT_KNOW for each in made for answer in each.answers.values())

    assert share(Story(sections={"a": 0.1})) < 2
    assert share(Story(sections={"a": 0.9})) > 3
    assert unknown(Story()) < 100 < unknown(Story(unknown=frozenset({"a"})))


def test_every_comment_says_that_it_is_invented() -> None:
    assert all(remark.startswith("Invented ") for remark in REMARKS)
