"""What support a region has run, when and for whom: told by its programme manager."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import Form, SelectField, SelectMultipleField, ValidationError
from wtforms.validators import InputRequired

from a2p.access.loading import region
from a2p.access.loading_region import RegionRun, region_run
from a2p.access.policy import Action
from a2p.rounds import support_runs
from a2p.rounds.regional_rounds import places_of
from a2p.store.base import today
from a2p.store.support_modules import modules_of
from a2p.store.tables import Region
from a2p.web.agreed_forms import lines_field
from a2p.web.database import db
from a2p.web.day_field import DayField
from a2p.web.partner_forms import choices, items
from a2p.web.policy import Policy, current_actor
from a2p.web.round_forms import error_list

pages = Blueprint("runs", __name__)
OF_REGION = "/regions/<int:region_id>/runs"

KEEP = Policy(Action.KEEP_SUPPORT, region)
TAKE_BACK = Policy(Action.KEEP_SUPPORT, region_run)


class RunForm(Form):
    """Which module, when, which partnerships took part, and a note."""

    module = SelectField(validate_choice=False)
    held = DayField("The day")
    places = SelectMultipleField(
        validators=[InputRequired("Choose the partnerships that took part")], validate_choice=False
    )
    note = lines_field("The note")

    def validate_module(self, field: SelectField) -> None:
        """One of the region's modules."""
        if not field.data or field.data not in {choice.value for choice in field.choices}:
            raise ValidationError("Choose what was run from the list")

    def validate_held(self, field: DayField) -> None:
        """A day that has come."""
        if field.day is None:
            if not field.process_errors:
                raise ValidationError("Enter the day it was held")
        elif field.day > today():
            raise ValidationError("The day must be today or in the past: what is to come belongs in a plan")

    def validate_places(self, field: SelectMultipleField) -> None:
        """Partnerships of the region."""
        if set(field.data or ()) - {choice.value for choice in field.choices}:
            raise ValidationError("Choose partnerships from the list")

    def offer(self, shown: Region) -> RunForm:
        """Let it be one of the region's modules, for some of its partnerships."""
        titles = {module.id: module.title for module in modules_of(db.session(), shown.id)}
        self.module.choices = choices({"": "Choose", **titles})
        places = places_of(db.session(), shown.id, date.min)
        self.places.choices = choices({str(place.id): place.name for place in places})
        return self


@pages.get(OF_REGION, policy=KEEP)
def show(shown: Region) -> ResponseReturnValue:
    """What was run, the newest first."""
    return render_template("pages/runs/list.html", region=shown, runs=support_runs.runs_of(db.session(), shown.id))


@pages.get(f"{OF_REGION}/new", policy=KEEP)
def new(shown: Region) -> ResponseReturnValue:
    """The form that adds to it."""
    return _form_page(shown, RunForm().offer(shown))


@pages.post(f"{OF_REGION}/new", policy=KEEP)
def add(shown: Region) -> ResponseReturnValue:
    """Keep what was run."""
    form = RunForm(request.form).offer(shown)
    if not form.validate() or form.held.day is None:
        return _form_page(shown, form), 422
    places = {int(each) for each in form.places.data}
    by = current_actor(region_id=shown.id)
    support_runs.record_run(db.session(), shown, form.module.data, form.held.day, places, form.note.data or "", by)
    return _done(shown, "It is kept.")


@pages.post(f"{OF_REGION}/<int:run_id>/take-back", policy=TAKE_BACK)
def take_back(found: RegionRun) -> ResponseReturnValue:
    """Take back what was told by mistake."""
    support_runs.forget_run(db.session(), found.run, current_actor(region_id=found.region.id))
    return _done(found.region, "It is taken back.")


def _done(shown: Region, said: str) -> ResponseReturnValue:
    region_id = shown.id
    db.session.commit()
    flash(said)
    return redirect(url_for("runs.show", region_id=region_id))


def _form_page(shown: Region, form: RunForm) -> str:
    return render_template(
        "pages/runs/form.html",
        region=shown,
        form=form,
        module_items=items(form.module),
        place_items=items(form.places),
        errors=error_list(form),
    )
