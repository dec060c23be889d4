"""The administrator's pages: nobody else is told that they are there."""

from __future__ import annotations

from sqlalchemy import select

from a2p.store.tables import Grant
from tests.site import Place
from tests.web.installation import Installation
from tests.web.matrix.row import Args, Row, Rows, partnership, person, region


def grant(site: Installation, place: Place) -> Args:
    """The coordinator's grant."""
    with site.session() as session:
        held = select(Grant.id).where(Grant.person_id == place.coordinator.id)
        return {"grant_id": session.scalars(held).one()}


def version(_site: Installation, place: Place) -> Args:
    """The published questionnaire."""
    return {"version_id": place.version.id}


ROWS: Rows = {
    ("GET", "admin.home"): Row(),
    ("GET", "admin.settings"): Row(),
    ("GET", "admin_audit.audit"): Row(),
    ("GET", "admin_audit.chain"): Row(),
    ("GET", "admin_importing.choose"): Row(),
    ("POST", "admin_importing.preview"): Row(ok=422),
    ("POST", "admin_importing.add_all"): Row(ok=422),
    ("GET", "admin_questionnaires.questionnaires"): Row(),
    ("POST", "admin_questionnaires.check"): Row(ok=422),
    ("POST", "admin_questionnaires.publish"): Row(ok=422),
    ("GET", "admin_questionnaires.show"): Row(version),
    ("GET", "admin_questionnaires.ask_retire"): Row(version),
    ("POST", "admin_questionnaires.retire"): Row(version, 302),
    ("POST", "admin_questionnaires.bring_back"): Row(version, 302),
    ("GET", "admin_places.regions"): Row(),
    ("POST", "admin_places.add_region"): Row(ok=422),
    ("GET", "admin_places.show_region"): Row(region),
    ("POST", "admin_places.rename_region"): Row(region, 422),
    ("GET", "admin_places.partnerships"): Row(),
    ("GET", "admin_places.new_partnership"): Row(region),
    ("POST", "admin_places.add_partnership"): Row(region, 422),
    ("GET", "admin_places.show_partnership"): Row(partnership),
    ("GET", "admin_places.edit_partnership"): Row(partnership),
    ("POST", "admin_places.change_partnership"): Row(partnership, 422),
    ("GET", "admin_places.ask_end"): Row(partnership),
    ("POST", "admin_places.end_partnership"): Row(partnership, 422),
    ("POST", "admin_places.revive_partnership"): Row(partnership, 302),
    ("GET", "admin_joining.ask_merge"): Row(partnership),
    ("POST", "admin_joining.merge"): Row(partnership, 422),
    ("GET", "admin_joining.ask_split"): Row(partnership),
    ("POST", "admin_joining.split"): Row(partnership, 422),
    ("GET", "admin_people.people"): Row(),
    ("GET", "admin_people.new_person"): Row(),
    ("POST", "admin_people.add_person"): Row(ok=422),
    ("GET", "admin_people.show_person"): Row(person),
    ("GET", "admin_people.edit_person"): Row(person),
    ("POST", "admin_people.change_person"): Row(person, 422),
    ("GET", "admin_people.ask_reset_factor"): Row(person),
    ("POST", "admin_people.reset_factor"): Row(person, 302),
    ("GET", "admin_people.new_role"): Row(),
    ("POST", "admin_people.give_role"): Row(ok=422),
    ("GET", "admin_people.ask_end_role"): Row(grant),
    ("POST", "admin_people.end_role"): Row(grant, 302),
}
