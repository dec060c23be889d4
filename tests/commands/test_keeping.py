"""The commands that keep what a site holds: backup, restore, person; what they say, and what they refuse."""

from __future__ import annotations

import json
from email.message import EmailMessage
from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from a2p.mail import Folder, read_folder
from a2p.settings import documents_folder, outbox_folder
from a2p.store.access_tables import Session as BrowserSession
from a2p.store.audit import SYSTEM, record
from a2p.store.letter_tables import AuditEvent, Letter
from a2p.store.round_tables import AnswerRow, Result
from a2p.store.tables import Region
from tests import site
from tests.command_line import a2p
from tests.ordered import order_report
from tests.rounds.known_person import EMAIL, everything, list_in, make_known


@pytest.fixture
def folder(sqlite_engine: Engine, tmp_path: Path) -> Path:
    """The data folder of a small site with somebody known in it."""
    with Session(sqlite_engine) as session, session.begin():
        make_known(session, site.build(session).own)
    sqlite_engine.dispose()
    (tmp_path / "test.sqlite").rename(tmp_path / "a2p.sqlite")
    return tmp_path


@pytest.fixture
def given(folder: Path) -> dict[str, str]:
    return {"A2P_DATA_DIR": str(folder), "A2P_SECRET_KEY": "s" * 40}


@pytest.fixture
def engine(folder: Path, sqlite_engine: Engine) -> Engine:
    """The site's database, to look into."""
    from a2p.store.engine import open_engine

    return open_engine(f"sqlite:///{folder}/a2p.sqlite")


def in_a_minute(engine: Engine) -> None:
    """Something that happens after a backup."""
    with Session(engine) as session, session.begin():
        session.add(Region(name="After the backup"))
        record(session, "made a region", by=SYSTEM)
    engine.dispose()


# Backup and restore


def test_a_site_is_backed_up_and_restored(folder: Path, given: dict[str, str], engine: Engine) -> None:
    backup = str(folder / "backup.zip")
    told = a2p("backup", backup, **given)
    assert (told.exit_code, told.stderr) == (0, "")
    assert "rows of" in told.stdout
    in_a_minute(engine)
    told = a2p("restore", backup, "--replace", **given)
    assert told.exit_code == 0, told.output
    assert told.stdout.startswith("Restored the backup of ")
    assert "There is no erasure list at" in told.stdout
    assert "1 letter that waited may have been sent since" in told.stdout
    with Session(engine) as session:
        assert "After the backup" not in set(session.scalars(select(Region.name)))
        assert [each.state for each in session.scalars(select(Letter).order_by(Letter.id))] == ["sent", "unsure"]
        assert session.scalars(select(BrowserSession)).all() == []
        assert session.scalars(select(AuditEvent.action)).all()[-1] == "restored a backup"
    engine.dispose()


def test_documents_of_the_database_that_was_replaced_are_gone(folder: Path, given: dict[str, str]) -> None:
    documents_folder(folder).mkdir()
    (documents_folder(folder) / "1-1.pdf").write_bytes(b"%PDF")
    a2p("backup", str(folder / "backup.zip"), **given)
    assert a2p("restore", str(folder / "backup.zip"), "--replace", **given).exit_code == 0
    assert list(documents_folder(folder).iterdir()) == []
    assert [path.name for path in folder.iterdir() if path.name.startswith(".a2p")] == []


def test_neither_a_backup_nor_a_database_is_written_over_unless_asked(
    folder: Path, given: dict[str, str], engine: Engine
) -> None:
    backup = folder / "backup.zip"
    assert a2p("backup", str(backup), **given).exit_code == 0
    before = (backup.read_bytes(), (folder / "a2p.sqlite").read_bytes())
    for arguments in (("backup", str(backup)), ("restore", str(backup))):
        told = a2p(*arguments, **given)
        assert told.exit_code == 2
        assert "Give --replace" in told.stderr
    assert (backup.read_bytes(), (folder / "a2p.sqlite").read_bytes()) == before


def test_a_demos_backup_says_that_it_is_one(folder: Path, given: dict[str, str], engine: Engine) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE installation SET demo = 1")
    engine.dispose()
    a2p("backup", str(folder / "backup.zip"), **given)
    told = a2p("restore", str(folder / "backup.zip"), "--replace", **given)
    assert "the database of a demo" in told.stdout


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("backup", "{}/none/backup.zip"), "there is no folder"),
        (("backup", "{}"), "a file's name is needed"),
        (("restore", "{}/none.zip"), "does not exist"),
        (("restore", "{}/a2p.sqlite", "--replace"), "is not a whole backup of a2p"),
    ],
)
def test_what_can_not_be_used_is_said_in_a_line(
    arguments: tuple[str, ...], says: str, folder: Path, given: dict[str, str]
) -> None:
    told = a2p(*(each.format(folder) for each in arguments), **given)
    assert told.exit_code == 2
    assert says in told.stderr
    assert "Traceback" not in told.output


def test_there_is_nothing_to_back_up_before_the_site_is_made(tmp_path: Path) -> None:
    told = a2p("backup", str(tmp_path / "backup.zip"), A2P_DATA_DIR=str(tmp_path / "new"))
    assert told.exit_code == 2
    assert "There is no database" in told.stderr


def test_without_the_secret_key_nobody_can_be_found_in_the_list(folder: Path, given: dict[str, str]) -> None:
    a2p("backup", str(folder / "backup.zip"), **given)
    for arguments in (("restore", str(folder / "backup.zip"), "--replace"), ("person", "erase", EMAIL, "--yes")):
        told = a2p(*arguments, **{**given, "A2P_SECRET_KEY": None})
        assert told.exit_code == 2
        assert "A2P_SECRET_KEY" in told.stderr


