"""Documents of a closed round: what there is, asking for one, how it stands, and the finished file."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from a2p.access.loading import ClosedResult, closed_result
from a2p.access.loading_documents import job
from a2p.access.policy import Action
from a2p.documents.order import KINDS, MEDIA, order_from_json
from a2p.ordering.languages import languages_of
from a2p.ordering.orders import UNFINISHED, cancel, order_document, want
from a2p.ordering.permitting import beside, may_take
from a2p.ordering.progress import progress_of
from a2p.rounds.reopening import reopenings_of
from a2p.store.round_tables import Job, Result, Round
from a2p.web.database import db
from a2p.web.document_forms import READERS, DocumentForm
from a2p.web.downloads import note_download
from a2p.web.files import documents
from a2p.web.named import named_in
from a2p.web.partner_forms import items
from a2p.web.policy import Policy, current_principal, may
from a2p.web.queue import the_queue
from a2p.web.round_forms import error_list

pages = Blueprint("documents", __name__)

UNCHOSEN = {
    "pack": "Without a choice it has those on which partners disagree most, five at most.",
    "slides": "Without a choice they have those on which partners disagree most, five at most.",
    "posters": "Without a choice there is one for each question worth talking about.",
    "cards": "Without a choice there is one for each question.",
}

MAKE = Policy(Action.MAKE_REPORT, closed_result, query=("edition",))
JOB = Policy(Action.MAKE_REPORT, job)


@pages.get("/rounds/<int:round_id>/results/<questionnaire>/documents", policy=MAKE)
def show(found: ClosedResult) -> ResponseReturnValue:
    """All documents that can be made of a result."""
    return render_template("pages/documents/list.html", **_of(found), kinds=KINDS)


@pages.get("/rounds/<int:round_id>/results/<questionnaire>/documents/<kind>", policy=MAKE)
def choose(found: ClosedResult) -> ResponseReturnValue:
    """One of them, with what may be chosen; `readers` has an audience of a release chosen beforehand."""
    form = _form(found)
    if "readers" in form:
        asked = request.args.get("readers", "")
        form.readers.data = next((each for each in READERS if asked and each.startswith(f"{asked}:")), "")
    return _form_page(found, form)


@pages.post("/rounds/<int:round_id>/results/<questionnaire>/documents/<kind>", policy=MAKE)
def order(found: ClosedResult) -> ResponseReturnValue:
    """Ask for it; a worker makes it, unless it is there already."""
    form = _form(found, request.form)
    if not form.validate():
        return _form_page(found, form), 422
    person_id = current_principal().person_id
    first, others = _whole_round(found)
    wanted_order = form.order(_kind(), others)
    wanted = want(db.session(), first if wanted_order.also else found.result, wanted_order, person_id)
    if person_id is None or wanted is None:
        abort(404)
    made = order_document(db.session(), wanted, person_id, documents())
    job_id, waiting = made.id, made.state == "queued"
    db.session.commit()
    if waiting:
        the_queue().hand_in(job_id)
    return redirect(url_for("documents.show_job", job_id=job_id))


@pages.get("/jobs/<int:job_id>", policy=JOB)
def show_job(shown: Job) -> ResponseReturnValue:
    """How a document stands: being made, ready, failed with a reason, or cancelled."""
    _takeable(shown)
    result = db.session.get_one(Result, shown.result_id)
    order = order_from_json(shown.options)
    return render_template(
        "pages/documents/job.html",
        job=shown,
        what=order.title,
        order=order,
        progress=progress_of(db.session(), shown) if shown.state in UNFINISHED else None,
        own=shown.person_id == current_principal().person_id,
        back=url_for("documents.show", **_address(result)),
        endpoints="documents",
        outdated=False,
    )


@pages.post("/jobs/<int:job_id>/cancel", policy=JOB)
def cancel_job(shown: Job) -> ResponseReturnValue:
    """Say that it is wanted no longer, for who asked for it."""
    if shown.person_id != current_principal().person_id:
        abort(404)
    cancel(db.session(), shown)
    db.session.commit()
    return redirect(url_for("documents.show_job", job_id=shown.id))


@pages.get("/jobs/<int:job_id>/file", policy=JOB)
def download(shown: Job) -> ResponseReturnValue:
    """The finished document."""
    _takeable(shown)
    path = documents() / (shown.file or "")
    if shown.state != "done" or not path.is_file():
        abort(404)
    wanted = order_from_json(shown.options)
    note_download(db.session.get_one(Result, shown.result_id), "a document", wanted.title)
    return send_file(path, mimetype=MEDIA[wanted.format], as_attachment=True, download_name=wanted.file_name)


def _takeable(shown: Job) -> None:
    """404 for who may not have the document now, whoever asked for it."""
    if not may_take(db.session(), shown, current_principal().person_id):
        abort(404)


def _form(found: ClosedResult, sent: MultiDict[str, str] | None = None) -> DocumentForm:
    """The form of the document that the address names, with the choices that this person has."""
    others = beside(db.session(), found.result)
    return DocumentForm(sent).of(
        _kind(),
        found.asked.definition,
        may_name=named_in(found) is not None,
        several=bool(others),
        previews=may("SEE_RELEASES"),
        languages=languages_of(db.session(), found.result, others),
    )


def _whole_round(found: ClosedResult) -> tuple[Result, tuple[int, ...]]:
    """The results of all questionnaires of the round's closing: the first, and the numbers of the others."""
    order = [version.id for version in found.asked.round.versions]
    results = sorted((found.result, *beside(db.session(), found.result)), key=lambda each: order.index(each.version_id))
    return results[0], tuple(each.id for each in results[1:])


def _kind() -> str:
    kind = (request.view_args or {}).get("kind", "")
    if kind not in KINDS:
        abort(404)
    return str(kind)


def _form_page(found: ClosedResult, form: DocumentForm) -> str:
    kind = _kind()
    return render_template(
        "pages/documents/choose.html",
        **_of(found),
        kind=kind,
        document=KINDS[kind],
        form=form,
        items=items,
        unchosen=UNCHOSEN.get(kind, ""),
        errors=error_list(form),
    )


def _of(found: ClosedResult) -> dict[str, object]:
    return {"round": found.asked.round, "definition": found.asked.definition, "here": _address(found.result)}


def _address(result: Result) -> dict[str, Any]:
    """The parts of a result's address; its edition where there are several."""
    round_ = db.session.get_one(Round, result.round_id)
    version = next(version for version in round_.versions if version.id == result.version_id)
    edition = result.edition if reopenings_of(db.session(), round_) else None
    return {"round_id": round_.id, "questionnaire": version.questionnaire, "edition": edition}
