"""All that is held about an address: account, contacts, invitations, letters, sign-in links, actions they own, releases
they were asked to confirm, workshops they came to, regions they offer days to."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from sqlalchemy import or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from a2p.scoring.partners import name_key
from a2p.store.access_tables import SignInLink
from a2p.store.erasures import Erasure, plain
from a2p.store.letter_tables import Letter
from a2p.store.outcome_tables import ActionItem, Attendee, Release
from a2p.store.region_tables import Associate
from a2p.store.round_tables import Invitation
from a2p.store.tables import Contact, Person

Theirs: TypeAlias = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Belongings:
    """Rows that are about one person."""

    person: Person | None
    contacts: Sequence[Contact]
    invitations: Sequence[Invitation]
    letters: Sequence[Letter]
    sign_in_links: Sequence[SignInLink]
    actions: Sequence[ActionItem]
    releases: Sequence[int]
    """The numbers of the releases that this person was asked to confirm."""
    attendees: Sequence[Attendee] = ()
    associates: Sequence[Associate] = ()

    def __bool__(self) -> bool:
        mailed = (self.letters, self.sign_in_links, self.actions, self.releases, self.attendees, self.associates)
        return any((self.person, self.contacts, self.invitations, *mailed))

    @property
    def names(self) -> set[str]:
        """The names that this person goes by."""
        own = {self.person.name} if self.person else set()
        invited = {each.name for each in self.contacts} | {each.name for each in self.invitations}
        return own | invited | {each.name for each in self.associates}

    @property
    def partnership_ids(self) -> set[int]:
        """The partnerships that know this person."""
        granted = {grant.partnership_id for grant in self.person.grants} if self.person else set()
        known = {each.partnership_id for each in self.contacts} | {each.partnership_id for each in self.invitations}
        return known | {each for each in granted if each is not None}


def of_address(session: Session, email: str) -> Belongings:
    """What is about this address, in whatever capitals it is written."""
    wanted = plain(email)
    return _gathered(session, lambda address: plain(address) == wanted)


def of_erasure(session: Session, erasure: Erasure, hash_of: Callable[[str], str]) -> Belongings:
    """What is about the person of a line of the erasure list: by their address, and by the rows that were theirs."""
    return _gathered(session, lambda address: hash_of(address) == erasure.address, erasure)


def _gathered(session: Session, theirs: Theirs, known: Erasure | None = None) -> Belongings:
    people = {*_ids(session, Person.id, Person.email, theirs), *([known.person] if known and known.person else [])}
    contacts = {*_ids(session, Contact.id, Contact.email, theirs), *(known.contacts if known else ())}
    invited = {*_ids(session, Invitation.id, Invitation.email, theirs), *(known.invitations if known else ())}
    found = session.scalars(select(Contact).where(Contact.id.in_(contacts)).order_by(Contact.id)).all()
    invitations = [
        *session.scalars(select(Invitation).where(Invitation.id.in_(invited)).order_by(Invitation.id)),
        *_without_an_address(session, found, invited),
    ]
    person = session.scalars(select(Person).where(Person.id.in_(people))).first()
    # a row known by its number may have had another address
    addresses = {plain(each.email) for each in found} | {plain(each.email) for each in invitations}
    addresses |= {plain(person.email)} if person else set()
    mailed = _ids(session, Letter.id, Letter.address, lambda each: theirs(each) or plain(each) in addresses)
    owned = _ids(session, ActionItem.id, ActionItem.owner_email, lambda each: theirs(each) or plain(each) in addresses)
    links = _ids(session, SignInLink.id, SignInLink.email, lambda each: theirs(each) or plain(each) in addresses)
    asked = _ids(session, Release.id, Release.confirmer_email, lambda each: theirs(each) or plain(each) in addresses)
    offers = _ids(session, Associate.id, Associate.email, lambda each: theirs(each) or plain(each) in addresses)
    to_them = or_(Letter.id.in_(mailed), Letter.invitation_id.in_([each.id for each in invitations]))
    belongings = Belongings(
        person,
        found,
        invitations,
        session.scalars(select(Letter).where(to_them).order_by(Letter.id)).all(),
        session.scalars(select(SignInLink).where(SignInLink.id.in_(links)).order_by(SignInLink.id)).all(),
        session.scalars(select(ActionItem).where(ActionItem.id.in_(owned)).order_by(ActionItem.id)).all(),
        sorted(asked),
        associates=session.scalars(select(Associate).where(Associate.id.in_(offers)).order_by(Associate.id)).all(),
    )
    came = _ids(session, Attendee.id, Attendee.email, lambda each: theirs(each) or plain(each) in addresses)
    return replace(belongings, attendees=_attendees(session, came, belongings))


def _attendees(session: Session, known: Collection[int], theirs: Belongings) -> list[Attendee]:
    """Where they came to a workshop; without an address, under one of their names in a partnership that knows them."""
    here = (Attendee.email == "") & Attendee.partnership_id.in_(theirs.partnership_ids)
    found = session.scalars(select(Attendee).where(or_(Attendee.id.in_(known), here)).order_by(Attendee.id))
    names = {name_key(name) for name in theirs.names}
    return [each for each in found if each.email or name_key(each.name) in names]


def _without_an_address(session: Session, contacts: Sequence[Contact], known: Collection[int]) -> list[Invitation]:
    """A contact's invitations that carry no address: under the same name, for an entry may pass to a successor."""
    names = {contact.id: contact.name for contact in contacts}
    linked = session.scalars(
        select(Invitation).where(Invitation.contact_id.in_(names), Invitation.email == "").order_by(Invitation.id)
    )
    return [each for each in linked if each.id not in known and names[each.contact_id or 0] == each.name]


def _ids(
    session: Session, id_: InstrumentedAttribute[int], address: InstrumentedAttribute[str], theirs: Theirs
) -> list[int]:
    """Compared here: databases differ in what they hold for small letters, and know no keyed hash."""
    return [row[0] for row in session.execute(select(id_, address).where(address != "")) if theirs(row[1])]
