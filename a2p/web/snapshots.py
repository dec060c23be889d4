"""A region's snapshots: making one after a preview, reading it, and comparing two. Figures come from here alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from a2p.access.loading import region
from a2p.access.loading_snapshots import TwoSnapshots, snapshot, two_snapshots
from a2p.access.policy import Action
from a2p.documents import regional_headlines as headlines
from a2p.documents import regional_words
from a2p.documents.order import REGIONAL
from a2p.documents.regional_change import change_of
from a2p.documents.regional_picture import SCREEN
from a2p.documents.regional_tables import change_blocks, counted_rows, hidden_rows
from a2p.region.snapshot import Picture
from a2p.region.snapshot import Snapshot as Document
from a2p.rounds import regional_snapshots
from a2p.rounds.regional_rounds import places_of
from a2p.rounds.regional_snapshots import SnapshotRefused, compared_in, comparison_of, document_of, snapshots_of
from a2p.rounds.regional_take_up import by_questionnaire
from a2p.rounds.regional_wishes import wished_by_section
from a2p.rounds.support_runs import runs_of
from a2p.store.base import today
from a2p.store.region_tables import Snapshot
from a2p.store.tables import Partnership, Region
from a2p.web.database import db
from a2p.web.partner_forms import items
from a2p.web.policy import Policy, current_actor
from a2p.web.round_forms import error_list
from a2p.web.snapshot_forms import SnapshotForm
from a2p.web.snapshot_views import (
    SORTS,
    VIEWS,
    Preview,
    asks_on,
    band_rows,
    compared_groups,
    in_order,
    key_of,
    picture_called,
    preview_of,
    sorted_questions,
    view_of,
)

pages = Blueprint("snapshots", __name__)

SEE_ALL = Policy(Action.SEE_SNAPSHOTS, region)
SEE = Policy(Action.SEE_SNAPSHOTS, snapshot)
MAKE = Policy(Action.MAKE_SNAPSHOT, region)
COMPARE = Policy(Action.MAKE_SNAPSHOT, snapshot)
ONE = "/regions/<int:region_id>/snapshots/<int:snapshot_id>"


@dataclass(frozen=True, slots=True)
class Chance:
    """What a new snapshot may be of: titles of questionnaires by id, county areas by number."""

    questionnaires: dict[str, str]
    areas: dict[int, str]


@pages.get("/regions/<int:region_id>/snapshots", policy=SEE_ALL)
def list_all(shown: Region) -> ResponseReturnValue:
    """The region's snapshots, the newest first."""
    found = [(each, document_of(each)) for each in snapshots_of(db.session(), shown.id)]
    return render_template("pages/snapshots/list.html", region=shown, snapshots=found, words=regional_words)


@pages.get("/regions/<int:region_id>/snapshots/new", policy=MAKE)
def ask(shown: Region) -> ResponseReturnValue:
    """Choose what is to be counted: at first whatever was closed in the last year, later what the address carries."""
    chance = _chance(shown)
    if "questionnaires" in request.args:
        return _form_page(shown, SnapshotForm(request.args).offer(chance.questionnaires, chance.areas))
    form = SnapshotForm(data={"until": today(), "since": _a_year_before(today())})
    form.questionnaires.data = [
        each.questionnaire for each in by_questionnaire(db.session(), shown.id) if each.counts.released
    ]
    return _form_page(shown, form.offer(chance.questionnaires, chance.areas))


@pages.post("/regions/<int:region_id>/snapshots/new", policy=MAKE)
def preview(shown: Region) -> ResponseReturnValue:
    """How many would be counted, and what would be withheld and why. Nothing is made, and no figure is shown."""
    form, chance = _form(shown)
    if not form.validate():
        return _form_page(shown, form), 422
    return _preview_page(shown, form, _preview(shown, form, chance))


