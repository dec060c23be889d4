"""The demo tells its stories, says that all of it is invented, and lets everybody in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from a2p.access.policy import GrantFact
from a2p.access.sessions import principal_of_person
from a2p.demo.places import REGIONS
from a2p.demo.seed import seed_demo
from a2p.documents import messages
from a2p.documents.next_steps import closer_looks
from a2p.exchange.sample import REMARKS
from a2p.rounds.both_ends import own_area
from a2p.rounds.everybody import everybody
from a2p.rounds.matching import matching_of
from a2p.rounds.naming import names_of
from a2p.rounds.results import disclosed
from a2p.rounds.support_demand import demand_of
from a2p.rounds.support_plans import kept
from a2p.scoring.answers import State
from a2p.scoring.disclosure import unlimited
from a2p.scoring.frozen import FrozenResult, SectionResult
from a2p.scoring.named import NamedLevels
from a2p.store.base import now, today
from a2p.store.definitions import definition_of
from a2p.store.engine import open_engine
from a2p.store.region_tables import Associate, SupportPlan, SupportRun
from a2p.store.round_tables import AnswerRow, EvidenceRow, Invitation, QuestionnaireVersion, Result, Round
from a2p.store.tables import Contact, Installation, Organisation, Partnership, Person


@pytest.fixture(scope="module")
def demo(migrated_sqlite: bytes, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """A demo's database, made once and only read."""
    path: Path = tmp_path_factory.mktemp("demo") / "demo.sqlite"
    path.write_bytes(migrated_sqlite)
    engine = open_engine(f"sqlite:///{path}")
    with Session(engine) as session, session.begin():
        seed_demo(session, lambda _line: None)
    with Session(engine) as session:
        yield session
    engine.dispose()


def result(demo: Session, partnership: str, questionnaire: str = "aspire") -> FrozenResult:
    """The newest closed round's result, as its coordinator is shown it."""
    found = demo.scalars(
        select(Result)
        .join(Round, Round.id == Result.round_id)
        .join(Partnership, Partnership.id == Round.partnership_id)
        .join(QuestionnaireVersion, QuestionnaireVersion.id == Result.version_id)
        .where(Partnership.name.startswith(partnership), QuestionnaireVersion.questionnaire == questionnaire)
    ).one()
    return disclosed(found).result


def section(shown: FrozenResult, section_id: str) -> SectionResult:
    return next(each for each in shown.sections if each.id == section_id)


def scored(shown: FrozenResult) -> list[SectionResult]:
    return [each for each in shown.sections if each.questions]


def bands(shown: FrozenResult) -> dict[str, str | None]:
    return {each.id: each.band for each in scored(shown)}


def test_it_is_marked_as_a_demo_everywhere(demo: Session) -> None:
    assert demo.scalar(select(Installation.demo)) is True
    assert all(disclosed(each).result.demo for each in demo.scalars(select(Result)))
    assert all("invented" in name for name, _ in REGIONS)


def test_one_partnership_chose_an_open_round(demo: Session) -> None:
    (found,) = demo.scalars(select(Result).join(Round, Round.id == Result.round_id).where(Round.attribution == "open"))
    named = names_of(demo, found)
    assert isinstance(named, NamedLevels)
    assert len(named.organisations) == 6
    assert any(question.silence is None for question in named.questions)


def test_every_round_asks_what_is_for_its_partnerships_kind(demo: Session) -> None:
    for round_ in demo.scalars(select(Round)):
        for version in round_.versions:
            assert round_.partnership.kind in definition_of(version).kinds, (
                round_.partnership.name,
                version.questionnaire,
            )


def test_every_kind_of_partnership_is_there_and_some_rounds_are_open(demo: Session) -> None:
    assert set(demo.scalars(select(Partnership.kind))) == {"county", "district", "unitary", "local"}
    assert demo.scalar(select(func.count()).select_from(Round).where(Round.closed.is_(None)))
    asked = {each.questionnaire for each in demo.scalars(select(QuestionnaireVersion))}
    closed = {disclosed(each).result.definition.questionnaire for each in demo.scalars(select(Result))}
    assert closed == asked


def test_one_disagrees_about_behaviour(demo: Session) -> None:
    behaviour = section(result(demo, "Great Sedgeland"), "behaviour")
    split = [each for each in behaviour.questions if each.agreement and "split" in each.agreement.patterns]
    assert len(split) >= 3


