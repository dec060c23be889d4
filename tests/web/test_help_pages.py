"""Help says what is so: its tables are printed from the code, and every command it names exists."""

from __future__ import annotations

import re

import pytest

from a2p.access.policy import POLICY, Action, Role
from a2p.commands import COMMANDS
from a2p.settings import SETTINGS
from a2p.web.help import ROLES, TOPICS
from tests.web.world import World


@pytest.mark.parametrize("topic", TOPICS)
def test_each_topic_is_linked_from_the_help_page_and_in_order(world: World, topic: str) -> None:
    client = world.client()
    assert client.page("/help").select(f'main a[href="/help/{topic}"]')
    assert client.page(f"/help/{topic}").select(".app-text h2")


def test_a_topic_that_is_not_there_is_not_found(world: World) -> None:
    assert world.client().get("/help/nothing").status_code == 404


def test_every_page_leads_to_help(world: World) -> None:
    for path in ("/demo", "/nowhere", world.link):
        assert 'href="/help"' in world.client().get(path).get_data(as_text=True)


def test_the_table_of_permissions_is_the_policy(world: World) -> None:
    page = world.client().page("/help/access")
    roles = [cell.get_text(strip=True) for cell in page.select("thead th")][1:]
    assert roles == list(ROLES.values())
    said = {
        (row.select("th")[0].get_text(strip=True).lower(), role)
        for row in page.select("tbody tr")
        for role, cell in zip(roles, row.select("td"), strict=True)
        if cell.get_text(strip=True) == "Yes"
    }
    for action, role in POLICY:
        assert (action.value.lower(), ROLES[role]) in said
    for action in Action:
        if (action, Role.ANYONE) not in POLICY and (action, Role.COORDINATOR) not in POLICY:
            assert (action.value.lower(), ROLES[Role.COORDINATOR]) not in said


def test_every_setting_is_explained(world: World) -> None:
    text = world.client().page("/help/running").get_text()
    for setting in SETTINGS:
        assert setting.name in text
        assert setting.meaning in text


def test_every_command_that_help_names_exists(world: World) -> None:
    text = " ".join(code.get_text() for code in world.client().page("/help/running").select("code"))
    named = set(re.findall(r"\ba2p ([a-z]+)", text))
    assert {"migrate", "serve", "worker", "blank"} <= named
    assert named <= set(COMMANDS)
