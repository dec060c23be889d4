"""Random histories of a region: partnerships join and leave, answer again, raise and lower their release, publish board
papers and take them back, and snapshots of overlapping scopes are made and compared. What its managers and its
partnerships receive is kept as they would."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from random import Random

from a2p.definition.model import Kind
from a2p.region import between, make
from a2p.region.cohort_view import cohort_views
from a2p.region.counted import BY_NAME, Counted
from a2p.region.ledger import COMPARED, NOBODY, Kept
from a2p.region.named import WHOLE, Spell, naming
from a2p.region.snapshot import Figures
from tests.region.attacker import SCORES, Seen
from tests.region.regions import SECTIONS, counted, wanted

START = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass
class Member:
    """A partnership."""

    id: int
    kind: Kind
    area: int
    results: list[Counted]


class Region:
    """A region and its history so far. `scores`, `partly` and `whole` are what its managers know by name: of those
    whose board paper is public, disagreement in some sections and not in others."""

    def __init__(self, chance: Random, size: int, *, steps: int) -> None:
        self.chance = chance
        self.now = START
        self.levels = chance.choice(((0, 1, 1, 1, 1, 2, 4), (1, 1, 1, 1, 1, 1, 1, 2), (0, 1, 1, 2, 2, 3, 4)))
        self.members = [self._member(k, size) for k in range(1, size + 1)]
        self.results: dict[int, Counted] = {}
        self.spells: list[Spell] = []
        self.made: list[make.Made] = []
        self.kept: list[tuple[datetime, tuple[Kept, ...]]] = []
        self.names = NOBODY
        self.scores: set[int] = set()
        self.partly: set[int] = set()
        self.whole: set[int] = set()
        self.received: dict[str, list[Seen]] = {section: [] for section in SECTIONS}
        self._round(whole=True)
        self._see_names()
        for _ in range(steps):
            self.now += timedelta(days=1)
            happens = self._snapshot, self._round, self._release, self._publish, self._compare
            chance.choices(happens, (5, 2, 3, 1, 2))[0]()
            self._see_names()

    def seen_beside(self, member: Member, section: str) -> Iterator[Seen]:
        """What a partnership received beside its own results."""
        for made in self.made:
            for own in member.results[-1:]:
                for view in cohort_views(made.snapshot, own):
                    those = [each for each in made.counted if view.by == "all" or each.place.kind == member.kind]
                    beside = next(each for each in view.sections if each.section == section)
                    if beside.median is not None:
                        yield Seen(_with_score(those, section), beside.median, beside.quartiles, None)

    def scores_of(self, results: Iterable[int], section: str) -> dict[int, int]:
        """The scores of a section, of those of the results that have one."""
        those = _with_score([self.results[each] for each in results], section)
        return {each: self.score(each, section) for each in those}

    def score(self, result: int, section: str) -> int:
        """The score of a result, of those that have one."""
        figures = self.results[result].section(section)
        assert figures is not None
        assert figures.score is not None
        return int(figures.score)

    def _member(self, k: int, size: int) -> Member:
        kind: Kind = self.chance.choices(("district", "unitary", "county"), (5, 3, 1))[0]
        return Member(k, kind, self.chance.randint(1, max(1, size // 6)), [])

    def _round(self, *, whole: bool = False) -> None:
        """Some answer again, or for the first time."""
        year = self.now.year + len(self.members[0].results) if not whole else 2026
        some = self.members if whole else self.chance.sample(self.members, self._some())
        for member in some:
            if not whole or self.chance.random() < 0.8:
                points = {each: self._points() for each in SECTIONS}
                made = counted(
                    member.id, year=year + len(member.results), kind=member.kind, area=member.area, scores=points
                )
                made = replace(made, level=self.chance.choice(self.levels))
                member.results.append(made)
                self.results[made.result] = made
                self.spells.append(Spell(made.result, made.level, self.now))

    def _points(self) -> Fraction | None:
        return None if self.chance.random() < 0.06 else Fraction(self.chance.choice(SCORES))

    def _some(self) -> int:
        most = len(self.members)
        return min(most, self.chance.choice((1, 2, 3, 5, 6, most * 2 // 3, most, most)))

    def _release(self) -> None:
        """Some raise or lower what they release."""
        those = [member for member in self.members if member.results]
        for member in self.chance.sample(those, min(len(those), self._some())):
            place = self.chance.randrange(len(member.results))
            made = replace(member.results[place], level=self.chance.choice(self.levels))
            member.results[place] = self.results[made.result] = made
            self._end(made.result, public=False)
            self.spells.append(Spell(made.result, made.level, self.now))

    def _publish(self) -> None:
        """Some publish a board paper, or take theirs back."""
        those = [member for member in self.members if member.results]
        for member in self.chance.sample(those, min(len(those), self.chance.choice((1, 1, 2, 4)))):
            result = member.results[-1].result
            if not self._end(result, public=True):
                self.spells.append(Spell(result, BY_NAME, self.now, public=True))

    def _end(self, result: int, *, public: bool) -> bool:
        """End what stands of a result's release; whether anything stood."""
        standing = [each for each in self.spells if (each.result, each.public, each.until) == (result, public, None)]
        self.spells = [replace(each, until=self.now) if each in standing else each for each in self.spells]
        return bool(standing)

    def _see_names(self) -> None:
        """Look at what is shown by name."""
        named = naming(self.kept, self.spells)
        self.names = named.known
        for result, level in named.shown.items():
            self.scores.add(result)
            if level == WHOLE:
                self.whole.add(result)
                self.partly.add(result)
        self.scores |= named.public
        self.partly |= named.public

    def _snapshot(self) -> None:
        kind = self.chance.choice((None, None, None, "district"))
        area = self.chance.choice((None, None, None, 1))
        since = self.chance.choice((0, 0, 2027))
        newest, older = [], []
        for member in self.members:
            released = [each for each in member.results if each.level >= 1 and each.closed.year >= since]
            if released and kind in {None, member.kind} and area in {None, member.area}:
                newest.append(released[-1])
                older += released[:-1]
        if newest:
            history = [kept for _, kept in self.kept]
            made = make.make_snapshot(wanted(newest, older), history, self.names)
            self.made.append(made)
            self.kept.append((self.now, made.kept))
            for group in made.snapshot.pictures[0].groups:
                those = [each for each in made.counted if group.by == "all" or _key(each, group.by) == group.id]
                for cell in group.sections:
                    if cell.figures is not None:
                        self._see(cell.section, _with_score(those, cell.section), cell.figures)

    def _compare(self) -> None:
        if len(self.made) < 2:
            return
        earlier, later = sorted(self.chance.sample(range(len(self.made)), 2))
        sides = [between.Side(self.made[k].snapshot, self.made[k].counted) for k in (earlier, later)]
        compared = between.compare(sides[0], sides[1], [kept for _, kept in self.kept], self.names)
        self.kept.append((self.now, compared.kept))
        shown = {
            (f"{COMPARED}{group.by}/{group.id}", cell.section): (cell.then, cell.now)
            for picture in compared.comparison.pictures
            for group in picture.groups
            for cell in group.sections
            if cell.then is not None
        }
        kept = [(key, section, row) for row in compared.kept for key in row.shown for section in row.shown[key]]
        assert len(kept) == 2 * len(shown)
        for key, section, row in kept:
            then, now = shown[key, section]
            in_earlier = set(row.results) <= {each.result for each in sides[0].counted}
            in_later = set(row.results) <= {each.result for each in sides[1].counted}
            figures = then if in_earlier and (not in_later or self._fits(section, row.results, then)) else now
            assert figures is not None
            self._see(section, frozenset(row.results), figures)

    def _fits(self, section: str, results: tuple[int, ...], figures: Figures | None) -> bool:
        return figures is not None and _counts(figures) == self._counted(section, results)

    def _see(self, section: str, members: frozenset[int], figures: Figures) -> None:
        """Receive a figure; it must be that of its members."""
        assert figures.n == len(members)
        assert _counts(figures) == self._counted(section, members)
        self.received[section].append(Seen(members, figures.median, figures.quartiles, _counts(figures)))

    def _counted(self, section: str, members: frozenset[int] | tuple[int, ...]) -> tuple[int, ...]:
        scores = [self.score(each, section) for each in members]
        return tuple(scores.count(each) for each in SCORES)


def _counts(figures: Figures) -> tuple[int, ...]:
    """How many are at each of SCORES, as the bands tell."""
    by_band = figures.bands
    return by_band["level-1"], by_band["level-2"], by_band["level-3"] + by_band["level-4"]


def _key(each: Counted, by: str) -> str:
    return each.place.kind if by == "kind" else str(each.place.area)


def _with_score(those: list[Counted], section: str) -> frozenset[int]:
    return frozenset(each.result for each in those if (figures := each.section(section)) and figures.score is not None)
