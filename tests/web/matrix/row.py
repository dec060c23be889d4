"""A row of the access matrix: one address and method, what its parts are for a partnership's object, what it answers.

Who may is not said here: it is read from tests/access/policy.csv, by the action that the route declares. A row says
only what an allowed request is answered with. A new route needs a row in the module of its blueprint:

    ROWS = {("GET", "coordinate.show_round"): Row(a_round, 200)}

`own` overrides the status for a role whose own object behaves otherwise (a redirect to their own page, say).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from a2p.store.tables import Contact
from tests.site import Place
from tests.web.installation import Installation

Args: TypeAlias = Mapping[str, Any]
Rows: TypeAlias = Mapping[tuple[str, str], "Row"]


def nothing(_site: Installation, _place: Place) -> Args:
    """An address without ids."""
    return {}


@dataclass(frozen=True)
class Row:
    """The address's parts, the status where it is allowed, what a POST sends, and exceptions by role."""

    args: Callable[[Installation, Place], Args] = nothing
    ok: int = 200
    form: Mapping[str, str] = field(default_factory=dict)
    own: Mapping[str, int] = field(default_factory=dict)


def region(_site: Installation, place: Place) -> Args:
    """The region of a partnership."""
    return {"region_id": place.region.id}


def partnership(_site: Installation, place: Place) -> Args:
    """A partnership."""
    return {"partnership_id": place.partnership.id}


def questionnaire(site: Installation, place: Place) -> Args:
    """A questionnaire offered to a partnership."""
    return {**partnership(site, place), "questionnaire": "sample"}


def open_round(_site: Installation, place: Place) -> Args:
    """The partnership's open round."""
    return {"round_id": place.open.id}


def closed_round(_site: Installation, place: Place) -> Args:
    """The partnership's closed round."""
    return {"round_id": place.closed.id}


def invited(_site: Installation, place: Place) -> Args:
    """Somebody invited to the open round, seen from the round."""
    return {"round_id": place.open.id, "invitation_id": place.invited[0].invitation.id}


def evidence(site: Installation, place: Place) -> Args:
    """A section of the coordinator's."""
    return {**asked(site, place), "section": "purpose"}


def asked(_site: Installation, place: Place) -> Args:
    """A questionnaire of the open round."""
    return {"round_id": place.open.id, "questionnaire": "sample"}


def result(_site: Installation, place: Place) -> Args:
    """The result of the closed round."""
    return {"round_id": place.closed.id, "questionnaire": "sample"}


def job(site: Installation, place: Place) -> Args:
    """A finished report."""
    return {"job_id": site.jobs[place.mark]}


def answer(_site: Installation, place: Place) -> Args:
    """A section of the first respondent's."""
    return {"invitation_id": place.invited[0].invitation.id, "questionnaire": "sample", "section": "purpose"}


def copy(site: Installation, place: Place) -> Args:
    """A finished copy of the first respondent's own answers."""
    return {**answer(site, place), "job_id": site.jobs[f"{place.mark} copy"]}


def person(_site: Installation, place: Place) -> Args:
    """The coordinator, as a person."""
    return {"person_id": place.coordinator.id}


def link(_site: Installation, place: Place) -> Args:
    """The token of the first respondent's link."""
    return {"token": place.invited[0].token}


def organisation(site: Installation, place: Place) -> Args:
    """An organisation on the partnership's list of partners."""
    return {**partnership(site, place), "organisation_id": place.invited[0].invitation.organisation_id}


def organisations(site: Installation, place: Place) -> Args:
    """An organisation, and another to merge it into."""
    return {**organisation(site, place), "into_id": place.invited[1].invitation.organisation_id}


def contact(site: Installation, place: Place) -> Args:
    """A person on the partnership's list of partners."""
    return {**partnership(site, place), "contact_id": place.contact.id}


def another_contact(site: Installation, place: Place) -> Args:
    """A person on the list who may be taken off it: of the own partnership, a new one each time."""
    if place is not site.site.own:
        return contact(site, place)
    with site.session() as session, session.begin():
        added = Contact(
            partnership_id=place.partnership.id, organisation_id=place.contact.organisation_id, name="Fenland Spare"
        )
        session.add(added)
        session.flush()
        return {**partnership(site, place), "contact_id": added.id}
