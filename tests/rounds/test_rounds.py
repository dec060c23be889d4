"""A round's life: opening, inviting, answering, closing; on each engine."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from a2p.definition.model import KINDS
from a2p.definition.overlay import parse_overlay
from a2p.rounds import directory
from a2p.rounds.answering import Progress, answers_of, minutes_left, progress, save_section, sections_for, submit
from a2p.rounds.closing import close_round, warnings_before_closing
from a2p.rounds.directory import Status
from a2p.rounds.everybody import everybody
from a2p.rounds.evidence import coordinator_input, evidence_of, facts_of, keep_evidence, save_facts
from a2p.rounds.inviting import AnsweredTogether, Invitee, SectorDiffers, invite, invite_together, renew_link, withdraw
from a2p.rounds.opening import NameTaken, RoundClosed, RoundPlan, is_open, open_round, versions_for
from a2p.rounds.respondents import submitted_respondents
from a2p.rounds.results import disclosed, remarks
from a2p.scoring.answers import Answer, CoordinatorInput, EvidenceNote, State
from a2p.scoring.frozen import FrozenResult
from a2p.scoring.frozen_file import content_hash, frozen_json, read_frozen, without_internal
from a2p.scoring.score import Header, score
from a2p.store.base import now, today
from a2p.store.definitions import definition_of, publish, publish_overlaid
from a2p.store.round_tables import Result, Round
from a2p.store.tables import Organisation
from tests import site
from tests.builders import definition, question, scale_question, section
from tests.site import Place

GIVEN = Answer(State.GIVEN, "level-3")


@pytest.fixture
def place(session: Session) -> Place:
    return site.build(session).own


# Opening


def test_a_partnership_has_one_round_of_a_name(session: Session, place: Place) -> None:
    plan = RoundPlan(place.open.name, [place.version], together=False)
    with pytest.raises(NameTaken):
        open_round(session, place.partnership, plan)


def test_two_partnerships_may_name_their_rounds_alike(session: Session) -> None:
    built = site.build(session)
    plan = RoundPlan(built.own.open.name, [built.own.version], together=False)
    assert open_round(session, built.foreign.partnership, plan).id


def test_a_round_asks_its_questionnaires_in_the_order_chosen(session: Session, place: Place) -> None:
    first, second = (publish(session, definition(questionnaire=each)) for each in ("zebra", "apple"))
    opened = open_round(session, place.partnership, RoundPlan("Ordered", [first, second], together=False))
    session.expire_all()
    assert [version.questionnaire for version in opened.versions] == ["zebra", "apple"]


def test_only_the_newest_versions_for_the_partnerships_kind_are_offered(session: Session, place: Place) -> None:
    for_counties: dict[str, Any] = {"questionnaire": "counties", "for": ["county"]}
    publish(session, definition(**for_counties))
    newer = publish(session, definition(version=2, title="Newer"))
    assert versions_for(session, place.partnership) == [newer]


def test_a_questionnaire_is_not_put_to_a_kind_of_partnership_it_is_not_for(session: Session, place: Place) -> None:
    others: dict[str, Any] = {"for": [kind for kind in KINDS if kind != place.partnership.kind]}
    foreign = publish(session, definition(questionnaire="foreign", **others))
    with pytest.raises(ValueError, match=f"foreign is not for {place.partnership.kind} partnerships"):
        open_round(session, place.partnership, RoundPlan("Foreign", [foreign], together=False))


def test_answers_are_taken_to_the_end_of_the_last_day(place: Place) -> None:
    last = date(2026, 3, 31)
    place.open.opened = datetime(2026, 3, 1, tzinfo=UTC)
    place.open.closes = last
    assert is_open(place.open, last)
    assert not is_open(place.open, last + timedelta(days=1))
    place.open.closes = None
    assert is_open(place.open, date.max)
    place.open.closed = now()
    assert not is_open(place.open, last)


# Inviting


@pytest.mark.parametrize("name", ["Heddlu Ŵyr", "É, Ltd", "Police"])
def test_an_organisation_is_the_same_in_capitals_and_in_small_letters(
    session: Session, place: Place, name: str
) -> None:
    written = [invite(session, place.open, Invitee("A", each, "police")) for each in (name, name.upper(), name.lower())]
    assert len({each.invitation.organisation_id for each in written}) == 1


def test_an_organisation_of_another_partnership_is_another_one(session: Session) -> None:
    built = site.build(session)
    both = [invite(session, each.open, Invitee("A", "Police", "police")) for each in (built.own, built.foreign)]
    assert len({each.invitation.organisation_id for each in both}) == 2


def test_an_organisation_keeps_its_sector_and_the_coordinator_is_told_which(session: Session, place: Place) -> None:
    with pytest.raises(SectorDiffers) as told:
        invite(session, place.open, Invitee("A", "fenland police", "health"))
    assert told.value.known == "police"
    organisations = select(Organisation).where(Organisation.partnership_id == place.partnership.id)
    assert len(session.scalars(organisations).all()) == 5


def test_nobody_is_invited_to_a_round_that_is_closed(session: Session, place: Place) -> None:
    invited = place.answered[0]
    with pytest.raises(RoundClosed):
        invite(session, place.closed, Invitee("A", "Police", "police"))
    with pytest.raises(RoundClosed):
        renew_link(session, invited)
    with pytest.raises(RoundClosed):
        withdraw(session, invited)


# Answering


def test_the_first_save_begins_the_response(session: Session, place: Place) -> None:
    invitation = place.invited[1].invitation
    assert answers_of(session, invitation, place.version).response is None
    assert save_section(session, invitation, place.version, {"aim": GIVEN}, {}) == {}
    assert answers_of(session, invitation, place.version).plain == {"aim": GIVEN}


@pytest.mark.parametrize("closed", [True, False], ids=["closed by the coordinator", "past its last day"])
def test_nothing_is_taken_when_it_is_too_late(session: Session, place: Place, *, closed: bool) -> None:
    invitation = place.invited[1].invitation
    if closed:
        close_round(session, place.open)
    else:
        place.open.closes = today() - timedelta(days=1)
    with pytest.raises(RoundClosed):
        save_section(session, invitation, place.version, {"aim": GIVEN}, {})
    with pytest.raises(RoundClosed):
        submit(session, invitation, place.version)
    assert answers_of(session, invitation, place.version).response is None


def test_evidence_is_taken_until_the_coordinator_closes_the_round(session: Session, place: Place) -> None:
    place.open.closes = today() - timedelta(days=1)
    note = {"aim": EvidenceNote("level-1")}
    assert keep_evidence(session, place.open, place.version, note, {}) == {}
    close_round(session, place.open)
    with pytest.raises(RoundClosed):
        keep_evidence(session, place.open, place.version, note, {})
    with pytest.raises(RoundClosed):
        save_facts(session, place.open, place.version, {"members": Answer(State.GIVEN, "3")}, {})


def test_facts_are_one_set_that_is_corrected(session: Session, place: Place) -> None:
    for edition, value in enumerate(("3", "4")):
        saved = save_facts(
            session, place.open, place.version, {"members": Answer(State.GIVEN, value)}, {"members": edition}
        )
        assert saved == {}
    assert facts_of(session, place.open, place.version).plain["members"].value == "4"
    assert evidence_of(session, place.open, place.version) == {}


def test_submitting_again_keeps_the_first_moment_and_the_corrections(session: Session, place: Place) -> None:
    invitation = place.invited[1].invitation
    first = submit(session, invitation, place.version).submitted
    save_section(session, invitation, place.version, {"aim": GIVEN}, {})
    assert submit(session, invitation, place.version).submitted == first
    (counted,) = submitted_respondents(session, place.open, place.version)
    assert counted.answers == {"aim": GIVEN}


def test_progress_counts_what_is_shown_and_lets_free_text_be(session: Session, place: Place) -> None:
    asked = definition_of(place.version)
    voice = asked.section("voice")

    def far(**answers: Answer) -> Progress:
        return progress(asked, voice, answers, councillor=False)

    assert far() is Progress.NOT_STARTED
    assert far(heard=Answer(State.BLANK)) is Progress.NOT_STARTED
    assert far(story=Answer(State.GIVEN, "Long ago")) is Progress.IN_PROGRESS
    assert far(heard=Answer(State.DONT_KNOW)) is Progress.DONE


def test_each_section_is_put_to_those_it_is_for(session: Session, place: Place) -> None:
    asked = definition(
        section("all", answered_by=["partners", "councillors"]),
        section("officers"),
        section("elected", answered_by=["councillors"]),
        section("facts", answered_by=["coordinator"]),
    )
    by = place.invited[0].invitation
    assert [each.id for each in sections_for(asked, by)] == ["all", "officers"]
    by.councillor = "other"
    assert [each.id for each in sections_for(asked, by)] == ["all", "elected"]


# Closing


def header(place: Place) -> Header:
    return Header(
        partnership=place.partnership.name,
        kind="district",
        round=place.closed.name,
        opened=today(),
        closed=today(),
    )


def frozen(result: Result) -> FrozenResult:
    return read_frozen(result.document.encode())


def test_the_frozen_result_is_the_score_of_the_submitted_responses(session: Session, place: Place) -> None:
    expected = score(
        definition_of(place.version),
        submitted_respondents(session, place.closed, place.version),
        header=header(place),
        sha256=place.version.sha256,
        coordinator=CoordinatorInput(
            {"aim": EvidenceNote("level-2", "Fenland note")}, {"members": Answer(State.GIVEN, "12")}
        ),
        invited_organisations=5,
    )
    assert frozen(place.result) == without_internal(expected)
    assert place.result.document.encode() == frozen_json(without_internal(expected))
    assert place.result.sha256 == content_hash(expected)
    assert expected.respondents == expected.organisations == 5
    assert coordinator_input(session, place.closed, place.version).facts["members"].value == "12"


def test_the_frozen_document_holds_no_persons_name_and_no_comment(place: Place) -> None:
    for mark in ("person", "comment", "story"):
        assert f"Fenland {mark}" not in place.result.document
        assert f"Fenland {mark}" not in str(place.result.internal)


def test_closing_again_changes_nothing(session: Session, place: Place) -> None:
    before = (place.closed.closed, place.result.id, place.result.document)
    (again,) = close_round(session, place.closed)
    assert (place.closed.closed, again.id, again.document) == before


def test_who_began_and_did_not_submit_is_counted_and_not_scored(session: Session, place: Place) -> None:
    (result,) = close_round(session, place.open)
    assert (frozen(result).respondents, frozen(result).started) == (0, 1)
    assert frozen(result).score is None


def test_a_withdrawn_persons_answers_do_not_count(session: Session, place: Place) -> None:
    for each in place.invited:
        site.answer(session, each.invitation, place.version, "Fenland") if each is not place.invited[0] else None
    withdraw(session, place.invited[4].invitation)
    withdraw(session, place.invited[0].invitation)
    (result,) = close_round(session, place.open)
    assert (frozen(result).respondents, frozen(result).started) == (3, 0)
    assert frozen(result).invited_organisations == 3


def test_results_are_disclosed_by_the_minimums(session: Session, place: Place) -> None:
    shown = disclosed(place.result).result
    assert shown.internal is None
    assert shown.sections[0].band is not None
    site.answer(session, place.invited[1].invitation, place.version, "Fenland")
    (small,) = close_round(session, place.open)
    assert all(section.band is None and section.score is None for section in disclosed(small).result.sections)


def test_a_round_in_local_words_freezes_them_with_the_hashes_of_both(session: Session, place: Place) -> None:
    base = definition_of(place.version)
    words = f"{{overlay: {base.questionnaire}, title: In our words}}".encode()
    overlay = parse_overlay(words, f"{base.questionnaire}.local.yaml", base)
    local = publish_overlaid(session, base, [overlay])
    opened = open_round(session, place.partnership, RoundPlan("In local words", [local], together=False))
    (kept,) = close_round(session, opened)
    result = read_frozen(kept.document.encode())
    assert result.definition.title == "In our words"
    assert (result.sha256, result.overlays) == (place.version.sha256, (overlay.sha256,))


def test_warnings_before_closing_name_sections_and_counts_and_nothing_else(session: Session, place: Place) -> None:
    short = warnings_before_closing(session, place.open)["sample"]
    assert [each.section for each in short] == ["purpose", "voice"]
    assert [(each.respondents, each.voices) for each in short] == [(5, 3), (5, 3)]
    assert place.open.closed is None
    assert session.scalars(select(Result).where(Result.round_id == place.open.id)).all() == []


# Answered together


@pytest.fixture
def together(session: Session, place: Place) -> Round:
    return open_round(session, place.partnership, RoundPlan("Together", [place.version], together=True))


def test_a_round_answered_together_has_one_response_and_no_minimum(
    session: Session, place: Place, together: Round
) -> None:
    room = invite_together(session, together).invitation
    site.answer(session, room, place.version, "Fenland")
    assert not any(short.questions for short in warnings_before_closing(session, together)["sample"])
    (result,) = close_round(session, together)
    shown = disclosed(result).result
    assert (shown.together, shown.respondents, shown.invited_organisations) == (True, 1, None)
    assert all(section.band for section in shown.sections if section.questions)
    said = remarks(session, result)
    assert {(remark.question, remark.text) for remark in said} == {
        ("aim", "Fenland comment"),
        ("limits", "Fenland comment"),
        ("heard", "Fenland comment"),
        ("story", "Fenland story"),
    }


def test_what_is_written_in_a_round_answered_apart_is_handed_to_nobody(session: Session, place: Place) -> None:
    assert remarks(session, place.result) == ()


def test_nobody_is_invited_apart_to_a_round_answered_together(session: Session, together: Round) -> None:
    with pytest.raises(AnsweredTogether):
        invite(session, together, Invitee("A", "Police", "police"))


# Who is where


def test_a_persons_status_follows_what_they_did(session: Session, place: Place) -> None:
    opened, submitted, gone = (place.invited[number].invitation for number in (1, 2, 3))
    opened.opened = now()
    site.answer(session, submitted, place.version, "Fenland")
    withdraw(session, gone)
    status = {each.invitation.id: each.status for each in directory.people_of(session, place.open)}
    assert [status[each.invitation.id] for each in place.invited] == [
        Status.STARTED,
        Status.OPENED,
        Status.SUBMITTED,
        Status.WITHDRAWN,
        Status.INVITED,
    ]


def test_who_has_submitted_one_of_two_questionnaires_has_started(session: Session, place: Place) -> None:
    second = publish(session, definition(questionnaire="second"))
    both = open_round(session, place.partnership, RoundPlan("Both", [place.version, second], together=False))
    invitation = invite(session, both, Invitee("A", "Police", "police")).invitation
    submit(session, invitation, place.version)
    assert [each.status for each in directory.people_of(session, both)] == [Status.STARTED]
    submit(session, invitation, second)
    assert [each.status for each in directory.people_of(session, both)] == [Status.SUBMITTED]


def test_rounds_are_listed_newest_first_and_each_partnerships_own(session: Session) -> None:
    built = site.build(session)
    assert directory.rounds_of(session, built.own.partnership) == [built.own.closed, built.own.open]


def test_the_demos_list_leaves_out_whose_grant_is_over(session: Session) -> None:
    built = site.build(session)
    built.own.coordinator.grants[0].ends = today() - timedelta(days=1)
    listed = {place.partnership.name: place for region in everybody(session).regions for place in region.partnerships}
    of_round = ["facilitator", "comment reader"]
    assert [each.role for each in listed["Fenland Partnership"].staff] == ["chair", *of_round]
    assert [each.role for each in listed["Zzcanary Partnership"].staff] == ["coordinator", "chair", *of_round]
    assert [len(people) for _, people in listed["Fenland Partnership"].open_rounds] == [5]


def test_the_time_left_is_the_share_of_what_is_not_answered_yet() -> None:
    asked = definition(section("a", *(scale_question(f"q{n}") for n in range(3)), question("more", "text")), minutes=10)
    answer = Answer(State.DONT_KNOW)
    assert minutes_left(asked, {}, councillor=False) == 10
    assert minutes_left(asked, {"q0": answer, "q1": Answer(State.BLANK)}, councillor=False) == 7
    assert minutes_left(asked, {f"q{n}": answer for n in range(3)}, councillor=False) == 0
    assert minutes_left(definition(section("a", scale_question("q"))), {}, councillor=False) is None
