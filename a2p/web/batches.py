"""Many documents at once: chosen over all rounds that somebody works with, made one by one, and handed out as a ZIP."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from wtforms import BooleanField, Form, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired

from a2p.access.loading_documents import batch
from a2p.access.policy import Action
from a2p.documents.order import KINDS, MEDIA, READERS_TITLE, Kind, Order
from a2p.ordering.orders import UNFINISHED, cancel, documents_of, order_batch, want
from a2p.ordering.own import Available, available
from a2p.ordering.permitting import may_take
from a2p.ordering.progress import progress_of
from a2p.store.round_tables import Job, Result
from a2p.web.database import db
from a2p.web.document_forms import language_choices
from a2p.web.downloads import note_download
from a2p.web.files import documents
from a2p.web.partner_forms import items
from a2p.web.policy import Policy, current_principal
from a2p.web.queue import the_queue
from a2p.web.release_forms import LEVEL_WORDS
from a2p.web.round_forms import error_list

pages = Blueprint("batches", __name__)

_RELEASED = {"report": Kind(READERS_TITLE["region"], "What the partnership released, and no more", "")}
OWN = Policy(Action.OWN_ACCOUNT)
OWN_BATCH = Policy(Action.OWN_ACCOUNT, batch)


class BatchForm(Form):
    """Of which results, and which documents."""

    result = SelectMultipleField(coerce=int, validators=[DataRequired("Choose at least one questionnaire of a round")])
    kind = SelectMultipleField(validators=[DataRequired("Choose at least one document")])
    large_print = BooleanField()
    language = SelectField(default="")

    def offer(self, found: tuple[Available, ...]) -> BatchForm:
        """Offer these results, and every kind of document and language that there is of any."""
        offered = sorted({language for each in found for language in each.languages})
        self.language.choices = language_choices(offered)
        self.result.choices = [SelectChoice(each.result.id, f"{each.round.name}: {each.title}") for each in found]
        self.kind.choices = [SelectChoice(kind, KINDS[kind].title) for kind in _kinds(found)]
        return self

    def orders(self, of: Available) -> list[Order]:
        """What is wanted of a result; of one that was released, what there is for the region."""
        large, language = bool(self.large_print.data), str(self.language.data)
        wanted = [of.order(kind, large_print=large, language=language) for kind in self.kind.data or ()]
        return [each for each in wanted if each is not None]


@pages.get("/documents", policy=OWN)
def choose(_nothing: object) -> ResponseReturnValue:
    """All closed rounds that one works with, and all documents; `round` has one chosen beforehand."""
    found = available(db.session(), current_principal())
    form = BatchForm().offer(found)
    form.result.data = [each.result.id for each in found if str(each.round.id) == request.args.get("round")]
    return _form_page(form, found)


@pages.post("/documents", policy=OWN)
def order(_nothing: object) -> ResponseReturnValue:
    """Ask for them."""
    principal = current_principal()
    found = available(db.session(), principal)
    form = BatchForm(request.form).offer(found)
    if principal.person_id is None or not form.validate():
        return _form_page(form, found), 422
    chosen = [each for each in found if each.result.id in (form.result.data or ())]
    asked = [
        want(db.session(), each.result, order, principal.person_id) for each in chosen for order in form.orders(each)
    ]
    wanted = [each for each in asked if each is not None]
    if not wanted:
        form.kind.errors = ["Of these results there is the capacity report alone"]
        return _form_page(form, found), 422
    made, jobs = order_batch(db.session(), wanted, principal.person_id)
    batch_id = made.id
    db.session.commit()
    for job_id in jobs:
        the_queue().hand_in(job_id, in_batch=True)
    return redirect(url_for("batches.show", batch_id=batch_id))


@pages.get("/documents/<int:batch_id>", policy=OWN_BATCH)
def show(found: Job) -> ResponseReturnValue:
    """How far it is."""
    _own(found)
    return render_template(
        "pages/documents/batch.html",
        job=found,
        progress=progress_of(db.session(), found),
        waiting=found.state in UNFINISHED,
        parts=documents_of(db.session(), found),
        kinds=KINDS,
    )


@pages.post("/documents/<int:batch_id>/cancel", policy=OWN_BATCH)
def cancel_batch(found: Job) -> ResponseReturnValue:
    """Say that it is wanted no longer."""
    _own(found)
    cancel(db.session(), found)
    db.session.commit()
    return redirect(url_for("batches.show", batch_id=found.id))


@pages.get("/documents/<int:batch_id>/documents.zip", policy=OWN_BATCH)
def download(found: Job) -> ResponseReturnValue:
    """All documents, for who may still have every one of them."""
    _own(found)
    path = documents() / (found.file or "")
    if found.state != "done" or not path.is_file() or not _still_permitted(found):
        abort(404)
    for job in documents_of(db.session(), found):
        if job.state == "done":
            note_download(db.session.get_one(Result, job.result_id), "a document", KINDS[job.kind].title)
    return send_file(path, mimetype=MEDIA["zip"], as_attachment=True, download_name="documents.zip")


def _own(found: Job) -> None:
    if found.person_id is None or found.person_id != current_principal().person_id:
        abort(404)


def _still_permitted(found: Job) -> bool:
    made = (job for job in documents_of(db.session(), found) if job.state == "done")
    return all(may_take(db.session(), job, current_principal().person_id) for job in made)


def _kinds(found: tuple[Available, ...]) -> tuple[str, ...]:
    """The kinds of document that there are of any of these results."""
    return tuple(kind for kind in KINDS if any(each.order(kind, large_print=False) for each in found))


def _form_page(form: BatchForm, found: tuple[Available, ...]) -> str:
    return render_template(
        "pages/documents/many.html",
        form=form,
        items=items,
        found=found,
        kinds={kind: KINDS[kind] for kind in _kinds(found)} if any(not each.level for each in found) else _RELEASED,
        words=LEVEL_WORDS,
        errors=error_list(form) if found else [],
    )
