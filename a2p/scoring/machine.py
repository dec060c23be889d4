"""The JSON object of `a2p score`: keys in scoring.md's order, exact values rounded to six decimals, half to even.

A whole value is written as an integer (`50`), any other as a number of at most six decimals (`66.666667`).
"""

from __future__ import annotations

from fractions import Fraction
from typing import TypeAlias

from a2p.scoring.frozen import Agreement, FrozenResult, QuestionResult, SectionResult
from a2p.scoring.rounding import six_places

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"


def machine_output(result: FrozenResult) -> dict[str, Json]:
    """A result as plain JSON values."""
    return {
        "questionnaire": result.definition.questionnaire,
        "version": result.definition.version,
        "sha256": result.sha256,
        "together": result.together,
        "respondents": result.respondents,
        "organisations": result.organisations,
        "dominant_sector": result.dominant_sector,
        "score": _number(result.score),
        "band": result.band,
        "sections": [_section(section) for section in result.sections],
    }


def _section(section: SectionResult) -> Json:
    return {
        "id": section.id,
        "score": _number(section.score),
        "band": section.band,
        "capped": section.capped,
        "completeness": _number(section.completeness),
        "agreement": None if section.agreement is None else _closeness(section.agreement),
        "questions": [_question(question) for question in section.questions],
    }


def _question(question: QuestionResult) -> Json:
    return {
        "id": question.id,
        "score": _number(question.score),
        "voices": question.voices,
        "levels": dict(question.levels),
        "answers": question.answers,
        "dont_know": question.dont_know,
        "not_applicable": question.not_applicable,
        "blank": question.blank,
        "dont_know_share": _number(question.dont_know_share),
        "range": None if question.range is None else [six_places(end) for end in question.range],
        "knowledge_gap": question.knowledge_gap,
        "applicability_disputed": question.applicability_disputed,
        "agreement": None if question.agreement is None else _agreement(question.agreement),
        "reached": question.reached,
        "next": question.next,
        "evidence_gap": None if question.evidence is None else _number(question.evidence.gap),
    }


def _closeness(agreement: Agreement) -> dict[str, Json]:
    return {"ad": six_places(agreement.ad), "label": agreement.label}


def _agreement(agreement: Agreement) -> dict[str, Json]:
    return {
        **_closeness(agreement),
        "patterns": list(agreement.patterns),
        "r_wg": _number(agreement.r_wg),
    }


def _number(value: Fraction | None) -> int | float | None:
    return None if value is None else six_places(value)
