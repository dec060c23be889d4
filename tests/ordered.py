"""Ordering a document in a test, as the site does it."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy.orm import Session

from a2p.documents.order import Order
from a2p.ordering.gathering import gather
from a2p.ordering.orders import Wanted, order_document
from a2p.scoring.disclosure import Audience
from a2p.store.round_tables import Job, Result

REPORT = Order("report")


def wanted(session: Session, result: Result, order: Order = REPORT) -> Wanted:
    """A document of a result, as its coordinator may see it."""
    return Wanted(result, order, gather(session, result, Audience.COORDINATOR))


def order_report(session: Session, result: Result, person_id: int, documents: Path, order: Order = REPORT) -> Job:
    """The job of a document for the coordinator."""
    return order_document(session, wanted(session, result, order), person_id, documents)
