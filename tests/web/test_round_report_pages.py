"""One report over all questionnaires of a round: offered where there are several, gone with any of their results."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from a2p.access.policy import Role
from a2p.documents.order import Order, order_from_json
from a2p.rounds.answering import submit
from a2p.rounds.blanking import delete_jobs, of_results
from a2p.rounds.closing import close_round
from a2p.rounds.opening import RoundPlan, open_round
from a2p.scoring.releases import To
from a2p.store.definitions import publish
from a2p.store.round_tables import Job, QuestionnaireVersion, Result
from a2p.store.tables import Partnership
from tests.builders import definition, scale_question, section
from tests.site import answer, five
from tests.web.client import CheckedClient
from tests.web.installation import Installation
from tests.web.test_document_pages import work
from tests.web.test_release_pages import release


@pytest.fixture
def results(installed: Installation) -> tuple[Result, ...]:
    """The results of a closed round of two questionnaires."""
    place = installed.site.own
    with installed.session() as session, session.begin():
        other = definition(section("purpose", scale_question("aim"), scale_question("limits")))
        second = publish(session, other.model_copy(update={"questionnaire": "other", "title": "Other"}))
        versions = [session.get_one(QuestionnaireVersion, place.version.id), second]
        plan = RoundPlan("Both", versions, together=False)
        round_ = open_round(session, session.get_one(Partnership, place.partnership.id), plan)
        for each in five(session, round_, "Fenland"):
            answer(session, each.invitation, versions[0], "Fenland")
            submit(session, each.invitation, second)
        closed = close_round(session, round_)
        session.flush()
        for result in closed:
            session.refresh(result)
        session.expunge_all()
        return tuple(closed)


def form(results: tuple[Result, ...], questionnaire: str = "other") -> str:
    return f"/rounds/{results[0].round_id}/results/{questionnaire}/documents/report"


def ordered(installed: Installation) -> list[tuple[int | None, Order]]:
    """What waits for a worker: of which result, and what."""
    with installed.session() as session:
        waiting = session.scalars(select(Job).where(Job.state == "queued"))
        return [(job.result_id, order_from_json(job.options)) for job in waiting]


def test_it_is_ordered_from_any_of_them_and_begins_with_the_first(
    installed: Installation, results: tuple[Result, ...]
) -> None:
    client = installed.coordinator(installed.site.own)
    address = client.send(client.page(form(results)), "Make it", several="y").location
    assert ordered(installed) == [(results[0].id, Order("report", also=(results[1].id,)))]
    work(installed)
    assert "is ready" in client.page(address).get_text()


def test_a_round_of_one_questionnaire_offers_none(installed: Installation) -> None:
    client = installed.coordinator(installed.site.own)
    page = client.page(f"/rounds/{installed.site.own.closed.id}/results/sample/documents/report")
    assert page.select("#several") == []


def test_it_goes_with_any_result_that_it_is_of(installed: Installation, results: tuple[Result, ...]) -> None:
    client = installed.coordinator(installed.site.own)
    client.send(client.page(form(results)), "Make it", several="y")
    with installed.session() as session, session.begin():
        delete_jobs(session, of_results(session, [results[1].id]))
    assert ordered(installed) == []


def test_the_board_paper_is_of_all_of_them_beforehand_too(installed: Installation, results: tuple[Result, ...]) -> None:
    client = installed.coordinator(installed.site.own)
    client.send(client.page(form(results)), "Make it", readers="public:board")
    release(installed, To.PUBLIC, "board", round_id=results[0].round_id)
    anybody = installed.client()
    anybody.send(anybody.page(f"/public/rounds/{results[0].round_id}"), "Make a PDF of it")
    wanted = Order("report", readers="public", level="board", also=(results[1].id,))
    assert ordered(installed) == [(results[0].id, wanted), (results[0].id, wanted)]


def test_the_region_has_all_that_was_released_in_one(installed: Installation, results: tuple[Result, ...]) -> None:
    release(installed, To.REGION, "4", round_id=results[0].round_id)
    manager: CheckedClient = installed.signed_in(installed.site.own.staff[Role.MANAGER])
    page = manager.page(f"/rounds/{results[0].round_id}/released")
    manager.send(page, "Make a PDF of it")
    wanted = Order("report", readers="region", level="4", also=(results[1].id,))
    assert ordered(installed) == [(results[0].id, wanted)]
