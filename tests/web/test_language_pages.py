"""A questionnaire in another language: chosen for a round, asked in it with its language marked, printed in either."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from a2p.documents.order import Order, order_from_json
from a2p.ordering.orders import want
from a2p.scoring.releases import To
from a2p.store.definitions import definition_of, publish_overlaid
from a2p.store.letter_tables import AuditEvent
from a2p.store.round_tables import Job, QuestionnaireVersion, Result, Round
from tests.documents.pseudo import longer, overlay_of
from tests.site import five
from tests.web.client import one
from tests.web.installation import Installation
from tests.web.test_document_pages import work
from tests.web.test_release_pages import release


@pytest.fixture
def welsh(installed: Installation) -> int:
    """The number of the site's questionnaire in another language."""
    with installed.session() as session, session.begin():
        base = definition_of(session.get_one(QuestionnaireVersion, installed.site.own.version.id))
        return publish_overlaid(session, base, [overlay_of(base)]).id


def test_without_a_translation_no_language_is_asked(installed: Installation) -> None:
    place = installed.site.own
    client = installed.signed_in(place.coordinator)
    for page in (
        f"/partnerships/{place.partnership.id}/rounds/new",
        f"/rounds/{place.closed.id}/results/sample/documents/report",
        "/documents",
    ):
        assert not client.page(page).select("[name=language]")


def test_a_round_is_planned_in_it_and_says_so_to_who_listens(installed: Installation, welsh: int) -> None:
    place = installed.site.own
    client = installed.signed_in(place.coordinator)
    page = client.page(f"/partnerships/{place.partnership.id}/rounds/new")
    client.send(page, "Open the round", name="In Welsh", questionnaires="sample", mode="apart", language="cy")
    with installed.session() as session, session.begin():
        round_ = session.scalars(select(Round).where(Round.name == "In Welsh")).one()
        assert [version.id for version in round_.versions] == [welsh]
        invited = five(session, round_, "Fenland")[0].invitation
        session.flush()
        number = invited.id
        session.expunge_all()
    respondent = installed.respondent(invited)
    section = respondent.page(f"/answer/{number}/sample/sections/purpose")
    assert one(section, "html")["lang"] == "en"
    asked = definition_of(_version(installed, welsh)).question("aim").ask
    assert one(section, "#q-aim h2 [lang=cy]").get_text() == asked


def test_a_language_that_was_not_offered_is_refused(installed: Installation, welsh: int) -> None:
    place = installed.site.own
    client = installed.signed_in(place.coordinator)
    page = client.page(f"/partnerships/{place.partnership.id}/rounds/new")
    answer = client.send(page, "Open the round", name="In French", questionnaires="sample", mode="apart", language="fr")
    assert answer.status_code == 422


def test_a_document_is_ordered_in_it_and_in_the_rounds_own(installed: Installation, welsh: int) -> None:
    place = installed.site.own
    client = installed.signed_in(place.coordinator)
    page = client.page(f"/rounds/{place.closed.id}/results/sample/documents/report")
    assert [each["value"] for each in page.select("[name=language] option")] == ["", "cy"]
    client.send(page, "Make it", language="cy")
    with installed.session() as session:
        jobs = session.scalars(select(Job).where(Job.state == "queued")).all()
        assert [order_from_json(job.options).language for job in jobs] == ["cy"]


def test_what_it_is_made_from_differs_in_words_and_hash_alone(installed: Installation, welsh: int) -> None:
    place = installed.site.own
    with installed.session() as session:
        result = session.get_one(Result, place.result.id)
        own, told = (want(session, result, Order("report", language=each), place.coordinator.id) for each in ("", "cy"))
        assert own is not None
        assert told is not None
        first, second = own.material.disclosed.result, told.material.disclosed.result
        assert second.definition.language == "cy"
        assert second.definition.title == longer(first.definition.title)
        assert second.overlays == session.get_one(QuestionnaireVersion, welsh).overlays
        assert own.digest != told.digest
        words = {"definition", "overlays", "bands", "sections"}
        assert first.model_dump(exclude=words) == second.model_dump(exclude=words)
        assert [each.score for each in first.sections] == [each.score for each in second.sections]


def test_without_a_translation_there_is_no_document_in_it(installed: Installation) -> None:
    place = installed.site.own
    with installed.session() as session:
        result = session.get_one(Result, place.result.id)
        assert want(session, result, Order("report", language="cy"), place.coordinator.id) is None


def test_that_a_public_document_was_taken_is_noted_once_a_day_and_not_by_whom(installed: Installation) -> None:
    place = installed.site.own
    release(installed, To.PUBLIC, "board")
    client = installed.client()
    address = client.send(client.page(f"/public/rounds/{place.closed.id}"), "Make a PDF of it").location
    work(installed)
    for _ in range(3):
        assert client.get(f"{address}/file", buffered=True).status_code == 200
    with installed.session() as session:
        taken = session.scalars(select(AuditEvent).where(AuditEvent.action == "downloaded a public document")).all()
        assert [(each.actor, each.person_id, each.object) for each in taken] == [
            ("anybody", None, f"round {place.closed.id}")
        ]


def _version(installed: Installation, number: int) -> QuestionnaireVersion:
    with installed.session() as session:
        found = session.get_one(QuestionnaireVersion, number)
        definition_of(found)
        return found
