"""A region's pages: its home, making and reading snapshots, and what is released by name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select

from a2p.access.policy import Role
from a2p.region.snapshot import Scope
from a2p.rounds import both_ends
from a2p.rounds.regional_snapshots import make, members_of
from a2p.rounds.support_runs import Account, record_run
from a2p.scoring.releases import To
from a2p.store.audit import SYSTEM, Actor
from a2p.store.base import now, today
from a2p.store.definitions import publish
from a2p.store.letter_tables import AuditEvent
from a2p.store.region_tables import Snapshot
from a2p.store.round_tables import Result, Round
from a2p.store.support_modules import offered_in
from a2p.store.tables import Partnership, Person
from tests.builders import definition, scale_question, section
from tests.regional_orders import with_snapshot
from tests.rounds.shire import CLOSED, DAY, Shire, many, place, release, released
from tests.web.client import CheckedClient, fields_of, one, parsed
from tests.web.installation import Installation
from tests.web.matrix.snapshots import NEW


class Region:
    """The own region with its programme manager's browser; `fill` puts nine partnerships and a snapshot into it."""

    def __init__(self, installed: Installation) -> None:
        self.installed = installed
        self.own = installed.site.own
        self.home = f"/regions/{self.own.region.id}"
        self.client: CheckedClient = installed.signed_in(self.own.staff[Role.MANAGER])

    def fill(self, levels: list[str] | None = None) -> list[Result]:
        """Released results of as many partnerships as levels; without, those of a snapshot too."""
        with self.installed.session() as session, session.begin():
            of = Shire(session.merge(self.own.region), session.merge(self.own.version))
            found = many(session, of, levels) if levels else with_snapshot(session, self.own)[1]
            session.expunge_all()
        return found

    def text(self, path: str, status: int = 200) -> str:
        """The words of a page of the region."""
        return self.client.page(f"{self.home}{path}", status).get_text(" ", strip=True)

    def send(self, path: str, fields: Mapping[str, str], status: int) -> str:
        """A form sent to the region; the words of the answer."""
        data = {**fields, "csrf_token": self.installed.form_token(self.client)}
        return parsed(self.client.post(f"{self.home}{path}", data=data), status).get_text(" ", strip=True)

    def snapshot(self, name: str) -> int:
        """The number of a snapshot."""
        with self.installed.session() as session:
            return session.scalars(select(Snapshot.id).where(Snapshot.name == name)).one()

    def lowered(self, result: Result, level: str = "1") -> None:
        """A partnership takes its name back."""
        with self.installed.session() as session, session.begin():
            release(session, session.get_one(Round, result.round_id), level, now(), lowered=True)


@pytest.fixture
def region(installed: Installation) -> Region:
    return Region(installed)


def test_the_home_tells_take_up_and_the_newest_snapshot_and_nothing_of_answers(region: Region) -> None:
    region.fill()
    page = region.client.page(region.home)
    row = next(row for row in page.select("#take-up ~ table tbody tr") if "Sample" in row.get_text())
    assert [cell.get_text() for cell in row.select("td")][-2:] == ["10", "9"], "closed and released"
    assert "Fenland snapshot, the newest snapshot" in one(page, "section[aria-labelledby=picture-of]").get_text()
    assert "Fenland comment" not in page.get_text()


def test_many_partnerships_have_a_page_of_their_own_to_search_and_turn(region: Region) -> None:
    region.fill(["1"] * 24)
    assert "Fenland Partnership" not in region.text("")
    assert "25 partnerships, page 1 of 2" in region.text("/partnerships")
    assert "Fenland Partnership" in region.text("/partnerships?name=FEN")
    assert "24 of 25 partnerships" in region.text("/partnerships?name=district&kind=district")
    assert "No partnership is called so" in region.text("/partnerships?kind=county")
    assert "page 2 of 2" in region.text("/partnerships?page=99")


