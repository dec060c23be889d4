"""What is done to one person, round or partnership leaves its neighbours as they were: from inviting to erasing."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from a2p.access import sessions
from a2p.access.policy import Role
from a2p.rounds.blank_forms import FormOrder, order_blank
from a2p.rounds.blanking import forget_names
from a2p.rounds.calendar import sectors_of
from a2p.rounds.choosing import last_round
from a2p.rounds.copies import order_copy
from a2p.rounds.erasing import erase_person
from a2p.rounds.everybody import everybody
from a2p.rounds.gazetteer import others_in_region
from a2p.rounds.inviting import by_address, invite_together, invited_contacts, renew_link, withdraw
from a2p.rounds.opening import RoundPlan, open_round
from a2p.store.access_tables import SessionInvitation
from a2p.store.letter_tables import Letter
from a2p.store.round_tables import AnswerRow, Invitation, Job, Response
from a2p.store.tables import Grant
from tests import site
from tests.rounds.known_person import EMAIL, list_in, make_known
from tests.site import Place, Site


@pytest.fixture
def built(session: Session) -> Site:
    return site.build(session)


def test_a_paper_form_of_a_neighbour_is_not_used_again(session: Session, built: Site, tmp_path: Path) -> None:
    own, foreign = (
        order_blank(session, place.partnership.id, place.version, place.coordinator.id, tmp_path, FormOrder())
        for place in (built.own, built.foreign)
    )
    assert (own.partnership_id, foreign.partnership_id) == (built.own.partnership.id, built.foreign.partnership.id)


def test_a_copy_of_somebody_elses_answers_is_not_used_again(session: Session, built: Site, tmp_path: Path) -> None:
    first, second = (order_copy(session, each, built.own.version, tmp_path) for each in built.own.answered[:2])
    assert (first.invitation_id, second.invitation_id) == tuple(each.id for each in built.own.answered[:2])


def letter_to(session: Session, invitation: Invitation) -> Letter:
    letter = Letter(
        key=f"reminder/{invitation.id}",
        purpose="reminder",
        address="other@example.org",
        partnership_id=invitation.partnership_id,
        invitation_id=invitation.id,
    )
    session.add(letter)
    session.flush()
    return letter


def test_erasing_somebody_leaves_who_sits_beside_them(session: Session, built: Site, tmp_path: Path) -> None:
    own = built.own
    make_known(session, own)
    beside = own.answered[1]
    beside.contact_id = own.contact.id
    letter = letter_to(session, beside)
    copy = order_copy(session, beside, own.version, tmp_path)
    browser = sessions.bind_invitation(session, None, beside)
    number = copy.id
    erase_person(session, EMAIL, list_in(tmp_path))
    session.expire_all()
    assert beside.contact_id == own.contact.id
    assert (letter.address, letter.state) == ("other@example.org", "queued")
    assert session.get(Job, number) is not None
    assert beside.id in sessions.principal_of(session, browser).invitations


def test_erasing_an_account_leaves_the_others_signed_in_and_in_office(
    session: Session, built: Site, tmp_path: Path
) -> None:
    gone, stays = built.own.coordinator, built.own.staff[Role.CHAIR]
    browser = sessions.sign_in(session, None, stays.id)
    erase_person(session, gone.email, list_in(tmp_path))
    session.expire_all()
    assert sessions.principal_of(session, browser).person_id == stays.id
    assert session.scalars(select(Grant.ended).where(Grant.person_id == stays.id)).all() == [None]


def saved_together(session: Session, place: Place, name: str) -> tuple[AnswerRow, SessionInvitation]:
    """An answer that a partnership gave together, and the browser it was given in, both under a name."""
    plan = RoundPlan("Together", [place.version], together=True)
    invitation = invite_together(session, open_round(session, place.partnership, plan)).invitation
    site.answer(session, invitation, place.version, place.mark, submitted=False)
    sessions.bind_invitation(session, None, invitation)
    session.flush()
    (browser,) = session.scalars(select(SessionInvitation).where(SessionInvitation.invitation_id == invitation.id))
    browser.known_as = name
    return signed(session, invitation, name), browser


def signed(session: Session, invitation: Invitation, name: str) -> AnswerRow:
    whose = select(Response.id).where(Response.invitation_id == invitation.id)
    row = session.scalars(select(AnswerRow).where(AnswerRow.response_id.in_(whose), AnswerRow.question == "aim")).one()
    row.by = name
    session.flush()
    return row


def test_a_name_is_forgotten_where_its_person_was_and_stays_where_a_namesake_is(session: Session, built: Site) -> None:
    (own, here), (foreign, there) = (saved_together(session, each, "Sam") for each in (built.own, built.foreign))
    forget_names(session, ["Sam"], [built.own.partnership.id])
    session.expire_all()
    assert (own.by, here.known_as) == ("", "")
    assert (foreign.by, there.known_as) == ("Sam", "Sam")


def test_sectors_are_told_of_the_partnerships_asked_about_alone(session: Session, built: Site) -> None:
    assert set(sectors_of(session, [built.own.partnership.id])) == {built.own.partnership.id}


def test_the_last_round_is_the_partnerships_own_though_a_neighbour_had_a_later_one(
    session: Session, built: Site
) -> None:
    own, foreign = built.own, built.foreign
    own.closed.opened = own.open.opened - timedelta(days=2)
    foreign.closed.opened = own.open.opened - timedelta(days=1)
    session.flush()
    assert last_round(session, own.open) is own.closed


def test_everybody_stands_under_their_own_region(session: Session, built: Site) -> None:
    listed = {each.region.name: each for each in everybody(session).regions}
    for place in (built.own, built.foreign):
        under = listed[place.region.name]
        assert [each.partnership for each in under.partnerships] == [place.partnership]
        assert [each.person for each in under.staff] == [place.staff[Role.MANAGER]]


def test_the_partnerships_to_choose_from_are_of_the_region(session: Session, built: Site) -> None:
    assert others_in_region(session, built.own.region.id) == [built.own.partnership]


def test_who_was_invited_to_another_round_can_be_invited_to_this_one(session: Session, built: Site) -> None:
    own = built.own
    own.answered[0].contact_id = own.contact.id
    session.flush()
    assert invited_contacts(session, own.closed, [own.contact]) == {own.contact.id}
    assert invited_contacts(session, own.open, [own.contact]) == frozenset()


def test_an_address_is_taken_in_its_own_round_alone(session: Session, built: Site) -> None:
    own = built.own
    own.answered[0].email = "listed@example.org"
    session.flush()
    assert by_address(session, own.closed) == {"listed@example.org": own.answered[0]}
    assert by_address(session, own.open) == {}


def test_a_new_link_shuts_out_nobody_elses_browser(session: Session, built: Site) -> None:
    mine, another = (each.invitation for each in built.own.invited[:2])
    browsers = [sessions.bind_invitation(session, None, each) for each in (mine, another)]
    renew_link(session, mine)
    assert [sessions.principal_of(session, each).invitations for each in browsers] == [frozenset(), {another.id}]


def test_withdrawing_an_invitation_shuts_out_nobody_elses_browser(session: Session, built: Site) -> None:
    mine, another = (each.invitation for each in built.own.invited[:2])
    browsers = [sessions.bind_invitation(session, None, each) for each in (mine, another)]
    withdraw(session, mine)
    assert [sessions.principal_of(session, each).invitations for each in browsers] == [frozenset(), {another.id}]
