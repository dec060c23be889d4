"""Choosing whom to invite from the list of partners: who is invited already, who was last time, what each is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from a2p.rounds.inviting import invited_contacts
from a2p.rounds.opening import versions_for
from a2p.rounds.partners import Body, bodies_of, contacts_of, hold
from a2p.scoring.partners import name_key
from a2p.store import audit
from a2p.store.audit import Actor
from a2p.store.definitions import definition_of
from a2p.store.round_tables import Invitation, QuestionnaireVersion, Round
from a2p.store.tables import Contact, Organisation, Partnership


@dataclass(frozen=True, slots=True)
class Candidates:
    """The partnership's organisations that have people, and which of these are invited to the round."""

    bodies: tuple[Body, ...]
    invited: frozenset[int]

    @property
    def people(self) -> list[Contact]:
        """Everybody who can be invited still."""
        return [each for body in self.bodies for each in body.people if each.id not in self.invited]


def candidates(session: Session, round_: Round) -> Candidates:
    """Whom the round's coordinator can choose from."""
    bodies = tuple(body for body in bodies_of(session, round_.partnership_id) if body.people)
    return Candidates(bodies, invited_contacts(session, round_, [each for body in bodies for each in body.people]))


def suggested(versions: Sequence[QuestionnaireVersion], *, councillor: bool) -> list[QuestionnaireVersion]:
    """The questionnaires that have something to ask of a councillor, or of anybody else."""
    return [
        version
        for version in versions
        if any(section.is_put_to(councillor=councillor) for section in definition_of(version).sections)
    ]


def titles_for(session: Session, place: Partnership) -> dict[str, str]:
    """What the questionnaires that such a partnership can be asked are called, by id."""
    return {version.questionnaire: definition_of(version).title for version in versions_for(session, place)}


def last_round(session: Session, round_: Round) -> Round | None:
    """The newest other round of the partnership that was answered apart, before this one opened."""
    return session.scalar(
        select(Round)
        .where(Round.partnership_id == round_.partnership_id, Round.id != round_.id, Round.together.is_(False))
        .where(Round.opened <= round_.opened)
        .where(Round.id.in_(select(Invitation.round_id).where(Invitation.partnership_id == round_.partnership_id)))
        .order_by(Round.opened.desc(), Round.id.desc())
        .limit(1)
    )


def people_of_last(session: Session, last: Round, by: Actor) -> frozenset[int]:
    """The numbers of the people invited to a round, on the list; those who aren't on it are added, with what was known
    of them then."""
    hold(session, last.partnership_id)
    known = contacts_of(session, last.partnership_id)
    by_id = {each.id: each for each in known}
    by_email = {each.email: each for each in known if each.email}
    by_name = {(each.organisation_id, name_key(each.name)): each for each in known}
    found: set[int] = set()
    added = 0
    for invitation in _invited(session, last):
        place = _kept(session, invitation)
        name = (place.id, name_key(invitation.name))
        contact = by_id.get(invitation.contact_id or 0) or by_email.get(invitation.email) or by_name.get(name)
        if contact is None:
            contact = by_name[name] = _entered(session, invitation, place)
            if contact.email:
                by_email[contact.email] = contact
            added += 1
        found.add(contact.id)
    if added:
        of, detail = f"round {last.id}", {"people": added}
        audit.record(
            session, "listed a round's people", by=by, of=of, partnership_id=last.partnership_id, detail=detail
        )
    return frozenset(found)


def _invited(session: Session, last: Round) -> Sequence[Invitation]:
    return session.scalars(
        select(Invitation)
        .where(Invitation.round_id == last.id, Invitation.organisation_id.is_not(None))
        .where(Invitation.withdrawn.is_(None), Invitation.passed_to_id.is_(None))
        .options(selectinload(Invitation.organisation))
        .order_by(Invitation.id)
    ).all()


def _kept(session: Session, invitation: Invitation) -> Organisation:
    """The organisation of an invitation, or the one it was merged into since."""
    found = session.get_one(Organisation, invitation.organisation_id)
    return found if found.merged_into_id is None else session.get_one(Organisation, found.merged_into_id)


def _entered(session: Session, invitation: Invitation, place: Organisation) -> Contact:
    contact = Contact(
        partnership_id=invitation.partnership_id,
        organisation_id=place.id,
        name=invitation.name,
        email=invitation.email,
        councillor=invitation.councillor,
        layer=invitation.layer,
    )
    session.add(contact)
    session.flush()
    return contact
