"""All that a region's programme manager can see of one partnership, for the partnership itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from a2p.rounds.regional_snapshots import named_now
from a2p.rounds.support import NamedWish, wishes_of
from a2p.scoring.releases import Figures, To
from a2p.store.definitions import definition_of
from a2p.store.region_tables import Snapshot, SnapshotMember
from a2p.store.releases import Released, released_of, released_result
from a2p.store.round_tables import QuestionnaireVersion, Result, Round
from a2p.store.tables import Partnership


@dataclass(frozen=True, slots=True)
class ShownNow:
    """A questionnaire of a round whose figures are released: at which level they are shown by name now, 0 where not.
    With `waits` they are released further than that, and can't be shown so yet; with `gone` the results that were
    released are destroyed."""

    title: str
    level: int
    waits: bool
    gone: bool = False


@dataclass(frozen=True, slots=True)
class SeenRound:
    """A round, what of it is released to the region, and what of that is shown by name."""

    round: Round
    titles: tuple[str, ...]
    released: Released
    shown: tuple[ShownNow, ...]


@dataclass(frozen=True, slots=True)
class CountedIn:
    """A snapshot that counts results of the partnership: of which questionnaires and rounds."""

    name: str
    made: datetime
    of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """Everything, rounds and snapshots with the newest first."""

    rounds: tuple[SeenRound, ...]
    wishes: tuple[NamedWish, ...]
    snapshots: tuple[CountedIn, ...]


def seen_of(session: Session, place: Partnership) -> Seen:
    """What the region can see of a partnership at this moment."""
    rounds = session.scalars(
        select(Round)
        .where(Round.partnership_id == place.id)
        .order_by(Round.opened.desc(), Round.id.desc())
        .options(selectinload(Round.versions))
    ).all()
    released = released_of(session, rounds, To.REGION)
    named = named_now(session, place.region_id)

    def shown(round_: Round, version: QuestionnaireVersion) -> ShownNow:
        title = definition_of(version).title
        result = released_result(session, round_, version, released[round_.id])
        if result is None:
            return ShownNow(title, 0, waits=False, gone=True)
        return ShownNow(title, named.shown.get(result.id, 0), waits=result.id in named.waiting)

    return Seen(
        tuple(
            SeenRound(
                round_,
                tuple(definition_of(version).title for version in round_.versions),
                released[round_.id],
                tuple(shown(round_, version) for version in round_.versions)
                if released[round_.id].figures is not Figures.NONE
                else (),
            )
            for round_ in rounds
        ),
        wishes_of(session, place),
        _counted_in(session, place),
    )


def _counted_in(session: Session, place: Partnership) -> tuple[CountedIn, ...]:
    """The snapshots that count a result; of one that is destroyed neither questionnaire nor round is known."""
    member = SnapshotMember
    rows = session.execute(
        select(Snapshot.id, Snapshot.name, Snapshot.made, Round.name, Result.version_id)
        .join_from(member, Snapshot, Snapshot.id == member.snapshot_id)
        .join(Result, (Result.id == member.result_id) & (Result.partnership_id == place.id), isouter=True)
        .join(Round, Round.id == Result.round_id, isouter=True)
        .where(member.partnership_id == place.id, member.region_id == place.region_id)
        .order_by(Snapshot.id.desc(), member.result_id)
    )
    found: dict[int, tuple[str, datetime, list[str]]] = {}
    for number, name, made, round_name, version_id in rows:
        version = session.get(QuestionnaireVersion, version_id) if round_name else None
        of = found.setdefault(number, (name, made, []))[2]
        of.append("a result that was erased" if version is None else f"{definition_of(version).title} in {round_name}")
    return tuple(CountedIn(name, made, tuple(of)) for name, made, of in found.values())
