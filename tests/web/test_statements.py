"""The privacy notice and the accessibility statement say what this installation does, and are read over in time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask

from a2p.settings import Settings, SingleSignOn
from a2p.store.base import Base, today
from a2p.web.app import create_app
from a2p.web.database import db
from a2p.web.statements import NOT_ABOUT_PEOPLE, REVIEW_EVERY, REVIEWED, cookies, kept
from tests.web.client import one
from tests.web.installation import Installation


def said(app: Flask, path: str) -> str:
    return " ".join(app.test_client().get(path).get_data(as_text=True).split())


@pytest.fixture
def other(installed: Installation) -> Iterator[Flask]:
    """The same site with every setting given."""
    sso = SingleSignOn("https://login.example.org", "a2p", "hush")
    given: Settings = replace(
        installed.settings,
        contact="help@example.org",
        kept_months=1,
        mail_server="smtp://me:hush@mail.example.org:587",
        sso=sso,
    )
    app = create_app(given)
    yield app
    with app.app_context():
        db.engine.dispose()


def test_they_were_read_over_within_a_year() -> None:
    to_do = "read both pages over, then set REVIEWED in a2p/web/statements.py"
    assert REVIEWED <= today() <= REVIEWED + REVIEW_EVERY, to_do


def test_every_page_leads_to_both(installed: Installation) -> None:
    page = installed.client().page("/help")
    for path in ("/privacy", "/accessibility"):
        assert page.select(f'footer a[href="{path}"]')
        installed.client().page(path)


def test_every_table_is_told_of_or_holds_nothing_about_people() -> None:
    told = [table for each in kept(12) for table in each.tables]
    assert len(told) == len(set(told))
    assert set(told) | NOT_ABOUT_PEOPLE == set(Base.metadata.tables)


def test_every_cookie_that_is_set_is_named(installed: Installation) -> None:
    for secure in (True, False):
        assert len({cookie.name for cookie in cookies(secure=secure)}) == 3
    text = said(installed.app, "/privacy")
    client = installed.client()
    response = client.get(f"/i/{installed.site.own.invited[0].token}")
    for header in response.headers.getlist("Set-Cookie"):
        assert f"<code>{header.split('=')[0]}</code>" in text


def test_they_are_made_from_the_settings(installed: Installation, other: Flask) -> None:
    plain, given = said(installed.app, "/privacy"), said(other, "/privacy")
    assert "the East office" in plain
    assert "12 months after a round closes" in plain
    assert "A month after a round closes" in given
    assert "sends no letters" in plain
    assert "mail server mail.example.org," in given
    assert "https://login.example.org" not in plain
    assert "https://login.example.org" in given
    assert 'href="mailto:help@example.org"' in given
    assert "hush" not in given
    for path in ("/privacy", "/accessibility"):
        assert "mailto:" not in said(installed.app, path)


def test_nothing_is_claimed_of_accessibility_that_was_not_tested(installed: Installation) -> None:
    page = installed.client().page("/accessibility")
    text = one(page, "main").get_text(" ", strip=True)
    assert "fully compliant" not in text
    assert "not been audited" in text
    for heading in ("How accessible this site is", "Feedback and contact", "Enforcement", "How it was tested"):
        assert heading in text
