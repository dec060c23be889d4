"""Reading and saving answers, by Core statements: one row per response and question, each with its edition.

A save names the edition it saw (0: none). If somebody saved another since, nothing of that question is written and the
stored answer is handed back: a clash, which the page shows. Different questions never clash.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from a2p.scoring.answers import Answer, EvidenceNote, State
from a2p.store.round_tables import AnswerRow, EvidenceRow

_answer = AnswerRow.__table__.c
_evidence = EvidenceRow.__table__.c


@dataclass(frozen=True, slots=True)
class Stored:
    """An answer as kept, with its edition (1 at the first save)."""

    answer: Answer
    edition: int


@dataclass(frozen=True, slots=True)
class StoredEvidence:
    """A piece of evidence as kept, with its edition."""

    evidence: EvidenceNote
    edition: int


def read_answers(session: Session, response_id: int) -> dict[str, Stored]:
    """The answers of one response, by question id."""
    rows = session.execute(
        select(_answer.question, _answer.state, _answer.value, _answer.comment, _answer.edition).where(
            _answer.response_id == response_id
        )
    )
    return {row.question: Stored(Answer(State(row.state), row.value, row.comment), row.edition) for row in rows}


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
    session: Session, response_id: int, given: Mapping[str, Answer], seen: Mapping[str, int]
) -> dict[str, Stored]:
    """Save `given` answers by question id, each seen at the edition in `seen` (0 if not there).

    Returns the clashes: what is stored where somebody else saved meanwhile. An answer equal to the stored one is no
    clash and no write.
    """
    stored = read_answers(session, response_id)
    clashes: dict[str, Stored] = {}
    for question, answer in given.items():
        kept = stored.get(question)
        if kept is not None and kept.answer == answer:
            continue
        edition = seen.get(question, 0)
        if (kept.edition if kept else 0) != edition or not _write(session, response_id, question, answer, edition):
            clashes[question] = kept or read_answers(session, response_id)[question]
    return clashes


def _write(session: Session, response_id: int, question: str, answer: Answer, edition: int) -> bool:
    """Write one answer if the row still stands at `edition`; False if another save came between (PostgreSQL)."""
    values = {"state": answer.state.value, "value": answer.value, "comment": answer.comment, "edition": edition + 1}
    if edition == 0:
        return _insert(session, AnswerRow, {"response_id": response_id, "question": question, **values})
    changed = session.execute(
        update(AnswerRow)
        .where(_answer.response_id == response_id, _answer.question == question, _answer.edition == edition)
        .values(values)
        .execution_options(synchronize_session=False)
        .returning(_answer.edition)
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
        select(_evidence.question, _evidence.level, _evidence.note, _evidence.edition).where(
            _evidence.round_id == round_id, _evidence.version_id == version_id
        )
    )
    return {row.question: StoredEvidence(EvidenceNote(row.level, row.note), row.edition) for row in rows}


def save_evidence(
    session: Session, key: tuple[int, int, int], given: Mapping[str, EvidenceNote], seen: Mapping[str, int]
) -> dict[str, StoredEvidence]:
    """Save evidence for `key` (partnership, round, version id) as save_answers does; returns the clashes."""
    partnership_id, round_id, version_id = key
    stored = read_evidence(session, round_id, version_id)
    clashes: dict[str, StoredEvidence] = {}
    for question, note in given.items():
        kept = stored.get(question, StoredEvidence(EvidenceNote(None), 0))
        if kept.evidence == note:
            continue
        if kept.edition != seen.get(question, 0):
            clashes[question] = kept
            continue
        place = {"round_id": round_id, "version_id": version_id, "question": question}
        row = session.get(EvidenceRow, tuple(place.values())) or EvidenceRow(partnership_id=partnership_id, **place)
        row.level, row.note, row.edition = note.level, note.note, kept.edition + 1
        session.add(row)
    return clashes
