"""Reading in a fillable form on the site: shown first, saved as it would be keyed in, and nothing else is taken."""

from __future__ import annotations

import functools
import io
import secrets

import pikepdf
import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select

from a2p.access.policy import Role
from a2p.documents.fillable import fillable_form
from a2p.rounds.answering import answers_of
from a2p.scoring.answers import Answer, State
from a2p.store.audit import installation_mark
from a2p.store.letter_tables import AuditEvent
from a2p.store.round_tables import Invitation, Response
from tests import site
from tests.builders import definition
from tests.exchange.filling import by_pikepdf, changed
from tests.web.client import CheckedClient, one, parsed
from tests.web.installation import Installation

HEALTH = {"organisation": "Fenland health", "sector": "health"}


@functools.cache
def form(round_id: int = 0, mark: str = "") -> bytes:
    return fillable_form(site.asked(), round_id=round_id, site=mark)


def office(installed: Installation) -> CheckedClient:
    return installed.signed_in(installed.site.own.staff[Role.MANAGER])


def address(installed: Installation, number: int = 1) -> str:
    own = installed.site.own
    return f"/rounds/{own.open.id}/paper/{own.invited[number].invitation.id}/sample/file"


def upload(
    installed: Installation, client: CheckedClient, data: bytes, status: int = 200, name: str = "jo.pdf"
) -> BeautifulSoup:
    token = str(one(client.page(address(installed)), "main [name=csrf_token]")["value"])
    sent = {"csrf_token": token, "file": (io.BytesIO(data), name)}
    response = client.post(address(installed), data=sent, content_type="multipart/form-data")
    response.request.environ["wsgi.input"].close()  # the client leaves what it sent of a large file to be collected
    return parsed(response, status)


def kept(installed: Installation, number: int = 1) -> tuple[Response | None, dict[str, Answer]]:
    with installed.session() as session:
        invitation = session.get_one(Invitation, installed.site.own.invited[number].invitation.id)
        found = answers_of(session, invitation, invitation.round.versions[0])
        return found.response, found.plain


def test_a_filled_form_is_shown_first_and_then_saved_as_keyed_in(installed: Installation) -> None:
    client = office(installed)
    filled = by_pikepdf(form(installed.site.own.open.id), {**HEALTH, "a-aim": "level-4", "c-aim": "Since <May>."})
    page = upload(installed, client, filled)
    assert "Nothing is saved yet" in page.get_text()
    assert "1 question is answered" in page.get_text()
    left = [link.get_text() for link in page.select("main ul a[href^='#q-']")]
    assert left == ["1.2 How is limits?", "2.1 How is heard?", "2.2 What is story?"]
    assert one(page, "[name=a-aim][value=level-4]").has_attr("checked")
    assert kept(installed) == (None, {})
    after = client.follow(client.send(page, "Save and submit"))
    assert "is read in and submitted" in after.get_text()
    response, answers = kept(installed)
    assert response is not None
    assert (response.keyed_by, response.submitted is not None) == ("programme manager", True)
    assert answers == {"aim": Answer(State.GIVEN, "level-4", "Since <May>.")}
    with installed.session() as session:
        last = session.scalars(select(AuditEvent).order_by(AuditEvent.id.desc())).first()
        assert last is not None
        assert last.action == "read in a filled form"


def test_a_coordinator_still_says_how_the_person_agreed(installed: Installation) -> None:
    client = installed.coordinator(installed.site.own)
    page = upload(installed, client, by_pikepdf(form(), {**HEALTH, "a-aim": "level-4"}))
    wrong = parsed(client.send(page, "Save"), 422)
    assert "Say how and when they agreed" in one(wrong, ".govuk-error-summary").get_text()
    assert one(wrong, "[name=a-aim][value=level-4]").has_attr("checked")
    client.follow(client.send(wrong, "Save", consent="By telephone"))
    with installed.session() as session:
        assert session.scalars(select(AuditEvent.action).order_by(AuditEvent.id.desc())).first() == (
            "read in a filled form"
        )


