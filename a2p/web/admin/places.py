"""Regions and partnerships: found, made, changed, ended, revived."""

from __future__ import annotations

from typing import cast

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import Form

from a2p.access import roster
from a2p.access.loading_admin import any_partnership, any_region
from a2p.access.policy import Action
from a2p.definition.model import Kind
from a2p.rounds import gazetteer
from a2p.rounds import places as service
from a2p.rounds.directory import rounds_of
from a2p.store.base import today
from a2p.store.tables import Partnership, Region
from a2p.web.admin.parts import KINDS, administrator, asked_page, paging, squeezed
from a2p.web.admin.place_forms import EndForm, PlaceForm, RegionForm
from a2p.web.database import db
from a2p.web.page import day
from a2p.web.policy import Policy
from a2p.web.round_forms import error_list

pages = Blueprint("admin_places", __name__)
ALL = Policy(Action.KEEP_PLACES)
REGION = Policy(Action.KEEP_PLACES, any_region)
PLACE = Policy(Action.KEEP_PLACES, any_partnership)


@pages.get("/admin/regions", policy=ALL)
def regions(_nothing: object) -> ResponseReturnValue:
    """Every region, and the form that adds one."""
    return _regions_page(RegionForm())


@pages.post("/admin/regions", policy=ALL)
def add_region(_nothing: object) -> ResponseReturnValue:
    """Add a region."""
    form = RegionForm(request.form)
    if form.validate():
        try:
            made = service.add_region(db.session(), form.name.data, by=administrator())
            db.session.commit()
        except service.PlaceRefused as refused:
            _say(form, refused)
        else:
            flash(f"{made.name} was added.")
            return redirect(url_for("admin_places.show_region", region_id=made.id))
    return _regions_page(form), 422


@pages.get("/admin/regions/<int:region_id>", policy=REGION)
def show_region(region: Region) -> ResponseReturnValue:
    """A region: its programme managers, its partnerships, its name."""
    return _region_page(region, RegionForm(data={"name": region.name}))


@pages.post("/admin/regions/<int:region_id>", policy=REGION)
def rename_region(region: Region) -> ResponseReturnValue:
    """Give a region another name."""
    form = RegionForm(request.form)
    if form.validate():
        try:
            service.rename_region(db.session(), region, form.name.data, by=administrator())
            db.session.commit()
        except service.PlaceRefused as refused:
            _say(form, refused)
        else:
            flash("The name was changed.")
            return redirect(url_for("admin_places.show_region", region_id=region.id))
    return _region_page(region, form), 422


@pages.get("/admin/partnerships", policy=ALL)
def partnerships(_nothing: object) -> ResponseReturnValue:
    """Partnerships to search among, a page at a time."""
    text, region = squeezed(request.args.get("looked-for")), request.args.get("region", "")
    region_id = int(region) if region.isascii() and region.isdigit() and len(region) < 10 else None
    found, number = gazetteer.find(db.session(), gazetteer.Sought(text, region_id, asked_page()))
    kept = {"looked-for": text, "region": region}
    return render_template(
        "pages/admin/partnerships.html",
        found=found,
        number=number,
        text=text,
        region=region,
        regions=gazetteer.regions(db.session()),
        kinds=KINDS,
        paging=paging("admin_places.partnerships", number, gazetteer.PAGE, kept),
    )


@pages.get("/admin/regions/<int:region_id>/partnerships/new", policy=REGION)
def new_partnership(region: Region) -> ResponseReturnValue:
    """The form that adds a partnership to a region."""
    return _place_page(region, None, PlaceForm())


@pages.post("/admin/regions/<int:region_id>/partnerships/new", policy=REGION)
def add_partnership(region: Region) -> ResponseReturnValue:
    """Add a partnership to a region."""
    form = PlaceForm(request.form)
    if form.validate():
        try:
            made = service.create(db.session(), region, described(form, region.id), by=administrator())
            db.session.commit()
        except service.PlaceRefused as refused:
            _say(form, refused)
        else:
            flash(f"{made.name} was added. Name its chair and its first coordinator next.")
            return redirect(url_for("admin_places.show_partnership", partnership_id=made.id))
    return _place_page(region, None, form), 422


