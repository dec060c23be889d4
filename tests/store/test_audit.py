"""The audit log is only added to, and shows when somebody changed it behind the database's back."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from a2p.store.audit import FIRST, RESPONDENT, SYSTEM, first_broken, record


def three_events(session: Session) -> None:
    record(session, "opened the round", by=SYSTEM, of="round 1", detail={"closes": "2026-12-01"})
    record(session, "opened the link", by=RESPONDENT, of="invitation 4")
    record(session, "closed the round", by=SYSTEM, of="round 1")


def test_events_are_numbered_and_each_follows_the_one_before(session: Session) -> None:
    first = record(session, "opened the round", by=SYSTEM, of="round 1")
    second = record(session, "closed the round", by=SYSTEM, of="round 1")
    assert (first.id, first.previous) == (1, FIRST)
    assert (second.id, second.previous) == (2, first.hash)
    assert first_broken(session) is None


@pytest.mark.parametrize("statement", ["UPDATE audit_event SET actor = 'nobody'", "DELETE FROM audit_event"])
def test_the_database_refuses_to_change_or_remove_an_event(session: Session, statement: str) -> None:
    three_events(session)
    with pytest.raises(DatabaseError, match="only added to"):
        session.execute(text(statement))


@pytest.mark.parametrize(
    ("tampering", "found"),
    [
        ("UPDATE audit_event SET object = 'round 2' WHERE id = 1", 1),
        ("UPDATE audit_event SET at = '2020-01-01 00:00:00.000000' WHERE id = 2", 2),
        ("UPDATE audit_event SET detail = '{}' WHERE id = 1", 1),
        ("DELETE FROM audit_event WHERE id = 2", 3),
        ("DELETE FROM audit_event WHERE id = 1", 2),
    ],
)
def test_who_gets_round_the_database_is_found_out(sqlite_engine: Engine, tampering: str, found: int) -> None:
    with Session(sqlite_engine) as session:
        three_events(session)
        session.commit()
        session.execute(text("DROP TRIGGER audit_event_no_update"))
        session.execute(text("DROP TRIGGER audit_event_no_delete"))
        session.execute(text(tampering))
        assert first_broken(session) == found
