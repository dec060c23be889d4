"""A backup is of one moment, whole or not there, and checked before it takes a database's place; on each engine."""

from __future__ import annotations

import json
import shutil
import sqlite3
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, select, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from a2p.store import migrate
from a2p.store.archive import MANIFEST, BackupError, Manifest, read_manifest
from a2p.store.audit import SYSTEM, record
from a2p.store.engine import open_engine
from a2p.store.migrate import revision_of
from a2p.store.restoring import OLD_SCHEMA, check, restored
from a2p.store.round_tables import AnswerRow, Result
from a2p.store.snapshots import back_up
from a2p.store.tables import Region
from tests import site
from tests.postgres_programs import path_with_postgres


@pytest.fixture(autouse=True)
def programs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", path_with_postgres())


@pytest.fixture
def filled(engine: Engine) -> Engine:
    with Session(engine) as session, session.begin():
        site.build(session)
    return engine


@pytest.fixture
def backup(filled: Engine, tmp_path: Path) -> Path:
    made(filled, tmp_path)
    return tmp_path / "backup.zip"


def made(engine: Engine, folder: Path, *, replace: bool = False) -> Manifest:
    inside = folder / "meanwhile"
    inside.mkdir(exist_ok=True)
    try:
        return back_up(engine, folder / "backup.zip", inside, replace=replace)
    finally:
        shutil.rmtree(inside)


def address(engine: Engine) -> str:
    return engine.url.render_as_string(hide_password=False)


def put(backup: Path, url: str, *, replace: bool = True, then: Callable[[Engine], None] = lambda _: None) -> None:
    manifest = check(backup, url, replace=replace)
    folder = backup.parent / "restoring"
    folder.mkdir()
    try:
        with restored(backup, manifest, url, folder) as engine:
            then(engine)
    finally:
        shutil.rmtree(folder)


def contents(engine: Engine) -> dict[str, list[str]]:
    with engine.connect() as connection:
        return {
            table.name: sorted(str(tuple(row)) for row in connection.execute(table.select()))
            for table in AnswerRow.metadata.sorted_tables
        }


def forget(engine: Engine) -> None:
    """What happens to the database after the backup."""
    with Session(engine) as session, session.begin():
        session.add(Region(name="After the backup"))
        for result in session.scalars(select(Result)):
            result.sha256 = "0" * 64
    engine.dispose()


def rewritten(backup: Path, **changes: object) -> Path:
    """The same archive with a changed manifest."""
    with zipfile.ZipFile(backup) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    files[MANIFEST] = json.dumps({**json.loads(files[MANIFEST]), **changes}).encode()
    with zipfile.ZipFile(backup, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return backup


# Backing up


def test_a_backup_says_what_it_is_and_only_its_owner_may_read_it(filled: Engine, tmp_path: Path) -> None:
    manifest = made(filled, tmp_path)
    assert manifest == read_manifest(tmp_path / "backup.zip")
    assert manifest.engine == filled.dialect.name
    assert manifest.rows["answer"] == 2 * (5 * 4 + 4 + 1)
    with filled.connect() as connection:
        assert (manifest.revision, manifest.demo) == (revision_of(connection), False)
    assert (tmp_path / "backup.zip").stat().st_mode & 0o077 == 0
    assert [path.name for path in tmp_path.glob("*.part")] == []


def test_a_backup_that_is_there_is_not_written_over_unless_asked(filled: Engine, backup: Path) -> None:
    before = backup.read_bytes()
    with pytest.raises(BackupError, match="is there already"):
        made(filled, backup.parent)
    assert backup.read_bytes() == before
    made(filled, backup.parent, replace=True)
    assert backup.read_bytes() != before


def test_a_database_that_is_not_made_yet_is_not_backed_up(empty_url: str, tmp_path: Path) -> None:
    engine = open_engine(empty_url)
    with pytest.raises(BackupError, match=r"There is no database|not made yet"):
        made(engine, tmp_path)
    engine.dispose()
    assert not (tmp_path / "backup.zip").exists()


def test_a_backup_has_what_was_committed_and_nothing_of_a_save_under_way(filled: Engine, tmp_path: Path) -> None:
    reader = open_engine(address(filled))
    with Session(filled) as saving:
        saving.add(Region(name="Not yet committed"))
        saving.flush()
        manifest = made(reader, tmp_path)
        saving.commit()
    assert manifest.rows["region"] == 2
    reader.dispose()


# Restoring


def test_a_restored_database_is_the_one_that_was_backed_up(filled: Engine, backup: Path) -> None:
    before = contents(filled)
    forget(filled)
    put(backup, address(filled))
    assert contents(filled) == before
    with filled.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, AnswerRow.metadata) == []


