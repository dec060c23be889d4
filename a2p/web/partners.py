"""A partnership's list of partners, kept by its coordinators: organisations and people, added, changed, merged."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from a2p.access.loading import partnership
from a2p.access.loading_partners import (
    OrganisationPair,
    PartnersContact,
    PartnersOrganisation,
    contact,
    organisation,
    organisation_pair,
)
from a2p.access.policy import Action
from a2p.rounds import merging
from a2p.rounds import partners as rounds
from a2p.rounds.choosing import titles_for
from a2p.scoring.partners import COUNCILLOR_NAMES, LAYER_NAMES, SECTOR_NAMES
from a2p.store.tables import Organisation, Partnership
from a2p.web.database import db
from a2p.web.partner_forms import OrganisationForm, PersonForm, items
from a2p.web.policy import Policy, current_actor
from a2p.web.round_forms import error_list

pages = Blueprint("partners", __name__, url_prefix="/partnerships/<int:partnership_id>/partners")

LIST = Policy(Action.KEEP_PARTNERS, partnership)
ORGANISATION = Policy(Action.KEEP_PARTNERS, organisation)
PAIR = Policy(Action.KEEP_PARTNERS, organisation_pair)
CONTACT = Policy(Action.KEEP_PARTNERS, contact)


@pages.get("", policy=LIST)
def show(place: Partnership) -> ResponseReturnValue:
    """The organisations by sector with their people, all of them or those that a search finds."""
    search = request.args.get("q", "").strip()
    bodies = rounds.bodies_of(db.session(), place.id, search)
    return _page("list", place, groups=rounds.by_sector(bodies), bodies=bodies, search=search)


@pages.get("/organisations/new", policy=LIST)
def new_organisation(place: Partnership) -> ResponseReturnValue:
    """The form that adds an organisation."""
    return _organisation_page(place, OrganisationForm(), None)


@pages.post("/organisations/new", policy=LIST)
def add_organisation(place: Partnership) -> ResponseReturnValue:
    """Add an organisation; then a person of it may be added."""
    form = OrganisationForm(request.form)
    if not form.validate():
        return _organisation_page(place, form, None), 422
    try:
        added = rounds.add_organisation(
            db.session(), place.id, form.name.data, form.sector.data, current_actor(place.id)
        )
    except rounds.NameKnown as known:
        form.name.errors = [_known(known)]
        return _organisation_page(place, form, None), 422
    db.session.commit()
    flash(f"{added.name} is on the list.")
    return redirect(_address("show_organisation", place, added))


@pages.get("/organisations/<int:organisation_id>", policy=ORGANISATION)
def show_organisation(found: PartnersOrganisation) -> ResponseReturnValue:
    """An organisation: its name and sector to change, its people, and what else can be done with it."""
    return _organisation_page(found.partnership, OrganisationForm(obj=found.organisation), found.organisation)


@pages.post("/organisations/<int:organisation_id>", policy=ORGANISATION)
def change_organisation(found: PartnersOrganisation) -> ResponseReturnValue:
    """Rename an organisation or give it another sector."""
    place, form = found.partnership, OrganisationForm(request.form)
    if not form.validate():
        return _organisation_page(place, form, found.organisation), 422
    try:
        rounds.change_organisation(
            db.session(), found.organisation, form.name.data, form.sector.data, current_actor(place.id)
        )
    except rounds.NameKnown as known:
        form.name.errors = [f"{_known(known)}. If the two are one organisation, merge them"]
        return _organisation_page(place, form, found.organisation), 422
    db.session.commit()
    flash(f"Saved: {found.organisation.name}.")
    return redirect(_address("show", place))


@pages.get("/organisations/<int:organisation_id>/remove", policy=ORGANISATION)
def ask_remove_organisation(found: PartnersOrganisation) -> ResponseReturnValue:
    """Ask before an organisation is removed, or say why it can't be."""
    used = rounds.is_used(db.session(), found.organisation)
    return _page("remove_organisation", found.partnership, organisation=found.organisation, used=used)


