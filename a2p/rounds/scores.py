"""The scores of frozen results as rows, as they may be shown: roll-ups read these, not documents and not answers.

Whenever a result is frozen, or worked out again without somebody, its rows are written. They go with the result where
it is destroyed.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TypeAlias

from sqlalchemy import delete, exists, insert, select
from sqlalchemy.orm import Session

from a2p.region.counted import section_figures
from a2p.rounds.results import disclosed
from a2p.scoring.frozen import Agreement
from a2p.scoring.frozen_file import read_frozen
from a2p.store.base import table_of
from a2p.store.region_tables import QuestionScore, ResultScore, SectionScore
from a2p.store.round_tables import Result

Row: TypeAlias = dict[str, object]


def write_scores(session: Session, result: Result) -> None:
    """Write a result's rows in the place of those it had. One that may not be shown has no figures."""
    for table in (SectionScore, QuestionScore, ResultScore):
        session.execute(delete(table_of(table)).where(table.result_id == result.id))
    whole, sections, questions = rows_of(result)
    session.execute(insert(table_of(ResultScore)), whole)
    for written, rows in ((SectionScore, sections), (QuestionScore, questions)):
        if rows:
            session.execute(insert(table_of(written)), rows)


def write_missing_scores(session: Session) -> int:
    """Write the rows of results that have none: from before there were any. Returns how many results that were."""
    without = select(Result.id).where(~exists().where(ResultScore.result_id == Result.id)).order_by(Result.id)
    ids = session.scalars(without).all()
    for id_ in ids:
        result = session.get_one(Result, id_)
        write_scores(session, result)
        session.expire(result, ["document", "internal"])
    return len(ids)


def rows_of(result: Result) -> tuple[Row, list[Row], list[Row]]:
    """What is written of a result, its sections and its questions."""
    of = {"result_id": result.id, "partnership_id": result.partnership_id}
    if not result.shown:
        frozen = read_frozen(result.document.encode())
        return _whole(result, of, partial=frozen.partial, score=None, band=None), [], []
    shown = disclosed(result).result
    sections: list[Row] = []
    questions: list[Row] = []
    scored = {each.id: each for each in shown.sections}
    for position, figures in enumerate(section_figures(disclosed(result))):
        sections.append(
            {
                **of,
                "section": figures.id,
                "position": position,
                **_exact(figures.score),
                "band": figures.band,
                "wide": figures.wide,
                "gaps": figures.gaps,
            }
        )
        questions += [
            {
                **of,
                "section": figures.id,
                "question": each.id,
                **_exact(each.score),
                "wide": _is_wide(each.agreement),
                "gap": each.knowledge_gap,
            }
            for each in scored[figures.id].questions
            if each.score is not None
        ]
    return _whole(result, of, partial=shown.partial, score=shown.score, band=shown.band), sections, questions


def _whole(
    result: Result, of: dict[str, int], *, partial: bool | None, score: Fraction | None, band: str | None
) -> Row:
    return {
        **of,
        "round_id": result.round_id,
        "version_id": result.version_id,
        "edition": result.edition,
        "sha256": result.sha256,
        "frozen": result.frozen,
        "shown": result.shown,
        "partial": partial,
        "score": None if score is None else str(score),
        "band": band,
    }


def _exact(score: Fraction | None) -> Row:
    return {"score": None if score is None else str(score), "points": None if score is None else float(score)}


def _is_wide(agreement: Agreement | None) -> bool | None:
    return None if agreement is None else agreement.label == "wide"
