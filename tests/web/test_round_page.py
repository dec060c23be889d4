"""The page of a round for each who may see it: what is next, counts, names for those who have them."""

from __future__ import annotations

import pytest

from a2p.access.policy import Role
from a2p.rounds.opening import RoundPlan, open_round
from a2p.rounds.paper import key_in
from a2p.store.audit import Actor
from a2p.store.round_tables import Invitation, Round
from a2p.store.tables import Organisation, Partnership
from tests import site
from tests.web.answered import answer, close
from tests.web.client import one
from tests.web.installation import Installation
from tests.web.world import World

ROUND = "/rounds/1"


def words(text: str) -> str:
    return " ".join(text.split())


def test_a_coordinator_sees_at_a_glance_what_is_next_and_how_far_people_are(world: World) -> None:
    answer(world, 3)
    page = world.coordinator().page(ROUND)
    glance = words(one(page, ".app-glance").get_text())
    assert "2 of 5 people have not submitted yet" in glance
    rows = [words(row.get_text(" ")) for row in page.select(".app-progress tr")]
    assert rows == ["Invited 5", "Opened the link 3", "Started 3", "Submitted 3"]
    assert "3 responses, all on the site." in glance


def test_the_list_can_be_cut_to_those_who_have_not_submitted(world: World) -> None:
    answer(world, 3)
    client = world.coordinator()
    assert len(client.page(ROUND).select("tbody tr th[scope=row].govuk-table__header")) >= 5
    page = client.page(f"{ROUND}?who=waiting")
    names = [row.get_text(strip=True) for row in page.select(".app-reflow:not(.app-narrow) tbody th")]
    assert names == ["Ewa Lyle", "Ben Ashby"]


def test_response_by_sector_is_in_words(world: World) -> None:
    answer(world, 3)
    table = one(world.coordinator().page(ROUND), ".app-narrow")
    rows = [words(row.get_text(" ")) for row in table.select("tbody tr")]
    assert rows == ["Health 3 of 4 3 of 4", "Voluntary and community 0 of 1 0 of 1"]


def test_forms_on_paper_are_said_in_the_response_mix(world: World) -> None:
    answer(world, 2)
    with world.session() as session, session.begin():
        invitation = session.get_one(Invitation, world.invitation_id)
        key_in(session, invitation, session.get_one(Round, 1).versions[0], {}, Actor(None, "facilitator"))
    said = "3 responses, 1 of them on paper (keyed in by the facilitator: 1)."
    assert said in words(world.coordinator().page(ROUND).get_text())
    close(world)
    assert said in words(world.coordinator().page("/rounds/1/results/sample").get_text())


def test_forms_filled_in_as_pdf_are_said_apart(world: World) -> None:
    with world.session() as session, session.begin():
        invitation = session.get_one(Invitation, world.invitation_id)
        office = Actor(None, "programme manager")
        key_in(session, invitation, session.get_one(Round, 1).versions[0], {}, office, from_file=True)
    page = words(world.coordinator().page(ROUND).get_text())
    assert "1 of them on forms (entered by the programme manager: 1)." in page
    assert "One form was filled in as a PDF and read in." in page


def test_a_chair_reads_the_same_and_is_offered_nothing_to_do(installed: Installation) -> None:
    own = installed.site.own
    chair = installed.signed_in(own.staff[Role.CHAIR])
    page = chair.page(f"/rounds/{own.open.id}")
    assert "Fenland police person" in page.get_text()
    assert {one(form, "button").get_text() for form in page.select("main form")} == {"Paper form (PDF)"}
    for absent in ("Invite people", "Withdraw", "Close the round", "Key in", "Change the last day"):
        assert absent not in one(page, "main").get_text(), absent
    home = chair.page(f"/partnerships/{own.partnership.id}")
    assert "Open a round" not in home.get_text()
    assert chair.page(f"/rounds/{own.closed.id}/results/sample")


def test_a_facilitator_sees_counts_and_no_name(installed: Installation) -> None:
    own = installed.site.own
    facilitator = installed.signed_in(own.staff[Role.FACILITATOR])
    page = facilitator.page(f"/rounds/{own.open.id}/facilitate")
    assert "0 of 5 people have submitted" in words(page.get_text())
    assert "Fenland police" not in page.get_text()
    assert "Results" not in one(page, "main").get_text()
    closed = facilitator.page(f"/rounds/{own.closed.id}/facilitate")
    results = next(link for link in closed.select("main a") if "/results/" in str(link["href"]))
    shown = facilitator.page(str(results["href"]))
    assert str(one(shown, ".govuk-back-link")["href"]) == f"/rounds/{own.closed.id}/facilitate"


def test_a_programme_manager_sees_take_up_and_no_name_and_no_result(installed: Installation) -> None:
    own = installed.site.own
    manager = installed.signed_in(own.staff[Role.MANAGER])
    page = manager.page(f"/regions/{own.region.id}")
    text = words(one(page, "main").get_text())
    assert "Fenland Partnership" in text
    assert "0 of 5 people have submitted, from 0 of 5 organisations" in text
    assert "5 of 5 people have submitted" in text
    assert "Fenland police" not in text
    assert manager.get(f"/rounds/{own.closed.id}/results/sample").status_code == 403


def test_everybody_is_led_to_their_own_page(installed: Installation) -> None:
    own = installed.site.own
    wanted = {
        Role.COORDINATOR: f"/partnerships/{own.partnership.id}",
        Role.CHAIR: f"/partnerships/{own.partnership.id}",
        Role.MANAGER: f"/regions/{own.region.id}",
    }
    for role, address in wanted.items():
        assert installed.signed_in(own.staff[role]).get("/").location == address
    choices = installed.signed_in(own.staff[Role.FACILITATOR]).page("/")
    addresses = {str(link["href"]) for link in choices.select("main a")}
    assert addresses == {f"/rounds/{each.id}/facilitate" for each in (own.open, own.closed)}


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.CHAIR, Role.MANAGER])
def test_the_calendar_names_partnerships_questionnaires_and_days(installed: Installation, role: Role) -> None:
    own = installed.site.own
    page = installed.signed_in(own.staff[role]).page(f"/regions/{own.region.id}/calendar")
    text = words(one(page, "main").get_text())
    assert "Fenland Partnership" in text
    assert "to 31 December 2999" in text
    assert "Fenland police" not in text


def test_the_calendar_warns_of_a_body_that_is_asked_by_three_partnerships_at_once(installed: Installation) -> None:
    own = installed.site.own
    with installed.session() as session, session.begin():
        for name in ("Marshland", "Wolds"):
            place = Partnership(region_id=own.region.id, name=name, kind="district")
            session.add(place)
            session.flush()
            session.add(Organisation(partnership_id=place.id, name=f"{name} force", sector="police"))
            version = session.get_one(Round, own.open.id).versions[0]
            open_round(session, place, RoundPlan("R", [version], together=False, closes=site.NEVER))
    page = installed.coordinator(own).page(f"/regions/{own.region.id}/calendar")
    text = words(one(page, "main").get_text())
    assert "Three partnerships ask the police in the weeks from" in text
    assert "force" not in text
