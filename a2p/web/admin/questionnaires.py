"""Questionnaire versions: listed, read, uploaded, checked, compared, published, retired."""

from __future__ import annotations

import base64
import binascii

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from a2p.access.loading_admin import any_version
from a2p.access.policy import Action
from a2p.definition.catalogue import support_modules
from a2p.documents.preview import preview_body
from a2p.rounds import publishing
from a2p.store.definitions import definition_of
from a2p.store.round_tables import QuestionnaireVersion
from a2p.web.admin.parts import administrator
from a2p.web.database import db
from a2p.web.policy import Policy

pages = Blueprint("admin_questionnaires", __name__)
ALL = Policy(Action.PUBLISH)
VERSION = Policy(Action.PUBLISH, any_version)
LONGEST_NAME = 100


@pages.get("/admin/questionnaires", policy=ALL)
def questionnaires(_nothing: object) -> ResponseReturnValue:
    """Every published version, and the form that uploads another."""
    return _list_page([])


@pages.post("/admin/questionnaires", policy=ALL)
def check(_nothing: object) -> ResponseReturnValue:
    """Check an uploaded definition and show what it would change; nothing is published yet."""
    upload = request.files.get("file")
    data = upload.read() if upload else b""
    if not data:
        return _list_page([{"text": "Choose a questionnaire’s file (YAML)", "href": "#file"}]), 422
    return _checked_page(data, (upload.filename if upload else None) or "the file")


@pages.post("/admin/questionnaires/publish", policy=ALL)
def publish(_nothing: object) -> ResponseReturnValue:
    """Publish the definition that was checked, after checking it again."""
    name = request.form.get("name", "")[:LONGEST_NAME]
    try:
        data = base64.b64decode(request.form.get("data", ""), validate=True)
    except binascii.Error:
        data = b""
    try:
        version = publishing.publish_checked(db.session(), data, name, by=administrator())
        db.session.commit()
    except publishing.CannotPublish:
        db.session.rollback()
        return _checked_page(data, name)
    flash(f"Version {version.version} of {definition_of(version).title} is published. New rounds are offered it.")
    return redirect(url_for("admin_questionnaires.show", version_id=version.id))


@pages.get("/admin/questionnaires/<int:version_id>", policy=VERSION)
def show(version: QuestionnaireVersion) -> ResponseReturnValue:
    """A published version, with every question."""
    definition = definition_of(version)
    body = preview_body(definition, support_modules())
    return render_template("pages/admin/version.html", version=version, definition=definition, body=body)


@pages.get("/admin/questionnaires/<int:version_id>/retire", policy=VERSION)
def ask_retire(version: QuestionnaireVersion) -> ResponseReturnValue:
    """Ask before a version is retired, and say what is offered then."""
    then = publishing.offered_without(db.session(), version)
    return render_template("pages/admin/retire.html", version=version, definition=definition_of(version), then=then)


@pages.post("/admin/questionnaires/<int:version_id>/retire", policy=VERSION)
def retire(version: QuestionnaireVersion) -> ResponseReturnValue:
    """Retire a version."""
    publishing.retire(db.session(), version, by=administrator())
    db.session.commit()
    flash(f"Version {version.version} of {definition_of(version).title} is retired.")
    return redirect(url_for("admin_questionnaires.questionnaires"))


@pages.post("/admin/questionnaires/<int:version_id>/bring-back", policy=VERSION)
def bring_back(version: QuestionnaireVersion) -> ResponseReturnValue:
    """Offer a retired version again."""
    publishing.bring_back(db.session(), version, by=administrator())
    db.session.commit()
    flash(f"Version {version.version} of {definition_of(version).title} is offered again.")
    return redirect(url_for("admin_questionnaires.questionnaires"))


def _list_page(errors: list[dict[str, str]]) -> str:
    listed = publishing.listed_versions(db.session())
    return render_template("pages/admin/questionnaires.html", listed=listed, errors=errors)


def _checked_page(data: bytes, name: str) -> ResponseReturnValue:
    checked = publishing.check(db.session(), data, name)
    page = render_template(
        "pages/admin/checked.html",
        checked=checked,
        name=name,
        data=base64.b64encode(data).decode(),
        errors=[{"text": checked.against or "The file has mistakes", "href": "#found"}]
        if not checked.can_be_published
        else [],
    )
    return page, 200 if checked.can_be_published else 422
