"""Releasing a closed round: raising takes two people, lowering one, and both are in the log.

The coordinator proposes; the chair, or a board member of another organisation, says yes or no. Whoever proposed never
confirms. Every change holds the round's row, so that two at once are one after the other.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from a2p.rounds.confirmers import Confirmer
from a2p.rounds.opening import lock
from a2p.rounds.region_lock import join_region
from a2p.scoring.releases import LEVELS, To, rank, shows_themes
from a2p.store.audit import Actor, record
from a2p.store.base import now
from a2p.store.letters import Draft, write_letter
from a2p.store.outcome_tables import Release
from a2p.store.releases import Released, is_lowering, released
from a2p.store.round_tables import Round
from a2p.store.tables import Person
from a2p.store.tokens import token_hash


class ReleaseRefused(Exception):
    """The rules don't allow it and nothing was changed. The text says why, to whoever asked."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be released, to whom, why, and for the region from level T on the partnership's own text."""

    to: To
    level: str
    reason: str
    themes: str = ""


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """A decision on a release: what became of it, who proposed or lowered it, and who said yes or no."""

    release: Release
    lowered: bool
    proposed_by: str
    decided_by: str


def propose(session: Session, round_: Round, wish: Wish, confirmer: Confirmer, by: Actor) -> Release:
    """Propose a raise; the confirmer gets a letter. ReleaseRefused says which rule is against it."""
    current = _held(session, round_, wish.to)
    if waiting(session, round_, wish.to) is not None:
        raise ReleaseRefused("A release is proposed already. Take it back before you propose another.")
    if rank(wish.to, wish.level) <= rank(wish.to, current.level) and not _renews(current, wish.level):
        raise ReleaseRefused("That is not more than is released now. To show less, lower the release.")
    if wish.to is To.REGION and wish.level == "T" and not wish.themes.strip():
        raise ReleaseRefused("Write the themes that the region will read.")
    if confirmer.person_id is not None and confirmer.person_id == by.person_id:
        raise ReleaseRefused("You can’t confirm what you propose yourself.")
    row = Release(
        partnership_id=round_.partnership_id,
        round_id=round_.id,
        audience=wish.to.value,
        level=wish.level,
        themes=wish.themes.strip() if shows_themes(wish.to, wish.level) else "",
        reason=wish.reason,
        proposed_by_id=by.person_id,
        confirmer=confirmer.name,
        confirmer_email=confirmer.email,
    )
    session.add(row)
    session.flush()
    _note(session, row, "proposed a release of", by)
    draft = Draft(
        "release", f"release/{row.id}", confirmer.email, round_.partnership_id, options={"release_id": row.id}
    )
    write_letter(session, draft)
    return row


def confirm(session: Session, row: Release, by: Actor) -> None:
    """The second person's yes. ReleaseRefused to who proposed it, once decided, and where the round is open again."""
    round_ = _still_waiting(session, row)
    if by.person_id is not None and by.person_id == row.proposed_by_id:
        raise ReleaseRefused("You proposed this yourself: somebody else has to confirm it.")
    if round_.closed is None:
        raise ReleaseRefused("The round is open again, so there is nothing to release.")
    _decide(session, row, "confirmed", by)
    _note(session, row, "confirmed a release of", by)


def refuse(session: Session, row: Release, by: Actor) -> None:
    """The second person's no. ReleaseRefused once decided."""
    _still_waiting(session, row)
    _decide(session, row, "refused", by)
    _note(session, row, "refused a release of", by)


def take_back(session: Session, row: Release, by: Actor) -> None:
    """Take a proposal back: its link opens nothing any more. ReleaseRefused once decided."""
    _still_waiting(session, row)
    _decide(session, row, "taken-back", by)
    _note(session, row, "took back a proposed release of", by)


def take_back_all(session: Session, round_: Round, by: Actor) -> None:
    """Take back what waits for somebody's word, when the round is opened again. The caller holds the round."""
    for to in To:
        _take_back_waiting(session, round_, to, by)


def _take_back_waiting(session: Session, round_: Round, to: To, by: Actor) -> None:
    row = waiting(session, round_, to)
    if row is not None:
        _decide(session, row, "taken-back", by)
        _note(session, row, "took back a proposed release of", by)


