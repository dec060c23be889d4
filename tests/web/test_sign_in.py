"""Coming in: asking for a link, opening it, typing a code; and what a stranger can't learn or do by it."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from a2p.access.signing_in import FreshLink, make_link
from a2p.store.access_tables import Attempt, SignInLink
from a2p.store.base import now
from a2p.store.letter_tables import Letter
from a2p.store.round_tables import Invitation
from a2p.store.tokens import code_hash, new_code
from tests.web.client import CheckedClient, one, parsed
from tests.web.installation import Installation

NOBODYS = "nobody@example.org"
BEN = "ben@example.org"


@pytest.fixture
def client(installed: Installation) -> CheckedClient:
    return installed.client()


def ask(client: CheckedClient, email: str, path: str = "/sign-in") -> TestResponse:
    return client.send(client.page(path), "Send me a link", email=email)


def letters(installed: Installation) -> list[Letter]:
    with installed.session() as session:
        return list(session.scalars(select(Letter).order_by(Letter.id)))


def mailed(installed: Installation, email: str, destination: str = "") -> FreshLink:
    """What the worker would put into the letter."""
    with installed.session() as session, session.begin():
        made = make_link(session, email, destination)
    assert made is not None
    return made


def invited(installed: Installation, number: int = 0, *, code: str = "") -> int:
    """One of the open round's invitations, now with an address; its id."""
    with installed.session() as session, session.begin():
        found = session.get_one(Invitation, installed.site.own.invited[number].invitation.id)
        found.email = BEN
        found.code_hash = code_hash(code) if code else None
        return found.id


def token_of(installed: Installation, number: int = 0) -> str:
    return installed.site.own.invited[number].token


# Asking


def test_what_is_answered_is_the_same_whether_the_address_is_known_or_not(
    installed: Installation, client: CheckedClient
) -> None:
    known = installed.site.own.coordinator.email
    pages = []
    for email in (known, NOBODYS):
        response = ask(client, email)
        assert response.status_code == 200
        shown = parsed(response)
        for token in shown.select("input[name=csrf_token]"):
            token.decompose()
        pages.append(str(one(shown, "main")).replace(email, "THEIRS"))
    assert pages[0] == pages[1]
    assert [(each.purpose, each.address, each.state) for each in letters(installed)] == [
        ("sign-in", known, "queued"),
        ("sign-in", NOBODYS, "queued"),
    ]


def test_a_letter_holds_no_token_before_it_is_sent(installed: Installation, client: CheckedClient) -> None:
    ask(client, installed.site.own.coordinator.email)
    with installed.session() as session:
        assert session.scalar(select(SignInLink)) is None


@pytest.mark.parametrize("typed", ["", "ben", "ben@", "ben@example.org, eve@example.org"])
def test_what_is_no_address_comes_back_with_what_was_typed(
    installed: Installation, client: CheckedClient, typed: str
) -> None:
    page = parsed(ask(client, typed, "/sign-in?back=/rounds/7"), 422)
    assert one(page, ".govuk-error-summary a")["href"] == "#email"
    assert one(page, "#email").get("value", "") == typed
    assert one(page, "input[name=back]")["value"] == "/rounds/7"
    assert letters(installed) == []


def test_the_letter_knows_where_to_go_on_and_never_to_another_site(
    installed: Installation, client: CheckedClient
) -> None:
    for back, kept in (("/rounds/7%3Fa=b", "/rounds/7?a=b"), ("//elsewhere.example", ""), ("https://x.example", "")):
        ask(client, NOBODYS, f"/sign-in?back={back}")
        assert json.loads(letters(installed)[-1].options) == {"destination": kept}


def test_who_is_not_signed_in_is_asked_to_and_comes_back_to_the_page(
    installed: Installation, client: CheckedClient
) -> None:
    wanted = f"/rounds/{installed.site.own.open.id}/promise"
    sent = client.get(wanted)
    ask(client, installed.site.own.coordinator.email, sent.location)
    destination = json.loads(letters(installed)[-1].options)["destination"]
    assert destination == wanted
    made = mailed(installed, installed.site.own.coordinator.email, destination)
    arrived = client.send(client.page(f"/sign-in/{made.token}"), "Sign in")
    assert arrived.location == wanted
    assert client.get(wanted).status_code == 200


def test_the_sixth_letter_to_an_address_is_not_written_and_nobody_is_told(
    installed: Installation, client: CheckedClient
) -> None:
    for _ in range(7):
        assert ask(client, BEN).status_code == 200
    assert len(letters(installed)) == 5
    assert ask(client, NOBODYS).status_code == 200
    assert len(letters(installed)) == 6


