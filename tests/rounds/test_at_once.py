"""Two people at once in one round: who saves while it closes, two who close it; on each engine."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from a2p.rounds.answering import save_section, submit
from a2p.rounds.closing import close_round
from a2p.scoring.answers import Answer, State
from a2p.scoring.frozen_file import read_frozen
from a2p.store.engine import open_engine
from a2p.store.round_tables import Invitation, Round
from tests import site
from tests.site import Place

GIVEN = Answer(State.GIVEN, "level-3")


def test_a_closing_waits_for_an_answer_that_is_being_saved_and_then_counts_it(engine: Engine) -> None:
    with Session(engine, expire_on_commit=False) as session, session.begin():
        place = site.build(session).own
        submit(session, place.invited[1].invitation, place.version)
    with Session(engine) as saving:
        invitation = saving.get_one(Invitation, place.invited[1].invitation.id)
        save_section(saving, invitation, invitation.round.versions[0], {"aim": GIVEN}, {})
        impatient = open_engine(engine.url.render_as_string(hide_password=False))
        with pytest.raises(OperationalError, match=r"locked|lock timeout"):
            close_at_once(impatient, place)
        impatient.dispose()
        saving.commit()
    with Session(engine) as closing:
        (result,) = close_round(closing, closing.get_one(Round, place.open.id))
        assert read_frozen(result.document.encode()).sections[0].questions[0].answered == 1


def close_at_once(engine: Engine, place: Place) -> None:
    """Close the open round, failing at once, or nearly so, on what another transaction holds."""
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            connection.connection.cursor().execute("PRAGMA busy_timeout=0")
    with Session(engine) as session:
        if engine.dialect.name == "postgresql":
            session.execute(text("SET LOCAL lock_timeout = '100ms'"))
        close_round(session, session.get_one(Round, place.open.id))


def test_two_coordinators_who_close_at_once_freeze_one_result(engine: Engine) -> None:
    with Session(engine, expire_on_commit=False) as session, session.begin():
        place = site.build(session).own

    def close(_: int) -> int:
        with Session(engine) as session:
            (result,) = close_round(session, session.get_one(Round, place.open.id))
            session.commit()
            return result.id

    with ThreadPoolExecutor(2) as pool:
        assert len(set(pool.map(close, range(2)))) == 1


def test_two_who_submit_at_once_submit_once(engine: Engine) -> None:
    with Session(engine, expire_on_commit=False) as session, session.begin():
        place = site.build(session).own

    def send(_: int) -> tuple[int, datetime | None]:
        with Session(engine) as session:
            invitation = session.get_one(Invitation, place.invited[1].invitation.id)
            response = submit(session, invitation, invitation.round.versions[0])
            session.commit()
            return response.id, response.submitted

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(send, range(2))
    assert first[0] == second[0]
    assert send(0) == send(1), "who submits again changes nothing"
