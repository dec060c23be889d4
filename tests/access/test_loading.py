"""An object is found below its own partnership or invitation alone: another's number there finds nothing."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from a2p.access.loading_admin import partnership_grant
from a2p.access.loading_copies import copy_job
from a2p.access.loading_forms import form_job
from a2p.access.loading_partners import contact, organisation
from a2p.store.round_tables import Job
from a2p.store.tables import Grant
from tests import site
from tests.site import Place, Site


@pytest.fixture
def built(session: Session) -> Site:
    return site.build(session)


def copy_of(session: Session, place: Place, number: int) -> Job:
    invitation = place.invited[number].invitation
    job = Job(
        partnership_id=place.partnership.id, invitation_id=invitation.id, kind="copy", version_id=place.version.id
    )
    session.add(job)
    session.flush()
    return job


def form_of(session: Session, place: Place) -> Job:
    job = Job(partnership_id=place.partnership.id, kind="blank", version_id=place.version.id)
    session.add(job)
    session.flush()
    return job


def test_an_entry_of_the_list_is_found_in_its_own_partnership_alone(session: Session, built: Site) -> None:
    own, foreign = built.own, built.foreign
    second = site.listed(session, own.invited[1].invitation, "second")
    for wanted in (own.contact, second):
        found = contact(session, {"partnership_id": own.partnership.id, "contact_id": wanted.id})
        assert found is not None
        assert found.object.contact is wanted
    assert contact(session, {"partnership_id": own.partnership.id, "contact_id": foreign.contact.id}) is None


def test_an_organisation_is_found_in_its_own_partnership_alone(session: Session, built: Site) -> None:
    number = built.foreign.invited[0].invitation.organisation_id
    assert organisation(session, {"partnership_id": built.foreign.partnership.id, "organisation_id": number})
    assert organisation(session, {"partnership_id": built.own.partnership.id, "organisation_id": number}) is None


def test_a_grant_is_found_on_its_own_partnership_alone(session: Session, built: Site) -> None:
    grant = session.query(Grant).filter_by(partnership_id=built.foreign.partnership.id).first()
    assert grant is not None
    assert partnership_grant(session, {"partnership_id": built.foreign.partnership.id, "grant_id": grant.id})
    assert partnership_grant(session, {"partnership_id": built.own.partnership.id, "grant_id": grant.id}) is None


def test_a_copy_is_found_under_the_invitation_whose_answers_it_is_of(session: Session, built: Site) -> None:
    own = built.own
    job = copy_of(session, own, 0)
    assert copy_job(session, {"invitation_id": own.invited[0].invitation.id, "job_id": job.id})
    assert copy_job(session, {"invitation_id": own.invited[1].invitation.id, "job_id": job.id}) is None


def test_a_paper_form_is_found_under_the_partnership_that_ordered_it(session: Session, built: Site) -> None:
    job = form_of(session, built.foreign)
    assert form_job(session, {"partnership_id": built.foreign.partnership.id, "job_id": job.id})
    assert form_job(session, {"partnership_id": built.own.partnership.id, "job_id": job.id}) is None
