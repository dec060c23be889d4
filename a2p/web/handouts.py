"""Released results to print: for those who answered, the region's team and anybody, as far as is released to them.

What is for those who answered, or for anybody, is made once for all of them: it is ordered in nobody's name.
"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from a2p.access.loading_handouts import (
    OwnHandout,
    PublicHandout,
    RegionHandout,
    own_handout,
    public_handout,
    region_handout,
)
from a2p.access.loading_releases import (
    OwnResult,
    PublicRound,
    ReleasedResult,
    own_result,
    public_round,
    released_results,
)
from a2p.access.loading_releases import released_to_region as region_result
from a2p.access.policy import Action
from a2p.documents.order import HTML, MEDIA, PDF, Order, order_from_json
from a2p.ordering.languages import other_languages
from a2p.ordering.orders import UNFINISHED, order_document, want
from a2p.ordering.permitting import may_take
from a2p.ordering.progress import progress_of
from a2p.rounds.regional_snapshots import board_paper_shown, level_by_name
from a2p.scoring.releases import To
from a2p.store.round_tables import Job, Result
from a2p.web.database import db
from a2p.web.downloads import note_download, note_public_download
from a2p.web.files import documents
from a2p.web.policy import Policy, current_principal
from a2p.web.queue import the_queue
from a2p.web.respondent import signed_in_as

pages = Blueprint("handouts", __name__)

OWN = "/answer/<int:invitation_id>/results/<questionnaire>/document"
REGION = "/rounds/<int:round_id>/released/<questionnaire>/document"
PUBLIC = "/public/rounds/<int:round_id>/document"


def _wanted(to: To, level: str, *results: Result) -> Order:
    """What the form asks for, of these results; without one of its buttons the PDF, and in no language but those that
    it offers."""
    format_, large = HTML if request.form.get("format") == HTML else PDF, "large" in request.form
    language = request.form.get("language", "")
    return Order(
        "report",
        format_,
        large_print=large,
        readers=to.value,
        level=level,
        also=tuple(each.id for each in results[1:]),
        language=language if language in other_languages(db.session(), results) else "",
    )


@pages.post(OWN, policy=Policy(Action.SEE_OWN_RESULTS, own_result))
def order_own(of: OwnResult) -> ResponseReturnValue:
    """Ask for what those who answered may see."""
    job_id = _order(of.found, _wanted(To.RESPONDENTS, of.found.shown.level, of.found.result))
    return redirect(url_for("handouts.show_own", job_id=job_id, **_own_address(of)))


@pages.get(f"{OWN}/<int:job_id>", policy=Policy(Action.SEE_OWN_RESULTS, own_handout))
def show_own(handout: OwnHandout) -> ResponseReturnValue:
    """How it stands."""
    order, address = _taken(handout.job, To.RESPONDENTS), _own_address(handout.of)
    return render_template(
        "pages/released/handout.html",
        **_standing(handout.job, order),
        signed_in=signed_in_as(handout.of.invitation),
        here=url_for("handouts.show_own", job_id=handout.job.id, **address),
        file=url_for("handouts.own_file", job_id=handout.job.id, **address),
        back=url_for("released.own", **address),
    )


@pages.get(f"{OWN}/<int:job_id>/file", policy=Policy(Action.SEE_OWN_RESULTS, own_handout))
def own_file(handout: OwnHandout) -> ResponseReturnValue:
    """The finished document."""
    return _file(handout.job, _taken(handout.job, To.RESPONDENTS))


@pages.post(REGION, policy=Policy(Action.SEE_RELEASED, region_result))
def order_region(of: ReleasedResult) -> ResponseReturnValue:
    """Ask for what was released to the region of a questionnaire, or with `several` of the round’s others too."""
    named = level_by_name(db.session(), of.result)
    if not named:
        abort(404)  # it waits, and its page says so
    found = released_results(db.session(), of.asked.round, To.REGION) if "several" in request.form else ()
    others = [each.result for each in found if each.result.id != of.result.id]
    also = [each for each in others if level_by_name(db.session(), each) >= named]
    order = _wanted(To.REGION, min(of.shown.level, str(named)), of.result, *also)
    job_id = _order(of, order, current_principal().person_id)
    return redirect(url_for("handouts.show_region", job_id=job_id, **_region_address(of)))


@pages.get(f"{REGION}/<int:job_id>", policy=Policy(Action.SEE_RELEASED, region_handout))
def show_region(handout: RegionHandout) -> ResponseReturnValue:
    """How it stands."""
    order, address = _taken(handout.job, To.REGION, current_principal().person_id), _region_address(handout.of)
    return render_template(
        "pages/released/handout.html",
        **_standing(handout.job, order),
        here=url_for("handouts.show_region", job_id=handout.job.id, **address),
        file=url_for("handouts.region_file", job_id=handout.job.id, **address),
        back=url_for("released.region_result", **address),
    )


@pages.get(f"{REGION}/<int:job_id>/file", policy=Policy(Action.SEE_RELEASED, region_handout))
def region_file(handout: RegionHandout) -> ResponseReturnValue:
    """The finished document."""
    return _file(handout.job, _taken(handout.job, To.REGION, current_principal().person_id))


@pages.post(PUBLIC, policy=Policy(Action.READ_PUBLIC, public_round))
def order_public(of: PublicRound) -> ResponseReturnValue:
    """Ask for the board paper, which is of all that is public of the round. However many ask, it is made once."""
    found = [each for each in of.found if board_paper_shown(db.session(), each.result)]
    if not found:
        abort(404)  # it waits, as its page does
    first = found[0]
    job_id = _order(first, _wanted(To.PUBLIC, first.shown.level, *(each.result for each in found)))
    return redirect(url_for("handouts.show_public", round_id=of.round.id, job_id=job_id))


@pages.get(f"{PUBLIC}/<int:job_id>", policy=Policy(Action.READ_PUBLIC, public_handout))
def show_public(handout: PublicHandout) -> ResponseReturnValue:
    """How it stands."""
    order, round_id = _taken(handout.job, To.PUBLIC), handout.of.round.id
    return render_template(
        "pages/released/handout.html",
        **_standing(handout.job, order),
        here=url_for("handouts.show_public", round_id=round_id, job_id=handout.job.id),
        file=url_for("handouts.public_file", round_id=round_id, job_id=handout.job.id),
        back=url_for("released.public", round_id=round_id),
    )


@pages.get(f"{PUBLIC}/<int:job_id>/file", policy=Policy(Action.READ_PUBLIC, public_handout))
def public_file(handout: PublicHandout) -> ResponseReturnValue:
    """The finished document. It is noted that it was taken, and not by whom: it is public, as the page is."""
    return _file(handout.job, _taken(handout.job, To.PUBLIC), public=True)


def _order(of: ReleasedResult, order: Order, person_id: int | None = None) -> int:
    """The number of the job. 404 for who may not have it."""
    wanted = want(db.session(), of.result, order, person_id)
    if wanted is None:
        abort(404)
    made = order_document(db.session(), wanted, person_id, documents())
    job_id, waiting = made.id, made.state == "queued"
    db.session.commit()
    if waiting:
        the_queue().hand_in(job_id)
    return job_id


def _taken(job: Job, to: To, person_id: int | None = None) -> Order:
    """What was ordered. 404 unless it is for these readers, and may be had by them now."""
    order = order_from_json(job.options)
    if order.readers != to.value or not may_take(db.session(), job, person_id):
        abort(404)
    return order


def _standing(job: Job, order: Order) -> dict[str, Any]:
    return {
        "job": job,
        "order": order,
        "progress": progress_of(db.session(), job) if job.state in UNFINISHED else None,
    }


def _file(job: Job, order: Order, *, public: bool = False) -> ResponseReturnValue:
    path = documents() / (job.file or "")
    if job.state != "done" or not path.is_file():
        abort(404)
    result = db.session.get_one(Result, job.result_id)
    if public:
        note_public_download(result, order.title)
    else:
        note_download(result, "a document", order.title)
    return send_file(path, mimetype=MEDIA[order.format], as_attachment=True, download_name=order.file_name)


def _own_address(of: OwnResult) -> dict[str, Any]:
    return {"invitation_id": of.invitation.id, "questionnaire": of.found.asked.version.questionnaire}


def _region_address(of: ReleasedResult) -> dict[str, Any]:
    return {"round_id": of.asked.round.id, "questionnaire": of.asked.version.questionnaire}
