"""Which of a partnership's rounds comes before which: by the day they closed, for rounds may overlap."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, or_

from a2p.store.round_tables import Round


def comes_before(round_: Round) -> ColumnElement[bool]:
    """Whether a Round of a statement closed before this one; those that are not closed come last, as they were made."""
    if round_.closed is None:
        return or_(Round.closed.is_not(None), Round.id < round_.id)
    return or_(Round.closed < round_.closed, and_(Round.closed == round_.closed, Round.id < round_.id))
