"""Merging two entries of one organisation: it is one voice in every round that isn't closed. Closed ones stay."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session

from a2p.rounds.opening import lock
from a2p.rounds.partners import hold
from a2p.scoring.partners import name_key
from a2p.store import audit
from a2p.store.audit import Actor
from a2p.store.round_tables import Invitation, Round
from a2p.store.tables import Contact, Organisation


class CannotMerge(ValueError):
    """The two are the same entry, of different partnerships, or one of them was merged before."""


@dataclass(frozen=True, slots=True)
class MergedRound:
    """A round that isn't closed, with the people invited there for the entry that goes and for the one that stays."""

    round: Round
    moved: int
    there: int

    @property
    def joins_voices(self) -> bool:
        """Whether two voices become one here."""
        return bool(self.moved and self.there)


@dataclass(frozen=True, slots=True)
class Merging:
    """What merging `gone` into `kept` moves: people of the list, and invitations in rounds that aren't closed."""

    kept: Organisation
    gone: Organisation
    people: int
    rounds: tuple[MergedRound, ...]

    @property
    def fingerprint(self) -> str:
        """The counts in one text: another one means that there is more or less to merge than was shown."""
        return " ".join(
            map(str, (self.people, *(n for each in self.rounds for n in (each.round.id, each.moved, each.there))))
        )


def merging(session: Session, kept: Organisation, gone: Organisation) -> Merging:
    """What a merge would do; nothing is changed. CannotMerge if it can't be done."""
    if kept.id == gone.id or kept.partnership_id != gone.partnership_id:
        raise CannotMerge
    if kept.merged_into_id is not None or gone.merged_into_id is not None:
        raise CannotMerge
    people = session.scalars(_people(gone)).all()
    rounds = []
    for round_ in _rounds_not_closed(session, gone):
        moved, there = (_invited(session, round_, each) for each in (gone, kept))
        rounds.append(MergedRound(round_, moved, there))
    return Merging(kept, gone, len(people), tuple(rounds))


def merge(session: Session, kept: Organisation, gone: Organisation, by: Actor) -> Merging:
    """Merge `gone` into `kept`, which keeps its name and sector. CannotMerge if it can't be done."""
    hold(session, kept.partnership_id)
    for round_ in _rounds_not_closed(session, gone):
        lock(session, round_, alone=False)  # a round that is being closed keeps the voices it was closed with
    planned = merging(session, kept, gone)
    for each in planned.rounds:
        follow_merge(session, each.round, gone, kept)
    _move_people(session, kept, gone)
    session.execute(
        update(Organisation)
        .where(Organisation.partnership_id == kept.partnership_id, Organisation.merged_into_id == gone.id)
        .values(merged_into_id=kept.id)
    )
    gone.merged_into_id = kept.id
    audit.record(
        session,
        "merged an organisation",
        by=by,
        of=f"organisation {gone.id}",
        partnership_id=kept.partnership_id,
        detail={"into": kept.id, "people": planned.people, "invitations": sum(each.moved for each in planned.rounds)},
    )
    return planned


def follow_merges(session: Session, round_: Round) -> None:
    """Bring a round that is opened again up to the merges made while it was closed."""
    gone = session.scalars(
        select(Organisation).where(
            Organisation.partnership_id == round_.partnership_id, Organisation.merged_into_id.is_not(None)
        )
    )
    for each in gone:
        follow_merge(session, round_, each, session.get_one(Organisation, each.merged_into_id))


def follow_merge(session: Session, round_: Round, gone: Organisation, kept: Organisation) -> None:
    """Let the people invited to a round for one entry answer for the other."""
    for invitation in session.scalars(
        select(Invitation).where(Invitation.round_id == round_.id, Invitation.organisation_id == gone.id)
    ):
        invitation.organisation = kept
    session.flush()


def _move_people(session: Session, kept: Organisation, gone: Organisation) -> None:
    nameless = {name_key(each.name): each for each in session.scalars(_people(kept)) if not each.email}
    for contact in session.scalars(_people(gone)).all():
        same = None if contact.email else nameless.get(name_key(contact.name))
        if same is None:
            contact.organisation = kept
            continue
        # a person without an address is known by name and organisation: these two are one now
        session.execute(
            update(Invitation)
            .where(Invitation.partnership_id == contact.partnership_id, Invitation.contact_id == contact.id)
            .values(contact_id=same.id)
        )
        session.delete(contact)
    session.flush()


def _people(organisation: Organisation) -> Select[Contact]:
    return select(Contact).where(
        Contact.partnership_id == organisation.partnership_id, Contact.organisation_id == organisation.id
    )


def _rounds_not_closed(session: Session, invited: Organisation) -> list[Round]:
    """The rounds not closed to which somebody was invited for this entry."""
    found = session.scalars(
        select(Round)
        .where(Round.partnership_id == invited.partnership_id, Round.closed.is_(None))
        .where(Round.id.in_(select(Invitation.round_id).where(Invitation.organisation_id == invited.id)))
        .order_by(Round.opened, Round.id)
    )
    return list(found)


def _invited(session: Session, round_: Round, organisation: Organisation) -> int:
    """How many people are invited to the round for this entry, without those withdrawn."""
    invited = session.scalars(
        select(Invitation.id).where(
            Invitation.round_id == round_.id,
            Invitation.organisation_id == organisation.id,
            Invitation.withdrawn.is_(None),
        )
    )
    return len(invited.all())
