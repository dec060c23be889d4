"""Wishes for support: by name, on what there is, once each, until they are withdrawn; on each engine."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from a2p.definition.catalogue import support_modules
from a2p.rounds.support import WishRefused, choices, make_wish, wishes_in, wishes_of, withdraw_wish
from a2p.store.audit import Actor
from tests import site
from tests.site import Site


@pytest.fixture
def built(session: Session) -> Site:
    return site.build(session)


def test_a_wish_is_seen_by_its_partnership_and_region_alone_until_it_is_withdrawn(
    session: Session, built: Site
) -> None:
    place, by = built.own, Actor(built.own.coordinator.id, "coordinator")
    wish = make_wish(session, place.partnership, "ask", "sample/purpose", "Soon", by)
    (seen,) = wishes_of(session, place.partnership)
    assert (seen.wish, seen.about.rpartition(": ")[2]) == (wish, "Purpose")
    assert [each.partnership for each in wishes_in(session, place.region.id)] == [place.partnership]
    assert wishes_in(session, built.foreign.region.id) == ()
    withdraw_wish(session, wish, by)
    withdraw_wish(session, wish, by)
    assert wishes_of(session, place.partnership) == wishes_in(session, place.region.id) == ()
    make_wish(session, place.partnership, "ask", "sample/purpose", "", by)


def test_only_what_is_on_offer_can_be_wished_for_and_only_once(session: Session, built: Site) -> None:
    place, by = built.own.partnership, Actor(built.own.coordinator.id, "coordinator")
    assert "sample/facts" not in choices(session, place, "offer")
    module = support_modules()[0]
    make_wish(session, place, "request", module.id, "", by)
    assert wishes_of(session, place)[0].about == module.title
    for kind, about in (("request", module.id), ("request", "sample/purpose"), ("ask", module.id), ("offer", "")):
        with pytest.raises(WishRefused):
            make_wish(session, place, kind, about, "", by)
