"""Reminders to the owners of actions, by e-mail: two weeks before the day, on it, and two weeks after.

Nothing is sent here: a letter's row is written in the caller's transaction, and workers send it, each once.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from a2p.rounds.actions import OPEN
from a2p.store.base import LONDON
from a2p.store.letters import Draft, write_letter
from a2p.store.outcome_tables import ActionItem

REMINDED_AT = time(9, 0)
DAYS_AFTER = (-14, 0, 14)
"""Days after an action's day on which its owner is written to."""


def remind_owners(session: Session, at: datetime) -> int:
    """Write the day's reminders, from nine in the morning on. Returns how many were written.

    An action whose day was moved is reminded of by its new day.
    """
    local = at.astimezone(LONDON)
    if local.time() < REMINDED_AT:
        return 0
    days = [local.date() - timedelta(days=after) for after in DAYS_AFTER]
    due = select(ActionItem).where(ActionItem.status.in_(OPEN), ActionItem.owner_email != "", ActionItem.due.in_(days))
    drafts = [_draft(action, local) for action in session.scalars(due.order_by(ActionItem.id))]
    return sum(write_letter(session, draft) is not None for draft in drafts)


def _draft(action: ActionItem, local: datetime) -> Draft:
    key = f"action/{action.id}/{action.due}/{local.date()}"
    return Draft("action", key, action.owner_email, action.partnership_id, options={"action_id": action.id})
