"""An administrator's way through places, people and roles, without JavaScript."""

from __future__ import annotations

import io
from datetime import date

import pytest
from bs4 import BeautifulSoup

from a2p.access.policy import Role
from a2p.settings import SETTINGS
from a2p.store.queue import LetterQueue
from a2p.store.tables import Partnership
from tests.web.client import CheckedClient, one, parsed
from tests.web.installation import Installation


@pytest.fixture
def admin(installed: Installation) -> CheckedClient:
    return installed.signed_in(installed.site.administrator)


def summary(page: BeautifulSoup) -> str:
    return one(page, ".govuk-error-summary").get_text(" ", strip=True)


def place_page(admin: CheckedClient, name: str) -> str:
    page = admin.page(f"/admin/partnerships?looked-for={name}")
    return str(one(page, "tbody a")["href"])


def test_an_administrator_begins_at_their_own_page_and_everybody_else_is_told_nothing(installed: Installation) -> None:
    admin = installed.signed_in(installed.site.administrator)
    page = admin.follow(admin.get("/"))
    links = [str(link["href"]) for link in page.select("main dt a")]
    assert "/admin/partnerships" in links
    for link in links:
        admin.page(link)
        assert installed.coordinator(installed.site.own).get(link).status_code == 404


def test_a_region_is_added_and_renamed_once(admin: CheckedClient) -> None:
    page = admin.page("/admin/regions")
    made = admin.follow(admin.send(page, "Add the region", name="  West   Anglia "))
    assert one(made, "h1").get_text() == "West Anglia"
    again = parsed(admin.send(admin.page("/admin/regions"), "Add the region", name="west anglia"), 422)
    assert "There is a region called West Anglia already" in summary(again)
    assert one(again, "#name")["value"] == "west anglia"
    renamed = admin.follow(admin.send(made, "Save the name", name="Anglia"))
    assert one(renamed, "h1").get_text() == "Anglia"


def test_a_partnership_is_added_changed_and_its_old_name_stays_in_its_history(admin: CheckedClient) -> None:
    form = admin.page("/admin/regions/1/partnerships/new")
    wrong = parsed(admin.send(form, "Add the partnership", name=""), 422)
    assert "Enter the partnership’s name" in summary(wrong)
    assert "Choose a kind" in summary(wrong)
    made = admin.follow(admin.send(form, "Add the partnership", name="Ouse Vale", kind="county"))
    assert "Nobody yet" in made.get_text()
    change = admin.page(str(one(made, "main ul a")["href"]))
    changed = admin.follow(admin.send(change, "Save", name="Ouse Together"))
    assert "it was called Ouse Vale" in changed.get_text()


def test_four_hundred_partnerships_come_in_pages_and_are_found_by_name(
    installed: Installation, admin: CheckedClient
) -> None:
    with installed.session() as session, session.begin():
        region_id = installed.site.own.region.id
        session.add_all([Partnership(region_id=region_id, name=f"Place {n:03}", kind="district") for n in range(400)])
    page = admin.page("/admin/partnerships")
    assert "402 partnerships, page 1 of 9" in page.get_text()
    second = admin.page(str(one(page, ".govuk-pagination__next a")["href"]))
    assert "page 2 of 9" in second.get_text()
    found = admin.page("/admin/partnerships?looked-for=place+39&region=1")
    assert "10 partnerships found" in found.get_text()
    assert len(found.select("tbody tr")) == 10
    for nonsense in ("?page=0", "?page=99999999999999999999", "?region=x", "?region=99999999999999"):
        admin.page(f"/admin/partnerships{nonsense}")


def import_list(admin: CheckedClient, text: str, status: int = 200) -> BeautifulSoup:
    form = one(admin.page("/admin/partnerships/import"), "main form")
    token = str(one(form, "[name=csrf_token]")["value"])
    data = {"csrf_token": token, "file": (io.BytesIO(text.encode()), "list.csv")}
    return parsed(admin.post(str(form["action"]), data=data), status)


def test_partnerships_come_from_a_list_all_or_none(admin: CheckedClient) -> None:
    head = "name,kind,above,region\n"
    wrong = import_list(admin, f"{head}Ouse Vale,district,Shire,Fenland region\nX,district,,Fenland regon\n", 422)
    assert "there is no Shire in this region or this list" in wrong.get_text()
    assert "did you mean Fenland region?" in wrong.get_text()
    assert "Add 1" not in wrong.get_text()
    unread = import_list(admin, f"{head}Ouse Vale,distric,,Fenland region\n", 422)
    assert 'row 2, column B (kind): "distric" is no kind' in unread.get_text()
    rows = "Ouse Vale,district,Shire,Fenland region\nShire,County,,fenland region\n"
    shown = import_list(admin, f"{head}{rows}Fenland Partnership,district,,Fenland region\n")
    assert "Nothing: it is here already" in shown.get_text()
    added = admin.follow(admin.send(shown, "Add 2 partnerships"))
    assert "2 partnerships were added" in added.get_text()
    place = admin.page(place_page(admin, "Ouse"))
    assert "Shire" in one(place, "dl").get_text()
    again = import_list(admin, head + rows)
    assert "Everything in the list is here already" in again.get_text()


