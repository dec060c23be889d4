"""What makes a grant hold, as a condition in a statement: the same everywhere that grants are looked for."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, and_, or_

from a2p.store.tables import Grant


def stands() -> ColumnElement[bool]:
    """Grants that were confirmed and that nobody ended, whatever their days."""
    return and_(Grant.confirmed.is_not(None), Grant.ended.is_(None))


def in_force(on: date) -> ColumnElement[bool]:
    """Grants in force on a day."""
    return and_(stands(), Grant.starts <= on, or_(Grant.ends.is_(None), Grant.ends >= on))


def not_over(on: date) -> ColumnElement[bool]:
    """Grants nobody ended that hold on a day or after it, confirmed or not."""
    return and_(Grant.ended.is_(None), or_(Grant.ends.is_(None), Grant.ends >= on))