def lower(session: Session, round_: Round, wish: Wish, by: Actor) -> Release:
    """Show less, at once; what waits for somebody's word is taken back. The themes stay as they are. ReleaseRefused if
    it is not less."""
    current = _held(session, round_, wish.to, closed=False)
    if rank(wish.to, wish.level) >= rank(wish.to, current.level):
        raise ReleaseRefused("That is not less than is released now.")
    if wish.to is To.REGION and wish.level == "T" and not current.themes:
        raise ReleaseRefused("No themes were written, so there is nothing to show at this level.")
    _take_back_waiting(session, round_, wish.to, by)
    if wish.to is To.REGION:
        join_region(session, round_.partnership_id)
    at = now()
    row = Release(
        partnership_id=round_.partnership_id,
        round_id=round_.id,
        audience=wish.to.value,
        level=wish.level,
        themes=current.themes if shows_themes(wish.to, wish.level) else "",
        reason=wish.reason,
        state="confirmed",
        proposed=at,
        decided=at,
        proposed_by_id=by.person_id,
        decided_by_id=by.person_id,
    )
    session.add(row)
    session.flush()
    _note(session, row, "lowered a release of", by)
    return row


def waiting(session: Session, round_: Round, to: To) -> Release | None:
    """The proposal for an audience that waits for somebody's word."""
    found = select(Release).where(
        Release.partnership_id == round_.partnership_id,
        Release.round_id == round_.id,
        Release.audience == to,
        Release.state == "proposed",
    )
    return session.scalars(found.order_by(Release.id.desc()).limit(1)).first()


def by_token(session: Session, token: str) -> Release | None:
    """The proposal that a mailed link is for, while it waits."""
    found = select(Release).where(Release.token_hash == token_hash(token), Release.state == "proposed")
    return session.scalar(found)


def may_be_raised_to(current: Released) -> tuple[str, ...]:
    """The levels that can be proposed: those above, and where the round was opened again the present one anew."""
    return tuple(
        level
        for level in LEVELS[current.to]
        if rank(current.to, level) > rank(current.to, current.level) or _renews(current, level)
    )


def may_be_lowered_to(current: Released) -> tuple[str, ...]:
    """The levels that a release can be lowered to, the lowest first."""
    below = LEVELS[current.to][: rank(current.to, current.level)]
    return tuple(level for level in below if not (current.to is To.REGION and level == "T" and not current.themes))


def history(session: Session, round_: Round) -> tuple[HistoryLine, ...]:
    """Every decision on this round, the newest first."""
    found = select(Release).where(Release.partnership_id == round_.partnership_id, Release.round_id == round_.id)
    rows = session.scalars(found.order_by(Release.id.desc())).all()
    people = {row.proposed_by_id for row in rows} | {row.decided_by_id for row in rows}
    asked = select(Person.id, Person.name).where(Person.id.in_([each for each in people if each is not None]))
    names: dict[int | None, str] = {person.id: person.name for person in session.execute(asked)}
    return tuple(
        HistoryLine(row, is_lowering(row), names.get(row.proposed_by_id, ""), _decided_by(row, names)) for row in rows
    )


def _decided_by(row: Release, names: dict[int | None, str]) -> str:
    if row.decided is None or row.state == "taken-back":
        return ""
    return names.get(row.decided_by_id, "") or row.confirmer


def _held(session: Session, round_: Round, to: To, *, closed: bool = True) -> Released:
    """Hold the round, and say what is released of it. ReleaseRefused if it has to be closed and is not."""
    lock(session, round_, alone=True)
    if closed and round_.closed is None:
        raise ReleaseRefused("Only a closed round can be released.")
    return released(session, round_, to)


def _still_waiting(session: Session, row: Release) -> Round:
    round_ = session.get_one(Round, row.round_id)
    lock(session, round_, alone=True)
    session.refresh(row)
    if row.state != "proposed":
        raise ReleaseRefused("This was decided or taken back meanwhile.")
    return round_


def _renews(current: Released, level: str) -> bool:
    return current.earlier and level == current.level


def _decide(session: Session, row: Release, state: str, by: Actor) -> None:
    if row.audience == To.REGION:
        join_region(session, row.partnership_id)
    row.state, row.decided, row.decided_by_id, row.token_hash = state, now(), by.person_id, None
    session.flush()


def _note(session: Session, row: Release, done: str, by: Actor) -> None:
    detail = {"to": row.audience, "level": row.level}
    record(session, done, by=by, of=f"round {row.round_id}", partnership_id=row.partnership_id, detail=detail)
