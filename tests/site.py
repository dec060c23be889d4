"""A small real site for tests: two partnerships with coordinators; each has an open round and a closed one, with five
organisations. Every name, comment and answer of a partnership carries its own mark, so that a leak can be seen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import product

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
from a2p.store.tables import Contact, Grant, Installation, Partnership, Person, Region
from tests.builders import definition, question, scale_question, section
from tests.copies import copied

SCOPED = (Role.COORDINATOR, Role.CHAIR, Role.FACILITATOR, Role.READER, Role.MANAGER)
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
    region: Region
    partnership: Partnership
    staff: Mapping[Role, Person]
    version: QuestionnaireVersion
    open: Round
    closed: Round
    result: Result
    invited: tuple[Invited, ...]
    answered: tuple[Invitation, ...]
    contact: Contact

    @property
    def coordinator(self) -> Person:
        """Who coordinates the partnership."""
        return self.staff[Role.COORDINATOR]


@dataclass(frozen=True)
class Site:
    """Two partnerships of two regions that know nothing of each other, and the installation's administrator."""

    own: Place
    foreign: Place
    administrator: Person


def build(session: Session, *, demo: bool = False) -> Site:
    """Fill an empty, migrated database, by a copy if one was filled before. Nothing is committed."""
    return copied(session, ("site", demo), lambda: _built(session, demo=demo))


def _built(session: Session, *, demo: bool) -> Site:
    session.add(Installation(demo=demo))
    version = publish(session, asked())
    administrator = somebody(session, "Ada Keys", "ada@example.org")
    session.add(Grant(person_id=administrator.id, role=Role.ADMINISTRATOR.value, starts=LONG_AGO, ends=None))
    return Site(_place(session, version, "Fenland"), _place(session, version, "Zzcanary"), administrator)


def _place(session: Session, version: QuestionnaireVersion, mark: str) -> Place:
    region = Region(name=f"{mark} region")
    session.add(region)
    session.flush()
    partnership = Partnership(region_id=region.id, name=f"{mark} Partnership", kind="district")
    session.add(partnership)
    session.flush()
    staff = {role: somebody(session, f"{mark} {role}", f"{mark}.{role}@example.org".lower()) for role in SCOPED}
    for role in (Role.COORDINATOR, Role.CHAIR):
        session.add(grant(staff[role], partnership, role=role))
    session.add(
        Grant(
            person_id=staff[Role.MANAGER].id, role=Role.MANAGER.value, region_id=region.id, starts=LONG_AGO, ends=None
        )
    )
    open_ = open_round(session, partnership, RoundPlan(f"{mark} autumn", [version], together=False, closes=NEVER))
    closed = open_round(session, partnership, RoundPlan(f"{mark} spring", [version], together=False))
    for round_, role in product((open_, closed), (Role.FACILITATOR, Role.READER)):
        session.add(
            Grant(
                person_id=staff[role].id,
                role=role.value,
                partnership_id=partnership.id,
                round_id=round_.id,
                starts=LONG_AGO,
                ends=None,
            )
        )
    invited = five(session, open_, mark)
    answer(session, invited[0].invitation, version, mark, submitted=False)
    answered = tuple(each.invitation for each in five(session, closed, mark))
    for invitation in answered:
        answer(session, invitation, version, mark)
    give_facts(session, closed, version, mark)
    (result,) = close_round(session, closed)
    contact = listed(session, invited[0].invitation, mark)
    return Place(mark, region, partnership, staff, version, open_, closed, result, invited, answered, contact)


def somebody(session: Session, name: str, email: str) -> Person:
    """A person with an account, who has no role yet."""
    person = Person(name=name, email=email.replace(" ", "-"))
    session.add(person)
    session.flush()
    return person


def grant(
    person: Person,
    partnership: Partnership,
    starts: date = LONG_AGO,
    ends: date | None = None,
    *,
    role: Role = Role.COORDINATOR,
) -> Grant:
    """A role over a partnership, the coordinator's for ever unless said otherwise."""
    return Grant(person_id=person.id, role=role.value, partnership_id=partnership.id, starts=starts, ends=ends)


def listed(session: Session, invitation: Invitation, mark: str) -> Contact:
    """Somebody on the list of partners: of the first organisation, and not invited yet."""
    contact = Contact(
        partnership_id=invitation.partnership_id,
        organisation_id=invitation.organisation_id,
        name=f"{mark} Listed",
        email=f"listed@{mark.lower()}.example.org",
    )
    session.add(contact)
    session.flush()
    return contact


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
