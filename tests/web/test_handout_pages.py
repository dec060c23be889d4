"""Documents of what was released: who may ask for them, that they are made once, and that taking back acts at once."""

from __future__ import annotations

import io
from zipfile import ZipFile

import pytest
from sqlalchemy import select

from a2p.access.policy import Role
from a2p.documents.order import Order, order_from_json
from a2p.ordering.orders import want
from a2p.rounds.comments import finish
from a2p.rounds.releasing import Wish, lower
from a2p.scoring.releases import To
from a2p.store.audit import Actor
from a2p.store.letter_tables import AuditEvent
from a2p.store.round_tables import Job, Result, Round
from tests.web.client import CheckedClient, one, parsed
from tests.web.installation import Installation
from tests.web.test_document_pages import work
from tests.web.test_release_pages import release


@pytest.fixture
def manager(installed: Installation) -> CheckedClient:
    return installed.signed_in(installed.site.own.staff[Role.MANAGER])


def answered(installed: Installation, number: int = 0) -> CheckedClient:
    """Somebody who answered in the closed round."""
    return installed.respondent(installed.site.own.answered[number])


def own_results(installed: Installation, number: int = 0) -> str:
    return f"/answer/{installed.site.own.answered[number].id}/results/sample"


def released_page(installed: Installation) -> str:
    return f"/rounds/{installed.site.own.closed.id}/released/sample"


def public_page(installed: Installation) -> str:
    return f"/public/rounds/{installed.site.own.closed.id}"


def ask(client: CheckedClient, page: str, button: str = "Make a PDF of it", **more: str) -> str:
    """Ask for the document on a page; the address where it is waited for."""
    return client.send(client.page(page), button, **more).location


def take_back(installed: Installation, to: To, level: str) -> None:
    place = installed.site.own
    with installed.session() as session, session.begin():
        by = Actor(place.coordinator.id, "coordinator")
        lower(session, session.get_one(Round, place.closed.id), Wish(to, level, "Too much"), by)


def orders(installed: Installation) -> list[Order]:
    """What waits for a worker."""
    with installed.session() as session:
        return [order_from_json(each) for each in session.scalars(select(Job.options).where(Job.state == "queued"))]


def test_who_answered_takes_what_was_released_to_them_and_it_is_made_once_for_all(installed: Installation) -> None:
    release(installed, To.RESPONDENTS, "summary")
    client = answered(installed)
    address = ask(client, own_results(installed), large="y")
    assert orders(installed) == [Order("report", large_print=True, readers="respondents", level="summary")]
    colleague = ask(answered(installed, 1), own_results(installed, 1), large="y")
    assert colleague.rpartition("/")[2] == address.rpartition("/")[2]
    work(installed)
    file = client.get(f"{address}/file", buffered=True)
    assert "results-for-those-who-answered-large-print.pdf" in file.headers["Content-Disposition"]
    with installed.session() as session:
        noted = session.scalars(select(AuditEvent).where(AuditEvent.action == "downloaded a document")).one()
    assert (noted.person_id, noted.actor) == (None, "respondent")


def test_it_may_be_a_file_to_read_on_a_screen(installed: Installation) -> None:
    release(installed, To.RESPONDENTS, "all")
    ask(answered(installed), own_results(installed), "Make a file to read on a screen (HTML)")
    assert orders(installed) == [Order("report", "html", readers="respondents", level="all")]


@pytest.mark.parametrize(
    ("to", "level", "less"),
    [(To.RESPONDENTS, "all", "summary"), (To.REGION, "4", "3"), (To.PUBLIC, "board", "nothing")],
)
def test_showing_less_takes_a_finished_document_away_at_the_next_request(
    installed: Installation, manager: CheckedClient, to: To, level: str, less: str
) -> None:
    release(installed, to, level)
    pages = {To.RESPONDENTS: own_results, To.REGION: released_page, To.PUBLIC: public_page}
    client = {To.RESPONDENTS: answered(installed), To.REGION: manager, To.PUBLIC: installed.client()}[to]
    address = ask(client, pages[to](installed))
    work(installed)
    assert client.get(f"{address}/file", buffered=True).status_code == 200
    take_back(installed, to, less)
    assert client.get(f"{address}/file").status_code == 404
    assert client.get(address).status_code == 404


def test_what_was_taken_back_while_it_waited_is_not_made(installed: Installation) -> None:
    release(installed, To.RESPONDENTS, "all")
    ask(answered(installed), own_results(installed))
    take_back(installed, To.RESPONDENTS, "summary")
    work(installed)
    with installed.session() as session:
        job = session.scalars(select(Job).order_by(Job.id.desc())).first()
    assert job is not None
    assert (job.state, job.message) == ("failed", "You may no longer have this document.")


