"""Practitioner associates: the programme manager asks and finds them; they agree on a page of their own, by a mailed
link that reading never uses up."""

from __future__ import annotations

import json

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from a2p.access.loading import region
from a2p.access.loading_matching import (
    AssociateIntroduction,
    AssociateLink,
    RegionAssociate,
    associate_introduction,
    associate_link,
    region_associate,
)
from a2p.access.policy import Action
from a2p.access.roster import NotAnAddress, address_of
from a2p.rounds import associates, introductions
from a2p.rounds.associates import ASSOCIATE, AssociateRefused
from a2p.rounds.introductions import IntroductionRefused
from a2p.rounds.support_modules import sections_offered
from a2p.store.region_tables import Associate
from a2p.store.tables import Region
from a2p.web.account import NO_ADDRESS
from a2p.web.asked_letters import ask_for
from a2p.web.associate_forms import AskForm, OfferForm
from a2p.web.database import db
from a2p.web.matching import yes_or_no
from a2p.web.policy import Policy, current_actor
from a2p.web.queue import the_queue
from a2p.web.round_forms import error_list

pages = Blueprint("associates", __name__)
OF_REGION = "/regions/<int:region_id>/associates"

MATCH = Policy(Action.MATCH, region)
ONE = Policy(Action.MATCH, region_associate)
LINK = Policy(Action.OPEN_LINK, associate_link)
ASK_LINK = Policy(Action.ASK_LINK)
ANSWER = Policy(Action.OPEN_LINK, associate_introduction)


@pages.get(OF_REGION, policy=MATCH)
def show(shown: Region) -> ResponseReturnValue:
    """The region's associates; `section` in the address finds those who help on it."""
    groups = sections_offered(db.session())
    titles = {key: f"{group.title}: {title}" for group in groups for key, title in group.sections.items()}
    section = request.args.get("section", "")
    section = section if section in titles else ""
    found = associates.associates_of(db.session(), shown.id, section)
    return render_template(
        "pages/associates/list.html",
        region=shown,
        listed=[(each, [titles[key] for key in json.loads(each.sections) if key in titles]) for each in found],
        section=section,
        items=[{"value": "", "text": "All"}, *({"value": key, "text": title} for key, title in titles.items())],
    )


@pages.get(f"{OF_REGION}/new", policy=MATCH)
def new(shown: Region) -> ResponseReturnValue:
    """The form that asks somebody."""
    return _ask_page(shown, AskForm())


@pages.post(f"{OF_REGION}/new", policy=MATCH)
def ask(shown: Region) -> ResponseReturnValue:
    """Ask somebody by a letter."""
    form = AskForm(request.form)
    if not form.validate():
        return _ask_page(shown, form), 422
    by = current_actor(region_id=shown.id)
    try:
        associates.ask(db.session(), shown, form.name.data or "", form.email.data or "", by)
    except AssociateRefused as refused:
        db.session.rollback()
        form.email.errors = [str(refused)]
        return _ask_page(shown, form), 422
    db.session.commit()
    the_queue().hand_in_letters()
    flash("They are asked by letter, and on nobody’s list until they agree.")
    return redirect(url_for("associates.show", region_id=shown.id))


@pages.post(f"{OF_REGION}/<int:associate_id>/send", policy=ONE)
def send_again(found: RegionAssociate) -> ResponseReturnValue:
    """Send a fresh link."""
    try:
        associates.send_again(db.session(), found.associate, current_actor(region_id=found.region.id))
    except AssociateRefused as refused:
        db.session.rollback()
        return render_template(
            "pages/matching/refused.html",
            reason=str(refused),
            back=url_for("associates.show", region_id=found.region.id),
        ), 409
    db.session.commit()
    the_queue().hand_in_letters()
    flash("A fresh link is on its way.")
    return redirect(url_for("associates.show", region_id=found.region.id))


