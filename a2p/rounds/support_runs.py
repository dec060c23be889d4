"""Support that was run: which module, when, for whom. What followed is described, and never claimed as its effect."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from a2p.rounds.support_modules import begin
from a2p.store.audit import Actor, record
from a2p.store.base import today
from a2p.store.region_tables import SupportRun, SupportRunPlace
from a2p.store.support_modules import offered_in
from a2p.store.tables import Partnership, Region


class RunRefused(Exception):
    """Nothing was recorded; the text says why, to the programme manager."""


@dataclass(frozen=True, slots=True)
class Ran:
    """Support that was run: who took part, by name, and the sections it aimed at, as questionnaire/section."""

    run: SupportRun
    partnerships: tuple[str, ...]
    sections: tuple[str, ...]


def record_run(
    session: Session, region: Region, module: str, held: date, places: Collection[int], note: str, by: Actor
) -> SupportRun:
    """Record that a module was run on a day for these partnerships of the region. RunRefused."""
    rows = begin(session, region)
    known = set(session.scalars(select(Partnership.id).where(Partnership.region_id == region.id)))
    if module not in rows or not places or set(places) - known:
        raise RunRefused("Choose the module, and who took part, from the lists")
    if held > today():
        raise RunRefused("The day must be today or in the past: what is to come belongs in a plan")
    run = SupportRun(
        region_id=region.id, module=module, title=rows[module].title, held=held, note=note, person_id=by.person_id
    )
    session.add(run)
    session.flush()
    session.add_all(SupportRunPlace(run_id=run.id, partnership_id=id_, region_id=region.id) for id_ in sorted(places))
    session.flush()
    detail: dict[str, str | int] = {"region": region.id, "module": module, "partnerships": len(places)}
    record(session, "recorded support that was run", by=by, of=f"support run {run.id}", detail=detail)
    return run


def forget_run(session: Session, run: SupportRun, by: Actor) -> None:
    """Take back a record that was a mistake."""
    for row in session.scalars(select(SupportRunPlace).where(SupportRunPlace.run_id == run.id)).all():
        session.delete(row)
    session.flush()
    detail: dict[str, str | int] = {"region": run.region_id, "module": run.module}
    record(session, "took back a record of support", by=by, of=f"support run {run.id}", detail=detail)
    session.delete(run)
    session.flush()


def runs_of(session: Session, region_id: int, since: date = date.min, until: date = date.max) -> Sequence[Ran]:
    """What was run from one day to another, both included, the newest first. Between two snapshots it tells which
    sections support aimed at meanwhile; what became of their figures is not said to come from it."""
    found = select(SupportRun).where(
        SupportRun.region_id == region_id, SupportRun.held >= since, SupportRun.held <= until
    )
    runs = session.scalars(found.order_by(SupportRun.held.desc(), SupportRun.id.desc())).all()
    took_part: dict[int, list[str]] = {run.id: [] for run in runs}
    names = (
        select(SupportRunPlace.run_id, Partnership.name)
        .join(Partnership, Partnership.id == SupportRunPlace.partnership_id)
        .where(SupportRunPlace.run_id.in_(took_part))
        .order_by(Partnership.name)
    )
    for run_id, name in session.execute(names):
        took_part[run_id].append(name)
    serves = {each.module.id: each.module.serves for each in offered_in(session, region_id)}
    return [Ran(run, tuple(took_part[run.id]), serves.get(run.module, ())) for run in runs]
