"""Where a second factor is asked for: nothing of a role before it is passed, and everything of a respondent's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from pyotp import TOTP
from sqlalchemy import update
from werkzeug.test import TestResponse

from a2p.access.second_factor import new_secret, set_up
from a2p.store.access_tables import Attempt
from a2p.store.base import now
from a2p.store.tables import Person
from tests.web.client import CheckedClient, one, parsed
from tests.web.installation import Installation, install, settings_of


@pytest.fixture
def installed(tmp_path: Path, sqlite_url: str) -> Iterator[Installation]:
    made = install(replace(settings_of(tmp_path, sqlite_url), second_factor=True))
    yield made
    made.close()


@pytest.fixture
def coordinator(installed: Installation) -> CheckedClient:
    return installed.coordinator(installed.site.own)


@pytest.fixture
def secret(installed: Installation) -> str:
    """The coordinator's, set up a while ago."""
    made = new_secret()
    with installed.session() as session, session.begin():
        person = session.get_one(Person, installed.site.own.coordinator.id)
        assert set_up(session, person, installed.settings.secret_key, made, TOTP(made).now())
        session.execute(update(Person).values(second_factor_used=1))
    return made


def wanted(installed: Installation) -> str:
    return f"/partnerships/{installed.site.own.partnership.id}"


def is_asked(response: TestResponse) -> bool:
    return response.status_code == 302 and response.location.startswith("/second-factor")


def test_every_page_of_a_role_asks_for_it_first_and_then_goes_on(
    installed: Installation, coordinator: CheckedClient, secret: str
) -> None:
    for path in (wanted(installed), "/account", "/", "/rounds/9999", f"/rounds/{installed.site.foreign.open.id}"):
        assert is_asked(coordinator.get(path)), path
    before = coordinator.get_cookie("a2p")
    page = coordinator.page(coordinator.get(wanted(installed)).location)
    passed = coordinator.send(page, "Go on", code=TOTP(secret).now())
    assert passed.location == wanted(installed)
    assert coordinator.get(wanted(installed)).status_code == 200
    after = coordinator.get_cookie("a2p")
    assert before is not None
    assert after is not None
    assert before.value != after.value
    assert coordinator.get("/second-factor").status_code == 404


def test_a_form_that_is_sent_before_it_is_passed_changes_nothing(
    installed: Installation, coordinator: CheckedClient
) -> None:
    data = {"csrf_token": installed.form_token(coordinator)}
    assert is_asked(coordinator.post(f"/rounds/{installed.site.own.open.id}/close", data=data))
    assert is_asked(coordinator.post("/account/end-others", data=data))


def test_the_first_time_it_is_set_up(installed: Installation, coordinator: CheckedClient) -> None:
    page = coordinator.page("/second-factor")
    assert str(one(page, "img.app-qr")["src"]).startswith("data:image/svg+xml")
    key = one(page, ".app-key").get_text()
    groups = key.split()
    assert {len(group) for group in groups} == {4}
    secret = "".join(groups)
    wrong = parsed(coordinator.send(page, "Go on", code="12345"), 422)
    assert one(wrong, ".app-key").get_text() == key, "the same secret is shown again"
    assert coordinator.send(wrong, "Go on", code=TOTP(secret).now()).location == "/"
    assert coordinator.get(wanted(installed)).status_code == 200
    again = installed.coordinator(installed.site.own).page("/second-factor")
    assert not again.select("img.app-qr")


def test_somebody_elses_secret_is_not_taken(installed: Installation, coordinator: CheckedClient) -> None:
    theirs = installed.coordinator(installed.site.foreign).page("/second-factor")
    secret = one(theirs, ".app-key").get_text().replace(" ", "")
    sealed = str(one(theirs, "input[name=secret]")["value"])
    data = {"csrf_token": installed.form_token(coordinator), "secret": sealed, "code": TOTP(secret).now()}
    assert is_asked(coordinator.post("/second-factor", data=data))
    assert is_asked(coordinator.get(wanted(installed)))


def test_a_code_does_for_one_browser(installed: Installation, coordinator: CheckedClient, secret: str) -> None:
    thief = installed.coordinator(installed.site.own)
    code = TOTP(secret).now()
    assert coordinator.send(coordinator.page("/second-factor"), "Go on", code=code).status_code == 302
    page = parsed(thief.send(thief.page("/second-factor"), "Go on", code=code), 422)
    assert one(page, ".govuk-error-summary a")["href"] == "#code"


def test_after_five_wrong_codes_the_right_one_has_to_wait(
    installed: Installation, coordinator: CheckedClient, secret: str
) -> None:
    page = coordinator.page("/second-factor")
    for _ in range(5):
        assert coordinator.send(page, "Go on", code="abc").status_code == 422
    assert coordinator.send(page, "Go on", code=TOTP(secret).now()).status_code == 429
    other = installed.coordinator(installed.site.own)
    assert other.send(other.page("/second-factor"), "Go on", code=TOTP(secret).now()).status_code == 429
    with installed.session() as session, session.begin():
        session.execute(update(Attempt).values(at=now() - timedelta(minutes=16)))
    assert coordinator.send(page, "Go on", code=TOTP(secret).now()).status_code == 302


def test_a_secret_under_an_old_key_lets_nobody_in(installed: Installation, coordinator: CheckedClient) -> None:
    made = new_secret()
    with installed.session() as session, session.begin():
        person = session.get_one(Person, installed.site.own.coordinator.id)
        assert set_up(session, person, "an older key of this site", made, TOTP(made).now())
        session.execute(update(Person).values(second_factor_used=1))
    sent = coordinator.send(coordinator.page("/second-factor"), "Go on", code=TOTP(made).now())
    assert sent.status_code == 422
    assert is_asked(coordinator.get(wanted(installed)))


def test_a_respondent_is_not_asked_nor_a_coordinator_for_their_own_answers(
    installed: Installation, coordinator: CheckedClient
) -> None:
    invited = installed.site.own.invited[0]
    respondent = installed.respondent(invited.invitation)
    assert respondent.get("/").location == f"/answer/{invited.invitation.id}"
    assert respondent.get("/account").status_code == 200
    coordinator.send(coordinator.page(f"/i/{invited.token}"), "Continue")
    assert coordinator.get(f"/answer/{invited.invitation.id}").status_code == 200
    assert coordinator.get("/answering").status_code == 200
    assert is_asked(coordinator.get(wanted(installed)))


def test_public_pages_help_and_signing_out_are_there_without_it(
    installed: Installation, coordinator: CheckedClient
) -> None:
    assert coordinator.get("/help").status_code == 200
    assert coordinator.send(coordinator.page("/help"), "Sign out").status_code == 302


def test_it_goes_on_to_this_site_alone(coordinator: CheckedClient, secret: str) -> None:
    page = coordinator.page("/second-factor?back=//elsewhere.example")
    assert coordinator.send(page, "Go on", code=TOTP(secret).now()).location == "/"


def test_where_it_is_not_asked_for_the_page_is_not_there(tmp_path: Path, sqlite_url: str) -> None:
    plain = install(settings_of(tmp_path, sqlite_url))
    client = plain.coordinator(plain.site.own)
    assert client.get("/second-factor").status_code == 404
    assert client.get("/account").status_code == 200
    plain.close()
