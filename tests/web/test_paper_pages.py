"""Keying in a paper form, page by page."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from a2p.access.policy import Role
from a2p.rounds.answering import answers_of
from a2p.store.round_tables import Invitation, Response
from tests.web.client import CheckedClient, one, parsed
from tests.web.installation import Installation


def paper(installed: Installation) -> str:
    return f"/rounds/{installed.site.own.open.id}/paper"


def office(installed: Installation) -> CheckedClient:
    return installed.signed_in(installed.site.own.staff[Role.MANAGER])


def form_of(installed: Installation, client: CheckedClient, number: int = 1) -> BeautifulSoup:
    """Choose somebody by name, and go on to their form."""
    invitation = installed.site.own.invited[number].invitation
    chosen = client.send(client.page(paper(installed)), "Key it in", person=str(invitation.id))
    return client.follow(chosen)


def kept(installed: Installation, number: int = 1) -> tuple[Response | None, dict[str, str]]:
    with installed.session() as session:
        invitation = session.get_one(Invitation, installed.site.own.invited[number].invitation.id)
        found = answers_of(session, invitation, invitation.round.versions[0])
        return found.response, {question: answer.value for question, answer in found.plain.items()}


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.FACILITATOR, Role.MANAGER])
def test_people_are_chosen_by_name_and_nobody_learns_how_far_they_are(installed: Installation, role: Role) -> None:
    page = installed.signed_in(installed.site.own.staff[role]).page(paper(installed))
    names = [option.get_text() for option in page.select("#person option")]
    assert len(names) == 6
    assert "Fenland health person, Fenland health" in names
    assert "tarted" not in one(page, "main").get_text()


def test_nobody_chosen_is_said(installed: Installation) -> None:
    client = office(installed)
    page = parsed(client.send(client.page(paper(installed)), "Key it in"), 422)
    assert "Choose whose form it is" in one(page, ".govuk-error-summary").get_text()


def test_a_form_is_saved_and_submitted_at_once_and_not_shown_again(installed: Installation) -> None:
    client = office(installed)
    page = form_of(installed, client)
    assert {h.get_text() for h in page.select("h2.govuk-heading-l")} == {"Purpose", "Voice"}
    after = client.follow(client.send(page, "Save", a_aim="level-4", a_heard="dont-know", a_story="By hand."))
    assert "keyed in and submitted" in after.get_text()
    response, answers = kept(installed)
    assert response is not None
    assert (response.keyed_by, response.submitted is not None) == ("programme manager", True)
    assert answers == {"aim": "level-4", "heard": "", "story": "By hand."}
    again = form_of(installed, client)
    assert "was keyed in for this person before" in again.get_text()
    assert not again.select("[checked]")
    assert "By hand." not in str(again)


def test_a_coordinator_says_how_the_person_agreed_and_loses_nothing_meanwhile(installed: Installation) -> None:
    client = installed.coordinator(installed.site.own)
    page = form_of(installed, client)
    wrong = parsed(client.send(page, "Save", a_aim="level-4", a_story="By hand."), 422)
    link = one(wrong, ".govuk-error-summary a")
    assert "Say how and when they agreed" in link.get_text()
    assert link["href"] == "#consent"
    assert one(wrong, "[name=a-aim][value=level-4]").has_attr("checked")
    assert one(wrong, "[name=a-story]").get_text().strip() == "By hand."
    assert kept(installed)[0] is None
    client.follow(client.send(wrong, "Save", consent="By telephone on 3 March"))
    response, _ = kept(installed)
    assert response is not None
    assert (response.keyed_by, response.consent) == ("coordinator", "By telephone on 3 March")


def test_one_mistake_keeps_nothing_and_shows_everything_again(installed: Installation) -> None:
    client = office(installed)
    page = form_of(installed, client)
    wrong = parsed(client.send(page, "Save", a_aim="level-4", a_limits="not-applicable"), 422)
    assert one(wrong, "[name=a-aim][value=level-4]").has_attr("checked")
    assert kept(installed) == (None, {})


def test_who_answered_on_the_site_is_named_as_such_and_keeps_their_answers(installed: Installation) -> None:
    client = office(installed)
    invitation = installed.site.own.invited[0].invitation
    chosen = client.send(client.page(paper(installed)), "Key it in", person=str(invitation.id))
    page = parsed(client.get(chosen.location), 409)
    assert "has answered on the site" in page.get_text()


def test_a_closed_round_takes_no_paper(installed: Installation) -> None:
    own = installed.site.own
    client = office(installed)
    assert "takes no answers now" in client.page(f"/rounds/{own.closed.id}/paper").get_text()
    assert client.get(f"/rounds/{own.closed.id}/paper/{own.answered[0].id}/sample").status_code == 409
