"""Neighbours: two partnerships of one region, one with a second round of the same people, to see what is left alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import RowMapping, select
from sqlalchemy.orm import Session

from a2p.rounds.inviting import Invited
from a2p.rounds.opening import RoundPlan, open_round
from a2p.store.base import Base
from a2p.store.round_tables import Invitation, Response, Result, Round
from tests import site
from tests.site import NEVER, Place


@dataclass(frozen=True)
class Street:
    """A partnership, its second open round with the people invited to it, and the partnership next door."""

    own: Place
    second: Round
    people: tuple[Invited, ...]
    next_door: Place


def street(session: Session) -> Street:
    """The small site's two partnerships in one region. Who is invited to both rounds has one address in both."""
    built = site.build(session)
    own, next_door = built.own, built.foreign
    next_door.partnership.region_id = own.region.id
    plan = RoundPlan("Fenland winter", [own.version], together=False, closes=NEVER)
    second = open_round(session, own.partnership, plan)
    people = site.five(session, second, own.mark)
    for invited in (own.invited, people, next_door.invited):
        mark = (next_door if invited is next_door.invited else own).mark.lower()
        for number, each in enumerate(invited):
            each.invitation.email = f"{number}@{mark}.example.org"
    session.flush()
    return Street(own, second, people, next_door)


def of_other_rounds(session: Session, round_: Round) -> set[str]:
    """Every row that belongs to a round but this one, directly or by an invitation, a response or a result."""
    homes: dict[str, dict[int, int]] = {
        f"{name}_id": {row.id: row.round_id for row in session.execute(select(table.id, table.round_id))}
        for name, table in (("invitation", Invitation), ("response", Response), ("result", Result))
    }
    found = set()
    for table in Base.metadata.sorted_tables:
        for row in session.execute(table.select()).mappings():
            home = _home(row, homes)
            if home is not None and home != round_.id:
                found.add(f"{table.name} {tuple(row.values())}")
    return found


def _home(row: RowMapping, homes: Mapping[str, Mapping[int, int]]) -> int | None:
    """The number of the round that a row belongs to."""
    direct: int | None = row.get("round_id")
    by_another = (rounds[row[key]] for key, rounds in homes.items() if row.get(key) is not None)
    return direct if direct is not None else next(by_another, None)
