"""A questionnaire's paper form, which a worker makes: of what a partnership may ask, and of what a round asks."""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, abort, current_app, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from a2p.access.loading import AskedQuestionnaire, OfferedQuestionnaire, asked_questionnaire, offered_questionnaire
from a2p.access.loading_forms import form_job
from a2p.access.policy import Action
from a2p.rounds.blank_forms import order_blank
from a2p.settings import documents_folder
from a2p.store.definitions import definition_of
from a2p.store.round_tables import Job, QuestionnaireVersion
from a2p.web.database import db
from a2p.web.policy import Policy, current_principal
from a2p.web.queue import the_queue

pages = Blueprint("blank_forms", __name__)

OFFERED = Policy(Action.SEE_PARTNERSHIP, offered_questionnaire)
ASKED = Policy(Action.SEE_ROUND, asked_questionnaire)
JOB = Policy(Action.SEE_PARTNERSHIP, form_job)


@pages.post("/partnerships/<int:partnership_id>/questionnaires/<questionnaire>/paper", policy=OFFERED)
def of_partnership(offered: OfferedQuestionnaire) -> ResponseReturnValue:
    """The form of a questionnaire that could be asked."""
    return _order(offered.partnership.id, offered.version)


@pages.post("/rounds/<int:round_id>/<questionnaire>/paper", policy=ASKED)
def of_round(asked: AskedQuestionnaire) -> ResponseReturnValue:
    """The form of a questionnaire that a round asks, in the round's words."""
    is_open = asked.round.attribution == "open" and not asked.round.together
    return _order(asked.round.partnership_id, asked.version, is_open=is_open)


@pages.get("/partnerships/<int:partnership_id>/forms/<int:job_id>", policy=JOB)
def show(job: Job) -> ResponseReturnValue:
    """How it stands: being made, ready, or failed."""
    version = db.session.get_one(QuestionnaireVersion, job.version_id)
    return render_template("pages/planning/form_job.html", job=job, definition=definition_of(version))


@pages.get("/partnerships/<int:partnership_id>/forms/<int:job_id>/form.pdf", policy=JOB)
def download(job: Job) -> ResponseReturnValue:
    """The finished form."""
    path = _documents() / (job.file or "")
    if job.state != "done" or not path.is_file():
        abort(404)
    return send_file(path, mimetype="application/pdf", download_name="paper-form.pdf")


def _order(partnership_id: int, version: QuestionnaireVersion, *, is_open: bool = False) -> ResponseReturnValue:
    person_id = current_principal().person_id
    if person_id is None:
        abort(403)
    large = request.form.get("large") == "yes"
    job = order_blank(db.session(), partnership_id, version, person_id, _documents(), large=large, is_open=is_open)
    job_id, waiting = job.id, job.state == "queued"
    db.session.commit()
    if waiting:
        the_queue().hand_in(job_id)
    return redirect(url_for("blank_forms.show", partnership_id=partnership_id, job_id=job_id))


def _documents() -> Path:
    folder: Path = current_app.config["A2P"].data_dir
    return documents_folder(folder.resolve())