@pages.post("/organisations/<int:organisation_id>/remove", policy=ORGANISATION)
def remove_organisation(found: PartnersOrganisation) -> ResponseReturnValue:
    """Remove an organisation that nothing points to."""
    place, name = found.partnership, found.organisation.name
    try:
        rounds.remove_organisation(db.session(), found.organisation, current_actor(place.id))
    except rounds.StillUsed:
        return _page("remove_organisation", place, organisation=found.organisation, used=True), 409
    db.session.commit()
    flash(f"{name} is off the list.")
    return redirect(_address("show", place))


@pages.get("/organisations/<int:organisation_id>/merge", policy=ORGANISATION)
def choose_merge(found: PartnersOrganisation) -> ResponseReturnValue:
    """Choose the entry into which another is merged; with `into` chosen, go on to what that would do."""
    others = _others(found)
    if "into" not in request.args:
        return _page("merge", found.partnership, organisation=found.organisation, others=others, errors=[])
    chosen = next((each for each in others if str(each.id) == request.args["into"]), None)
    if chosen is None:
        errors = [{"text": "Choose the entry to keep", "href": "#into"}]
        return _page("merge", found.partnership, organisation=found.organisation, others=others, errors=errors), 422
    gone, place = found.organisation.id, found.partnership.id
    return redirect(url_for("partners.ask_merge", partnership_id=place, organisation_id=gone, into_id=chosen.id))


@pages.get("/organisations/<int:organisation_id>/merge/<int:into_id>", policy=PAIR)
def ask_merge(pair: OrganisationPair) -> ResponseReturnValue:
    """What merging would do: how many people and invitations move, and where two voices become one."""
    planned = merging.merging(db.session(), pair.kept, pair.gone)
    return _page("merge_check", pair.partnership, planned=planned, stale=False)


@pages.post("/organisations/<int:organisation_id>/merge/<int:into_id>", policy=PAIR)
def merge(pair: OrganisationPair) -> ResponseReturnValue:
    """Merge the one into the other, if that still is what was shown."""
    place = pair.partnership
    planned = merging.merging(db.session(), pair.kept, pair.gone)
    if planned.fingerprint != request.form.get("seen"):
        return _page("merge_check", place, planned=planned, stale=True), 409
    merging.merge(db.session(), pair.kept, pair.gone, current_actor(place.id))
    db.session.commit()
    flash(f"{pair.gone.name} is part of {pair.kept.name} now.")
    return redirect(_address("show_organisation", place, pair.kept))


@pages.get("/people/new", policy=LIST)
def new_person(place: Partnership) -> ResponseReturnValue:
    """The form that adds a person; `organisation` in the address is chosen beforehand."""
    return _person_page(place, PersonForm(organisation=request.args.get("organisation", "")))


@pages.post("/people/new", policy=LIST)
def add_person(place: Partnership) -> ResponseReturnValue:
    """Add a person to the list."""
    form = PersonForm(request.form)
    body = _valid(place, form)
    if body is None:
        return _person_page(place, form), 422
    try:
        rounds.add_contact(db.session(), body, form.details, current_actor(place.id))
    except (rounds.AddressKnown, rounds.PersonKnown) as known:
        _say_known(form, known)
        return _person_page(place, form), 422
    db.session.commit()
    flash(f"{form.details.name} is on the list.")
    return redirect(_address("show", place))


@pages.get("/people/<int:contact_id>", policy=CONTACT)
def show_person(found: PartnersContact) -> ResponseReturnValue:
    """What is kept of a person, to change."""
    who = found.contact
    form = PersonForm(
        name=who.name,
        email=who.email,
        organisation=str(who.organisation_id),
        councillor=who.councillor or "no",
        layer=who.layer or "",
        asks=who.asks.split(),
    )
    return _person_page(found.partnership, form, found)


