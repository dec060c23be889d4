"""Bringing a list of partners in: first what it would do, then all of it or nothing.

A person is known by their e-mail address, and without one by name and organisation. An empty address in the list
takes none away, and who isn't in the list stays.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from a2p.rounds.partners import contacts_of, hold, organisations_by_name
from a2p.rounds.readdressing import readdress
from a2p.scoring.partners import ListedPerson, name_key
from a2p.store import audit
from a2p.store.audit import Actor
from a2p.store.tables import Contact, Organisation


@dataclass(frozen=True, slots=True)
class Target:
    """An organisation of the list: the entry there is (None: it is added), and its sector, new and old."""

    name: str
    sector: str
    known: Organisation | None
    old_sector: str | None


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that becomes another: what (a column of the list), and its ids or texts before and after."""

    what: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class PlannedPerson:
    """A person of the list, with who they are already (None: they are added) and what changes of them."""

    person: ListedPerson
    organisation: str
    known: Contact | None = None
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that can't be brought in: its number, the column at fault, and why."""

    row: int
    column: str
    why: str


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """All that importing a list would do. `organisations` are by `name_key`; those added or changed come first to be
    carried out. `fingerprint` is the same as long as the plan is."""

    partnership_id: int
    organisations: dict[str, Target]
    added: tuple[PlannedPerson, ...]
    changed: tuple[PlannedPerson, ...]
    unchanged: tuple[PlannedPerson, ...]
    refused: tuple[RefusedRow, ...]

    @property
    def new_organisations(self) -> list[Target]:
        """The organisations that would be added."""
        return [each for each in self.organisations.values() if each.known is None]

    @property
    def new_sectors(self) -> list[Target]:
        """The organisations that would be given another sector."""
        return [each for each in self.organisations.values() if each.old_sector not in (None, each.sector)]

    @property
    def does_nothing(self) -> bool:
        """Whether everything in the list is there already."""
        return not (self.added or self.changed or self.new_organisations or self.new_sectors)

    @property
    def fingerprint(self) -> str:
        """A hash over what would be done: another one means that the list it was planned on has changed."""
        done = [
            [[each.name, each.sector, each.old_sector] for each in self.organisations.values()],
            [[each.person.row, each.organisation] for each in self.added],
            [[each.known.id, [[c.what, c.old, c.new] for c in each.changes]] for each in self.changed if each.known],
            [each.known.id for each in self.unchanged if each.known],
            [[each.row, each.column, each.why] for each in self.refused],
        ]
        return hashlib.sha256(json.dumps(done).encode()).hexdigest()


class RowsRefused(Exception):
    """Some rows can't be brought in, so none is."""


def plan_import(session: Session, partnership_id: int, listed: Sequence[ListedPerson]) -> ImportPlan:
    """What bringing in these rows would do. Nothing is changed; the partnership's list is held as it is."""
    hold(session, partnership_id)
    known = organisations_by_name(session, partnership_id)
    refused: list[RefusedRow] = []
    organisations = _targets(listed, known, refused)
    # rows are told apart by the entry they lead to: a merged entry's old name is the kept one's
    keys = {row.row: _key(row, known) for row in listed}
    bad = {each.row for each in refused}
    rows = _without_doubles([each for each in listed if each.row not in bad], keys, refused)
    people = [row for row in rows if row.name]
    matches = _Matching(keys, contacts_of(session, partnership_id)).all(people)
    planned = [_planned(row, organisations[keys[row.row]], matches.get(row.row)) for row in people]
    return ImportPlan(
        partnership_id,
        organisations,
        added=tuple(each for each in planned if each.known is None),
        changed=tuple(each for each in planned if each.known and each.changes),
        unchanged=tuple(each for each in planned if each.known and not each.changes),
        refused=tuple(sorted(refused, key=lambda each: each.row)),
    )


def carry_out(session: Session, plan: ImportPlan, by: Actor) -> None:
    """Do all that was planned, in the transaction in which it was. RowsRefused if any row was."""
    if plan.refused:
        raise RowsRefused
    if plan.does_nothing:
        return
    places = {key: _organisation(session, plan.partnership_id, target) for key, target in plan.organisations.items()}
    for each in plan.changed:
        if each.known is not None:
            _change(session, each.known, each.changes, places, by)
    for each in plan.added:
        session.add(_contact(plan.partnership_id, each, places))
    session.flush()
    detail = {
        "added": len(plan.added),
        "changed": len(plan.changed),
        "organisations": len(plan.new_organisations) + len(plan.new_sectors),
    }
    audit.record(session, "imported partners", by=by, partnership_id=plan.partnership_id, detail=detail)


def _key(row: ListedPerson, known: Mapping[str, Organisation]) -> str:
    found = known.get(name_key(row.organisation))
    return name_key(found.name if found else row.organisation)


