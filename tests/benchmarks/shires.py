"""Regions of any size for the benchmarks: closed rounds with rows of scores and answers, put in without scoring."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Engine, insert
from sqlalchemy.orm import Session

from a2p.definition.catalogue import read
from a2p.definition.model import Questionnaire
from a2p.region.snapshot import Scope
from a2p.store.base import Base, table_of
from a2p.store.definitions import publish
from a2p.store.engine import closing_all, open_engine
from a2p.store.migrate import upgrade
from a2p.store.outcome_tables import Release
from a2p.store.region_tables import QuestionScore, ResultScore, SectionScore
from a2p.store.round_tables import AnswerRow, Invitation, Response, Result, Round, RoundQuestionnaire
from a2p.store.tables import Installation, Organisation, Partnership, Region

ASKED = "aspire"
PEOPLE = 25
CLOSED = datetime(2026, 3, 2, 12, tzinfo=UTC)
YEAR = timedelta(days=364)
LEVELS = ("1", "1", "1", "2", "3", "4")
AT_ONCE = 50_000


def scope(year: int = 0) -> Scope:
    """The twelve months in which the rounds of a year closed, counted from 0."""
    until = (CLOSED + YEAR * year).date() + timedelta(days=60)
    return Scope(questionnaires=(ASKED,), since=until - YEAR, until=until)


def folder_of(engine: Engine) -> Path:
    """The folder in which the database lies, for serving a site from it."""
    return Path(str(engine.url.database)).parent


@contextmanager
def region_of(partnerships: int, years: int = 1, people: int = 0) -> Iterator[tuple[Engine, int]]:
    """A database with one region of so many partnerships, each with a released round a year; with so many answers
    behind each result. Yields its engine and the region's number."""
    with (
        TemporaryDirectory() as folder,
        closing_all(open_engine(f"sqlite:///{Path(folder) / 'a2p.sqlite'}")) as engine,
    ):
        upgrade(engine)
        with Session(engine) as session, session.begin():
            region_id = _fill(session, partnerships, years, people)
        yield engine, region_id


def _fill(session: Session, partnerships: int, years: int, people: int) -> int:
    definition = read(ASKED)
    region = Region(name="Benchmarks")
    session.add_all([Installation(demo=True), region])
    version = publish(session, definition)
    session.flush()
    kinds = [("county", "unitary", "district", "district", "district", "district")[n % 6] for n in range(partnerships)]
    places = range(1, partnerships + 1)
    _put(
        session,
        Partnership,
        [
            {"id": n, "region_id": region.id, "name": f"Place {n:03}", "kind": kind, "above_id": None}
            for n, kind in zip(places, kinds, strict=True)
        ],
    )
    rounds = [(n * 10 + year, n, year) for n in places for year in range(years)]
    _put(session, Round, [_round(id_, place, year) for id_, place, year in rounds])
    asked = {"version_id": version.id, "position": 0}
    _put(session, RoundQuestionnaire, [{"round_id": id_, "partnership_id": place, **asked} for id_, place, _ in rounds])
    _put(session, Release, [_release(id_, place, year) for id_, place, year in rounds])
    ids = [{"partnership_id": place, "round_id": id_, "version_id": version.id} for id_, place, _ in rounds]
    frozen = [{"edition": 1, "sha256": f"{id_:064}", "frozen": CLOSED + YEAR * year} for id_, _, year in rounds]
    document = {"document": "{}", "internal": None, "shown": True, "held_back": None}
    _put(session, Result, [{"id": of["round_id"], **of, **at, **document} for of, at in zip(ids, frozen, strict=True)])
    whole = {"shown": True, "partial": False, "score": "50", "band": "working"}
    _put(
        session,
        ResultScore,
        [{"result_id": of["round_id"], **of, **at, **whole} for of, at in zip(ids, frozen, strict=True)],
    )
    _scores(session, definition, [(id_, place) for id_, place, _ in rounds])
    if people:
        _answers(session, definition, [(id_, place) for id_, place, _ in rounds], version.id, people)
    return region.id


def _round(id_: int, place: int, year: int) -> dict[str, object]:
    closed = CLOSED + YEAR * year
    named = {"id": id_, "partnership_id": place, "name": f"Round {year}", "together": False, "attribution": "private"}
    return {**named, "message": "", "opened": closed - timedelta(days=30), "closes": date.max, "closed": closed}


def _release(round_id: int, place: int, year: int) -> dict[str, object]:
    at = CLOSED + YEAR * year + timedelta(days=5)
    of = {"partnership_id": place, "round_id": round_id, "audience": "region", "state": "confirmed"}
    return {
        **of,
        "level": LEVELS[place % 6],
        "themes": "",
        "reason": "",
        "proposed": at - timedelta(days=1),
        "decided": at,
    }


def _scores(session: Session, definition: Questionnaire, results: Sequence[tuple[int, int]]) -> None:
    chance = random.Random("scores")
    sections: list[dict[str, object]] = []
    questions: list[dict[str, object]] = []
    for result, place in results:
        of = {"result_id": result, "partnership_id": place}
        for position, section in enumerate(each for each in definition.sections if not each.is_facts):
            points = chance.randint(0, 300)
            score = {"score": f"{points}/3" if points % 3 else str(points // 3), "points": points / 3}
            known = {
                "band": ("not-yet", "starting", "working", "embedded")[min(points // 75, 3)],
                "wide": points % 5 == 0,
            }
            sections.append({**of, "section": section.id, "position": position, **score, **known, "gaps": points % 3})
            questions += [
                {**of, "section": section.id, "question": each.id, **score, "wide": False, "gap": False}
                for each in section.scale_questions
            ]
    _put(session, SectionScore, sections)
    _put(session, QuestionScore, questions)


def _answers(
    session: Session, definition: Questionnaire, rounds: Sequence[tuple[int, int]], version: int, people: int
) -> None:
    """As many responses to each round, each to all its questions, some with a comment."""
    chance = random.Random("answers")
    places = sorted({place for _, place in rounds})
    _put(
        session,
        Organisation,
        [{"id": place, "partnership_id": place, "name": "Council", "sector": "district-council"} for place in places],
    )
    levels = ("not-yet", "starting", "working", "embedded")
    asked = [
        question.id for section in definition.sections if not section.is_facts for question in section.scale_questions
    ]
    invited: list[dict[str, object]] = []
    responses: list[dict[str, object]] = []
    answers: list[dict[str, object]] = []
    for round_id, place in rounds:
        of = {"partnership_id": place, "round_id": round_id}
        for person in range(people):
            id_ = round_id * 100 + person
            invited.append({"id": id_, **of, "organisation_id": place, "name": "Somebody", "email": ""})
            responses.append({"id": id_, **of, "version_id": version, "invitation_id": id_, "submitted": CLOSED})
            for question in asked:
                comment = "Invented: it depends which group you sit on." if chance.random() < 0.03 else ""
                known = {"state": "given", "value": chance.choice(levels), "comment": comment, "edition": 1}
                answers.append({"response_id": id_, "question": question, **known})
        if len(answers) > AT_ONCE:
            _put(session, Invitation, invited)
            _put(session, Response, responses)
            _put(session, AnswerRow, answers)
            invited, responses, answers = [], [], []
    for table, rows in ((Invitation, invited), (Response, responses), (AnswerRow, answers)):
        _put(session, table, rows)


def _put(session: Session, table: type[Base], rows: list[dict[str, object]]) -> None:
    if rows:
        session.execute(insert(table_of(table)), rows)