def test_a_list_without_a_file_or_with_nonsense_is_refused(admin: CheckedClient) -> None:
    empty = parsed(admin.send(admin.page("/admin/partnerships/import"), "Show what it does"), 422)
    assert "Choose a list" in summary(empty)
    shown = import_list(admin, "name,kind,above,region\nShire,county,,Fenland region\n")
    for nonsense in ("%%%", ""):
        refused = parsed(admin.send(shown, "Add 1 partnership", data=nonsense), 422)
        assert "the file is empty" in refused.get_text()


def test_ending_is_asked_first_refused_with_an_open_round_and_taken_back(
    installed: Installation, admin: CheckedClient
) -> None:
    own = installed.site.own
    address = f"/admin/partnerships/{own.partnership.id}"
    ask = admin.page(f"{address}/end")
    assert "A round is open: Fenland autumn" in ask.get_text()
    refused = parsed(admin.send(ask, "End the partnership"), 422)
    assert "Its coordinator closes it first" in summary(refused)
    nonsense = parsed(admin.send(ask, "End the partnership", day_day="31", day_month="2", day_year="2027"), 422)
    assert "The last day must be a real date" in summary(nonsense)
    coordinator = installed.coordinator(own)
    coordinator.follow(coordinator.send(coordinator.page(f"/rounds/{own.open.id}/close"), "Close the round now"))
    ended = admin.follow(admin.send(ask, "End the partnership"))
    assert "Its last day is" in ended.get_text()
    revived = admin.follow(admin.send(ended, "Take back its end"))
    assert "its end was taken back" in revived.get_text()


def test_partnerships_merge_and_both_histories_say_so(installed: Installation, admin: CheckedClient) -> None:
    form = admin.page("/admin/regions/1/partnerships/new")
    old = admin.follow(admin.send(form, "Add the partnership", name="Little Fen", kind="district"))
    ask = admin.page(str(one(old, 'a[href$="/merge"]')["href"]))
    refused = parsed(admin.send(ask, "Merge the partnerships"), 422)
    assert "Choose the partnership" in summary(refused)
    into = admin.follow(admin.send(ask, "Merge the partnerships", into=str(installed.site.own.partnership.id)))
    assert "Little Fen became part of it" in into.get_text()
    back = admin.page(place_page(admin, "Little"))
    assert "became part of Fenland Partnership" in back.get_text()


def test_a_partnership_is_made_out_of_another_with_the_organisations_chosen(
    installed: Installation, admin: CheckedClient
) -> None:
    ask = admin.page(f"/admin/partnerships/{installed.site.own.partnership.id}/split")
    chosen = str(one(ask, "input[name=organisations]")["value"])
    taken = parsed(admin.send(ask, "Make the partnership", name="Fenland Partnership", organisations=chosen), 422)
    assert "called Fenland Partnership in this region" in summary(taken)
    assert one(taken, f'input[name=organisations][value="{chosen}"]').has_attr("checked")
    cant = parsed(admin.send(ask, "Make the partnership", name="Upper Fen", then="ends"), 422)
    assert "Fenland autumn" in summary(cant)
    made = admin.follow(admin.send(ask, "Make the partnership", name="Upper Fen", organisations=chosen))
    assert "made out of Fenland Partnership" in made.get_text()


def test_a_role_is_given_to_somebody_new_and_ended(installed: Installation, admin: CheckedClient) -> None:
    page = admin.page(f"/admin/regions/{installed.site.own.region.id}")
    form = admin.page(str(one(page, 'a[href*="/roles/new"]')["href"]))
    assert one(form, "#over")["value"] == "Fenland region"
    wrong = parsed(admin.send(form, "Give the role", email="nonsense", ends_day="1"), 422)
    assert "Enter an e-mail address" in summary(wrong)
    assert "Enter the person’s name" in summary(wrong)
    assert "The last day must be a real date" in summary(wrong)
    given = admin.follow(admin.send(form, "Give the role", name="Mona Quick", email=" Mona@Example.org"))
    assert "Mona Quick is now programme manager of Fenland region" in given.get_text()
    ask = admin.page(str(one(given, 'a[href$="/end"]')["href"]))
    ended = admin.follow(admin.send(ask, "End the role"))
    assert "Mona Quick is no longer programme manager" in ended.get_text()


def test_a_second_coordinator_waits_for_the_chair(admin: CheckedClient) -> None:
    form = admin.page("/admin/roles/new?role=coordinator&over=Fenland+Partnership+(Fenland+region)")
    given = admin.follow(admin.send(form, "Give the role", name="Mona Quick", email="mona@example.org"))
    assert "The chair has been asked to confirm" in given.get_text()
    assert "Waits for the chair" in one(given, "tbody").get_text()


