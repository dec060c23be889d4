"""A link across partnerships can't be stored: every composite key, on each engine."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import ForeignKeyConstraint
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase, Session, object_session

from a2p.store.access_tables import Session as BrowserSession
from a2p.store.access_tables import SessionInvitation
from a2p.store.base import Base, now
from a2p.store.outcome_tables import Attendee, SupportWish, Workshop
from a2p.store.region_tables import (
    Associate,
    Introduction,
    SectionScore,
    Snapshot,
    SnapshotMember,
    SupportModule,
    SupportReply,
    SupportRun,
    SupportRunPlace,
)
from a2p.store.round_tables import (
    EvidenceRow,
    Invitation,
    InvitationQuestionnaire,
    Job,
    Response,
    Result,
    RoundQuestionnaire,
)
from a2p.store.tables import Contact, Organisation
from a2p.store.tokens import new_token
from tests import site
from tests.site import Place, Site

Row = DeclarativeBase


def _invitation(round_of: Place, organisation_of: Place) -> Row:
    return Invitation(
        partnership_id=organisation_of.partnership.id,
        round_id=round_of.open.id,
        organisation_id=organisation_of.invited[0].invitation.organisation_id,
        name="Strayed",
        token_hash=new_token(),
    )


def _response(round_of: Place, invitation_of: Place, partnership_of: Place) -> Row:
    return Response(
        partnership_id=partnership_of.partnership.id,
        round_id=round_of.open.id,
        version_id=round_of.version.id,
        invitation_id=invitation_of.invited[1].invitation.id,
    )


def _job(result_of: Place, partnership_of: Place) -> Row:
    return Job(
        partnership_id=partnership_of.partnership.id,
        result_id=result_of.result.id,
        person_id=partnership_of.coordinator.id,
        kind="report",
    )


def _opened(session_id: int, invitation_of: Place, partnership_of: Place) -> Row:
    return SessionInvitation(
        session_id=session_id,
        invitation_id=invitation_of.invited[0].invitation.id,
        partnership_id=partnership_of.partnership.id,
    )


def _questionnaire(round_of: Place, partnership_of: Place) -> Row:
    return RoundQuestionnaire(
        round_id=round_of.open.id, version_id=99, partnership_id=partnership_of.partnership.id, position=9
    )


def _evidence(round_of: Place, partnership_of: Place) -> Row:
    key = {"round_id": round_of.open.id, "version_id": round_of.version.id, "question": "heard"}
    return EvidenceRow(partnership_id=partnership_of.partnership.id, level=None, edition=1, **key)


def _result(round_of: Place, partnership_of: Place) -> Row:
    key = {"round_id": round_of.open.id, "version_id": round_of.version.id}
    return Result(partnership_id=partnership_of.partnership.id, sha256="h", document="{}", internal=None, **key)


def _crossed_organisation(own: Place, foreign: Place) -> Row:
    stray = _invitation(own, own)
    assert isinstance(stray, Invitation)
    stray.organisation_id = foreign.invited[0].invitation.organisation_id
    return stray


def _contact(organisation_of: Place, partnership_of: Place) -> Row:
    return Contact(
        partnership_id=partnership_of.partnership.id,
        organisation_id=organisation_of.invited[0].invitation.organisation_id,
        name="Strayed",
    )


def _invited_contact(own: Place, foreign: Place) -> Row:
    stray = _invitation(own, own)
    assert isinstance(stray, Invitation)
    stray.contact_id = foreign.contact.id
    return stray


def _merged(own: Place, foreign: Place) -> Row:
    into = foreign.invited[0].invitation.organisation_id
    return Organisation(partnership_id=own.partnership.id, name="Strayed", sector="fire", merged_into_id=into)


def _asks(invitation_of: Place, round_of: Place) -> Row:
    return InvitationQuestionnaire(
        invitation_id=invitation_of.invited[0].invitation.id,
        version_id=round_of.version.id,
        partnership_id=round_of.partnership.id,
        round_id=round_of.open.id,
    )


def _attendee(workshop_of: Place, partnership_of: Place) -> Row:
    workshop = Workshop(partnership_id=workshop_of.partnership.id, round_id=workshop_of.closed.id, held=now().date())
    session = object_session(workshop_of.closed)
    assert session is not None
    session.add(workshop)
    session.flush()
    return Attendee(partnership_id=partnership_of.partnership.id, workshop_id=workshop.id, name="Strayed")


def _added(beside: Place, row: Row) -> None:
    """A row to link to, stored."""
    session = object_session(beside.closed)
    assert session is not None
    session.add(row)
    session.flush()


def _section_score(result_of: Place, partnership_of: Place) -> Row:
    own, result = partnership_of.partnership.id, result_of.result.id
    return SectionScore(result_id=result, section="aims", partnership_id=own, position=0, gaps=0)


def _member(snapshot_of: Place, partnership_of: Place) -> Row:
    region = snapshot_of.partnership.region_id
    snapshot = Snapshot(region_id=region, name="Autumn", sha256="h", document="{}")
    _added(snapshot_of, snapshot)
    key = {"snapshot_id": snapshot.id, "result_id": partnership_of.result.id, "region_id": region}
    return SnapshotMember(partnership_id=partnership_of.partnership.id, level=1, **key)


def _reply(wish_of: Place, partnership_of: Place) -> Row:
    wish = SupportWish(partnership_id=wish_of.partnership.id, kind="request", about="governance-workshop")
    _added(wish_of, wish)
    return SupportReply(partnership_id=partnership_of.partnership.id, wish_id=wish.id, state="seen")


def _run_place(run_of: Place, partnership_of: Place) -> Row:
    region = run_of.partnership.region_id
    _added(run_of, SupportModule(region_id=region, key="visit", title="V", summary="S", format="peer-visit"))
    run = SupportRun(region_id=region, module="visit", title="V", held=now().date())
    _added(run_of, run)
    return SupportRunPlace(run_id=run.id, region_id=region, partnership_id=partnership_of.partnership.id)


def _introduced(asker: Place, helper: Place) -> Row:
    region, section = asker.partnership.region_id, "aspire/purpose"
    return Introduction(
        region_id=region, section=section, asker_id=asker.partnership.id, helper_id=helper.partnership.id
    )


def _introduced_to_an_associate(asker: Place, associate_of: Place) -> Row:
    associate = Associate(region_id=associate_of.partnership.region_id, name="A", email="a@example.org", days=3)
    _added(associate_of, associate)
    region, section = asker.partnership.region_id, "aspire/purpose"
    return Introduction(region_id=region, section=section, asker_id=asker.partnership.id, associate_id=associate.id)


STRAYS: dict[str, Callable[[Place, Place], Row]] = {
    "an invitation to another partnership's round": lambda own, foreign: _invitation(foreign, own),
    "an invitation for another partnership's organisation": _crossed_organisation,
    "a person of another partnership's organisation": lambda own, foreign: _contact(foreign, own),
    "an invitation of somebody on another partnership's list": _invited_contact,
    "an organisation merged into another partnership's": _merged,
    "another partnership's invitation asked a questionnaire": lambda own, foreign: _asks(foreign, own),
    "a response to another partnership's round": lambda own, foreign: _response(foreign, own, own),
    "a response of another partnership's invitation": lambda own, foreign: _response(own, foreign, own),
    "a round's questionnaire under another partnership": lambda own, foreign: _questionnaire(foreign, own),
    "evidence in another partnership's round": lambda own, foreign: _evidence(foreign, own),
    "a result of another partnership's round": lambda own, foreign: _result(foreign, own),
    "a workshop on another partnership's round": lambda own, foreign: Workshop(
        partnership_id=own.partnership.id, round_id=foreign.closed.id, held=now().date()
    ),
    "somebody at another partnership's workshop": lambda own, foreign: _attendee(foreign, own),
    "a job on another partnership's result": lambda own, foreign: _job(foreign, own),
    "a score of another partnership's result": lambda own, foreign: _section_score(foreign, own),
    "a partnership of another region in a snapshot": _member,
    "a reply to another partnership's wish": lambda own, foreign: _reply(foreign, own),
    "a partnership of another region at a region's support": _run_place,
    "a helper from another region": _introduced,
    "an associate of another region": _introduced_to_an_associate,
}


@pytest.fixture
def built(session: Session) -> Site:
    return site.build(session)


@pytest.mark.parametrize("what", STRAYS)
def test_what_would_cross_partnerships_can_not_be_stored(session: Session, built: Site, what: str) -> None:
    session.add(STRAYS[what](built.own, built.foreign))
    with pytest.raises(IntegrityError, match=r"(?i)foreign key"):
        session.flush()


def test_a_browser_can_not_hold_another_partnerships_invitation_as_this_ones(session: Session, built: Site) -> None:
    browser = BrowserSession(token_hash="h", person_id=None, ends=now())
    session.add(browser)
    session.flush()
    session.add(_opened(browser.id, built.foreign, built.own))
    with pytest.raises(IntegrityError, match=r"(?i)foreign key"):
        session.flush()


def test_the_same_rows_within_one_partnership_are_stored(session: Session, built: Site) -> None:
    own = built.own
    session.add_all([_invitation(own, own), _response(own, own, own), _evidence(own, own), _job(own, own)])
    session.add_all([_contact(own, own), _merged(own, own), _invited_contact(own, own), _asks(own, own)])
    session.add_all([_attendee(own, own), _section_score(own, own), _member(own, own), _reply(own, own)])
    session.add_all([_run_place(own, own), _introduced_to_an_associate(own, own)])
    session.flush()


def test_every_table_with_a_partnership_links_by_it() -> None:
    """A new table below a partnership must carry its id in every link to another such table."""
    scoped = {name for name, table in Base.metadata.tables.items() if "partnership_id" in table.c}
    scoped -= {"access_grant"}
    # a batch of documents may be of several partnerships: it is its person's, and each document in it a partnership's
    across = {"fk_job_batch_id"}
    for name in scoped:
        for constraint in Base.metadata.tables[name].constraints:
            if (
                isinstance(constraint, ForeignKeyConstraint)
                and constraint.referred_table.name in scoped
                and constraint.name not in across
            ):
                assert "partnership_id" in constraint.column_keys, (name, constraint.column_keys)
