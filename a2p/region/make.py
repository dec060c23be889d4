"""Making a snapshot: of the partnerships wanted, the nearest set that may be counted; of its groups, those that may be
shown; and what to keep in the ledger. Made without keeping it, it is the preview.

Decisions look at who is counted and who has a score, never at a score itself: what is withheld tells nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from a2p.definition.model import Questionnaire
from a2p.region.atoms import Atoms, atoms_of, permitted
from a2p.region.counted import Counted
from a2p.region.figures import cohort_of, question_cells, section_figures_of
from a2p.region.groups import Members, groups_of, in_reading_order
from a2p.region.ledger import (
    BESIDE,
    NOBODY,
    Cohort,
    History,
    Kept,
    Names,
    Picture,
    Strand,
    counted_before,
    keep,
    received,
    received_beside,
)
from a2p.region.nearest import Chosen, nearest
from a2p.region.snapshot import (
    BESIDE_FROM,
    Group,
    LeftOut,
    Scope,
    SectionCell,
    Snapshot,
    Titled,
    Withheld,
)
from a2p.region.snapshot import Picture as ShownPicture
from a2p.scoring.bands import bands_of
from a2p.scoring.frozen import FrozenBand

Definitions = Mapping[tuple[str, int], Questionnaire]
"""The questionnaires of what is counted, by id and version."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a snapshot is asked to count. `counted` are the newest results in the scope, one of each partnership for
    each picture; `older` results of them that are still released, of which those from the period may stay in their
    place; `left_out` who is not counted for reasons known beforehand; `partnerships` how many are in the scope; `areas`
    the names of county areas by their id."""

    region: str
    name: str
    made: date
    scope: Scope
    partnerships: int
    counted: tuple[Counted, ...]
    definitions: Definitions
    older: tuple[Counted, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    areas: Mapping[int, str] = field(default_factory=dict)
    demo: bool = False


@dataclass(frozen=True, slots=True)
class Made:
    """A snapshot, and what must be stored with it: `kept` for the ledger, and every result that it counts. `chosen`
    says by picture who was left out or stayed so that nobody can subtract."""

    snapshot: Snapshot
    kept: tuple[Kept, ...]
    chosen: Mapping[Picture, Chosen]

    @property
    def counted(self) -> tuple[Counted, ...]:
        """All results counted."""
        return tuple(each for chosen in self.chosen.values() for each in chosen.counted)

    @property
    def shows_anything(self) -> bool:
        """Whether any figure is shown: a snapshot of which all is withheld is not worth making."""
        return bool(self.kept) or any(
            cell.median is not None
            for picture in self.snapshot.pictures
            for group in picture.groups
            for cell in group.questions
        )


@dataclass(frozen=True, slots=True)
class _Ledgers:
    """What managers and partnerships received before, by strand."""

    managers: Mapping[Strand, Sequence[Cohort]]
    partnerships: Mapping[Strand, Sequence[Cohort]]
    names: Names

    def atoms(self, strand: Strand) -> Atoms:
        return atoms_of(self.managers.get(strand, ()), self.names.ways())

    def atoms_beside(self, strand: Strand) -> Atoms:
        return atoms_of(self.partnerships.get(strand, ()), minimum=BESIDE_FROM)


def make_snapshot(wanted: Wanted, history: History = (), names: Names = NOBODY) -> Made:
    """The snapshot of what is wanted, after what was shown before (`history`, in order) and by `names`.

    ValueError if a partnership has two results in one picture.
    """
    alike, other_bands = _with_the_newest_bands(wanted)
    ledgers = _Ledgers(received(history), received_beside(history), names)
    chosen: dict[Picture, Chosen] = {}
    pictures: list[ShownPicture] = []
    shown: list[tuple[Strand, str, Cohort]] = []
    for picture, counted in alike.items():
        older = [each for each in wanted.older if _picture(each) == picture and _in_period(each, wanted.scope)]
        chosen[picture] = nearest(counted, older, list(counted_before(history, picture)), names)
        made, cells = _picture_of(wanted, picture, chosen[picture].counted, ledgers)
        pictures.append(made)
        shown += cells
    snapshot = Snapshot(
        region=wanted.region,
        name=wanted.name,
        made=wanted.made,
        scope=wanted.scope,
        partnerships=wanted.partnerships,
        pictures=tuple(pictures),
        left_out=(*wanted.left_out, *other_bands, *_left_for_subtraction(chosen)),
        demo=wanted.demo,
    )
    return Made(snapshot, keep(shown), chosen)


def _picture(counted: Counted) -> Picture:
    return counted.questionnaire, counted.together


def _in_period(counted: Counted, scope: Scope) -> bool:
    return scope.since <= counted.closed <= scope.until


def _with_the_newest_bands(wanted: Wanted) -> tuple[dict[Picture, list[Counted]], tuple[LeftOut, ...]]:
    """The results by picture, in the order of their numbers, and how many have other bands than the newest version."""
    found: dict[Picture, list[Counted]] = {}
    for each in sorted(wanted.counted, key=lambda each: (*_picture(each), each.result)):
        found.setdefault(_picture(each), []).append(each)
    left_out: list[LeftOut] = []
    for picture, counted in found.items():
        if len({each.place.id for each in counted}) < len(counted):
            raise ValueError("a partnership is counted once in a picture")
        bands = {each.version: bands_of(wanted.definitions[picture[0], each.version]) for each in counted}
        same = [each for each in counted if bands[each.version] == bands[max(bands)]]
        if len(same) < len(counted):
            left_out.append(LeftOut(questionnaire=picture[0], reason="other-bands", n=len(counted) - len(same)))
        found[picture] = same
    return found, tuple(left_out)


def _newest(wanted: Wanted, counted: Iterable[Counted]) -> Questionnaire:
    newest = max(counted, key=lambda each: each.version)
    return wanted.definitions[newest.questionnaire, newest.version]


def _picture_of(
    wanted: Wanted, picture: Picture, counted: Sequence[Counted], ledgers: _Ledgers
) -> tuple[ShownPicture, list[tuple[Strand, str, Cohort]]]:
    """A picture, and its cells for the ledger."""
    definition = _newest(wanted, counted)
    groups = groups_of(counted, wanted.areas)
    sections = [section for section in definition.sections if not section.is_facts]
    bands = bands_of(definition)
    columns = {section.id: _cells((*picture, section.id), bands, groups, ledgers) for section in sections}
    questions = tuple(
        Titled(id=question.id, title=question.ask, section=section.id)
        for section in sections
        for question in section.scale_questions
    )
    ids = [question.id for question in questions]
    made = ShownPicture(
        questionnaire=picture[0],
        title=definition.title,
        version=definition.version,
        together=picture[1],
        bands=bands,
        sections=tuple(Titled(id=section.id, title=section.title) for section in sections),
        questions=questions,
        counted=len(counted),
        groups=tuple(
            Group(
                by=group.by,
                id=group.id,
                title=group.title,
                n=len(group.counted),
                sections=tuple(column[place] for column in columns.values()),
                questions=question_cells(group.counted, ids, ledgers.names.scores),
            )
            for place, group in in_reading_order(groups)
        ),
    )
    return made, _for_the_ledger(picture, groups, columns)


def _cells(
    strand: Strand, bands: Sequence[FrozenBand], groups: Sequence[Members], ledgers: _Ledgers
) -> list[SectionCell]:
    """The section in each group, in the order of the groups."""
    section = strand[2]
    cohorts = [cohort_of(group.counted, section) for group in groups]
    reasons = permitted(cohorts, ledgers.atoms(strand))
    possible = [
        cohort
        for cohort, group, reason in zip(cohorts, groups, reasons, strict=True)
        if reason is None and group.by != "area"
    ]
    beside = permitted(possible, ledgers.atoms_beside(strand), BESIDE_FROM)
    seen_beside = {cohort for cohort, reason in zip(possible, beside, strict=True) if reason is None}
    return [
        _cell(section, bands, group, cohort, reason, group.by != "area" and cohort in seen_beside)
        for group, cohort, reason in zip(groups, cohorts, reasons, strict=True)
    ]


def _cell(
    section: str, bands: Sequence[FrozenBand], group: Members, cohort: Cohort, reason: Withheld | None, beside: bool
) -> SectionCell:
    if reason is not None:
        return SectionCell(section=section, n=None, withheld=reason)
    figures = section_figures_of(group.counted, section, bands)
    return SectionCell(section=section, n=len(cohort), figures=figures, beside=beside)


def _for_the_ledger(
    picture: Picture, groups: Sequence[Members], columns: Mapping[str, Sequence[SectionCell]]
) -> list[tuple[Strand, str, Cohort]]:
    """The cells that are shown, group by group."""
    return [
        ((*picture, section), prefix + group.key, cohort_of(group.counted, section))
        for place, group in enumerate(groups)
        for section, cells in columns.items()
        if cells[place].figures is not None
        for prefix in (("", BESIDE) if cells[place].beside else ("",))
    ]


def _left_for_subtraction(chosen: Mapping[Picture, Chosen]) -> tuple[LeftOut, ...]:
    left: dict[str, int] = {}
    for (questionnaire, _), each in chosen.items():
        left[questionnaire] = left.get(questionnaire, 0) + len(each.waiting) + len(each.taken)
    return tuple(LeftOut(questionnaire=id_, reason="subtraction", n=n) for id_, n in left.items() if n)
