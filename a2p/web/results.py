"""A closed round's results: the picture, the sections, and the capacity report that a worker makes."""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, abort, current_app, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from a2p.access.loading import ClosedResult, closed_result, job
from a2p.access.policy import Action
from a2p.definition.catalogue import support_modules
from a2p.documents.change_view import change_rows, is_split
from a2p.documents.layout import SCREEN
from a2p.documents.report_view import ReportOptions, report_view
from a2p.rounds.changes import change_since_last
from a2p.rounds.comments import readers_of, reading_of
from a2p.rounds.editions import somebody_was_erased
from a2p.rounds.orders import ReportOrder, order_of, order_report
from a2p.rounds.overview import mix_of
from a2p.rounds.reopening import reopenings_of
from a2p.rounds.results import disclosed, held_back, remarks
from a2p.scoring.disclosure import Audience
from a2p.settings import documents_folder
from a2p.store.round_tables import Job, Result, Round
from a2p.web.database import db
from a2p.web.downloads import note_download
from a2p.web.policy import Policy, current_principal, may
from a2p.web.queue import the_queue
from a2p.web.workshop import view_of

pages = Blueprint("results", __name__)

RESULT = Policy(Action.SEE_RESULTS, closed_result, query=("edition",))
REPORT = Policy(Action.MAKE_REPORT, closed_result, query=("edition",))
JOB = Policy(Action.MAKE_REPORT, job)


@pages.get("/rounds/<int:round_id>/results/<questionnaire>", policy=RESULT)
def show(found: ClosedResult) -> ResponseReturnValue:
    """Scores, bands, histograms and agreement, after disclosure; the same figures as in the report."""
    options = ReportOptions(support=support_modules())
    said = remarks(db.session(), found.result)
    # who sees no names may be told of lone voices
    audience = Audience.COORDINATOR if may("SEE_ROUND") else Audience.FACILITATOR
    report = report_view(disclosed(found.result, audience), said, options, SCREEN)
    newest = found.result is found.editions[-1]
    compared = change_since_last(db.session(), found.result)
    changes = change_rows(found.asked.definition, compared.change) if compared and compared.change else ()
    return render_template(
        "pages/results/show.html",
        report=report,
        round=found.asked.round,
        found=found,
        compared=compared,
        changes=changes,
        split=is_split(changes),
        reading=None if found.asked.round.together else reading_of(db.session(), found.result),
        readers=readers_of(db.session(), found.asked.round),
        held_back=held_back(found.result),
        somebody_erased=somebody_was_erased(db.session(), found.result),
        reopenings=reopenings_of(db.session(), found.asked.round),
        agreed=view_of(found) if may("SEE_AGREED") else None,
        mix=mix_of(db.session(), found.asked.round, found.asked.version) if newest else None,
    )


@pages.post("/rounds/<int:round_id>/results/<questionnaire>/report", policy=REPORT)
def make_report(found: ClosedResult) -> ResponseReturnValue:
    """Ask for the capacity report; a worker makes it."""
    order = ReportOrder(large_print=request.form.get("large") == "yes", summary=request.form.get("what") == "summary")
    person_id = current_principal().person_id
    if person_id is None:
        abort(403)
    made = order_report(db.session(), found.result, person_id, order, documents_folder(_data_dir()))
    waiting = made.state == "queued"
    job_id = made.id
    db.session.commit()
    if waiting:
        the_queue().hand_in(job_id)
    return redirect(url_for("results.show_job", job_id=job_id))


@pages.get("/jobs/<int:job_id>", policy=JOB)
def show_job(shown: Job) -> ResponseReturnValue:
    """How a document stands: being made, ready, or failed with a reason."""
    result = db.session.get_one(Result, shown.result_id)
    round_ = db.session.get_one(Round, result.round_id)
    version = next(version for version in round_.versions if version.id == result.version_id)
    edition = result.edition if reopenings_of(db.session(), round_) else None
    back = url_for("results.show", round_id=round_.id, questionnaire=version.questionnaire, edition=edition)
    return render_template("pages/results/job.html", job=shown, back=back)


@pages.get("/jobs/<int:job_id>/report.pdf", policy=JOB)
def download(shown: Job) -> ResponseReturnValue:
    """The finished document."""
    path = documents_folder(_data_dir()) / (shown.file or "")
    if shown.state != "done" or not path.is_file():
        abort(404)
    kind = "board summary" if order_of(shown).summary else "capacity report"
    note_download(db.session.get_one(Result, shown.result_id), "a report", kind)
    return send_file(path, mimetype="application/pdf", download_name="capacity-report.pdf")


def _data_dir() -> Path:
    folder: Path = current_app.config["A2P"].data_dir
    return folder.resolve()
