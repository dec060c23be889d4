"""A workshop on a closed round: its questions one by one, large enough to project, and what the room settles."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from a2p.access.loading import ClosedResult, closed_result
from a2p.access.loading_agreed import WorkshopQuestion, workshop_question
from a2p.access.policy import Action
from a2p.documents.agreed_view import Settlement, Stop, WorkshopView, stop, workshop_view
from a2p.documents.layout import SCREEN
from a2p.rounds import workshop as rounds
from a2p.rounds.results import disclosed
from a2p.scoring.disclosure import Audience, Disclosed
from a2p.web.agreed_forms import LEFT_OPEN, SettledForm
from a2p.web.database import db
from a2p.web.policy import Policy, current_actor, may
from a2p.web.round_forms import error_list

pages = Blueprint("workshop", __name__, url_prefix="/rounds/<int:round_id>/workshop/<questionnaire>")

SEE = Policy(Action.SEE_AGREED, closed_result)
READ = Policy(Action.SEE_AGREED, workshop_question)
RECORD = Policy(Action.RECORD_AGREED, workshop_question)


@pages.get("", policy=SEE)
def show(found: ClosedResult) -> ResponseReturnValue:
    """The questions, widest disagreement first, with what is agreed already and the agreed scores."""
    return _page("list", found, view=view_of(found))


@pages.get("/<question>", policy=READ)
def show_question(at: WorkshopQuestion) -> ResponseReturnValue:
    """One question, large, with the form for what the room settles on."""
    kept = rounds.settled_of(db.session(), at.found.asked.round, at.found.asked.version).get(at.question.id)
    if kept is None:
        return _question_page(at, SettledForm(), 0)
    form = SettledForm(level=kept.level or LEFT_OPEN, reason=kept.reason, votes=kept.votes)
    return _question_page(at, form, kept.edition)


@pages.post("/<question>", policy=RECORD)
def settle(at: WorkshopQuestion) -> ResponseReturnValue:
    """Record what was settled, and go on to the next question, or back to the one before."""
    asked = at.found.asked
    form, seen = SettledForm(request.form), request.form.get("seen", type=int, default=0)
    here = _stop(at)
    form.offer({level: text.label for level, text in here.levels})
    if not form.validate():
        return _question_page(at, form, seen), 422
    given = rounds.Given(form.agreed, form.reason.data or "", form.votes.data)
    by = current_actor(asked.round.partnership_id, asked.round.id)
    try:
        rounds.settle_question(db.session(), asked.round, asked.version, at.question.id, given, seen, by)
    except rounds.Clash as clash:
        return _question_page(at, form, clash.settled.edition, rounds.given_of(clash.settled)), 409
    db.session.commit()
    flash(f"Saved: question {here.view.number}.")
    return redirect(_address(at.found, here.previous if request.form.get("then") == "previous" else here.next))


def view_of(found: ClosedResult) -> WorkshopView:
    """The workshop's list and the agreed scores, for whoever looks."""
    kept = rounds.settled_of(db.session(), found.asked.round, found.asked.version)
    settled = {question: Settlement(each.level, each.reason, each.votes) for question, each in kept.items()}
    return workshop_view(_disclosed(found), settled, SCREEN)


def _disclosed(found: ClosedResult) -> Disclosed:
    return disclosed(found.result, Audience.COORDINATOR if may("SEE_ROUND") else Audience.FACILITATOR)


def _stop(at: WorkshopQuestion) -> Stop:
    return stop(_disclosed(at.found), at.question.id)


def _question_page(at: WorkshopQuestion, form: SettledForm, seen: int, theirs: rounds.Given | None = None) -> str:
    here = _stop(at)
    labels = {level: text.label for level, text in here.levels}
    form.offer(labels)
    level_items = [{"value": level, "text": text.label, "hint": {"text": text.text}} for level, text in here.levels]
    level_items += [{"divider": "or"}, {"value": LEFT_OPEN, "text": "Left open"}]
    return _page(
        "question",
        at.found,
        stop=here,
        form=form,
        seen=seen,
        agreed_level=labels.get(form.level.data or "", "Left open"),
        theirs=theirs,
        their_level=labels.get(theirs.level or "", "Left open") if theirs else "",
        level_items=level_items,
        errors=error_list(form),
    )


def _page(name: str, found: ClosedResult, **more: object) -> str:
    asked = found.asked
    return render_template(f"pages/workshop/{name}.html", round=asked.round, definition=asked.definition, **more)


def _address(found: ClosedResult, question: str | None) -> str:
    round_id, questionnaire = found.asked.round.id, found.asked.definition.questionnaire
    if question is None:
        return url_for("workshop.show", round_id=round_id, questionnaire=questionnaire)
    return url_for("workshop.show_question", round_id=round_id, questionnaire=questionnaire, question=question)