def test_the_audit_log_of_a_restored_database_is_still_only_added_to(filled: Engine, backup: Path) -> None:
    forget(filled)
    put(backup, address(filled))
    with Session(filled) as session, session.begin():
        record(session, "opened a round", by=SYSTEM)
    with pytest.raises(DatabaseError, match="only added to"), filled.begin() as connection:
        connection.execute(text("DELETE FROM audit_event"))


def test_rows_can_be_added_after_a_restore_and_it_can_be_backed_up_again(filled: Engine, backup: Path) -> None:
    filled.dispose()
    put(backup, address(filled))
    with Session(filled) as session, session.begin():
        session.add(Region(name="A new one"))
    again = made(filled, backup.parent, replace=True)
    filled.dispose()
    put(backup, address(filled))
    assert again.rows["region"] == 3


def test_a_backup_is_restored_where_there_is_nothing(backup: Path, filled: Engine, empty_url: str) -> None:
    if make_url(empty_url).get_backend_name() != filled.url.get_backend_name():
        pytest.skip("a backup of one engine, a database of the other")
    if filled.dialect.name == "sqlite":
        empty_url = f"sqlite:///{backup.parent}/elsewhere/a2p.sqlite"
    put(backup, empty_url, replace=False)
    there = open_engine(empty_url)
    assert contents(there) == contents(filled)
    there.dispose()


def test_a_database_that_is_there_is_left_alone_unless_asked(filled: Engine, backup: Path) -> None:
    filled.dispose()
    with pytest.raises(BackupError, match="--replace"):
        check(backup, address(filled), replace=False)


def test_a_restore_that_fails_at_the_end_leaves_the_database_as_it_was(filled: Engine, backup: Path) -> None:
    def break_off(engine: Engine) -> None:
        raise RuntimeError("out of luck")

    forget(filled)
    before = contents(filled)
    filled.dispose()
    with pytest.raises(RuntimeError, match="out of luck"):
        put(backup, address(filled), then=break_off)
    assert contents(filled) == before


def test_an_older_backup_is_migrated_up(filled: Engine, tmp_path: Path) -> None:
    with Session(filled) as session, session.begin():
        session.execute(text("DELETE FROM letter"))
    migrate.downgrade(filled, "0001")
    assert made(filled, tmp_path).revision == "0001"
    filled.dispose()
    put(tmp_path / "backup.zip", address(filled))
    with filled.connect() as connection:
        assert migrate.is_current(connection)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"format": 2}, "newer a2p"),
        ({"revision": "0999"}, "newer a2p"),
        ({"engine": "oracle"}, "not a whole backup"),
        ({"parts": {"other.dump": {"size": 1, "sha256": ""}}}, "damaged"),
    ],
)
def test_a_backup_that_can_not_be_used_is_refused_in_words(
    filled: Engine, backup: Path, changes: dict[str, object], says: str
) -> None:
    forget(filled)
    before = contents(filled)
    filled.dispose()
    with pytest.raises(BackupError, match=says):
        put(rewritten(backup, **changes), address(filled))
    assert contents(filled) == before


def test_a_backup_with_other_rows_than_it_says_is_refused(filled: Engine, backup: Path) -> None:
    filled.dispose()
    rows = {**read_manifest(backup).rows, "answer": 7}
    with pytest.raises(BackupError, match="not the rows"):
        put(rewritten(backup, rows=rows), address(filled))


