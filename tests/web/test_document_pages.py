"""Documents as pages: choosing one, choosing many, how they stand, cancelling."""

from __future__ import annotations

import io
from zipfile import ZipFile

import pytest
from sqlalchemy import Engine, select
from werkzeug.datastructures import MultiDict

from a2p.documents.material import Material
from a2p.documents.order import KINDS, Order
from a2p.jobs import Desk
from a2p.jobs.renderer import Here
from a2p.ordering.orders import BATCH
from a2p.store.round_tables import Job
from a2p.web.document_forms import DocumentForm
from tests.documents.rounds import aspire
from tests.web.answered import answer, close
from tests.web.client import one, parsed
from tests.web.installation import Installation
from tests.web.test_results_pages import RESULTS
from tests.web.world import World

DOCUMENTS = f"{RESULTS}/documents"


@pytest.fixture
def closed(world: World) -> World:
    """A round with six answers, closed."""
    answer(world, 6)
    close(world)
    return world


def work(world: World | Installation, *, failing: str = "") -> None:
    """Let a worker do all that waits, with documents that say what was ordered; those of kind `failing` fail."""

    def make(_material: Material, order: Order) -> bytes:
        if order.kind == failing:
            raise RuntimeError(order.kind)
        return order.to_json().encode()

    with world.session() as session:
        engine = session.get_bind()
    assert isinstance(engine, Engine)
    desk = Desk(engine, world.app.config["A2P"].data_dir, make, Here())
    for _ in range(3):
        with world.session() as session:
            waiting = list(session.scalars(select(Job.id).where(Job.state == "queued", Job.kind != BATCH)))
        for job_id in waiting:
            desk.do(job_id)


def test_every_kind_of_document_is_offered_and_has_a_page_of_its_own(closed: World) -> None:
    client = closed.coordinator()
    offered = client.page(DOCUMENTS).select(".app-documents a")
    assert [link.get_text() for link in offered] == [kind.title for kind in KINDS.values()]
    for link, kind in zip(offered, KINDS.values(), strict=True):
        assert one(client.page(str(link["href"])), "h1").get_text() == kind.title


def test_what_was_chosen_is_what_the_worker_is_told(closed: World) -> None:
    client = closed.coordinator()
    page = client.page(f"{DOCUMENTS}/report")
    address = client.send(page, "Make it", comments=None, section="voice").location
    work(closed)
    assert "is ready" in one(client.page(address), "h1").get_text()
    file = client.get(f"{address}/file", buffered=True)
    assert file.mimetype == "application/pdf"
    assert "capacity-report.pdf" in file.headers["Content-Disposition"]
    assert file.headers["Content-Disposition"].startswith("attachment")
    assert file.get_json(force=True) == {"kind": "report", "comments": False, "section": "voice"}


@pytest.mark.parametrize(
    ("kind", "chosen"),
    [
        ("pack", {"length": "half-day", "parts": ["prepare", "decide"], "topics": ["aim", "limits"], "start": "14:00"}),
        ("cards", {"size": "a4", "topics": ["limits"]}),
        ("posters", {"per": "section"}),
        ("slides", {"topics": ["aim"]}),
    ],
)
def test_each_kind_of_document_has_choices_of_its_own(
    closed: World, kind: str, chosen: dict[str, str | list[str]]
) -> None:
    client = closed.coordinator()
    address = client.send(client.page(f"{DOCUMENTS}/{kind}"), "Make it", **chosen).location
    work(closed)
    assert client.get(f"{address}/file", buffered=True).get_json(force=True) == {"kind": kind, **chosen}


def test_a_record_can_be_a_draft_to_edit_and_a_report_can_be_neither() -> None:
    sent = MultiDict({"format": "docx", "draft": "y"})
    record = DocumentForm(sent).of("record", aspire(), may_name=False)
    assert record.validate()
    assert record.order("record") == Order("record", "docx", draft=True)
    assert not DocumentForm(sent).of("report", aspire(), may_name=False).validate()


def test_the_same_again_is_there_at_once(closed: World) -> None:
    client = closed.coordinator()
    first = client.send(client.page(f"{DOCUMENTS}/summary"), "Make it").location
    work(closed)
    assert client.send(client.page(f"{DOCUMENTS}/summary"), "Make it").location == first


def test_a_document_there_is_not_is_not_found(closed: World) -> None:
    client = closed.coordinator()
    assert client.get(f"{DOCUMENTS}/novel").status_code == 404


