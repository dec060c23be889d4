"""Compares what respondents were told with what the database holds. It shares no code with the site, nor with the
storm: it knows the tables by name, and the ledgers by what stands in `ledger.py`.

A save says which edition of an answer it saw and makes the next one. So of all that was sent, what the database holds
can be told:
    lost        an answer that was acknowledged is neither there nor followed by another that was sent after it was seen
    older won   two different answers were acknowledged as the same edition, or what is there was sent before what was
                acknowledged last
    doubled     a response or answer stands twice, or an answer was saved more often than anybody sent it
    torn        of one attempt some answers were saved and others were not
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeAlias

import psycopg

# Rows and lines come as they were written; what is made of them has types.
Row: TypeAlias = tuple[Any, ...]
Line: TypeAlias = dict[str, Any]
Key: TypeAlias = tuple[int, str, str]
Content: TypeAlias = tuple[str, str, str]

ANSWERS = """
    SELECT r.invitation_id, v.questionnaire, a.question, a.state, a.value, a.comment, a.edition
    FROM answer a JOIN response r ON r.id = a.response_id JOIN questionnaire_version v ON v.id = r.version_id
"""
SUBMITTED = """
    SELECT r.invitation_id, v.questionnaire, r.submitted
    FROM response r JOIN questionnaire_version v ON v.id = r.version_id
"""
DOUBLED = (
    "SELECT invitation_id, version_id, count(*) FROM response GROUP BY invitation_id, version_id HAVING count(*) > 1",
    "SELECT response_id, question, count(*) FROM answer GROUP BY response_id, question HAVING count(*) > 1",
)
UNSOUND = (
    "SELECT 'answer of no response', a.response_id FROM answer a LEFT JOIN response r ON r.id = a.response_id"
    " WHERE r.id IS NULL",
    "SELECT 'response of no invitation', r.id FROM response r LEFT JOIN invitation i ON i.id = r.invitation_id"
    " AND i.round_id = r.round_id AND i.partnership_id = r.partnership_id WHERE i.id IS NULL",
)


@dataclass(frozen=True, slots=True)
class Sent:
    """One answer of one attempt, with the moments of its first and last sending."""

    attempt: str
    content: Content
    makes: int
    first: float
    last: float
    acknowledged: bool


@dataclass(frozen=True, slots=True)
class Stored:
    """An answer in the database."""

    content: Content
    edition: int


@dataclass(frozen=True, slots=True)
class Rows:
    """What was read from the database, and what is wrong with the database itself."""

    answers: list[Row]
    submitted: list[Row]
    doubled: list[Row]
    unsound: list[str]


@dataclass
class Verdict:
    """What was found, a line each, and how much there was to look at."""

    saves: int = 0
    answers: int = 0
    submits: int = 0
    broken: int = 0
    refused: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    older_won: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    torn: list[str] = field(default_factory=list)
    submits_lost: list[str] = field(default_factory=list)
    unsound: list[str] = field(default_factory=list)

    @property
    def faults(self) -> list[str]:
        """Everything that must not be."""
        named = ("refused", "lost", "older_won", "doubled", "torn", "submits_lost", "unsound")
        return [f"{name.replace('_', ' ')}: {line}" for name in named for line in getattr(self, name)]


def check(database: str, ledgers: Iterable[Path]) -> Verdict:
    """Compare the ledgers with the database: the path of an SQLite file, or a postgresql:// address."""
    lines = [json.loads(line) for path in ledgers for line in path.read_text().splitlines()]
    rows = _read(database)
    verdict = Verdict(unsound=rows.unsound, doubled=[f"{row}" for row in rows.doubled])
    attempts = _attempts(lines)
    by_key: dict[Key, list[Sent]] = defaultdict(list)
    for sent in attempts.values():
        for key, each in sent.items():
            by_key[key].append(each)
    stored = {
        (invitation, questionnaire, question): Stored((state, value, comment), edition)
        for invitation, questionnaire, question, state, value, comment, edition in rows.answers
    }
    for key in by_key.keys() | stored.keys():
        _compare(verdict, key, by_key.get(key, []), stored.get(key))
    verdict.torn += [name for name, sent in attempts.items() if _is_torn(sent, stored)]
    _compare_submits(verdict, lines, rows.submitted)
    _count(verdict, lines, by_key)
    return verdict


