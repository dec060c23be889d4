"""A small real site for tests: two partnerships with coordinators; each has an open round and a closed one, with five
organisations. Every name, comment and answer of a partnership carries its own mark, so that a leak can be seen.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from a2p.access.policy import Role
from a2p.definition.model import Questionnaire
from a2p.rounds.answering import save_section, submit
from a2p.rounds.closing import close_round
from a2p.rounds.evidence import keep_evidence, save_facts
from a2p.rounds.inviting import Invited, Invitee, invite
from a2p.rounds.opening import RoundPlan, open_round
from a2p.scoring.answers import Answer, EvidenceNote, Sector, State
from a2p.store.definitions import publish
from a2p.store.round_tables import Invitation, QuestionnaireVersion, Result, Round
from a2p.store.tables import Grant, Installation, Partnership, Person, Region
from tests.builders import definition, question, scale_question, section

SECTORS: tuple[Sector, ...] = ("police", "health", "fire", "education", "business")
LONG_AGO = date(2020, 1, 1)
NEVER = date(2999, 12, 31)


def asked() -> Questionnaire:
    """Two sections for partners, one of them with evidence, and the coordinator's facts."""
    return definition(
        section(
            "purpose",
            scale_question("aim", evidence="The written aims."),
            scale_question("limits", not_applicable=True),
            answered_by=["partners", "coordinator"],
        ),
        section("voice", scale_question("heard"), question("story", "text")),
        section("facts", question("members", "number", min=1), answered_by=["coordinator"]),
    )


@dataclass(frozen=True)
class Place:
    """One partnership and what is in it; the rounds' invitations in the order of SECTORS."""

    mark: str
    partnership: Partnership
    coordinator: Person
    version: QuestionnaireVersion
    open: Round
    closed: Round
    result: Result
    invited: tuple[Invited, ...]
    answered: tuple[Invitation, ...]


@dataclass(frozen=True)
class Site:
    """Two partnerships of one region that know nothing of each other."""

    own: Place
    foreign: Place


def build(session: Session, *, demo: bool = False) -> Site:
    """Fill an empty, migrated database. Nothing is committed."""
    session.add(Installation(demo=demo))
    region = Region(name="East")
    session.add(region)
    session.flush()
    version = publish(session, asked())
    return Site(_place(session, region, version, "Fenland"), _place(session, region, version, "Zzcanary"))


def _place(session: Session, region: Region, version: QuestionnaireVersion, mark: str) -> Place:
    partnership = Partnership(region_id=region.id, name=f"{mark} Partnership", kind="district")
    coordinator = Person(name=f"{mark} Marsh", email=f"{mark.lower()}@example.org")
    session.add_all([partnership, coordinator])
    session.flush()
    session.add(grant(coordinator, partnership))
    open_ = open_round(session, partnership, RoundPlan(f"{mark} autumn", [version], together=False, closes=NEVER))
    closed = open_round(session, partnership, RoundPlan(f"{mark} spring", [version], together=False))
    invited = five(session, open_, mark)
    answer(session, invited[0].invitation, version, mark, submitted=False)
    answered = tuple(each.invitation for each in five(session, closed, mark))
    for invitation in answered:
        answer(session, invitation, version, mark)
    give_facts(session, closed, version, mark)
    (result,) = close_round(session, closed)
    return Place(mark, partnership, coordinator, version, open_, closed, result, invited, answered)


def grant(person: Person, partnership: Partnership, starts: date = LONG_AGO, ends: date | None = None) -> Grant:
    """The coordinator's role, for ever unless said otherwise."""
    return Grant(
        person_id=person.id, role=Role.COORDINATOR.value, partnership_id=partnership.id, starts=starts, ends=ends
    )


def five(session: Session, round_: Round, mark: str) -> tuple[Invited, ...]:
    """Somebody from each of five organisations."""
    return tuple(
        invite(session, round_, Invitee(f"{mark} {sector} person", f"{mark} {sector}", sector)) for sector in SECTORS
    )


def answer(
    session: Session, invitation: Invitation, version: QuestionnaireVersion, mark: str, *, submitted: bool = True
) -> None:
    """Answer everything, each question with a comment or text that carries the mark."""
    level = f"level-{1 + invitation.id % 4}"
    given = {each: Answer(State.GIVEN, level, f"{mark} comment") for each in ("aim", "limits", "heard")}
    given["story"] = Answer(State.GIVEN, f"{mark} story")
    save_section(session, invitation, version, given, {})
    if submitted:
        submit(session, invitation, version)


def give_facts(session: Session, round_: Round, version: QuestionnaireVersion, mark: str) -> None:
    """The coordinator's evidence on a question, and a fact."""
    keep_evidence(session, round_, version, {"aim": EvidenceNote("level-2", f"{mark} note")}, {})
    save_facts(session, round_, version, {"members": Answer(State.GIVEN, "12")}, {})