def test_what_cannot_be_taken_is_said_at_its_question_and_the_rest_stands(installed: Installation) -> None:
    def twice(_document: pikepdf.Pdf, fields: dict[str, pikepdf.Object]) -> None:
        fields["a-heard"].Kids[1].AS = pikepdf.Name("/level-2")

    client = office(installed)
    filled = by_pikepdf(form(), {**HEALTH, "a-aim": "level-4", "a-heard": "level-3"})
    page = upload(installed, client, changed(filled, twice), 422)
    link = one(page, ".govuk-error-summary a")
    assert "more than one answer is ticked" in link.get_text()
    assert str(link["href"]).startswith("#heard.")
    assert not page.select("[name=a-heard][checked]")
    assert one(page, "[name=a-aim][value=level-4]").has_attr("checked")
    client.follow(client.send(page, "Save", a_heard="level-3"))
    assert {question: answer.value for question, answer in kept(installed)[1].items()} == {
        "aim": "level-4",
        "heard": "level-3",
    }


def test_where_the_form_says_something_else_of_its_writer_it_is_said(installed: Installation) -> None:
    said = {"organisation": "Some <b>trust</b>", "sector": "police", "a-aim": "level-1"}
    text = upload(installed, office(installed), by_pikepdf(form(), said)).get_text()
    assert "“Your organisation” is filled in as “Some <b>trust</b>”. It counts for Fenland health." in text
    assert "The sector ticked is Police" in text


def test_no_file_or_another_file_is_refused_with_the_reason(installed: Installation) -> None:
    client = office(installed)
    own = installed.site.own
    token = str(one(client.page(address(installed)), "main [name=csrf_token]")["value"])
    none = parsed(client.post(address(installed), data={"csrf_token": token}), 422)
    assert "Choose a file" in one(none, ".govuk-error-summary").get_text()
    for data, why in (
        (b"Dear all", "“jo.pdf” can’t be read: this is not a PDF file."),
        (form(own.closed.id), "made for another round"),
        (form(own.open.id, "0" * 16), "made on another site"),
        (fillable_form(definition(version=2)), "a newer version"),
    ):
        assert why in one(upload(installed, client, data, 422), ".govuk-error-summary").get_text()
    assert kept(installed) == (None, {})


def test_a_form_made_here_for_this_round_is_taken(installed: Installation) -> None:
    with installed.session() as session:
        mark = installation_mark(session)
    assert len(mark) == 16
    filled = by_pikepdf(form(installed.site.own.open.id, mark), {**HEALTH, "a-aim": "level-4"})
    assert "1 question is answered" in upload(installed, office(installed), filled).get_text()


def test_a_file_of_some_megabytes_is_taken_here_and_a_larger_one_is_not(installed: Installation) -> None:
    def burden(document: pikepdf.Pdf, _fields: object) -> None:
        document.attachments["scan.jpg"] = secrets.token_bytes(2_000_000)

    client = office(installed)
    filled = changed(by_pikepdf(form(), {**HEALTH, "a-aim": "level-4"}), burden)
    assert "1 question is answered" in upload(installed, client, filled).get_text()
    too_large = b"%PDF-1.7" + bytes(5 * 1024 * 1024)
    refused = upload(installed, client, too_large, 422)
    assert "the most is 5" in refused.get_text()


@pytest.mark.parametrize("button", ["Key it in", "Read in a fillable form"])
def test_both_ways_start_where_the_person_is_chosen(installed: Installation, button: str) -> None:
    client = office(installed)
    own = installed.site.own
    page = client.page(f"/rounds/{own.open.id}/paper")
    chosen = client.send(page, button, person=str(own.invited[1].invitation.id))
    assert one(client.follow(chosen), "h1").get_text().strip().startswith(("The form of", "Read in the form of"))
    assert chosen.location.endswith("/file") == (button != "Key it in")


def test_who_answered_on_the_site_keeps_their_answers(installed: Installation) -> None:
    page = office(installed).page(address(installed, 0), 409)
    assert "has answered on the site" in page.get_text()