@pages.get("/admin/partnerships/<int:partnership_id>", policy=PLACE)
def show_partnership(place: Partnership) -> ResponseReturnValue:
    """A partnership: what it is, who has a role in it, its rounds by name, its history. No answers."""
    return render_template(
        "pages/admin/partnership.html",
        place=place,
        kinds=KINDS,
        held=roster.grants_on(db.session(), place.id),
        rounds=rounds_of(db.session(), place),
        below=service.below(db.session(), place),
        history=gazetteer.history(db.session(), place),
    )


@pages.get("/admin/partnerships/<int:partnership_id>/change", policy=PLACE)
def edit_partnership(place: Partnership) -> ResponseReturnValue:
    """The form that changes a partnership's name, kind or place above."""
    said = {"name": place.name, "kind": place.kind, "above": str(place.above_id or "")}
    return _place_page(place.region, place, PlaceForm(data=said))


@pages.post("/admin/partnerships/<int:partnership_id>/change", policy=PLACE)
def change_partnership(place: Partnership) -> ResponseReturnValue:
    """Change a partnership."""
    form = PlaceForm(request.form)
    if form.validate():
        try:
            service.change(db.session(), place, described(form, place.region_id), by=administrator())
            db.session.commit()
        except service.PlaceRefused as refused:
            _say(form, refused)
        else:
            flash("The change was saved.")
            return redirect(url_for("admin_places.show_partnership", partnership_id=place.id))
    return _place_page(place.region, place, form), 422


@pages.get("/admin/partnerships/<int:partnership_id>/end", policy=PLACE)
def ask_end(place: Partnership) -> ResponseReturnValue:
    """Ask before a partnership ends, and from when."""
    return _end_page(place, EndForm(data={"day": today()}))


@pages.post("/admin/partnerships/<int:partnership_id>/end", policy=PLACE)
def end_partnership(place: Partnership) -> ResponseReturnValue:
    """End a partnership."""
    form = EndForm(request.form)
    if form.validate() and form.day.day is not None:
        try:
            service.end(db.session(), place, form.day.day, by=administrator())
            db.session.commit()
        except service.PlaceRefused as refused:
            _say(form, refused)
        else:
            flash(f"The last day of {place.name} is {day(form.day.day)}.")
            return redirect(url_for("admin_places.show_partnership", partnership_id=place.id))
    return _end_page(place, form), 422


@pages.post("/admin/partnerships/<int:partnership_id>/revive", policy=PLACE)
def revive_partnership(place: Partnership) -> ResponseReturnValue:
    """Take back a partnership's end."""
    service.revive(db.session(), place, by=administrator())
    db.session.commit()
    flash(f"{place.name} goes on.")
    return redirect(url_for("admin_places.show_partnership", partnership_id=place.id))


def described(form: PlaceForm, region_id: int) -> service.Described:
    """What a form says of a partnership; one above it that is none of its region is no choice."""
    others = gazetteer.others_in_region(db.session(), region_id)
    above = next((each for each in others if str(each.id) == form.above.data), None)
    if form.above.data and above is None:
        raise service.PlaceRefused("Choose a partnership from the list, or none", "above")
    return service.Described(form.name.data, cast("Kind", form.kind.data), above)


def _say(form: Form, refused: service.PlaceRefused) -> None:
    """Put what was refused beside its field."""
    field = form[refused.field] if refused.field in form else form["name"]
    field.errors = [str(refused)]
    db.session.rollback()


def _regions_page(form: RegionForm) -> str:
    listed = gazetteer.regions(db.session())
    return render_template("pages/admin/regions.html", regions=listed, form=form, errors=error_list(form))


def _region_page(region: Region, form: RegionForm) -> str:
    return render_template(
        "pages/admin/region.html",
        region=region,
        form=form,
        held=roster.managers_of(db.session(), region.id),
        number=gazetteer.find(db.session(), gazetteer.Sought(region_id=region.id))[1],
        errors=error_list(form),
    )


def _place_page(region: Region, place: Partnership | None, form: PlaceForm) -> str:
    others = gazetteer.others_in_region(db.session(), region.id, place)
    return render_template(
        "pages/admin/change_partnership.html",
        region=region,
        place=place,
        form=form,
        kinds=KINDS,
        above=gazetteer.may_stand_above(others),
        errors=error_list(form, {"kind": "kind", "above": "above"}),
    )


def _end_page(place: Partnership, form: EndForm) -> str:
    rounds = [each for each in rounds_of(db.session(), place) if each.closed is None]
    anchors = {"day": "day-day"}
    return render_template(
        "pages/admin/end_partnership.html", place=place, form=form, rounds=rounds, errors=error_list(form, anchors)
    )