@pages.post("/regions/<int:region_id>/snapshots", policy=MAKE)
def make(shown: Region) -> ResponseReturnValue:
    """Make what the preview showed; where other partnerships would be counted by now, show what it would be."""
    form, chance = _form(shown)
    if not form.validate():
        return _form_page(shown, form), 422
    found = _preview(shown, form, chance)
    if found.seen != request.form.get("seen"):
        return _preview_page(shown, form, found, changed=True), 409
    try:
        made = regional_snapshots.make(
            db.session(), shown, form.scope, form.name.data or "", current_actor(region_id=shown.id)
        )
    except SnapshotRefused as refused:
        db.session.rollback()
        form.name.errors = [str(refused)]
        return _form_page(db.session.get_one(Region, shown.id), form), 422
    db.session.commit()
    flash("The snapshot is made. It doesn’t change any more.")
    return redirect(url_for("snapshots.show", region_id=made.region_id, snapshot_id=made.id))


@pages.get(ONE, policy=SEE)
def show(of: Snapshot) -> ResponseReturnValue:
    """What a snapshot counts and what it withholds; its pictures, files and comparisons."""
    document = document_of(of)
    return render_template(
        "pages/snapshots/show.html",
        snapshot=of,
        region=_region(of),
        document=document,
        headline=headlines.counted_headline(document),
        lede=headlines.counted_lede(document),
        pictures=[(key_of(picture), picture) for picture in document.pictures],
        counted=counted_rows(document),
        hidden=hidden_rows(document),
        words=regional_words,
        scope=_scope_words(document),
        earlier=_earlier(of),
        kinds=REGIONAL,
        runs=runs_of(db.session(), of.region_id, document.scope.since, document.scope.until),
        sections=_section_titles(document),
    )


def _section_titles(document: Document) -> dict[str, str]:
    """What the snapshot's sections are called, by questionnaire/section."""
    return {
        f"{picture.questionnaire}/{section.id}": f"{picture.title}: {section.title}"
        for picture in document.pictures
        for section in picture.sections
    }


@pages.get(f"{ONE}/pictures/<key>", policy=SEE)
def picture(of: Snapshot) -> ResponseReturnValue:
    """One questionnaire's section picture: all, by kind, by county area, or question by question; sorted as asked."""
    document = document_of(of)
    shown = picture_called(document, (request.view_args or {})["key"])
    if shown is None:
        abort(404)
    view = request.args.get("view", "all")
    view = view if view in VIEWS and view in _views_of(shown) else "all"
    sort = request.args.get("sort", "")
    wished = asks_on(shown, wished_by_section(db.session(), of.region_id))
    order = in_order(shown, sort, wished)
    return render_template(
        "pages/snapshots/picture.html",
        snapshot=of,
        region=_region(of),
        key=key_of(shown),
        picture=view_of(of.sha256, shown, view, order),
        order=order,
        wished=wished,
        view=view,
        views=[(each, VIEWS[each]) for each in _views_of(shown)],
        sort=sort if sort.removeprefix("-") in SORTS else "",
        sorts=SORTS,
        bands=band_rows(shown, order) if view == "all" else (),
        sorted_questions=sorted_questions,
        others=[(key_of(each), each) for each in document.pictures if each is not shown],
        words=regional_words,
    )


@pages.get(f"{ONE}/compare", policy=COMPARE)
def ask_compare(of: Snapshot) -> ResponseReturnValue:
    """Choose an earlier snapshot to compare with."""
    return _compare_page(of, "")


@pages.post(f"{ONE}/compare", policy=COMPARE)
def compare(of: Snapshot) -> ResponseReturnValue:
    """Compare it over the partnerships in both. What is shown of it is kept like a snapshot."""
    chosen = next((each for each in _earlier(of) if str(each.id) == request.form.get("earlier")), None)
    if chosen is None:
        return _compare_page(of, "Choose an earlier snapshot"), 422
    by = current_actor(region_id=of.region_id)
    try:
        regional_snapshots.compare_snapshots(db.session(), _region(of), chosen, of, by)
    except SnapshotRefused as refused:
        db.session.rollback()
        return _compare_page(of, str(refused)), 422
    db.session.commit()
    return redirect(url_for("snapshots.compared", region_id=of.region_id, snapshot_id=of.id, earlier_id=chosen.id))


