"""Single sign-on against a real provider, honest and otherwise: only its checked word about a known person counts."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from joserfc.jwk import RSAKey
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from a2p.access.sessions import end_sessions_of
from a2p.settings import SettingsError, SingleSignOn
from a2p.store.access_tables import Session
from a2p.store.base import now
from a2p.store.tables import Grant, Person
from a2p.web.app import create_app
from tests.web.client import CheckedClient, is_sent_to_sign_in, parsed
from tests.web.installation import Installation, install, settings_of
from tests.web.provider import CLIENT, SECRET, Provider, provider


@pytest.fixture
def other() -> Iterator[Provider]:
    with provider() as made:
        yield made


@pytest.fixture
def installed(tmp_path: Path, sqlite_url: str, other: Provider) -> Iterator[Installation]:
    sso = SingleSignOn(other.issuer, CLIENT, SECRET)
    made = install(replace(settings_of(tmp_path, sqlite_url), sso=sso, second_factor=True))
    other.says = {"email": made.site.own.coordinator.email, "email_verified": True}
    yield made
    made.close()


@pytest.fixture
def client(installed: Installation) -> CheckedClient:
    return installed.client()


def come(client: CheckedClient, other: Provider, start: str = "/sso/start") -> TestResponse:
    """All the way: to the provider and back."""
    return client.get(other.agree(client.get(start).location))


def sessions(installed: Installation) -> int:
    with installed.session() as session:
        return session.scalar(select(func.count()).select_from(Session)) or 0


def test_a_person_comes_in_and_goes_on_to_the_page_they_wanted(
    installed: Installation, client: CheckedClient, other: Provider
) -> None:
    wanted = f"/partnerships/{installed.site.own.partnership.id}"
    page = parsed(client.get(client.get(wanted).location))
    (link,) = page.select('a[href^="/sso/start"]')
    arrived = come(client, other, str(link["href"]))
    assert arrived.location == wanted
    assert client.get(wanted).status_code == 200, "the provider has a second factor of its own"


def test_the_number_at_the_provider_is_remembered_and_counts_from_then_on(
    installed: Installation, client: CheckedClient, other: Provider
) -> None:
    come(client, other)
    with installed.session() as session:
        person = session.get_one(Person, installed.site.own.coordinator.id)
        assert person.single_sign_on == f"{other.issuer} somebody-7"
    other.says = {"email": "a.new.name@example.org", "email_verified": False}
    again = installed.client()
    assert come(again, other).location == "/"
    assert again.get("/account").status_code == 200


def test_an_address_that_went_to_somebody_else_at_the_provider_opens_nothing(
    installed: Installation, client: CheckedClient, other: Provider
) -> None:
    come(client, other)
    other.says["sub"] = "somebody-8"
    assert come(installed.client(), other).status_code == 403


@pytest.mark.parametrize(
    "says",
    [
        {"email": "nobody@example.org", "email_verified": True},
        {"email_verified": False},
        {"email_verified": None},
        {"email_verified": "true"},
        {"email": None},
    ],
)
def test_who_is_not_known_by_a_verified_address_is_told_so_and_nobody_is_made(
    installed: Installation, client: CheckedClient, other: Provider, says: dict[str, object]
) -> None:
    other.says = {**other.says, **says}
    before = sessions(installed)
    page = parsed(come(client, other), 403)
    assert "no role here" in page.get_text()
    assert sessions(installed) == before
    with installed.session() as session:
        assert session.scalar(select(func.count()).where(Person.single_sign_on.is_not(None))) == 0


@pytest.mark.parametrize(
    "says",
    [
        {"nonce": "another"},
        {"nonce": None},
        {"iss": "https://elsewhere.example"},
        {"iss": None},
        {"aud": "another-site"},
        {"aud": "another-site", "azp": CLIENT},
        {"aud": None},
        {"sub": None},
        {"exp": int(time.time()) - 600},
        {"exp": None},
        {"iat": int(time.time()) + 6000},
    ],
    ids=" ".join,
)
def test_a_word_that_does_not_hold_lets_nobody_in(
    installed: Installation, client: CheckedClient, other: Provider, says: dict[str, object]
) -> None:
    other.says = {**other.says, **says}
    page = parsed(come(client, other), 400)
    assert "could not be signed in" in page.get_text()
    assert is_sent_to_sign_in(client.get("/account"))


def test_a_word_signed_by_somebody_else_lets_nobody_in(client: CheckedClient, other: Provider) -> None:
    other.known_key = RSAKey.generate_key(2048, {"kid": "one"})
    assert come(client, other).status_code == 400


def test_a_provider_that_calls_itself_something_else_is_not_asked(client: CheckedClient, other: Provider) -> None:
    other.issuer_named = "https://elsewhere.example"
    assert client.get("/sso/start").status_code == 502


def test_a_provider_that_is_away_is_told_in_plain_words(client: CheckedClient, other: Provider) -> None:
    other.failing = True
    assert "could not be reached" in parsed(client.get("/sso/start"), 502).get_text()
    other.failing = False
    assert client.get("/sso/start").status_code == 302


def test_the_answer_belongs_to_the_browser_that_asked(
    installed: Installation, client: CheckedClient, other: Provider
) -> None:
    back = other.agree(client.get("/sso/start").location)
    stranger = installed.client()
    assert stranger.get(back).status_code == 400
    assert client.get(back).status_code == 302
    assert client.get(back).status_code == 400, "and counts once"


@pytest.mark.parametrize("query", ["", "?code=code-0", "?state=x", "?code=code-0&state=x", "?error=access_denied"])
def test_an_answer_that_was_not_asked_for_lets_nobody_in(client: CheckedClient, other: Provider, query: str) -> None:
    assert client.get(f"/sso/back{query}").status_code == 400


def test_a_stolen_code_is_of_no_use_without_its_proof(
    installed: Installation, client: CheckedClient, other: Provider
) -> None:
    stolen = other.agree(client.get("/sso/start").location).partition("?code=")[2].partition("&")[0]
    thief = installed.client()
    own = other.agree(thief.get("/sso/start").location)
    assert thief.get(own.replace("code=code-1", f"code={stolen}")).status_code == 400
    assert other.proofs_refused == 1


def test_whose_role_ended_does_not_come_in(installed: Installation, client: CheckedClient, other: Provider) -> None:
    come(client, other)
    with installed.session() as session, session.begin():
        for grant in session.scalars(select(Grant).where(Grant.person_id == installed.site.own.coordinator.id)):
            grant.ended = now()
        end_sessions_of(session, installed.site.own.coordinator.id)
    assert come(client, other).status_code == 403


def test_it_goes_on_to_this_site_alone(client: CheckedClient, other: Provider) -> None:
    assert come(client, other, "/sso/start?back=//elsewhere.example").location == "/"


def test_without_a_provider_the_addresses_are_not_there(tmp_path: Path, sqlite_url: str) -> None:
    plain = install(settings_of(tmp_path, sqlite_url))
    client = plain.client()
    assert client.get("/sso/start").status_code == 404
    assert client.get("/sso/back").status_code == 404
    assert not client.page("/sign-in").select('a[href^="/sso"]')
    plain.close()


def test_without_its_libraries_the_site_says_what_to_install(
    installed: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "authlib.integrations.flask_client", None)
    with pytest.raises(SettingsError, match="pip install"):
        create_app(installed.settings)
