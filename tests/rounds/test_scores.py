"""The scores of a frozen result stand in rows, as they may be shown; on each engine."""

from __future__ import annotations

import json
from datetime import timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, event, select
from sqlalchemy.orm import Session

from a2p.region.counted import question_scores, section_figures
from a2p.rounds.closing import close_round
from a2p.rounds.erasing import erase_person
from a2p.rounds.reopening import reopen
from a2p.rounds.results import disclosed
from a2p.rounds.retention import erase_round
from a2p.rounds.scores import write_missing_scores, write_scores
from a2p.store.audit import SYSTEM
from a2p.store.base import now, today
from a2p.store.region_tables import QuestionScore, ResultScore, SectionScore
from a2p.store.round_tables import Result
from tests import site
from tests.rounds.known_person import EMAIL, list_in, make_known
from tests.site import Place


@pytest.fixture
def place(session: Session) -> Place:
    return site.build(session).own


def rows(session: Session, result: Result) -> list[list[Any]]:
    """What is kept of a result: of itself, its sections, its questions."""
    session.flush()
    session.expire_all()
    found = (
        session.execute(select(ResultScore.__table__).where(ResultScore.result_id == result.id)),
        session.execute(
            select(SectionScore.__table__).where(SectionScore.result_id == result.id).order_by(SectionScore.position)
        ),
        session.execute(
            select(QuestionScore.__table__)
            .where(QuestionScore.result_id == result.id)
            .order_by(QuestionScore.section, QuestionScore.question)
        ),
    )
    return [list(each) for each in found]


def scored(session: Session, result: Result) -> tuple[dict[str, str | None], dict[str, str]]:
    """The exact scores that are kept, by section and by question."""
    _, sections, questions = rows(session, result)
    return {each.section: each.score for each in sections}, {each.question: each.score for each in questions}


def test_a_closed_round_has_its_scores_exactly_as_its_page_shows_them(session: Session, place: Place) -> None:
    shown = disclosed(place.result)
    sections, questions = scored(session, place.result)
    assert {id_: score and Fraction(score) for id_, score in sections.items()} == {
        each.id: each.score for each in section_figures(shown)
    }
    assert {id_: Fraction(score) for id_, score in questions.items()} == question_scores(shown)
    (whole,), section_rows, question_rows = rows(session, place.result)
    assert (whole.sha256, whole.shown, whole.partial) == (place.result.sha256, True, shown.result.partial)
    assert all(abs(Fraction(each.score) - Fraction(each.points)) < 1e-9 for each in (*section_rows, *question_rows))
    figures = {each.id: (each.band, each.wide, each.gaps) for each in section_figures(shown)}
    assert {each.section: (each.band, each.wide, each.gaps) for each in section_rows} == figures


def test_a_successor_that_is_not_shown_has_no_figures_and_the_first_result_keeps_its_own(
    session: Session, place: Place
) -> None:
    before = rows(session, place.result)
    reopen(session, place.closed, "A late partner", today() + timedelta(days=1), SYSTEM)
    (second,) = close_round(session, place.closed)
    second.shown = False
    write_scores(session, second)
    (whole,), sections, questions = rows(session, second)
    assert (whole.edition, whole.shown, whole.score, sections, questions) == (2, False, None, [], [])
    assert rows(session, place.result) == before


def test_what_a_successor_holds_back_is_in_no_row(session: Session, place: Place) -> None:
    place.result.held_back = json.dumps(["aim"])
    write_scores(session, place.result)
    sections, questions = scored(session, place.result)
    assert sections["purpose"] is None
    assert set(questions) == {"limits", "heard"}


def test_after_somebody_is_erased_the_result_that_takes_its_place_shows_nothing(
    session: Session, place: Place, tmp_path: Path
) -> None:
    make_known(session, place)
    before = place.result.sha256
    erase_person(session, EMAIL, list_in(tmp_path))
    (whole,), sections, questions = rows(session, place.result)
    assert whole.sha256 == place.result.sha256 != before
    assert {each.score for each in sections} == {None}
    assert {each.wide for each in sections} == {None}
    assert questions == []


def test_a_destroyed_result_takes_its_scores_with_it(session: Session, place: Place, tmp_path: Path) -> None:
    make_known(session, place)
    reopen(session, place.closed, "A late partner", today() + timedelta(days=1), SYSTEM)
    destroyed = place.result.id
    erase_person(session, EMAIL, list_in(tmp_path))
    for table in (ResultScore, SectionScore, QuestionScore):
        assert session.scalars(select(table.result_id).where(table.result_id == destroyed)).all() == []


def test_erasing_a_rounds_people_changes_no_score(session: Session, place: Place, tmp_path: Path) -> None:
    before = rows(session, place.result)
    erase_round(session, place.closed, list_in(tmp_path).of_round(place.closed.id))
    assert rows(session, place.result) == before


def test_results_from_before_there_were_scores_get_theirs_once(session: Session, place: Place) -> None:
    before = rows(session, place.result)
    for table in (ResultScore, SectionScore, QuestionScore):
        session.execute(delete(table))
    assert write_missing_scores(session) == 2
    assert rows(session, place.result) == before
    statements: list[str] = []
    event.listen(session.get_bind(), "before_cursor_execute", lambda *args: statements.append(args[2]))
    assert write_missing_scores(session) == 0
    assert len(statements) == 1
    assert "document" not in statements[0]


def test_a_moment_of_freezing_is_kept_with_the_scores(session: Session, place: Place) -> None:
    (whole,), _, _ = rows(session, place.result)
    assert whole.frozen == place.result.frozen <= now()
