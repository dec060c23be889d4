"""The worker makes a questionnaire's paper form for those who may see the partnership."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from a2p.definition.form_fields import FormMark
from a2p.exchange.pdf_form import read_form
from a2p.jobs import Desk
from a2p.rounds.blank_forms import FormOrder, order_blank
from a2p.settings import documents_folder
from a2p.store.base import now
from a2p.store.round_tables import Job
from a2p.store.tables import Grant
from tests import site
from tests.documents.pdf import text_of
from tests.site import Place


@pytest.fixture
def place(sqlite_engine: Engine) -> Place:
    with Session(sqlite_engine, expire_on_commit=False) as session, session.begin():
        return site.build(session).own


def order(engine: Engine, place: Place, folder: Path, wanted: FormOrder | None = None) -> int:
    with Session(engine) as session, session.begin():
        person = place.coordinator.id
        return order_blank(session, place.partnership.id, place.version, person, folder, wanted or FormOrder()).id


def job_of(engine: Engine, job_id: int) -> Job:
    with Session(engine) as session:
        return session.get_one(Job, job_id)


def test_the_form_asks_every_question(sqlite_engine: Engine, tmp_path: Path, place: Place) -> None:
    job_id = order(sqlite_engine, place, tmp_path)
    Desk(sqlite_engine, tmp_path).do(job_id)
    job = job_of(sqlite_engine, job_id)
    assert job.state == "done", job.message
    text = text_of((documents_folder(tmp_path) / str(job.file)).read_bytes())
    for question in ("aim", "limits", "heard"):
        assert f"How is {question}?" in text


def test_the_same_form_is_made_once_and_large_print_is_another(
    sqlite_engine: Engine, tmp_path: Path, place: Place
) -> None:
    first = order(sqlite_engine, place, tmp_path)
    assert order(sqlite_engine, place, tmp_path) == first
    assert order(sqlite_engine, place, tmp_path, FormOrder(large_print=True)) != first
    with Session(sqlite_engine) as session, session.begin():
        session.get_one(Job, first).file = "gone.pdf"
    assert order(sqlite_engine, place, tmp_path) != first


def test_a_fillable_form_says_which_questionnaire_and_round_it_is_for(
    sqlite_engine: Engine, tmp_path: Path, place: Place
) -> None:
    job_id = order(sqlite_engine, place, tmp_path, FormOrder(fillable_in=place.open.id))
    assert job_id not in {
        order(sqlite_engine, place, tmp_path),
        order(sqlite_engine, place, tmp_path, FormOrder(fillable_in=0)),
    }
    Desk(sqlite_engine, tmp_path).do(job_id)
    made = (documents_folder(tmp_path) / str(job_of(sqlite_engine, job_id).file)).read_bytes()
    assert read_form(made).mark == FormMark("sample", 1, place.version.sha256, place.open.id)


def test_who_coordinates_no_longer_gets_none(sqlite_engine: Engine, tmp_path: Path, place: Place) -> None:
    job_id = order(sqlite_engine, place, tmp_path)
    with Session(sqlite_engine) as session, session.begin():
        for each in session.query(Grant).where(Grant.person_id == place.coordinator.id):
            each.ended = now()
    Desk(sqlite_engine, tmp_path).do(job_id)
    assert job_of(sqlite_engine, job_id).state == "failed"
