"""The list of partners: adding, changing and merging by hand, without JavaScript."""

from __future__ import annotations

from bs4 import BeautifulSoup

from a2p.rounds.partners import Details, add_contact, find_organisation, organisations_of
from a2p.store.audit import SYSTEM
from a2p.store.tables import Contact, Organisation
from tests.web.client import CheckedClient, one, parsed
from tests.web.world import World

PARTNERS = "/partnerships/1/partners"


def row_of(page: BeautifulSoup, organisation: str) -> str:
    found = next(row for row in page.select("tbody tr") if one(row, "th").get_text(strip=True) == organisation)
    return " ".join(found.get_text(" ").split())


def add_person(client: CheckedClient, **fields: str) -> BeautifulSoup:
    page = client.page(f"{PARTNERS}/people/new")
    typed = {"name": "Ann Orchard", "email": "Ann@Example.org", "organisation": "1"} | fields
    return client.follow(client.send(page, "Add the person", **typed))


def summary(page: BeautifulSoup) -> str:
    return one(page, ".govuk-error-summary").get_text(" ", strip=True)


def test_the_list_is_found_from_the_partnerships_page_and_shows_organisations_by_sector(world: World) -> None:
    client = world.coordinator()
    home = client.page("/partnerships/1")
    assert [link["href"] for link in home.select("main a") if "Partners and people" in link.get_text()] == [PARTNERS]
    page = client.page(PARTNERS)
    assert [heading.get_text(strip=True) for heading in page.select("h2.app-sector")] == [
        "Health",
        "Voluntary and community",
    ]
    assert "2 organisations, 0 people" in page.get_text()


def test_an_empty_list_says_how_to_begin(world: World) -> None:
    client = world.coordinator()
    with world.session() as session, session.begin():
        for each in session.query(Organisation):
            each.merged_into_id = each.id
    page = client.page(PARTNERS)
    assert "There is nobody on the list yet" in page.get_text()
    assert not page.select("form[role=search]")


def test_a_person_is_added_with_their_address_in_small_letters(world: World) -> None:
    page = add_person(world.coordinator(), councillor="executive", layer="board")
    assert row_of(page, "Fen Trust") == "Fen Trust Ann Orchard ann@example.org, executive councillor, board"


def test_what_is_typed_wrongly_is_told_and_kept(world: World) -> None:
    client = world.coordinator()
    page = client.page(f"{PARTNERS}/people/new?organisation=2")
    assert one(page, "#organisation option[selected]").get_text(strip=True) == "Fen Health"
    wrong = parsed(client.send(page, "Add the person", name="Ann", email="ann@", organisation=""), 422)
    assert "Enter an e-mail address in the correct format" in summary(wrong)
    assert "Choose their organisation" in summary(wrong)
    assert one(wrong, "#email")["value"] == "ann@"


def test_somebody_elses_address_and_an_organisation_that_is_not_ours_are_refused(world: World) -> None:
    client = world.coordinator()
    add_person(client)
    page = client.page(f"{PARTNERS}/people/new")
    again = parsed(client.send(page, "Add the person", name="Ben", email="ann@example.org", organisation="2"), 422)
    assert "Ann Orchard, Fen Trust, is on the list with this e-mail address" in summary(again)
    strange = parsed(client.send(page, "Add the person", name="Ben", organisation="99"), 422)
    assert "Choose their organisation" in summary(strange)


def test_a_person_is_changed_and_taken_off_the_list(world: World) -> None:
    client = world.coordinator()
    add_person(client)
    page = client.page(f"{PARTNERS}/people/1")
    assert one(page, "#email")["value"] == "ann@example.org"
    changed = client.follow(client.send(page, "Save", name="Ann Grove", organisation="2"))
    assert "Ann Grove" in row_of(changed, "Fen Health")
    gone = client.follow(client.send(client.page(f"{PARTNERS}/people/1/remove"), "Take them off"))
    assert "Ann Grove is off the list" in gone.get_text()
    assert client.get(f"{PARTNERS}/people/1").status_code == 404


