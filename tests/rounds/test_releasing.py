"""Releasing a closed round: two people raise, one lowers, and what counts is what was agreed last; on each engine."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from a2p.access.policy import Role
from a2p.rounds.belongings import of_address
from a2p.rounds.blanking import blank_confirmers
from a2p.rounds.closing import close_round
from a2p.rounds.confirmers import Confirmer, confirmers
from a2p.rounds.erasing import erase_person
from a2p.rounds.inviting import Invitee, invite
from a2p.rounds.releasing import (
    ReleaseRefused,
    Wish,
    by_token,
    confirm,
    history,
    lower,
    may_be_lowered_to,
    may_be_raised_to,
    propose,
    refuse,
    take_back,
    waiting,
)
from a2p.rounds.reopening import reopen
from a2p.scoring.releases import To
from a2p.store.audit import BOARD_MEMBER, Actor
from a2p.store.letter_tables import AuditEvent, Letter
from a2p.store.outcome_tables import Release
from a2p.store.releases import released, released_of, released_result
from a2p.store.round_tables import Invitation, Result
from a2p.store.tables import Contact
from a2p.store.tokens import token_hash
from tests import site
from tests.rounds.known_person import list_in
from tests.site import NEVER, Place


@pytest.fixture
def place(session: Session) -> Place:
    return site.build(session).own


@pytest.fixture
def by(place: Place) -> Actor:
    return Actor(place.coordinator.id, "coordinator")


@pytest.fixture
def chair(place: Place) -> Actor:
    return Actor(place.staff[Role.CHAIR].id, "chair")


def the_chair(session: Session, place: Place) -> Confirmer:
    return confirmers(session, place.partnership, place.coordinator.id)[0]


def proposed(session: Session, place: Place, by: Actor, level: str = "2", to: To = To.REGION) -> Release:
    return propose(
        session, place.closed, Wish(to, level, "The board asked.", "Our words"), the_chair(session, place), by
    )


def raised(session: Session, place: Place, by: Actor, chair: Actor, level: str = "2", to: To = To.REGION) -> Release:
    row = proposed(session, place, by, level, to)
    confirm(session, row, chair)
    return row


def level(session: Session, place: Place, to: To = To.REGION) -> str:
    return released(session, place.closed, to).level


def shown(session: Session, place: Place, to: To = To.REGION) -> Result | None:
    return released_result(session, place.closed, place.version, released(session, place.closed, to))


def second_closing(session: Session, place: Place, by: Actor) -> Result:
    reopen(session, place.closed, "More partners", NEVER, by)
    for number in range(5):
        late = Invitee(f"Late {number}", f"Late body {number}", "voluntary-community")
        site.answer(session, invite(session, place.closed, late).invitation, place.version, "Fenland")
    (second,) = close_round(session, place.closed)
    assert second.shown
    return second


def test_nothing_is_released_before_anybody_agreed_to_it(session: Session, place: Place) -> None:
    for to, none in ((To.RESPONDENTS, "nothing"), (To.REGION, "0"), (To.PUBLIC, "nothing")):
        found = released(session, place.closed, to)
        assert (found.level, found.anything, found.agreed) == (none, False, None)
        assert shown(session, place, to) is None


def test_a_proposal_shows_nothing_until_the_second_person_says_yes(
    session: Session, place: Place, by: Actor, chair: Actor
) -> None:
    row = proposed(session, place, by)
    assert level(session, place) == "0"
    assert shown(session, place) is None
    confirm(session, row, chair)
    found = released(session, place.closed, To.REGION)
    assert (found.level, found.themes, found.agreed) == ("2", "Our words", row.decided)
    assert shown(session, place) is place.result


@pytest.mark.parametrize("decide", [refuse, take_back])
def test_a_proposal_that_is_refused_or_taken_back_shows_nothing_and_is_over(
    session: Session, place: Place, by: Actor, chair: Actor, decide: Callable[[Session, Release, Actor], None]
) -> None:
    row = proposed(session, place, by)
    row.token_hash = token_hash("t")
    session.flush()
    assert by_token(session, "t") is row
    decide(session, row, chair)
    assert by_token(session, "t") is None
    assert level(session, place) == "0"
    for again in (confirm, refuse, take_back):
        with pytest.raises(ReleaseRefused, match="meanwhile"):
            again(session, row, chair)
    assert proposed(session, place, by).state == "proposed"


def test_who_proposed_never_confirms_even_as_chair(session: Session, place: Place, by: Actor) -> None:
    row = proposed(session, place, by)
    with pytest.raises(ReleaseRefused, match="somebody else"):
        confirm(session, row, Actor(by.person_id, "chair"))
    own = Confirmer("chair-1", "Me", "me@example.org", "chair", by.person_id)
    with pytest.raises(ReleaseRefused, match="yourself"):
        propose(session, place.closed, Wish(To.PUBLIC, "board", "Why"), own, by)


def test_only_a_closed_round_is_released(session: Session, place: Place, by: Actor) -> None:
    with pytest.raises(ReleaseRefused, match="closed round"):
        propose(session, place.open, Wish(To.PUBLIC, "board", "Why"), the_chair(session, place), by)


def test_one_proposal_waits_for_each_audience_at_a_time(session: Session, place: Place, by: Actor) -> None:
    first = proposed(session, place, by)
    with pytest.raises(ReleaseRefused, match="already"):
        proposed(session, place, by, "3")
    other = proposed(session, place, by, "board", To.PUBLIC)
    assert waiting(session, place.closed, To.REGION) is first
    assert waiting(session, place.closed, To.PUBLIC) is other
    assert waiting(session, place.closed, To.RESPONDENTS) is None


def test_a_raise_is_more_than_what_is_released_and_lowering_less(
    session: Session, place: Place, by: Actor, chair: Actor
) -> None:
    raised(session, place, by, chair, "3")
    for same_or_less in ("3", "2", "0"):
        with pytest.raises(ReleaseRefused, match="not more"):
            proposed(session, place, by, same_or_less)
    for same_or_more in ("3", "4"):
        with pytest.raises(ReleaseRefused, match="not less"):
            lower(session, place.closed, Wish(To.REGION, same_or_more, "Why"), by)
    now_ = released(session, place.closed, To.REGION)
    assert may_be_raised_to(now_) == ("4",)
    assert may_be_lowered_to(now_) == ("0", "T", "1", "2")


def test_themes_are_the_regions_and_a_level_of_themes_needs_some(
    session: Session, place: Place, by: Actor, chair: Actor
) -> None:
    with pytest.raises(ReleaseRefused, match="Write the themes"):
        propose(session, place.closed, Wish(To.REGION, "T", "Why", "  "), the_chair(session, place), by)
    row = propose(session, place.closed, Wish(To.PUBLIC, "board", "Why", "Ours"), the_chair(session, place), by)
    assert row.themes == ""
    wish = Wish(To.REGION, "2", "Why", "")
    confirm(session, propose(session, place.closed, wish, the_chair(session, place), by), chair)
    assert "T" not in may_be_lowered_to(released(session, place.closed, To.REGION))
    with pytest.raises(ReleaseRefused, match="No themes"):
        lower(session, place.closed, Wish(To.REGION, "T", "Why"), by)


def test_either_of_the_two_lowers_at_once_and_the_themes_stay(
    session: Session, place: Place, by: Actor, chair: Actor
) -> None:
    raised(session, place, by, chair, "4")
    lower(session, place.closed, Wish(To.REGION, "T", "Too much"), chair)
    found = released(session, place.closed, To.REGION)
    assert (found.level, found.themes) == ("T", "Our words")
    assert shown(session, place) is None
    lower(session, place.closed, Wish(To.REGION, "0", "Still too much"), by)
    assert released(session, place.closed, To.REGION).themes == ""


def test_lowering_takes_back_what_waits_for_somebodys_word(
    session: Session, place: Place, by: Actor, chair: Actor
) -> None:
    raised(session, place, by, chair, "2")
    row = proposed(session, place, by, "4")
    lower(session, place.closed, Wish(To.REGION, "0", "No more"), by)
    assert row.state == "taken-back"
    with pytest.raises(ReleaseRefused):
        confirm(session, row, chair)


def test_a_round_opened_again_takes_its_proposals_back(session: Session, place: Place, by: Actor, chair: Actor) -> None:
    row = proposed(session, place, by)
    reopen(session, place.closed, "More partners", NEVER, by)
    assert row.state == "taken-back"
    with pytest.raises(ReleaseRefused):
        confirm(session, row, chair)


def test_the_results_of_a_later_closing_need_a_release_of_their_own(
    session: Session, place: Place, by: Actor, chair: Actor
) -> None:
    raised(session, place, by, chair, "3")
    second = second_closing(session, place, by)
    assert released(session, place.closed, To.REGION).earlier
    assert shown(session, place) is place.result
    assert may_be_raised_to(released(session, place.closed, To.REGION)) == ("3", "4")
    raised(session, place, by, chair, "3")
    assert shown(session, place) is second
    assert not released(session, place.closed, To.REGION).earlier


def test_lowering_never_releases_the_results_of_a_later_closing(
    session: Session, place: Place, by: Actor, chair: Actor
) -> None:
    raised(session, place, by, chair, "4")
    second_closing(session, place, by)
    lower(session, place.closed, Wish(To.REGION, "2", "Less"), by)
    assert shown(session, place) is place.result


def test_the_confirmer_gets_one_letter_and_the_log_holds_neither_names_nor_reasons(
    session: Session, place: Place, by: Actor, chair: Actor
) -> None:
    row = raised(session, place, by, chair)
    lower(session, place.closed, Wish(To.REGION, "0", "Hush"), by)
    (letter,) = session.scalars(select(Letter).where(Letter.purpose == "release"))
    assert (letter.address, json.loads(letter.options)) == ("fenland.chair@example.org", {"release_id": row.id})
    events = session.scalars(select(AuditEvent).order_by(AuditEvent.id.desc()).limit(3)).all()
    assert [(each.action, each.person_id) for each in events] == [
        ("lowered a release of", by.person_id),
        ("confirmed a release of", chair.person_id),
        ("proposed a release of", by.person_id),
    ]
    assert json.loads(events[-1].detail) == {"to": "region", "level": "2"}
    assert {each.object for each in events} == {f"round {place.closed.id}"}


def test_history_says_who_proposed_who_decided_and_what_was_lowered(
    session: Session, place: Place, by: Actor, chair: Actor
) -> None:
    raised(session, place, by, chair)
    row = proposed(session, place, by, "4")
    row.confirmer = "Mona Board"
    refuse(session, row, BOARD_MEMBER)
    lower(session, place.closed, Wish(To.REGION, "0", "Why"), chair)
    told = [
        (each.lowered, each.release.state, each.proposed_by, each.decided_by) for each in history(session, place.closed)
    ]
    assert told == [
        (True, "confirmed", "Fenland chair", "Fenland chair"),
        (False, "refused", "Fenland coordinator", "Mona Board"),
        (False, "confirmed", "Fenland coordinator", "Fenland chair"),
    ]


def test_what_many_rounds_release_is_read_at_once_and_kept_apart(
    session: Session, place: Place, by: Actor, chair: Actor
) -> None:
    raised(session, place, by, chair)
    found = released_of(session, [place.open, place.closed], To.REGION)
    assert {id_: each.level for id_, each in found.items()} == {place.open.id: "0", place.closed.id: "2"}


# Who may confirm


def keys(session: Session, place: Place) -> list[str]:
    return [each.of for each in confirmers(session, place.partnership, place.coordinator.id)]


def listed(session: Session, place: Place) -> Contact:
    found = session.get_one(Contact, place.contact.id)
    found.layer = "board"
    session.flush()
    return found


def test_the_chair_and_board_members_with_an_address_may_confirm(session: Session, place: Place) -> None:
    assert keys(session, place) == ["chair"]
    contact = listed(session, place)
    assert keys(session, place) == ["chair", "board, Fenland police"]
    contact.email = ""
    assert keys(session, place) == ["chair"]


def test_nobody_of_the_coordinators_own_organisation_confirms(session: Session, place: Place) -> None:
    contact = listed(session, place)
    same = Contact(
        partnership_id=place.partnership.id,
        organisation_id=contact.organisation_id,
        name="Coordinator as partner",
        email=place.coordinator.email,
    )
    session.add(same)
    session.flush()
    assert keys(session, place) == ["chair"]


def test_where_a_coordinator_is_not_on_the_list_the_end_of_the_address_says_whose_they_are(
    session: Session, place: Place
) -> None:
    listed(session, place).email = "mona@example.org"
    session.flush()
    assert keys(session, place) == ["chair"]
    other = Contact(
        partnership_id=place.partnership.id,
        organisation_id=place.invited[1].invitation.organisation_id,
        name="Another",
        email="another@example.org",
    )
    session.add(other)
    session.flush()
    assert keys(session, place) == ["chair", "board, Fenland police"]


def test_a_coordinator_who_is_a_chair_too_does_not_confirm_what_they_propose(session: Session, place: Place) -> None:
    session.add(site.grant(place.coordinator, place.partnership, role=Role.CHAIR))
    session.flush()
    offered = confirmers(session, place.partnership, place.coordinator.id)
    assert [each.name for each in offered] == ["Fenland chair"]


# Erasing


def test_who_confirmed_is_forgotten_with_the_rounds_people_and_what_was_released_stays(
    session: Session, place: Place, by: Actor, chair: Actor
) -> None:
    done, waits = raised(session, place, by, chair), proposed(session, place, by, "board", To.PUBLIC)
    assert blank_confirmers(session, Release.round_id == place.closed.id) == 2
    for row in (done, waits):
        assert (row.confirmer, row.confirmer_email) == ("Erased person", "")
    assert (done.state, waits.state) == ("confirmed", "taken-back")
    assert level(session, place) == "2"


def test_a_release_that_somebody_was_asked_to_confirm_is_among_what_is_held_about_them(
    session: Session, place: Place, by: Actor
) -> None:
    row = proposed(session, place, by)
    row.confirmer_email = "Only.Here@example.org"
    session.flush()
    held = of_address(session, "only.here@example.org")
    assert list(held.releases) == [row.id]
    assert held


def test_a_release_of_a_destroyed_result_shows_nothing_and_no_earlier_one(
    session: Session, place: Place, by: Actor, chair: Actor, tmp_path: Path
) -> None:
    reopen(session, place.closed, "More partners", NEVER, by)
    late = [Invitee(f"Late {n}", f"Late body {n}", "voluntary-community") for n in range(5)]
    for each in late:
        site.answer(session, invite(session, place.closed, each).invitation, place.version, place.mark)
    (second,) = close_round(session, place.closed)
    confirm(session, proposed(session, place, by), chair)
    shown = released(session, place.closed, To.REGION)
    assert released_result(session, place.closed, place.version, shown) is second
    reopen(session, place.closed, "Again", NEVER, by)
    gone = session.scalars(select(Invitation).where(Invitation.name == "Late 0")).one()
    gone.email = "late@example.org"
    erased = erase_person(session, "late@example.org", list_in(tmp_path))
    assert erased.destroyed == 1
    assert session.scalars(select(Result.edition).where(Result.round_id == place.closed.id)).all() == [1]
    shown = released(session, place.closed, To.REGION)
    assert shown.anything
    assert released_result(session, place.closed, place.version, shown) is None
