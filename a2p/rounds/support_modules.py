"""The programme manager's catalogue of support: a copy of the starter catalogue that they add to, change and retire."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from a2p.definition.catalogue import support_modules
from a2p.definition.support import Module
from a2p.region.planner import Format
from a2p.rounds.region_lock import hold_region
from a2p.store.audit import Actor, record
from a2p.store.base import now
from a2p.store.definitions import definition_of, newest_versions
from a2p.store.region_tables import SupportModule
from a2p.store.support_modules import Offered, module_of
from a2p.store.tables import Region

LONGEST_ID = 60


class ModuleRefused(Exception):
    """Nothing was changed; the text says why, to the programme manager."""


class ModuleClash(Exception):
    """Somebody else changed the module meanwhile; `offered` is as it stands now."""

    def __init__(self, offered: Offered) -> None:
        super().__init__()
        self.offered = offered


@dataclass(frozen=True, slots=True)
class Wording:
    """What a programme manager says of a module. `serves` lists sections as questionnaire/section."""

    title: str
    summary: str
    format: Format
    length: str
    serves: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ServedSections:
    """The sections of one questionnaire, titles by questionnaire/section."""

    title: str
    sections: dict[str, str]


def sections_offered(session: Session) -> tuple[ServedSections, ...]:
    """All sections that a module can serve, by questionnaire in its newest version."""
    definitions = [definition_of(version) for version in newest_versions(session)]
    return tuple(
        ServedSections(each.title, {f"{each.questionnaire}/{section.id}": section.title for section in each.sections})
        for each in definitions
    )


def add_module(session: Session, region: Region, wording: Wording, by: Actor) -> str:
    """Add a module; returns its id. ModuleRefused for a title that is taken."""
    rows = begin(session, region)
    _refuse_title(rows, wording.title, "")
    key = _free_key(wording.title, rows)
    row = SupportModule(region_id=region.id, key=key)
    _put(row, wording)
    session.add(row)
    session.flush()
    _note(session, row, "added a support module", by)
    return key


def change_module(session: Session, region: Region, key: str, wording: Wording, seen: int, by: Actor) -> None:
    """Change a module that the writer saw in the edition `seen`. ModuleClash, ModuleRefused for a title that is
    taken."""
    rows = begin(session, region)
    row = rows[key]
    if row.edition != seen:
        raise ModuleClash(_offered(row))
    _refuse_title(rows, wording.title, key)
    _put(row, wording)
    row.edition += 1
    _note(session, row, "changed a support module", by)


def retire_module(session: Session, region: Region, key: str, by: Actor) -> None:
    """Offer a module no more; what was asked for and run of it stands. A second time changes nothing."""
    row = begin(session, region)[key]
    if row.retired is None:
        row.retired, row.edition = now(), row.edition + 1
        _note(session, row, "retired a support module", by)


def bring_module_back(session: Session, region: Region, key: str, by: Actor) -> None:
    """Offer a retired module again."""
    row = begin(session, region)[key]
    if row.retired is not None:
        row.retired, row.edition = None, row.edition + 1
        _note(session, row, "brought a support module back", by)


def begin(session: Session, region: Region) -> dict[str, SupportModule]:
    """The region's own rows by module id, copied from the starter catalogue where it has none. The region is held until
    the commit, so that two who begin at once make one copy."""
    hold_region(session, region)
    found = select(SupportModule).where(SupportModule.region_id == region.id).order_by(SupportModule.id)
    rows = session.scalars(found.execution_options(populate_existing=True)).all()
    if not rows:
        rows = [_copied(region.id, module) for module in support_modules()]
        for row in rows:  # one after the other: their order is the catalogue's
            session.add(row)
            session.flush()
    return {row.key: row for row in rows}


def differences(mine: Wording, theirs: Module) -> tuple[str, ...]:
    """The names of the fields in which two wordings differ."""
    return tuple(name for name in Wording.__slots__ if getattr(mine, name) != getattr(theirs, name))


def _copied(region_id: int, module: Module) -> SupportModule:
    row = SupportModule(region_id=region_id, key=module.id)
    _put(row, Wording(module.title, module.summary, module.format, module.length, module.serves))
    return row


def _put(row: SupportModule, wording: Wording) -> None:
    row.title, row.summary = wording.title, wording.summary
    row.format, row.length = wording.format, wording.length
    row.serves = json.dumps(wording.serves)


def _offered(row: SupportModule) -> Offered:
    return Offered(module_of(row), row.edition, row.retired is not None)


def _refuse_title(rows: dict[str, SupportModule], title: str, own: str) -> None:
    if any(row.title.casefold() == title.casefold() for key, row in rows.items() if key != own):
        raise ModuleRefused("Your region has a module of this title already. Choose another")


def _free_key(title: str, rows: dict[str, SupportModule]) -> str:
    """An id made of the title's letters, that no module has."""
    words = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")
    base = re.sub(r"^[^a-z]+", "", words)[: LONGEST_ID - 4].strip("-") or "module"
    key, number = base, 2
    while key in rows:
        key, number = f"{base}-{number}", number + 1
    return key


def _note(session: Session, row: SupportModule, done: str, by: Actor) -> None:
    detail: dict[str, str | int] = {"region": row.region_id, "module": row.key}
    record(session, done, by=by, of=f"support module {row.id}", detail=detail)
