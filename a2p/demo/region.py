"""A generated region: many partnerships over some yearly rounds, with a snapshot of each year. Everybody is invented.

Rounds are closed, and results frozen, by the services that the site uses. Of rounds whose people's time is over they
are erased, as a worker would have done; releases are put in as they would stand, without the letters that ask for them.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from a2p.access.policy import Role
from a2p.definition.catalogue import support_modules
from a2p.demo.generated import REASONS, REGION, GeneratedPlace, YearOf, places, questionnaires_of, story_of, year_of
from a2p.demo.many import People, invite_all, submit_all
from a2p.demo.staff import staff_generated, staff_region, staff_round
from a2p.exchange.sample import sample
from a2p.region.matching import STRONG
from a2p.region.snapshot import Scope
from a2p.rounds import both_ends
from a2p.rounds.both_ends import OF_BOTH
from a2p.rounds.closing import close_round
from a2p.rounds.opening import RoundPlan, open_round
from a2p.rounds.regional_snapshots import SnapshotRefused, make
from a2p.rounds.retention import erase_round, kept_until
from a2p.rounds.support import make_wish
from a2p.scoring.releases import To, rank
from a2p.store.audit import Actor, record
from a2p.store.base import LONDON, now, today
from a2p.store.definitions import definition_of
from a2p.store.erasures import Erasure
from a2p.store.outcome_tables import Release
from a2p.store.region_tables import SectionScore
from a2p.store.round_tables import QuestionnaireVersion, Result, Round
from a2p.store.tables import Grant, Partnership, Region

KEPT_MONTHS = 12
YEAR = timedelta(days=364)
LASTS = timedelta(days=35)
CLOSED_AGO = timedelta(days=60)
"""The last round of the slowest partnership closed so long ago."""
SNAPSHOT_AFTER = timedelta(days=30)
ASKED = ("aspire", "two-tier", "perform")
DECIDED_AFTER = timedelta(days=12)
REFUSES = 5
"""Every so many partnerships one will not be shown beside its county and districts."""
SEASONS = {1: "Winter", 2: "Spring", 3: "Summer", 4: "Autumn"}


@dataclass(frozen=True, slots=True)
class Made:
    """A partnership that was made, with its people and who decides for it."""

    told: GeneratedPlace
    partnership: Partnership
    people: People
    coordinator: Actor
    chair: Actor


def seed_region(
    session: Session,
    versions: Mapping[str, QuestionnaireVersion],
    count: int,
    years: int,
    tell: Callable[[str], None],
) -> Region:
    """Add a region of so many partnerships over so many yearly rounds. `tell` is called with a line for each year."""
    region = Region(name=REGION)
    session.add(region)
    session.flush()
    staff_region(session, region, 2)
    made = _partnerships(session, region, count)
    before: dict[int, tuple[Round, YearOf]] = {}
    for year in range(years):
        tell(f"{REGION}: {count} partnerships, year {year + 1} of {years}")
        end = now() - CLOSED_AGO - YEAR * (years - 1 - year)
        for each in made:
            told = year_of(each.told, year)
            if told is None:
                continue
            if each.told.number in before:
                _decide_again(session, each, *before[each.told.number], told, end)
            before[each.told.number] = (_year(session, each, told, year, versions, end), told)
        session.flush()
        _snapshot(session, region, end)
    for each in made:
        _now(session, each, versions, years)
    session.flush()
    return region


def _partnerships(session: Session, region: Region, count: int) -> list[Made]:
    made: list[Made] = []
    for told in places(count):
        above = None if told.above is None else made[told.above].partnership
        partnership = Partnership(region_id=region.id, name=told.name, kind=told.kind, above=above)
        session.add(partnership)
        session.flush()
        coordinator, chair = staff_generated(session, partnership, told.coordinator, told.chair)
        people = People(partnership)
        made.append(Made(told, partnership, people, Actor(coordinator, Role.COORDINATOR), Actor(chair, Role.CHAIR)))
    return made


def _year(
    session: Session,
    made: Made,
    told: YearOf,
    year: int,
    versions: Mapping[str, QuestionnaireVersion],
    end: datetime,
) -> Round:
    """A closed round, and what is released of it."""
    closed = end - timedelta(days=told.closed_days)
    opened = closed - LASTS
    asked = [versions[each] for each in questionnaires_of(made.told)]
    plan = RoundPlan(_season(closed), asked, made.told.together, closes=closed.date())
    round_ = open_round(session, made.partnership, plan, at=opened, by=made.coordinator)
    _answer(session, round_, made, told, year, opened)
    close_round(session, round_, at=closed, by=made.coordinator)
    if told.release != "0":
        _release(session, round_, made, told.release, closed + DECIDED_AFTER, themes=told.themes)
    if told.release in ("3", "4") and made.told.kind in OF_BOTH and made.told.number % REFUSES:
        for by in (made.coordinator, made.chair):
            both_ends.answer(session, made.partnership, by, agreed=True)
    if kept_until(closed, KEPT_MONTHS) <= today():
        line = Erasure(id=f"demo-{round_.id}", at=now(), key="demo", round=round_.id)
        erase_round(session, round_, line)
    return round_


def _answer(session: Session, round_: Round, made: Made, told: YearOf, year: int, opened: datetime) -> None:
    invitations: list[int] = []
    for version in sorted(round_.versions, key=lambda version: not _asks_councillors(version)):
        definition = definition_of(version)
        people = sample(
            definition,
            respondents=told.respondents,
            organisations=told.organisations,
            seed=told.seed,
            story=story_of(made.told, year, definition),
        )
        if not invitations:
            invitations = invite_all(session, round_, made.people, people, opened)
        submit_all(session, round_, version, invitations[: len(people) - told.silent], people, opened + LASTS / 2)


def _asks_councillors(version: QuestionnaireVersion) -> bool:
    return any(section.voices_are_councillors for section in definition_of(version).sections)


def _season(closed: datetime) -> str:
    day = closed.astimezone(LONDON).date()
    return f"{SEASONS[(day.month % 12) // 3 + 1]} {day.year}"


def _release(session: Session, round_: Round, made: Made, level: str, at: datetime, *, themes: str) -> None:
    """A release that two people agreed to; or, lower than the one before, that one did at once."""
    earlier = select(Release.level).where(Release.round_id == round_.id, Release.audience == To.REGION)
    last = session.scalars(earlier.order_by(Release.id.desc()).limit(1)).first() or "0"
    lowered = rank(To.REGION, level) < rank(To.REGION, last)
    by = made.coordinator if lowered else made.chair
    session.add(
        Release(
            partnership_id=round_.partnership_id,
            round_id=round_.id,
            audience=To.REGION.value,
            level=level,
            themes=themes if level != "0" else "",
            reason=REASONS[lowered],
            state="confirmed",
            proposed=at if lowered else at - timedelta(days=2),
            decided=at,
            proposed_by_id=made.coordinator.person_id,
            decided_by_id=by.person_id,
        )
    )
    session.flush()
    done = "lowered a release of" if lowered else "confirmed a release of"
    detail = {"to": To.REGION.value, "level": level}
    record(session, done, by=by, of=f"round {round_.id}", partnership_id=round_.partnership_id, detail=detail)


def _decide_again(session: Session, made: Made, round_: Round, was: YearOf, told: YearOf, end: datetime) -> None:
    """What a partnership released the year before is raised or lowered, by some."""
    if told.before is None or was.release in (told.before, "0"):
        return
    _release(session, round_, made, told.before, end - LASTS, themes=was.themes)


def _snapshot(session: Session, region: Region, end: datetime) -> None:
    """The year's snapshot, of all that closed in the twelve months before."""
    at = end + SNAPSHOT_AFTER
    last = at.astimezone(LONDON).date()
    scope = Scope(questionnaires=ASKED, since=last - YEAR, until=last)
    manager = session.scalars(select(Grant.person_id).where(Grant.region_id == region.id)).first()
    try:
        make(session, region, scope, f"Year to {last:%B %Y}", Actor(manager, Role.MANAGER), at=at)
    except SnapshotRefused:  # of a handful of partnerships nothing can be shown
        return


