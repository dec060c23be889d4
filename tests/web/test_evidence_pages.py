"""The coordinator's facts and evidence."""

from __future__ import annotations

import pytest

from a2p.rounds.evidence import coordinator_input
from a2p.scoring.answers import Answer, CoordinatorInput, EvidenceNote, State
from a2p.store.round_tables import Round
from tests.web.answered import close
from tests.web.client import fields_of, is_sent_to_sign_in, one, parsed
from tests.web.world import World

BASE = "/rounds/1/sample/evidence"


def given(world: World) -> CoordinatorInput:
    with world.session() as session:
        round_ = session.get_one(Round, world.round_id)
        return coordinator_input(session, round_, round_.versions[0])


def test_only_sections_that_ask_the_coordinator_are_listed(world: World) -> None:
    page = world.coordinator().page(BASE)
    assert [link.get_text(strip=True) for link in page.select(".govuk-task-list__link")] == ["Purpose", "Facts"]
    assert world.coordinator().get(f"{BASE}/voice").status_code == 404


@pytest.mark.parametrize("path", [BASE, f"{BASE}/purpose", f"{BASE}/facts"])
def test_nobody_but_the_coordinator_reaches_them(world: World, path: str) -> None:
    assert is_sent_to_sign_in(world.client().get(path))
    assert world.respondent().get(path).status_code == 404


def test_evidence_is_a_level_with_a_note_and_neither_is_required(world: World) -> None:
    client = world.coordinator()
    page = client.page(f"{BASE}/purpose")
    assert "The written aims." in one(page, "#q-aim").get_text()
    client.send(page, a_aim="level-3", c_aim="Minute 4 of May.", c_limits="Not found.")
    assert given(world).evidence == {
        "aim": EvidenceNote("level-3", "Minute 4 of May."),
        "limits": EvidenceNote(None, "Not found."),
    }
    assert "2 of 2 given" in client.page(BASE).get_text()


def test_a_level_can_be_taken_back(world: World) -> None:
    client = world.coordinator()
    client.send(client.page(f"{BASE}/purpose"), a_aim="level-3")
    client.send(client.page(f"{BASE}/purpose"), a_aim="no-level")
    assert given(world).evidence["aim"] == EvidenceNote(None)


def test_evidence_offers_no_dont_know(world: World) -> None:
    page = world.coordinator().page(f"{BASE}/purpose")
    assert "Don’t know" not in one(page, "#q-aim").get_text()


def test_facts_are_saved_apart_from_answers(world: World) -> None:
    client = world.coordinator()
    done = client.follow(client.send(client.page(f"{BASE}/facts"), a_members="12"))
    assert "Saved: Facts." in done.get_text()
    assert given(world).facts == {"members": Answer(State.GIVEN, "12")}
    assert fields_of(one(client.page(f"{BASE}/facts"), "main form"))["a-members"] == ["12"]


def test_a_wrong_fact_is_shown_again(world: World) -> None:
    client = world.coordinator()
    again = parsed(client.send(client.page(f"{BASE}/facts"), a_members="none"), 422)
    assert "must be a number" in one(again, ".govuk-error-summary").get_text()
    assert fields_of(one(again, "main form"))["a-members"] == ["none"]


def test_two_coordinators_are_asked_whose_evidence_to_keep(world: World) -> None:
    client = world.coordinator()
    first, second = (client.page(f"{BASE}/purpose") for _ in range(2))
    client.send(first, a_aim="level-1")
    clash = parsed(client.send(second, a_aim="level-4"), 409)
    client.send(clash, "Save", k_aim="mine")
    assert given(world).evidence["aim"] == EvidenceNote("level-4")


def test_links_are_kept_beside_the_level_and_shown_with_the_results(world: World) -> None:
    client = world.coordinator()
    typed = "https://example.org/minutes?of=May\r\nhttp://example.org/plan"
    client.send(client.page(f"{BASE}/purpose"), a_aim="level-3", l_aim=typed, l_limits="https://example.org")
    links = ("https://example.org/minutes?of=May", "http://example.org/plan")
    assert given(world).evidence == {
        "aim": EvidenceNote("level-3", "", links),
        "limits": EvidenceNote(None, "", ("https://example.org",)),
    }
    page = client.page(f"{BASE}/purpose")
    assert one(page, "[name=l-aim]").get_text().split() == list(links)
    assert one(page, "[name=a-aim][value=level-3]").has_attr("checked")
    close(world)
    shown = client.page("/rounds/1/results/sample").select(".evidence a")
    assert [(link["href"], link["rel"]) for link in shown] == [
        (link, ["noopener", "nofollow"]) for link in (*links, "https://example.org")
    ]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("javascript:alert(1)", "must be a web address"),
        ("https://", "must be a web address"),
        ("ftp://example.org", "must be a web address"),
        ("https://[", "must be a web address"),
        ("example.org", "must be a web address"),
        ("https://example.org/" + "x" * 500, "must be a web address"),
        ("\n".join(f"https://example.org/{n}" for n in range(6)), "Give 5 links or fewer"),
    ],
)
def test_what_is_no_web_address_is_refused_and_not_lost(world: World, typed: str, said: str) -> None:
    client = world.coordinator()
    wrong = parsed(client.send(client.page(f"{BASE}/purpose"), a_aim="level-3", l_aim=typed), 422)
    link = one(wrong, ".govuk-error-summary a")
    assert said in link.get_text()
    assert link["href"] == "#aim.links"
    assert one(wrong, "[name=l-aim]").get_text().split() == typed.split()
    assert "aim" not in given(world).evidence
