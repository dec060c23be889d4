"""The results pages and the documents made from them, whatever the round was like."""

from __future__ import annotations

import pytest

from a2p.scoring.answers import Answer, State
from a2p.store.round_tables import Job
from tests.web.answered import GIVEN, answer, close
from tests.web.client import one
from tests.web.world import World

RESULTS = "/rounds/1/results/sample"


def test_there_are_no_results_before_the_round_closes(world: World) -> None:
    answer(world, 6)
    assert world.coordinator().get(RESULTS).status_code == 404


def test_nobody_answered_is_said_and_no_score_is_shown(world: World) -> None:
    close(world)
    page = world.coordinator().page(RESULTS)
    assert one(page, "h1").get_text() == "Nobody has answered yet"
    assert "Nobody submitted an answer before the round was closed" in page.get_text()
    assert {cell.get_text(strip=True) for cell in page.select(".standing td.c-num")} == {"–"}


def test_one_answer_is_never_shown(world: World) -> None:
    answer(world, 1)
    close(world)
    page = world.coordinator().page(RESULTS)
    assert one(page, "h1").get_text() == "Too few answers for a picture"
    assert "Why there is so little here" in page.get_text()
    assert not page.select(".q .bar")
    assert "level-3" not in str(page.main)


def test_scores_are_shown_with_their_levels_in_words(world: World) -> None:
    answer(world, 6)
    close(world)
    page = world.coordinator().page(RESULTS)
    aim = one(page, "#q-aim")
    assert one(aim, ".score").get_text(strip=True) == "Score67"
    assert one(aim, ".bar title").get_text() == "Level 1: 0, Level 2: 0, Level 3: 6, Level 4: 0"
    assert "Descriptor 3 of aim." in aim.get_text()
    assert "Descriptor 4 of aim." in aim.get_text()


def test_each_group_of_rows_in_the_table_of_numbers_begins_with_its_heading_over_all_columns(world: World) -> None:
    answer(world, 6)
    close(world)
    table = one(world.coordinator().page(RESULTS), "table.numbers")
    columns = len(table.select("thead th"))
    groups = table.select("tbody")
    headings = [group.select("th[scope=rowgroup]") for group in groups]
    assert groups
    assert all(found == group.select("tr:first-child > *") for found, group in zip(headings, groups, strict=True))
    assert {str(found[0]["colspan"]) for found in headings} == {str(columns)}
    assert all(len(row.select("th[scope=row]")) == 1 for row in table.select("tbody tr:not(:first-child)"))


def test_comments_are_not_on_the_results_page(world: World) -> None:
    answer(world, 6, GIVEN | {"aim": Answer(State.GIVEN, "level-1", "Between ourselves.")})
    close(world)
    assert "Between ourselves" not in world.coordinator().page(RESULTS).get_text()


def test_forty_organisations_make_a_result_too(world: World) -> None:
    answer(world, 40)
    close(world)
    page = world.coordinator().page(RESULTS)
    assert "40 people from 40 organisations" in page.get_text()


def test_a_partial_picture_is_said_before_any_figure(world: World) -> None:
    answer(world, 1)
    close(world)
    page = world.coordinator().page(RESULTS)
    assert "A partial picture" in one(page, ".results__caveats").get_text()


def order(world: World) -> int:
    """Close the round and ask for its report; the job's id."""
    answer(world, 6)
    close(world)
    client = world.coordinator()
    waiting = client.follow(client.send(client.page(f"{RESULTS}/documents/report"), "Make it"))
    assert one(waiting, "h1").get_text() == "Your capacity report is being made"
    with world.session() as session:
        return session.query(Job).one().id


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("running", "is being made"),
        ("done", "is ready"),
        ("failed", "could not be made"),
        ("cancelled", "was cancelled"),
    ],
)
def test_a_report_says_how_it_stands(world: World, state: str, said: str) -> None:
    job_id = order(world)
    with world.session() as session, session.begin():
        job = session.get_one(Job, job_id)
        job.state, job.file, job.message = state, "a.pdf" if state == "done" else None, "The log says why."
    page = world.coordinator().page(f"/jobs/{job_id}")
    assert said in one(page, "h1").get_text()
    assert ("The log says why." in page.get_text()) == (state == "failed")


def test_a_report_is_nobody_elses(world: World) -> None:
    respondent = world.respondent()
    job_id = order(world)
    for path in (RESULTS, f"/jobs/{job_id}", f"/jobs/{job_id}/file"):
        assert respondent.get(path).status_code == 404


def test_a_report_that_is_not_made_yet_cannot_be_downloaded(world: World) -> None:
    assert world.coordinator().get(f"/jobs/{order(world)}/file").status_code == 404