def test_a_snapshot_is_previewed_in_counts_made_and_read(region: Region) -> None:
    region.fill(["1"] * 7 + ["0", "T"])
    said = region.send("/snapshots/new", NEW, 200)
    assert "7 partnerships counted" in said
    assert "Purpose" not in said.replace("All sections", ""), "no section has a figure yet, and none is withheld"
    page = region.client.page(f"{region.home}/snapshots/new")
    form = one(page, "form[action$='/snapshots/new']")
    preview = parsed(region.client.post(f"{region.home}/snapshots/new", data={**fields_of(form), **NEW}), 200)
    made = region.client.follow(region.client.send(preview, "Make the snapshot"))
    assert "The snapshot is made" in made.get_text()
    assert "7 partnerships counted" in made.get_text(" ", strip=True).replace("\n", " ")
    picture = region.text(f"/snapshots/{region.snapshot('Spring')}/pictures/sample-apart")
    assert "7 partnerships are counted" in picture
    with region.installed.session() as session:
        assert session.scalar(select(func.count()).where(AuditEvent.action == "made a snapshot")) == 1


@pytest.mark.parametrize("link", ["Choose something else", "A new snapshot"])
def test_the_way_back_from_a_preview_keeps_every_choice(region: Region, link: str) -> None:
    chosen = {**NEW, "name": "Spring & <i>summer</i>", "whom": "county"}
    data = {**chosen, "csrf_token": region.installed.form_token(region.client)}
    preview = parsed(region.client.post(f"{region.home}/snapshots/new", data=data), 200)
    back = next(each for each in preview.select("main a, .govuk-back-link") if each.get_text(strip=True) == link)
    form = fields_of(one(region.client.page(str(back["href"])), "form[action$='/snapshots/new']"))
    assert {name: "".join(form.get(name, ())) for name in chosen} == chosen


def test_a_snapshot_tells_what_was_run_meanwhile_and_for_how_many(region: Region) -> None:
    region.fill()
    with region.installed.session() as session, session.begin():
        own = session.merge(region.own.region)
        (module, *_) = offered_in(session, own.id)
        took_part = frozenset({region.own.partnership.id})
        record_run(session, own, Account(module.module.id, date(2026, 4, 4), took_part), SYSTEM)
    told = region.text(f"/snapshots/{region.snapshot('Spring')}")
    assert f"{module.module.title} on 4 April 2026, for 1 partnership" in told
    assert "Fenland Partnership" not in told.partition("Support that was run")[2]


def test_what_was_released_after_the_preview_is_shown_before_anything_is_made(region: Region) -> None:
    results = region.fill(["1"] * 7)
    page = region.client.page(f"{region.home}/snapshots/new")
    token = fields_of(one(page, "form[action$='/snapshots/new']"))
    preview = parsed(region.client.post(f"{region.home}/snapshots/new", data={**token, **NEW}), 200)
    region.lowered(results[0], "0")
    changed = parsed(region.client.send(preview, "Make the snapshot"), 409).get_text(" ", strip=True)
    assert "In the meantime something was released or taken back" in changed
    assert "6 partnerships counted" in changed
    region.text("/snapshots/99999", 404)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": " "}, "Give the snapshot a name"),
        ({"until-year": "2025"}, "The last day can’t be before the first day"),
        ({"since-day": "31", "since-month": "2"}, "must be a real date"),
        ({"questionnaires": ""}, "questionnaire"),
    ],
)
def test_a_snapshot_that_is_not_well_asked_for_says_what_to_mend(
    region: Region, wrong: dict[str, str], said: str
) -> None:
    fields = {key: value for key, value in {**NEW, **wrong}.items() if value}
    assert said in region.send("/snapshots/new", fields, 422)


def test_a_snapshot_of_which_nothing_could_be_shown_is_not_offered(region: Region) -> None:
    region.fill(["1"] * 4)
    said = region.send("/snapshots/new", NEW, 200)
    assert "This snapshot can’t be made" in said
    assert "Make the snapshot" not in said


def test_the_section_picture_is_sorted_by_links_and_keeps_numbers_beside_marks(region: Region) -> None:
    region.fill()
    address = f"{region.home}/snapshots/{region.snapshot('Spring')}/pictures/sample-apart"

    def sections(query: str) -> list[str]:
        return [each.get_text() for each in region.client.page(address + query).select("table")[0].select("tbody th")]

    assert sections("?sort=name") == sorted(sections(""))
    assert sections("?sort=-name") == sections("?sort=name")[::-1]
    first = one(region.client.page(address).select("table")[0], "tbody tr:first-child")
    assert first.select_one("svg") is not None
    assert [cell.get_text() for cell in first.select("td[data-label=Partnerships]")] == ["9"]


