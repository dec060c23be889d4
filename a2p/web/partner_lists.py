"""Importing and exporting a partnership's list of partners. An import is shown first; only what was shown is done.

What was uploaded travels in the preview's form, signed, and is kept nowhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from flask import Blueprint, Response, abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from itsdangerous import BadData, URLSafeSerializer

from a2p.access.loading import partnership
from a2p.access.policy import Action
from a2p.exchange.list_file import MOST_ROWS
from a2p.exchange.people_file import PeopleFile, read_people
from a2p.exchange.people_out import people_csv, people_xlsx
from a2p.rounds.choosing import titles_for
from a2p.rounds.partners import as_list, note_export
from a2p.rounds.people_import import ImportPlan, carry_out, plan_import
from a2p.scoring.partners import COUNCILLOR_NAMES, LAYER_NAMES, SECTOR_NAMES, ListedPerson
from a2p.store.tables import Partnership
from a2p.web.database import db
from a2p.web.policy import Policy, current_actor

pages = Blueprint("partner_lists", __name__, url_prefix="/partnerships/<int:partnership_id>/partners")

LIST = Policy(Action.KEEP_PARTNERS, partnership)
KINDS = {"csv": "text/csv", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


@pages.get("/import", policy=LIST)
def choose(place: Partnership) -> ResponseReturnValue:
    """Choose a file to import; `round` in the address is the round to go on to."""
    return _choose_page(place, [])


@pages.post("/import", policy=LIST)
def preview(place: Partnership) -> ResponseReturnValue:
    """Read the file and show what importing it would do. Nothing is changed."""
    upload = request.files.get("file")
    if upload is None or not upload.filename:
        return _choose_page(place, ["Choose a file"]), 422
    found = read_people(upload.read(), titles_for(db.session(), place))
    if not found.people:
        return _choose_page(place, [_sentence(str(problem)) for problem in found.problems]), 422
    return _preview_page(place, found)


@pages.post("/import/carry-out", policy=LIST)
def bring_in(place: Partnership) -> ResponseReturnValue:
    """Do what the preview showed; if the list has changed since, show what it would do now."""
    try:
        rows = _signer(place).loads(request.form.get("rows", ""))
    except BadData:
        abort(400)
    people = tuple(ListedPerson(**row) for row in rows)
    plan = plan_import(db.session(), place.id, people)
    if plan.refused or plan.fingerprint != request.form.get("seen"):
        return _preview_page(place, PeopleFile(people), stale=True), 409
    carry_out(db.session(), plan, current_actor(place.id))
    db.session.commit()
    flash(f"Imported: {len(plan.added)} added, {len(plan.changed)} changed, {len(plan.unchanged)} as they were.")
    round_id = _round()
    if round_id:
        return redirect(url_for("inviting.choose", round_id=round_id))
    return redirect(url_for("partners.show", partnership_id=place.id))


@pages.get("/import/template.csv", policy=LIST)
def csv_template(_place: Partnership) -> ResponseReturnValue:
    """An empty list to fill in."""
    return _file([], "csv", "partners-to-import")


@pages.get("/import/template.xlsx", policy=LIST)
def xlsx_template(_place: Partnership) -> ResponseReturnValue:
    """An empty list to fill in, as a spreadsheet that has the sectors to choose from."""
    return _file([], "xlsx", "partners-to-import")


@pages.post("/export", policy=LIST)
def export(place: Partnership) -> ResponseReturnValue:
    """The whole list as a file. It is noted in the audit log that it left."""
    kind = request.form.get("form", "")
    if kind not in KINDS:
        abort(400)
    listed = as_list(db.session(), place.id)
    note_export(db.session(), place.id, len(listed), current_actor(place.id))
    db.session.commit()
    return _file(listed, kind, "partners")


def _file(listed: Sequence[ListedPerson], kind: str, name: str) -> Response:
    content = people_csv(listed) if kind == "csv" else people_xlsx(listed)
    return Response(
        content, mimetype=KINDS[kind], headers={"Content-Disposition": f'attachment; filename="{name}.{kind}"'}
    )


def _choose_page(place: Partnership, errors: list[str]) -> str:
    return render_template(
        "pages/partners/import.html",
        partnership=place,
        sectors=SECTOR_NAMES,
        titles=titles_for(db.session(), place),
        most_rows=MOST_ROWS,
        round_id=_round(),
        errors=[{"text": text, "href": "#file"} for text in errors],
    )


def _preview_page(place: Partnership, found: PeopleFile, *, stale: bool = False) -> str:
    plan = plan_import(db.session(), place.id, found.people)
    return render_template(
        "pages/partners/preview.html",
        partnership=place,
        plan=plan,
        refused=_refused(found, plan),
        unread=found.unread,
        names={"sector": SECTOR_NAMES, "councillor": COUNCILLOR_NAMES, "layer": LAYER_NAMES},
        titles=titles_for(db.session(), place),
        rows=_signer(place).dumps([asdict(person) for person in found.people]),
        stale=stale,
        round_id=_round(),
    )


def _refused(found: PeopleFile, plan: ImportPlan) -> list[tuple[int, str, str]]:
    """Every row that can't be imported: its number, the column at fault, why; in the order of the file."""
    unreadable = [(each.row, each.column, each.what) for each in found.problems]
    places = found.columns or {}
    contradicting = [(each.row, places.get(each.column, each.column), each.why) for each in plan.refused]
    return sorted([*unreadable, *contradicting], key=lambda each: each[0])


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _signer(place: Partnership) -> URLSafeSerializer:
    """For the rows of this partnership's preview, and no other's."""
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt=f"partners to import, {place.id}")


def _round() -> int | None:
    """The round from which somebody came to import a list, and to which they go on; its own policy decides there."""
    given = request.values.get("round", "")
    return int(given) if given.isdecimal() and len(given) < 10 else None
