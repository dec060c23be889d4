"""Giving, confirming and ending grants: who may name whom, who must confirm it, and who is told.

Administrators name administrators, programme managers, chairs and coordinators; coordinators name facilitators and
comment readers of their rounds and propose further coordinators, whom the chair confirms. Nobody names or confirms
themselves. Who keeps the installation names anybody by the command line, which the audit log calls "system".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from sqlalchemy import select
from sqlalchemy.orm import Session

from a2p.access.policy import STAFF, Role
from a2p.access.sessions import end_sessions_of
from a2p.access.telling import ask_chairs, tell_of, tell_of_end
from a2p.store.audit import SYSTEM, Actor, record
from a2p.store.base import now, today
from a2p.store.grants import in_force, not_over, stands
from a2p.store.insiders import why_inside
from a2p.store.round_tables import Round
from a2p.store.tables import Grant, Partnership, Person, Region

Scope: TypeAlias = Partnership | Round | Region | None

MAY_NAME: Mapping[str, frozenset[Role]] = {
    Role.ADMINISTRATOR: frozenset({Role.ADMINISTRATOR, Role.MANAGER, Role.CHAIR, Role.COORDINATOR}),
    Role.COORDINATOR: frozenset({Role.FACILITATOR, Role.READER, Role.COORDINATOR}),
    SYSTEM.role: frozenset(STAFF),
}
_SCOPES: Mapping[Role, type[Partnership | Round | Region] | None] = {
    Role.ADMINISTRATOR: None,
    Role.MANAGER: Region,
    Role.CHAIR: Partnership,
    Role.COORDINATOR: Partnership,
    Role.FACILITATOR: Round,
    Role.READER: Round,
}
_OF_A_ROUND = (Role.FACILITATOR, Role.READER)


class GrantRefused(Exception):
    """The rules don't allow it and nothing was changed. The text says why, to whoever asked."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A grant to give: the role, what it is over (None: the installation), its first and perhaps its last day."""

    role: Role
    over: Scope = None
    starts: date | None = None
    ends: date | None = None


def give(session: Session, person: Person, wanted: Wanted, *, by: Actor) -> Grant:
    """Give a grant, from today unless it says otherwise. GrantRefused says which rule is against it.

    A coordinator's grant may still need the chair's word: then `confirmed` is None and it gives nothing yet.
    """
    if wanted.role not in MAY_NAME.get(by.role, ()):
        raise GrantRefused(f"As {by.role} you can’t name a {wanted.role}.")
    if person.id == by.person_id:
        raise GrantRefused("Nobody can give a role to themselves. Ask somebody else who may.")
    starts = wanted.starts or today()
    _check_days(wanted, starts)
    place = _place(session, wanted)
    grant = Grant(
        person_id=person.id,
        role=wanted.role.value,
        partnership_id=place.id if place else None,
        round_id=wanted.over.id if isinstance(wanted.over, Round) else None,
        region_id=wanted.over.id if isinstance(wanted.over, Region) else None,
        starts=starts,
        ends=wanted.ends,
        granted_by_id=by.person_id,
    )
    _refuse_twice(session, grant, person)
    if wanted.role is Role.READER and place is not None:
        _refuse_insider(session, place, person)
    to_confirm = place is not None and _needs_the_chair(session, wanted.role, place, by)
    session.add(grant)
    session.flush()
    if to_confirm:
        grant.confirmed = None  # only now: None in a fresh row would become the column's default
    _note(session, grant, by, "gave the role of {} to" if grant.confirmed else "proposed the {}")
    _write(session, grant)
    return grant


def confirm(session: Session, grant: Grant, *, by: Actor) -> None:
    """The chair's word that somebody coordinates. GrantRefused to themselves, to who proposed it, or once decided."""
    _still_waiting(session, grant)
    if by.role != Role.CHAIR:
        raise GrantRefused("Only the chair can confirm a coordinator.")
    if by.person_id == grant.person_id:
        raise GrantRefused("Nobody can confirm themselves.")
    if by.person_id == grant.granted_by_id:
        raise GrantRefused("You proposed this yourself: somebody else has to confirm it.")
    grant.confirmed, grant.confirmed_by_id = now(), by.person_id
    _note(session, grant, by, "confirmed the {}")
    tell_of(session, grant)


def refuse(session: Session, grant: Grant, *, by: Actor) -> None:
    """The chair's no to a proposed coordinator. GrantRefused if it was decided meanwhile."""
    _still_waiting(session, grant)
    if by.role != Role.CHAIR:
        raise GrantRefused("Only the chair can refuse a coordinator.")
    grant.ended = now()
    _note(session, grant, by, "refused the {}")


def end(session: Session, grant: Grant, *, by: Actor) -> None:
    """End a grant at once, and tell of it; with the last of their grants in force somebody's sessions end too. Ended
    twice, it stays.

    GrantRefused for the last administrator, or if whoever asks may not: a coordinator ends those of a round, and
    takes back a proposal; an administrator ends any.
    """
    session.refresh(grant, ["ended", "confirmed"], with_for_update={"of": Grant})
    if grant.ended is not None:
        return
    if not may_end(grant, by.role):
        raise GrantRefused(f"As {by.role} you can’t end the role of a {grant.role}.")
    if grant.role == Role.ADMINISTRATOR:
        _keep_an_administrator(session, grant)
    grant.ended = now()
    _note(session, grant, by, "ended the role of {} of" if grant.confirmed else "took back the proposed {}")
    if grant.confirmed is not None:
        tell_of_end(session, grant, by.person_id)
    if session.scalar(select(Grant.id).where(Grant.person_id == grant.person_id, in_force(today()))) is None:
        end_sessions_of(session, grant.person_id)


