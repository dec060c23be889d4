"""A coordinator's way through a round, without JavaScript."""

from __future__ import annotations

from a2p.store.round_tables import Round
from a2p.store.tables import Partnership
from tests.web.answered import answer
from tests.web.client import CheckedClient, one, parsed
from tests.web.world import World

HOME = "/partnerships/1"
ROUND = "/rounds/1"


def fresh_link(client: CheckedClient) -> str:
    return one(client.page(ROUND), "#new-link-address").get_text(strip=True)


def invite(client: CheckedClient, **fields: str) -> None:
    page = client.page(f"{ROUND}/people/new")
    typed = {"name": "Ann Orchard", "organisation": "Fen Police", "sector": "police"} | fields
    client.follow(client.send(page, "Invite", **typed))


def test_a_partnership_without_rounds_is_told_how_to_begin(world: World) -> None:
    with world.session() as session, session.begin():
        session.add(Partnership(region_id=1, name="Empty", kind="district"))
        session.flush()
    client = world.coordinator()
    assert client.get("/partnerships/2").status_code == 404
    page = client.page(HOME)
    assert [heading.get_text(strip=True) for heading in page.select("h3")] == ["Together", "Spring"]
    assert "0 of 2 people have submitted, from 0 of 2 organisations" in page.get_text()


def test_the_questions_can_be_read_before_a_round_is_opened(world: World) -> None:
    client = world.coordinator()
    page = client.page(f"{HOME}/questionnaires/sample")
    assert "How is aim?" in page.get_text()
    assert "Descriptor 4 of aim." in page.get_text()
    assert client.get(f"{HOME}/questionnaires/nothing").status_code == 404
    assert world.respondent().get(f"{HOME}/questionnaires/sample").status_code == 404


def test_a_round_that_is_opened_wrongly_says_what_is_missing_and_keeps_what_was_typed(world: World) -> None:
    client = world.coordinator()
    page = client.page(f"{HOME}/rounds/new")
    again = parsed(
        client.send(page, "Open the round", name="Spring", closes_day="31", closes_month="2", closes_year="2999"), 422
    )
    summary = one(again, ".govuk-error-summary").get_text()
    assert "Choose at least one questionnaire" in summary
    assert "Choose how your partnership will answer" in summary
    assert "The last day must be a real date" in summary
    assert one(again, "#name")["value"] == "Spring"
    taken = parsed(
        client.send(
            again,
            "Open the round",
            questionnaires="sample",
            mode="apart",
            closes_day="",
            closes_month="",
            closes_year="",
        ),
        422,
    )
    assert "has a round with this name" in one(taken, ".govuk-error-summary").get_text()


def test_a_round_opened_apart_asks_for_people_first(world: World) -> None:
    client = world.coordinator()
    page = client.page(f"{HOME}/rounds/new")
    opened = client.follow(client.send(page, "Open the round", name="Next", questionnaires="sample", mode="apart"))
    assert "Nobody has been invited yet" in opened.get_text()
    assert "five people from three organisations" in opened.get_text()


def test_a_round_opened_together_shows_its_one_link(world: World) -> None:
    client = world.coordinator()
    page = client.page(f"{HOME}/rounds/new")
    opened = client.follow(client.send(page, "Open the round", name="Next", questionnaires="sample", mode="together"))
    assert "Everybody with this link" in one(opened, "#new-link").get_text()


def test_a_link_is_shown_to_the_coordinator_until_the_next_is_made_and_the_old_one_stops(world: World) -> None:
    client = world.coordinator()
    invite(client)
    first = fresh_link(client)
    assert first == fresh_link(client)
    assert world.client().get(first).status_code == 200
    row = next(row for row in client.page(ROUND).select("tbody tr") if "Ann Orchard" in row.get_text())
    form = one(row, "form")
    token = str(one(form, "[name=csrf_token]")["value"])
    client.follow(client.post(str(form["action"]), data={"csrf_token": token}))
    assert fresh_link(client) != first
    assert world.client().get(first).status_code == 404


def test_the_link_comes_with_a_message_to_send(world: World) -> None:
    client = world.coordinator()
    invite(client)
    card = one(client.page(ROUND), "#new-link").get_text()
    assert "Dear Ann Orchard" in card
    assert "by 31 December 2999" in card
    assert "about 10 minutes" in card


def test_facts_and_evidence_are_offered_where_the_questionnaire_asks_for_them(world: World) -> None:
    links = [str(link["href"]) for link in world.coordinator().page(ROUND).select("main ul a")]
    assert links == [f"{ROUND}/sample/evidence/purpose", f"{ROUND}/sample/evidence/facts"]


def test_an_organisation_has_one_sector(world: World) -> None:
    client = world.coordinator()
    page = client.page(f"{ROUND}/people/new")
    wrong = client.send(page, "Invite", name="Ann", organisation="Fen Trust", sector="police")
    summary = one(parsed(wrong, 422), ".govuk-error-summary").get_text()
    assert "Fen Trust is known here as Voluntary and community" in summary


def test_closing_is_asked_twice_and_says_what_falls_short(world: World) -> None:
    client = world.coordinator()
    page = client.page(f"{ROUND}/close")
    text = page.get_text()
    assert "0 of 2 people have submitted" in text
    assert "some results can’t be shown" in text
    assert "Ben Ashby, Fen Trust: invited" in text
    closed = client.follow(client.send(page, "Close the round now"))
    assert "Results" in [heading.get_text(strip=True) for heading in closed.select("h2")]
    assert client.get(f"{ROUND}/close").status_code == 302


def test_closing_says_nothing_falls_short_when_enough_have_answered(world: World) -> None:
    answer(world, 6)
    text = world.coordinator().page(f"{ROUND}/close").get_text()
    assert "6 of 8 people have submitted, from 6 of 8 organisations" in text


def test_a_round_past_its_last_day_takes_nobody_in_and_asks_to_be_closed(world: World) -> None:
    world.close()
    client = world.coordinator()
    page = client.page(ROUND)
    assert "Past its last day" in page.get_text()
    assert "Close the round to see the results" in page.get_text()
    assert "Invite people" not in page.get_text()


def test_an_invitation_sent_after_the_round_was_closed_elsewhere_changes_nothing(world: World) -> None:
    client = world.coordinator()
    page = client.page(f"{ROUND}/people/new")
    client.follow(client.send(client.page(f"{ROUND}/close"), "Close the round now"))
    late = client.send(page, "Invite", name="Ann", organisation="Fen Police", sector="police")
    assert "Nothing was changed" in parsed(late, 409).get_text()


def test_withdrawing_is_asked_first_and_leaves_the_person_on_the_list(world: World) -> None:
    client = world.coordinator()
    page = client.page(f"{ROUND}/people/1/withdraw")
    after = client.follow(client.send(page, "Withdraw the invitation"))
    row = next(row for row in after.select("tbody tr") if "Ben Ashby" in row.get_text())
    assert "Withdrawn" in row.get_text()
    assert "New link" not in row.get_text()
    assert world.client().get(world.link).status_code == 404


def test_forty_organisations_and_long_names_stand_in_the_table(world: World) -> None:
    answer(world, 40, organisation="Cymdeithas " + "x" * 180 + " {}")
    page = world.coordinator().page(ROUND)
    assert len(page.select(".app-reflow:not(.app-narrow) tbody tr")) == 42
    with world.session() as session:
        assert session.get_one(Round, 1).closed is None
