"""A worker erases the people of rounds whose time has come: once, however many workers look, and their documents."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from a2p.jobs import Postman
from a2p.jobs.retention import erase_what_is_due
from a2p.mail import Folder, read_folder
from a2p.rounds.blanking import blank_letters
from a2p.rounds.workshops import Meeting, Named, add_workshop
from a2p.settings import outbox_folder
from a2p.store.audit import SYSTEM
from a2p.store.erasures import ERASED_A_ROUND, NAME, ErasureList
from a2p.store.letter_tables import AuditEvent, Letter
from a2p.store.outcome_tables import Attendee
from a2p.store.round_tables import Round
from tests import site
from tests.jobs.office import Office, open_office
from tests.rounds.known_person import finished_report
from tests.web.installation import settings_of

CLOSED = datetime(2026, 3, 15, 12, tzinfo=UTC)
DUE = datetime(2027, 3, 15, 0, 5, tzinfo=UTC)


def fill(engine: Engine, folder: Path) -> Path:
    with Session(engine) as session, session.begin():
        place = site.build(session).own
        place.closed.closed = CLOSED
        return finished_report(session, place, folder / "documents")


def erased(engine: Engine) -> int:
    with Session(engine) as session:
        return len(session.scalars(select(Round).where(Round.people_erased.is_not(None))).all())


def test_people_and_documents_go_when_it_is_time_and_not_a_day_before(engine: Engine, tmp_path: Path) -> None:
    report, settings = fill(engine, tmp_path), settings_of(tmp_path, str(engine.url))
    assert erase_what_is_due(engine, settings, datetime(2027, 3, 14, 23, 55, tzinfo=UTC)).rounds == ()
    assert (erased(engine), report.exists()) == (0, True)
    assert len(erase_what_is_due(engine, settings, DUE).rounds) == 1
    assert (erased(engine), report.exists()) == (1, False)
    assert erase_what_is_due(engine, settings, DUE).rounds == ()


def test_two_workers_that_look_at_once_erase_a_round_once(engine: Engine, tmp_path: Path) -> None:
    fill(engine, tmp_path)
    settings = settings_of(tmp_path, str(engine.url))
    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(lambda _: erase_what_is_due(engine, settings, DUE).rounds, range(2)))
    assert sorted(len(rounds) for rounds in done) == [0, 1]
    with Session(engine) as session:
        events = select(func.count()).select_from(AuditEvent).where(AuditEvent.action == ERASED_A_ROUND)
        assert session.scalar(events) == 1
    assert len(ErasureList(tmp_path / NAME, settings.secret_key).read()) == 1


def test_who_came_to_a_workshop_goes_when_it_is_time_though_no_round_is_due(
    sqlite_engine: Engine, tmp_path: Path
) -> None:
    settings = settings_of(tmp_path, str(sqlite_engine.url))
    with Session(sqlite_engine) as session, session.begin():
        meeting = Meeting(DUE.date().replace(year=2026), attendees=(Named("Ann Orchard"),))
        add_workshop(session, site.build(session).own.closed, meeting, SYSTEM)
    for at, left in ((DUE - timedelta(hours=1), 1), (DUE, 0)):
        erase_what_is_due(sqlite_engine, settings, at)
        with Session(sqlite_engine) as session:
            assert session.scalar(select(func.count()).select_from(Attendee)) == left


def test_the_worker_that_does_what_is_due_by_the_clock_erases_too(office: Office) -> None:
    with Session(office.engine) as session, session.begin():
        session.get_one(Round, office.built.own.closed.id).closed = CLOSED.replace(year=2020)
    office.postman.sweep()
    assert erased(office.engine) == 1


def test_letters_that_lie_as_files_go_with_their_people_and_no_others(sqlite_engine: Engine, tmp_path: Path) -> None:
    office = open_office(sqlite_engine, tmp_path)
    outbox = Folder(outbox_folder(tmp_path))
    postman = Postman(office.engine, office.settings, outbox)
    gone = office.write()
    office.write(number=2)
    postman.send_due()
    assert len(list(outbox.path.iterdir())) == 2
    with office.session() as session, session.begin():
        blank_letters(session, Letter.id == gone)
    postman.sweep()
    assert [letter.to for letter in read_folder(outbox.path, 9)] == ["fenland2@example.org"]
    # the number of a letter of another database, from before a backup was restored
    office.change(office.letters()[1].id, address="", created=CLOSED)
    postman.sweep()
    assert len(read_folder(outbox.path, 9)) == 1
