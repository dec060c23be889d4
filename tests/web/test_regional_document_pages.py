"""A region's documents as pages: asking for one, taking it, and what happens when a name in it is taken back."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import Engine, select

from a2p.access.policy import Role
from a2p.documents.order import Order
from a2p.jobs import Desk
from a2p.jobs.renderer import Here
from a2p.store.letter_tables import AuditEvent
from a2p.store.round_tables import Job, Round
from tests.regional_orders import with_snapshot
from tests.rounds.shire import CLOSED, DAY, release
from tests.web.client import CheckedClient, parsed
from tests.web.installation import Installation


class Region:
    """A region with a snapshot, its programme manager's browser, and a worker that writes what was ordered."""

    def __init__(self, installed: Installation) -> None:
        self.installed = installed
        own = installed.site.own
        with installed.session() as session, session.begin():
            snapshot, results = with_snapshot(session, own)
            self.snapshot_id, self.last_round = snapshot.id, results[-1].round_id
        self.home = f"/regions/{own.region.id}/documents"
        self.form = f"/regions/{own.region.id}/snapshots/{self.snapshot_id}/documents/regional-report"
        self.client: CheckedClient = installed.signed_in(own.staff[Role.MANAGER])

    def order(self, **chosen: str) -> str:
        """Ask for the report; the address of its job's page."""
        return str(self.client.send(self.client.page(self.form), "Make it", **chosen).headers["Location"])

    def work(self) -> None:
        """Let a worker make what waits."""
        with self.installed.session() as session:
            waiting = list(session.scalars(select(Job.id).where(Job.state == "queued")))
            engine = session.get_bind()
        assert isinstance(engine, Engine)
        desk = Desk(engine, self.installed.settings.data_dir, make, Here())
        for job_id in waiting:
            desk.do(job_id)

    def take_back(self) -> None:
        """The last partnership takes its name back."""
        with self.installed.session() as session, session.begin():
            release(session, session.get_one(Round, self.last_round), "1", CLOSED + 40 * DAY, lowered=True)


def make(_material: object, order: Order) -> bytes:
    """A document that says what was ordered."""
    return order.to_json().encode()


@pytest.fixture
def region(installed: Installation) -> Region:
    return Region(installed)


def test_each_snapshot_is_listed_with_its_documents_and_files(region: Region) -> None:
    page = region.client.page(region.home)
    assert {"Spring", "Fenland snapshot"} <= {each.get_text().split(" made")[0].strip() for each in page.select("h2")}
    links = [link.get_text() for link in page.select(".app-documents a")]
    assert {"Regional report of Spring", "Chart pack of Spring", "XLSX of Spring"} <= set(links)
    assert region.home in {link.get("href") for link in region.client.page(region.home.rsplit("/", 1)[0]).select("a")}


def test_a_document_is_asked_for_made_and_taken_and_the_log_says_so(region: Region) -> None:
    job = region.order(names="y")
    assert "is being made" in region.client.page(job).get_text()
    region.work()
    assert "is ready" in region.client.page(job).get_text()
    with region.client.get(f"{job}/file", buffered=True) as response:
        assert json.loads(response.get_data()) == {"kind": "regional-report", "names": True}
        assert "regional-report-with-names.pdf" in response.headers["Content-Disposition"]
    with region.installed.session() as session:
        events = session.scalars(select(AuditEvent).where(AuditEvent.action == "downloaded a document")).all()
        assert [(each.actor, each.object, json.loads(each.detail)["kind"]) for each in events] == [
            ("programme manager", f"snapshot {region.snapshot_id}", "Regional report")
        ]


def test_a_document_with_a_name_that_was_taken_back_is_not_given_out(region: Region) -> None:
    named, plain = region.order(names="y"), region.order()
    region.work()
    region.take_back()
    refused = region.client.get(f"{named}/file")
    assert "no longer given out" in region.client.follow(refused).get_text()
    with region.client.get(f"{plain}/file", buffered=True) as response:
        assert response.status_code == 200
    again = region.order(names="y")
    assert again != named
    region.client.page(named, 404)


def test_a_form_with_a_kind_of_file_that_is_not_there_is_shown_again(region: Region) -> None:
    response = region.client.send(region.client.page(region.form), "Make it", format="docx")
    assert response.status_code == 422
    assert "There is a problem" in parsed(response, 422).get_text()


def test_a_document_that_is_waited_for_can_be_cancelled(region: Region) -> None:
    job = region.order()
    done = region.client.send(region.client.page(job), "Cancel it")
    assert "was cancelled" in region.client.follow(done).get_text()


def test_the_snapshot_of_another_region_is_not_there(region: Region) -> None:
    foreign = region.installed.site.foreign.region.id
    region.client.page(f"/regions/{foreign}/snapshots/{region.snapshot_id}/documents/regional-report", 404)
    own = region.installed.site.own.region.id
    theirs = region.installed.jobs[f"{region.installed.site.foreign.mark} snapshot"]
    region.client.page(f"/regions/{own}/snapshots/{theirs}/export.json", 404)


def test_the_export_is_the_snapshots(region: Region) -> None:
    with region.client.get(region.form.replace("documents/regional-report", "export.json")) as response:
        document = json.loads(response.get_data())
    assert (document["snapshot"], document["partnerships"]) == ("Spring", 10)
    assert document["figures"]
