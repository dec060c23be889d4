"""The ledger: of which sets of results a region's figures were shown. What is in it can't be taken back.

Results are meant by their numbers, which are never used again; that one was destroyed or taken back changes nothing. A
set is kept once for each snapshot, with all the groups and sections whose figures were of just these results. Groups
are written `all/`, `kind/county`, `area/12`; with BESIDE before it what a partnership may see beside its own; with
COMPARED what was shown as one side of a comparison of two snapshots.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from a2p.scoring.frozen import Frozen

BESIDE = "beside/"
COMPARED = "compared/"

Cohort: TypeAlias = frozenset[int]
Picture: TypeAlias = tuple[str, bool]
"""A questionnaire, and whether it was answered together."""
Strand: TypeAlias = tuple[str, bool, str]
"""A section of such a picture: what is known of one strand tells nothing of another."""


class Kept(Frozen):
    """Results of which figures were shown: in which groups, and of which sections in each."""

    questionnaire: str
    together: bool
    shown: dict[str, tuple[str, ...]]
    results: tuple[int, ...]


History: TypeAlias = Sequence[Sequence[Kept]]
"""What was kept with each snapshot, in the order in which they were made."""


@dataclass(frozen=True, slots=True)
class Names:
    """Results that a region's managers ever saw by name: `scores` their sections' scores and bands; `partly` (of these)
    also where voices disagree and what isn't known, in some sections at least; `whole` (of these) in all sections.
    Partnerships see no names."""

    scores: frozenset[int] = frozenset()
    partly: frozenset[int] = frozenset()
    whole: frozenset[int] = frozenset()

    def ways(self) -> tuple[frozenset[int], ...]:
        """The ways in which results may be known: in none of them may a small group be left unnamed."""
        return self.scores, self.partly, self.whole


NOBODY = Names()


def group_key(by: str, id_: str) -> str:
    """How a group is written in what is kept."""
    return f"{by}/{id_}"


def received(history: History) -> dict[Strand, list[Cohort]]:
    """The cohorts that managers received in each strand, in order."""
    return _strands(history, lambda key: not key.startswith(BESIDE))


def received_beside(history: History) -> dict[Strand, list[Cohort]]:
    """Those that partnerships could see beside their own figures."""
    return _strands(history, lambda key: key.startswith(BESIDE))


def counted_before(history: History, picture: Picture) -> Iterator[Cohort]:
    """The groups of a picture whatever the section: all the results of which any section was shown in each."""
    for kept in history:
        groups: dict[str, set[int]] = {}
        for each in kept:
            if (each.questionnaire, each.together) == picture:
                for key in each.shown:
                    if not key.startswith(BESIDE):
                        groups.setdefault(key, set()).update(each.results)
        yield from map(frozenset, groups.values())


def keep(shown: Iterable[tuple[Strand, str, Cohort]]) -> tuple[Kept, ...]:
    """What to keep of cells that are shown, (strand, group's key, results) each, in their order."""
    rows: dict[tuple[Picture, Cohort], dict[str, list[str]]] = {}
    for (questionnaire, together, section), key, cohort in shown:
        groups = rows.setdefault(((questionnaire, together), cohort), {})
        groups.setdefault(key, []).append(section)
    return tuple(
        Kept(
            questionnaire=questionnaire,
            together=together,
            shown={key: tuple(sections) for key, sections in groups.items()},
            results=tuple(sorted(cohort)),
        )
        for ((questionnaire, together), cohort), groups in rows.items()
    )


def _strands(history: History, of: Callable[[str], bool]) -> dict[Strand, list[Cohort]]:
    found: dict[Strand, list[Cohort]] = {}
    for kept in history:
        for each in kept:
            cohort = frozenset(each.results)
            sections = {section for key, those in each.shown.items() if of(key) for section in those}
            for section in sorted(sections):
                found.setdefault((each.questionnaire, each.together, section), []).append(cohort)
    return found
