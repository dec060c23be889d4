"""What partnerships released by name, read whenever somebody looks: the heat map, and county and districts together.

Partnerships stand in the order of names or of county areas, and never in that of a score.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from a2p.access.loading import region
from a2p.access.policy import Action
from a2p.definition.model import Questionnaire
from a2p.documents.regional_by_name import HeatView, heat_views
from a2p.documents.regional_material import NamedRow, NamedTable
from a2p.ordering.regional_gathering import WAITS, named_tables, placed
from a2p.region.counted import Place
from a2p.region.snapshot import Scope
from a2p.rounds.both_ends import areas, of_both_ends
from a2p.rounds.regional_names import ByName, shown_by_name
from a2p.rounds.regional_rounds import places_of
from a2p.store.base import today
from a2p.store.definitions import definition_of, newest_versions
from a2p.store.tables import Region
from a2p.web.both_ends_view import asked_of, ends_view
from a2p.web.database import db
from a2p.web.policy import Policy

pages = Blueprint("by_name", __name__)

SEE = Policy(Action.SEE_BY_NAME, region)
YEARS = 2


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
    asked = asked_of(db.session())
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
    asked = asked_of(db.session())
    found = areas(db.session(), shown.id, asked.questionnaire) if asked else ()
    wanted = (request.view_args or {})["area_id"]
    area = next((each for each in found if each.county.place.id == wanted), None)
    if asked is None or area is None:
        abort(404)
    return render_template("pages/by_name/both_ends_of.html", region=shown, view=ends_view(asked, area))


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
