"""Reading and saving answers, by Core statements: one row per response and question, each with its edition.

A save names the edition it saw (0: none). If somebody saved another since, nothing of that question is written and the
stored answer is handed back: a clash, which the page shows. Different questions never clash.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from a2p.scoring.answers import Answer, EvidenceNote, State
from a2p.store.base import now
from a2p.store.round_tables import AnswerRow, EvidenceRow

_answer = AnswerRow.__table__.c
_evidence = EvidenceRow.__table__.c
# Asked at every page of every respondent, so it is made once.
_ANSWERS = select(
    _answer.question, _answer.state, _answer.value, _answer.comment, _answer.edition, _answer.by, _answer.at
).where(_answer.response_id == bindparam("response"))


@dataclass(frozen=True, slots=True)
class Stored:
    """An answer as kept, with its edition (1 at the first save); and, in a round answered together, who saved it and
    when."""

    answer: Answer
    edition: int
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class StoredEvidence:
    """A piece of evidence as kept, with its edition."""

    evidence: EvidenceNote
    edition: int


def read_answers(session: Session, response_id: int) -> dict[str, Stored]:
    """The answers of one response, by question id."""
    rows = session.execute(_ANSWERS, {"response": response_id})
    return {
        row.question: Stored(Answer(State(row.state), row.value, row.comment), row.edition, row.by, row.at)
        for row in rows
    }


def read_many(session: Session, response_ids: Iterable[int]) -> dict[int, dict[str, Answer]]:
    """The answers of several responses, by response id and question id."""
    wanted = list(response_ids)
    found: dict[int, dict[str, Answer]] = {response_id: {} for response_id in wanted}
    rows = session.execute(
        select(_answer.response_id, _answer.question, _answer.state, _answer.value, _answer.comment).where(
            _answer.response_id.in_(wanted)
        )
    )
    for row in rows:
        found[row.response_id][row.question] = Answer(State(row.state), row.value, row.comment)
    return found


def save_answers(
    session: Session, response_id: int, given: Mapping[str, Answer], seen: Mapping[str, int], by: str = ""
) -> dict[str, Stored]:
    """Save `given` answers by question id, each seen at the edition in `seen` (0 if not there), perhaps `by` a name.

    Returns the clashes: what is stored where somebody else saved meanwhile. An answer equal to the stored one is no
    clash and no write.
    """
    stored = read_answers(session, response_id)
    lost = []
    signed: dict[str, object] = {"by": by, "at": now()} if by else {}
    for question, answer in sorted(given.items(), key=_question):
        kept = stored.get(question)
        if kept is not None and kept.answer == answer:
            continue
        values = {"state": answer.state.value, "value": answer.value, "comment": answer.comment, **signed}
        place = {"response_id": response_id, "question": question}
        edition = kept.edition if kept else 0
        if (kept and edition != seen.get(question, 0)) or not _write(session, AnswerRow, place, values, edition):
            lost.append(question)
    now_stored = read_answers(session, response_id) if lost else {}
    return {question: now_stored[question] for question in lost}


def _question(item: tuple[str, object]) -> str:
    """The order of writing: two savers who lock rows in one order never wait for each other in a circle."""
    return item[0]


def _write(
    session: Session,
    table: type[AnswerRow | EvidenceRow],
    place: Mapping[str, object],
    values: Mapping[str, object],
    edition: int,
) -> bool:
    """Write the row at `place` (its key) if it still stands at `edition`; False if another save came between."""
    if edition == 0:
        return _insert(session, table, {**place, **values, "edition": 1})
    changed = session.execute(
        update(table)
        .where(*(table.__table__.c[name] == value for name, value in place.items()))
        .where(table.__table__.c.edition == edition)
        .values({**values, "edition": edition + 1})
        .execution_options(synchronize_session=False)
        .returning(table.__table__.c.edition)
    )
    return changed.first() is not None


def _insert(session: Session, table: type[AnswerRow | EvidenceRow], values: Mapping[str, object]) -> bool:
    try:
        with session.begin_nested():
            session.execute(insert(table).values(**values))
    except IntegrityError:
        return False
    return True


def read_evidence(session: Session, round_id: int, version_id: int) -> dict[str, StoredEvidence]:
    """The coordinator's evidence on one questionnaire of a round, by question id."""
    rows = session.execute(
        select(_evidence.question, _evidence.level, _evidence.note, _evidence.links, _evidence.edition).where(
            _evidence.round_id == round_id, _evidence.version_id == version_id
        )
    )
    return {
        row.question: StoredEvidence(EvidenceNote(row.level, row.note, tuple(row.links.split())), row.edition)
        for row in rows
    }


def save_evidence(
    session: Session, key: tuple[int, int, int], given: Mapping[str, EvidenceNote], seen: Mapping[str, int]
) -> dict[str, StoredEvidence]:
    """Save evidence for `key` (partnership, round, version id) as save_answers does; returns the clashes."""
    partnership_id, round_id, version_id = key
    stored = read_evidence(session, round_id, version_id)
    lost = []
    for question, note in sorted(given.items(), key=_question):
        kept = stored.get(question, StoredEvidence(EvidenceNote(None), 0))
        if kept.evidence == note:
            continue
        edition = kept.edition
        place = {"partnership_id": partnership_id, "round_id": round_id, "version_id": version_id, "question": question}
        values = {"level": note.level, "note": note.note, "links": "\n".join(note.links)}
        if (edition and edition != seen.get(question, 0)) or not _write(session, EvidenceRow, place, values, edition):
            lost.append(question)
    now_stored = read_evidence(session, round_id, version_id) if lost else {}
    return {question: now_stored[question] for question in lost}
