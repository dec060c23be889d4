"""Passing an invitation to a deputy: who, what that means, done."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from wtforms import Form, StringField
from wtforms.validators import DataRequired, Length, ValidationError

from a2p.access.loading import invitation
from a2p.access.policy import Action
from a2p.rounds.inviting import AnsweredTogether
from a2p.rounds.opening import RoundClosed
from a2p.rounds.passing import (
    AddressTaken,
    AlreadySubmitted,
    Deputy,
    PassedOnAlready,
    pass_on,
    refuse_unless_passable,
)
from a2p.scoring.partners import BadAddress, normal_email, one_line
from a2p.store.round_tables import Invitation
from a2p.web.database import db
from a2p.web.policy import Policy
from a2p.web.queue import the_queue
from a2p.web.respondent import signed_in_as

pages = Blueprint("deputy", __name__)

OWN = Policy(Action.DELEGATE, invitation)
TAKEN = "This address can’t be used in this round. Choose somebody else, or ask the person who invited you"


class DeputyForm(Form):
    """The deputy's name and address."""

    name = StringField(
        filters=[lambda text: one_line(text or "")],
        validators=[
            DataRequired("Enter your deputy’s name"),
            Length(max=200, message="The name must be 200 characters or less"),
        ],
    )
    email = StringField(
        filters=[lambda text: (text or "").strip()], validators=[DataRequired("Enter your deputy’s e-mail address")]
    )

    def validate_email(self, field: StringField) -> None:
        """Something that a letter can go to."""
        try:
            normal_email(field.data or "")
        except BadAddress:
            raise ValidationError("Enter an e-mail address in full, such as name@example.org") from None

    @property
    def deputy(self) -> Deputy:
        """What was entered, once it is in order."""
        return Deputy(str(self.name.data), normal_email(str(self.email.data)))


@pages.get("/answer/<int:invitation_id>/deputy", policy=OWN)
def ask(invited: Invitation) -> ResponseReturnValue:
    """Who is to answer instead; or why it can't be passed on."""
    return _refusal(invited) or _form(invited, DeputyForm())


@pages.post("/answer/<int:invitation_id>/deputy", policy=OWN, endpoint="check")
def check(invited: Invitation) -> ResponseReturnValue:
    """What it means to pass it on, to be confirmed. Nothing is done yet."""
    form = DeputyForm(request.form)
    refused = _refusal(invited)
    if refused:
        return refused, 409
    if not form.validate():
        return _form(invited, form), 422
    return render_template("pages/deputy/confirm.html", **_common(invited), deputy=form.deputy)


@pages.post("/answer/<int:invitation_id>/deputy/confirm", policy=OWN)
def confirm(invited: Invitation) -> ResponseReturnValue:
    """Pass it on. This browser may answer it no more, so there is no page to go on to but this."""
    form = DeputyForm(request.form)
    if not form.validate():
        return _form(invited, form), 422
    try:
        pass_on(db.session(), invited, form.deputy)
    except AddressTaken:
        form.email.errors = [*form.email.errors, TAKEN]
        return _form(invited, form), 422
    except (RoundClosed, AnsweredTogether, AlreadySubmitted, PassedOnAlready) as reason:
        return _refused(invited, reason), 409
    db.session.commit()
    the_queue().hand_in_letters()
    return render_template("pages/deputy/passed.html", round=invited.round, deputy=form.deputy)


def _refusal(invited: Invitation) -> str:
    try:
        refuse_unless_passable(db.session(), invited)
    except (RoundClosed, AnsweredTogether, AlreadySubmitted) as reason:
        return _refused(invited, reason)
    return ""


def _refused(invited: Invitation, reason: Exception) -> str:
    return render_template("pages/deputy/refused.html", **_common(invited), reason=type(reason).__name__)


def _form(invited: Invitation, form: DeputyForm) -> str:
    errors = [{"text": text, "href": f"#{field.name}"} for field in form for text in field.errors[:1]]
    return render_template("pages/deputy/ask.html", **_common(invited), form=form, errors=errors)


def _common(invited: Invitation) -> dict[str, object]:
    """What every page here shows."""
    return {"invitation": invited, "round": invited.round, "signed_in": signed_in_as(invited)}
