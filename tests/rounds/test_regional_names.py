"""What a region is shown by name is what is released so now, and waits where it would tell of the few others."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import pytest
from sqlalchemy.orm import Session

from a2p.rounds import regional_snapshots
from a2p.rounds.regional_names import ByName, shown_by_name
from a2p.store.audit import Actor
from a2p.store.round_tables import Result, Round
from tests.rounds.shire import CLOSED, DAY, Shire, closed_round, freeze, many, release, released, shire
from tests.rounds.shire import place as placed


@dataclass
class Seen:
    """A region and what is shown of it."""

    session: Session
    of: Shire

    def shown(self) -> ByName:
        return shown_by_name(self.session, self.of.region.id, self.of.scope())

    def names(self) -> list[str]:
        return [each.place.name for each in self.shown().results if not each.waits]

    def waiting(self) -> list[str]:
        return [each.place.name for each in self.shown().results if each.waits]

    def lower(self, result: Result) -> None:
        release(self.session, self.session.get_one(Round, result.round_id), "1", CLOSED + 40 * DAY, lowered=True)

    def raised(self, result: Result) -> None:
        release(self.session, self.session.get_one(Round, result.round_id), "2", CLOSED + 40 * DAY)


@pytest.fixture
def seen(session: Session) -> Seen:
    return Seen(session, shire(session))


def test_only_what_is_released_by_name_is_there_with_its_figures(seen: Seen) -> None:
    many(seen.session, seen.of, ["1", "2", "T", "3"])
    assert seen.names() == ["District 001", "District 003"]
    (first, _) = seen.shown().results
    assert [(each.id, each.score) for each in first.sections] == [
        ("purpose", Fraction(100, 3)),
        ("voice", Fraction(200, 3)),
    ]


def test_where_voices_disagree_is_shown_only_of_what_is_released_whole(seen: Seen) -> None:
    many(seen.session, seen.of, ["3", "4"])
    assert [(each.sections[0].wide, each.sections[0].gaps) for each in seen.shown().results] == [(None, 0), (True, 1)]


def test_taking_a_release_back_acts_at_the_next_look(seen: Seen) -> None:
    results = many(seen.session, seen.of, ["2"] * 3)
    assert len(seen.names()) == 3
    seen.lower(results[0])
    assert seen.names() == ["District 001", "District 002"]


def test_who_would_leave_a_few_unnamed_in_a_snapshot_waits(seen: Seen) -> None:
    results = many(seen.session, seen.of, ["1"] * 8)
    regional_snapshots.make(
        seen.session, seen.of.region, seen.of.scope(), "Spring", Actor(None, "programme manager"), at=CLOSED + 20 * DAY
    )
    for result in results[:4]:
        seen.raised(result)
    assert seen.names() == ["District 000", "District 001", "District 002"]
    assert seen.waiting() == ["District 003"]
    assert [each.sections for each in seen.shown().results if each.waits] == [()]


def test_of_a_partnership_the_newest_round_in_the_scope_counts(seen: Seen) -> None:
    at = placed(seen.session, seen.of, "Ashton")
    released(seen.session, seen.of, at, "2", 0, CLOSED)
    later = released(seen.session, seen.of, at, "2", 1, CLOSED + 60 * DAY)
    released(seen.session, seen.of, at, "2", 2, CLOSED - 400 * DAY)
    (one,) = seen.shown().results
    assert one.result == later.id


def test_words_of_its_own_are_those_of_its_newest_round_whatever_else_is_released(seen: Seen) -> None:
    at = placed(seen.session, seen.of, "Ashton")
    round_ = closed_round(seen.session, seen.of, at)
    freeze(seen.session, seen.of, round_, {"purpose": "40"})
    release(seen.session, round_, "T")
    (one,) = seen.shown().words
    assert (one.place.name, one.round, one.text) == ("Ashton", round_.name, "Themes")
    release(seen.session, round_, "0", CLOSED + 40 * DAY, lowered=True)
    assert seen.shown().words == ()
