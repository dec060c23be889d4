"""The addresses in letters are the site's."""

from __future__ import annotations

import pytest

from a2p.jobs import addresses
from a2p.store.tables import Grant
from tests.web.world import World, make_world


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    return make_world(tmp_path_factory.mktemp("world"))


@pytest.mark.parametrize(
    ("address", "endpoint"),
    [
        (addresses.SIGN_IN, "account.sign_in"),
        (addresses.CODE, "account.code"),
        (addresses.invitation("token"), "links.invitation"),
        (addresses.own_answers(7), "answer.start"),
        (addresses.sign_in("token"), "account.link"),
        (addresses.round_page(7), "coordinate.show_round"),
        (addresses.PRIVACY, "statements.privacy"),
        (addresses.to_confirm(Grant(id=3, partnership_id=2)), "roles.ask_confirm"),
    ],
)
def test_each_address_is_the_page_it_is_meant_to_be(world: World, address: str, endpoint: str) -> None:
    assert world.app.url_map.bind("localhost").match(address)[0] == endpoint
