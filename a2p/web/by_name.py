"""What partnerships released by name, read whenever somebody looks: the heat map, and county and districts together.

Partnerships stand in the order of names or of county areas, and never in that of a score.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from a2p.access.loading import region
from a2p.access.policy import Action
from a2p.definition.model import Questionnaire
from a2p.documents.regional_material import NamedRow, NamedTable
from a2p.documents.regional_picture import heat
from a2p.documents.regional_tables import HeatView, heat_views
from a2p.documents.words import whole
from a2p.ordering.regional_gathering import WAITS, named_tables, placed
from a2p.region.counted import Place
from a2p.region.snapshot import Scope
from a2p.rounds.both_ends import Area, End, areas, of_both_ends
from a2p.rounds.regional_names import ByName, shown_by_name
from a2p.rounds.regional_rounds import places_of
from a2p.scoring.bands import bands_of
from a2p.store.base import today
from a2p.store.definitions import definition_of, newest_versions
from a2p.store.tables import Region
from a2p.web.database import db
from a2p.web.policy import Policy

pages = Blueprint("by_name", __name__)

SEE = Policy(Action.SEE_BY_NAME, region)
YEARS = 2
APART = 25
"""Points between the lowest and the highest from which a county and its districts are said to see it differently."""


@dataclass(frozen=True, slots=True)
class Tab:
    """A questionnaire that somebody released by name, answered in one way; `waits` are partnerships that can't be shown
    yet."""

    key: str
    title: str
    how: str
    definition: Questionnaire
    together: bool
    named: int
    waits: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EndsRow:
    """A question as both ends see it: (score, class of its colour) of the county and each district, and how many points
    lie between the highest and the lowest, None where fewer than two have a score."""

    number: str
    ask: str
    cells: tuple[tuple[str, str], ...]
    between: Fraction | None

    @property
    def apart(self) -> bool:
        """Whether they see it differently."""
        return self.between is not None and self.between >= APART

    @property
    def said(self) -> str:
        """The points in between."""
        return whole(self.between) if self.between is not None else "–"


@pages.get("/regions/<int:region_id>/by-name", policy=SEE)
def heat_map(shown: Region) -> ResponseReturnValue:
    """Section scores by name, one questionnaire at a time; with gaps where nothing is released, what waits and why, and
    what partnerships say in their own words."""
    offered = [definition_of(version) for version in newest_versions(db.session())]
    scope = _scope([each.questionnaire for each in offered])
    found = shown_by_name(db.session(), shown.id, scope)
    places = {place.id: place for place in places_of(db.session(), shown.id, scope.since)}
    every = [_tab(found, each, together=together) for each in offered for together in (False, True)]
    tabs = [each for each in every if each.named]
    tab = next((each for each in tabs if each.key == request.args.get("of")), tabs[0] if tabs else None)
    in_order, gaps = request.args.get("order") == "name", not request.args.get("named")
    return render_template(
        "pages/by_name/heat_map.html",
        region=shown,
        tabs=tabs,
        tab=tab,
        heat=_heat(found, tab, places, gaps=gaps, by_name=in_order) if tab is not None else None,
        by_name=in_order,
        gaps=gaps,
        words={each.place.name: each for each in found.words},
        since=scope.since,
        why=WAITS,
    )


@pages.get("/regions/<int:region_id>/both-ends", policy=SEE)
def both_ends(shown: Region) -> ResponseReturnValue:
    """The county areas, and who of each takes part."""
    asked = _asked()
    return render_template(
        "pages/by_name/both_ends.html",
        region=shown,
        asked=asked,
        every=of_both_ends(db.session()),
        areas=areas(db.session(), shown.id, asked.questionnaire) if asked else (),
    )


@pages.get("/regions/<int:region_id>/both-ends/<int:area_id>", policy=SEE)
def both_ends_of(shown: Region) -> ResponseReturnValue:
    """One county and its districts side by side, question by question."""
    asked = _asked()
    found = areas(db.session(), shown.id, asked.questionnaire) if asked else ()
    wanted = (request.view_args or {})["area_id"]
    area = next((each for each in found if each.county.place.id == wanted), None)
    if asked is None or area is None:
        abort(404)
    sort = "apart" if request.args.get("sort") == "apart" else ""
    return render_template(
        "pages/by_name/both_ends_of.html",
        region=shown,
        asked=asked,
        area=area,
        sections=_sections(asked, area, sort),
        labels=[band.label for band in bands_of(asked)],
        sort=sort,
        points=APART,
    )


def _scope(questionnaires: Sequence[str]) -> Scope:
    until = today()
    return Scope(questionnaires=tuple(questionnaires), since=date(until.year - YEARS, until.month, 1), until=until)


def _tab(found: ByName, definition: Questionnaire, *, together: bool) -> Tab:
    key = definition.questionnaire, together
    ours = [each for each in found.results if (each.questionnaire, each.together) == key]
    way = "together" if together else "apart"
    return Tab(
        f"{definition.questionnaire}-{way}",
        definition.title,
        "answered together" if together else "partners answered apart",
        definition,
        together,
        len(ours),
        tuple(each.place.name for each in ours if each.waits),
    )


def _heat(found: ByName, tab: Tab, places: dict[int, Place], *, gaps: bool, by_name: bool) -> HeatView | None:
    """The table; with a row for every partnership that the questionnaire is made for, if there are to be `gaps`."""
    table = next(each for each in named_tables(found, [tab.definition], places) if each.together == tab.together)
    rows = list(table.rows)
    if gaps:
        there = {row.place.name for row in rows}
        nothing = (None,) * len(table.sections)
        rows += [
            NamedRow(placed(place, places), nothing)
            for place in places.values()
            if place.kind in tab.definition.kinds and place.name not in there
        ]
    if by_name:
        rows = [replace(row, place=replace(row.place, area=row.place.name)) for row in rows]
    views = heat_views([_with(table, rows)], len(places))
    return views[0] if views else None


def _with(table: NamedTable, rows: Sequence[NamedRow]) -> NamedTable:
    return replace(table, rows=tuple(rows))


def _asked() -> Questionnaire | None:
    """The questionnaire that the address asks for, or the first that is made for both ends."""
    every = of_both_ends(db.session())
    return next((each for each in every if each.questionnaire == request.args.get("of")), every[0] if every else None)


def _sections(asked: Questionnaire, area: Area, sort: str) -> list[tuple[str, list[EndsRow]]]:
    """The questions by section; sorted, all in one list, those first that are seen most differently."""
    sections = [
        (
            f"{number} {section.title}",
            [
                _row(asked, f"{number}.{nth}", each.id, each.ask, area.shown)
                for nth, each in enumerate(section.scale_questions, start=1)
            ],
        )
        for number, section in enumerate((each for each in asked.sections if not each.is_facts), start=1)
    ]
    if not sort:
        return sections
    rows = [row for _, ours in sections for row in ours]
    return [("", sorted(rows, key=lambda row: -1 if row.between is None else row.between, reverse=True))]


def _row(asked: Questionnaire, number: str, id_: str, ask: str, ends: Sequence[End]) -> EndsRow:
    scores = [end.scores.get(id_) for end in ends]
    known = [score for score in scores if score is not None]
    between = max(known) - min(known) if len(known) > 1 else None
    return EndsRow(number, ask, tuple(heat(score, bands_of(asked)) for score in scores), between)
