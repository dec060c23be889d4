"""Moments keep their zone, whatever the database does with zones."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from sqlalchemy.exc import StatementError
from sqlalchemy.orm import Session

from a2p.store import base
from a2p.store.access_tables import Session as BrowserSession
from a2p.store.tables import Person


def kept(session: Session, moment: datetime) -> datetime:
    row = BrowserSession(token_hash="h", person_id=None, ends=moment)
    session.add(row)
    session.flush()
    session.expire_all()
    return row.ends


def test_a_moment_is_read_back_in_utc(session: Session) -> None:
    moment = datetime(2026, 7, 1, 12, 30, 15, 250_000, tzinfo=timezone(timedelta(hours=5, minutes=30)))
    read = kept(session, moment)
    assert read == moment
    assert read.utcoffset() == timedelta(0)


def test_the_hour_that_london_has_twice_stays_two_moments(session: Session) -> None:
    before = datetime(2026, 10, 25, 1, 30, tzinfo=base.LONDON, fold=0)
    after = datetime(2026, 10, 25, 1, 30, tzinfo=base.LONDON, fold=1)
    first = kept(session, before)
    session.rollback()
    assert kept(session, after) - first == timedelta(hours=1)


def test_a_moment_without_a_zone_is_refused(session: Session) -> None:
    with pytest.raises(StatementError, match="without a time zone"):
        kept(session, datetime(2026, 7, 1, 12))  # noqa: DTZ001 - the mistake itself


def test_today_is_londons_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base, "now", lambda: datetime(2026, 6, 30, 23, 30, tzinfo=UTC))
    assert base.today() == date(2026, 7, 1)


def test_a_default_moment_is_now(session: Session) -> None:
    person = Person(name="Ben Ashby", email="ben@example.org")
    session.add(person)
    session.flush()
    row = BrowserSession(token_hash="h", person_id=person.id, ends=base.now())
    session.add(row)
    session.flush()
    assert abs(row.created - row.ends) < timedelta(minutes=1)
