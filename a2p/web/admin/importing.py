"""Partnerships from a list: uploaded, shown row by row, then added all together or not at all."""

from __future__ import annotations

import base64
import binascii

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from a2p.access.policy import Action
from a2p.exchange.places_file import PlacesFile, read_places
from a2p.rounds.places_import import NamedPlace, NotAll, carry_out, plan
from a2p.web.admin.parts import administrator
from a2p.web.database import db
from a2p.web.policy import Policy

pages = Blueprint("admin_importing", __name__)
ALL = Policy(Action.KEEP_PLACES)


@pages.get("/admin/partnerships/import", policy=ALL)
def choose(_nothing: object) -> ResponseReturnValue:
    """The form that uploads a list."""
    return render_template("pages/admin/import.html", errors=[])


@pages.post("/admin/partnerships/import", policy=ALL)
def preview(_nothing: object) -> ResponseReturnValue:
    """What each row of an uploaded list would do; nothing is added yet."""
    upload = request.files.get("file")
    data = upload.read() if upload else b""
    if not data:
        errors = [{"text": "Choose a list (CSV or XLSX)", "href": "#file"}]
        return render_template("pages/admin/import.html", errors=errors), 422
    return _preview_page(data)


@pages.post("/admin/partnerships/import/all", policy=ALL)
def add_all(_nothing: object) -> ResponseReturnValue:
    """Add the partnerships of the list that was shown, after looking at it again."""
    try:
        data = base64.b64decode(request.form.get("data", ""), validate=True)
    except binascii.Error:
        data = b""
    listed = read_places(data)
    if listed.problems:
        return _preview_page(data)
    try:
        number = carry_out(db.session(), _named(listed), by=administrator())
    except NotAll:
        db.session.rollback()
        return _preview_page(data)
    db.session.commit()
    flash(f"{number} {'partnership was' if number == 1 else 'partnerships were'} added.")
    return redirect(url_for("admin_places.partnerships"))


def _named(listed: PlacesFile) -> list[NamedPlace]:
    return [NamedPlace(each.row, each.name, each.kind, each.above, each.region) for each in listed.places]


def _preview_page(data: bytes) -> ResponseReturnValue:
    listed = read_places(data)
    rows = plan(db.session(), _named(listed))
    wrong = bool(listed.problems) or any(row.against for row in rows)
    page = render_template(
        "pages/admin/import_preview.html",
        problems=listed.problems,
        rows=rows,
        fresh=sum(not row.known and not row.against for row in rows),
        data=base64.b64encode(data).decode(),
        errors=[{"text": "Nothing is added while a row can’t be taken", "href": "#rows"}] if wrong else [],
    )
    return page, 422 if wrong else 200