def test_too_many_from_one_network_are_told_when_to_try_again(installed: Installation, client: CheckedClient) -> None:
    page = client.page("/sign-in")
    for number in range(30):
        assert client.send(page, "Send me a link", email=f"a{number}@example.org").status_code == 200
    refused = client.send(page, "Send me a link", email=BEN)
    assert "Try again after" in parsed(refused, 429).get_text()
    assert 3500 < int(refused.headers["Retry-After"]) <= 3601
    assert len(letters(installed)) == 30
    other = client.post(
        "/sign-in",
        data={"csrf_token": installed.form_token(client), "email": BEN},
        environ_base={"REMOTE_ADDR": "192.0.2.9"},
    )
    assert other.status_code == 200
    with installed.session() as session, session.begin():
        session.execute(update(Attempt).values(at=now() - timedelta(hours=1, seconds=1)))
    assert ask(client, BEN).status_code == 200


# The mailed link


def test_only_the_button_uses_a_link_up(installed: Installation, client: CheckedClient) -> None:
    made = mailed(installed, installed.site.own.coordinator.email)
    scanner = installed.client()
    for _ in range(3):
        scanner.page(f"/sign-in/{made.token}")
        assert scanner.get_cookie("a2p") is None
    arrived = client.send(scanner.page(f"/sign-in/{made.token}"), "Sign in")
    assert arrived.status_code == 400, "the scanner's form token is not this browser's"
    arrived = client.send(client.page(f"/sign-in/{made.token}"), "Sign in")
    assert arrived.location == "/"
    assert client.get(f"/rounds/{installed.site.own.open.id}/promise").status_code == 200
    for again in (client, scanner):
        assert "works once" in again.page(f"/sign-in/{made.token}", 410).get_text()


def test_a_link_that_is_over_offers_a_fresh_one_to_its_address_without_showing_it(
    installed: Installation, client: CheckedClient
) -> None:
    email = installed.site.own.coordinator.email
    made = mailed(installed, email, "/rounds/7")
    with installed.session() as session, session.begin():
        session.execute(update(SignInLink).values(expires=now() - timedelta(seconds=1)))
    page = client.page(f"/sign-in/{made.token}", 410)
    assert email not in str(page)
    shown = parsed(client.send(page, "Send a fresh link to f…@example.org"))
    assert email not in str(shown)
    assert [each.address for each in letters(installed)] == [email]
    assert json.loads(letters(installed)[0].options) == {"destination": "/rounds/7"}


def test_a_link_that_never_was_offers_the_form(client: CheckedClient) -> None:
    assert client.page("/sign-in/nonsense", 410).select("#email")


def test_a_fresh_link_is_not_sent_for_what_was_not_offered(installed: Installation, client: CheckedClient) -> None:
    for link in ("", "nonsense", "WyJsaW5rIiwxXQ.x"):
        sent = client.post("/fresh-link", data={"csrf_token": installed.form_token(client), "link": link})
        assert sent.location == "/sign-in"
    assert letters(installed) == []


def test_signing_in_changes_the_sessions_token(installed: Installation) -> None:
    client = installed.respondent(installed.site.own.invited[0].invitation)
    before = client.get_cookie("a2p")
    made = mailed(installed, installed.site.own.coordinator.email)
    client.send(client.page(f"/sign-in/{made.token}"), "Sign in")
    after = client.get_cookie("a2p")
    assert before is not None
    assert after is not None
    assert before.value != after.value


def test_a_respondents_browser_keeps_the_session_and_a_persons_does_not(installed: Installation) -> None:
    invited(installed)
    for email, kept in ((BEN, True), (installed.site.own.coordinator.email, False)):
        client = installed.client()
        client.send(client.page(f"/sign-in/{mailed(installed, email).token}"), "Sign in")
        cookie = client.get_cookie("a2p")
        assert cookie is not None
        assert (cookie.expires is not None) is kept


# Codes


def test_a_code_signs_in_like_the_link_beside_it(installed: Installation, client: CheckedClient) -> None:
    made = mailed(installed, installed.site.own.coordinator.email, f"/rounds/{installed.site.own.open.id}/promise")
    arrived = client.send(client.page("/code"), "Go on", code=made.code.lower().replace("-", " "))
    assert client.get(arrived.location).status_code == 200
    assert installed.client().page(f"/sign-in/{made.token}", 410)


def test_an_invitations_code_opens_it(installed: Installation, client: CheckedClient) -> None:
    code = new_code()
    invitation = invited(installed, code=code)
    arrived = client.send(client.page("/code"), "Go on", code=code)
    assert arrived.location == f"/answer/{invitation}"
    other = installed.client()
    page = parsed(other.send(other.page("/code"), "Go on", code=code), 409)
    assert "opened already" in page.get_text()


