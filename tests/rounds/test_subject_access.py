"""What a person is given who asks what is held about them: all of it, in words, and nothing of anybody else."""

from __future__ import annotations

import json

import pytest
from sqlalchemy.orm import Session

from a2p.access import sessions
from a2p.access.policy import Role
from a2p.rounds.inviting import invite_together
from a2p.rounds.opening import RoundPlan, open_round
from a2p.rounds.subject_access import as_json, held_about
from a2p.store.audit import Actor, record
from tests import site
from tests.rounds.known_person import EMAIL, NAME, make_known
from tests.site import Site


@pytest.fixture
def built(session: Session) -> Site:
    return site.build(session)


def test_a_respondent_is_given_their_answers_in_words(session: Session, built: Site) -> None:
    make_known(session, built.own)
    held = held_about(session, EMAIL.lower())
    assert held is not None
    assert [(each.round, each.name) for each in held.invitations] == [
        ("Fenland autumn", NAME),
        ("Fenland spring", NAME),
    ]
    (response,) = held.invitations[1].responses
    level = 1 + built.own.answered[0].id % 4
    first = response.answers[0]
    assert (first.section, first.question) == ("Purpose", "How is aim?")
    assert (first.answer, first.comment) == (f"Level {level}", "Fenland comment")
    assert response.answers[-1].answer == "Fenland story"
    assert [letter.state for letter in held.letters] == ["sent", "queued"]
    assert (len(held.sign_in_links), len(held.sessions), len(held.contacts)) == (1, 2, 1)
    assert (held.account, held.grants, held.done) == (None, (), ())


def test_whoever_owns_an_action_or_was_asked_to_confirm_is_given_both(session: Session, built: Site) -> None:
    make_known(session, built.own)
    make_known(session, built.foreign, "ewa@example.org", "Ewa Lyle")
    held = held_about(session, EMAIL)
    assert held is not None
    assert [(each.partnership, each.owner, each.status) for each in held.actions] == [
        ("Fenland Partnership", "Ben Ashby", "planned")
    ]
    assert [(each.partnership, each.audience, each.level, each.state) for each in held.confirmations] == [
        ("Fenland Partnership", "region", "2", "proposed")
    ]


def test_whoever_offers_days_to_a_region_is_given_what_they_offer_and_were_asked(session: Session, built: Site) -> None:
    make_known(session, built.own)
    make_known(session, built.foreign, "ewa@example.org", "Ewa Lyle")
    held = held_about(session, EMAIL)
    assert held is not None
    (associate,) = held.associate
    assert (associate.region, associate.name, associate.days_a_year) == ("Fenland region", NAME, 5)
    assert associate.sections == ("aspire/purpose",)
    assert [(each.section, each.answer) for each in associate.introductions] == [("aspire/purpose", None)]


def test_whoever_has_a_role_is_given_it_and_what_they_did(session: Session, built: Site) -> None:
    person = built.own.staff[Role.FACILITATOR]
    sessions.sign_in(session, None, person.id)
    sessions.sign_in(session, None, built.administrator.id)
    record(session, "keyed in a paper form", by=Actor(person.id, "facilitator"), of="invitation 4")
    held = held_about(session, person.email)
    assert held is not None
    assert held.account is not None
    assert held.account.name == "Fenland facilitator"
    assert sorted(grant.over for grant in held.grants) == [
        "Fenland Partnership, Fenland autumn",
        "Fenland Partnership, Fenland spring",
    ]
    assert [(event.what, event.of) for event in held.done] == [("keyed in a paper form", "invitation 4")]
    assert len(held.sessions) == 1


def test_roles_over_a_region_and_the_installation_say_over_what(session: Session, built: Site) -> None:
    for person, over in ((built.own.staff[Role.MANAGER], "Fenland region"), (built.administrator, "this installation")):
        held = held_about(session, person.email)
        assert held is not None
        assert [grant.over for grant in held.grants] == [over]


def test_nothing_of_anybody_else_is_in_it(session: Session, built: Site) -> None:
    make_known(session, built.own)
    make_known(session, built.foreign, "ewa@example.org", "Ewa Lyle")
    text = as_json(held_about(session, EMAIL) or pytest.fail("nothing"))
    for other in ("Zzcanary", "Ewa Lyle", "ewa@example.org", "Fenland health person"):
        assert other not in text


def test_what_was_answered_together_is_the_partnerships(session: Session, built: Site) -> None:
    round_ = open_round(session, built.own.partnership, RoundPlan("Together", [built.own.version], together=True))
    invitation = invite_together(session, round_).invitation
    site.answer(session, invitation, built.own.version, "Fenland")
    invitation.email = EMAIL
    session.flush()
    held = held_about(session, EMAIL)
    assert held is not None
    assert [each.responses for each in held.invitations] == [()]


def test_an_unknown_address_holds_nothing(session: Session, built: Site) -> None:
    assert held_about(session, "nobody@example.org") is None


def test_the_document_is_json_that_says_moments_in_iso_form(session: Session, built: Site) -> None:
    make_known(session, built.own)
    document = json.loads(as_json(held_about(session, EMAIL) or pytest.fail("nothing")))
    assert document["address"] == EMAIL
    assert document["invitations"][1]["responses"][0]["answers"][0]["comment"] == "Fenland comment"
    assert document["letters"][0]["written"].endswith("+00:00")
