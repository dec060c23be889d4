"""A copy of one's own answers as a PDF, which a worker makes; as a page it is answer.copy."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue

from a2p.access.loading import Answering, answering
from a2p.access.loading_copies import CopyJob, copy_job
from a2p.access.policy import Action
from a2p.rounds.copies import NothingToCopy, order_copy
from a2p.web.database import db
from a2p.web.files import documents
from a2p.web.policy import Policy
from a2p.web.queue import the_queue
from a2p.web.respondent import signed_in_as

pages = Blueprint("own_copy", __name__)

OWN = Policy(Action.ANSWER, answering)
JOB = Policy(Action.ANSWER, copy_job)


@pages.post("/answer/<int:invitation_id>/<questionnaire>/copy", policy=OWN)
def make(place: Answering) -> ResponseReturnValue:
    """Ask for the copy."""
    try:
        made = order_copy(db.session(), place.invitation, place.asked.version, documents())
    except NothingToCopy:
        abort(404)
    job_id, waiting = made.id, made.state == "queued"
    db.session.commit()
    if waiting:
        the_queue().hand_in(job_id)
    return redirect(url_for("own_copy.show", invitation_id=place.invitation.id, job_id=job_id))


@pages.get("/answer/<int:invitation_id>/copies/<int:job_id>", policy=JOB)
def show(found: CopyJob) -> ResponseReturnValue:
    """How it stands: being made, ready, or failed with a reason."""
    back = url_for("answer.copy", invitation_id=found.invitation.id, questionnaire=found.version.questionnaire)
    return render_template(
        "pages/answer/copy_job.html",
        invitation=found.invitation,
        signed_in=signed_in_as(found.invitation),
        job=found.job,
        back=back,
    )


@pages.get("/answer/<int:invitation_id>/copies/<int:job_id>/answers.pdf", policy=JOB)
def download(found: CopyJob) -> ResponseReturnValue:
    """The finished document."""
    path = documents() / (found.job.file or "")
    if found.job.state != "done" or not path.is_file():
        abort(404)
    return send_file(path, mimetype="application/pdf", download_name="own-answers.pdf")