def test_what_is_no_option_is_refused_and_says_so(closed: World) -> None:
    client = closed.coordinator()
    page = parsed(client.send(client.page(f"{DOCUMENTS}/report"), "Make it", section="nonsense"), 422)
    assert page.title is not None
    assert page.title.get_text().startswith("Error:")


def test_who_asked_for_it_can_cancel_it(closed: World) -> None:
    client = closed.coordinator()
    waiting = client.follow(client.send(client.page(f"{DOCUMENTS}/report"), "Make it"))
    cancelled = client.follow(client.send(waiting, "Cancel it"))
    assert one(cancelled, "h1").get_text() == "Your capacity report was cancelled"
    work(closed)
    assert "was cancelled" in one(client.page("/jobs/1"), "h1").get_text()


def test_many_documents_come_as_one_zip(closed: World) -> None:
    client = closed.coordinator()
    page = client.page("/documents?round=1")
    started = client.follow(client.send(page, "Make them", kind=["report", "summary"]))
    assert "0 of 2 are made" in started.get_text()
    work(closed)
    ready = client.page("/documents/1")
    assert one(ready, "h1").get_text() == "Your documents are ready"
    names = ZipFile(io.BytesIO(client.get("/documents/1/documents.zip", buffered=True).get_data())).namelist()
    assert len(names) == 2
    assert {name.rpartition(" - ")[2] for name in names} == {"capacity-report.pdf", "board-summary.pdf"}


def test_what_could_not_be_made_is_said_on_the_page_and_in_the_zip(closed: World) -> None:
    client = closed.coordinator()
    client.send(client.page("/documents?round=1"), "Make them", kind=["report", "summary"])
    work(closed, failing="summary")
    assert "1 of 2 could not be made" in client.page("/documents/1").get_text()
    archive = ZipFile(io.BytesIO(client.get("/documents/1/documents.zip", buffered=True).get_data()))
    assert "board-summary.pdf" in archive.read("not-made.txt").decode()


def test_nothing_made_at_all_is_a_failure(closed: World) -> None:
    client = closed.coordinator()
    client.send(client.page("/documents?round=1"), "Make them", kind=["summary"])
    work(closed, failing="summary")
    assert one(client.page("/documents/1"), "h1").get_text() == "Your documents could not be made"
    assert client.get("/documents/1/documents.zip").status_code == 404


def test_many_documents_can_be_cancelled(closed: World) -> None:
    client = closed.coordinator()
    started = client.follow(client.send(client.page("/documents?round=1"), "Make them", kind=["report", "summary"]))
    assert "were cancelled" in one(client.follow(client.send(started, "Cancel them")), "h1").get_text()
    with closed.session() as session:
        assert set(session.scalars(select(Job.state))) == {"cancelled"}


def test_nothing_chosen_says_what_to_choose(closed: World) -> None:
    client = closed.coordinator()
    page = parsed(client.send(client.page("/documents"), "Make them"), 422)
    summary = one(page, ".govuk-error-summary").get_text()
    assert "Choose at least one questionnaire of a round" in summary
    assert "Choose at least one document" in summary


def test_who_has_no_closed_round_is_told_so(world: World) -> None:
    assert "None of the rounds that you work with has results yet" in world.coordinator().page("/documents").get_text()


@pytest.mark.parametrize(
    ("typed", "clock"),
    [
        ("", ""),
        ("9.30", "09:30"),
        (" 9:30 ", "09:30"),
        ("14:00", "14:00"),
        ("2.15 pm", "14:15"),
        ("9am", "09:00"),
        ("12 am", "00:00"),
        ("12.30pm", "12:30"),
    ],
)
def test_a_start_is_read_as_people_write_it(typed: str, clock: str) -> None:
    form = DocumentForm(MultiDict({"format": "pdf", "parts": "prepare", "start": typed})).of("pack", aspire())
    assert form.validate()
    assert form.order("pack").start == clock


@pytest.mark.parametrize("typed", ["soon", "25:00", "9:75", "9", "13pm", "0 am", "24:00", "9:30:00"])
def test_a_start_that_is_no_time_is_refused_and_says_how_to_write_one(typed: str) -> None:
    form = DocumentForm(MultiDict({"format": "pdf", "parts": "prepare", "start": typed})).of("pack", aspire())
    assert not form.validate()
    assert form.errors == {"start": ["The start must be a time, such as 9:30 or 14:00"]}
    assert form.start.data == typed
