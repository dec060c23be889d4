"""Support that was run: which module, when, for whom. What followed is described, and never claimed as its effect."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from a2p.rounds.support_modules import begin
from a2p.store.audit import Actor, record
from a2p.store.base import now, today
from a2p.store.region_tables import SupportRun, SupportRunPlace
from a2p.store.support_modules import offered_in
from a2p.store.tables import Partnership, Region


class RunRefused(Exception):
    """Nothing was recorded; the text says why, to the programme manager."""


class RunClash(Exception):
    """Somebody else changed what was told meanwhile; `account` and `edition` are as it stands now."""

    def __init__(self, account: Account, edition: int) -> None:
        super().__init__()
        self.account = account
        self.edition = edition


@dataclass(frozen=True, slots=True)
class Account:
    """What is told of support that was run: the module by its id, and who took part by the partnerships' ids."""

    module: str
    held: date
    places: frozenset[int]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Ran:
    """Support that was run: who took part, by name, and the sections it aimed at, as questionnaire/section."""

    run: SupportRun
    partnerships: tuple[str, ...]
    sections: tuple[str, ...]


def record_run(session: Session, region: Region, told: Account, by: Actor) -> SupportRun:
    """Record that a module was run on a day for partnerships of the region. RunRefused."""
    titles = _titles(session, region, told)
    run = SupportRun(region_id=region.id, title=titles[told.module])
    _write(session, run, told, by, "recorded support that was run")
    return run


def change_run(session: Session, region: Region, run: SupportRun, told: Account, seen: int, by: Actor) -> bool:
    """Change what was told of a run that was seen at the edition `seen`; False if there was nothing to change. The
    title is that of the day it was told, unless it was another module.

    RunRefused, or RunClash with nothing written if it stands otherwise by now.
    """
    titles = _titles(session, region, told)
    session.refresh(run)
    stored = account_of(session, run)
    if stored == told:
        return False
    if run.edition != seen:
        raise RunClash(stored, run.edition)
    if told.module != stored.module:
        run.title = titles[told.module]
    run.edition += 1
    _write(session, run, told, by, "changed a record of support")
    return True


def account_of(session: Session, run: SupportRun) -> Account:
    """What is told of a run."""
    took_part = select(SupportRunPlace.partnership_id).where(SupportRunPlace.run_id == run.id)
    return Account(run.module, run.held, frozenset(session.scalars(took_part)), run.note)


def differences(mine: Account, theirs: Account) -> tuple[str, ...]:
    """The names of what differs between two accounts of a run."""
    return tuple(each.name for each in fields(Account) if getattr(mine, each.name) != getattr(theirs, each.name))


def _titles(session: Session, region: Region, told: Account) -> dict[str, str]:
    """What the region's modules are called, by id; RunRefused where this can't have been run. The region is held."""
    rows = begin(session, region)
    known = set(session.scalars(select(Partnership.id).where(Partnership.region_id == region.id)))
    if told.module not in rows or not told.places or told.places - known:
        raise RunRefused("Choose the module, and who took part, from the lists")
    if told.held > today():
        raise RunRefused("The day must be today or in the past: what is to come belongs in a plan")
    return {key: row.title for key, row in rows.items()}


def _write(session: Session, run: SupportRun, told: Account, by: Actor, what: str) -> None:
    run.module, run.held, run.note = told.module, told.held, told.note
    run.at, run.person_id = now(), by.person_id
    session.add(run)
    session.flush()
    session.execute(delete(SupportRunPlace).where(SupportRunPlace.run_id == run.id))
    session.add_all(
        SupportRunPlace(run_id=run.id, partnership_id=id_, region_id=run.region_id) for id_ in sorted(told.places)
    )
    session.flush()
    detail: dict[str, str | int] = {"region": run.region_id, "module": told.module, "partnerships": len(told.places)}
    record(session, what, by=by, of=f"support run {run.id}", detail=detail)


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
