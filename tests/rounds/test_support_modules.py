"""A region's own support modules: a copy of the catalogue, changed for that region alone, by one person at a time."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from a2p.access.policy import Role
from a2p.definition.catalogue import support_modules
from a2p.rounds.support import WishRefused, choices, make_wish, wishes_of
from a2p.rounds.support_modules import (
    ModuleClash,
    ModuleRefused,
    Wording,
    add_module,
    bring_module_back,
    change_module,
    retire_module,
)
from a2p.store.audit import Actor
from a2p.store.support_modules import modules_of, offered_in
from tests import site
from tests.site import Site

VISIT = Wording("Visit a neighbour", "A day beside them.", "peer-visit", "A day", ("sample/purpose",))


@pytest.fixture
def built(session: Session) -> Site:
    return site.build(session)


@pytest.fixture
def by(built: Site) -> Actor:
    return Actor(built.own.staff[Role.MANAGER].id, "programme manager")


def test_a_region_offers_the_catalogue_until_its_manager_changes_it_and_no_other_region_changes_with_it(
    session: Session, built: Site, by: Actor
) -> None:
    own, foreign = built.own.region, built.foreign.region
    assert modules_of(session, own.id) == support_modules()
    key = add_module(session, own, VISIT, by)
    assert key == "visit-a-neighbour"
    assert [each.id for each in modules_of(session, own.id)] == [*(each.id for each in support_modules()), key]
    assert modules_of(session, own.id)[:-1] == modules_of(session, foreign.id) == support_modules()


def test_the_second_of_two_who_change_a_module_is_told_what_the_first_made_of_it(
    session: Session, built: Site, by: Actor
) -> None:
    region, module = built.own.region, support_modules()[0]
    mine = replace(VISIT, title="Our workshop")
    change_module(session, region, module.id, mine, 1, by)
    with pytest.raises(ModuleClash) as clash:
        change_module(session, region, module.id, VISIT, 1, by)
    assert (clash.value.offered.module.title, clash.value.offered.edition) == ("Our workshop", 2)
    change_module(session, region, module.id, VISIT, 2, by)
    assert modules_of(session, region.id)[0].serves == VISIT.serves
    with pytest.raises(ModuleRefused):
        add_module(session, region, replace(VISIT, title="VISIT a neighbour"), by)


def test_a_retired_module_can_be_requested_no_more_and_what_was_requested_keeps_its_title(
    session: Session, built: Site, by: Actor
) -> None:
    place, module = built.own.partnership, support_modules()[1]
    make_wish(session, place, "request", module.id, "", by)
    retire_module(session, built.own.region, module.id, by)
    assert module.id not in choices(session, place, "request")
    assert wishes_of(session, place)[0].about == module.title
    assert [each.module.id for each in offered_in(session, place.region_id) if each.retired] == [module.id]
    with pytest.raises(WishRefused):
        make_wish(session, built.own.partnership, "request", module.id, "", by)
    bring_module_back(session, built.own.region, module.id, by)
    assert module.id in choices(session, place, "request")
