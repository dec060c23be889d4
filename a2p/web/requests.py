"""Answering a partnership's request for a support module."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import Form, RadioField
from wtforms.validators import AnyOf

from a2p.access.loading_region import RegionRequest, region_request
from a2p.access.policy import Action
from a2p.rounds import support_requests
from a2p.rounds.support import words_of
from a2p.rounds.support_requests import STATES, RequestOver
from a2p.web.agreed_forms import lines_field
from a2p.web.database import db
from a2p.web.partner_forms import choices, items
from a2p.web.policy import Policy, current_actor
from a2p.web.queue import the_queue
from a2p.web.round_forms import error_list

pages = Blueprint("requests", __name__)

OVER = "The partnership withdrew this request meanwhile: nobody waits for an answer"
ANSWER = Policy(Action.KEEP_SUPPORT, region_request)


class ReplyForm(Form):
    """How the request stands, and a text."""

    state = RadioField(
        choices=choices(dict(STATES)),
        validators=[AnyOf(list(STATES), message="Say how the request stands")],
        validate_choice=False,
    )
    text = lines_field("The answer")


@pages.get("/regions/<int:region_id>/support/<int:wish_id>", policy=ANSWER)
def show(found: RegionRequest) -> ResponseReturnValue:
    """A request with what was answered, and the form to answer it."""
    return _page(found, ReplyForm())


@pages.post("/regions/<int:region_id>/support/<int:wish_id>", policy=ANSWER)
def reply(found: RegionRequest) -> ResponseReturnValue:
    """Answer it; the partnership's coordinators get a letter."""
    form = ReplyForm(request.form)
    if not form.validate():
        return _page(found, form), 422
    region_id, name = found.region.id, found.partnership.name
    by = current_actor(region_id=region_id)
    try:
        support_requests.reply(db.session(), found.wish, form.state.data, form.text.data or "", by)
    except RequestOver:
        db.session.rollback()
        form.state.errors = [OVER]
        return _page(found, form), 422
    db.session.commit()
    the_queue().hand_in_letters()
    flash(f"It is answered. The coordinators of {name} get a letter.")
    return redirect(url_for("support.of_region", region_id=region_id))


def _page(found: RegionRequest, form: ReplyForm) -> str:
    return render_template(
        "pages/support/request.html",
        region=found.region,
        place=found.partnership,
        wish=found.wish,
        title=words_of(db.session(), found.region.id).get(found.wish.about, found.wish.about),
        answer=support_requests.replies_to(db.session(), [found.wish.id]).get(found.wish.id),
        states=STATES,
        form=form,
        state_items=items(form.state),
        errors=error_list(form),
    )
