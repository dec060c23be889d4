"""The site that a storm is on: two partnerships, each with a round answered apart and one answered together."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from a2p.definition.model import Questionnaire
from a2p.rounds.inviting import Invited, Invitee, invite, invite_together
from a2p.rounds.opening import RoundPlan, open_round
from a2p.store.definitions import publish
from a2p.store.engine import open_engine
from a2p.store.migrate import upgrade
from a2p.store.round_tables import QuestionnaireVersion
from a2p.store.tables import Installation, Partnership, Region
from tests.builders import definition, question, scale_question, section

# One device each for the first person, two for the second, two in the room of the round answered together.
DEVICES = (1, 2, 2)


@dataclass(frozen=True, slots=True)
class Guest:
    """An invitation, what it asks, and on how many devices it is answered at once."""

    token: str
    invitation: int
    questionnaire: str
    sections: tuple[str, ...]
    devices: int


def asked() -> Questionnaire:
    """Three short pages, so that devices meet often."""
    return definition(
        section("purpose", scale_question("aim"), scale_question("limits"), scale_question("reach")),
        section("voice", scale_question("heard"), scale_question("told"), question("story", "text")),
        section("money", scale_question("shared"), question("plans", "text")),
    )


def fill(database_url: str) -> list[Guest]:
    """Make the tables and everything in them; returns who is to answer."""
    engine = open_engine(database_url)
    upgrade(engine)
    with Session(engine) as session, session.begin():
        region = Region(name="Storms")
        session.add_all([Installation(demo=False), region])
        session.flush()
        version = publish(session, asked())
        guests = [guest for name in ("Fenland", "Marshland") for guest in _partnership(session, region, name, version)]
    engine.dispose()
    return guests


def _partnership(session: Session, region: Region, name: str, version: QuestionnaireVersion) -> list[Guest]:
    partnership = Partnership(region_id=region.id, name=f"{name} Partnership", kind="district")
    session.add(partnership)
    session.flush()
    apart = open_round(session, partnership, RoundPlan("Apart", [version], together=False))
    together = open_round(session, partnership, RoundPlan("Together", [version], together=True))
    invited = [invite(session, apart, Invitee(f"{name} {who}", f"{name} {who}", "health")) for who in ("one", "two")]
    invited.append(invite_together(session, together))
    return [_guest(each, devices) for each, devices in zip(invited, DEVICES, strict=True)]


def _guest(invited: Invited, devices: int) -> Guest:
    questionnaire = asked()
    sections = tuple(each.id for each in questionnaire.sections)
    return Guest(invited.token, invited.invitation.id, questionnaire.questionnaire, sections, devices)
