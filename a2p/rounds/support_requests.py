"""What a programme manager answers to a request for support: how it stands, in words; its coordinators get a letter."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from a2p.rounds.letters import coordinators_of
from a2p.store.audit import Actor, record
from a2p.store.letters import Draft, write_letter
from a2p.store.outcome_tables import SupportWish
from a2p.store.region_tables import SupportReply

STATES: Mapping[str, str] = {
    "seen": "Seen, not decided yet",
    "planned": "Planned",
    "done": "Done",
    "declined": "Not possible this time",
}


class RequestOver(Exception):
    """The request was withdrawn meanwhile: nobody waits for an answer."""


def reply(session: Session, wish: SupportWish, state: str, text: str, by: Actor) -> SupportReply:
    """Answer a request; the partnership's coordinators are told by a letter. The same answer as the newest is that one,
    and brings no letter. RequestOver."""
    session.refresh(wish, with_for_update=True)
    if wish.withdrawn is not None:
        raise RequestOver
    newest = replies_to(session, [wish.id]).get(wish.id)
    if newest is not None and (newest.state, newest.text) == (state, text):
        return newest
    row = SupportReply(
        partnership_id=wish.partnership_id, wish_id=wish.id, state=state, text=text, person_id=by.person_id
    )
    session.add(row)
    session.flush()
    for person in coordinators_of(session, wish.partnership_id):
        options: dict[str, str | int] = {"reply_id": row.id, "person_id": person.id}
        key = f"support-reply/{row.id}/{person.id}"
        write_letter(session, Draft("support-reply", key, person.email, wish.partnership_id, options=options))
    detail = {"about": wish.about, "state": state}
    record(
        session,
        "answered a request for support",
        by=by,
        of=f"wish {wish.id}",
        partnership_id=wish.partnership_id,
        detail=detail,
    )
    return row


def replies_to(session: Session, wishes: Collection[int]) -> Mapping[int, SupportReply]:
    """The newest answer to each of these requests that has one, by the request's number."""
    found = select(SupportReply).where(SupportReply.wish_id.in_(wishes)).order_by(SupportReply.id)
    return {row.wish_id: row for row in session.scalars(found)}
