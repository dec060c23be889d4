"""What partnerships ask help on, offer help on and request of the region's support, by name, whatever they release.

Whether an offer's section scores high enough is looked at when helpers are matched, not here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from a2p.definition.model import Questionnaire
from a2p.rounds.opening import versions_for
from a2p.store.audit import Actor, record
from a2p.store.base import now
from a2p.store.definitions import definition_of, newest_versions
from a2p.store.outcome_tables import SupportWish
from a2p.store.support_modules import modules_of, offered_in
from a2p.store.tables import Partnership


class WishRefused(Exception):
    """Nothing was changed; the text says why, to the coordinator."""


@dataclass(frozen=True, slots=True)
class NamedWish:
    """A wish with what it is about in words, and whose it is."""

    wish: SupportWish
    partnership: Partnership
    about: str


def choices(session: Session, place: Partnership, kind: str) -> dict[str, str]:
    """What a wish of this kind can be about, by key: sections of questionnaires for such a partnership, or modules."""
    if kind == "request":
        return {module.id: module.title for module in modules_of(session, place.region_id)}
    definitions = [definition_of(version) for version in versions_for(session, place)]
    return {key: title for definition in definitions for key, title in _sections(definition).items()}


def make_wish(session: Session, place: Partnership, kind: str, about: str, note: str, by: Actor) -> SupportWish:
    """Ask, offer or request. WishRefused for what is not on offer, and for a wish that stands already."""
    session.refresh(place, with_for_update={"of": Partnership})
    if about not in choices(session, place, kind):
        raise WishRefused("Choose one from the list")
    standing = select(SupportWish.id).where(
        SupportWish.partnership_id == place.id,
        SupportWish.kind == kind,
        SupportWish.about == about,
        SupportWish.withdrawn.is_(None),
    )
    if session.scalar(standing) is not None:
        raise WishRefused("This is on your list already. To change the note, withdraw it first")
    wish = SupportWish(partnership_id=place.id, kind=kind, about=about, note=note, person_id=by.person_id)
    session.add(wish)
    session.flush()
    _note(session, wish, "made a wish for support", by)
    return wish


def withdraw_wish(session: Session, wish: SupportWish, by: Actor) -> None:
    """End a wish; a second time changes nothing."""
    session.refresh(wish, with_for_update=True)
    if wish.withdrawn is None:
        wish.withdrawn = now()
        _note(session, wish, "withdrew a wish for support", by)


def wishes_of(session: Session, place: Partnership) -> tuple[NamedWish, ...]:
    """A partnership's wishes that stand, the newest first."""
    found = select(SupportWish).where(SupportWish.partnership_id == place.id, SupportWish.withdrawn.is_(None))
    words = words_of(session, place.region_id)
    rows = session.scalars(found.order_by(SupportWish.id.desc()))
    return tuple(NamedWish(wish, place, words.get(wish.about, wish.about)) for wish in rows)


def wishes_in(session: Session, region_id: int) -> tuple[NamedWish, ...]:
    """The wishes that stand in a region, by the partnerships' names."""
    found = (
        select(SupportWish, Partnership)
        .join(Partnership, Partnership.id == SupportWish.partnership_id)
        .where(Partnership.region_id == region_id, SupportWish.withdrawn.is_(None))
        .order_by(Partnership.name, SupportWish.id)
    )
    words = words_of(session, region_id)
    return tuple(NamedWish(wish, place, words.get(wish.about, wish.about)) for wish, place in session.execute(found))


def words_of(session: Session, region_id: int) -> Mapping[str, str]:
    """What wishes can be about, in words; retired modules too."""
    words = {each.module.id: each.module.title for each in offered_in(session, region_id)}
    for version in newest_versions(session):
        words |= _sections(definition_of(version))
    return words


def _sections(definition: Questionnaire) -> dict[str, str]:
    asked = [section for section in definition.sections if not section.is_facts]
    return {f"{definition.questionnaire}/{section.id}": f"{definition.title}: {section.title}" for section in asked}


def _note(session: Session, wish: SupportWish, done: str, by: Actor) -> None:
    detail = {"kind": wish.kind, "about": wish.about}
    record(session, done, by=by, of=f"wish {wish.id}", partnership_id=wish.partnership_id, detail=detail)
