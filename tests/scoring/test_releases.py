"""What each level of release lets out: never more than the next, and nothing that disclosure withholds."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from a2p.scoring.disclosure import Disclosed, disclose
from a2p.scoring.frozen import FrozenResult
from a2p.scoring.releases import HISTOGRAM_FROM, LEVELS, Figures, To, figures_at, rank, released_view, shows_themes
from tests.scoring.random_rounds import random_rounds

RESULTS = [each.scored() for each in random_rounds(20261128, 250)]
EMPTY: tuple[Any, ...] = (None, 0, False, (), {}, "", [])


def at(result: FrozenResult, figures: Figures) -> FrozenResult | None:
    shown = released_view(disclose(result), figures)
    return shown.result if shown else None


def said(found: object, path: str = "") -> dict[str, object]:
    """Every figure of a result that is not empty, by where it stands. Marks of what is withheld say nothing."""
    if isinstance(found, dict):
        parts = found.items()
    elif isinstance(found, list | tuple):
        parts = {str(number): each for number, each in enumerate(found)}.items()
    else:
        return {} if found in EMPTY else {path: found}
    return {
        where: what
        for name, part in parts
        if name not in ("withheld", "score_withheld", "definition")
        for where, what in said(part, f"{path}/{name}").items()
    }


def figures_of(result: FrozenResult | None) -> dict[str, object]:
    return said(result.model_dump(mode="json")) if result else {}


@pytest.mark.parametrize(
    ("less", "more"),
    [
        (Figures.NONE, Figures.SECTIONS),
        (Figures.SECTIONS, Figures.QUESTIONS),
        (Figures.QUESTIONS, Figures.WHOLE),
        (Figures.SECTIONS, Figures.BOARD),
        (Figures.BOARD, Figures.WHOLE),
    ],
)
def test_a_level_never_shows_more_than_a_higher_one(less: Figures, more: Figures) -> None:
    grew = False
    for result in RESULTS:
        low, high = figures_of(at(result, less)), figures_of(at(result, more))
        assert low.items() <= high.items()
        grew = grew or low != high
    assert grew


@pytest.mark.parametrize("to", list(To))
def test_the_levels_of_an_audience_go_up(to: To) -> None:
    figures = [figures_at(to, level) for level in LEVELS[to]]
    assert figures == sorted(figures)
    assert figures[0] is Figures.NONE
    assert [rank(to, level) for level in LEVELS[to]] == list(range(len(LEVELS[to])))


@pytest.mark.parametrize("figures", [each for each in Figures if each is not Figures.NONE])
def test_nothing_that_disclosure_withholds_appears_at_any_level(figures: Figures) -> None:
    hidden = 0
    for result in RESULTS:
        shown, all_there_is = at(result, figures), disclose(result).result
        assert shown is not None
        for section, disclosed in zip(shown.sections, all_there_is.sections, strict=True):
            assert section.score is None or section.score == disclosed.score
            assert section.band is None or section.band == disclosed.band
            for question, before in zip(section.questions, disclosed.questions, strict=True):
                if before.withheld:
                    hidden += 1
                    assert question.score is None
                    assert not any(question.levels.values())
    assert hidden


def test_section_scores_and_bands_are_all_that_is_left_of_sections() -> None:
    for result in RESULTS:
        shown = at(result, Figures.SECTIONS)
        assert shown is not None
        of_sections = [where.split("/")[3:] for where in figures_of(shown) if where.startswith("/sections/")]
        names = {where[0] for where in of_sections} - {"questions", "values"}
        assert names <= {"id", "score", "band", "shown_questions", "scored_questions"}
        assert {where[2] for where in of_sections if where[0] in ("questions", "values")} <= {"id", "type"}


def test_question_scores_come_without_how_the_voices_are_spread() -> None:
    for result in RESULTS:
        shown = at(result, Figures.QUESTIONS)
        assert shown is not None
        names = {
            where.split("/")[5]
            for where in figures_of(shown)
            if where.startswith("/sections/") and "/questions/" in where
        }
        assert names <= {"id", "score"}


def test_the_public_sees_a_histogram_only_in_a_section_of_widely_answered_questions() -> None:
    seen = 0
    for result in RESULTS:
        shown = at(result, Figures.BOARD)
        assert shown is not None
        for section in shown.sections:
            spread = [sum(question.levels.values()) for question in section.questions]
            if any(spread):
                seen += 1
                assert min(spread) >= HISTOGRAM_FROM
            assert not any(value.given or value.values or any(value.options.values()) for value in section.values)
            assert not any(question.evidence for question in section.questions)
    assert seen


def test_the_public_never_sees_all_questions_of_a_section_but_one() -> None:
    for result in RESULTS:
        shown = at(result, Figures.BOARD)
        assert shown is not None
        for section in shown.sections:
            assert len({question.score is None for question in section.questions}) <= 1


def test_what_hangs_on_an_answer_that_the_public_does_not_see_is_not_shown_either() -> None:
    for result in RESULTS:
        shown = at(result, Figures.BOARD)
        assert shown is not None
        seen = {q.id for section in shown.sections for q in section.questions if q.voices}
        conditions = {q.id: q.show_if for part in result.definition.sections for q in part.questions}
        assert all(set(conditions[id_]) <= seen for id_ in seen)


def test_nothing_is_nothing_and_the_whole_is_what_the_coordinator_sees() -> None:
    disclosed = disclose(RESULTS[0])
    assert released_view(disclosed, Figures.NONE) is None
    assert released_view(disclosed, Figures.WHOLE) is disclosed


def test_themes_are_the_regions_from_their_level_on() -> None:
    assert [shows_themes(To.REGION, level) for level in LEVELS[To.REGION]] == [False, True, True, True, True, True]
    assert not shows_themes(To.RESPONDENTS, "all")
    assert not shows_themes(To.PUBLIC, "board")


def test_a_level_that_an_audience_does_not_have_is_an_error() -> None:
    with pytest.raises(ValueError, match="not in"):
        figures_at(To.PUBLIC, "4")


def test_a_reduced_result_can_be_read_and_written_like_any_other() -> None:
    for result in RESULTS[:20]:
        shown = at(result, Figures.SECTIONS)
        assert shown is not None
        assert FrozenResult.model_validate(shown.model_dump(by_alias=True)) == shown
        assert isinstance(Disclosed(shown), Disclosed)
        assert shown.score is None or isinstance(shown.score, Fraction)
