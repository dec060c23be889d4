"""Asking for, offering and requesting support by name; and what the region's partnerships wish for."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import Form, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from a2p.access.loading import partnership, region
from a2p.access.loading_support import PlacedWish, support_wish
from a2p.access.policy import Action
from a2p.rounds import support
from a2p.rounds.introductions import of_partnership
from a2p.rounds.support import WishRefused
from a2p.rounds.support_requests import STATES, replies_to
from a2p.store.tables import Partnership, Region
from a2p.web.database import db
from a2p.web.policy import Policy, current_actor
from a2p.web.round_forms import error_list

pages = Blueprint("support", __name__)

ASK = Policy(Action.ASK_SUPPORT, partnership)


class WishForm(Form):
    """What a wish is about, and a note for the programme manager."""

    about = SelectField(validators=[InputRequired("Choose one from the list")], validate_choice=False)
    note = TextAreaField(validators=[Length(max=2000, message="The note must be 2,000 characters or less")])


@pages.get("/partnerships/<int:partnership_id>/support", policy=ASK)
def home(place: Partnership) -> ResponseReturnValue:
    """What the partnership asks, offers and requests, and ways to add to it."""
    wishes = support.wishes_of(db.session(), place)
    return render_template(
        "pages/support/home.html",
        place=place,
        wishes=wishes,
        replies=replies_to(db.session(), [each.wish.id for each in wishes]),
        states=STATES,
        waiting=sum(each.waits for each in of_partnership(db.session(), place)),
    )


@pages.get("/partnerships/<int:partnership_id>/support/<any(ask, offer, request):kind>", policy=ASK)
def ask_new(place: Partnership) -> ResponseReturnValue:
    """The form for one wish; `about` in the address chooses what it is about."""
    return _page(place, WishForm(about=request.args.get("about", "")))


@pages.post("/partnerships/<int:partnership_id>/support/<any(ask, offer, request):kind>", policy=ASK)
def add(place: Partnership) -> ResponseReturnValue:
    """Add a wish; the programme manager sees it by name."""
    form = WishForm(request.form)
    if not form.validate():
        return _page(place, form), 422
    by = current_actor(place.id)
    try:
        support.make_wish(db.session(), place, _kind(), form.about.data or "", form.note.data or "", by)
    except WishRefused as refused:
        db.session.rollback()
        form.about.errors = [str(refused)]
        return _page(place, form), 422
    db.session.commit()
    flash("It is on your list, and your region’s programme manager sees it.")
    return redirect(url_for("support.home", partnership_id=place.id))


@pages.post(
    "/partnerships/<int:partnership_id>/support/<int:wish_id>/withdraw",
    policy=Policy(Action.ASK_SUPPORT, support_wish),
)
def withdraw(found: PlacedWish) -> ResponseReturnValue:
    """Take a wish off the list."""
    support.withdraw_wish(db.session(), found.wish, current_actor(found.partnership.id))
    db.session.commit()
    flash("It is withdrawn.")
    return redirect(url_for("support.home", partnership_id=found.partnership.id))


@pages.get("/regions/<int:region_id>/support", policy=Policy(Action.SEE_REGION, region))
def of_region(shown: Region) -> ResponseReturnValue:
    """What the region's partnerships ask, offer and request, by name."""
    wishes = support.wishes_in(db.session(), shown.id)
    replies = replies_to(db.session(), [each.wish.id for each in wishes])
    return render_template("pages/support/region.html", region=shown, wishes=wishes, replies=replies, states=STATES)


def _page(place: Partnership, form: WishForm) -> str:
    kind = _kind()
    form.about.choices = [SelectChoice(key, words) for key, words in support.choices(db.session(), place, kind).items()]
    items = [{"value": choice.value, "text": choice.label} for choice in form.about.choices]
    errors = error_list(form)
    return render_template("pages/support/new.html", place=place, kind=kind, form=form, items=items, errors=errors)


def _kind() -> str:
    """The kind of wish that the address names."""
    return str((request.view_args or {})["kind"])
