"""Two scorings that share no code say the same of thousands of random rounds, figure by figure, exactly."""

from __future__ import annotations

from typing import Any

import pytest

from a2p.scoring.frozen import Agreement, FrozenResult, QuestionResult, SectionResult
from tests.scoring.naive import score_round
from tests.scoring.random_rounds import random_rounds

ROUNDS = 500


@pytest.mark.parametrize("seed", range(6))
def test_the_two_scorings_agree_exactly_on_every_random_round(seed: int) -> None:
    for round_ in random_rounds(seed, ROUNDS):
        expected = score_round(round_.definition, round_.rows, together=round_.together, evidence=round_.evidence)
        assert exact(round_.scored()) == expected, round_


def test_the_random_rounds_hold_what_they_are_meant_to_try() -> None:
    results = [round_.scored() for round_ in random_rounds(0, ROUNDS)]
    sections = [section for result in results for section in result.sections]
    questions = [question for section in sections for question in section.questions]
    assert any(section.capped for section in sections)
    assert {question.agreement.label for question in questions if question.agreement} == {
        None,
        "close",
        "mixed",
        "wide",
    }
    assert {pattern for q in questions if q.agreement for pattern in q.agreement.patterns} == {
        "within-one-level",
        "split",
        "lone-voice",
    }
    assert any(question.knowledge_gap for question in questions)
    assert any(question.applicability_disputed for question in questions)
    assert any(result.dominant_sector for result in results)
    assert any(result.together for result in results)
    assert {len(question.levels) for question in questions} == {2, 3, 4, 5, 6, 7}


def exact(result: FrozenResult) -> dict[str, Any]:
    """A result's figures in the naive scoring's words."""
    return {
        "respondents": result.respondents,
        "organisations": result.organisations,
        "dominant_sector": result.dominant_sector,
        "score": result.score,
        "band": result.band,
        "sections": [_section(section) for section in result.sections],
    }


def _section(section: SectionResult) -> dict[str, Any]:
    return {
        "id": section.id,
        "score": section.score,
        "band": section.band,
        "capped": section.capped,
        "completeness": section.completeness,
        "agreement": section.agreement and {"ad": section.agreement.ad, "label": section.agreement.label},
        "questions": [_question(question) for question in section.questions],
    }


def _question(question: QuestionResult) -> dict[str, Any]:
    return {
        "id": question.id,
        "score": question.score,
        "voices": question.voices,
        "levels": question.levels,
        "answers": question.answers,
        "dont_know": question.dont_know,
        "not_applicable": question.not_applicable,
        "blank": question.blank,
        "dont_know_share": question.dont_know_share,
        "range": list(question.range) if question.range else None,
        "knowledge_gap": question.knowledge_gap,
        "applicability_disputed": question.applicability_disputed,
        "agreement": _agreement(question.agreement),
        "reached": question.reached,
        "next": question.next,
        "evidence_gap": question.evidence.gap if question.evidence else None,
    }


def _agreement(agreement: Agreement | None) -> dict[str, Any] | None:
    if agreement is None:
        return None
    return {
        "ad": agreement.ad,
        "label": agreement.label,
        "patterns": list(agreement.patterns),
        "r_wg": agreement.r_wg,
    }