def test_anybody_has_the_board_paper_and_however_many_ask_it_is_made_once(installed: Installation) -> None:
    release(installed, To.PUBLIC, "board")
    addresses = {ask(installed.client(), public_page(installed)) for _ in range(3)}
    assert len(addresses) == 1
    assert len(orders(installed)) == 1
    work(installed)
    (address,) = addresses
    assert "is ready" in one(installed.client().page(address), "h1").get_text()


def test_a_board_paper_that_failed_is_not_tried_again_for_everybody_who_asks(installed: Installation) -> None:
    release(installed, To.PUBLIC, "board")
    address = ask(installed.client(), public_page(installed))
    work(installed, failing="report")
    assert ask(installed.client(), public_page(installed)) == address
    assert orders(installed) == []


def test_a_document_is_found_under_the_page_of_its_readers_alone(
    installed: Installation, manager: CheckedClient
) -> None:
    for to, level in ((To.RESPONDENTS, "all"), (To.REGION, "2"), (To.PUBLIC, "board")):
        release(installed, to, level)
    client = answered(installed)
    number = ask(client, own_results(installed)).rpartition("/")[2]
    of_region = ask(manager, released_page(installed)).rpartition("/")[2]
    assert manager.get(f"{released_page(installed)}/document/{number}").status_code == 404
    assert installed.client().get(f"{public_page(installed)}/document/{number}").status_code == 404
    assert client.get(f"{own_results(installed)}/document/{of_region}").status_code == 404
    coordinator = installed.coordinator(installed.site.own)
    assert coordinator.get(f"/jobs/{number}").status_code == 404


def test_the_region_has_the_reports_of_released_rounds_in_one_file(
    installed: Installation, manager: CheckedClient
) -> None:
    assert "None of the rounds" in manager.page("/documents").get_text()
    release(installed, To.REGION, "3")
    page = manager.page("/documents")
    assert [box["value"] for box in page.select("input[name=kind]")] == ["report"]
    assert "released: question scores" in page.get_text()
    address = manager.send(page, "Make them", result=[str(installed.site.own.result.id)], kind=["report"]).location
    work(installed)
    zipped = manager.get(f"{address}/documents.zip", buffered=True)
    (name,) = ZipFile(io.BytesIO(zipped.get_data())).namelist()
    assert name.endswith("results-for-the-region.pdf")
    take_back(installed, To.REGION, "2")
    assert manager.get(f"{address}/documents.zip").status_code == 404


def test_the_coordinator_looks_at_what_others_would_see_before_it_is_released(installed: Installation) -> None:
    place = installed.site.own
    client = installed.coordinator(place)
    home = client.page(f"/rounds/{place.closed.id}/release")
    look = one(home, "#to-public ~ p a")
    page = client.page(str(look["href"]))
    assert one(page, "#readers option[selected]")["value"] == "public:board"
    address = client.send(page, "Make it").location
    work(installed)
    assert "board-paper.pdf" in client.get(f"{address}/file", buffered=True).headers["Content-Disposition"]
    facilitator = installed.signed_in(place.staff[Role.FACILITATOR])
    assert not facilitator.page(f"/rounds/{place.closed.id}/results/sample/documents/report").select("#readers")
    assert facilitator.get(address).status_code == 404


def test_a_section_or_names_for_others_is_refused_and_says_why(installed: Installation) -> None:
    place = installed.site.own
    client = installed.coordinator(place)
    page = client.page(f"/rounds/{place.closed.id}/results/sample/documents/report")
    sent = parsed(client.send(page, "Make it", readers="region:4", section="purpose"), 422)
    assert "A single section is printed for yourselves alone" in one(sent, ".govuk-error-summary").get_text()


def test_a_facilitators_document_is_not_the_coordinators_to_take(installed: Installation) -> None:
    place = installed.site.own
    address = f"/rounds/{place.closed.id}/results/sample/documents/pack"
    theirs = ask(installed.signed_in(place.staff[Role.FACILITATOR]), address, "Make it")
    assert installed.coordinator(place).get(theirs).status_code == 404


@pytest.mark.parametrize(
    ("to", "level", "comments"),
    [(To.RESPONDENTS, "all", True), (To.RESPONDENTS, "summary", False), (To.REGION, "4", False)],
)
def test_comments_are_for_those_who_answered_alone_where_all_is_released_to_them(
    installed: Installation, to: To, level: str, comments: bool
) -> None:
    release(installed, to, level)
    place = installed.site.own
    with installed.session() as session, session.begin():
        result = session.get_one(Result, place.result.id)
        finish(session, result, by=Actor(place.staff[Role.READER].id, "comment reader"))
        person = place.staff[Role.MANAGER].id if to is To.REGION else None
        wanted = want(session, result, Order("report", readers=to.value, level=level), person)
        assert wanted is not None
        assert bool(wanted.material.remarks) is comments
        assert wanted.material.named is None
        assert not wanted.material.known.actions
