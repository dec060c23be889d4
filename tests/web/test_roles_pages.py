"""Who has a role in a partnership: its coordinators name and propose, its chair confirms, both read what was done."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from a2p.access.policy import Role
from a2p.store.queue import LetterQueue
from tests.web.client import CheckedClient, one, parsed
from tests.web.installation import Installation


@pytest.fixture
def coordinator(installed: Installation) -> CheckedClient:
    return installed.coordinator(installed.site.own)


@pytest.fixture
def chair(installed: Installation) -> CheckedClient:
    return installed.signed_in(installed.site.own.staff[Role.CHAIR])


def address(installed: Installation) -> str:
    return f"/partnerships/{installed.site.own.partnership.id}"


def summary(page: BeautifulSoup) -> str:
    return one(page, ".govuk-error-summary").get_text(" ", strip=True)


def row_of(page: BeautifulSoup, name: str) -> str:
    return next(row.get_text(" ", strip=True) for row in page.select("tbody tr") if name in row.get_text())


def propose(installed: Installation, coordinator: CheckedClient) -> BeautifulSoup:
    form = coordinator.page(f"{address(installed)}/people/coordinator")
    sent = coordinator.send(form, "Propose", name="Mona Quick", email="mona@example.org")
    return coordinator.follow(sent)


def test_everybody_with_a_role_here_is_listed_and_nobody_of_elsewhere(
    installed: Installation, coordinator: CheckedClient
) -> None:
    page = coordinator.page(f"{address(installed)}/people")
    assert "Fenland coordinator (you)" in row_of(page, "fenland.coordinator@")
    assert "Facilitator of Fenland autumn" in page.get_text()
    assert "Zzcanary" not in page.get_text()


def test_a_facilitator_is_named_for_a_round_until_a_day_and_ended(
    installed: Installation, coordinator: CheckedClient
) -> None:
    form = coordinator.page(f"{address(installed)}/people/facilitator")
    wrong = parsed(coordinator.send(form, "Name", name="Mona Quick", email="mona@"), 422)
    for said in ("Enter an e-mail address", "Choose the round", "Enter the last day"):
        assert said in summary(wrong)
    assert one(wrong, "#name")["value"] == "Mona Quick"
    chosen = str(installed.site.own.open.id)
    days = {"ends_day": "1", "ends_month": "2", "ends_year": "2999"}
    named = coordinator.follow(coordinator.send(wrong, "Name", email="mona@example.org", round=chosen, **days))
    assert "until" not in row_of(named, "Mona Quick")
    assert "to 1 February 2999" in row_of(named, "Mona Quick")
    foreign = str(installed.site.foreign.open.id)
    refused = parsed(coordinator.send(wrong, "Name", email="x@example.org", round=foreign, **days), 422)
    assert "Choose the round" in summary(refused)
    end = next(link for link in named.select("tbody a") if "Mona Quick" in link.get_text())
    ended = coordinator.follow(coordinator.send(coordinator.page(str(end["href"])), "End the role"))
    assert "Ended" in row_of(ended, "Mona Quick")


def test_a_proposed_coordinator_may_do_nothing_until_the_chair_confirms(
    installed: Installation, coordinator: CheckedClient, chair: CheckedClient
) -> None:
    assert "Waits for the chair" in row_of(propose(installed, coordinator), "Mona Quick")
    page = chair.page(f"{address(installed)}/people")
    ask = chair.page(str(one(page, ".app-link-card a")["href"]))
    assert "mona@example.org" in ask.get_text()
    confirmed = chair.follow(chair.send(ask, "Confirm", answer="yes"))
    assert "In force" in row_of(confirmed, "Mona Quick")
    again = parsed(chair.send(ask, "Confirm", answer="yes"), 409)
    assert "decided already" in again.get_text()


def test_the_chair_may_refuse(installed: Installation, coordinator: CheckedClient, chair: CheckedClient) -> None:
    propose(installed, coordinator)
    ask = chair.page(str(one(chair.page(f"{address(installed)}/people"), ".app-link-card a")["href"]))
    form = one(ask, "main form")
    refused = chair.follow(chair.post(str(form["action"]), data={**_token(ask), "answer": "no"}))
    assert "Not confirmed" in row_of(refused, "Mona Quick")


def test_a_coordinator_is_not_offered_what_only_the_chair_decides(
    installed: Installation, coordinator: CheckedClient
) -> None:
    page = propose(installed, coordinator)
    assert not page.select(".app-link-card")
    take_back = next(link for link in page.select("tbody a") if "Mona Quick" in link.get_text())
    asked = coordinator.page(str(take_back["href"]))
    assert coordinator.get(str(take_back["href"]).replace("/end", "/confirm")).status_code == 403
    after = coordinator.follow(coordinator.send(asked, "Take it back"))
    assert "Not confirmed" in row_of(after, "Mona Quick")


def test_a_coordinator_can_not_name_themselves(installed: Installation, coordinator: CheckedClient) -> None:
    form = coordinator.page(f"{address(installed)}/people/coordinator")
    own = installed.site.own.coordinator
    refused = parsed(coordinator.send(form, "Propose", name=own.name, email=own.email), 422)
    assert "Nobody can give a role to themselves" in summary(refused)


def test_a_grant_of_another_partnership_is_not_there_under_one_s_own(
    installed: Installation, coordinator: CheckedClient
) -> None:
    with installed.session() as session:
        foreign = session.merge(installed.site.foreign.coordinator).grants[0].id
    assert coordinator.get(f"{address(installed)}/people/{foreign}/end").status_code == 404


def test_what_was_done_is_told_in_plain_sentences(
    installed: Installation, coordinator: CheckedClient, chair: CheckedClient
) -> None:
    propose(installed, coordinator)
    for client in (coordinator, chair):
        text = client.page(f"{address(installed)}/audit").get_text(" ", strip=True)
        assert "Fenland coordinator (coordinator) proposed the coordinator Mona Quick" in text
        assert "Zzcanary" not in text


def test_the_whole_log_is_filtered_and_its_chain_checked(installed: Installation, coordinator: CheckedClient) -> None:
    propose(installed, coordinator)
    admin = installed.signed_in(installed.site.administrator)
    page = admin.page("/admin/audit?partnership=Fenland+Partnership+(Fenland+region)&action=proposed+the+coordinator")
    assert "proposed the coordinator Mona Quick" in page.get_text()
    none = admin.page("/admin/audit?day-day=1&day-month=1&day-year=2020")
    assert "No lines" in none.get_text()
    wrong = admin.page("/admin/audit?partnership=Nowhere&day-day=99", 422)
    assert "Enter a partnership as the list has it" in summary(wrong)
    assert "The day must be a real date" in summary(wrong)
    assert "The chain is whole" in admin.page("/admin/audit/chain").get_text()


def _token(page: BeautifulSoup) -> dict[str, str]:
    return {"csrf_token": str(one(page, "[name=csrf_token]")["value"])}


def test_the_workers_are_told_of_letters_about_a_role(installed: Installation, coordinator: CheckedClient) -> None:
    propose(installed, coordinator)
    assert len(LetterQueue(installed.settings.data_dir)._huey.pending()) == 1
