"""A workshop's pages: the list, one question at a time, what is recorded, and the agreed scores."""

from __future__ import annotations

from bs4 import BeautifulSoup

from a2p.access.policy import Role
from a2p.documents.agreed_view import PROMPTS
from a2p.scoring.answers import Answer, State
from tests.web.answered import GIVEN, answer, close
from tests.web.client import one, parsed
from tests.web.installation import Installation
from tests.web.world import World

WORKSHOP = "/rounds/1/workshop/sample"


def scores(page: BeautifulSoup) -> dict[str, list[str]]:
    """The survey's and the agreed score by section."""
    table = one(page, "table.app-narrow")
    return {
        one(row, "th").get_text(): [cell.get_text() for cell in row.select("td")] for row in table.select("tbody tr")
    }


def test_the_widest_disagreement_comes_first(world: World) -> None:
    answer(world, 3, GIVEN | {"limits": Answer(State.GIVEN, "level-1")})
    answer(world, 3, GIVEN | {"limits": Answer(State.GIVEN, "level-4")}, organisation="Other {}")
    close(world)
    page = world.coordinator().page(WORKSHOP)
    asked = [link.get_text() for link in page.select("tbody th a")]
    assert asked[0].startswith("1.2 ")
    assert asked[1].startswith("1.1 ")


def test_a_question_is_settled_and_the_agreed_score_stands_beside_the_surveys(world: World) -> None:
    answer(world, 6)
    close(world)
    client = world.coordinator()
    before = scores(client.page(WORKSHOP))["All sections"]
    page = client.page(f"{WORKSHOP}/aim")
    assert "Descriptor 4 of aim." in page.get_text()
    assert one(page, ".chart title").get_text() == "Level 1: 0, Level 2: 0, Level 3: 6, Level 4: 0"
    client.follow(client.send(page, "Save", level="level-4", reason="We saw the papers.", votes="5"))
    after = client.page(WORKSHOP)
    assert scores(after)["All sections"][0] == before[0]
    assert before == ["50", "50"]
    assert scores(after)["All sections"] == ["50", "67"]
    assert "We saw the papers." in after.get_text()
    assert one(client.page(f"{WORKSHOP}/aim"), "input[name=level][checked]")["value"] == "level-4"


def test_what_is_withheld_shows_no_figure_here_either(world: World) -> None:
    answer(world, 1)
    close(world)
    client = world.coordinator()
    assert scores(client.page(WORKSHOP))["All sections"] == ["–", "–"]
    page = client.page(f"{WORKSHOP}/aim")
    assert "Not shown: too few people answered" in page.get_text()
    assert not page.select(".chart")


def test_a_clash_is_told_and_what_was_given_stays(world: World) -> None:
    answer(world, 6)
    close(world)
    client = world.coordinator()
    mine = client.page(f"{WORKSHOP}/aim")
    client.send(client.page(f"{WORKSHOP}/aim"), "Save", level="level-2", reason="Theirs")
    clash = parsed(client.send(mine, "Save", level="level-1", reason="Mine", votes="3"), 409)
    assert "Theirs" in one(clash, ".govuk-inset-text").get_text()
    assert one(clash, "#reason").get_text().strip() == "Mine"
    assert one(clash, "#votes")["value"] == "3"
    client.follow(client.send(clash, "Save"))
    assert one(client.page(f"{WORKSHOP}/aim"), "#reason").get_text().strip() == "Mine"


def test_the_room_goes_on_to_the_next_question_or_back_to_the_one_before(world: World) -> None:
    answer(world, 6)
    close(world)
    client = world.coordinator()
    first, second = (str(link["href"]) for link in client.page(WORKSHOP).select("tbody th a")[:2])
    page = client.page(first)
    assert "Save and previous" not in page.get_text()
    assert client.send(page, "Save and next", level="level-2").location == second
    page = client.page(second)
    assert client.send(page, "Save and previous", level="level-2").location == first


def test_every_question_is_asked_the_same_before_the_questionnaires_own_prompts(world: World) -> None:
    answer(world, 6)
    close(world)
    prompts = [
        each.get_text() for each in world.coordinator().page(f"{WORKSHOP}/aim").select(".app-workshop__prompts li")
    ]
    assert prompts[: len(PROMPTS)] == list(PROMPTS)


def test_bad_input_is_said_and_nothing_is_lost(world: World) -> None:
    answer(world, 6)
    close(world)
    client = world.coordinator()
    sent = client.send(client.page(f"{WORKSHOP}/aim"), "Save", reason="Because", votes="many")
    wrong = parsed(sent, 422)
    assert "Choose the level" in one(wrong, ".govuk-error-summary").get_text()
    assert one(wrong, "#votes")["value"] == "many"
    assert one(wrong, "#reason").get_text().strip() == "Because"


def test_there_is_no_workshop_before_the_round_closes(world: World) -> None:
    assert world.coordinator().get(WORKSHOP).status_code == 404


def test_results_and_the_closed_rounds_page_lead_to_workshop_and_actions(world: World) -> None:
    answer(world, 6)
    close(world)
    client = world.coordinator()
    client.send(client.page(f"{WORKSHOP}/aim"), "Save", level="level-4")
    results = client.page("/rounds/1/results/sample")
    assert scores(results)["All sections"] == ["50", "67"]
    for page in (results, client.page("/rounds/1")):
        assert {WORKSHOP, "/rounds/1/actions"} <= {link["href"] for link in page.select("main a")}


def test_a_chair_reads_what_was_agreed_and_why(installed: Installation) -> None:
    own = installed.site.own
    address = f"/rounds/{own.closed.id}/workshop/sample/aim"
    chair = installed.signed_in(own.staff[Role.CHAIR])
    assert "What was agreed in the workshop" not in chair.page(address).get_text()
    coordinator = installed.coordinator(own)
    reason = "We saw <b>the papers</b>. " * 20
    coordinator.send(coordinator.page(address), "Save", level="level-4", reason=reason, votes="1")
    page = chair.page(address)
    said = " ".join(one(page, "main").get_text(" ").split())
    assert "What was agreed in the workshop Level 4 · 1 vote for its importance" in said
    assert reason.strip() in said
    assert page.select("main form") == []
