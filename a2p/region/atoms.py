"""The rule against subtraction.

Over everything a viewer has received, results that were in the same cohorts form an atom. All that was shown is
symmetric in the members of an atom: swap the figures of two, and nothing of it changes, neither counts nor medians. So
an atom of five or more whose members nobody knows by name gives away no value of a smaller group, unless all five are
alike; and one of one to four could. A cohort is therefore allowed only if every atom that it makes has no member who is
not known by name, or at least the minimum.

Whoever knows more than the rule supposes is not looked after: two people who put together what they know.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence, Set

from a2p.region.ledger import Cohort
from a2p.region.snapshot import MINIMUM, Withheld

FRESH = 0
"""The atom of results of which nothing was shown yet: of it alone nothing is known, so it may be of any size."""


class Atoms:
    """The atoms of one strand for one viewer, who knows some results by name: in several ways, if some are known better
    than others, and the rule is kept in each way. Adding a cohort, or asking whether it is allowed, takes time in
    proportion to its members."""

    def __init__(self, known: Sequence[Set[int]] = (frozenset(),), minimum: int = MINIMUM) -> None:
        self._known = known
        self._minimum = minimum
        self._atom: dict[int, int] = {}
        self._unnamed: list[Counter[int]] = [Counter() for _ in known]
        self._made = 0

    def add(self, cohort: Iterable[int]) -> None:
        """Take a cohort as received."""
        moved: dict[int, int] = {}
        for result in cohort:
            old = self._atom.get(result, FRESH)
            if old not in moved:
                self._made += 1
                moved[old] = self._made
            new = self._atom[result] = moved[old]
            for known, unnamed in zip(self._known, self._unnamed, strict=True):
                if result not in known:
                    unnamed[old] -= 1
                    unnamed[new] += 1

    def allows(self, cohort: Iterable[int]) -> bool:
        """Whether a cohort may be received too."""
        members = [(result, self._atom.get(result, FRESH)) for result in cohort]
        return all(
            self._fits(atom, inside, unnamed)
            for known, unnamed in zip(self._known, self._unnamed, strict=True)
            for atom, inside in Counter(atom for result, atom in members if result not in known).items()
        )

    def allows_all(self, cohorts: Iterable[Cohort]) -> bool:
        """Whether these may be received one after the other."""
        trial = self._copy()
        for cohort in cohorts:
            if not trial.allows(cohort):
                return False
            trial.add(cohort)
        return True

    def atom(self, result: int) -> int:
        """The atom that a result is in; FRESH where nothing was shown of it."""
        return self._atom.get(result, FRESH)

    def _copy(self) -> Atoms:
        copied = Atoms(self._known, self._minimum)
        copied._atom, copied._made = self._atom.copy(), self._made
        copied._unnamed = [unnamed.copy() for unnamed in self._unnamed]
        return copied

    def _fits(self, atom: int, inside: int, unnamed: Counter[int]) -> bool:
        left = unnamed[atom] - inside
        return inside >= self._minimum and (atom == FRESH or left == 0 or left >= self._minimum)


def permitted(wanted: Sequence[Cohort], atoms: Atoms, minimum: int = MINIMUM) -> list[Withheld | None]:
    """Which cohorts of one snapshot and strand may be shown: None for those, for the others why not.

    They are taken in their order, each beside those allowed before it, and those that are shown are added to `atoms`:
    what could be worked out from the others' figures is withheld too, such as a small third kind beside all and two.
    """
    found: list[Withheld | None] = []
    for cohort in wanted:
        if len(cohort) < minimum:
            found.append(Withheld.FEW)
        elif not atoms.allows(cohort):
            found.append(Withheld.SUBTRACTION)
        else:
            atoms.add(cohort)
            found.append(None)
    return found


def atoms_of(cohorts: Iterable[Cohort], known: Sequence[Set[int]] = (frozenset(),), minimum: int = MINIMUM) -> Atoms:
    """The atoms that a viewer has after receiving these cohorts; the same cohort twice tells nothing new."""
    atoms = Atoms(known, minimum)
    for cohort in dict.fromkeys(cohorts):
        atoms.add(cohort)
    return atoms