def _now(session: Session, made: Made, versions: Mapping[str, QuestionnaireVersion], years: int) -> None:
    """What a partnership wishes, and the round that some have open at present."""
    chance = random.Random(f"now {made.told.number}")
    sections = [
        f"{questionnaire}/{section.id}"
        for questionnaire in questionnaires_of(made.told)
        for section in definition_of(versions[questionnaire]).sections
        if not section.is_facts
    ]
    modules = [module.id for module in support_modules()]
    for kind, share in (("ask", 0.35), ("offer", 0.35), ("request", 0.25)):
        if made.told.absent or chance.random() > share:
            continue
        about = chance.choice({"ask": sections, "offer": _strong(session, made) or sections, "request": modules}[kind])
        make_wish(session, made.partnership, kind, about, "Invented note: this spring, if it can be.", made.coordinator)
    if chance.random() < 0.15:
        _open_round(session, made, versions, years)


def _strong(session: Session, made: Made) -> list[str]:
    """The sections on which a partnership has scored so high that others may learn from it."""
    found = (
        select(QuestionnaireVersion.questionnaire, SectionScore.section)
        .join(Result, Result.id == SectionScore.result_id)
        .join(QuestionnaireVersion, QuestionnaireVersion.id == Result.version_id)
        .where(SectionScore.partnership_id == made.partnership.id, SectionScore.points >= float(STRONG))
        .order_by(SectionScore.result_id.desc(), SectionScore.section)
    )
    return [f"{questionnaire}/{section}" for questionnaire, section in session.execute(found)]


def _open_round(session: Session, made: Made, versions: Mapping[str, QuestionnaireVersion], years: int) -> None:
    chance = random.Random(f"open {made.told.number}")
    opened = now() - timedelta(days=chance.randint(3, 20))
    closes: date = today() + timedelta(days=chance.randint(2, 30))
    plan = RoundPlan(f"Place shaping {closes.year}", [versions["place-shaping"]], together=False, closes=closes)
    round_ = open_round(session, made.partnership, plan, at=opened, by=made.coordinator)
    staff_round(session, round_)
    _answer(session, round_, made, YearOf(12, 8, 7, 0, "0", "", None, made.told.number), years, opened - LASTS / 2)