def _targets(
    people: Sequence[ListedPerson], known: Mapping[str, Organisation], refused: list[RefusedRow]
) -> dict[str, Target]:
    """Each organisation of the list with its sector; rows that contradict an earlier one, or give a new one none, are
    refused."""
    first: dict[str, ListedPerson] = {}
    for row in people:
        given = first.setdefault(_key(row, known), row) if row.sector else row
        if given.sector != row.sector:
            refused.append(RefusedRow(row.row, "sector", f"{row.organisation} has another sector in row {given.row}"))
    targets: dict[str, Target] = {}
    for row in people:
        key, there = _key(row, known), known.get(name_key(row.organisation))
        old = there.sector if there else None
        sector = first[key].sector if key in first else old
        if sector is None:
            refused.append(RefusedRow(row.row, "sector", f"{row.organisation} is new here and needs a sector"))
        else:
            targets.setdefault(key, Target(there.name if there else row.organisation, sector, there, old))
    return targets


def _without_doubles(
    people: Sequence[ListedPerson], keys: Mapping[int, str], refused: list[RefusedRow]
) -> list[ListedPerson]:
    """The rows without those that are the same person as an earlier one, which are refused."""
    seen: dict[tuple[str, str, str], int] = {}
    kept = []
    for row in people:
        who = (row.email, "", "") if row.email else ("", name_key(row.name), keys[row.row])
        if row.name and who in seen:
            column, what = ("email", "this address") if row.email else ("name", "this person, without an address,")
            refused.append(RefusedRow(row.row, column, f"{what} stands in row {seen[who]} too"))
            continue
        seen.setdefault(who, row.row)
        kept.append(row)
    return kept


class _Matching:
    """Who of a list is whom already, by row: the surest first, and nobody twice."""

    def __init__(self, keys: Mapping[int, str], contacts: Sequence[Contact]) -> None:
        self.keys = keys
        self.found: dict[int, Contact] = {}
        self._taken: set[int] = set()
        self._by_email = {each.email: each for each in contacts if each.email}
        self._alike: dict[tuple[str, str], list[Contact]] = {}
        for contact in sorted(contacts, key=lambda each: each.email != ""):
            key = (name_key(contact.organisation.name), name_key(contact.name))
            self._alike.setdefault(key, []).append(contact)

    def all(self, people: Sequence[ListedPerson]) -> dict[int, Contact]:
        """Match by address; then by name and organisation, first with those whose address isn't known."""
        with_address = [row for row in people if row.email]
        without = [row for row in people if not row.email]
        for row in with_address:
            self._match(row, self._by_email.get(row.email or ""))
        for row in (*without, *with_address):
            self._match(row, next((each for each in self._free(row) if not each.email), None))
        for row in without:
            self._match(row, next(iter(self._free(row)), None))
        return self.found

    def _match(self, row: ListedPerson, contact: Contact | None) -> None:
        if contact is not None and row.row not in self.found:
            self.found[row.row] = contact
            self._taken.add(contact.id)

    def _free(self, row: ListedPerson) -> list[Contact]:
        alike = self._alike.get((self.keys[row.row], name_key(row.name)), ())
        return [each for each in alike if each.id not in self._taken]


def _planned(row: ListedPerson, target: Target, known: Contact | None) -> PlannedPerson:
    if known is None:
        return PlannedPerson(row, target.name)
    compared = [
        Change("name", known.name, row.name),
        Change("email", known.email, row.email or known.email),
        Change("organisation", known.organisation.name, target.name),
        Change("councillor", known.councillor or "", _given(row.councillor, known.councillor)),
        Change("layer", known.layer or "", _given(row.layer, known.layer)),
        Change("asks", known.asks, _given(row.asks, known.asks)),
    ]
    return PlannedPerson(row, target.name, known, tuple(each for each in compared if each.old != each.new))


def _given(in_list: str | None, known: str | None) -> str:
    return (known or "") if in_list is None else in_list


def _organisation(session: Session, partnership_id: int, target: Target) -> Organisation:
    if target.known is not None:
        target.known.sector = target.sector
        return target.known
    added = Organisation(partnership_id=partnership_id, name=target.name, sector=target.sector)
    session.add(added)
    session.flush()
    return added


def _change(
    session: Session, contact: Contact, changes: Sequence[Change], places: Mapping[str, Organisation], by: Actor
) -> None:
    old_address = contact.email
    new = {change.what: change.new for change in changes}
    contact.name = new.get("name", contact.name)
    contact.email = new.get("email", contact.email)
    contact.councillor = new.get("councillor", contact.councillor) or None
    contact.layer = new.get("layer", contact.layer) or None
    contact.asks = new.get("asks", contact.asks)
    if "organisation" in new:
        contact.organisation = places[name_key(new["organisation"])]
    session.flush()
    if "email" in new:
        readdress(session, contact, old_address, by)


def _contact(partnership_id: int, planned: PlannedPerson, places: Mapping[str, Organisation]) -> Contact:
    row = planned.person
    return Contact(
        partnership_id=partnership_id,
        organisation_id=places[name_key(planned.organisation)].id,
        name=row.name,
        email=row.email or "",
        councillor=row.councillor or None,
        layer=row.layer or None,
        asks=row.asks or "",
    )