def test_a_list_of_another_key_is_warned_of(folder: Path, given: dict[str, str], engine: Engine) -> None:
    a2p("backup", str(folder / "backup.zip"), **given)
    a2p("person", "erase", EMAIL, "--yes", **given)
    told = a2p("restore", str(folder / "backup.zip"), "--replace", **{**given, "A2P_SECRET_KEY": "t" * 40})
    assert told.exit_code == 0
    assert "another A2P_SECRET_KEY" in told.stderr
    with Session(engine) as session:
        assert EMAIL.lower() not in everything(session).lower()
    engine.dispose()


def test_a_list_that_can_not_be_read_stops_a_restore(folder: Path, given: dict[str, str], engine: Engine) -> None:
    a2p("backup", str(folder / "backup.zip"), **given)
    in_a_minute(engine)
    (folder / "erased.jsonl").write_text("spoilt\n")
    told = a2p("restore", str(folder / "backup.zip"), "--replace", **given)
    assert told.exit_code == 2
    assert "erased.jsonl, line 1" in told.stderr
    with Session(engine) as session:
        assert "After the backup" in set(session.scalars(select(Region.name)))
    engine.dispose()


# Person


def test_what_is_held_is_exported_as_json(folder: Path, given: dict[str, str]) -> None:
    told = a2p("person", "export", EMAIL, **given)
    assert told.exit_code == 0
    assert json.loads(told.stdout)["contacts"][0]["name"] == "Ben Ashby"
    assert a2p("person", "export", EMAIL, "-o", str(folder / "ben.json"), **given).exit_code == 0
    kept = json.loads((folder / "ben.json").read_text())
    assert kept["invitations"] == json.loads(told.stdout)["invitations"]


def test_not_even_the_bytes_of_the_file_keep_a_name_or_an_answer(
    folder: Path, given: dict[str, str], engine: Engine
) -> None:
    with Session(engine) as session, session.begin():
        answer = session.scalars(select(AnswerRow)).first()
        assert answer is not None
        answer.comment = "Kept by nobody. " * 500  # more than a page of the file
    engine.dispose()
    assert b"Ben Ashby" in (folder / "a2p.sqlite").read_bytes()
    assert a2p("person", "erase", EMAIL, "--yes", **given).exit_code == 0
    left = (folder / "a2p.sqlite").read_bytes()
    assert b"Ben Ashby" not in left
    assert b"Kept by nobody" not in left


def test_erasing_asks_first_and_takes_no_for_an_answer(folder: Path, given: dict[str, str], engine: Engine) -> None:
    told = a2p("person", "erase", EMAIL, said="n\n", **given)
    assert told.exit_code != 0
    assert "It can't be undone" in told.stderr
    with Session(engine) as session:
        assert EMAIL in everything(session)
    told = a2p("person", "erase", EMAIL, said="y\n", **given)
    assert told.exit_code == 0, told.output
    assert "Erased: 1 contact, 2 invitations, 8 answers and 2 letters’ addresses." in told.stdout
    assert "Results computed again: 1" in told.stdout
    with Session(engine) as session:
        assert EMAIL.lower() not in everything(session).lower()
    assert len(list_in(folder).read()) == 1
    engine.dispose()


def test_the_report_of_a_result_that_was_recomputed_is_removed(
    folder: Path, given: dict[str, str], engine: Engine
) -> None:
    documents = documents_folder(folder)
    documents.mkdir()
    with Session(engine) as session, session.begin():
        result = session.scalars(select(Result).order_by(Result.id)).first()
        assert result is not None
        job = order_report(session, result, 1, documents)
        job.state, job.file = "done", "report.pdf"
    (documents / "report.pdf").write_bytes(b"%PDF")
    engine.dispose()
    assert a2p("person", "erase", EMAIL, "--yes", **given).exit_code == 0
    assert not (documents / "report.pdf").exists()


def test_letters_to_them_that_lie_as_files_are_removed(folder: Path, given: dict[str, str]) -> None:
    outbox = Folder(outbox_folder(folder))
    for number, to in enumerate((EMAIL.lower(), "ewa@example.org")):
        letter = EmailMessage()
        letter["To"], letter["Message-ID"] = f"Somebody <{to}>", f"<{number}@localhost>"
        outbox.send(letter)
    assert a2p("person", "erase", EMAIL, "--yes", **given).exit_code == 0
    assert [each.to for each in read_folder(outbox.path, 9)] == ["Somebody <ewa@example.org>"]


def test_an_address_that_nobody_has_and_the_last_administrator_are_refused(given: dict[str, str]) -> None:
    for verb in (("export",), ("erase", "--yes")):
        told = a2p("person", *verb, "nobody@example.org", **given)
        assert (told.exit_code, told.stderr) == (2, "Nothing is held about nobody@example.org.\n")
    told = a2p("person", "erase", "ada@example.org", "--yes", **given)
    assert told.exit_code == 2
    assert "the only administrator" in told.stderr


def test_a_database_that_is_not_made_yet_is_said_to_be(tmp_path: Path) -> None:
    told = a2p("person", "export", EMAIL, A2P_DATA_DIR=str(tmp_path / "new"))
    assert (told.exit_code, told.stderr) == (2, "The database is not up to date. Run: a2p migrate\n")