@pages.get(f"{ONE}/compared/<int:earlier_id>", policy=Policy(Action.SEE_SNAPSHOTS, two_snapshots))
def compared(both: TwoSnapshots) -> ResponseReturnValue:
    """Two snapshots compared: medians then and now over the partnerships in both."""
    found = comparison_of(db.session(), both.earlier, both.later)
    if found is None:
        abort(404)
    comparison = compared_in(found)
    change = change_of(comparison)
    return render_template(
        "pages/snapshots/compared.html",
        region=_region(both.later),
        earlier=both.earlier,
        later=both.later,
        comparison=comparison,
        headline=headlines.change_headline(change),
        blocks=change_blocks(change, SCREEN),
        groups=compared_groups(comparison),
    )


def _chance(shown: Region) -> Chance:
    places = places_of(db.session(), shown.id, date.min)
    tops = {place.area for place in places if place.area != place.id}
    titles = {each.questionnaire: each.title for each in by_questionnaire(db.session(), shown.id)}
    return Chance(titles, {place.id: place.name for place in places if place.id in tops})


def _form(shown: Region) -> tuple[SnapshotForm, Chance]:
    chance = _chance(shown)
    return SnapshotForm(request.form).offer(chance.questionnaires, chance.areas), chance


def _preview(shown: Region, form: SnapshotForm, chance: Chance) -> Preview:
    made = regional_snapshots.preview(db.session(), shown, form.scope)
    return preview_of(made, chance.questionnaires)


def _form_page(shown: Region, form: SnapshotForm) -> str:
    return render_template("pages/snapshots/new.html", region=shown, form=form, items=items, errors=error_list(form))


def _preview_page(shown: Region, form: SnapshotForm, found: Preview, *, changed: bool = False) -> str:
    return render_template(
        "pages/snapshots/preview.html",
        region=shown,
        form=form,
        preview=found,
        counted=found.counted,
        hidden=found.hidden,
        changed=changed,
        whom={choice.value: choice.label for choice in form.whom.choices}.get(form.whom.data or "", ""),
        words=regional_words,
    )


def _compare_page(of: Snapshot, problem: str) -> str:
    made = {each.id for each in _earlier(of) if comparison_of(db.session(), each, of)}
    return render_template(
        "pages/snapshots/compare.html",
        snapshot=of,
        region=_region(of),
        earlier=_earlier(of),
        made=made,
        problem=problem,
        chosen=request.form.get("earlier", ""),
        errors=[{"text": problem, "href": "#earlier"}] if problem and _earlier(of) else [],
    )


def _earlier(of: Snapshot) -> list[Snapshot]:
    return [each for each in snapshots_of(db.session(), of.region_id) if each.id < of.id]


def _region(of: Snapshot) -> Region:
    return db.session.get_one(Region, of.region_id)


def _views_of(shown: Picture) -> list[str]:
    """The views of which there is anything."""
    there: set[str] = {"all", *(group.by for group in shown.groups if group.n)}
    if any(cell.n for cell in regional_words.whole_group(shown).questions):
        there.add("question")
    return [each for each in VIEWS if each in there]


def _scope_words(document: Document) -> str:
    scope = document.scope
    if scope.kind:
        return f"{scope.kind.capitalize()} partnerships alone"
    if scope.area is not None:
        top = db.session.get(Partnership, scope.area)
        return f"The county area of {top.name}" if top else "One county area alone"
    return "All partnerships of the region"


def _a_year_before(day: date) -> date:
    return day - timedelta(days=365)
