"""Which results may be shown by name, beside the figures of groups that were shown.

A partnership that raises its release to "by name" can leave one to four others of an atom unnamed, whose figures are
then what is left of the whole. So its own figures wait, until that atom has no unnamed member or at least five. What
was once shown by name stays known, whatever is taken back later. Scores and bands are one thing to know (from BY_NAME),
where voices disagree and what isn't known another (at WHOLE): the atoms must be large enough for both. A public board
paper names a partnership too. It tells of scores, and in some sections of disagreement, so the atoms must be large
enough whether that is known of a result or not.

What is shown is worked out from the history of releases and snapshots, always to the same end.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import groupby

from a2p.region.counted import BY_NAME, QUESTIONS_BY_NAME, Counted, SectionFigures
from a2p.region.ledger import Cohort, Kept, Names, Strand, received
from a2p.region.snapshot import MINIMUM

WHOLE = 4
"""The level at which all of a result is shown by name."""


@dataclass(frozen=True, slots=True)
class Spell:
    """A time in which a result is released to the region at a level, 1 to 4, or as a board paper to the `public`.
    `until` is None where it still is."""

    result: int
    level: int
    since: datetime
    until: datetime | None = None
    public: bool = False


@dataclass(frozen=True, slots=True)
class Naming:
    """What may be shown by name now: `shown` has the level, from BY_NAME, at which the region may see each result, and
    `public` those whose board paper anybody may; `waiting` are those that are released further than that. `known` is
    what was ever shown, for the next snapshot."""

    shown: Mapping[int, int]
    public: frozenset[int]
    waiting: frozenset[int]
    known: Names


def naming(snapshots: Iterable[tuple[datetime, Sequence[Kept]]], spells: Iterable[Spell]) -> Naming:
    """What may be shown by name after all that happened: what was kept with each snapshot and each comparison, with the
    time of that, and every release of any result, past ones too. Of releases at one time the one that is given first
    comes first; a snapshot of that time comes after them."""
    released = sorted((each for each in spells if each.level >= BY_NAME), key=lambda each: each.since)
    begun = {now: list(those) for now, those in groupby(released, lambda each: each.since)}
    made: dict[datetime, list[Kept]] = {}
    for at, kept in snapshots:
        made.setdefault(at, []).extend(kept)
    knowledge = _Knowledge()
    waiting: list[Spell] = []
    for now in sorted({*begun, *made}):
        # In the order in which they were released: who came first is shown first.
        waiting = [each for each in (*waiting, *begun.get(now, ())) if each.until is None or each.until > now]
        knowledge.settle(waiting)
        waiting = [each for each in waiting if not knowledge.has(each)]
        knowledge.receive(made.get(now, ()))
    return _naming(released, knowledge)


def by_name(counted: Iterable[Counted], shown: Mapping[int, int]) -> tuple[Counted, ...]:
    """The results that may be shown by name, each with no more than its level in `shown` lets out: below WHOLE neither
    wide disagreement nor knowledge gaps, below QUESTIONS_BY_NAME no scores of questions."""
    return tuple(_reduced(each, shown[each.result]) for each in counted if each.result in shown)


def let_out(section: SectionFigures, level: int) -> SectionFigures:
    """A section's figures at a level: where voices disagree and what isn't known only where all is shown."""
    return section if level >= WHOLE else replace(section, wide=None, gaps=0)


def _reduced(counted: Counted, level: int) -> Counted:
    sections = tuple(let_out(each, level) for each in counted.sections)
    questions = counted.questions if level >= QUESTIONS_BY_NAME else {}
    return replace(counted, level=level, sections=sections, questions=questions)


def _naming(released: Iterable[Spell], knowledge: _Knowledge) -> Naming:
    shown: dict[int, int] = {}
    public: set[int] = set()
    waiting: set[int] = set()
    for each in released:
        if each.until is not None:
            continue
        if not knowledge.has(each):
            waiting.add(each.result)
        if each.public:
            public |= {each.result} & knowledge.partly.known
        elif each.result in knowledge.scores.known:
            may = WHOLE if each.result in knowledge.whole.known else QUESTIONS_BY_NAME
            shown[each.result] = min(each.level, may)
    return Naming(shown, frozenset(public), frozenset(waiting), knowledge.names)


@dataclass(slots=True)
class _Layer:
    """One thing to know of results: whose is known by name, and the atoms of what was received, by their unnamed
    members."""

    known: set[int] = field(default_factory=set)
    _atom: dict[Strand, dict[int, int]] = field(default_factory=dict)
    _unnamed: dict[int, set[int]] = field(default_factory=dict)
    _made: int = 0

    def receive(self, kept: Sequence[Kept]) -> None:
        """Take what was shown with a snapshot."""
        for strand, cohorts in received([kept]).items():
            for cohort in cohorts:
                self._divide(self._atom.setdefault(strand, {}), cohort)

    def name(self, results: Sequence[int]) -> None:
        """Take results as known by name."""
        self.known |= set(results)
        for result in results:
            for atom in self._atoms_of(result):
                self._unnamed[atom].discard(result)

    def must_wait(self, may: Sequence[int]) -> Set[int]:
        """Those of the results, the last ones, without whom naming the others would leave too few of some atom; there
        may be more of them then."""
        inside: dict[int, list[int]] = {}
        for result in may:
            for atom in self._atoms_of(result) if result not in self.known else ():
                inside.setdefault(atom, []).append(result)
        for atom, those in inside.items():
            left = len(self._unnamed[atom]) - len(those)
            if 0 < left < MINIMUM:
                return set(those[left - MINIMUM :])
        return frozenset()

    def _atoms_of(self, result: int) -> list[int]:
        return [atoms[result] for atoms in self._atom.values() if result in atoms]

    def _divide(self, atoms: dict[int, int], cohort: Cohort) -> None:
        moved: dict[int | None, int] = {}
        for result in cohort:
            old = atoms.get(result)
            if old not in moved:
                self._made += 1
                moved[old] = self._made
                self._unnamed[self._made] = set()
            new = atoms[result] = moved[old]
            if result not in self.known:
                self._unnamed[new].add(result)
                if old is not None:
                    self._unnamed[old].discard(result)


@dataclass(frozen=True, slots=True)
class _Knowledge:
    """All that may be known of results: their scores, and where voices disagree and what isn't known, in some sections
    at least or in all."""

    scores: _Layer = field(default_factory=_Layer)
    partly: _Layer = field(default_factory=_Layer)
    whole: _Layer = field(default_factory=_Layer)

    @property
    def names(self) -> Names:
        """What was ever shown by name."""
        return Names(frozenset(self.scores.known), frozenset(self.partly.known), frozenset(self.whole.known))

    def receive(self, kept: Sequence[Kept]) -> None:
        """Take what was shown with a snapshot."""
        for layer in (self.scores, self.partly, self.whole):
            layer.receive(kept)

    def settle(self, waiting: Sequence[Spell]) -> None:
        """Name as many of those released as may be; the last ones wait first."""
        ours = [each for each in waiting if not each.public]
        _settle((each.result for each in ours), self.scores)
        whole = (each.result for each in ours if each.level >= WHOLE and each.result in self.scores.known)
        _settle(whole, self.partly, self.whole)
        _settle((each.result for each in waiting if each.public), self.scores, self.partly)

    def has(self, spell: Spell) -> bool:
        """Whether all that is released is known."""
        layer = self.partly if spell.public else self.whole if spell.level >= WHOLE else self.scores
        return spell.result in layer.known


def _settle(candidates: Iterable[int], *layers: _Layer) -> None:
    """Name as many of the candidates as may be named in all of the layers at once."""
    may = list(dict.fromkeys(candidates))
    while wait := frozenset().union(*(layer.must_wait(may) for layer in layers)):
        may = [each for each in may if each not in wait]
    for layer in layers:
        layer.name(may)
