"""The pages of the workshops that were held on a round: recorded, read, changed, and nothing typed is lost."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from a2p.access.policy import Role
from a2p.store.outcome_tables import Attendee
from a2p.web.workshop_forms import BadLine, named
from tests.web.client import CheckedClient, one, parsed
from tests.web.installation import Installation

DAY = {"held_day": "5", "held_month": "1", "held_year": "2026"}


@pytest.fixture
def base(installed: Installation) -> str:
    """The address of the own closed round's workshops, the round long open."""
    own = installed.site.own
    with installed.session() as session, session.begin():
        round_ = session.merge(own.closed)
        round_.opened = round_.opened.replace(year=2025)
    return f"/rounds/{own.closed.id}/workshops"


def record(client: CheckedClient, base: str, **more: str | list[str]) -> BeautifulSoup:
    return client.follow(client.send(client.page(f"{base}/new"), "Record the workshop", **{**DAY, **more}))


def said(page: BeautifulSoup) -> str:
    return " ".join(one(page, "main").get_text(" ").split())


def test_a_workshop_is_recorded_by_the_facilitator_and_read_by_the_chair_without_addresses(
    installed: Installation, base: str
) -> None:
    own = installed.site.own
    facilitator = installed.signed_in(own.staff[Role.FACILITATOR])
    page = record(
        facilitator,
        base,
        place="The Guildhall",
        organisations=["Fenland police", "Fenland fire"],
        others="Fen Trust\n\n",
        people="9",
        attendees="Ann Orchard, Ann@Example.org\r\nBen Penn",
        unsettled="Who speaks for us.",
    )
    assert "Workshop of 5 January 2026" in said(page)
    assert "Fen Trust Fenland fire Fenland police" in said(page)
    assert "Ann Orchard, ann@example.org Ben Penn Erased 12 months after the workshop." in said(page)
    chair = installed.signed_in(own.staff[Role.CHAIR])
    listed = chair.page(base)
    assert "9 people came, from 3 organisations. Left open: Who speaks for us." in said(listed)
    read = chair.page(str(one(listed, ".app-card a")["href"]))
    assert "Ann Orchard" in said(read)
    assert "ann@example.org" not in said(read)
    assert not read.select("main form, main .govuk-button")


def test_what_is_recorded_stands_in_the_form_that_changes_it(installed: Installation, base: str) -> None:
    client = installed.coordinator(installed.site.own)
    record(client, base, organisations=["Fenland police"], others="Fen Trust", attendees="Ann Orchard, a@example.org")
    form = client.page(f"{base}/1/change")
    assert [each["value"] for each in form.select("input[name=organisations][checked]")] == ["Fenland police"]
    assert one(form, "#others").get_text().strip() == "Fen Trust"
    assert one(form, "#attendees").get_text().strip() == "Ann Orchard, a@example.org"
    client.follow(client.send(form, people="12"))
    assert "12 people came" in said(client.page(base))


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"held_day": ""}, "The day of the workshop must be a real date"),
        ({"held_day": "", "held_month": "", "held_year": ""}, "Enter the day of the workshop"),
        ({"held_year": "2999"}, "must be today or in the past"),
        ({"held_year": "2024"}, "can’t be before the round was opened"),
        ({"people": "many"}, "must be a number"),
        ({"people": "0"}, "must be a number from 1 to 9,999"),
        ({"people": "1", "attendees": "Ann\nBen"}, "You name 2 people, and say that 1 came"),
        ({"attendees": "Ann\nben@example.org"}, "People by name, line 2: enter a name"),
        ({"others": "x" * 201}, "Other organisations, line 1"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    installed: Installation, base: str, wrong: dict[str, str], told: str
) -> None:
    client = installed.coordinator(installed.site.own)
    given: dict[str, str | list[str] | None] = {**DAY, "note": "A note", "organisations": ["Fenland police"], **wrong}
    page = parsed(client.send(client.page(f"{base}/new"), "Record the workshop", **given), 422)
    assert told in one(page, ".govuk-error-summary").get_text()
    assert one(page, "#note").get_text().strip() == "A note"
    assert [each["value"] for each in page.select("input[name=organisations][checked]")] == ["Fenland police"]
    for name, typed in wrong.items():
        box = one(page, f"#{name.replace('_', '-')}")
        assert (box.get_text().strip() or str(box.get("value", ""))) == typed


