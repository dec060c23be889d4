"""Inviting from the list of partners and by a form, without JavaScript."""

from __future__ import annotations

import io

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select

from a2p.rounds.opening import RoundPlan, open_round
from a2p.rounds.partners import Details, add_contact, find_organisation
from a2p.store.audit import SYSTEM
from a2p.store.definitions import publish
from a2p.store.letter_tables import Letter
from a2p.store.round_tables import Invitation, Round
from a2p.store.tables import Contact, Partnership
from tests.builders import definition, section
from tests.web.answered import close
from tests.web.client import one, parsed
from tests.web.world import World

PEOPLE = "/rounds/1/people"


@pytest.fixture
def listed(world: World) -> World:
    """Three people on the list, one of them a councillor and one without an address."""
    with world.session() as session, session.begin():
        trust, health = (find_organisation(session, 1, name) for name in ("Fen Trust", "Fen Health"))
        assert trust is not None
        assert health is not None
        add_contact(session, trust, Details("Ann Orchard", "ann@example.org", layer="board"), SYSTEM)
        add_contact(session, trust, Details("Ben Hill"), SYSTEM)
        add_contact(session, health, Details("Cllr Lee", "lee@example.org", "executive"), SYSTEM)
    return world


def several(world: World) -> int:
    """A round that asks two questionnaires, one of them of councillors alone."""
    with world.session() as session, session.begin():
        elected = definition(section("elected", answered_by=["councillors"]), questionnaire="elected", title="Elected")
        asked = [session.get_one(Round, 1).versions[0], publish(session, elected)]
        place = session.get_one(Partnership, 1)
        return open_round(session, place, RoundPlan("Several", asked, together=False)).id


def ticked(page: BeautifulSoup) -> list[str]:
    boxes = page.select("[name=person][checked]")
    labels = {str(label["for"]): label.get_text(strip=True) for label in page.select("label")}
    return [labels[str(box["id"])] for box in boxes]


def invited(world: World, round_id: int = 1) -> dict[str, Invitation]:
    with world.session() as session:
        found = session.scalars(select(Invitation).where(Invitation.round_id == round_id)).all()
        for each in found:
            assert each.only is not None, "loaded, so that it can be read without a session"
        return {each.name: each for each in found}


def test_a_round_leads_to_its_partnerships_list_with_everybody_ticked(listed: World) -> None:
    client = listed.coordinator()
    assert one(client.page("/rounds/1"), f"main a[href='{PEOPLE}/choose']").get_text(strip=True) == "Invite people"
    page = client.page(f"{PEOPLE}/choose")
    assert ticked(page) == ["Cllr Lee", "Ann Orchard", "Ben Hill"]
    assert ticked(parsed(client.send(page, "Tick nobody"))) == []
    assert ticked(parsed(client.send(page, "Tick all", person=None))) == ["Cllr Lee", "Ann Orchard", "Ben Hill"]


def test_who_was_chosen_is_shown_again_and_then_invited_by_letter_and_by_hand(listed: World) -> None:
    client = listed.coordinator()
    check = parsed(client.send(client.page(f"{PEOPLE}/choose"), "Continue", person=["1", "2"]))
    assert "2 people of 1 organisation" in " ".join(check.get_text().split())
    assert invited(listed).keys() == {"Ben Ashby", "Ewa Lyle"}
    assert ticked(parsed(client.send(check, "Change who is invited"))) == ["Ann Orchard", "Ben Hill"]
    links = parsed(client.send(check, "Invite 2 people"))
    (row,) = links.select(".govuk-summary-list__row")
    assert "Ben Hill" in row.get_text()
    address = one(row, "dd").get_text(strip=True)
    assert listed.client().get(address).status_code == 200
    with listed.session() as session:
        assert session.scalars(select(Letter.address)).all() == ["ann@example.org"]
    again = client.follow(client.send(check, "Invite 2 people"))
    assert "Everybody you chose is invited already" in again.get_text()
    assert len(invited(listed)) == 4
    left = client.page(f"{PEOPLE}/choose")
    assert ticked(left) == ["Cllr Lee"]
    assert "Invited: Ann Orchard, Ben Hill" in left.get_text()


def test_letters_to_everybody_lead_back_to_the_round(listed: World) -> None:
    client = listed.coordinator()
    check = parsed(client.send(client.page(f"{PEOPLE}/choose"), "Continue", person=["1", "3"]))
    done = client.follow(client.send(check, "Invite 2 people"))
    assert "Invited: 2 people. Their letters go out now" in done.get_text()
    assert not done.select("#new-link")


def test_a_link_that_goes_by_letter_is_never_shown_to_the_coordinator(listed: World) -> None:
    client = listed.coordinator()
    check = parsed(client.send(client.page(f"{PEOPLE}/choose"), "Continue", person=["1"]))
    page = client.follow(client.send(check, "Invite 1 person"))
    row = next(row for row in page.select("tbody tr") if "Ann Orchard" in row.get_text())
    assert "New link" not in row.get_text()
    token = str(one(page, "main [name=csrf_token]")["value"])
    address = f"{PEOPLE}/{invited(listed)['Ann Orchard'].id}/link"
    assert client.post(address, data={"csrf_token": token}).status_code == 404


def test_choosing_nobody_is_an_error(listed: World) -> None:
    client = listed.coordinator()
    wrong = parsed(client.send(client.page(f"{PEOPLE}/choose"), "Continue", person=None), 422)
    assert "Choose at least one person" in one(wrong, ".govuk-error-summary").get_text()


