"""The whole audit log, and whether its chain is whole."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from wtforms import Form

from a2p.access import journal
from a2p.access.policy import Action
from a2p.rounds import gazetteer
from a2p.web.admin.parts import asked_page, paging, squeezed
from a2p.web.database import db
from a2p.web.day_field import DayField
from a2p.web.policy import Policy
from a2p.web.round_forms import error_list

pages = Blueprint("admin_audit", __name__)
WHOLE = Policy(Action.SEE_WHOLE_AUDIT)


class _DayForm(Form):
    day = DayField(label="The day")


@pages.get("/admin/audit", policy=WHOLE)
def audit(_nothing: object) -> ResponseReturnValue:
    """What was done, newest first; of one partnership, of one kind, of one day."""
    form = _DayForm(request.args)
    form.validate()
    label, action = squeezed(request.args.get("partnership")), squeezed(request.args.get("action"))
    labels = gazetteer.every_partnership(db.session())
    errors = error_list(form, {"day": "day-day"})
    if label and label not in labels:
        errors.append({"text": "Enter a partnership as the list has it", "href": "#partnership"})
    asked = journal.Asked(labels[label].id if label in labels else None, action, form.day.day, asked_page())
    lines, number = journal.lines(db.session(), asked)
    kept = {"partnership": label, "action": action, **_boxes(form.day.typed)}
    return render_template(
        "pages/admin/audit.html",
        lines=lines,
        number=number,
        form=form,
        label=label,
        labels=list(labels),
        action=action,
        actions=journal.actions(db.session()),
        paging=paging("admin_audit.audit", number, journal.PAGE, kept),
        errors=errors,
    ), (422 if errors else 200)


@pages.get("/admin/audit/chain", policy=WHOLE)
def chain(_nothing: object) -> ResponseReturnValue:
    """Follow the chain through every event, and say whether it is whole."""
    return render_template("pages/admin/chain.html", chain=journal.chain(db.session()))


def _boxes(typed: tuple[str, ...]) -> dict[str, str]:
    return dict(zip(("day-day", "day-month", "day-year"), typed, strict=True))
