"""Own sessions on their page, and that use is noted without standing in the way of anything."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from a2p.store.access_tables import Session
from a2p.store.base import now
from tests.web.client import CheckedClient, is_sent_to_sign_in, one, parsed
from tests.web.installation import Installation

FIREFOX = {"HTTP_USER_AGENT": "Mozilla/5.0 (Windows NT 10.0; rv:144.0) Gecko/20100101 Firefox/144.0"}


@pytest.fixture
def coordinator(installed: Installation) -> CheckedClient:
    return installed.coordinator(installed.site.own)


def last_seen(installed: Installation, stretch: timedelta) -> None:
    with installed.session() as session, session.begin():
        session.execute(update(Session).values(seen=now() - stretch))


def noted(installed: Installation) -> timedelta:
    with installed.session() as session:
        return now() - session.scalars(select(Session.seen)).one()


def test_somebody_ends_a_session_they_left_elsewhere(installed: Installation, coordinator: CheckedClient) -> None:
    elsewhere = installed.coordinator(installed.site.own)
    page = coordinator.page("/account")
    assert len(page.select(".app-card")) == 2
    assert "This one" in one(page, ".app-card").get_text()
    done = coordinator.follow(coordinator.send(page, "End this session"))
    assert "The session is ended" in done.get_text()
    assert is_sent_to_sign_in(elsewhere.get("/account"))
    assert coordinator.get("/account").status_code == 200


def test_somebody_ends_all_others(installed: Installation, coordinator: CheckedClient) -> None:
    others = [installed.coordinator(installed.site.own) for _ in range(2)]
    stranger = installed.coordinator(installed.site.foreign)
    coordinator.follow(coordinator.send(coordinator.page("/account"), "End all other sessions"))
    assert all(is_sent_to_sign_in(other.get("/account")) for other in others)
    assert stranger.get("/account").status_code == 200
    assert not coordinator.page("/account").select("main form"), "nothing else is left to end"


@pytest.mark.parametrize("number", ["", "x", "-1", "9" * 30, "1'"])
def test_what_is_no_number_of_a_session_is_not_there(
    installed: Installation, coordinator: CheckedClient, number: str
) -> None:
    data = {"csrf_token": installed.form_token(coordinator), "session": number}
    assert coordinator.post("/account/end", data=data).status_code == 404


def test_anothers_session_is_not_ended(installed: Installation, coordinator: CheckedClient) -> None:
    stranger = installed.coordinator(installed.site.foreign)
    with installed.session() as session:
        theirs = session.scalar(select(func.max(Session.id)))
    data = {"csrf_token": installed.form_token(coordinator), "session": str(theirs)}
    coordinator.post("/account/end", data=data)
    assert stranger.get("/account").status_code == 200


def test_the_list_names_the_browser_and_the_signed_in_line_leads_to_it(installed: Installation) -> None:
    client = installed.client()
    token = installed.site.own.invited[0].token
    page = client.page(f"/i/{token}")
    sent = client.post(
        f"/i/{token}",
        data={"csrf_token": str(one(page, "input[name=csrf_token]")["value"])},
        environ_overrides=FIREFOX,
    )
    assert parsed(client.get(sent.location)).select('a[href="/account"]')
    assert "Firefox on Windows" in client.page("/account").get_text()


def test_reading_a_page_notes_the_use_at_most_once_a_minute(
    installed: Installation, coordinator: CheckedClient
) -> None:
    last_seen(installed, timedelta(minutes=90))
    coordinator.page("/account")
    assert noted(installed) < timedelta(minutes=1)
    last_seen(installed, timedelta(seconds=40))
    coordinator.page("/account")
    assert noted(installed) > timedelta(seconds=30)


def test_a_persons_session_that_lay_idle_for_two_hours_is_over(
    installed: Installation, coordinator: CheckedClient
) -> None:
    last_seen(installed, timedelta(hours=2, minutes=1))
    assert is_sent_to_sign_in(coordinator.get("/account"))


def test_when_the_use_can_not_be_noted_the_page_is_shown_all_the_same(
    installed: Installation, coordinator: CheckedClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("a2p.store.engine.BUSY_MILLISECONDS", 50)
    last_seen(installed, timedelta(minutes=5))
    with installed.session() as writing:
        writing.connection()  # holds the write lock from here on
        assert coordinator.get("/account").status_code == 200
    assert noted(installed) > timedelta(minutes=4)
