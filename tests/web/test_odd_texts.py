"""Texts of questionnaires and of people are shown as they are, letter by letter: nothing in them is ever run."""

from __future__ import annotations

from pathlib import Path

import pytest

from a2p.definition.model import Questionnaire
from a2p.scoring.answers import Answer, State
from a2p.store.round_tables import Round
from tests.builders import definition, options, question, scale_question, section
from tests.web.answered import answer, close
from tests.web.client import CheckedClient, one
from tests.web.world import World, make_world

ODD = "{{ 7*7 }} {% raw %} <script>alert(1)</script> <b>&amp;</b> 😀 שלום مرحبا ŵŷ \"x\" 'y' ${1}"
LONG = "Word " * 1000
BASE = "/answer/1/sample"


def odd_questionnaire() -> Questionnaire:
    """Odd text wherever a definition may have text."""
    levels = {f"level-{k}": f"{ODD} {k}" for k in (1, 2, 3)} | {"level-4": LONG}
    scale = [{"id": f"level-{k}", "label": f"{ODD} L{k}"} for k in range(1, 5)]
    purpose = section(
        "purpose",
        scale_question("aim", ask=f"Ask {ODD}", help=f"Help {ODD}", evidence=f"Evidence {ODD}", scale="s")
        | {"levels": levels},
        question("kind", "choice", ask=f"Kind {ODD}", options=[{"id": "a", "label": f"Option {ODD}"}, *options("b")]),
        title=f"Title {ODD}",
        about=f"About {ODD}",
        discuss=[f"Discuss {ODD}"],
        answered_by=["partners", "coordinator"],
    )
    return definition(purpose, title=f"Whole {ODD}", subtitle=f"Sub {ODD}", about=f"First {ODD}", scales={"s": scale})


@pytest.fixture
def odd(tmp_path: Path) -> World:
    """A small site that asks the odd questionnaire in an odd round."""
    world = make_world(tmp_path, odd_questionnaire())
    with world.session() as session, session.begin():
        round_ = session.get_one(Round, world.round_id)
        round_.message, round_.name = f"Message {ODD}", f"Round {ODD}"[:120]
    return world


def shows(client: CheckedClient, path: str, *texts: str) -> None:
    """The page holds each text as text; that no script came of it is what the client checks on every page."""
    said = " ".join(one(client.page(path), "main").get_text(" ").split())
    for text in texts:
        assert " ".join(text.split()) in said, (path, text)


def test_a_respondent_reads_odd_texts_as_they_are(odd: World) -> None:
    client = odd.respondent()
    shows(client, "/answer/1", f"Message {ODD}", f"Whole {ODD}", f"Sub {ODD}")
    shows(client, BASE, f"Title {ODD}", f"First {ODD}")
    shows(
        client, f"{BASE}/sections/purpose", f"Ask {ODD}", f"Help {ODD}", f"{ODD} 1", f"{ODD} L4", LONG, f"Option {ODD}"
    )


def test_what_somebody_writes_comes_back_as_they_wrote_it(odd: World) -> None:
    client = odd.respondent()
    comment = ODD + " " + "w" * 1500
    client.send(client.page(f"{BASE}/sections/purpose"), a_aim="level-4", c_aim=comment, a_kind="a")
    assert one(client.page(f"{BASE}/sections/purpose"), "textarea").get_text() == comment
    for page in ("check", "copy"):
        shows(client, f"{BASE}/{page}", f"Ask {ODD}", f"{ODD} L4", comment, f"Option {ODD}")


def test_a_coordinator_reads_odd_texts_as_they_are(odd: World) -> None:
    given = {"aim": Answer(State.GIVEN, "level-2"), "kind": Answer(State.GIVEN, "a")}
    answer(odd, 6, given, organisation=f"Body {ODD} {{}}")
    client = odd.coordinator()
    shows(client, "/partnerships/1/questionnaires/sample", f"Ask {ODD}", f"{ODD} 1", f"Evidence {ODD}")
    shows(client, "/rounds/1", f"Body {ODD} 3", f"Whole {ODD}")
    close(odd)
    shows(client, "/rounds/1/results/sample", f"Ask {ODD}", f"{ODD} L2", f"{ODD} 2", f"Discuss {ODD}", f"Title {ODD}")
