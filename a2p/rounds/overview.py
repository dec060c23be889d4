"""How a round goes, at a glance: what is next, who is how far, when it ends, how answers came in. Never an answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import func, select, true
from sqlalchemy.orm import Session

from a2p.rounds.directory import Invitee, Status, Turnout, people_of, turnout
from a2p.rounds.opening import Standing, reminder_days, standing
from a2p.rounds.paper import read_in
from a2p.rounds.reopening import reopenings_of
from a2p.store.base import today
from a2p.store.round_tables import Invitation, QuestionnaireVersion, Response, Round, RoundReopening

REACHED = {
    "opened": frozenset({Status.OPENED, Status.STARTED, Status.SUBMITTED}),
    "started": frozenset({Status.STARTED, Status.SUBMITTED}),
    "submitted": frozenset({Status.SUBMITTED}),
}


class Next(StrEnum):
    """The one thing to do next in a round."""

    INVITE = "invite people"
    WAIT = "wait for the first day"
    CHASE = "wait for answers"
    ALL_IN = "close it: everybody has submitted"
    CLOSE = "close it: the last day has passed"
    READ = "read the results"


@dataclass(frozen=True, slots=True)
class Progress:
    """How many of the people still invited got at least so far."""

    invited: int
    opened: int
    started: int
    submitted: int


@dataclass(frozen=True, slots=True)
class Mix:
    """How the submitted responses came in: on the site, or on forms, by the role of who entered them; `read_in` of the
    forms were filled in as PDF and read in, the others keyed in."""

    site: int
    paper: tuple[tuple[str, int], ...]
    read_in: int = 0

    @property
    def all(self) -> int:
        """Every submitted response."""
        return self.site + self.on_paper

    @property
    def on_paper(self) -> int:
        """Those that came on forms."""
        return sum(count for _, count in self.paper)


@dataclass(frozen=True, slots=True)
class Overview:
    """A round at a glance. `days_left` counts the days after today on which answers are taken, None without a last
    day; `reminders` are those still to come; `reopenings` the newest first."""

    round: Round
    standing: Standing
    next: Next
    days_left: int | None
    reminders: tuple[date, ...]
    progress: Progress
    turnout: Turnout
    mix: Mix
    reopenings: tuple[RoundReopening, ...]


@dataclass(frozen=True, slots=True)
class SectorTurnout:
    """One sector's part in the turnout."""

    sector: str
    turnout: Turnout


def overview(session: Session, round_: Round, people: Sequence[Invitee] | None = None) -> Overview:
    """The round as it stands today; `people` if they are at hand."""
    listed = people_of(session, round_) if people is None else people
    state = standing(round_, today())
    counted = progress_of(listed)
    to_come = [day for day in reminder_days(session, round_) if day >= today() and round_.closed is None]
    return Overview(
        round_,
        state,
        _next(round_, state, counted),
        None if round_.closes is None else max(0, (round_.closes - today()).days),
        tuple(to_come),
        counted,
        turnout(listed),
        mix_of(session, round_),
        reopenings_of(session, round_),
    )


def progress_of(people: Sequence[Invitee]) -> Progress:
    """Counts over the people who are still invited; who started has also opened, and so on."""
    status = [one.status for one in people if one.status is not Status.WITHDRAWN]
    return Progress(len(status), **{name: sum(each in reached for each in status) for name, reached in REACHED.items()})


def by_sector(people: Sequence[Invitee]) -> tuple[SectorTurnout, ...]:
    """The turnout of each sector that somebody invited is of, in the sectors' alphabet."""
    sectors: dict[str, list[Invitee]] = {}
    for one in people:
        if one.invitation.organisation is not None and one.status is not Status.WITHDRAWN:
            sectors.setdefault(one.invitation.organisation.sector, []).append(one)
    return tuple(SectorTurnout(sector, turnout(sectors[sector])) for sector in sorted(sectors))


def mix_of(session: Session, round_: Round, version: QuestionnaireVersion | None = None) -> Mix:
    """How the round's submitted responses came in, to one of its questionnaires or to all."""
    asked = Response.version_id == version.id if version else true()
    rows = session.execute(
        select(Response.keyed_by, func.count().label("many"))
        .join(Invitation, Invitation.id == Response.invitation_id)
        .where(Response.round_id == round_.id, Response.submitted.is_not(None), asked, Invitation.withdrawn.is_(None))
        .group_by(Response.keyed_by)
        .order_by(Response.keyed_by)
    )
    counts = {row.keyed_by: row.many for row in rows}
    on_site = counts.pop("", 0)
    return Mix(on_site, tuple(counts.items()), read_in(session, round_, version) if counts else 0)


def _next(round_: Round, state: Standing, counted: Progress) -> Next:
    if state is Standing.CLOSED:
        return Next.READ
    if state is Standing.PAST:
        return Next.CLOSE
    if counted.invited == 0 and not round_.together:
        return Next.INVITE
    if state is Standing.PLANNED:
        return Next.WAIT
    return Next.ALL_IN if counted.invited and counted.submitted == counted.invited else Next.CHASE