@pytest.mark.parametrize(
    ("role", "over"),
    [
        ("coordinator", "Fenland region"),
        ("chair", "Nowhere"),
        ("programme manager", "Fenland Partnership"),
        ("chair", ""),
    ],
)
def test_a_role_over_a_place_of_another_kind_is_refused_beside_the_field(
    admin: CheckedClient, role: str, over: str
) -> None:
    form = admin.page("/admin/roles/new")
    typed = {"name": "Mona Quick", "email": "mona@example.org", "role": role, "over": over}
    refused = parsed(admin.send(form, "Give the role", **typed), 422)
    assert one(refused, '.govuk-error-summary a[href="#over"]')
    assert one(refused, "#email")["value"] == "mona@example.org"


def test_rules_that_refuse_a_role_are_said_and_nobody_is_added(installed: Installation, admin: CheckedClient) -> None:
    own = {"name": "Ada", "email": "ada@example.org", "role": "administrator"}
    refused = parsed(admin.send(admin.page("/admin/roles/new"), "Give the role", **own), 422)
    assert "Nobody can give a role to themselves" in summary(refused)
    late = {"name": "Mona", "email": "mona@example.org", "role": "administrator"}
    days = {"ends_day": "1", "ends_month": "1", "ends_year": "2020"}
    refused = parsed(admin.send(admin.page("/admin/roles/new"), "Give the role", **late, **days), 422)
    assert "The last day must be today or later" in summary(refused)
    assert "No people found" in admin.page("/admin/people?looked-for=mona").get_text()


def test_the_last_administrator_can_t_be_ended(installed: Installation, admin: CheckedClient) -> None:
    page = admin.page(f"/admin/people/{installed.site.administrator.id}")
    ask = admin.page(str(one(page, 'a[href$="/end"]')["href"]))
    assert "last administrator" in summary(parsed(admin.send(ask, "End the role"), 422))


def test_a_person_is_added_changed_and_found(installed: Installation, admin: CheckedClient) -> None:
    form = admin.page("/admin/people/new")
    taken = parsed(admin.send(form, "Add them", name="Ada", email="ADA@example.org"), 422)
    assert "Ada Keys has this address already" in summary(taken)
    made = admin.follow(admin.send(form, "Add them", name="Mona Quick", email="mona@example.org"))
    change = admin.page(str(one(made, 'a[href$="/change"]')["href"]))
    admin.follow(admin.send(change, "Save", email="mona.quick@example.org"))
    found = admin.page("/admin/people?looked-for=MONA.Q")
    assert "mona.quick@example.org" in one(found, "tbody").get_text()


def test_a_role_that_ended_is_gone_at_the_next_click(installed: Installation, admin: CheckedClient) -> None:
    manager = installed.site.own.staff[Role.CHAIR]
    theirs = installed.signed_in(manager)
    theirs.page(f"/partnerships/{installed.site.own.partnership.id}")
    page = admin.page(f"/admin/people/{manager.id}")
    admin.follow(admin.send(admin.page(str(one(page, 'a[href$="/end"]')["href"])), "End the role"))
    assert theirs.get(f"/partnerships/{installed.site.own.partnership.id}").location.startswith("/sign-in")


def test_a_lost_authenticator_is_asked_about_and_forgotten(installed: Installation, admin: CheckedClient) -> None:
    chair = installed.site.own.staff[Role.CHAIR]
    assert "no authenticator" in admin.page(f"/admin/people/{chair.id}").get_text()
    with installed.session() as session, session.begin():
        session.merge(chair).second_factor = "sealed"
    theirs = installed.signed_in(chair)
    page = admin.page(f"/admin/people/{chair.id}")
    ask = admin.page(str(one(page, 'a[href$="/second-factor"]')["href"]))
    reset = admin.follow(admin.send(ask, "Forget it"))
    assert "no authenticator" in reset.get_text()
    assert theirs.get(f"/partnerships/{installed.site.own.partnership.id}").location.startswith("/sign-in")


def test_every_setting_is_shown_and_no_secret(installed: Installation, admin: CheckedClient) -> None:
    text = admin.page("/admin/settings").get_text()
    for setting in SETTINGS:
        assert setting.name in text
    assert installed.settings.secret_key not in text
    assert installed.settings.responsible in text


def test_in_a_partnership_that_has_ended_no_round_is_opened(installed: Installation) -> None:
    own = installed.site.own
    client = installed.coordinator(own)
    form = client.page(f"/partnerships/{own.partnership.id}/rounds/new")
    with installed.session() as session, session.begin():
        session.merge(own.partnership).ended = date(2020, 1, 1)
    assert (
        "The last day of your partnership is 1 January 2020"
        in client.page(f"/partnerships/{own.partnership.id}").get_text()
    )
    late = parsed(client.send(form, "Open the round", name="Next", questionnaires="sample", mode="apart"), 422)
    assert "has had its last day" in summary(late)


def test_the_workers_are_told_of_letters_about_a_role(installed: Installation, admin: CheckedClient) -> None:
    page = admin.page(f"/admin/partnerships/{installed.site.own.partnership.id}")
    form = admin.page(str(one(page, 'a[href*="role=coordinator"]')["href"]))
    admin.follow(admin.send(form, "Give the role", name="Mona Quick", email="mona@example.org"))
    assert len(LetterQueue(installed.settings.data_dir)._huey.pending()) == 1
