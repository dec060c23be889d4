"""The documents of a workshop's record: one for each questionnaire that it settled something of."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from a2p.documents.order import Order
from a2p.ordering.orders import order_document, want
from a2p.rounds.records import Version
from a2p.rounds.workshop import settled_of
from a2p.store.round_tables import Result, Round


def order_record(session: Session, round_: Round, *, draft: bool, person_id: int, documents: Path) -> Version | None:
    """Order the round's record in a person's name, as a draft or final. None if there is none that they may have."""
    order = Order("record", draft=draft)
    asked = [want(session, result, order, person_id) for result in _talked_about(session, round_)]
    wanted = [each for each in asked if each is not None]
    if not wanted or len(wanted) < len(asked):
        return None
    jobs = tuple(order_document(session, each, person_id, documents).id for each in wanted)
    digest = hashlib.sha256("".join(each.digest for each in wanted).encode()).hexdigest()
    return Version(draft, digest, jobs)


def _talked_about(session: Session, round_: Round) -> tuple[Result, ...]:
    """The newest results of the questionnaires of which something was settled; without any, of the first."""
    found = list(_newest(session, round_))
    settled = [result for result, talked in found if talked]
    return tuple(settled or [result for result, _ in found[:1]])


def _newest(session: Session, round_: Round) -> Iterator[tuple[Result, bool]]:
    for version in round_.versions:
        results = select(Result).where(Result.round_id == round_.id, Result.version_id == version.id, Result.shown)
        result = session.scalars(results.order_by(Result.edition.desc())).first()
        if result is not None:
            yield result, bool(settled_of(session, round_, version))