def test_a_backup_with_a_changed_byte_is_refused(sqlite_engine: Engine, tmp_path: Path) -> None:
    made(sqlite_engine, tmp_path)
    backup = tmp_path / "backup.zip"
    with zipfile.ZipFile(backup) as archive:
        manifest, dump = archive.read(MANIFEST), bytearray(archive.read("database.sqlite"))
    dump[len(dump) // 2] ^= 1
    with zipfile.ZipFile(backup, "w") as archive:
        archive.writestr(MANIFEST, manifest)
        archive.writestr("database.sqlite", bytes(dump))
    with pytest.raises(BackupError, match="is not what was backed up"):
        put(backup, address(sqlite_engine))


@pytest.mark.parametrize("content", [b"", b"PK no zip", b"anything"])
def test_a_file_that_is_no_backup_is_refused(content: bytes, sqlite_engine: Engine, tmp_path: Path) -> None:
    (tmp_path / "backup.zip").write_bytes(content)
    with pytest.raises(BackupError, match="not a whole backup"):
        check(tmp_path / "backup.zip", address(sqlite_engine), replace=True)


def test_a_backup_of_one_engine_is_not_restored_to_the_other(sqlite_engine: Engine, tmp_path: Path) -> None:
    made(sqlite_engine, tmp_path)
    with pytest.raises(BackupError, match="is a backup of sqlite"):
        check(tmp_path / "backup.zip", "postgresql+psycopg://localhost/a2p", replace=True)


# SQLite alone


def test_a_process_that_has_the_database_open_reads_the_restored_one(sqlite_engine: Engine, tmp_path: Path) -> None:
    with Session(sqlite_engine) as session, session.begin():
        site.build(session)
    made(sqlite_engine, tmp_path)
    with sqlite_engine.connect() as open_all_the_time:
        open_all_the_time.execute(text("DELETE FROM answer"))
        open_all_the_time.commit()
        put(tmp_path / "backup.zip", address(sqlite_engine))
        assert open_all_the_time.scalar(text("SELECT count(*) FROM answer")) == 50


@pytest.mark.parametrize("spoil", ["not a database at all", ""])
def test_a_database_that_was_destroyed_is_replaced(spoil: str, sqlite_engine: Engine, tmp_path: Path) -> None:
    before = contents(sqlite_engine)
    made(sqlite_engine, tmp_path)
    sqlite_engine.dispose()
    live = Path(str(sqlite_engine.url.database))
    live.write_text(spoil * 100)
    live.with_name(live.name + "-journal").write_text("of the old one")
    put(tmp_path / "backup.zip", address(sqlite_engine))
    assert contents(sqlite_engine) == before


def test_a_damaged_database_is_not_backed_up_as_if_it_were_whole(sqlite_engine: Engine, tmp_path: Path) -> None:
    sqlite_engine.dispose()
    live = Path(str(sqlite_engine.url.database))
    with sqlite3.connect(live) as connection:
        connection.execute("INSERT INTO partnership (region_id, name, kind) VALUES (99, 'x', 'county')")
    connection.close()
    with pytest.raises(BackupError, match="a broken link in partnership"):
        made(sqlite_engine, tmp_path)
    live.write_bytes(live.read_bytes()[:5000])
    with pytest.raises(BackupError, match=r"damaged|can't be copied"):
        made(sqlite_engine, tmp_path)


# PostgreSQL alone


@pytest.fixture
def postgres_site(filled: Engine) -> Engine:
    if filled.dialect.name != "postgresql":
        pytest.skip("PostgreSQL alone")
    return filled


def test_a_database_in_use_is_not_taken_away_from_the_site(postgres_site: Engine, backup: Path) -> None:
    with postgres_site.connect(), pytest.raises(BackupError, match=r"in use .* Stop the site"):
        put(backup, address(postgres_site))


def test_a_restore_that_was_broken_off_is_put_right_by_the_next(postgres_site: Engine, backup: Path) -> None:
    before = contents(postgres_site)
    with postgres_site.begin() as connection:
        connection.execute(text(f"ALTER SCHEMA public RENAME TO {OLD_SCHEMA}"))
        connection.execute(text("CREATE SCHEMA public"))
    postgres_site.dispose()
    with pytest.raises(BackupError, match="--replace"):
        check(backup, address(postgres_site), replace=False)
    put(backup, address(postgres_site))
    assert contents(postgres_site) == before


def test_missing_programs_are_named_with_what_to_install(
    postgres_site: Engine, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(BackupError, match="apt-get install postgresql-client"):
        made(postgres_site, backup.parent, replace=True)
    with pytest.raises(BackupError, match="apt-get install postgresql-client"):
        check(backup, address(postgres_site), replace=True)
