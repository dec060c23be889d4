"""Documents of a region's snapshot: for its programme managers alone, with the names that are released at the time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session

from a2p.access.policy import Role
from a2p.definition.catalogue import support_modules
from a2p.documents.order import Order
from a2p.documents.regional_material import RegionalMaterial
from a2p.jobs import Desk
from a2p.jobs.desk import NOT_PERMITTED
from a2p.jobs.renderer import Here
from a2p.ordering.gathering import gather
from a2p.ordering.regional import compare_with_last, forget_outdated, is_current, may_have, order_regional
from a2p.ordering.regional_gathering import gather_regional
from a2p.rounds import regional_snapshots
from a2p.scoring.disclosure import Audience
from a2p.settings import documents_folder
from a2p.store.audit import SYSTEM
from a2p.store.definitions import publish
from a2p.store.region_tables import Snapshot
from a2p.store.round_tables import Job, Result, Round
from a2p.store.tables import Grant, Partnership
from tests import site
from tests.regional_orders import snapshot_of, with_snapshot
from tests.rounds.shire import CLOSED, DAY, Shire, asked, many, release, released
from tests.site import Site

NAMED = Order("regional-report", names=True)
PLAIN = Order("regional-report")


def names(material: object, _order: Order) -> bytes:
    """A document that says whom its material names by a score."""
    assert isinstance(material, RegionalMaterial)
    return " ".join(row.place.name for table in material.named for row in table.rows).encode()


@dataclass
class Office:
    """A region with a snapshot, and a desk that makes its documents."""

    engine: Engine
    folder: Path
    built: Site
    snapshot_id: int
    results: list[Result]

    @property
    def documents(self) -> Path:
        return documents_folder(self.folder)

    def order(self, order: Order, person_id: int | None = None) -> int:
        person_id = person_id or self.built.own.staff[Role.MANAGER].id
        with Session(self.engine) as session, session.begin():
            snapshot = session.get_one(Snapshot, self.snapshot_id)
            return order_regional(session, snapshot, order, person_id, self.documents).id

    def make(self, order: Order) -> Job:
        """Order a document and let it be made."""
        job_id = self.order(order)
        Desk(self.engine, self.folder, names, Here()).do(job_id)
        return self.job(job_id)

    def job(self, job_id: int) -> Job:
        with Session(self.engine) as session:
            return session.get_one(Job, job_id)

    def contents(self, job: Job) -> str:
        return (self.documents / str(job.file)).read_text()

    def is_current(self, job: Job) -> bool:
        with Session(self.engine) as session:
            return is_current(session, session.get_one(Job, job.id))

    def take_back(self) -> None:
        """The last partnership takes its name back."""
        with Session(self.engine) as session, session.begin():
            round_ = session.get_one(Round, self.results[-1].round_id)
            release(session, round_, "1", CLOSED + 40 * DAY, lowered=True)


@pytest.fixture
def office(sqlite_engine: Engine, tmp_path: Path) -> Iterator[Office]:
    with Session(sqlite_engine, expire_on_commit=False) as session, session.begin():
        built = site.build(session)
        snapshot, results = with_snapshot(session, built.own)
    yield Office(sqlite_engine, tmp_path, built, snapshot.id, results)
    sqlite_engine.dispose()


def test_a_programme_manager_of_the_region_may_have_them_and_nobody_else(office: Office) -> None:
    own, foreign = office.built.own.staff, office.built.foreign.staff
    with Session(office.engine) as session:
        snapshot = session.get_one(Snapshot, office.snapshot_id)
        able = {role for role, person in own.items() if may_have(session, person.id, snapshot)}
        assert able == {Role.MANAGER}
        assert not any(may_have(session, person.id, snapshot) for person in foreign.values())
        assert not may_have(session, office.built.administrator.id, snapshot)
        assert not may_have(session, None, snapshot)


def test_one_with_names_has_those_that_are_released_and_one_without_has_none(office: Office) -> None:
    assert office.contents(office.make(NAMED)) == "District 008 District 009"
    assert office.contents(office.make(PLAIN)) == ""


def test_a_name_taken_back_between_order_and_making_is_not_in_it(office: Office) -> None:
    job_id = office.order(NAMED)
    office.take_back()
    Desk(office.engine, office.folder, names, Here()).do(job_id)
    job = office.job(job_id)
    assert office.contents(job) == "District 008"
    assert office.is_current(job)


def test_they_are_in_the_language_that_all_their_questionnaires_share(office: Office) -> None:
    with Session(office.engine) as session:
        region, version = session.merge(office.built.own.region), session.merge(office.built.own.version)
        welsh = publish(session, asked().model_copy(update={"questionnaire": "welsh", "language": "cy"}))
        many(session, Shire(region, welsh), ["1"] * 7)
        alone = gather_regional(session, snapshot_of(session, region, welsh, name="In Welsh"))
        both = gather_regional(session, snapshot_of(session, region, version, welsh, name="In both"))
        assert (alone.language, both.language) == ("cy", "en")


def test_a_finished_document_whose_names_are_no_longer_released_is_not_current_and_is_forgotten(office: Office) -> None:
    named, plain = office.make(NAMED), office.make(PLAIN)
    office.take_back()
    assert not office.is_current(named)
    assert office.is_current(plain)
    with Session(office.engine) as session, session.begin():
        assert forget_outdated(session, session.get_one(Snapshot, office.snapshot_id)) == (named.file,)
        assert list(session.scalars(select(Job.id))) == [plain.id]
    assert office.contents(office.make(NAMED)) == "District 008"


def test_who_looks_after_the_region_no_longer_gets_nothing_made(office: Office) -> None:
    job_id = office.order(PLAIN)
    with Session(office.engine) as session, session.begin():
        session.execute(update(Grant).where(Grant.role == Role.MANAGER.value).values(ends=site.LONG_AGO))
    Desk(office.engine, office.folder, names, Here()).do(job_id)
    job = office.job(job_id)
    assert (job.state, job.message) == ("failed", NOT_PERMITTED)


def test_the_same_order_is_the_same_job_and_anothers_finished_file_serves_too(office: Office) -> None:
    made = office.make(PLAIN)
    assert office.order(PLAIN) == made.id
    other = office.built.foreign.staff[Role.MANAGER].id
    theirs = office.job(office.order(PLAIN, other))
    assert (theirs.state, theirs.file, theirs.id == made.id) == ("done", made.file, False)


def test_a_partnerships_own_report_sets_it_beside_others_of_the_snapshot(office: Office) -> None:
    with Session(office.engine) as session:
        result = session.get_one(Result, office.built.own.result.id)
        beside = gather(session, result, Audience.COORDINATOR).known.beside
        assert beside is not None
        assert (beside.who, beside.snapshot) == ("District partnerships of Fenland region", "Spring")
        assert [(each.section, each.n, each.reason) for each in beside.sections] == [
            ("purpose", 9, ""),
            ("voice", 9, ""),
        ]
        assert all(each.median is not None and each.quartiles is not None for each in beside.sections)
        foreign = session.get_one(Result, office.built.foreign.result.id)
        assert gather(session, foreign, Audience.COORDINATOR).known.beside is None


def test_a_second_snapshot_is_compared_with_the_one_before_for_its_report(office: Office) -> None:
    with Session(office.engine) as session, session.begin():
        region, version = session.merge(office.built.own.region), session.merge(office.built.own.version)
        of = Shire(region, version)
        for number, before in enumerate(office.results):
            place = session.get_one(Partnership, before.partnership_id)
            released(session, of, place, "1", number + 1, CLOSED + 365 * DAY)
        scope = of.scope((CLOSED + 300 * DAY).date(), (CLOSED + 400 * DAY).date())
        later = regional_snapshots.make(session, region, scope, "A year on", SYSTEM, at=CLOSED + 390 * DAY)
        assert gather_regional(session, later).change is None
        compare_with_last(session, later, SYSTEM)
        compare_with_last(session, later, SYSTEM)
        change = gather_regional(session, later).change
        assert change is not None
        assert change.earlier == "Spring"
        assert [(picture.both, len(picture.sections)) for picture in change.pictures] == [(9, 2)]


def test_what_it_is_made_from_is_the_snapshot_and_take_up_asks_and_words_of_now(office: Office) -> None:
    with Session(office.engine) as session:
        snapshot = session.get_one(Snapshot, office.snapshot_id)
        made = gather_regional(session, snapshot)
        assert made.snapshot.name == "Spring"
        assert made.asked == ("Sample",)
        stages = {row.place.name: row.stages for row in made.take_up}
        assert stages["District 001"] == ("released",)
        assert stages["Fenland Partnership"] == ("closed",)
        assert {theme.text for theme in made.themes} == {"Themes"}
        assert made.change is None
        assert {each.title for each in made.demand} == {module.title for module in support_modules()}