def test_an_organisation_is_added_once_renamed_and_removed(world: World) -> None:
    client = world.coordinator()
    page = client.page(f"{PARTNERS}/organisations/new")
    missing = summary(parsed(client.send(page, "Add the organisation", name=" ", sector=""), 422))
    assert "Enter the organisation’s name" in missing
    assert "Choose the organisation’s sector" in missing
    twice = parsed(client.send(page, "Add the organisation", name="FEN trust", sector="health"), 422)
    assert "Fen Trust is on the list already" in summary(twice)
    added = client.follow(client.send(page, "Add the organisation", name="Fen Fire", sector="fire"))
    taken = parsed(client.send(added, "Save", name="Fen Trust"), 422)
    assert "merge them" in summary(taken)
    renamed = client.follow(client.send(added, "Save", name="Fen Fire and Rescue"))
    assert row_of(renamed, "Fen Fire and Rescue")
    client.follow(client.send(client.page(f"{PARTNERS}/organisations/3/remove"), "Remove the organisation"))
    assert client.get(f"{PARTNERS}/organisations/3").status_code == 404


def test_an_organisation_that_was_invited_says_why_it_stays(world: World) -> None:
    client = world.coordinator()
    page = client.page(f"{PARTNERS}/organisations/1/remove")
    assert "Fen Trust can’t be removed" in one(page, "h1").get_text()
    assert not page.select("main form")


def test_merging_says_first_what_it_does_and_that_two_voices_become_one(world: World) -> None:
    client = world.coordinator()
    add_person(client)
    page = client.page(f"{PARTNERS}/organisations/1/merge")
    assert "Choose the entry to keep" in summary(parsed(client.get(f"{PARTNERS}/organisations/1/merge?into="), 422))
    assert [option["value"] for option in page.select("#into option")] == ["", "2"]
    check = client.follow(client.get(f"{PARTNERS}/organisations/1/merge?into=2"))
    text = " ".join(check.get_text().split())
    assert "1 person moves to Fen Health" in text
    assert "In Spring, 1 person answers for Fen Health from now on, beside the 1 person there already" in text
    assert "Two voices become one" in text
    merged = client.follow(client.send(check, "Merge the two"))
    assert "Fen Trust is part of Fen Health now" in merged.get_text()
    assert "Ann Orchard" in merged.get_text()
    assert client.get(f"{PARTNERS}/organisations/1").status_code == 404


def test_a_merge_of_more_than_was_shown_is_shown_again(world: World) -> None:
    client = world.coordinator()
    check = client.page(f"{PARTNERS}/organisations/1/merge/2")
    add_person(client)
    again = parsed(client.send(check, "Merge the two"), 409)
    assert "nothing was done" in again.get_text()
    assert "1 person moves" in again.get_text()
    client.follow(client.send(again, "Merge the two"))


def test_forty_organisations_and_their_people_are_searched(world: World) -> None:
    with world.session() as session, session.begin():
        for number in range(40):
            body = Organisation(partnership_id=1, name=f"Cymdeithas {'x' * 150} {number}", sector="business")
            session.add(body)
            session.flush()
            for each in range(4):
                add_contact(session, body, Details(f"Person {each} of {number}"), SYSTEM)
    client = world.coordinator()
    page = client.page(PARTNERS)
    assert "42 organisations, 160 people" in page.get_text()
    found = client.page(f"{PARTNERS}?q=PERSON+2+of+7")
    assert "Found 1 person in 1 organisation" in found.get_text()
    nothing = client.page(f"{PARTNERS}?q=<b>nobody</b>")
    assert "Nothing on the list is like “<b>nobody</b>”" in nothing.get_text()


def test_the_list_of_another_partnership_is_not_there(world: World) -> None:
    with world.session() as session:
        assert find_organisation(session, 1, "fen trust") is not None
        assert len(organisations_of(session, 1)) == 2
        assert session.query(Contact).count() == 0
    client = world.coordinator()
    for path in ("/partnerships/2/partners", f"{PARTNERS}/organisations/9", f"{PARTNERS}/organisations/1/merge/1"):
        assert client.get(path).status_code == 404