def test_each_group_of_rows_by_kind_begins_with_its_heading_over_all_columns(region: Region) -> None:
    region.fill()
    address = f"{region.home}/snapshots/{region.snapshot('Spring')}/pictures/sample-apart"
    table = one(region.client.page(f"{address}?view=kind"), ".region__kinds")
    headings = [group.select("th[scope=rowgroup]") for group in table.select("tbody")]
    assert headings
    assert all(
        found == group.select("tr:first-child > *")
        for found, group in zip(headings, table.select("tbody"), strict=True)
    )
    assert {int(str(found[0]["colspan"])) for found in headings} == {len(table.select("thead th"))}


def test_withheld_is_shown_as_withheld_with_its_reason(region: Region) -> None:
    region.fill()
    page = f"/snapshots/{region.snapshot('Spring')}"
    with region.installed.session() as session, session.begin():
        of = Shire(session.merge(region.own.region), session.merge(region.own.version))
        for number in range(3):
            released(session, of, place(session, of, f"City {number}", "unitary"), "1", number, CLOSED + DAY)
    fields = {**NEW, "name": "Later", "whom": "unitary"}
    assert "Fewer than five partnerships" in region.send("/snapshots/new", fields, 200)
    assert "What is not shown, and why" not in region.text(page)


def test_two_snapshots_with_nobody_anew_in_both_are_not_compared_and_it_says_why(region: Region) -> None:
    region.fill()
    spring = region.snapshot("Spring")
    said = region.send(f"/snapshots/{spring}/compare", {"earlier": "nothing"}, 422)
    assert "Choose an earlier snapshot" in said
    theirs = region.snapshot(f"{region.own.mark} snapshot")
    assert "No figure can be compared" in region.send(f"/snapshots/{spring}/compare", {"earlier": str(theirs)}, 422)
    region.text(f"/snapshots/{spring}/compared/{theirs}", 404)


def test_the_heat_map_stands_in_the_order_of_names_with_gaps_and_takes_back_at_the_next_look(region: Region) -> None:
    results = region.fill(["2", "1", "3"])
    page = region.client.page(f"{region.home}/by-name")
    names = [row.get_text() for row in page.select(".region__heat tbody th[scope=row]")]
    assert [name.split(" own")[0] for name in names] == [*(f"District 00{n}" for n in (1, 2, 3)), "Fenland Partnership"]
    rows = page.select(".region__heat tbody tr")
    assert "67" in rows[0].get_text()
    assert "not released" in rows[1].get_text()
    region.lowered(results[0])
    first = one(region.client.page(f"{region.home}/by-name"), ".region__heat tbody tr")
    assert "not released" in first.get_text()


def test_a_name_that_would_tell_of_the_few_others_waits_on_every_page_that_shows_names(region: Region) -> None:
    results = region.fill()  # seven are counted without a name
    with region.installed.session() as session, session.begin():
        for each in results[:5]:
            release(session, session.get_one(Round, each.round_id), "2", CLOSED + 30 * DAY)
    heat = region.text("/by-name?named=y")
    waits = heat.partition("Not yet shown *")[2]
    assert "District 004" in waits, "of seven, two would be left"
    last = results[4].round_id
    address = f"/rounds/{last}/released"
    assert "Not shown by name yet" in region.client.page(address).get_text()
    assert "They are not shown yet" in region.client.page(f"{address}/sample").get_text()
    shown = region.client.page(f"/rounds/{results[0].round_id}/released").get_text()
    assert "Not shown by name yet" not in shown


def test_a_board_paper_that_would_tell_of_the_few_others_waits_for_everybody(region: Region) -> None:
    own, release_url = region.own, f"/rounds/{region.own.closed.id}/release"
    results = region.fill(["1"] * 7)
    with region.installed.session() as session, session.begin():
        release(session, session.get_one(Round, own.closed.id), "1")
        everything = Scope(questionnaires=(own.version.questionnaire,), since=CLOSED.date(), until=today())
        made = make(session, session.merge(own.region), everything, "All eight", SYSTEM)
        assert len(members_of(session, made)) == 8
    anybody, coordinator = region.installed.client(), region.installed.coordinator(own)
    address, token = f"/public/rounds/{own.closed.id}", {"csrf_token": region.installed.form_token(anybody)}
    with region.installed.session() as session, session.begin():
        release(session, session.get_one(Round, own.closed.id), "board", now(), to=To.PUBLIC)
    assert anybody.get(address).status_code == 200
    assert "Not all of it is shown yet" not in coordinator.page(release_url).get_text()
    with region.installed.session() as session, session.begin():
        for each in results[:3]:
            release(session, session.get_one(Round, each.round_id), "board", CLOSED + 30 * DAY, to=To.PUBLIC)
    assert anybody.get(address).status_code == 404, "of eight, four would be left"
    assert anybody.post(f"{address}/document", data=token).status_code == 404
    assert "Not all of it is shown yet, of" in coordinator.page(release_url).get_text()