@pages.post("/people/<int:contact_id>", policy=CONTACT)
def change_person(found: PartnersContact) -> ResponseReturnValue:
    """Change what is kept of a person."""
    place, form = found.partnership, PersonForm(request.form)
    body = _valid(place, form)
    if body is None:
        return _person_page(place, form, found), 422
    try:
        again = rounds.change_contact(db.session(), found.contact, body, form.details, current_actor(place.id))
    except (rounds.AddressKnown, rounds.PersonKnown) as known:
        _say_known(form, known)
        return _person_page(place, form, found), 422
    db.session.commit()
    sent_again = " Their invitation has the new address now: send it again from the round’s page." if again else ""
    flash(f"Saved: {form.details.name}.{sent_again}")
    return redirect(_address("show", place))


@pages.get("/people/<int:contact_id>/remove", policy=CONTACT)
def ask_remove_person(found: PartnersContact) -> ResponseReturnValue:
    """Ask before a person is taken off the list."""
    return _page("remove_person", found.partnership, contact=found.contact)


@pages.post("/people/<int:contact_id>/remove", policy=CONTACT)
def remove_person(found: PartnersContact) -> ResponseReturnValue:
    """Take a person off the list."""
    name = found.contact.name
    rounds.remove_contact(db.session(), found.contact, current_actor(found.partnership.id))
    db.session.commit()
    flash(f"{name} is off the list.")
    return redirect(_address("show", found.partnership))


def _page(name: str, place: Partnership, **more: object) -> str:
    return render_template(
        f"pages/partners/{name}.html",
        partnership=place,
        sectors=SECTOR_NAMES,
        councillors=COUNCILLOR_NAMES,
        layers=LAYER_NAMES,
        **more,
    )


def _organisation_page(place: Partnership, form: OrganisationForm, shown: Organisation | None) -> str:
    bodies = rounds.bodies_of(db.session(), place.id) if shown else []
    people = next((body.people for body in bodies if shown and body.organisation.id == shown.id), ())
    return _page(
        "organisation",
        place,
        form=form,
        organisation=shown,
        people=people,
        sector_items=items(form.sector),
        errors=error_list(form),
    )


def _person_page(place: Partnership, form: PersonForm, found: PartnersContact | None = None) -> str:
    _offer(place, form)
    return _page(
        "person",
        place,
        form=form,
        contact=found.contact if found else None,
        organisation_items=items(form.organisation),
        questionnaire_items=items(form.asks),
        councillor_items=items(form.councillor),
        layer_items=items(form.layer),
        errors=error_list(form),
    )


def _offer(place: Partnership, form: PersonForm) -> None:
    form.offer(rounds.organisations_of(db.session(), place.id), titles_for(db.session(), place))


def _valid(place: Partnership, form: PersonForm) -> Organisation | None:
    """The organisation that was chosen, if all that was typed can be used."""
    _offer(place, form)
    body = form.chosen(rounds.organisations_of(db.session(), place.id))
    if form.validate() and body is None:
        form.organisation.errors = ["Choose their organisation"]
    return None if form.errors else body


def _known(known: rounds.NameKnown) -> str:
    return f"{known.known.name} is on the list already"


def _say_known(form: PersonForm, known: rounds.AddressKnown | rounds.PersonKnown) -> None:
    who = known.known
    if isinstance(known, rounds.AddressKnown):
        form.email.errors = [f"{who.name}, {who.organisation.name}, is on the list with this e-mail address"]
    else:
        form.name.errors = [f"{who.organisation.name} has a {who.name} without an e-mail address: add an address here"]


def _others(found: PartnersOrganisation) -> list[Organisation]:
    everything = rounds.organisations_of(db.session(), found.partnership.id)
    return [each for each in everything if each.id != found.organisation.id]


def _address(endpoint: str, place: Partnership, organisation: Organisation | None = None) -> str:
    of = organisation.id if organisation else None
    return url_for(f"partners.{endpoint}", partnership_id=place.id, organisation_id=of)
