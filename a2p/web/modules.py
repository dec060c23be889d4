"""A region's support modules: what its programme offers, added to, changed and retired by its programme manager."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from a2p.access.loading import region
from a2p.access.loading_region import RegionModule, region_module
from a2p.access.policy import Action
from a2p.definition.support import Module
from a2p.rounds import support_modules
from a2p.rounds.support_modules import ModuleClash, ModuleRefused
from a2p.store.support_modules import offered_in
from a2p.store.tables import Region
from a2p.web.database import db
from a2p.web.module_forms import FORMATS, ModuleForm
from a2p.web.partner_forms import items
from a2p.web.policy import Policy, current_actor
from a2p.web.round_forms import error_list

pages = Blueprint("modules", __name__)
OF_REGION = "/regions/<int:region_id>/modules"

KEEP = Policy(Action.KEEP_SUPPORT, region)
CHANGE = Policy(Action.KEEP_SUPPORT, region_module)


@pages.get(OF_REGION, policy=KEEP)
def show(shown: Region) -> ResponseReturnValue:
    """All modules of the region, those that are retired at the end."""
    return render_template(
        "pages/modules/list.html",
        region=shown,
        offered=offered_in(db.session(), shown.id),
        formats=FORMATS,
        groups=support_modules.sections_offered(db.session()),
    )


@pages.get(f"{OF_REGION}/new", policy=KEEP)
def new(shown: Region) -> ResponseReturnValue:
    """The form that adds one."""
    return _form_page(shown, _offering(ModuleForm()))


@pages.post(f"{OF_REGION}/new", policy=KEEP)
def add(shown: Region) -> ResponseReturnValue:
    """Add a module."""
    form = _offering(ModuleForm(request.form))
    if not form.validate():
        return _form_page(shown, form), 422
    try:
        support_modules.add_module(db.session(), shown, form.wording, current_actor(region_id=shown.id))
    except ModuleRefused as refused:
        db.session.rollback()
        form.title.errors = [str(refused)]
        return _form_page(shown, form), 422
    return _done(shown, "The module is added.")


@pages.get(f"{OF_REGION}/<module>", policy=CHANGE)
def edit(found: RegionModule) -> ResponseReturnValue:
    """The form that changes one."""
    module = found.offered.module
    return _form_page(found.region, _offering(ModuleForm(obj=module), module), found, found.offered.edition)


@pages.post(f"{OF_REGION}/<module>", policy=CHANGE)
def change(found: RegionModule) -> ResponseReturnValue:
    """Change it, or show what somebody else made of it meanwhile beside what was typed."""
    form = _offering(ModuleForm(request.form), found.offered.module)
    seen = request.form.get("seen", type=int, default=0)
    if not form.validate():
        return _form_page(found.region, form, found, seen), 422
    by = current_actor(region_id=found.region.id)
    key = found.offered.module.id
    try:
        support_modules.change_module(db.session(), found.region, key, form.wording, seen, by)
    except ModuleRefused as refused:
        db.session.rollback()
        form.title.errors = [str(refused)]
        return _form_page(found.region, form, found, seen), 422
    except ModuleClash as clash:
        db.session.rollback()
        theirs = clash.offered
        return _form_page(found.region, form, found, theirs.edition, theirs.module), 409
    return _done(found.region, "The module is saved.")


@pages.post(f"{OF_REGION}/<module>/retire", policy=CHANGE)
def retire(found: RegionModule) -> ResponseReturnValue:
    """Offer it no more."""
    by = current_actor(region_id=found.region.id)
    support_modules.retire_module(db.session(), found.region, found.offered.module.id, by)
    return _done(found.region, "The module is retired. It is on no report or list of choices any more.")


@pages.post(f"{OF_REGION}/<module>/bring-back", policy=CHANGE)
def bring_back(found: RegionModule) -> ResponseReturnValue:
    """Offer it again."""
    by = current_actor(region_id=found.region.id)
    support_modules.bring_module_back(db.session(), found.region, found.offered.module.id, by)
    return _done(found.region, "The module is offered again.")


def _done(shown: Region, said: str) -> ResponseReturnValue:
    region_id = shown.id
    db.session.commit()
    flash(said)
    return redirect(url_for("modules.show", region_id=region_id))


def _offering(form: ModuleForm, module: Module | None = None) -> ModuleForm:
    return form.offer(support_modules.sections_offered(db.session()), module.serves if module else ())


def _full(group: support_modules.ServedSections) -> list[tuple[str, str]]:
    return [(key, f"{group.title}: {title}") for key, title in group.sections.items()]


def _form_page(
    shown: Region,
    form: ModuleForm,
    found: RegionModule | None = None,
    seen: int = 0,
    theirs: Module | None = None,
) -> str:
    """The form; after a clash with `theirs`, what was saved meanwhile."""
    return render_template(
        "pages/modules/form.html",
        region=shown,
        form=form,
        offered=found.offered if found else None,
        seen=seen,
        formats=FORMATS,
        format_items=items(form.format),
        errors=error_list(form),
        theirs=theirs,
        differs=support_modules.differences(form.wording, theirs) if theirs else (),
        titles={key: title for group in form.groups for key, title in _full(group)},
    )