def test_one_does_not_know_how_decisions_are_taken_and_it_can_be_seen(demo: Session) -> None:
    shown = result(demo, "Wicken Vale")
    assert sum(each.knowledge_gap for each in section(shown, "decisions").questions) >= 4
    assert not any(each.knowledge_gap for part in scored(shown)[:-1] for each in part.questions)


def test_one_answered_together(demo: Session) -> None:
    shown = result(demo, "Ouse Bank")
    assert (shown.together, shown.respondents) == (True, 1)
    assert shown.score is not None


def test_one_is_strong_throughout(demo: Session) -> None:
    assert set(bands(result(demo, "Port Saxby")).values()) <= {"working", "embedded"}


def test_one_is_too_small_to_be_shown(demo: Session) -> None:
    shown = result(demo, "Harbour Quay")
    assert all(each.withheld for part in scored(shown) for each in part.questions)
    assert set(bands(shown).values()) == {None}


def test_one_is_a_partial_picture_with_something_to_see(demo: Session) -> None:
    shown = result(demo, "Lark Heath")
    assert shown.partial is True
    assert None not in bands(shown).values()


def test_one_shapes_its_place_well_and_scrutinises_badly(demo: Session) -> None:
    assert set(bands(result(demo, "Castle Downs", "place-shaping")).values()) == {"embedded"}
    assert section(result(demo, "Castle Downs", "member-engagement"), "scrutiny").band == "not-yet"


@pytest.mark.parametrize("partnership", ["Castle Downs", "Upper Tarn"])
def test_councillors_answered_what_councillors_alone_are_asked(demo: Session, partnership: str) -> None:
    assert section(result(demo, partnership, "member-engagement"), "understanding").band is not None


@pytest.mark.parametrize("district", ["Tarnside", "Fellgate"])
def test_a_county_and_its_districts_see_two_tiers_differently(demo: Session, district: str) -> None:
    above, below = (result(demo, each, "two-tier") for each in ("Upper Tarn", district))
    for name in ("roles", "voice", "trust"):
        high, low = section(above, name).score, section(below, name).score
        assert high is not None
        assert low is not None
        assert high - low >= 25


def test_a_county_and_its_districts_agreed_to_see_one_another_side_by_side(demo: Session) -> None:
    county = demo.scalars(select(Partnership).where(Partnership.name.startswith("Upper Tarn"))).one()
    own = own_area(demo, county, "two-tier")
    assert own is not None
    assert own.area is not None
    assert [end.place.name.split()[0] for end in own.area.shown] == ["Upper", "Fellgate", "Tarnside"]


def test_one_does_not_know_its_data(demo: Session) -> None:
    shown = result(demo, "Fellgate", "perform")
    assert all(each.knowledge_gap for each in section(shown, "evidence-base").questions)


@pytest.mark.parametrize(
    ("partnership", "questionnaire", "headline"),
    [
        ("Castle Downs", "place-shaping", "Strong throughout"),
        ("Castle Downs", "member-engagement", "Strong on Understanding the partnership; work first on Scrutiny"),
        ("Upper Tarn", "two-tier", "Strong throughout"),
        ("Tarnside", "two-tier", "Strong on Economy of effort; work first on Voice"),
        ("Fellgate", "perform", "Strong on Line of sight; many don’t know about Evidence"),
    ],
)
def test_each_story_is_the_headline_of_its_report(
    demo: Session, partnership: str, questionnaire: str, headline: str
) -> None:
    assert messages.headline(unlimited(result(demo, partnership, questionnaire))) == headline


def test_after_its_first_look_a_district_is_sent_to_look_at_its_two_tiers(demo: Session) -> None:
    assert closer_looks(result(demo, "Tarnside", "first-look"))[0].id == "two-tier"


def test_every_free_text_says_that_it_is_invented(demo: Session) -> None:
    said = set(demo.scalars(select(AnswerRow.comment).where(AnswerRow.comment != "")))
    assert said & set(REMARKS)
    texts = said | set(demo.scalars(select(EvidenceRow.note).where(EvidenceRow.note != "")))
    assert {text for text in texts if not text.startswith("Invented ")} == set()
    of_the_programme = {*demo.scalars(select(Associate.about)), *demo.scalars(select(SupportRun.note))}
    assert {text for text in of_the_programme if text and not text.startswith("Invented")} == set()


