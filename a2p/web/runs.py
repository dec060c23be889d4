"""What support a region has run, when and for whom: told by its programme manager."""

from __future__ import annotations

from collections.abc import Collection
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
from a2p.rounds.support_runs import Account, RunClash
from a2p.store.base import today
from a2p.store.region_tables import SupportRun
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
OF_RUN = Policy(Action.KEEP_SUPPORT, region_run)


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

    def offer(self, shown: Region, run: SupportRun | None = None) -> RunForm:
        """Let it be one of the region's modules, or what is told of `run` by now, for some of its partnerships."""
        titles = {module.id: module.title for module in modules_of(db.session(), shown.id)}
        if run is not None:
            titles.setdefault(run.module, run.title)
        self.module.choices = choices({"": "Choose", **titles})
        places = places_of(db.session(), shown.id, date.min)
        self.places.choices = choices({str(place.id): place.name for place in places})
        return self

    @classmethod
    def of(cls, told: Account) -> RunForm:
        """The form as it was when this was told."""
        places = [str(id_) for id_ in sorted(told.places)]
        return cls(module=told.module, held=told.held, places=places, note=told.note)

    @property
    def account(self) -> Account:
        """What was told. ValueError before it is valid."""
        if self.held.day is None:
            raise ValueError("the form is not valid")
        places = frozenset(int(each) for each in self.places.data or ())
        return Account(self.module.data, self.held.day, places, self.note.data or "")


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
    if not form.validate():
        return _form_page(shown, form), 422
    support_runs.record_run(db.session(), shown, form.account, current_actor(region_id=shown.id))
    return _done(shown, "It is kept.")


@pages.get(f"{OF_REGION}/<int:run_id>", policy=OF_RUN)
def edit(found: RegionRun) -> ResponseReturnValue:
    """The form that changes what was told."""
    form = RunForm.of(support_runs.account_of(db.session(), found.run)).offer(found.region, found.run)
    return _form_page(found.region, form, found.run, found.run.edition)


@pages.post(f"{OF_REGION}/<int:run_id>", policy=OF_RUN)
def change(found: RegionRun) -> ResponseReturnValue:
    """Change it, or show what somebody else made of it meanwhile beside what was typed."""
    form = RunForm(request.form).offer(found.region, found.run)
    seen = request.form.get("seen", type=int, default=0)
    if not form.validate():
        return _form_page(found.region, form, found.run, seen), 422
    by = current_actor(region_id=found.region.id)
    try:
        support_runs.change_run(db.session(), found.region, found.run, form.account, seen, by)
    except RunClash as clash:
        return _form_page(found.region, form, found.run, clash.edition, clash.account), 409
    return _done(found.region, "It is saved.")


@pages.post(f"{OF_REGION}/<int:run_id>/take-back", policy=OF_RUN)
def take_back(found: RegionRun) -> ResponseReturnValue:
    """Take back what was told by mistake."""
    support_runs.forget_run(db.session(), found.run, current_actor(region_id=found.region.id))
    return _done(found.region, "It is taken back.")


def _done(shown: Region, said: str) -> ResponseReturnValue:
    region_id = shown.id
    db.session.commit()
    flash(said)
    return redirect(url_for("runs.show", region_id=region_id))


def _called(field: SelectMultipleField, places: Collection[int]) -> list[str]:
    """The names of partnerships, in the order of the form."""
    return [choice.label for choice in field.choices if int(choice.value) in places]


def _form_page(
    shown: Region,
    form: RunForm,
    run: SupportRun | None = None,
    seen: int = 0,
    theirs: Account | None = None,
) -> str:
    """The form; after a clash with `theirs`, what was saved meanwhile."""
    return render_template(
        "pages/runs/form.html",
        region=shown,
        form=form,
        run=run,
        seen=seen,
        theirs=theirs,
        differs=support_runs.differences(form.account, theirs) if theirs else (),
        took_part=_called(form.places, theirs.places) if theirs else (),
        module_items=items(form.module),
        place_items=items(form.places),
        errors=error_list(form),
    )
