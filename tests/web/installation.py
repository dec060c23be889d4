"""A real installation, not a demo's, with two partnerships in it, and browsers of those who use it."""

from __future__ import annotations

import pickle
import re
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from flask import Flask
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from a2p.access import sessions
from a2p.access.policy import Role
from a2p.documents.order import Order
from a2p.ordering.orders import order_batch
from a2p.ordering.regional import order_regional
from a2p.region.snapshot import Scope
from a2p.region.snapshot import Snapshot as Document
from a2p.region.snapshot_file import snapshot_hash, snapshot_json
from a2p.rounds.blank_forms import FormOrder, order_blank
from a2p.rounds.copies import order_copy
from a2p.settings import Settings, documents_folder
from a2p.store.engine import open_engine
from a2p.store.region_tables import Snapshot
from a2p.store.round_tables import Invitation, Job
from a2p.store.tables import Person
from a2p.web.app import create_app
from a2p.web.database import db
from a2p.web.policy import cookie_name
from tests import site
from tests.ordered import order_report, wanted
from tests.site import Place, Site
from tests.web.client import CheckedClient
from tests.web.compiled import share_templates, shared_addresses

BASE = "http://localhost"


@dataclass
class Installation:
    """The site, what is in it, and each partnership's finished report by the partnership's mark (and,
    with " copy" behind it, the first respondent's own copy; with " form", its paper form)."""

    app: Flask
    settings: Settings
    site: Site
    jobs: dict[str, int]
    engine: Engine

    def close(self) -> None:
        """Close every connection to the database."""
        self.engine.dispose()
        with self.app.app_context():
            db.engine.dispose()

    def client(self) -> CheckedClient:
        """A browser of its own, that nobody has signed in with."""
        self.app.test_client_class = CheckedClient
        client = self.app.test_client()
        assert isinstance(client, CheckedClient)
        return client

    def respondent(self, invitation: Invitation) -> CheckedClient:
        """A browser that has opened this invitation's link."""
        with self.session() as session, session.begin():
            return self._with(sessions.bind_invitation(session, None, session.merge(invitation)))

    def coordinator(self, place: Place) -> CheckedClient:
        """A browser in which this partnership's coordinator is signed in."""
        return self.signed_in(place.coordinator)

    def signed_in(self, person: Person) -> CheckedClient:
        """A browser in which this person is signed in."""
        with self.session() as session, session.begin():
            return self._with(sessions.sign_in(session, None, person.id))

    def form_token(self, client: CheckedClient) -> str:
        """A token with which this browser may post."""
        page = client.get(f"/i/{self.site.own.invited[0].token}", base_url=self.settings.public_base_url)
        found = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', page.get_data(as_text=True))
        assert found is not None
        return found[1]

    def session(self) -> Session:
        """A database session of the test's own."""
        return Session(self.engine)

    def _with(self, token: str) -> CheckedClient:
        client = self.client()
        client.set_cookie(cookie_name(secure=self.settings.secure), token, domain="localhost")
        return client


def settings_of(folder: Path, database_url: str) -> Settings:
    """The settings of a real installation on localhost."""
    return Settings("k" * 40, BASE, ("localhost",), folder, database_url, responsible="the East office")


def install(settings: Settings) -> Installation:
    """Fill a migrated database and make the site. What fills an SQLite file is made once a process, and copied."""
    engine = open_engine(settings.database_url)
    filled = _filled(engine, demo=settings.demo)
    documents = documents_folder(settings.data_dir)
    documents.mkdir(parents=True)
    for place in (filled.site.own, filled.site.foreign):
        (documents / f"{place.mark}.pdf").write_bytes(f"%PDF of {place.mark}".encode())
        (documents / f"{place.mark}.zip").write_bytes(f"PK of {place.mark}".encode())
        (documents / f"{place.mark}-copy.pdf").write_bytes(f"%PDF of {place.mark} alone".encode())
        (documents / f"{place.mark}-form.pdf").write_bytes(b"%PDF of a paper form")
    with shared_addresses():
        app = create_app(settings)
    share_templates(app)
    return Installation(app, settings, filled.site, filled.jobs, engine)


@dataclass(frozen=True)
class Filled:
    """What is in a filled database: its rows as objects, and the ids of its finished documents' jobs."""

    site: Site
    jobs: dict[str, int]


def _filled(engine: Engine, *, demo: bool) -> Filled:
    """Fill this migrated database, by a copy if one was filled before."""
    file = engine.url.database
    if engine.dialect.name != "sqlite" or file is None:
        return _fill(engine, demo=demo)
    if demo not in _COPIES:
        filled = _fill(engine, demo=demo)
        engine.dispose()
        _COPIES[demo] = (Path(file).read_bytes(), pickle.dumps(filled))
    contents, objects = _COPIES[demo]
    Path(file).write_bytes(contents)
    copied = pickle.loads(objects)  # noqa: S301 - made above
    assert isinstance(copied, Filled)
    return copied


_COPIES: dict[bool, tuple[bytes, bytes]] = {}


def _fill(engine: Engine, *, demo: bool) -> Filled:
    with Session(engine, expire_on_commit=False) as session, session.begin():
        built = site.build(session, demo=demo)
        jobs = {}
        for place in (built.own, built.foreign):
            nowhere = Path("nowhere")
            job = order_report(session, place.result, place.coordinator.id, nowhere)
            job.state, job.file = "done", f"{place.mark}.pdf"
            jobs[place.mark] = job.id
            batch, (part,) = order_batch(session, [wanted(session, place.result)], place.coordinator.id)
            for done, file in ((batch, f"{place.mark}.zip"), (session.get_one(Job, part), f"{place.mark}.pdf")):
                done.state, done.file = "done", file
            jobs[f"{place.mark} batch"] = batch.id
            copy = order_copy(session, place.invited[0].invitation, place.version, nowhere)
            copy.state, copy.file = "done", f"{place.mark}-copy.pdf"
            jobs[f"{place.mark} copy"] = copy.id
            form = order_blank(session, place.partnership.id, place.version, place.coordinator.id, nowhere, FormOrder())
            form.state, form.file = "done", f"{place.mark}-form.pdf"
            jobs[f"{place.mark} form"] = form.id
            jobs |= _regional(session, place)
        for invited in (*built.own.invited, *built.foreign.invited):
            assert invited.invitation.round.partnership.name, "loaded, so that it can be read without a session"
    return Filled(built, jobs)


def _regional(session: Session, place: Place) -> dict[str, int]:
    """A snapshot of the partnership's region, in which nothing is counted, and a finished document of it."""
    scope = Scope(questionnaires=("sample",), since=date(2026, 1, 1), until=date(2026, 12, 31))
    document = Document(
        region=place.region.name,
        name=f"{place.mark} snapshot",
        made=date(2026, 5, 4),
        scope=scope,
        partnerships=1,
        pictures=(),
        left_out=(),
    )
    text = snapshot_json(document).decode()
    made = Snapshot(region_id=place.region.id, name=document.name, sha256=snapshot_hash(document), document=text)
    session.add(made)
    session.flush()
    manager = place.staff[Role.MANAGER].id
    job = order_regional(session, made, Order("regional-report"), manager, Path("nowhere"))
    job.state, job.file = "done", f"{place.mark}.pdf"
    return {f"{place.mark} snapshot": made.id, f"{place.mark} regional": job.id}


def over_https(settings: Settings) -> Settings:
    """The same installation behind HTTPS."""
    return replace(settings, public_base_url="https://localhost")