def test_both_ends_names_who_is_not_in_it_and_why(region: Region) -> None:
    with region.installed.session() as session, session.begin():
        of = Shire(session.merge(region.own.region), session.merge(region.own.version))
        county = place(session, of, "Shire", "county")
        place(session, of, "East", "district", county)
    assert "No questionnaire on this site is made for counties and districts alone" in region.text("/both-ends")


def test_a_partnership_sees_on_one_page_what_the_region_can_see_of_it(region: Region) -> None:
    region.fill()
    own = region.own
    coordinator = region.installed.coordinator(own)
    address = f"/partnerships/{own.partnership.id}/region"
    assert "Nothing is released to the region" in coordinator.page(address).get_text()
    with region.installed.session() as session, session.begin():
        release(session, session.get_one(Round, own.closed.id), "2", now())
        counted = session.get_one(Partnership, own.partnership.id)
        assert counted.kind == "district"
    said = coordinator.page(address).get_text(" ", strip=True)
    assert "shown with your name now, as “section scores and bands”" in said
    beside = coordinator.page(f"/rounds/{own.closed.id}/results/sample/beside").get_text(" ", strip=True)
    assert "District partnerships of" in beside


def test_a_yes_to_both_ends_needs_a_plain_answer(region: Region) -> None:
    own = region.own
    coordinator = region.installed.coordinator(own)
    token = {"csrf_token": region.installed.form_token(coordinator)}
    address = f"/partnerships/{own.partnership.id}/region/both-ends"
    assert coordinator.post(address, data=token).status_code == 400
    assert coordinator.post(address, data={**token, "answer": "yes"}).status_code == 302


def test_those_of_a_county_area_who_agreed_see_it_and_one_who_has_not_is_told_why(region: Region) -> None:
    own, installed = region.own, region.installed
    with installed.session() as session, session.begin():
        kinds: dict[str, Any] = {"for": ["county", "district"]}
        both = definition(section("purpose", scale_question("aim"), scale_question("limits")), **kinds)
        version = publish(session, both.model_copy(update={"questionnaire": "both", "title": "Both"}))
        of = Shire(session.merge(own.region), version)
        district = session.get_one(Partnership, own.partnership.id)
        district.above = county = place(session, of, "Shire", "county")
        for number, each in enumerate((county, district)):
            released(session, of, each, "3", number, closed=now() - 60 * DAY)
        for role in ("coordinator", "chair"):
            by = Person(name=role, email=f"{role}@shire.example.org")
            session.add(by)
            session.flush()
            both_ends.answer(session, county, Actor(by.id, role), agreed=True)
    coordinator, chair = installed.coordinator(own), installed.signed_in(own.staff[Role.CHAIR])
    consent, address = (f"/partnerships/{own.partnership.id}/region{end}" for end in ("", "/both-ends"))
    before = coordinator.page(address)
    assert "your partnership has not agreed to be shown side by side" in before.get_text(" ", strip=True)
    assert "Shire" not in one(before, "main").get_text()
    coordinator.send(coordinator.page(consent), "Agree to be shown side by side")
    waits = coordinator.page(address)
    assert "your chair has to agree too" in waits.get_text(" ", strip=True)
    assert "Shire" not in one(waits, "main").get_text()
    assert not coordinator.page(consent).find("button", string=re.compile("for the others of our area too"))
    chair.send(chair.page(consent), "Agree, for the others of our area too")
    assert one(coordinator.page(address), "table") == one(chair.page(address), "table")
    shown = one(chair.page(address), "table")
    assert [each.get_text() for each in shown.select("thead th")][1:3] == ["Shire", own.partnership.name]
    (area,) = region.client.page(f"{region.home}/both-ends?of=both").select("tbody a")
    assert one(region.client.page(str(area["href"])), "table") == shown
    coordinator.send(coordinator.page(consent), "Take no part any more")
    assert not chair.page(address).select("table")