def _attempts(lines: Sequence[Line]) -> dict[str, dict[Key, Sent]]:
    """Each attempt's answers, by the attempt's id."""
    moments: dict[str, list[float]] = defaultdict(list)
    told: dict[str, list[str]] = {}
    for line in lines:
        if line["what"] == "try":
            moments[line["id"]].append(line["at"])
        elif line["what"] == "ack":
            told[line["id"]] = line.get("except", [])
    found: dict[str, dict[Key, Sent]] = {}
    for line in lines:
        if line["what"] == "try":
            name, whose = line["id"], (line["invitation"], line["questionnaire"])
            found[name] = {
                (*whose, question): Sent(
                    name,
                    (answer["state"], answer["value"], answer["comment"]),
                    answer["seen"] + 1,
                    min(moments[name]),
                    max(moments[name]),
                    name in told and question not in told[name],
                )
                for question, answer in line["answers"].items()
            }
    return found


def _compare(verdict: Verdict, key: Key, sent: Sequence[Sent], stored: Stored | None) -> None:
    """One question of one response."""
    acknowledged = [each for each in sent if each.acknowledged]
    edition = stored.edition if stored else 0
    verdict.lost += [f"{key} {each}, there is {stored}" for each in acknowledged if each.makes > edition]
    for makes in {each.makes for each in acknowledged}:
        rivals = {each.content for each in acknowledged if each.makes == makes}
        if len(rivals) > 1:
            verdict.older_won.append(f"{key} edition {makes} was acknowledged as {sorted(rivals)}")
    if stored is None:
        return
    made_by = [each for each in sent if each.makes == edition and each.content == stored.content]
    if not made_by:
        verdict.older_won.append(f"{key} {stored} was not sent by anybody who saw the one before")
    told_of_this = [each for each in acknowledged if each.makes == edition]
    if not any(each.content == stored.content for each in told_of_this):
        verdict.lost += [f"{key} {each}, there is {stored}" for each in told_of_this]
    newest = max((each.first for each in acknowledged), default=0.0)
    if made_by and max(each.last for each in made_by) < newest:
        verdict.older_won.append(f"{key} {stored} was sent before what was acknowledged last")
    unexplained = set(range(1, edition + 1)) - {each.makes for each in sent}
    if unexplained:
        verdict.doubled.append(f"{key} {stored}: nobody sent the editions {sorted(unexplained)}")


def _is_torn(sent: dict[Key, Sent], stored: dict[Key, Stored]) -> bool:
    """Whether some of an attempt's answers are surely saved and others surely not, though none stood in their way."""
    there = {key: stored.get(key, Stored(("", "", ""), 0)) for key in sent}
    saved = [key for key, each in sent.items() if there[key] == Stored(each.content, each.makes)]
    missing = [key for key, each in sent.items() if there[key].edition < each.makes]
    return bool(saved and missing)


def _compare_submits(verdict: Verdict, lines: Sequence[Line], rows: Sequence[Row]) -> None:
    """Who was told that they have submitted has, and at that moment or before."""
    moments = {(invitation, questionnaire): _seconds(submitted) for invitation, questionnaire, submitted in rows}
    for line in lines:
        if line["what"] == "submitted":
            there = moments.get((line["invitation"], line["questionnaire"]))
            if there is None or there > line["at"]:
                verdict.submits_lost.append(f"{line}, there is {there}")


def _count(verdict: Verdict, lines: Sequence[Line], sent: Mapping[Key, Sequence[Sent]]) -> None:
    kinds = [line["what"] for line in lines]
    verdict.saves, verdict.submits, verdict.broken = (kinds.count(each) for each in ("ack", "submitted", "broken"))
    verdict.answers = sum(each.acknowledged for every in sent.values() for each in every)
    verdict.refused = [f"{line['status']} {line['path']}" for line in lines if line["what"] == "refused"]


def _seconds(moment: datetime | str | None) -> float | None:
    """A moment as PostgreSQL gives it, or as SQLite holds it: UTC without a zone."""
    if moment is None:
        return None
    read = moment if isinstance(moment, datetime) else datetime.fromisoformat(moment)
    return (read if read.tzinfo else read.replace(tzinfo=UTC)).timestamp()


def _read(database: str) -> Rows:
    if database.startswith("postgresql://"):
        with psycopg.connect(database) as server:
            return _rows(lambda statement: server.execute(statement.encode()).fetchall())
    with closing(sqlite3.connect(database)) as file:
        rows = _rows(lambda statement: file.execute(statement).fetchall())
        for name, sound in (("integrity_check", [("ok",)]), ("foreign_key_check", [])):
            found = file.execute(f"PRAGMA {name}").fetchall()
            rows.unsound.extend([f"{name}: {found}"] if found != sound else [])
    return rows


def _rows(ask: Callable[[str], list[Row]]) -> Rows:
    return Rows(
        ask(ANSWERS),
        ask(SUBMITTED),
        [row for statement in DOUBLED for row in ask(statement)],
        [f"{row}" for statement in UNSOUND for row in ask(statement)],
    )
