"""Introducing step by step: nobody is named before both said yes, a no is final, and the next is proposed."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from a2p.access.policy import Role
from a2p.rounds import associates
from a2p.rounds.associates import AssociateRefused, Offer
from a2p.rounds.introductions import (
    IntroductionRefused,
    answer,
    end,
    introduce,
    of_associate,
    of_partnership,
    seen,
)
from a2p.rounds.matching import matching_of
from a2p.rounds.support import make_wish
from a2p.store.audit import Actor
from a2p.store.letter_tables import Letter
from a2p.store.region_tables import Associate
from tests import site
from tests.site import Site

AIM = "sample/purpose"


@pytest.fixture
def built(session: Session) -> Site:
    return site.build(session)


@pytest.fixture
def by(built: Site) -> Actor:
    return Actor(built.own.staff[Role.MANAGER].id, Role.MANAGER)


def agreed(session: Session, built: Site, by: Actor, name: str = "Ada Lowe", days: int = 1) -> Associate:
    email = f"{name.split(maxsplit=1)[0]}@example.org".lower()
    row = associates.ask(session, built.own.region, name, email, by)
    associates.agree(session, row, Offer(name, "", days, "", (AIM,)), row.edition)
    return row


def asked(session: Session, built: Site) -> int:
    by = Actor(built.own.coordinator.id, Role.COORDINATOR)
    return make_wish(session, built.own.partnership, "ask", AIM, "", by).id


def test_neither_side_is_named_before_both_say_yes_and_then_each_has_the_others_address(
    session: Session, built: Site, by: Actor
) -> None:
    own, ada = built.own, agreed(session, built, by)
    row = introduce(session, own.region, asked(session, built), ("associate", ada.id), by)
    assert (seen(session, row, "asker").other, seen(session, row, "asker").contacts) == (
        "a practitioner associate",
        (),
    )
    answer(session, row, "asker", "yes", by)
    (waiting,) = of_associate(session, ada)
    assert (waiting.other, waiting.contacts, waiting.waits) == ("a partnership", (), True)
    answer(session, row, "helper", "yes", associates.ASSOCIATE)
    (asker,), (helper,) = of_partnership(session, own.partnership), of_associate(session, ada)
    assert (asker.other, [each.email for each in asker.contacts]) == ("Ada Lowe", [ada.email])
    assert (helper.other, [each.email for each in helper.contacts]) == (
        own.partnership.name,
        [own.coordinator.email],
    )
    purposes = session.scalars(select(Letter.purpose).where(Letter.purpose != "associate").order_by(Letter.id)).all()
    assert [each for each in purposes if each.startswith("introd")] == ["introduction"] * 2 + ["introduced"] * 2
    with pytest.raises(IntroductionRefused):
        answer(session, row, "helper", "no", associates.ASSOCIATE)


def test_a_no_names_nobody_and_the_next_helper_is_proposed(session: Session, built: Site, by: Actor) -> None:
    own, wish = built.own, asked(session, built)
    helpers = [agreed(session, built, by, name) for name in ("Ada Lowe", "Ben Marsh")]
    for helper in helpers:
        (proposed,) = matching_of(session, own.region.id).proposals()
        assert proposed.helper.id == helper.id
        row = introduce(session, own.region, wish, proposed.helper.key, by)
        assert matching_of(session, own.region.id).proposals() == (), "one at a time"
        with pytest.raises(IntroductionRefused):
            introduce(session, own.region, wish, proposed.helper.key, by)
        answer(session, row, "helper", "no", associates.ASSOCIATE)
        assert seen(session, row, "asker").other == "a practitioner associate"
        with pytest.raises(IntroductionRefused):
            introduce(session, own.region, wish, proposed.helper.key, by)
    assert matching_of(session, own.region.id).proposals() == ()


def test_what_the_programme_manager_ends_is_over_for_both(session: Session, built: Site, by: Actor) -> None:
    row = introduce(session, built.own.region, asked(session, built), ("associate", agreed(session, built, by).id), by)
    end(session, row, "", by)
    end(session, row, "", by)
    with pytest.raises(IntroductionRefused):
        answer(session, row, "asker", "yes", by)


def test_an_offer_without_figures_by_name_does_not_count_and_says_why(session: Session, built: Site) -> None:
    own = built.own
    make_wish(session, own.partnership, "offer", AIM, "", Actor(own.coordinator.id, Role.COORDINATOR))
    known = matching_of(session, own.region.id)
    assert [each.standing.counts for each in known.offers] == [False]
    assert "no score of this section is shown by name" in known.offers[0].standing.why
    assert known.helpers == ()


def test_an_associate_is_nobodys_helper_before_they_agree_or_after_they_withdraw(
    session: Session, built: Site, by: Actor
) -> None:
    own = built.own
    row = associates.ask(session, own.region, "Ada Lowe", "ada@lowe.example.org", by)
    assert matching_of(session, own.region.id).helpers == ()
    assert associates.associates_of(session, own.region.id, AIM) == []
    with pytest.raises(AssociateRefused):
        associates.ask(session, own.region, "Ada", "ADA@lowe.example.org", by)
    offer = Offer("Ada Lowe", "Fen Trust", 2, "", (AIM,))
    associates.agree(session, row, offer, row.edition)
    with pytest.raises(AssociateRefused):
        associates.agree(session, row, offer, row.edition - 1)
    assert associates.associates_of(session, own.region.id, AIM) == [row]
    introduced = introduce(session, own.region, asked(session, built), ("associate", row.id), by)
    associates.withdraw(session, row)
    session.refresh(introduced)
    assert introduced.ended is not None
    assert matching_of(session, own.region.id).helpers == ()
    with pytest.raises(AssociateRefused):
        associates.send_again(session, row, by)
