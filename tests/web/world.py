"""A small real site to test pages on: one partnership, one open round, a coordinator and two respondents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from a2p import create_app
from a2p.access import sessions
from a2p.access.policy import Role
from a2p.definition.model import Questionnaire
from a2p.rounds.inviting import Invited, Invitee, invite, invite_together
from a2p.rounds.opening import RoundPlan, open_round
from a2p.settings import Settings, for_demo
from a2p.store.definitions import publish
from a2p.store.engine import open_engine
from a2p.store.migrate import upgrade
from a2p.store.round_tables import Invitation, Round
from a2p.store.tables import Grant, Installation, Partnership, Person, Region
from a2p.web.policy import PolicyFlask
from tests.builders import definition, options, question, scale_question, section
from tests.web.client import CheckedClient
from tests.web.compiled import share_templates, shared_addresses

NEVER = date(2999, 12, 31)


def every_type() -> Questionnaire:
    """A questionnaire with each question type and state, a condition on the same page and one on an earlier page."""
    voice = section(
        "voice",
        question("channel", "choice", options=options("meeting", "letter"), not_applicable=True, help="The usual one."),
        question("letters", "number", min=1, max=500, unit="letters", show_if={"channel": ["letter"]}),
        question("means", "choices", options=options("post", "phone", "visit")),
        question("last", "date", not_applicable=True),
        question("story", "text", show_if={"aim": ["level-3", "level-4"]}),
    )
    facts = section("facts", question("members", "number", min=1), answered_by=["coordinator"])
    purpose = section(
        "purpose",
        scale_question("aim", evidence="The written aims.", help="Think of the last year."),
        scale_question("limits", not_applicable=True),
        answered_by=["partners", "coordinator"],
        about="What the partnership is for.",
    )
    return definition(purpose, voice, facts, about="First.\n\n- one\n- two", subtitle="A sample", minutes=10)


@dataclass(frozen=True)
class World:
    """The site and what is in it. Links are the addresses in the letters; ids are the database's."""

    app: PolicyFlask
    link: str
    other_link: str
    together_link: str
    invitation_id: int
    round_id: int
    coordinator_id: int

    def client(self) -> CheckedClient:
        """A browser of its own, not signed in."""
        self.app.test_client_class = CheckedClient
        client = self.app.test_client()
        assert isinstance(client, CheckedClient)
        return client

    def respondent(self, link: str = "") -> CheckedClient:
        """A browser that has opened a link."""
        client = self.client()
        address = link or self.link
        client.follow(client.send(client.page(address), "Continue"))
        return client

    def coordinator(self) -> CheckedClient:
        """A browser in which the coordinator is signed in."""
        client = self.client()
        with self.session() as session:
            client.set_cookie("a2p", sessions.sign_in(session, None, self.coordinator_id), domain="localhost")
            session.commit()
        return client

    def session(self) -> Session:
        """A database session of the test's own."""
        return Session(open_engine(self.app.config["A2P"].database_url))

    def close(self) -> None:
        """Let the round's last day pass."""
        with self.session() as session, session.begin():
            for round_ in session.query(Round):
                round_.closes = date(2020, 1, 1)


@dataclass(frozen=True)
class Filled:
    """A filled database's file, and the links and ids of the World on it."""

    contents: bytes
    links: tuple[str, str, str]
    ids: tuple[int, int, int]


_FILLED: dict[str, Filled] = {}


def make_world(folder: Path, asked: Questionnaire | None = None) -> World:
    """Build the site in an empty folder. The database of each questionnaire is filled once a process, and copied."""
    settings = for_demo(folder, "localhost", 80, "s" * 40)
    file = Path(str(make_url(settings.database_url).database))
    questionnaire = asked or every_type()
    key = questionnaire.model_dump_json()
    if key not in _FILLED:
        links, ids = _fill(settings, questionnaire)
        _FILLED[key] = Filled(file.read_bytes(), links, ids)
    else:
        file.write_bytes(_FILLED[key].contents)
    with shared_addresses():
        app = create_app(settings)
    assert isinstance(app, PolicyFlask)
    share_templates(app)
    return World(app, *_FILLED[key].links, *_FILLED[key].ids)


def _fill(settings: Settings, asked: Questionnaire) -> tuple[tuple[str, str, str], tuple[int, int, int]]:
    """Migrate and fill the database; the links and the ids."""
    engine = open_engine(settings.database_url)
    upgrade(engine)
    with Session(engine) as session, session.begin():
        session.add(Installation(demo=True))
        region = Region(name="East")
        session.add(region)
        session.flush()
        place = Partnership(region_id=region.id, name="Fenland Partnership", kind="district")
        coordinator = Person(name="Carys Marsh", email="carys@example.org")
        session.add_all([place, coordinator])
        session.flush()
        session.add(
            Grant(
                person_id=coordinator.id,
                role=Role.COORDINATOR.value,
                partnership_id=place.id,
                starts=date(2020, 1, 1),
                ends=None,
            )
        )
        version = publish(session, asked)
        apart = open_round(session, place, RoundPlan("Spring", [version], together=False, closes=NEVER))
        together = open_round(session, place, RoundPlan("Together", [version], together=True, closes=NEVER))
        first = invite(session, apart, Invitee("Ben Ashby", "Fen Trust", "voluntary-community"))
        second = invite(session, apart, Invitee("Ewa Lyle", "Fen Health", "health"))
        room = invite_together(session, together)
        ids = (first.invitation.id, apart.id, coordinator.id)
        links = (_link(first), _link(second), _link(room))
    engine.dispose()
    return links, ids


def _link(invited: Invited) -> str:
    return f"/i/{invited.token}"


def stored_invitation(world: World) -> Invitation:
    """The first respondent's invitation as it stands in the database."""
    with world.session() as session:
        return session.get_one(Invitation, world.invitation_id)