def may_end(grant: Grant, role: str) -> bool:
    """Whether this role ends such a grant."""
    if role == Role.COORDINATOR:
        return grant.role in _OF_A_ROUND or (grant.role == Role.COORDINATOR and grant.confirmed is None)
    return role == Role.ADMINISTRATOR


def _check_days(wanted: Wanted, starts: date) -> None:
    if wanted.role in _OF_A_ROUND and wanted.ends is None:
        raise GrantRefused(f"A {wanted.role}’s role needs a last day.")
    if wanted.ends is not None and wanted.ends < max(starts, today()):
        raise GrantRefused("The last day must be today or later, and not before the first day.")


def _place(session: Session, wanted: Wanted) -> Partnership | None:
    """The partnership that the grant is on, held as it is until the commit, so that two first coordinators can't be
    made at once. None if it is on none."""
    wanted_scope = _SCOPES.get(wanted.role)
    fits = wanted.over is None if wanted_scope is None else isinstance(wanted.over, wanted_scope)
    if not fits:
        raise ValueError(f"a {wanted.role} can't be over {wanted.over!r}")
    place = wanted.over.partnership if isinstance(wanted.over, Round) else wanted.over
    if not isinstance(place, Partnership):
        return None
    session.refresh(place, ["ended"], with_for_update={"of": Partnership})
    if place.ended is not None and place.ended < today():
        raise GrantRefused(f"{place.name} has ended: nobody gets a role in it any more.")
    return place


def _refuse_twice(session: Session, grant: Grant, person: Person) -> None:
    same = select(Grant.id).where(
        Grant.person_id == grant.person_id,
        Grant.role == grant.role,
        Grant.partnership_id.is_not_distinct_from(grant.partnership_id),
        Grant.round_id.is_not_distinct_from(grant.round_id),
        Grant.region_id.is_not_distinct_from(grant.region_id),
        not_over(grant.starts),
    )
    if session.scalar(same.limit(1)) is not None:
        raise GrantRefused(f"{person.name} has this role already, or is proposed for it. End that first to change it.")


def _refuse_insider(session: Session, place: Partnership, person: Person) -> None:
    reason = why_inside(session, place.id, person.email)
    if reason is not None:
        raise GrantRefused(reason)


def _needs_the_chair(session: Session, role: Role, place: Partnership, by: Actor) -> bool:
    """A coordinator's proposal always; an administrator's only where there is a coordinator and a chair to ask."""
    if role is not Role.COORDINATOR:
        return False
    if by.role not in (Role.ADMINISTRATOR, SYSTEM.role):
        return True
    on_it = select(Grant.id).where(Grant.partnership_id == place.id)
    coordinated = on_it.where(Grant.role == Role.COORDINATOR.value, stands(), not_over(today()))
    chaired = on_it.where(Grant.role == Role.CHAIR.value, in_force(today()))
    return all(session.scalar(each.limit(1)) is not None for each in (coordinated, chaired))


def _still_waiting(session: Session, grant: Grant) -> None:
    session.refresh(grant, ["ended", "confirmed"], with_for_update={"of": Grant})
    if grant.role != Role.COORDINATOR or grant.confirmed is not None or grant.ended is not None:
        raise GrantRefused("This has been decided already.")


def _keep_an_administrator(session: Session, grant: Grant) -> None:
    """GrantRefused unless another administrator stays for good. Their rows are locked: two can't end each other."""
    there = session.scalars(
        select(Grant).where(Grant.role == Role.ADMINISTRATOR.value, in_force(today())).with_for_update()
    ).all()
    if not any(each.id != grant.id and each.ends is None for each in there):
        raise GrantRefused(
            "This is the last administrator without a last day. Name another one first, or nobody could run this site."
        )


def _note(session: Session, grant: Grant, by: Actor, action: str) -> None:
    detail = {"role": grant.role, "first day": grant.starts.isoformat()}
    if grant.ends is not None:
        detail["last day"] = grant.ends.isoformat()
    record(
        session,
        action.format(grant.role),
        by=by,
        of=f"grant {grant.id}",
        partnership_id=grant.partnership_id,
        detail=detail,
    )


def _write(session: Session, grant: Grant) -> None:
    """The letters of a fresh grant; a new chair is asked about those who wait for one."""
    if grant.confirmed is None:
        ask_chairs(session, grant)
        return
    tell_of(session, grant)
    if grant.role == Role.CHAIR:
        waiting = select(Grant).where(
            Grant.partnership_id == grant.partnership_id,
            Grant.role == Role.COORDINATOR.value,
            Grant.confirmed.is_(None),
            Grant.ended.is_(None),
        )
        for each in session.scalars(waiting).all():
            ask_chairs(session, each)
