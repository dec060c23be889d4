"""A generated region has any size, is invented throughout, and has a snapshot of each year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from a2p.commands import demo
from a2p.demo.generated import places, questionnaires_of, story_of, year_of
from a2p.demo.region import seed_region
from a2p.region.snapshot import Figures, Picture
from a2p.rounds.programme import take_up
from a2p.rounds.publishing import publish_all
from a2p.rounds.regional import gather_counted
from a2p.rounds.regional_snapshots import document_of, members_of, snapshots_of
from a2p.rounds.results import disclosed
from a2p.store.base import today
from a2p.store.definitions import definition_of
from a2p.store.engine import open_engine
from a2p.store.outcome_tables import Release, SupportWish
from a2p.store.region_tables import ResultScore
from a2p.store.round_tables import AnswerRow, Invitation, QuestionnaireVersion, Result, Round
from a2p.store.tables import Contact, Installation, Person, Region
from tests.demo import by_hand

MANY, SMALL = 400, 9


@pytest.fixture(scope="module")
def made(migrated_sqlite: bytes, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """A small generated region over two years, made once and only read."""
    path: Path = tmp_path_factory.mktemp("generated") / "demo.sqlite"
    path.write_bytes(migrated_sqlite)
    engine = open_engine(f"sqlite:///{path}")
    with Session(engine) as session, session.begin():
        session.add(Installation(demo=True))
        seed_region(session, publish_all(session), SMALL, 2, lambda _line: None)
    with Session(engine) as session:
        yield session
    engine.dispose()


def test_there_are_as_many_places_as_asked_for_each_with_a_name_of_its_own() -> None:
    for count in (1, 2, 7, 60, MANY):
        assert len(places(count)) == count
        assert len({each.name for each in places(count)}) == count


def test_districts_lie_below_counties_and_every_kind_is_there() -> None:
    made = places(60)
    assert Counter(each.kind for each in made) == {"county": 8, "unitary": 12, "district": 40}
    for each in made:
        if each.kind == "district":
            assert each.above is not None
            assert made[each.above].kind == "county"
        else:
            assert each.above is None


def test_the_same_size_gives_the_same_region() -> None:
    assert places(60) == places(60)
    assert [year_of(each, 1) for each in places(60)] == [year_of(each, 1) for each in places(60)]


def test_in_a_large_region_everything_happens_that_can() -> None:
    years = [year_of(each, year) for each in places(MANY) for year in range(3)]
    part = [each for each in years if each is not None]
    assert 0.7 < len(part) / len(years) < 0.95
    assert {each.release for each in part} == {"0", "T", "1", "2", "3", "4"}
    assert {each.before for each in part} == {None, "0", "1", "2"}
    assert {each.organisations for each in part} >= {1, 3, 8, 12, 13}


def test_what_is_asked_is_for_the_kind_and_no_story_leaves_the_scale(made: Session) -> None:
    versions = {each.questionnaire: each for each in made.scalars(select(QuestionnaireVersion))}
    for place in places(MANY):
        for questionnaire in questionnaires_of(place):
            definition = definition_of(versions[questionnaire])
            assert place.kind in definition.kinds
            assert all(0 <= level <= 1 for level in story_of(place, 9, definition).sections.values())


def test_it_says_that_it_is_invented(made: Session) -> None:
    (region,) = made.scalars(select(Region))
    assert region.name.endswith("(invented)")
    assert all(disclosed(each).result.demo for each in made.scalars(select(Result).limit(3)))
    for texts in (Release.themes, Release.reason, SupportWish.note, AnswerRow.comment):
        assert {text[:9] for text in made.scalars(select(texts).where(texts != ""))} <= {"Invented "}
    for addresses in (Person.email, Contact.email, Invitation.email):
        assert all(not email or email.endswith("@example.org") for email in made.scalars(select(addresses)))


def test_there_is_a_snapshot_of_each_year(made: Session) -> None:
    (region,) = made.scalars(select(Region))
    newest, oldest = snapshots_of(made, region.id)
    assert 300 < (newest.made - oldest.made).days < 400
    assert newest.made.date() < today()
    for each in (newest, oldest):
        document = document_of(each)
        assert document.partnerships == SMALL
        assert document.demo
        assert members_of(made, each)
        assert any(cell.figures for group in document.pictures[0].groups for cell in group.sections)


def test_of_rounds_whose_time_is_over_the_people_are_erased_and_the_scores_stay(made: Session) -> None:
    erased = made.scalars(select(Round).where(Round.people_erased.is_not(None))).all()
    kept = made.scalars(select(Round).where(Round.people_erased.is_(None), Round.closed.is_not(None))).all()
    assert erased
    assert kept
    names = select(Invitation.email).where(Invitation.round_id.in_([each.id for each in erased]))
    assert set(made.scalars(names)) == {""}
    assert made.scalar(select(func.count()).select_from(ResultScore)) == made.scalar(
        select(func.count()).select_from(Result)
    )


def test_its_programme_manager_sees_who_takes_part(made: Session) -> None:
    (region,) = made.scalars(select(Region))
    listed = take_up(made, region.id)
    assert len(listed) == SMALL
    assert sum(len(each.rounds) for each in listed) > 12
    answered = [each for place in listed for each in place.rounds if each.round.people_erased is None]
    assert all(each.turnout.submitted for each in answered)


def test_what_counts_now_is_what_the_newest_snapshot_was_made_of(made: Session) -> None:
    (region,) = made.scalars(select(Region))
    newest = snapshots_of(made, region.id)[0]
    scope = document_of(newest).scope
    counted = {each.result for each in gather_counted(made, region.id, scope).counted}
    assert {each.result_id for each in members_of(made, newest)} <= counted


def test_a_demo_with_another_region_is_another_demo() -> None:
    made_from = {demo._fingerprint(generated, years) for generated, years in ((0, 3), (60, 3), (60, 2), (0, 2))}
    assert len(made_from) == 3, "without a region the rounds make no difference"


def test_every_figure_of_a_snapshot_is_what_one_works_out_by_hand_from_the_frozen_results(made: Session) -> None:
    compared = 0
    for kept in snapshots_of(made, made.scalars(select(Region.id)).first() or 0):
        counted = [made.get_one(Result, each.result_id) for each in members_of(made, kept)]
        for picture in document_of(kept).pictures:
            documents = [each.document for each in counted if _is_of(made, each, picture)]
            (everybody,) = (group for group in picture.groups if group.by == "all")
            for cell in everybody.sections:
                if cell.figures is not None:
                    assert by_hand.figures(documents, cell.section) == _as_numbers(cell.figures)
                    compared += 1
    assert compared >= 5, "something is shown, and was compared"


def _is_of(session: Session, result: Result, picture: Picture) -> bool:
    version = session.get_one(QuestionnaireVersion, result.version_id)
    together = session.get_one(Round, result.round_id).together
    return (version.questionnaire, together) == (picture.questionnaire, picture.together)


def _as_numbers(figures: Figures) -> by_hand.Figures:
    return (
        figures.n,
        figures.median,
        figures.quartiles,
        {band: number for band, number in figures.bands.items() if number},
        figures.below_half,
        figures.wide,
        figures.gaps,
    )