def test_some_associates_agreed_and_one_is_yet_to_answer(demo: Session) -> None:
    agreed = {each.name: each.agreed is not None for each in demo.scalars(select(Associate))}
    assert agreed == {"Harriet Sallow": True, "Desmond Achebe": True, "Ottoline Fairweather": False}
    asked = select(func.count()).where(Associate.agreed > Associate.invited, Associate.agreed < now())
    assert demo.scalar(asked) == 2
    (region,) = demo.scalars(select(Associate.region_id).distinct())
    helpers = {each.name for each in matching_of(demo, region).helpers if each.by == "associate"}
    assert helpers == {"Harriet Sallow", "Desmond Achebe"}


def test_an_associate_could_help_who_asked(demo: Session) -> None:
    region = demo.scalars(select(Associate.region_id)).first()
    assert region is not None
    proposed = {(each.ask.place.name, each.helper.name) for each in matching_of(demo, region).proposals()}
    assert ("Great Sedgeland Partnership", "Harriet Sallow") in proposed


def test_support_was_run_and_a_plan_was_kept_that_reaches_somebody(demo: Session) -> None:
    assert demo.scalar(select(func.count()).select_from(SupportRun)) == 1
    (plan,) = demo.scalars(select(SupportPlan))
    shown = kept(plan, demand_of(demo, plan.region_id, None))
    assert any(need.place.name.startswith("Great Sedgeland") for each in shown.chosen for need in each.invite)


def test_nobody_has_an_address_that_could_be_somebodys(demo: Session) -> None:
    for addresses in (Person.email, Contact.email, Invitation.email, Associate.email):
        assert all(not email or email.endswith("@example.org") for email in demo.scalars(select(addresses)))


def test_who_was_asked_before_is_the_same_person(demo: Session) -> None:
    asked = demo.scalars(select(Invitation.contact_id).where(Invitation.contact_id.is_not(None))).all()
    assert len(set(asked)) < len(asked)


def test_no_partnership_is_named_after_a_council_of_the_east_of_england(demo: Session) -> None:
    real = {
        "Babergh", "Basildon", "Bedford", "Braintree", "Breckland", "Brentwood", "Broadland", "Broxbourne",
        "Cambridge", "Castle Point", "Chelmsford", "Colchester", "Dacorum", "Epping", "Fenland", "Forest Heath",
        "Great Yarmouth", "Harlow", "Hertsmere", "Huntingdon", "Ipswich", "Luton", "Maldon", "Norfolk", "Norwich",
        "Peterborough", "Rochford", "Southend", "St Albans", "Stevenage", "Suffolk", "Tendring", "Thurrock",
        "Uttlesford", "Watford", "Waveney", "Welwyn", "West Norfolk",
    }  # fmt: skip
    for name in demo.scalars(select(Partnership.name)):
        assert not [each for each in real if each.lower() in name.lower()], name


def test_a_unitary_has_no_county_or_district_council(demo: Session) -> None:
    sectors = set(
        demo.scalars(
            select(Organisation.sector)
            .join(Partnership, Partnership.id == Organisation.partnership_id)
            .where(Partnership.kind == "unitary")
        )
    )
    assert "unitary-council" in sectors
    assert not sectors & {"county-council", "district-council"}


def test_whenever_it_is_made_its_staff_can_sign_in(demo: Session) -> None:
    listed = everybody(demo)
    assert [each.role for each in listed.administrators] == ["administrator"]
    assert all([each.role for each in region.staff] == ["programme manager"] for region in listed.regions)
    places = [place for region in listed.regions for place in region.partnerships]
    assert all({each.role for each in place.staff} >= {"coordinator", "chair", "facilitator"} for place in places)
    assert any(place.open_rounds for place in places)
    assert all(grant.holds(today()) for grant in _grants(demo))


def _grants(demo: Session) -> list[GrantFact]:
    return [grant for person in demo.scalars(select(Person)) for grant in principal_of_person(demo, person.id).grants]


def test_answers_are_of_every_state_and_to_questions_that_exist(demo: Session) -> None:
    assert set(demo.scalars(select(AnswerRow.state).distinct())) == {state.value for state in State}
    assert demo.scalar(select(func.count()).select_from(Invitation).where(Invitation.councillor.is_not(None)))