@pages.post(f"{OF_REGION}/<int:associate_id>/end", policy=ONE)
def end(found: RegionAssociate) -> ResponseReturnValue:
    """Take somebody off the list."""
    associates.withdraw(db.session(), found.associate, current_actor(region_id=found.region.id))
    db.session.commit()
    flash("They are off the list.")
    return redirect(url_for("associates.show", region_id=found.region.id))


@pages.get("/associate", policy=ASK_LINK)
def lost(_nothing: object) -> ResponseReturnValue:
    """Where an associate whose link is lost asks for a fresh one."""
    return _lost_page()


@pages.post("/associate", policy=ASK_LINK)
def ask_link(_nothing: object) -> ResponseReturnValue:
    """Write a letter to an address, whoever's it is; what comes back is the same for all."""
    typed = request.form.get("email", "")
    try:
        address = address_of(typed)
    except NotAnAddress:
        return _lost_page(typed, NO_ADDRESS), 422
    too_many = ask_for("associate-link", address, {})
    return too_many or render_template("pages/associates/asked.html", address=address)


@pages.get("/associate/<token>", policy=LINK)
def page(found: AssociateLink) -> ResponseReturnValue:
    """An associate's own page. Reading it agrees to nothing: mail scanners open links too."""
    if found.associate is None:
        return _over()
    return _own_page(found.token, found.associate, OfferForm.of(found.associate))


@pages.post("/associate/<token>", policy=LINK)
def agree(found: AssociateLink) -> ResponseReturnValue:
    """Agree, or change what is offered."""
    row = found.associate
    if row is None:
        return _over()
    form = OfferForm(request.form).offer_sections(sections_offered(db.session()))
    if not form.validate():
        return _own_page(found.token, row, form), 422
    try:
        associates.agree(db.session(), row, form.offer, request.form.get("seen", type=int, default=0))
    except AssociateRefused as refused:
        db.session.rollback()
        form.name.errors = [str(refused)]
        return _own_page(found.token, row, form), 409
    db.session.commit()
    flash("Thank you. What you offer is saved.")
    return redirect(url_for("associates.page", token=found.token))


@pages.post("/associate/<token>/withdraw", policy=LINK)
def withdraw(found: AssociateLink) -> ResponseReturnValue:
    """Withdraw: off every list at once."""
    if found.associate is None:
        return _over()
    associates.withdraw(db.session(), found.associate)
    db.session.commit()
    return render_template("pages/associates/withdrawn.html")


@pages.post("/associate/<token>/introductions/<int:introduction_id>", policy=ANSWER)
def answer(found: AssociateIntroduction) -> ResponseReturnValue:
    """The associate's yes or no to an introduction."""
    back = url_for("associates.page", token=found.token)
    try:
        introductions.answer(db.session(), found.introduction, "helper", yes_or_no(), ASSOCIATE)
    except IntroductionRefused as refused:
        db.session.rollback()
        return render_template("pages/matching/refused.html", reason=str(refused), back=back), 409
    db.session.commit()
    the_queue().hand_in_letters()
    flash("Your answer is noted.")
    return redirect(back)


def _over() -> ResponseReturnValue:
    return render_template("pages/associates/link_over.html"), 404


def _lost_page(typed: str = "", error: str = "") -> str:
    errors = [{"text": error, "href": "#email"}] if error else []
    return render_template("pages/associates/lost.html", typed=typed, error=error, errors=errors)


def _ask_page(shown: Region, form: AskForm) -> str:
    return render_template("pages/associates/ask.html", region=shown, form=form, errors=error_list(form))


def _own_page(token: str, row: Associate, form: OfferForm) -> str:
    return render_template(
        "pages/associates/page.html",
        token=token,
        associate=row,
        region=db.session.get_one(Region, row.region_id),
        form=form.offer_sections(sections_offered(db.session())),
        introductions=introductions.of_associate(db.session(), row),
        errors=error_list(form),
    )
