"""Nobody works out what the region may not show, whatever they received: over random histories, and with faults planted
in the rule to see that they would."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import islice
from random import Random

import pytest

from a2p.region import make, named
from a2p.region.atoms import FRESH, Atoms, atoms_of
from a2p.region.ledger import Cohort, Kept, Names
from a2p.region.named import Naming, Spell, naming
from a2p.region.nearest import Chosen
from a2p.region.snapshot import MINIMUM, Withheld
from tests.region import histories
from tests.region.attacker import pinned, small_sum
from tests.region.histories import Region
from tests.region.regions import SECTIONS

HISTORIES = 2000
SMALL_HISTORIES = 200
OWN_HISTORIES = 100
Found = tuple[int, ...] | None
Plant = Callable[[pytest.MonkeyPatch], None]


def _regions(smallest: int, largest: int, *, steps: int = 11) -> Iterator[Region]:
    """Regions of so many partnerships, for ever; always the same."""
    number = 0
    while True:
        chance = Random(f"{smallest}/{number}")
        yield Region(chance, chance.randint(smallest, largest), steps=steps)
        number += 1


def _by_counts(region: Region) -> Found:
    """What a manager works out from counts: of scores, and of what only board papers and whole results tell."""
    ways = region.scores, region.partly, region.whole
    found = (small_sum(region.received[section], known) for section in SECTIONS for known in ways)
    return next((each for each in found if each), None)


def _by_all_figures(region: Region) -> Found:
    """What a manager works out from all figures."""
    found = (pinned(region.received[section], region.scores_of(region.scores, section)) for section in SECTIONS)
    return next((each for each in found if each), None)


def _beside_own(region: Region) -> Found:
    """What somebody works out from the figures beside their own, even if they were told counts with them."""
    for member in region.chance.sample(region.members, 3):
        for section in SECTIONS:
            own = region.scores_of((each.result for each in member.results), section)
            seen = list(region.seen_beside(member, section))
            if found := small_sum(seen, own) or pinned(seen, own):
                return found
    return None


def test_no_group_of_fewer_than_five_unnamed_is_counted_by_subtraction() -> None:
    figures = 0
    for region in islice(_regions(10, 26), HISTORIES):
        assert _by_counts(region) is None
        figures += sum(map(len, region.received.values()))
    assert figures > 5 * HISTORIES


def test_no_score_of_fewer_than_five_unnamed_is_told_by_counts_medians_and_quartiles() -> None:
    figures = 0
    for region in islice(_regions(8, 14), SMALL_HISTORIES):
        assert _by_all_figures(region) is None
        figures += sum(map(len, region.received.values()))
    assert figures > 4 * SMALL_HISTORIES


def test_nobody_who_knows_their_own_scores_is_told_those_of_fewer_than_five_others() -> None:
    for region in islice(_regions(9, 15), OWN_HISTORIES):
        assert _beside_own(region) is None


def _no_rule(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Atoms, "allows", lambda *_: True)
    patch.setattr(Atoms, "allows_all", lambda *_: True)
    patch.setattr(make, "nearest", lambda wanted, *_: Chosen(tuple(wanted)))


def _joiners_let_through(patch: pytest.MonkeyPatch) -> None:
    fits = Atoms._fits
    patch.setattr(Atoms, "_fits", lambda self, atom, *more: atom == FRESH or fits(self, atom, *more))
    patch.setattr(make, "nearest", lambda wanted, *_: Chosen(tuple(wanted)))


def _leavers_let_through(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Atoms, "_fits", lambda *given: given[2] >= MINIMUM)
    patch.setattr(make, "nearest", lambda wanted, *_: Chosen(tuple(wanted)))


def _groups_one_by_one(patch: pytest.MonkeyPatch) -> None:
    def alone(wanted: list[Cohort], atoms: Atoms, minimum: int = MINIMUM) -> list[Withheld | None]:
        few = [len(cohort) < minimum for cohort in wanted]
        return [
            Withheld.FEW if small else None if atoms.allows(cohort) else Withheld.SUBTRACTION
            for cohort, small in zip(wanted, few, strict=True)
        ]

    patch.setattr(make, "permitted", alone)


def _names_at_once(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(named._Layer, "must_wait", lambda *_: frozenset())


def _names_hide_others(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Names, "ways", lambda _: (frozenset(),))


def _scores_tell_all(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Names, "ways", lambda names: (names.scores,))


def _board_papers_at_once(patch: pytest.MonkeyPatch) -> None:
    def at_once(kept: Iterable[tuple[datetime, Sequence[Kept]]], spells: Sequence[Spell]) -> Naming:
        published = {each.result for each in spells if each.public and each.until is None}
        return replace(naming(kept, [each for each in spells if not each.public]), public=frozenset(published))

    patch.setattr(histories, "naming", at_once)


def _board_papers_tell_all(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Names, "ways", lambda names: (names.scores, names.partly))
    patch.setattr(named._Knowledge, "receive", lambda of, kept: [each.receive(kept) for each in (of.scores, of.partly)])


@pytest.mark.parametrize(
    "plant",
    [
        _no_rule,
        _joiners_let_through,
        _leavers_let_through,
        _groups_one_by_one,
        _names_at_once,
        _names_hide_others,
        _scores_tell_all,
        _board_papers_at_once,
        _board_papers_tell_all,
    ],
)
def test_a_fault_in_the_rule_is_found_by_counts(plant: Plant, monkeypatch: pytest.MonkeyPatch) -> None:
    plant(monkeypatch)
    assert any(_by_counts(region) for region in islice(_regions(10, 26), HISTORIES))


def test_a_rule_switched_off_is_found_by_all_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    _no_rule(monkeypatch)
    assert any(_by_all_figures(region) for region in islice(_regions(8, 14), SMALL_HISTORIES))


def test_cohorts_of_four_others_are_found_by_one_who_knows_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(make, "BESIDE_FROM", MINIMUM)
    assert any(_beside_own(region) for region in islice(_regions(9, 15), OWN_HISTORIES))


def test_the_atoms_of_what_was_received_are_large_in_all_ways_of_knowing() -> None:
    """The rule itself, on the figures that came: the attacks are not its only witness."""
    for region in islice(_regions(10, 26), 50):
        for section in SECTIONS:
            cohorts = [each.members for each in region.received[section]]
            assert all(
                atoms_of(cohorts, [region.scores, region.partly, region.whole]).allows(cohort) for cohort in cohorts
            )
