"""A questionnaire's form, on paper or to fill in, which a worker makes: of what a partnership may ask, and of what a
round asks."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from a2p.access.loading import AskedQuestionnaire, OfferedQuestionnaire, asked_questionnaire, offered_questionnaire
from a2p.access.loading_forms import form_job
from a2p.access.policy import Action
from a2p.rounds.blank_forms import FormOrder, form_order_of, order_blank
from a2p.store.audit import installation_mark
from a2p.store.definitions import definition_of
from a2p.store.round_tables import Job, QuestionnaireVersion
from a2p.web.database import db
from a2p.web.files import documents
from a2p.web.policy import Policy, current_principal
from a2p.web.queue import the_queue

pages = Blueprint("blank_forms", __name__)

OFFERED = Policy(Action.SEE_PARTNERSHIP, offered_questionnaire)
ASKED = Policy(Action.SEE_ROUND, asked_questionnaire)
JOB = Policy(Action.SEE_PARTNERSHIP, form_job)


@pages.post("/partnerships/<int:partnership_id>/questionnaires/<questionnaire>/paper", policy=OFFERED)
def of_partnership(offered: OfferedQuestionnaire) -> ResponseReturnValue:
    """The form of a questionnaire that could be asked."""
    return _order(offered.partnership.id, offered.version, is_open=False, round_id=0)


@pages.post("/rounds/<int:round_id>/<questionnaire>/paper", policy=ASKED)
def of_round(asked: AskedQuestionnaire) -> ResponseReturnValue:
    """The form of a questionnaire that a round asks, in the round's words; to fill in, it is for that round alone."""
    is_open = asked.round.attribution == "open" and not asked.round.together
    return _order(asked.round.partnership_id, asked.version, is_open=is_open, round_id=asked.round.id)


@pages.get("/partnerships/<int:partnership_id>/forms/<int:job_id>", policy=JOB)
def show(job: Job) -> ResponseReturnValue:
    """How it stands: being made, ready, or failed."""
    version = db.session.get_one(QuestionnaireVersion, job.version_id)
    fillable = form_order_of(job).fillable_in is not None
    return render_template(
        "pages/planning/form_job.html", job=job, definition=definition_of(version), fillable=fillable
    )


@pages.get("/partnerships/<int:partnership_id>/forms/<int:job_id>/form.pdf", policy=JOB)
def download(job: Job) -> ResponseReturnValue:
    """The finished form."""
    path = documents() / (job.file or "")
    if job.state != "done" or not path.is_file():
        abort(404)
    if form_order_of(job).fillable_in is None:
        return send_file(path, mimetype="application/pdf", download_name="paper-form.pdf")
    # it is filled in with a program for it: what a browser shows in its window is easily lost
    name = f"{definition_of(db.session.get_one(QuestionnaireVersion, job.version_id)).questionnaire}-to-fill-in.pdf"
    return send_file(path, mimetype="application/pdf", download_name=name, as_attachment=True)


def _order(partnership_id: int, version: QuestionnaireVersion, *, is_open: bool, round_id: int) -> ResponseReturnValue:
    person_id = current_principal().person_id
    if person_id is None:
        abort(403)
    large = "yes" in (request.form.get("large"), request.form.get("fillable_large"))
    fillable = "fillable_large" in request.form
    site = installation_mark(db.session()) if fillable and round_id else ""
    wanted = FormOrder(large, is_open, round_id if fillable else None, site)
    job = order_blank(db.session(), partnership_id, version, person_id, documents(), wanted)
    job_id, waiting = job.id, job.state == "queued"
    db.session.commit()
    if waiting:
        the_queue().hand_in(job_id)
    return redirect(url_for("blank_forms.show", partnership_id=partnership_id, job_id=job_id))
