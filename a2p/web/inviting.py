"""Inviting people to a round: chosen from the list of partners, shown once more, then done; or one person by a form."""

from __future__ import annotations

from flask import Blueprint, current_app, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from a2p.access.loading import round_
from a2p.access.policy import Action
from a2p.rounds import choosing, inviting, letters, partners
from a2p.rounds.inviting import AnsweredTogether, Invited, Invitee, SectorDiffers
from a2p.rounds.opening import RoundClosed, is_planned
from a2p.scoring.partners import LAYER_NAMES, SECTOR_NAMES
from a2p.store.base import today
from a2p.store.definitions import definition_of
from a2p.store.round_tables import Round
from a2p.web.choice import Choice, chosen_of, first_choice, sent_choice
from a2p.web.database import db
from a2p.web.partner_forms import InviteForm, items
from a2p.web.policy import Policy, current_actor
from a2p.web.queue import the_queue
from a2p.web.round_forms import error_list

pages = Blueprint("inviting", __name__, url_prefix="/rounds/<int:round_id>/people")

INVITE = Policy(Action.INVITE, round_)


@pages.get("/choose", policy=INVITE)
def choose(shown: Round) -> ResponseReturnValue:
    """Choose from the list of partners; who is not invited yet is ticked."""
    _refuse(shown)
    found = choosing.candidates(db.session(), shown)
    return _choose_page(shown, found, first_choice(shown, found))


@pages.post("/choose", policy=INVITE)
def choose_again(shown: Round) -> ResponseReturnValue:
    """Tick all, none or those of last time; or go on to the page that shows once more who is invited to what."""
    _refuse(shown)
    then = request.form.get("then", "check")
    last = choosing.last_round(db.session(), shown)
    if then == "last" and last is not None:
        people = choosing.people_of_last(db.session(), last, current_actor(shown.partnership_id, shown.id))
        db.session.commit()
        return _choose_page(shown, choosing.candidates(db.session(), shown), sent_choice(shown).of(people))
    found = choosing.candidates(db.session(), shown)
    choice = sent_choice(shown)
    if then in ("all", "none"):
        return _choose_page(shown, found, choice.of(frozenset(each.id for each in found.people if then == "all")))
    if then == "change":
        return _choose_page(shown, found, choice)
    errors = choice.errors(found.people)
    if not found.people:
        return _choose_page(shown, found, choice), 409  # all were invited meanwhile, and the page says so
    if errors:
        return _choose_page(shown, found, choice, errors), 422
    return _page("check_people", shown, choice=choice, found=found, chosen=chosen_of(shown, found, choice))


@pages.post("/invite", policy=INVITE)
def invite_chosen(shown: Round) -> ResponseReturnValue:
    """Invite those who were chosen. Links that no letter carries are shown, this once."""
    found, choice = choosing.candidates(db.session(), shown), sent_choice(shown)
    _refuse(shown)
    if choice.people and not choice.people & {each.id for each in found.people}:
        flash("Everybody you chose is invited already.")
        return redirect(url_for("coordinate.show_round", round_id=shown.id))
    if not found.people or choice.errors(found.people):
        return redirect(url_for("inviting.choose", round_id=shown.id))
    by = current_actor(shown.partnership_id, shown.id)
    made = inviting.invite_contacts(db.session(), shown, chosen_of(shown, found, choice), by)
    letters.send_invitations(db.session(), shown, by)
    db.session.commit()
    the_queue().hand_in_letters()
    by_hand = [each for each in made if each.token]
    if by_hand:
        return _page("links", shown, made=made, links=[(each.invitation, _link(each)) for each in by_hand])
    flash(_told(made) if made else "Everybody you chose is invited already.")
    return redirect(url_for("coordinate.show_round", round_id=shown.id))


@pages.get("/new", policy=INVITE)
def new_person(shown: Round) -> ResponseReturnValue:
    """The form that invites somebody who may not be on the list."""
    return _new_person_page(shown, InviteForm())


@pages.post("/new", policy=INVITE)
def invite_person(shown: Round) -> ResponseReturnValue:
    """Invite somebody, and keep them on the list of partners if that is wished."""
    form = InviteForm(request.form)
    if not form.validate():
        return _new_person_page(shown, form), 422
    try:
        made = _invite(shown, form)
    except SectorDiffers as differs:
        known = SECTOR_NAMES[differs.known]
        form.sector.errors = [f"{form.organisation.data} is known here as {known}. Choose that sector"]
        return _new_person_page(shown, form), 422
    except inviting.AlreadyInvited as known_as:
        form.email.errors = [f"{known_as.invitation.name} has been invited with this e-mail address"]
        return _new_person_page(shown, form), 422
    db.session.commit()
    the_queue().hand_in_letters()
    if made.token:
        session["fresh_link"] = [made.invitation.id, made.token]
    else:
        flash(_told([made]))
    return redirect(url_for("coordinate.show_round", round_id=shown.id))


@pages.errorhandler(AnsweredTogether)
def no_such_page(_error: AnsweredTogether) -> ResponseReturnValue:
    """Nobody is invited apart to a round answered together."""
    return render_template("pages/error_404.html"), 404


@pages.errorhandler(RoundClosed)
def too_late(_error: RoundClosed) -> ResponseReturnValue:
    """The round was closed meanwhile, perhaps in another window."""
    return render_template("pages/coordinate/too_late.html"), 409


def _invite(shown: Round, form: InviteForm) -> Invited:
    by, details = current_actor(shown.partnership_id, shown.id), form.details
    who = Invitee(
        details.name, form.organisation.data, form.sector.data, details.councillor, details.layer, details.email
    )
    made = inviting.invite(db.session(), shown, who, by)
    if form.keep.data and made.invitation.organisation is not None:
        kept = partners.find_or_add_contact(db.session(), made.invitation.organisation, details, by)
        made.invitation.contact_id = kept.id
    letters.send_invitations(db.session(), shown, by)
    return made


def _refuse(shown: Round) -> None:
    if shown.closed is not None:
        raise RoundClosed
    if shown.together:
        raise AnsweredTogether


def _page(name: str, shown: Round, **more: object) -> str:
    definitions = [definition_of(version) for version in shown.versions]
    return render_template(
        f"pages/inviting/{name}.html",
        round=shown,
        definitions=definitions,
        titles={each.questionnaire: each.title for each in definitions},
        layers=LAYER_NAMES,
        **more,
    )


def _choose_page(
    shown: Round, found: choosing.Candidates, choice: Choice, errors: list[dict[str, str]] | None = None
) -> str:
    groups = partners.by_sector(found.bodies)
    last = choosing.last_round(db.session(), shown)
    return _page(
        "choose", shown, found=found, groups=groups, sectors=SECTOR_NAMES, choice=choice, last=last, errors=errors or []
    )


def _new_person_page(shown: Round, form: InviteForm) -> str:
    return _page(
        "new_person",
        shown,
        form=form,
        organisations=partners.organisations_of(db.session(), shown.partnership_id),
        sector_items=items(form.sector),
        councillor_items=items(form.councillor),
        layer_items=items(form.layer),
        errors=error_list(form),
    )


def _told(made: list[Invited]) -> str:
    who = made[0].invitation.name if len(made) == 1 else f"{len(made)} people"
    when = "when the round opens" if is_planned(made[0].invitation.round, today()) else "now"
    return f"Invited: {who}. {'Their letter goes' if len(made) == 1 else 'Their letters go'} out {when}."


def _link(made: Invited) -> str:
    """Made from the site's own address, never from the request's."""
    return str(current_app.config["A2P"].public_base_url) + url_for("links.invitation", token=made.token)