def test_councillors_and_others_may_be_asked_different_questionnaires(listed: World) -> None:
    round_id = several(listed)
    client = listed.coordinator()
    page = client.page(f"/rounds/{round_id}/people/choose")
    assert [box["value"] for box in page.select("[name=others][checked]")] == ["sample"]
    assert [box["value"] for box in page.select("[name=councillors][checked]")] == ["elected"]
    wrong = parsed(client.send(page, "Continue", others=None), 422)
    assert "Choose what people who are not councillors are asked" in one(wrong, ".govuk-error-summary").get_text()
    check = parsed(client.send(wrong, "Continue", others="sample", councillors="elected"))
    assert "Councillors are asked: Elected" in check.get_text()
    assert "Everybody else is asked: Sample" in check.get_text()
    client.send(check, "Invite 3 people")
    asked = {name: [each.questionnaire for each in one.only] for name, one in invited(listed, round_id).items()}
    assert asked == {"Ann Orchard": ["sample"], "Ben Hill": ["sample"], "Cllr Lee": ["elected"]}


def test_who_is_asked_something_of_their_own_by_the_list_is_asked_that(listed: World) -> None:
    round_id = several(listed)
    client = listed.coordinator()
    person = client.page("/partnerships/1/partners/people/1")
    client.follow(client.send(person, "Save", asks="elected"))
    page = client.page(f"/rounds/{round_id}/people/choose")
    assert "asked Elected" in page.get_text()
    check = parsed(client.send(page, "Continue"))
    assert "Ann Orchard ann@example.org, asked Elected" in " ".join(check.get_text().split())
    client.send(check, "Invite 3 people")
    asked = {name: [each.questionnaire for each in one.only] for name, one in invited(listed, round_id).items()}
    assert asked == {"Ann Orchard": ["elected"], "Ben Hill": ["sample"], "Cllr Lee": ["elected"]}


def test_a_respondent_sees_the_questionnaires_put_to_them(listed: World) -> None:
    round_id = several(listed)
    client = listed.coordinator()
    page = client.page(f"/rounds/{round_id}/people/choose")
    check = parsed(client.send(page, "Continue", person="2", others="elected"))
    links = parsed(client.send(check, "Invite 1 person"))
    address = one(links, ".app-link-card__address").get_text(strip=True)
    respondent = listed.client()
    entered = respondent.send(respondent.page(address), "Continue")
    start = respondent.follow(entered)
    titles = [heading.get_text(strip=True) for heading in start.select("h2")]
    assert "Elected" in titles
    assert "Sample" not in titles


def test_the_same_people_as_last_time_are_put_on_the_list_and_ticked(listed: World) -> None:
    close(listed)
    round_id = several(listed)
    client = listed.coordinator()
    page = client.page(f"/rounds/{round_id}/people/choose")
    same = parsed(client.send(page, "The same people as in Spring"))
    assert ticked(same) == ["Ewa Lyle", "Ben Ashby"]
    assert "Ann Orchard" in same.get_text()
    with listed.session() as session:
        assert len(session.scalars(select(Contact.id)).all()) == 5


def test_a_list_imported_on_the_way_leads_back_to_the_round(world: World) -> None:
    client = world.coordinator()
    page = client.page(f"{PEOPLE}/choose")
    assert "There is nobody on your list of partners yet" in page.get_text()
    upload = client.page(str(one(page, "main a[href*=import]")["href"]))
    form = one(upload, "main form")
    data = {
        "csrf_token": str(one(form, "[name=csrf_token]")["value"]),
        "file": (io.BytesIO(b"name,organisation\nAnn,Fen Trust\n"), "list.csv"),
    }
    shown = parsed(client.post(str(form["action"]), data=data, content_type="multipart/form-data"))
    assert ticked(client.follow(client.send(shown, "Import the list"))) == ["Ann"]


def test_somebody_invited_by_the_form_with_an_address_gets_a_letter_and_is_kept_on_the_list(world: World) -> None:
    client = world.coordinator()
    page = client.page(f"{PEOPLE}/new")
    typed = {"name": "Ann", "email": "Ann@example.org", "organisation": "fen trust", "sector": "voluntary-community"}
    done = client.follow(client.send(page, "Invite", **typed))
    assert "Invited: Ann. Their letter goes out now" in done.get_text()
    assert not done.select("#new-link")
    with world.session() as session:
        (kept,) = session.scalars(select(Contact))
        assert (kept.name, kept.email) == ("Ann", "ann@example.org")
    assert invited(world)["Ann"].contact_id == 1
    twice = parsed(client.send(page, "Invite", **typed), 422)
    assert "Ann has been invited with this e-mail address" in one(twice, ".govuk-error-summary").get_text()


def test_somebody_may_be_invited_without_being_kept_on_the_list(world: World) -> None:
    client = world.coordinator()
    page = client.page(f"{PEOPLE}/new")
    done = client.follow(client.send(page, "Invite", name="Ann", organisation="New", sector="fire", keep=None))
    assert "/i/" in one(done, "#new-link-address").get_text()
    with world.session() as session:
        assert session.scalars(select(Contact)).all() == []


def test_nobody_is_chosen_for_a_closed_round_or_one_answered_together(listed: World) -> None:
    client = listed.coordinator()
    check = parsed(client.send(client.page(f"{PEOPLE}/choose"), "Continue"))
    close(listed)
    assert client.get("/rounds/2/people/choose").status_code == 404
    assert client.get(f"{PEOPLE}/choose").status_code == 409
    assert "Nothing was changed" in parsed(client.send(check, "Invite 3 people"), 409).get_text()
    assert len(invited(listed)) == 2
