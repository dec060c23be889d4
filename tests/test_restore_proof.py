"""A restore is proven: what was acknowledged before the backup began is in it, and whoever was erased stays erased.

People save through the site's pages while it is backed up by the command, and each keeps a list of what the site told
them was saved. The restored database is read beside that list, and served.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from a2p.rounds.answering import answers_of
from a2p.scoring.frozen_file import content_hash, read_frozen
from a2p.store.audit import first_broken
from a2p.store.engine import open_engine
from a2p.store.round_tables import Invitation, Result
from a2p.web.app import create_app
from tests.command_line import a2p
from tests.database import postgres_database
from tests.postgres_programs import path_with_postgres
from tests.rounds.known_person import EMAIL, NAME, everything
from tests.web.client import CheckedClient, fields_of, one
from tests.web.installation import Installation, install, settings_of

SAVERS = (1, 2, 3)
SECRET = "k" * 40  # as the installation's


@dataclass
class Saver:
    """A respondent who saves one comment after another, numbered, and remembers which were acknowledged."""

    client: CheckedClient
    path: str
    invitation_id: int
    acknowledged: list[int] = field(default_factory=list)

    def save_until(self, stop: Event) -> None:
        fields = fields_of(one(self.client.page(self.path), "main form"))
        number = 0
        while not stop.is_set():
            number += 1
            changed = {**fields, "a-aim": [f"level-{1 + number % 4}"], "c-aim": [f"save {number}"]}
            assert self.client.post(self.path, data=changed).status_code == 302
            self.acknowledged.append(number)
            fields = fields_of(one(self.client.page(self.path), "main form"))


@pytest.fixture
def installed(tmp_path: Path, database: str) -> Iterator[Installation]:
    made = install(settings_of(tmp_path / "data", database))
    yield made
    made.close()


@pytest.fixture
def elsewhere(database: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of another place of the same make, with nothing in it."""
    if make_url(database).get_backend_name() == "sqlite":
        yield f"sqlite:///{tmp_path}/elsewhere/a2p.sqlite"
    else:
        with postgres_database(request.getfixturevalue("postgres")) as address:
            yield address


def environment(installed: Installation) -> dict[str, str]:
    return _environment(installed.settings.data_dir, installed.settings.database_url)


def _environment(data_dir: Path, url: str) -> dict[str, str]:
    return {
        "A2P_DATA_DIR": str(data_dir),
        "A2P_DATABASE_URL": url,
        "A2P_SECRET_KEY": SECRET,
        "PATH": path_with_postgres(),
    }


def savers(installed: Installation) -> list[Saver]:
    made = []
    for number in SAVERS:
        invitation = installed.site.own.invited[number].invitation
        path = f"/answer/{invitation.id}/sample/sections/purpose"
        made.append(Saver(installed.respondent(invitation), path, invitation.id))
    return made


def backed_up_meanwhile(installed: Installation, backup: Path) -> dict[int, tuple[int, int]]:
    """Back up while people save; by invitation, the last save acknowledged before it began, and the last of all."""
    people, stop = savers(installed), Event()
    with ThreadPoolExecutor(len(people)) as pool:
        running = [pool.submit(person.save_until, stop) for person in people]
        try:
            while any(len(person.acknowledged) < 2 for person in people):
                assert not any(each.done() for each in running), [each.result() for each in running if each.done()]
                stop.wait(0.05)
            before = {person.invitation_id: person.acknowledged[-1] for person in people}
            told = a2p("backup", str(backup), **environment(installed))
        finally:
            stop.set()
    assert [each.result() for each in running] == [None] * len(people)
    assert told.exit_code == 0, told.output
    return {person.invitation_id: (before[person.invitation_id], person.acknowledged[-1]) for person in people}


def saved_number(engine: Engine, invitation_id: int) -> int:
    """The number of the save that the database holds, whose level and comment are of one save."""
    with Session(engine) as session:
        invitation = session.get_one(Invitation, invitation_id)
        answer = answers_of(session, invitation, invitation.round.versions[0]).plain["aim"]
    number = int(answer.comment.removeprefix("save "))
    assert answer.value == f"level-{1 + number % 4}"
    return number


def results(engine: Engine) -> dict[int, tuple[str, str]]:
    with Session(engine) as session:
        found = session.scalars(select(Result)).all()
        return {each.id: (each.sha256, content_hash(read_frozen(each.document.encode()))) for each in found}


def test_all_that_was_acknowledged_before_a_backup_began_is_in_the_restored_site(
    installed: Installation, elsewhere: str, tmp_path: Path
) -> None:
    acknowledged = backed_up_meanwhile(installed, tmp_path / "backup.zip")
    told = a2p("restore", str(tmp_path / "backup.zip"), **_environment(tmp_path / "other", elsewhere))
    assert told.exit_code == 0, told.output
    engine = open_engine(elsewhere)
    for invitation_id, (before, last) in acknowledged.items():
        assert before <= saved_number(engine, invitation_id) <= last + 1
    kept = results(engine)
    assert kept == results(installed.engine)
    assert all(stored == computed for stored, computed in kept.values())
    with Session(engine) as session:
        assert first_broken(session) is None
    engine.dispose()


def test_a_restored_site_is_served_and_shows_the_same_results(
    installed: Installation, elsewhere: str, tmp_path: Path
) -> None:
    page = f"/rounds/{installed.site.own.closed.id}/results/sample"
    before = one(installed.coordinator(installed.site.own).page(page), "main").get_text()
    assert a2p("backup", str(tmp_path / "backup.zip"), **environment(installed)).exit_code == 0
    told = a2p("restore", str(tmp_path / "backup.zip"), **_environment(tmp_path / "other", elsewhere))
    assert told.exit_code == 0, told.output
    settings = settings_of(tmp_path / "other", elsewhere)
    there = Installation(create_app(settings), settings, installed.site, {}, open_engine(elsewhere))
    client = there.coordinator(installed.site.own)
    assert client.get("/readyz").status_code == 200
    assert one(client.page(page), "main").get_text() == before
    there.close()


def test_who_was_erased_after_a_backup_does_not_come_back_with_it(
    installed: Installation, elsewhere: str, tmp_path: Path
) -> None:
    with installed.session() as session, session.begin():
        own = installed.site.own
        for number in (own.answered[0].id, own.invited[0].invitation.id):
            invitation = session.get_one(Invitation, number)
            invitation.email, invitation.name = EMAIL, NAME
    backup = str(tmp_path / "backup.zip")
    assert a2p("backup", backup, **environment(installed)).exit_code == 0
    erased = a2p("person", "erase", EMAIL.lower(), "--yes", **environment(installed))
    assert erased.exit_code == 0, erased.output
    held = a2p("person", "export", EMAIL, **environment(installed))
    assert held.exit_code == 2
    assert held.stderr == f"Nothing is held about {EMAIL}.\n"
    list_beside_backups = tmp_path / "copied.jsonl"
    list_beside_backups.write_bytes((installed.settings.data_dir / "erased.jsonl").read_bytes())
    there = _environment(tmp_path / "other", elsewhere)
    told = a2p("restore", backup, "--erased", str(list_beside_backups), **there)
    assert told.exit_code == 0, told.output
    assert "Erased again by the list: 1 person," in told.output
    engine = open_engine(elsewhere)
    with Session(engine) as session:
        assert EMAIL.lower() not in everything(session).lower()
        assert NAME not in everything(session)
    assert results(engine) == results(installed.engine), "the successor is the same, wherever it is computed"
    engine.dispose()
    assert a2p("person", "export", EMAIL, **there).exit_code == 2
