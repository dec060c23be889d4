"""Releasing a closed round: proposed by the coordinator, decided by the chair or by a mailed link, seen, taken back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from bs4 import BeautifulSoup, Tag
from sqlalchemy import select

from a2p.access.policy import Role
from a2p.rounds.confirmers import confirmers
from a2p.rounds.erasing import erase_person
from a2p.rounds.releasing import Wish, confirm, propose
from a2p.scoring.releases import To
from a2p.store.audit import Actor
from a2p.store.letter_tables import Letter
from a2p.store.outcome_tables import Release
from a2p.store.round_tables import Invitation, Round
from a2p.store.tokens import token_hash
from tests.rounds.known_person import list_in
from tests.rounds.test_changes import held
from tests.web.client import CheckedClient, one, parsed
from tests.web.installation import Installation


@pytest.fixture
def coordinator(installed: Installation) -> CheckedClient:
    return installed.coordinator(installed.site.own)


@pytest.fixture
def chair(installed: Installation) -> CheckedClient:
    return installed.signed_in(installed.site.own.staff[Role.CHAIR])


@pytest.fixture
def manager(installed: Installation) -> CheckedClient:
    return installed.signed_in(installed.site.own.staff[Role.MANAGER])


def home(installed: Installation) -> str:
    return f"/rounds/{installed.site.own.closed.id}/release"


def text(page: Tag) -> str:
    return " ".join(page.get_text(" ").split())


def proposed(
    installed: Installation, coordinator: CheckedClient, to: str = "region", level: str = "2", themes: str = ""
) -> BeautifulSoup:
    form = coordinator.page(f"{home(installed)}/{to}/propose")
    chosen = f"chair-{installed.site.own.staff[Role.CHAIR].id}"
    more = {"themes": themes} if to == "region" else {}
    sent = coordinator.send(form, "Propose it", level=level, reason="Asked", confirmer=chosen, **more)
    return coordinator.follow(sent)


def release(installed: Installation, to: To, level: str, themes: str = "", round_id: int | None = None) -> None:
    place = installed.site.own
    with installed.session() as session, session.begin():
        closed = session.get_one(Round, round_id or place.closed.id)
        chair = confirmers(session, closed.partnership, place.coordinator.id)[0]
        wish = Wish(to, level, "Asked", themes)
        row = propose(session, closed, wish, chair, Actor(place.coordinator.id, "coordinator"))
        confirm(session, row, Actor(chair.person_id, "chair"))


def link(installed: Installation) -> str:
    """The address in the letter, as if it had been sent."""
    with installed.session() as session, session.begin():
        session.scalars(select(Release).where(Release.state == "proposed")).one().token_hash = token_hash("tok")
    return "/confirm-release/tok"


def states(installed: Installation) -> list[str]:
    with installed.session() as session:
        return list(session.scalars(select(Release.state).order_by(Release.id)))


def test_what_is_proposed_waits_for_the_chair_who_confirms_it_signed_in(
    installed: Installation, coordinator: CheckedClient, chair: CheckedClient
) -> None:
    page = proposed(installed, coordinator, themes="We talk more than we act.")
    assert "It is proposed. Fenland chair gets a letter" in text(page)
    assert not page.find("button", string="Confirm")
    asked = chair.page(home(installed))
    assert "We talk more than we act." in text(asked)
    done = chair.follow(chair.send(asked, "Confirm"))
    assert "It is shown from now on." in text(done)
    assert "Proposed by Fenland coordinator; confirmed by Fenland chair" in text(done)


def test_the_form_says_what_is_missing_and_keeps_what_was_typed(
    installed: Installation, coordinator: CheckedClient
) -> None:
    form = coordinator.page(f"{home(installed)}/region/propose")
    sent = coordinator.send(form, "Propose it", level="T", themes="", reason="Because we want to")
    assert sent.status_code == 422
    page = parsed(sent, 422)
    said = text(one(page, ".govuk-error-summary"))
    assert "Write the themes that the region will read" in said
    assert "Choose who is asked to confirm it" in said
    assert one(page, "#reason").get_text(strip=True) == "Because we want to"
    assert states(installed) == []


def test_a_proposal_can_be_taken_back_and_its_link_opens_nothing_then(
    installed: Installation, coordinator: CheckedClient
) -> None:
    page = proposed(installed, coordinator)
    address = link(installed)
    coordinator.follow(coordinator.send(page, "Take it back"))
    assert states(installed) == ["taken-back"]
    assert "There is nothing to decide here" in installed.client().get(address).get_data(as_text=True)


@pytest.mark.parametrize(("button", "state"), [("Yes, show it", "confirmed"), ("No, don’t show it", "refused")])
def test_the_mailed_link_shows_what_would_be_released_and_decides_once_without_an_account(
    installed: Installation, coordinator: CheckedClient, button: str, state: str
) -> None:
    proposed(installed, coordinator, level="3")
    address, browser = link(installed), installed.client()
    page = browser.page(address)
    for said in ("the region’s programme team", "Question scores", "Fenland coordinator", "Asked", "Fenland chair"):
        assert said in text(page)
    assert states(installed) == ["proposed"]  # reading decides nothing
    assert browser.send(page, button).status_code == 200
    assert states(installed) == [state]
    assert browser.send(page, button).status_code == 404
    assert browser.get(address).status_code == 404


def test_a_form_without_a_yes_or_no_decides_nothing(installed: Installation, coordinator: CheckedClient) -> None:
    proposed(installed, coordinator)
    address, browser = link(installed), installed.client()
    page = browser.page(address)
    token = one(page, "input[name=csrf_token]")["value"]
    assert browser.post(address, data={"csrf_token": str(token)}).status_code == 400
    assert states(installed) == ["proposed"]


def test_either_shows_less_at_once(installed: Installation, chair: CheckedClient, manager: CheckedClient) -> None:
    release(installed, To.REGION, "4")
    address = f"/rounds/{installed.site.own.closed.id}/released/sample"
    assert manager.get(address).status_code == 200
    form = chair.page(f"{home(installed)}/region/lower")
    chair.follow(chair.send(form, "Show less", level="0", reason="Too much"))
    assert manager.get(address).status_code == 404
    page = manager.page(f"/rounds/{installed.site.own.closed.id}/released")
    assert "Nothing is released to the region" in text(page)


def test_who_would_lower_nothing_is_led_back(installed: Installation, chair: CheckedClient) -> None:
    assert chair.get(f"{home(installed)}/region/lower").location == home(installed)


# What is released is seen


def test_the_region_reads_themes_and_no_figures(installed: Installation, manager: CheckedClient) -> None:
    release(installed, To.REGION, "T", "We trust each other.")
    page = manager.page(f"/rounds/{installed.site.own.closed.id}/released")
    assert "We trust each other." in text(page)
    assert manager.get(f"/rounds/{installed.site.own.closed.id}/released/sample").status_code == 404
    assert "Released: themes" in text(manager.page(f"/regions/{installed.site.own.region.id}"))


def test_the_region_is_told_that_results_are_counted(installed: Installation, manager: CheckedClient) -> None:
    release(installed, To.REGION, "1")
    page = manager.page(f"/rounds/{installed.site.own.closed.id}/released")
    assert "counted in regional figures, and not shown by name" in text(page)


@pytest.mark.parametrize(("level", "questions", "spread"), [("2", False, False), ("3", True, False), ("4", True, True)])
def test_the_regions_figures_grow_with_the_level_and_never_have_a_comment(
    installed: Installation, manager: CheckedClient, level: str, questions: bool, spread: bool
) -> None:
    release(installed, To.REGION, level)
    page = manager.page(f"/rounds/{installed.site.own.closed.id}/released/sample")
    assert "Purpose" in text(one(page, ".standing"))
    assert bool(page.select(".picks") or page.select("#q-aim")) is questions
    assert bool(page.select("#q-aim .bar")) is spread
    assert "Fenland comment" not in str(page)
    assert not page.select("form[action*=report]")


def test_who_answered_sees_a_summary_or_everything_and_nothing_before(installed: Installation) -> None:
    invitation = installed.site.own.answered[0]
    browser = installed.respondent(invitation)
    address = f"/answer/{invitation.id}/results/sample"
    assert browser.get(address).status_code == 404
    assert "What the partnership found" not in text(browser.page(f"/answer/{invitation.id}"))
    release(installed, To.RESPONDENTS, "summary")
    assert "What the partnership found" in text(browser.page(f"/answer/{invitation.id}"))
    summary = browser.page(address)
    assert summary.select(".standing")
    assert not summary.select(".q, .picks")
    release(installed, To.RESPONDENTS, "all")
    assert browser.page(address).select("#q-aim .bar")


def test_who_answered_reads_the_change_since_a_round_that_is_theirs_to_read_too(installed: Installation) -> None:
    place = installed.site.own
    with installed.session() as session, session.begin():
        here = {name: session.merge(getattr(place, name)) for name in ("partnership", "version", "closed")}
        later = held(session, replace(place, **here), [3] * 5)
        round_id = later.round_id
        invitation = session.scalars(select(Invitation).where(Invitation.round_id == round_id)).first()
        assert invitation is not None
        invitation_id = invitation.id
    with installed.session() as session:
        invitation = session.get_one(Invitation, invitation_id)
    browser, address = installed.respondent(invitation), f"/answer/{invitation.id}/results/sample"
    release(installed, To.RESPONDENTS, "all", round_id=round_id)
    assert not browser.page(address).select("#change")
    release(installed, To.RESPONDENTS, "all")
    assert one(browser.page(address), "#change").get_text() == "Change since Fenland spring"


def test_anybody_opens_a_board_paper_only_once_it_is_released(
    installed: Installation, coordinator: CheckedClient
) -> None:
    address = f"/public/rounds/{installed.site.own.closed.id}"
    assert installed.client().get(address).status_code == 404
    release(installed, To.PUBLIC, "board")
    page = installed.client().page(address)
    assert "Fenland Partnership" in text(page)
    assert page.select(".standing")
    assert not page.select(".q")
    assert "Fenland note" not in str(page)
    assert "The page that anybody can open" in text(coordinator.page(home(installed)))


def test_an_open_round_has_nothing_to_release(installed: Installation, coordinator: CheckedClient) -> None:
    page = coordinator.page(f"/rounds/{installed.site.own.open.id}/release")
    assert "not closed yet" in text(page)


def test_the_letter_goes_to_who_was_chosen(installed: Installation, coordinator: CheckedClient) -> None:
    proposed(installed, coordinator)
    with installed.session() as session:
        letter = session.scalars(select(Letter).where(Letter.purpose == "release")).one()
    assert letter.address == "fenland.chair@example.org"


def test_what_was_released_to_them_is_listed_where_people_find_what_they_answer(installed: Installation) -> None:
    own = installed.site.own
    client = installed.respondent(own.answered[0])
    address = f"/answer/{own.answered[0].id}/results/sample"
    assert not client.page("/answering").select(f'a[href="{address}"]')
    release(installed, To.RESPONDENTS, "summary")
    assert client.page("/answering").select(f'a[href="{address}"]')
    client.page(address)


def test_once_somebody_is_erased_the_figures_are_held_back_and_it_is_said_why(
    installed: Installation, coordinator: CheckedClient, manager: CheckedClient
) -> None:
    own = installed.site.own
    page = f"/rounds/{own.closed.id}/results/sample"
    release(installed, To.REGION, "4")
    assert coordinator.page(page).select(".q .bar")
    with installed.session() as session, session.begin():
        session.get_one(Invitation, own.answered[0].id).email = "gone@example.org"
        session.flush()
        erase_person(session, "gone@example.org", list_in(installed.settings.data_dir))
    after = coordinator.page(page)
    assert not after.select(".q .bar")
    assert "Somebody in this result asked to be erased" in text(after)
    assert after.select(f'a[href="/rounds/{own.closed.id}/reopen"]')
    assert "Level 1:" not in text(manager.page(f"/rounds/{own.closed.id}/released/sample"))
