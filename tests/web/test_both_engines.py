"""The site does its main work on SQLite and on PostgreSQL alike."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from werkzeug.test import TestResponse

from a2p.rounds.answering import answers_of
from a2p.store.round_tables import Invitation
from tests.web.client import CheckedClient, fields_of, one
from tests.web.installation import Installation, install, settings_of


@pytest.fixture
def installed(tmp_path: Path, database: str) -> Iterator[Installation]:
    made = install(settings_of(tmp_path, database))
    yield made
    made.close()


def section_of(installed: Installation, number: int) -> str:
    return f"/answer/{installed.site.own.invited[number].invitation.id}/sample/sections/purpose"


def test_answers_are_saved_the_round_is_closed_and_the_results_are_shown(installed: Installation) -> None:
    own = installed.site.own
    for number, invited in enumerate(own.invited):
        client = installed.respondent(invited.invitation)
        page = client.page(section_of(installed, number))
        assert client.send(page, "Save and continue", a_aim="level-3", a_limits="level-2").status_code == 302
        client.follow(client.send(client.page(f"/answer/{invited.invitation.id}/sample/check"), "Submit"))
    coordinator = installed.coordinator(own)
    coordinator.follow(coordinator.send(coordinator.page(f"/rounds/{own.open.id}/close"), "Close"))
    assert "Purpose" in coordinator.page(f"/rounds/{own.open.id}/results/sample").get_text()
    assert coordinator.get("/readyz").status_code == 200


def test_of_two_devices_that_save_one_question_at_once_one_is_asked_which_to_keep(installed: Installation) -> None:
    invitation = installed.site.own.invited[1].invitation
    path = section_of(installed, 1)

    def device(level: str) -> tuple[CheckedClient, dict[str, list[str]]]:
        client = installed.respondent(invitation)
        return client, {**fields_of(one(client.page(path), "main form")), "a-aim": [level]}

    def save(prepared: tuple[CheckedClient, dict[str, list[str]]]) -> TestResponse:
        client, fields = prepared
        return client.post(path, data=fields)

    both = [device("level-1"), device("level-4")]
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(save, both))
    assert sorted(answer.status_code for answer in answers) == [302, 409]
    winner = "level-1" if answers[0].status_code == 302 else "level-4"
    with installed.session() as session:
        kept = session.get_one(Invitation, invitation.id)
        assert answers_of(session, kept, kept.round.versions[0]).plain["aim"].value == winner