def test_a_clash_is_told_and_what_was_typed_stays(installed: Installation, base: str) -> None:
    client = installed.coordinator(installed.site.own)
    record(client, base)
    mine = client.page(f"{base}/1/change")
    client.send(client.page(f"{base}/1/change"), place="Theirs", attendees="Ann Orchard, a@example.org")
    clash = parsed(client.send(mine, place="Mine", organisations=["Fenland fire"]), 409)
    theirs = one(clash, ".govuk-inset-text").get_text()
    assert "Place: Theirs" in theirs
    assert "Ann Orchard, a@example.org" in theirs
    assert "Organisations that came: none" in theirs
    assert one(clash, "#place")["value"] == "Mine"
    assert "Mine" in said(client.follow(client.send(clash)))
    with installed.session() as session:
        assert session.query(Attendee).count() == 0, "who saw theirs and saved again decided it"


def test_what_people_typed_is_never_html(installed: Installation, base: str) -> None:
    client = installed.coordinator(installed.site.own)
    bold = "<b>bold</b>"
    page = record(client, base, place=bold, others=bold, attendees=bold, note=bold, unsettled=bold)
    assert said(page).count(bold) == 5
    assert said(client.page(base)).count(bold) == 2


def test_there_is_no_workshop_before_the_round_closes(installed: Installation) -> None:
    own = installed.site.own
    client = installed.coordinator(own)
    assert client.get(f"/rounds/{own.open.id}/workshops").status_code == 404
    assert client.get(f"/rounds/{own.open.id}/workshops/new").status_code == 404


@pytest.mark.parametrize(
    ("written", "name", "email"),
    [
        ("Ann Orchard", "Ann Orchard", ""),
        ("  Ann   Orchard ,  ANN@example.org ", "Ann Orchard", "ann@example.org"),
        ("Ann Orchard <ann@example.org>", "Ann Orchard", "ann@example.org"),
        ("Ann Orchard (ann@example.org);", "Ann Orchard", "ann@example.org"),
        ("Orchard, Ann ann@example.org", "Orchard, Ann", "ann@example.org"),
    ],
)
def test_people_are_read_as_people_write_them(written: str, name: str, email: str) -> None:
    (found,) = named(f"\n{written}\n\n")
    assert (found.name, found.email) == (name, email)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("ann@example.org", "line 1: enter a name"),
        ("Ann, a@example.org, b@example.org", "line 1: enter a name, then a comma and one"),
        ("Ann\nBen, ben@", "line 2: enter the e-mail address in the correct format"),
        ("Ann, a@example.org\nBen, A@example.org", "line 2: the address stands in line 1 already"),
        ("x" * 201, "line 1: the name must be 200 characters or less"),
        ("," * 500, "line 1: put one person on each line"),
        ("\n".join(map(str, range(301))), "line 301: no more than 300"),
    ],
)
def test_a_line_that_names_nobody_is_told_with_its_number(text: str, told: str) -> None:
    with pytest.raises(BadLine) as problem:
        named(text)
    assert str(problem.value).startswith(told)


def test_the_same_person_written_twice_is_one() -> None:
    assert len(named("Ann Orchard, a@example.org\nAnn Orchard, A@example.org")) == 1


def test_the_record_is_sent_from_the_workshops_page_and_how_it_stands_is_said(
    installed: Installation, base: str
) -> None:
    facilitator = installed.signed_in(installed.site.own.staff[Role.FACILITATOR])
    page = record(facilitator, base, attendees="Ann Orchard, ann@example.org\r\nBen Penn")
    assert "To 1 person who left an e-mail address." in said(page)
    done = facilitator.follow(facilitator.send(page, "Send the record", version="draft"))
    assert "The record is on its way to one person." in done.get_text()
    assert "ann@example.org, a draft for correction: Record is on its way" in said(done)
    twice = facilitator.follow(facilitator.send(done, "Send the record", version="draft"))
    assert "Everybody has this version already" in twice.get_text()
    refused = parsed(facilitator.send(done, "Send the record"), 422)
    assert "Choose as what it is sent" in refused.get_text()


def test_where_nobody_left_an_address_there_is_nothing_to_press(installed: Installation, base: str) -> None:
    facilitator = installed.signed_in(installed.site.own.staff[Role.FACILITATOR])
    page = record(facilitator, base, attendees="Ben Penn")
    assert "Nobody who came left an e-mail address" in said(page)
    assert page.select("main form") == []
