"""Who may name whom, who must confirm it, who is told, and that ending a grant is an end."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from a2p.access import sessions
from a2p.access.granting import GrantRefused, Scope, Wanted, confirm, end, give, refuse
from a2p.access.policy import NOBODY, Role
from a2p.access.roster import Standing, standing
from a2p.access.telling import tell_of_ends
from a2p.store.audit import Actor
from a2p.store.base import now, today
from a2p.store.letter_tables import AuditEvent, Letter
from a2p.store.tables import Grant, Person
from tests import site
from tests.site import Place, Site

DAY = timedelta(days=1)


@pytest.fixture
def built(session: Session) -> Site:
    return site.build(session)


@pytest.fixture
def ann(session: Session, built: Site) -> Person:
    return site.somebody(session, "Ann Orchard", "ann@example.org")


def administrator(built: Site) -> Actor:
    return Actor(built.administrator.id, Role.ADMINISTRATOR)


def as_(place: Place, role: Role) -> Actor:
    return Actor(place.staff[role].id, role)


def held(session: Session, person: Person, role: Role) -> Grant:
    return session.scalars(select(Grant).where(Grant.person_id == person.id, Grant.role == role.value)).one()


def letters(session: Session, purpose: str) -> set[str]:
    return set(session.scalars(select(Letter.address).where(Letter.purpose == purpose)))


def end_of(session: Session, place: Place, *roles: Role) -> None:
    for role in roles:
        held(session, place.staff[role], role).ended = now()
    session.flush()


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.MANAGER, Role.CHAIR])
def test_an_administrator_names_managers_chairs_and_administrators(
    session: Session, built: Site, ann: Person, role: Role
) -> None:
    over: dict[Role, Scope] = {Role.MANAGER: built.own.region, Role.CHAIR: built.own.partnership}
    given = give(session, ann, Wanted(role, over.get(role)), by=administrator(built))
    assert standing(given, today()) is Standing.IN_FORCE
    (fact,) = sessions.principal_of_person(session, ann.id).grants
    assert fact.role is role


@pytest.mark.parametrize("asker", [Role.COORDINATOR, Role.CHAIR, Role.MANAGER, Role.FACILITATOR])
@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.MANAGER, Role.CHAIR])
def test_nobody_else_does(session: Session, built: Site, ann: Person, asker: Role, role: Role) -> None:
    over: dict[Role, Scope] = {Role.MANAGER: built.own.region, Role.CHAIR: built.own.partnership}
    with pytest.raises(GrantRefused, match="can’t name"):
        give(session, ann, Wanted(role, over.get(role)), by=as_(built.own, asker))


def test_an_administrator_does_not_name_facilitators(session: Session, built: Site, ann: Person) -> None:
    with pytest.raises(GrantRefused, match="can’t name"):
        give(session, ann, Wanted(Role.FACILITATOR, built.own.open, ends=today()), by=administrator(built))


def test_a_role_is_over_its_own_kind_of_thing(session: Session, built: Site, ann: Person) -> None:
    for wanted in (Wanted(Role.MANAGER, built.own.partnership), Wanted(Role.CHAIR), Wanted(Role.CHAIR, built.own.open)):
        with pytest.raises(ValueError, match="can't be over"):
            give(session, ann, wanted, by=administrator(built))


def test_nobody_names_themselves(session: Session, built: Site) -> None:
    with pytest.raises(GrantRefused, match="themselves"):
        give(session, built.administrator, Wanted(Role.MANAGER, built.own.region), by=administrator(built))
    by, wanted = as_(built.own, Role.COORDINATOR), Wanted(Role.FACILITATOR, built.own.open, ends=today())
    with pytest.raises(GrantRefused, match="themselves"):
        give(session, built.own.coordinator, wanted, by=by)


def test_the_first_coordinator_needs_nobodys_word(session: Session, built: Site, ann: Person) -> None:
    end_of(session, built.own, Role.COORDINATOR)
    given = give(session, ann, Wanted(Role.COORDINATOR, built.own.partnership), by=administrator(built))
    assert given.confirmed is not None
    assert letters(session, "grant") == {"ann@example.org", "fenland.chair@example.org"}
    assert letters(session, "confirm") == set()


def test_beside_another_coordinator_the_chair_is_asked(session: Session, built: Site, ann: Person) -> None:
    given = give(session, ann, Wanted(Role.COORDINATOR, built.own.partnership), by=administrator(built))
    assert given.confirmed is None
    assert sessions.principal_of_person(session, ann.id).grants == ()
    assert letters(session, "confirm") == {"fenland.chair@example.org"}
    assert letters(session, "grant") == set()


def test_beside_a_coordinator_who_begins_later_too(session: Session, built: Site, ann: Person) -> None:
    held(session, built.own.coordinator, Role.COORDINATOR).starts = today() + DAY
    given = give(session, ann, Wanted(Role.COORDINATOR, built.own.partnership), by=administrator(built))
    assert given.confirmed is None


def test_where_there_is_no_chair_an_administrators_word_is_enough(session: Session, built: Site, ann: Person) -> None:
    end_of(session, built.own, Role.CHAIR)
    given = give(session, ann, Wanted(Role.COORDINATOR, built.own.partnership), by=administrator(built))
    assert given.confirmed is not None


def test_a_coordinator_proposes_and_the_chair_confirms(session: Session, built: Site, ann: Person) -> None:
    wanted = Wanted(Role.COORDINATOR, built.own.partnership)
    given = give(session, ann, wanted, by=as_(built.own, Role.COORDINATOR))
    assert standing(given, today()) is Standing.TO_CONFIRM
    confirm(session, given, by=as_(built.own, Role.CHAIR))
    assert standing(given, today()) is Standing.IN_FORCE
    assert given.confirmed_by_id == built.own.staff[Role.CHAIR].id
    assert letters(session, "grant") == {
        "ann@example.org",
        "fenland.chair@example.org",
        "fenland.coordinator@example.org",
    }


def test_without_a_chair_a_proposal_waits_and_the_next_chair_is_asked(
    session: Session, built: Site, ann: Person
) -> None:
    end_of(session, built.own, Role.CHAIR)
    give(session, ann, Wanted(Role.COORDINATOR, built.own.partnership), by=as_(built.own, Role.COORDINATOR))
    assert letters(session, "confirm") == set()
    chair = site.somebody(session, "Olu Penn", "olu@example.org")
    give(session, chair, Wanted(Role.CHAIR, built.own.partnership), by=administrator(built))
    assert letters(session, "confirm") == {"olu@example.org"}


def test_nobody_confirms_themselves_or_what_they_proposed(session: Session, built: Site, ann: Person) -> None:
    wanted, chair = Wanted(Role.COORDINATOR, built.own.partnership), built.own.staff[Role.CHAIR]
    own = give(session, chair, wanted, by=as_(built.own, Role.COORDINATOR))
    assert letters(session, "confirm") == set(), "the chair is not asked about the chair"
    with pytest.raises(GrantRefused, match="themselves"):
        confirm(session, own, by=as_(built.own, Role.CHAIR))
    proposed = give(session, ann, wanted, by=Actor(chair.id, Role.COORDINATOR))
    with pytest.raises(GrantRefused, match="proposed this yourself"):
        confirm(session, proposed, by=as_(built.own, Role.CHAIR))


def test_only_the_chair_confirms_and_refuses(session: Session, built: Site, ann: Person) -> None:
    given = give(session, ann, Wanted(Role.COORDINATOR, built.own.partnership), by=administrator(built))
    for role in (Role.COORDINATOR, Role.MANAGER, Role.ADMINISTRATOR):
        with pytest.raises(GrantRefused):
            confirm(session, given, by=as_(built.own, role) if role in built.own.staff else administrator(built))
        with pytest.raises(GrantRefused):
            refuse(session, given, by=as_(built.own, role) if role in built.own.staff else administrator(built))


def test_what_was_refused_stays_refused(session: Session, built: Site, ann: Person) -> None:
    given = give(session, ann, Wanted(Role.COORDINATOR, built.own.partnership), by=as_(built.own, Role.COORDINATOR))
    refuse(session, given, by=as_(built.own, Role.CHAIR))
    assert standing(given, today()) is Standing.REFUSED
    with pytest.raises(GrantRefused, match="decided already"):
        confirm(session, given, by=as_(built.own, Role.CHAIR))


def test_a_coordinator_names_a_facilitator_of_a_round_until_a_day(session: Session, built: Site, ann: Person) -> None:
    by = as_(built.own, Role.COORDINATOR)
    with pytest.raises(GrantRefused, match="needs a last day"):
        give(session, ann, Wanted(Role.FACILITATOR, built.own.open), by=by)
    given = give(session, ann, Wanted(Role.FACILITATOR, built.own.open, ends=today() + DAY), by=by)
    assert (given.partnership_id, given.round_id) == (built.own.partnership.id, built.own.open.id)
    assert "fenland.chair@example.org" in letters(session, "grant")


@pytest.mark.parametrize(("starts", "ends"), [(0, -1), (5, 4), (-9, -3)])
def test_a_last_day_before_today_or_the_first_day_is_refused(
    session: Session, built: Site, ann: Person, starts: int, ends: int
) -> None:
    wanted = Wanted(Role.MANAGER, built.own.region, today() + starts * DAY, today() + ends * DAY)
    with pytest.raises(GrantRefused, match="last day"):
        give(session, ann, wanted, by=administrator(built))


def test_a_role_is_not_given_twice_but_again_when_it_is_over(session: Session, built: Site, ann: Person) -> None:
    wanted = Wanted(Role.MANAGER, built.own.region)
    first = give(session, ann, wanted, by=administrator(built))
    with pytest.raises(GrantRefused, match="has this role already"):
        give(session, ann, wanted, by=administrator(built))
    give(session, ann, Wanted(Role.MANAGER, built.foreign.region), by=administrator(built))
    end(session, first, by=administrator(built))
    assert give(session, ann, wanted, by=administrator(built)).id != first.id


def test_nobody_gets_a_role_in_a_partnership_that_has_ended(session: Session, built: Site, ann: Person) -> None:
    built.own.partnership.ended = today() - DAY
    session.flush()
    with pytest.raises(GrantRefused, match="has ended"):
        give(session, ann, Wanted(Role.CHAIR, built.own.partnership), by=administrator(built))


def test_with_the_last_grant_the_sessions_end_and_not_before(session: Session, built: Site, ann: Person) -> None:
    both = [
        give(session, ann, Wanted(Role.MANAGER, place.region), by=administrator(built))
        for place in (built.own, built.foreign)
    ]
    token = sessions.sign_in(session, None, ann.id)
    end(session, both[0], by=administrator(built))
    (left,) = sessions.principal_of(session, token).grants
    assert left.region_id == built.foreign.region.id
    end(session, both[1], by=administrator(built))
    assert sessions.principal_of(session, token) == NOBODY


def test_of_an_end_the_same_people_are_told_as_of_the_role(session: Session, built: Site, ann: Person) -> None:
    by = as_(built.own, Role.COORDINATOR)
    given = give(session, ann, Wanted(Role.FACILITATOR, built.own.open, ends=today()), by=by)
    proposed = give(session, ann, Wanted(Role.COORDINATOR, built.own.partnership), by=by)
    end(session, proposed, by=by)
    assert letters(session, "ended") == set(), "what was only proposed was no role"
    end(session, given, by=by)
    assert letters(session, "ended") == letters(session, "grant")
    assert letters(session, "ended") == {
        "ann@example.org",
        "fenland.chair@example.org",
        "fenland.coordinator@example.org",
    }


def test_of_a_last_day_people_are_told_once_when_it_has_passed(session: Session, built: Site, ann: Person) -> None:
    wanted = Wanted(Role.FACILITATOR, built.own.open, ends=today() + DAY)
    give(session, ann, wanted, by=as_(built.own, Role.COORDINATOR))
    assert [tell_of_ends(session, today() + days * DAY) for days in (0, 1, 2, 2, 3)] == [0, 0, 1, 0, 0]
    assert "ann@example.org" in letters(session, "ended")


def test_of_a_last_day_long_ago_nobody_is_told(session: Session, built: Site) -> None:
    held(session, built.own.staff[Role.CHAIR], Role.CHAIR).ends = today() - 8 * DAY
    session.flush()
    assert tell_of_ends(session, today()) == 0


def test_the_last_administrator_stays(session: Session, built: Site, ann: Person) -> None:
    last = held(session, built.administrator, Role.ADMINISTRATOR)
    with pytest.raises(GrantRefused, match="last administrator"):
        end(session, last, by=administrator(built))
    passing = give(session, ann, Wanted(Role.ADMINISTRATOR, ends=today() + DAY), by=administrator(built))
    with pytest.raises(GrantRefused, match="last administrator"):
        end(session, last, by=administrator(built))
    end(session, passing, by=administrator(built))
    give(session, ann, Wanted(Role.ADMINISTRATOR), by=administrator(built))
    end(session, last, by=Actor(ann.id, Role.ADMINISTRATOR))
    assert last.ended is not None


def test_a_coordinator_ends_facilitators_and_own_proposals_only(session: Session, built: Site, ann: Person) -> None:
    by = as_(built.own, Role.COORDINATOR)
    facilitator = give(session, ann, Wanted(Role.FACILITATOR, built.own.open, ends=today()), by=by)
    proposed = give(session, ann, Wanted(Role.COORDINATOR, built.own.partnership), by=by)
    for grant in (facilitator, proposed):
        end(session, grant, by=by)
        assert grant.ended is not None
    for role in (Role.CHAIR, Role.COORDINATOR):
        with pytest.raises(GrantRefused):
            end(session, held(session, built.own.staff[role], role), by=by)


def test_every_step_is_in_the_audit_log_without_names(session: Session, built: Site, ann: Person) -> None:
    given = give(session, ann, Wanted(Role.COORDINATOR, built.own.partnership), by=as_(built.own, Role.COORDINATOR))
    confirm(session, given, by=as_(built.own, Role.CHAIR))
    end(session, given, by=administrator(built))
    end(session, given, by=administrator(built))
    of_it = select(AuditEvent).where(AuditEvent.object == f"grant {given.id}")
    events = session.scalars(of_it.order_by(AuditEvent.id)).all()
    assert [(each.actor, each.action) for each in events] == [
        ("coordinator", "proposed the coordinator"),
        ("chair", "confirmed the coordinator"),
        ("administrator", "ended the role of coordinator of"),
    ]
    assert {each.partnership_id for each in events} == {built.own.partnership.id}
    assert "Ann" not in " ".join(each.detail for each in events)
