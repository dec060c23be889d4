"""Who stands where, by name: on the pages and in the files of an open round, and nowhere in a private one's."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from a2p.access import sessions
from a2p.access.policy import Role
from a2p.documents.material import Material
from a2p.documents.order import Order, order_from_json
from a2p.documents.report_page import report_html
from a2p.documents.report_view import ReportOptions
from a2p.jobs.desk import Desk
from a2p.jobs.renderer import Here
from a2p.rounds.results import disclosed
from a2p.scoring.answers import Answer, State
from a2p.scoring.named import NamedLevels
from a2p.store.base import now
from a2p.store.outcome_tables import Release
from a2p.store.round_tables import Job, Result, Round
from a2p.store.tables import Grant, Person
from tests.web.answered import answer, close
from tests.web.client import CheckedClient, one
from tests.web.opened import make_open
from tests.web.world import World, make_world

RESULTS = "/rounds/1/results/sample"
NAMED = f"{RESULTS}/organisations"
REPORT = f"{RESULTS}/documents/report"
FILES = [f"{RESULTS}/export.{kind}" for kind in ("json", "csv", "xlsx")] + [f"{RESULTS}/data-dictionary.csv"]
ODD = "=1+1 <b>Body</b>"


def filled(folder: Path, *, is_open: bool) -> World:
    """A closed round: five bodies at level 3, one with an odd name at level 1, another that doesn't know; everything
    of it is released."""
    world = make_world(folder)
    answer(world, 5)
    answer(world, 1, {"aim": Answer(State.GIVEN, "level-1", "Only here.")}, organisation=ODD)
    answer(world, 1, {"aim": Answer(State.DONT_KNOW)}, organisation="Unsure Body")
    close(world)
    with world.session() as session, session.begin():
        if is_open:
            make_open(session, world.round_id)
        place = session.get_one(Round, world.round_id).partnership_id
        here = {"partnership_id": place, "round_id": world.round_id}
        for to, level in (("respondents", "all"), ("region", "4"), ("public", "board")):
            session.add(Release(**here, audience=to, level=level, state="confirmed", decided=now()))
        grants = {Role.CHAIR: {"partnership_id": place}, Role.FACILITATOR: here, Role.MANAGER: {"region_id": 1}}
        for role, where in grants.items():
            person = Person(name=role.value, email=f"{role.name.lower()}@example.org")
            session.add(person)
            session.flush()
            session.add(Grant(person_id=person.id, role=role.value, starts=now().date(), **where))
    return world


@pytest.fixture(scope="module")
def open_world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """A closed open round, only read."""
    return filled(tmp_path_factory.mktemp("open"), is_open=True)


@pytest.fixture(scope="module")
def private_world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """The same, private."""
    return filled(tmp_path_factory.mktemp("private"), is_open=False)


def signed_in(world: World, role: Role) -> CheckedClient:
    with world.session() as session:
        person = session.query(Person).filter_by(name=role.value).one()
        client = world.client()
        client.set_cookie("a2p", sessions.sign_in(session, None, person.id), domain="localhost")
        session.commit()
    return client


def test_the_page_has_each_organisation_with_its_level(open_world: World) -> None:
    client = open_world.coordinator()
    page = client.page(str(one(client.page(RESULTS), f'a[href="{NAMED}"]')["href"]))
    table = one(page, "table.named")
    heads = [cell.get_text(strip=True) for cell in table.select("thead th")]
    cells = [cell.get_text(strip=True) for cell in table.select("tbody tr")[0].select("th, td")]
    told = dict(zip(heads, cells, strict=True))
    assert (told["Body 0"], told[ODD], told["Unsure Body"]) == ("3\u00a0Level 3", "1\u00a0Level 1", "Don’t know")
    assert "Where one person answered, it is what that person said" in page.get_text()
    assert "Only here." not in page.get_text(), "comments stay without a name"


def test_chair_and_facilitator_see_it_and_the_region_does_not(open_world: World) -> None:
    for role in (Role.CHAIR, Role.FACILITATOR):
        assert ODD in signed_in(open_world, role).page(NAMED).get_text()
    assert signed_in(open_world, Role.MANAGER).get(NAMED).status_code == 403


def test_the_files_of_an_open_round_name_organisations_and_explain_it(open_world: World) -> None:
    client = open_world.coordinator()
    (odd,) = (
        row
        for row in csv.DictReader(StringIO(client.get(f"{NAMED}.csv").get_data().decode("utf-8-sig")))
        if row["question"] == "aim" and row["number"] == "1"
    )
    assert (odd["organisation"], odd["level"], odd["label"], odd["without"]) == (f"'{ODD}", "level-1", "Level 1", "")
    rows = json.loads(client.get(FILES[0]).get_data())["named"]
    unsure = {"organisation": "Unsure Body", "without": "dont-know"}
    assert any(unsure.items() <= row.items() for row in rows)
    book = load_workbook(BytesIO(client.get(FILES[2]).get_data()))
    heads = next(book["Organisations"].iter_rows(values_only=True))
    explained = csv.DictReader(StringIO(client.get(FILES[3]).get_data().decode("utf-8-sig")))
    assert {row["column"] for row in explained if row["sheet"] == "Organisations"} == set(heads)


def test_the_report_names_organisations_only_where_it_was_asked_for(open_world: World, tmp_path: Path) -> None:
    client = open_world.coordinator()
    handed: list[tuple[bool, NamedLevels | None]] = []

    def make(material: Material, order: Order) -> bytes:
        handed.append((order.names, material.named))
        return b"%PDF"

    with open_world.session() as session:
        engine = session.get_bind().engine
    for names in (None, "y"):
        client.follow(client.send(client.page(REPORT), "Make it", names=names))
        with open_world.session() as session:
            job = session.query(Job).order_by(Job.id.desc()).first()
            assert job is not None
        Desk(engine, tmp_path, make, Here()).do(job.id)
    assert [names for names, _ in handed] == [False, True]
    assert handed[1][1] is not None
    assert ODD in handed[1][1].organisations


def words_shown(world: World) -> Iterator[tuple[str, str]]:
    """All that anybody is shown of the round, by where it is."""
    staff = {"coordinator": world.coordinator(), "facilitator": signed_in(world, Role.FACILITATOR)}
    for who, client in staff.items():
        for path in (RESULTS, *FILES[:2], FILES[3]):
            yield f"{who} {path}", client.get(path).get_data(as_text=True)
        sheets = load_workbook(BytesIO(client.get(FILES[2]).get_data())).worksheets
        yield f"{who} {FILES[2]}", str([list(sheet.values) for sheet in sheets])
    manager = signed_in(world, Role.MANAGER)
    for path in ("/rounds/1/released", "/rounds/1/released/sample"):
        yield path, manager.page(path).get_text()
    client = world.client()
    client.follow(client.send(client.page(world.link), "Read your answers"))
    yield "respondents", client.page("/answer/1/results/sample").get_text()
    yield "public", world.client().page("/public/rounds/1").get_text()
    with world.session() as session:
        result = session.query(Result).one()
        yield "report", report_html(disclosed(result), (), ReportOptions())


def test_nothing_of_a_private_round_names_an_organisation(private_world: World) -> None:
    client = private_world.coordinator()
    assert [client.get(path).status_code for path in (NAMED, f"{NAMED}.csv")] == [404, 404]
    client.follow(client.send(client.page(REPORT), "Make it", names="y"))
    with private_world.session() as session:
        assert not order_from_json(session.query(Job).one().options).names
    for where, text in words_shown(private_world):
        assert "Body" not in text, where
        assert "by name" not in text, where


def test_those_it_is_released_to_see_no_names_of_an_open_round_either(open_world: World) -> None:
    for where, text in words_shown(open_world):
        if where in ("/rounds/1/released", "/rounds/1/released/sample", "respondents", "public", "report"):
            assert "Body" not in text, where


def test_once_the_names_are_erased_the_page_says_so(open_world: World) -> None:
    with open_world.session() as session, session.begin():
        result = session.query(Result).one()
        before, result.internal = result.internal, None
    client = open_world.coordinator()
    page = client.page(NAMED)
    assert "The names are gone" in page.get_text()
    assert client.get(f"{NAMED}.csv").status_code == 404
    assert "named" not in json.loads(client.get(FILES[0]).get_data())
    with open_world.session() as session, session.begin():
        session.query(Result).one().internal = before
