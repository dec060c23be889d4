"""Documents of a region's snapshots: which there are, asking for one, how it stands, the finished file; and exports.

What a document names is what is released by name when it is taken away: one of which that has changed is given out no
more.
"""

from __future__ import annotations

from flask import Blueprint, Response, abort, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from a2p.access.loading import region
from a2p.access.loading_snapshots import SnapshotJob, snapshot, snapshot_job
from a2p.access.policy import Action
from a2p.documents.order import MEDIA, REGIONAL, kind_of, order_from_json
from a2p.exchange import snapshot_out
from a2p.ordering.orders import UNFINISHED, cancel
from a2p.ordering.progress import progress_of
from a2p.ordering.regional import compare_with_last, forget_outdated, is_current, order_regional
from a2p.rounds.regional_snapshots import document_of, snapshots_of
from a2p.store.region_tables import Snapshot
from a2p.store.tables import Region
from a2p.web.database import db
from a2p.web.document_forms import DocumentForm
from a2p.web.downloads import note_regional_download
from a2p.web.files import documents
from a2p.web.partner_forms import items
from a2p.web.policy import Policy, current_actor, current_principal
from a2p.web.queue import the_queue
from a2p.web.round_forms import error_list

pages = Blueprint("regional_documents", __name__)
CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OF_SNAPSHOT = "/regions/<int:region_id>/snapshots/<int:snapshot_id>"

MAKE = Policy(Action.MAKE_REGIONAL, snapshot)
JOB = Policy(Action.MAKE_REGIONAL, snapshot_job)


@pages.get("/regions/<int:region_id>/documents", policy=Policy(Action.MAKE_REGIONAL, region))
def show(shown: Region) -> ResponseReturnValue:
    """The region's snapshots, with what can be made of each."""
    found = snapshots_of(db.session(), shown.id)
    return render_template("pages/regional_documents/list.html", region=shown, snapshots=found, kinds=REGIONAL)


@pages.get(f"{OF_SNAPSHOT}/documents/<kind>", policy=MAKE)
def choose(of: Snapshot) -> ResponseReturnValue:
    """A document, with what may be chosen."""
    return _form_page(of, DocumentForm().of(_kind(), None, may_name=True))


@pages.post(f"{OF_SNAPSHOT}/documents/<kind>", policy=MAKE)
def order(of: Snapshot) -> ResponseReturnValue:
    """Ask for it; a worker makes it, unless it is there already."""
    form = DocumentForm(request.form).of(_kind(), None, may_name=True)
    if not form.validate():
        return _form_page(of, form), 422
    person_id = current_principal().person_id
    if person_id is None:
        abort(404)
    compare_with_last(db.session(), of, current_actor(region_id=of.region_id))
    gone = forget_outdated(db.session(), of)
    made = order_regional(db.session(), of, form.order(_kind()), person_id, documents())
    job_id, waiting = made.id, made.state == "queued"
    db.session.commit()
    for file in gone:
        (documents() / file).unlink(missing_ok=True)
    if waiting:
        the_queue().hand_in(job_id)
    return redirect(url_for("regional_documents.show_job", job_id=job_id))


@pages.get("/region-jobs/<int:job_id>", policy=JOB)
def show_job(shown: SnapshotJob) -> ResponseReturnValue:
    """How a document stands: being made, ready, out of date, failed with a reason, or cancelled."""
    job = shown.job
    return render_template(
        "pages/documents/job.html",
        job=job,
        what=kind_of(job.kind).title,
        order=order_from_json(job.options),
        progress=progress_of(db.session(), job) if job.state in UNFINISHED else None,
        own=job.person_id == current_principal().person_id,
        back=url_for("regional_documents.show", region_id=shown.snapshot.region_id),
        endpoints="regional_documents",
        outdated=job.state == "done" and not is_current(db.session(), job),
    )


@pages.post("/region-jobs/<int:job_id>/cancel", policy=JOB)
def cancel_job(shown: SnapshotJob) -> ResponseReturnValue:
    """Say that it is wanted no longer, for who asked for it."""
    if shown.job.person_id != current_principal().person_id:
        abort(404)
    cancel(db.session(), shown.job)
    db.session.commit()
    return redirect(url_for("regional_documents.show_job", job_id=shown.job.id))


@pages.get("/region-jobs/<int:job_id>/file", policy=JOB)
def download(shown: SnapshotJob) -> ResponseReturnValue:
    """The finished document; where what it names has changed, the page that says so."""
    job = shown.job
    path = documents() / (job.file or "")
    if job.state != "done" or not path.is_file():
        abort(404)
    if not is_current(db.session(), job):
        return redirect(url_for("regional_documents.show_job", job_id=job.id))
    wanted = order_from_json(job.options)
    note_regional_download(shown.snapshot, "a document", kind_of(wanted.kind).title)
    return send_file(path, mimetype=MEDIA[wanted.format], as_attachment=True, download_name=wanted.file_name)


@pages.get(f"{OF_SNAPSHOT}/export.json", policy=MAKE)
def as_json(of: Snapshot) -> Response:
    """One JSON object."""
    return _file(of, snapshot_out.snapshot_json(document_of(of)), "application/json", "json", "JSON")


@pages.get(f"{OF_SNAPSHOT}/export.xlsx", policy=MAKE)
def as_xlsx(of: Snapshot) -> Response:
    """A workbook with all of it."""
    return _file(of, snapshot_out.snapshot_xlsx(document_of(of)), XLSX, "xlsx", "XLSX")


@pages.get(f"{OF_SNAPSHOT}/export.csv", policy=MAKE)
def as_csv(of: Snapshot) -> Response:
    """The figures of sections as a table."""
    return _file(of, snapshot_out.figures_csv(document_of(of)), CSV, "csv", "CSV")


@pages.get(f"{OF_SNAPSHOT}/questions.csv", policy=MAKE)
def questions(of: Snapshot) -> Response:
    """The figures of questions as a table."""
    return _file(of, snapshot_out.questions_csv(document_of(of)), CSV, "csv", "CSV", "questions")


@pages.get(f"{OF_SNAPSHOT}/data-dictionary.csv", policy=MAKE)
def dictionary(of: Snapshot) -> Response:
    """What the columns mean."""
    return _file(of, snapshot_out.dictionary_csv(document_of(of)), CSV, "csv", "", "data-dictionary")


def _file(of: Snapshot, content: bytes, mimetype: str, suffix: str, kind: str, name: str = "figures") -> Response:
    """The file; one with figures in it is noted in the audit log."""
    called = f"snapshot-{of.id}-{name}.{suffix}"
    if kind:
        note_regional_download(of, "an export", kind)
    return Response(content, mimetype=mimetype, headers={"Content-Disposition": f'attachment; filename="{called}"'})


def _kind() -> str:
    kind = (request.view_args or {}).get("kind", "")
    if kind not in REGIONAL:
        abort(404)
    return str(kind)


def _form_page(of: Snapshot, form: DocumentForm) -> str:
    kind = _kind()
    return render_template(
        "pages/regional_documents/choose.html",
        snapshot=of,
        region=db.session.get_one(Region, of.region_id),
        kind=kind,
        document=REGIONAL[kind],
        form=form,
        items=items,
        errors=error_list(form),
    )
