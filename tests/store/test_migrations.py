"""The migrations and the tables say the same, on each engine."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, func, inspect, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from a2p.rounds.gathering import drop_comments
from a2p.store import migrate
from a2p.store.engine import open_engine
from a2p.store.round_tables import Job, Result
from tests import site


@pytest.fixture
def empty(empty_url: str) -> Iterator[Engine]:
    made = open_engine(empty_url)
    yield made
    made.dispose()


def is_current(engine: Engine) -> bool:
    with engine.connect() as connection:
        return migrate.is_current(connection)


def test_the_migrations_make_exactly_the_tables_of_the_code(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, Job.metadata) == []


def test_a_database_goes_up_down_and_up_again(empty: Engine) -> None:
    migrate.upgrade(empty)
    migrate.downgrade(empty, "base")
    assert set(inspect(empty).get_table_names()) <= {"alembic_version"}
    migrate.upgrade(empty)
    assert is_current(empty)


def test_migrating_twice_keeps_what_is_there(engine: Engine) -> None:
    with Session(engine) as session, session.begin():
        site.build(session)
    migrate.upgrade(engine)
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM answer")) == 2 * (5 * 4 + 4 + 1)


def test_the_number_of_a_result_that_is_destroyed_is_never_used_again(engine: Engine) -> None:
    with Session(engine) as session, session.begin():
        result = site.build(session).foreign.result
        newest = session.scalar(select(func.max(Result.id)))
        assert result.id == newest
        columns = {each.key: getattr(result, each.key) for each in inspect(Result).column_attrs if each.key != "id"}
        drop_comments(session, result)
        session.delete(result)
        session.flush()
        again = Result(**columns)
        session.add(again)
        session.flush()
        assert again.id > newest


def test_an_unmigrated_database_is_not_current(empty: Engine) -> None:
    assert not is_current(empty)


def test_links_are_enforced_again_after_a_migration(sqlite_engine: Engine) -> None:
    with sqlite_engine.connect() as connection:
        assert connection.scalar(text("PRAGMA foreign_keys")) == 1
    with pytest.raises(IntegrityError), sqlite_engine.begin() as connection:
        connection.execute(text("INSERT INTO partnership (region_id, name, kind) VALUES (99, 'x', 'county')"))


def test_a_migration_that_would_leave_broken_links_changes_nothing(
    sqlite_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with sqlite_engine.connect() as connection:
        connection.connection.cursor().execute("PRAGMA foreign_keys=OFF")
        with connection.begin():
            connection.execute(text("INSERT INTO partnership (region_id, name, kind) VALUES (99, 'x', 'county')"))
    with pytest.raises(migrate.BrokenLinks):
        migrate.downgrade(sqlite_engine, "head")
    assert is_current(sqlite_engine)
