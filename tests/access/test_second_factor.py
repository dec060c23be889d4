"""A second factor: sealed at rest, each code taken once and only near its time, and reset for who lost theirs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from pyotp import TOTP
from sqlalchemy import select
from sqlalchemy.orm import Session

from a2p.access import second_factor, sessions
from a2p.access.second_factor import CannotBeRead, new_secret, offer, offered, reset_second_factor, set_up, verify
from a2p.store.audit import SYSTEM
from a2p.store.base import now
from a2p.store.letter_tables import AuditEvent
from a2p.store.tables import Person
from tests.site import somebody

KEY, OTHER_KEY = "k" * 40, "o" * 40
STEP = timedelta(seconds=30)


@pytest.fixture
def person(session: Session) -> Person:
    return somebody(session, "Carys Marsh", "carys@example.org")


@pytest.fixture
def secret(session: Session, person: Person) -> str:
    made = new_secret()
    assert set_up(session, person, KEY, made, TOTP(made).now())
    session.refresh(person)
    return made


def code(secret: str, at: datetime) -> str:
    return TOTP(secret).at(at)


def later(steps: int = 5) -> datetime:
    """A moment after the code of setting up, in the middle of a time step."""
    return datetime.fromtimestamp((int(now().timestamp()) // 30 + steps) * 30 + 15, UTC)


def test_setting_up_takes_a_code_of_the_secret_and_nothing_else(session: Session, person: Person) -> None:
    made = new_secret()
    for typed in ("", "000000x", "abcdef", TOTP(new_secret()).now()[::-1] + "1"):
        assert not set_up(session, person, KEY, made, typed)
    assert session.scalar(select(Person.second_factor)) is None
    assert set_up(session, person, KEY, made, " ".join(TOTP(made).now()))
    session.refresh(person)
    assert person.second_factor is not None
    assert made not in person.second_factor


def test_somebody_elses_second_set_up_replaces_nothing(session: Session, person: Person, secret: str) -> None:
    other = new_secret()
    assert not set_up(session, person, KEY, other, TOTP(other).now())
    session.refresh(person)
    assert verify(session, person, KEY, code(secret, later()), at=later())


def test_the_code_of_setting_up_is_used_up(session: Session, person: Person, secret: str) -> None:
    assert not verify(session, person, KEY, TOTP(secret).now())


def test_a_code_is_taken_once(session: Session, person: Person, secret: str) -> None:
    at = later()
    assert verify(session, person, KEY, code(secret, at), at=at)
    session.refresh(person)
    assert not verify(session, person, KEY, code(secret, at), at=at)
    assert not verify(session, person, KEY, code(secret, at - STEP), at=at), "nor an older one after it"
    assert verify(session, person, KEY, code(secret, at + STEP), at=at)


@pytest.mark.parametrize(("steps", "taken"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_code_is_taken_near_its_time(
    session: Session, person: Person, secret: str, steps: int, *, taken: bool
) -> None:
    at = later()
    assert verify(session, person, KEY, code(secret, at + steps * STEP), at=at) is taken


def test_who_has_none_has_no_right_code(session: Session, person: Person) -> None:
    assert not verify(session, person, KEY, "123456")


def test_under_another_secret_key_it_can_not_be_read(session: Session, person: Person, secret: str) -> None:
    with pytest.raises(CannotBeRead):
        verify(session, person, OTHER_KEY, code(secret, later()), at=later())


def test_an_offered_secret_comes_back_to_its_person_alone(session: Session, person: Person) -> None:
    made = new_secret()
    sealed = offer(person, KEY, made)
    assert made not in sealed
    assert offered(person, KEY, sealed) == made
    other = somebody(session, "Ewa Lyle", "ewa@example.org")
    assert offered(other, KEY, sealed) is None
    assert offered(person, OTHER_KEY, sealed) is None
    assert offered(person, KEY, "nonsense") is None
    assert offered(person, KEY, "") is None


def test_the_picture_names_the_site_and_the_address(person: Person) -> None:
    secret = new_secret()
    said = second_factor.address_for_authenticator(person, secret)
    assert said == f"otpauth://totp/a2p:carys%40example.org?secret={secret}&issuer=a2p"


def test_a_reset_signs_out_and_asks_for_another(session: Session, person: Person, secret: str) -> None:
    token = sessions.sign_in(session, None, person.id, second_factor=now())
    reset_second_factor(session, person, by=SYSTEM)
    session.flush()
    assert person.second_factor is None
    assert not sessions.principal_of(session, token).signed_in
    fresh = new_secret()
    assert set_up(session, person, KEY, fresh, TOTP(fresh).now())
    actions = session.scalars(select(AuditEvent.action).order_by(AuditEvent.id)).all()
    assert actions == ["set up a second factor", "reset the second factor of", "set up a second factor"]
