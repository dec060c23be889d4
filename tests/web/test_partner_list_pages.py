"""Importing and exporting the list of partners: shown first, done whole, noted."""

from __future__ import annotations

import io
import re

from bs4 import BeautifulSoup
from sqlalchemy import select

from a2p.exchange.people_file import read_people
from a2p.rounds.partners import Details, add_contact, find_organisation
from a2p.store.audit import SYSTEM
from a2p.store.letter_tables import AuditEvent
from a2p.store.tables import Contact
from tests.web.client import CheckedClient, one, parsed
from tests.web.world import World

PARTNERS = "/partnerships/1/partners"
GOOD = (
    "Name,E-mail,Organisation,Sector,Phone\nAnn Orchard,ann@example.org,Fen Trust,,1\nBen,,Fen Fire,Fire and rescue,2\n"
)


def upload(client: CheckedClient, content: bytes | str, status: int = 200, name: str = "list.csv") -> BeautifulSoup:
    page = client.page(f"{PARTNERS}/import")
    token = str(one(page, "main [name=csrf_token]")["value"])
    data = content.encode() if isinstance(content, str) else content
    sent = {"csrf_token": token, "file": (io.BytesIO(data), name)}
    return parsed(client.post(f"{PARTNERS}/import", data=sent, content_type="multipart/form-data"), status)


def names(world: World) -> list[str]:
    with world.session() as session:
        return sorted(session.scalars(select(Contact.name)))


def counts(page: BeautifulSoup) -> list[str]:
    return [one(row, "dd").get_text(strip=True) for row in page.select(".app-counts > div")]


def test_a_list_is_shown_before_it_is_brought_in(world: World) -> None:
    client = world.coordinator()
    shown = upload(client, GOOD)
    assert counts(shown) == ["0 errors", "2 people", "0 people", "0 people"]
    text = shown.get_text()
    assert "Fen Fire is added (Fire and rescue)" in text
    assert "Not read: Phone (column E)" in text
    assert names(world) == []
    done = client.follow(client.send(shown, "Import the list"))
    assert "Imported: 2 added, 0 changed, 0 as they were" in done.get_text()
    assert names(world) == ["Ann Orchard", "Ben"]


def test_a_list_brought_in_again_has_nothing_to_do(world: World) -> None:
    client = world.coordinator()
    client.follow(client.send(upload(client, GOOD), "Import the list"))
    again = upload(client, GOOD)
    assert counts(again) == ["0 errors", "0 people", "0 people", "2 people"]
    assert "there is nothing to do" in again.get_text()
    assert "Import the list" not in again.get_text()


def test_what_changes_is_told_from_old_to_new(world: World) -> None:
    client = world.coordinator()
    client.follow(client.send(upload(client, GOOD), "Import the list"))
    shown = upload(client, "name,email,organisation,councillor\nAnn Grove,ann@example.org,Fen Health,other\n")
    text = " ".join(shown.get_text().split())
    assert (
        "name Ann Orchard becomes Ann Grove; organisation Fen Trust becomes Fen Health; councillor none becomes" in text
    )


def test_while_a_row_is_refused_there_is_nothing_to_press(world: World) -> None:
    client = world.coordinator()
    shown = upload(client, GOOD + "Ewa,ewa@,Fen Fire,fire,3\nAnn,ann@example.org,Fen Trust,,4\nUwe,,New,,5\n")
    told = [item.get_text(strip=True) for item in shown.select("main ul.govuk-list--bullet")[0].select("li")]
    assert re.fullmatch(r'Row 4, column B \(email\): "ewa@" is not an e-mail address\..*', told[0])
    assert told[1:] == [
        "Row 5, column B (email): this address stands in row 2 too",
        "Row 6, column D (sector): New is new here and needs a sector",
    ]
    assert not shown.select("[name=rows]")
    assert names(world) == []


def test_a_list_that_changed_since_it_was_shown_is_shown_again(world: World) -> None:
    client = world.coordinator()
    shown = upload(client, GOOD)
    with world.session() as session, session.begin():
        trust = find_organisation(session, 1, "Fen Trust")
        assert trust is not None
        add_contact(session, trust, Details("Ann", "ann@example.org"), SYSTEM)
    again = parsed(client.send(shown, "Import the list"), 409)
    assert "Your list has changed since you were shown this" in again.get_text()
    assert counts(again) == ["0 errors", "1 person", "1 person", "0 people"]
    assert names(world) == ["Ann"]
    client.follow(client.send(again, "Import the list"))
    assert names(world) == ["Ann Orchard", "Ben"]


def test_rows_that_this_site_did_not_sign_are_not_brought_in(world: World) -> None:
    client = world.coordinator()
    shown = upload(client, GOOD)
    rows = str(one(shown, "[name=rows]")["value"])
    assert client.send(shown, "Import the list", rows=rows[:-2] + "xx").status_code == 400
    assert client.send(shown, "Import the list", rows="").status_code == 400
    assert names(world) == []


def test_a_file_that_is_no_list_is_told_as_an_error(world: World) -> None:
    client = world.coordinator()
    page = upload(client, b"\xd0\xcf\x11\xe0 old", 422, "list.xls")
    assert "old Excel workbook" in one(page, ".govuk-error-summary").get_text()
    page = upload(client, "first,second\n1,2\n", 422)
    assert 'missing columns "name", "organisation"' in one(page, ".govuk-error-summary").get_text()
    nothing = parsed(client.send(client.page(f"{PARTNERS}/import"), "Show what it would do", file=None), 422)
    assert "Choose a file" in one(nothing, ".govuk-error-summary").get_text()


def test_the_list_is_exported_as_it_is_imported_and_that_is_noted(world: World) -> None:
    client = world.coordinator()
    client.follow(client.send(upload(client, GOOD), "Import the list"))
    for button, kind in (("Export as CSV", "csv"), ("Export as a spreadsheet", "xlsx")):
        exported = client.send(client.page(PARTNERS), button)
        assert exported.headers["Content-Disposition"] == f'attachment; filename="partners.{kind}"'
        assert [each.name for each in read_people(exported.get_data()).people] == ["Ben", "", "Ann Orchard"]
        assert "there is nothing to do" in upload(client, exported.get_data(), name=f"partners.{kind}").get_text()
    with world.session() as session:
        wanted = select(AuditEvent).where(AuditEvent.action.like("%ported partners")).order_by(AuditEvent.id)
        events = list(session.scalars(wanted))
    assert [event.action for event in events] == ["imported partners", "exported partners", "exported partners"]
    assert {event.actor for event in events} == {"coordinator"}
    assert not any("Ann" in event.detail for event in events)


def test_an_empty_list_to_fill_in_can_be_had(world: World) -> None:
    client = world.coordinator()
    for link in client.page(f"{PARTNERS}/import").select("main a[href*=template]"):
        empty = client.get(str(link["href"]))
        assert empty.status_code == 200
        (problem,) = read_people(empty.get_data()).problems
        assert problem.what == "the file has a header and no rows"
