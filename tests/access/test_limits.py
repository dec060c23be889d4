"""How often something may be tried: per key, within a stretch of time, and kept so that it tells nobody who tried."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import Engine, func, select, update
from sqlalchemy.orm import Session

from a2p.access.limits import Limit, again_at, allowed, give_back, network_of
from a2p.store.access_tables import Attempt
from a2p.store.base import now

LIMIT = Limit("trial", 3, timedelta(minutes=10))
OTHER = Limit("another trial", 3, timedelta(minutes=10))
KEY = "somebody@example.org"
SECRET = "s" * 40


def tries(session: Session, times: int, limit: Limit = LIMIT, key: str = KEY) -> list[bool]:
    return [allowed(session, limit, key, SECRET) for _ in range(times)]


def let_pass(session: Session, stretch: timedelta) -> None:
    session.execute(update(Attempt).values(at=now() - stretch))


def test_one_too_many_is_refused_and_others_are_not(session: Session) -> None:
    assert tries(session, 5) == [True, True, True, False, False]
    assert tries(session, 1, key="other@example.org") == [True]
    assert tries(session, 1, OTHER) == [True]


def test_it_is_allowed_again_when_the_oldest_is_forgotten(session: Session) -> None:
    tries(session, 4)
    let_pass(session, timedelta(minutes=9))
    assert tries(session, 1) == [False]
    again = again_at(session, LIMIT, KEY, SECRET)
    assert timedelta(seconds=50) < again - now() <= timedelta(minutes=1)
    let_pass(session, timedelta(minutes=10, seconds=1))
    assert again_at(session, LIMIT, KEY, SECRET) <= now()
    assert tries(session, 1) == [True]


def test_being_refused_does_not_make_it_longer(session: Session) -> None:
    tries(session, 3)
    let_pass(session, timedelta(minutes=9))
    assert tries(session, 10) == [False] * 10
    let_pass(session, timedelta(minutes=10, seconds=1))
    assert tries(session, 1) == [True]


def test_what_was_right_does_not_count(session: Session) -> None:
    for _ in range(10):
        assert tries(session, 1) == [True]
        give_back(session, LIMIT, KEY, SECRET)
    assert tries(session, 4) == [True, True, True, False]
    give_back(session, LIMIT, KEY, SECRET)
    assert tries(session, 2) == [True, False]


def test_old_attempts_are_thrown_away_and_none_says_whose_it_is(session: Session) -> None:
    tries(session, 3)
    tries(session, 2, OTHER)
    kept: Sequence[str] = session.scalars(select(Attempt.key_hash)).all()
    assert not [each for each in kept if KEY in each]
    assert len({*kept}) == 2, "the same key under another purpose can't be recognised"
    let_pass(session, timedelta(minutes=11))
    tries(session, 1)
    assert session.scalar(select(func.count()).where(Attempt.purpose == LIMIT.purpose)) == 1


def test_many_at_once_are_counted_one_by_one(engine: Engine) -> None:
    outcomes: list[bool] = []
    start = Barrier(8)

    def attempt() -> None:
        start.wait()
        with Session(engine) as session, session.begin():
            outcomes.append(allowed(session, LIMIT, KEY, SECRET))

    threads = [Thread(target=attempt) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == [False] * 5 + [True] * 3


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
        (None, "unknown"),
        ("nonsense", "unknown"),
    ],
)
def test_a_network_is_an_ipv4_address_or_a_households_share_of_ipv6(address: str | None, network: str) -> None:
    assert network_of(address) == network
