"""Somebody with several roles or several invitations, and where they arrive."""

from __future__ import annotations

from datetime import timedelta

from a2p.access.policy import Role
from a2p.access.signing_in import make_link
from a2p.store.base import now
from a2p.store.round_tables import Invitation
from tests import site
from tests.web.client import CheckedClient
from tests.web.installation import Installation

BEN = "ben@example.org"


def by_mail(installed: Installation, *invitations: Invitation) -> CheckedClient:
    """A browser that came in by one letter to the address of these invitations."""
    with installed.session() as session, session.begin():
        for each in invitations:
            session.get_one(Invitation, each.id).email = BEN
        made = make_link(session, BEN)
    assert made is not None
    client = installed.client()
    client.send(client.page(f"/sign-in/{made.token}"), "Sign in")
    return client


def test_one_letter_opens_all_and_one_page_lists_them(installed: Installation) -> None:
    own, foreign = installed.site.own, installed.site.foreign
    mine = (own.invited[0].invitation, foreign.invited[1].invitation, own.answered[2])
    client = by_mail(installed, *mine)
    page = client.follow(client.get("/"))
    assert "What you are asked to answer" in page.get_text()
    cards = [" ".join(card.get_text().split()) for card in page.select(".app-card")]
    assert len(cards) == 3
    assert "Fenland autumn, Fenland Partnership" in cards[0]
    assert "Started" in cards[0]
    assert "Zzcanary autumn, Zzcanary Partnership" in cards[1]
    assert "To answer" in cards[1]
    assert "Submitted" in cards[2]
    for each in mine:
        assert page.select(f'a[href="/answer/{each.id}"]')
        assert client.get(f"/answer/{each.id}").status_code == 200


def test_who_has_one_goes_straight_to_it(installed: Installation) -> None:
    invitation = installed.site.own.invited[0].invitation
    assert by_mail(installed, invitation).get("/").location == f"/answer/{invitation.id}"


def test_a_withdrawn_one_is_not_listed(installed: Installation) -> None:
    first, second = (each.invitation for each in installed.site.own.invited[:2])
    client = by_mail(installed, first, second)
    with installed.session() as session, session.begin():
        session.get_one(Invitation, first.id).withdrawn = now()
    assert client.get("/").location == f"/answer/{second.id}"
    assert len(client.page("/answering").select(".app-card")) == 1


def test_one_that_was_passed_on_is_not_opened_by_a_letter_to_who_passed_it_on(installed: Installation) -> None:
    first, second, third = (each.invitation for each in installed.site.own.invited[:3])
    with installed.session() as session, session.begin():
        session.get_one(Invitation, first.id).passed_to_id = third.id
    assert by_mail(installed, first, second).get("/").location == f"/answer/{second.id}"


def test_a_closed_round_says_so(installed: Installation) -> None:
    invitation = installed.site.own.invited[1].invitation
    client = by_mail(installed, invitation, installed.site.own.invited[2].invitation)
    with installed.session() as session, session.begin():
        session.get_one(Invitation, invitation.id).round.closed = now() - timedelta(hours=1)
    assert client.page("/answering").get_text().count("Closed") == 2


def test_who_has_several_roles_chooses_among_their_pages(installed: Installation) -> None:
    own, foreign = installed.site.own, installed.site.foreign
    person = own.coordinator
    with installed.session() as session, session.begin():
        session.add(site.grant(person, own.partnership, role=Role.CHAIR))
        session.add(site.grant(person, foreign.partnership))
    page = installed.signed_in(person).page("/")
    links = [str(link["href"]) for link in page.select("dl.app-topics a")]
    assert links == [f"/partnerships/{own.partnership.id}", f"/partnerships/{foreign.partnership.id}"]


def test_who_has_a_role_and_an_invitation_is_offered_both(installed: Installation) -> None:
    person, invitation = installed.site.own.coordinator, installed.site.own.invited[0].invitation
    with installed.session() as session, session.begin():
        session.get_one(Invitation, invitation.id).email = person.email
        made = make_link(session, person.email)
    assert made is not None
    client = installed.client()
    page = client.follow(client.send(client.page(f"/sign-in/{made.token}"), "Sign in"))
    links = [str(link["href"]) for link in page.select("dl.app-topics a")]
    assert links == [f"/partnerships/{installed.site.own.partnership.id}", f"/answer/{invitation.id}"]
