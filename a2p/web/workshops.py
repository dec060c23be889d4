"""The workshops that were held on a closed round: the list, one of them, recording one and changing it."""

from __future__ import annotations

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from a2p.access.loading_agreed import RoundWorkshop, closed_once, round_workshop
from a2p.access.policy import Action
from a2p.ordering.records import order_record
from a2p.rounds import workshops as rounds
from a2p.rounds.opening import opening_day
from a2p.rounds.partners import organisations_of
from a2p.rounds.records import DRAFT, FINAL, addresses_of, is_draft, letters_of, send_record
from a2p.store.audit import Actor
from a2p.store.definitions import definition_of
from a2p.store.letter_tables import Letter
from a2p.store.outcome_tables import Workshop
from a2p.store.round_tables import Job, Round
from a2p.web.database import db
from a2p.web.files import documents
from a2p.web.partner_forms import items
from a2p.web.policy import Policy, current_actor, current_principal, may
from a2p.web.queue import the_queue
from a2p.web.round_forms import error_list
from a2p.web.wording import record_words
from a2p.web.workshop_forms import VERSIONS, SendForm, WorkshopForm

pages = Blueprint("workshops", __name__, url_prefix="/rounds/<int:round_id>/workshops")

SEE = Policy(Action.SEE_AGREED, closed_once)
ADD = Policy(Action.RECORD_AGREED, closed_once)
READ = Policy(Action.SEE_AGREED, round_workshop)
CHANGE = Policy(Action.RECORD_AGREED, round_workshop)


@pages.get("", policy=SEE)
def show(shown: Round) -> ResponseReturnValue:
    """The workshops held on a round, and the questions that were gone through."""
    held = [(each, rounds.meeting_of(db.session(), each)) for each in rounds.workshops_of(db.session(), shown)]
    definitions = [definition_of(version) for version in shown.versions]
    return _page("list", shown, held=held, definitions=definitions)


@pages.get("/new", policy=ADD)
def new(shown: Round) -> ResponseReturnValue:
    """The form that records a workshop."""
    return _form_page(shown, _form(shown))


@pages.post("/new", policy=ADD)
def add(shown: Round) -> ResponseReturnValue:
    """Record a workshop."""
    form = _form(shown, posted=True)
    if not form.validate() or form.meeting is None:
        return _form_page(shown, form), 422
    added = rounds.add_workshop(db.session(), shown, form.meeting, _by(shown))
    db.session.commit()
    flash("The workshop is recorded.")
    return redirect(url_for("workshops.read", round_id=shown.id, workshop_id=added.id))


@pages.get("/<int:workshop_id>", policy=READ)
def read(found: RoundWorkshop) -> ResponseReturnValue:
    """All that is kept of a workshop."""
    return _workshop_page(found, SendForm())


@pages.get("/<int:workshop_id>/change", policy=CHANGE)
def edit(found: RoundWorkshop) -> ResponseReturnValue:
    """The form that changes what is recorded of a workshop."""
    form = _form(found.round, found.workshop)
    return _form_page(found.round, form, found.workshop, found.workshop.edition)


@pages.post("/<int:workshop_id>/change", policy=CHANGE)
def change(found: RoundWorkshop) -> ResponseReturnValue:
    """Change it, or show what somebody else made of it meanwhile beside what was typed."""
    form = _form(found.round, posted=True)
    seen = request.form.get("seen", type=int, default=0)
    if not form.validate() or form.meeting is None:
        return _form_page(found.round, form, found.workshop, seen), 422
    try:
        rounds.change_workshop(db.session(), found.workshop, form.meeting, seen, _by(found.round))
    except rounds.Clash as clash:
        theirs = rounds.meeting_of(db.session(), clash.workshop)
        return _form_page(found.round, form, clash.workshop, clash.workshop.edition, theirs), 409
    db.session.commit()
    flash("The workshop is saved.")
    return redirect(url_for("workshops.read", round_id=found.round.id, workshop_id=found.workshop.id))


@pages.post("/<int:workshop_id>/send", policy=CHANGE)
def send(found: RoundWorkshop) -> ResponseReturnValue:
    """Send the record to those who came and left an address, as a draft for correction or final."""
    form, person_id = SendForm(request.form), current_principal().person_id
    if not form.validate() or person_id is None:
        return _workshop_page(found, form), 422
    version = order_record(
        db.session(), found.round, draft=form.version.data == DRAFT, person_id=person_id, documents=documents()
    )
    if version is None or not addresses_of(db.session(), found.workshop):
        form.version.errors = ["There is no record to send, or nobody to send it to"]
        return _workshop_page(found, form), 422
    written = send_record(db.session(), found.workshop, version, _by(found.round))
    jobs = [db.session.get_one(Job, number) for number in version.jobs]
    waiting = [job.id for job in jobs if job.state == "queued"]
    db.session.commit()
    for job_id in waiting:
        the_queue().hand_in(job_id)
    the_queue().hand_in_letters()
    flash(_sent(written))
    return redirect(url_for("workshops.read", round_id=found.round.id, workshop_id=found.workshop.id))


def _sent(written: int) -> str:
    if not written:
        return "Everybody has this version already, and it is not sent twice."
    return "The record is on its way to " + ("one person." if written == 1 else f"{written} people.")


def _version(letter: Letter) -> str:
    return VERSIONS[DRAFT if is_draft(letter) else FINAL]


def _workshop_page(found: RoundWorkshop, form: SendForm) -> str:
    sees_addresses = may("RECORD_AGREED")
    sent = [each for each in letters_of(db.session(), found.workshop) if each.address] if sees_addresses else []
    return _page(
        "workshop",
        found.round,
        workshop=found.workshop,
        meeting=rounds.meeting_of(db.session(), found.workshop),
        months=_months(),
        form=form,
        errors=error_list(form),
        addresses=addresses_of(db.session(), found.workshop) if sees_addresses else (),
        sent=[(each, record_words(each), _version(each)) for each in sent],
        versions=items(form.version),
    )


def _page(name: str, shown: Round, **more: object) -> str:
    return render_template(f"pages/workshops/{name}.html", round=shown, **more)


def _form(shown: Round, kept: Workshop | None = None, *, posted: bool = False) -> WorkshopForm:
    form = WorkshopForm(request.form) if posted else WorkshopForm(obj=kept)
    names = [each.name for each in organisations_of(db.session(), shown.partnership_id)]
    form.offer(names, opening_day(shown))
    if kept is not None:
        form.fill(rounds.meeting_of(db.session(), kept))
    return form


def _form_page(
    shown: Round,
    form: WorkshopForm,
    kept: Workshop | None = None,
    seen: int = 0,
    theirs: rounds.Meeting | None = None,
) -> str:
    """The form; after a clash with `theirs`, what was saved meanwhile."""
    return _page(
        "form",
        shown,
        form=form,
        workshop=kept,
        seen=seen,
        organisation_items=items(form.organisations),
        errors=error_list(form),
        theirs=theirs,
        differs=rounds.differences(form.meeting, theirs) if theirs and form.meeting else (),
        months=_months(),
    )


def _by(shown: Round) -> Actor:
    return current_actor(shown.partnership_id, shown.id)


def _months() -> str:
    """How long people are kept, in words."""
    months = current_app.config["A2P"].kept_months
    return "1 month" if months == 1 else f"{months} months"
