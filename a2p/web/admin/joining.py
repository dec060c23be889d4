"""Partnerships that become one, or several."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from a2p.access.loading_admin import any_partnership
from a2p.access.policy import Action
from a2p.rounds import gazetteer, joining
from a2p.rounds.directory import rounds_of
from a2p.rounds.places import PlaceRefused
from a2p.store.base import today
from a2p.store.tables import Partnership
from a2p.web.admin.parts import KINDS, administrator
from a2p.web.admin.place_forms import MergeForm, SplitForm
from a2p.web.admin.places import described
from a2p.web.database import db
from a2p.web.policy import Policy
from a2p.web.round_forms import error_list

pages = Blueprint("admin_joining", __name__)
PLACE = Policy(Action.KEEP_PLACES, any_partnership)


@pages.get("/admin/partnerships/<int:partnership_id>/merge", policy=PLACE)
def ask_merge(place: Partnership) -> ResponseReturnValue:
    """What merging would do, and into which."""
    return _merge_page(place, MergeForm(data={"day": today()}))


@pages.post("/admin/partnerships/<int:partnership_id>/merge", policy=PLACE)
def merge(place: Partnership) -> ResponseReturnValue:
    """Merge a partnership into another."""
    form = MergeForm(request.form)
    if form.validate() and form.day.day is not None:
        others = gazetteer.others_in_region(db.session(), place.region_id, place)
        into = next((each for each in others if str(each.id) == form.into.data), place)
        try:
            moved = joining.merge(db.session(), place, into, form.day.day, by=administrator())
            db.session.commit()
        except PlaceRefused as refused:
            form[refused.field].errors = [str(refused)]
            db.session.rollback()
        else:
            known = f" {moved.known} were known there already." if moved.known else ""
            flash(f"{place.name} is now part of {into.name}. {moved.people} people went along.{known}")
            return redirect(url_for("admin_places.show_partnership", partnership_id=into.id))
    return _merge_page(place, form), 422


@pages.get("/admin/partnerships/<int:partnership_id>/split", policy=PLACE)
def ask_split(place: Partnership) -> ResponseReturnValue:
    """The form of a partnership to be made out of this one."""
    return _split_page(place, SplitForm(data={"kind": place.kind, "above": str(place.above_id or "")}))


@pages.post("/admin/partnerships/<int:partnership_id>/split", policy=PLACE)
def split(place: Partnership) -> ResponseReturnValue:
    """Make a partnership out of another."""
    form = SplitForm(request.form)
    if form.validate():
        chosen = {int(each) for each in form.organisations.data if each.isascii() and each.isdigit()}
        try:
            part = joining.Part(described(form, place.region_id), chosen)
            last_day = today() if form.then.data == "ends" else None
            made = joining.split(db.session(), place, part, by=administrator(), last_day=last_day)
            db.session.commit()
        except PlaceRefused as refused:
            form["then" if refused.field == "day" else refused.field].errors = [str(refused)]
            db.session.rollback()
        else:
            flash(f"{made.name} was made out of {place.name}. Name its chair and its first coordinator next.")
            return redirect(url_for("admin_places.show_partnership", partnership_id=made.id))
    return _split_page(place, form), 422


def _merge_page(place: Partnership, form: MergeForm) -> str:
    return render_template(
        "pages/admin/merge.html",
        place=place,
        form=form,
        others=gazetteer.others_in_region(db.session(), place.region_id, place),
        rounds=[each for each in rounds_of(db.session(), place) if each.closed is None],
        errors=error_list(form, {"day": "day-day"}),
    )


def _split_page(place: Partnership, form: SplitForm) -> str:
    others = gazetteer.others_in_region(db.session(), place.region_id, place)
    return render_template(
        "pages/admin/split.html",
        place=place,
        form=form,
        kinds=KINDS,
        above=gazetteer.may_stand_above(others),
        organisations=joining.organisations_of(db.session(), place),
        errors=error_list(form),
    )
