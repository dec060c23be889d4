"""An administrator uploads a questionnaire, is shown its mistakes or what it changes, publishes and retires."""

from __future__ import annotations

import io

import pytest
from bs4 import BeautifulSoup

from tests.definition.yaml_texts import SMALL
from tests.web.client import CheckedClient, one, parsed
from tests.web.installation import Installation

ADDRESS = "/admin/questionnaires"


@pytest.fixture
def admin(installed: Installation) -> CheckedClient:
    return installed.signed_in(installed.site.administrator)


def upload(admin: CheckedClient, text: str, status: int = 200) -> BeautifulSoup:
    form = one(admin.page(ADDRESS), 'form[enctype="multipart/form-data"]')
    token = str(one(form, "[name=csrf_token]")["value"])
    data = {"csrf_token": token, "file": (io.BytesIO(text.encode()), "small.yaml")}
    return parsed(admin.post(str(form["action"]), data=data), status)


def test_without_a_file_the_page_asks_for_one(admin: CheckedClient) -> None:
    again = parsed(admin.send(admin.page(ADDRESS), "Check it"), 422)
    assert "Choose a questionnaire’s file" in one(again, ".govuk-error-summary").get_text()


def test_mistakes_are_listed_with_line_and_column_and_what_was_typed_is_only_text(admin: CheckedClient) -> None:
    page = upload(admin, SMALL.replace("scale: maturity", "scale: <b>{{maturty}}"), 422)
    assert [code.get_text() for code in page.select("#found code")] == ["9:3", "19:16", "19:16"]
    assert "<b>{{maturty}}" in one(page, "#found").get_text()
    assert "Publish it" not in page.get_text()


def test_a_checked_version_is_compared_published_retired_and_brought_back(admin: CheckedClient) -> None:
    first = admin.follow(admin.send(upload(admin, SMALL), "Publish it"))
    assert "Version 1 of Small is published" in first.get_text()
    assert "Is the aim clear?" in first.get_text()
    second = SMALL.replace("version: 1", "version: 2\nsince: {2: {}}").replace("aim clear?", "aim plain?")
    page = upload(admin, second)
    assert "What changes from version 1" in page.get_text()
    assert "after: Is the aim plain?" in page.get_text()
    admin.follow(admin.send(page, "Publish it"))
    retire = next(link for link in admin.page(ADDRESS).select("tbody a") if "Retire Small version 2" in link.get_text())
    ask = admin.page(str(retire["href"]))
    assert "New rounds are then offered version 1" in ask.get_text()
    retired = admin.follow(admin.send(ask, "Retire it"))
    row = next(row for row in retired.select("tbody tr") if "Small version 2" in row.get_text())
    assert "Retired" in row.get_text()
    back = admin.follow(admin.send(retired, "Bring back"))
    assert "is offered again" in back.get_text()


def test_what_is_published_already_is_said_kindly(admin: CheckedClient) -> None:
    page = upload(admin, SMALL)
    admin.follow(admin.send(page, "Publish it"))
    twice = parsed(admin.send(page, "Publish it"), 422)
    assert "Version 1 is published already, just as it is here" in twice.get_text()
    other = upload(admin, SMALL.replace("aim clear?", "aim plain?"), 422)
    assert "give this one number 2" in other.get_text()


def test_what_is_sent_to_be_published_is_checked_again(admin: CheckedClient) -> None:
    page = upload(admin, SMALL)
    for nonsense in ("%%%", "bm8=", ""):
        refused = parsed(admin.send(page, "Publish it", data=nonsense), 422)
        assert refused.select("#found li")