@pytest.mark.parametrize("typed", ["", "   ", "K7M2-9QXR-4D0T", "<b>"])
def test_a_wrong_code_comes_back_as_it_was_typed(client: CheckedClient, typed: str) -> None:
    page = parsed(client.send(client.page("/code"), "Go on", code=typed), 422)
    assert one(page, ".govuk-error-summary a")["href"] == "#code"
    assert one(page, "#code").get("value", "") == typed


def test_who_guesses_codes_is_stopped_and_who_types_right_ones_is_not(
    installed: Installation, client: CheckedClient
) -> None:
    page = client.page("/code")
    for _ in range(20):
        assert client.send(page, "Go on", code=new_code()).status_code == 422
    made = mailed(installed, installed.site.own.coordinator.email)
    assert client.send(page, "Go on", code=made.code).status_code == 429
    with installed.session() as session, session.begin():
        session.execute(update(Attempt).values(at=now() - timedelta(hours=2)))
    for number in range(25):
        code = new_code()
        invited(installed, number % 5, code=code)
        browser = installed.client()
        assert browser.send(browser.page("/code"), "Go on", code=code).status_code in (302, 409)


# Invitations' links


def test_a_link_sent_to_an_address_is_the_first_browsers(installed: Installation, client: CheckedClient) -> None:
    invitation = invited(installed)
    path = f"/i/{token_of(installed)}"
    scanner = installed.client()
    scanner.page(path)
    client.follow(client.send(client.page(path), "Continue"))
    client.follow(client.send(client.page(path), "Continue"))
    page = scanner.page(path, 409)
    assert BEN not in str(page)
    told = parsed(scanner.send(page, "Send a fresh link to b…@example.org"))
    assert BEN not in str(told)
    (letter,) = letters(installed)
    assert (letter.address, json.loads(letter.options)) == (BEN, {"destination": f"/answer/{invitation}"})


def test_a_browser_that_was_a_moment_later_does_not_get_in(installed: Installation, client: CheckedClient) -> None:
    invited(installed)
    path = f"/i/{token_of(installed)}"
    first, second = client.page(path), (late := installed.client()).page(path)
    assert client.send(first, "Continue").status_code == 302
    assert late.send(second, "Continue").status_code == 409
    assert late.get_cookie("a2p") is None


def test_a_fresh_link_brings_another_device_to_the_same_answers(installed: Installation, client: CheckedClient) -> None:
    invitation = invited(installed)
    client.send(client.page(f"/i/{token_of(installed)}"), "Continue")
    phone = installed.client()
    made = mailed(installed, BEN, f"/answer/{invitation}")
    assert phone.follow(phone.send(phone.page(f"/sign-in/{made.token}"), "Sign in")).select("h1")
    assert client.get(f"/answer/{invitation}").status_code == 200, "the first browser stays in"


def test_a_link_without_an_address_can_be_used_again(installed: Installation) -> None:
    for _ in range(2):
        browser = installed.client()
        assert browser.send(browser.page(f"/i/{token_of(installed)}"), "Continue").status_code == 302


def test_a_link_answered_together_can_be_used_by_all(installed: Installation) -> None:
    invitation = invited(installed)
    with installed.session() as session, session.begin():
        session.get_one(Invitation, invitation).round.together = True
    for _ in range(2):
        browser = installed.client()
        assert browser.send(browser.page(f"/i/{token_of(installed)}"), "Continue").status_code == 302


def test_nothing_of_a_withdrawn_invitation_works(installed: Installation, client: CheckedClient) -> None:
    code = new_code()
    invitation = invited(installed, code=code)
    client.send(client.page(f"/i/{token_of(installed)}"), "Continue")
    made = mailed(installed, BEN)
    other = installed.client()
    taken = other.page(f"/i/{token_of(installed)}", 409)
    with installed.session() as session, session.begin():
        session.get_one(Invitation, invitation).withdrawn = now()
    assert client.get(f"/answer/{invitation}").status_code in (302, 404)
    assert other.page(f"/i/{token_of(installed)}", 404).select('a[href="/sign-in"]')
    assert other.send(taken, "Send a fresh link").location == "/sign-in"
    assert other.send(other.page(f"/sign-in/{made.token}"), "Sign in").status_code == 410
    assert other.send(other.page("/code"), "Go on", code=code).status_code == 422


def test_the_front_page_leads_to_signing_in(client: CheckedClient) -> None:
    page = client.page("/")
    assert page.select('a[href="/sign-in"]')
    assert page.select('a[href="/code"]')
