"""Making a snapshot of 400 partnerships after 50 earlier ones, with all that was shown looked at; and how that grows.

The earlier ones are of changing scopes and of three years' rounds, and partnerships raise and lower their releases in
between.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from a2p.rounds.regional_snapshots import SnapshotRefused, make, preview
from a2p.store.audit import SYSTEM
from a2p.store.outcome_tables import Release
from a2p.store.tables import Region
from tests.benchmarks.measure import Figure, cpu_seconds
from tests.benchmarks.shires import CLOSED, YEAR, region_of, scope

EARLIER = 50
YEARS = 3
PARTNERSHIPS = 400
KINDS = (None, "district", "county", "unitary")
RUNS = 5


def figures() -> list[Figure]:
    """snapshot_check in seconds, and its growth with twice as many earlier snapshots and twice the partnerships."""
    half = _seconds(PARTNERSHIPS // 2, EARLIER)
    fewer = _seconds(PARTNERSHIPS, EARLIER // 2)
    whole = _seconds(PARTNERSHIPS, EARLIER)
    what = f"checking a snapshot of {PARTNERSHIPS} partnerships with {EARLIER} earlier ones"
    growth = [
        ("check_growth_n", half, f"seconds for {PARTNERSHIPS} partnerships / for {PARTNERSHIPS // 2}"),
        ("check_growth_k", fewer, f"seconds with {EARLIER} earlier ones / with {EARLIER // 2}"),
    ]
    return [
        Figure("snapshot_check", tuple(whole), "< 2 s", f"{what}, in seconds of processor time"),
        *(
            Figure(name, tuple(mine / other for mine, other in zip(whole, theirs, strict=True)), "stated", about)
            for name, theirs, about in growth
        ),
    ]


def _seconds(partnerships: int, earlier: int) -> list[float]:
    with region_of(partnerships, YEARS) as (engine, region_id), Session(engine) as session:
        region = session.get_one(Region, region_id)
        for number in range(earlier):
            _change(session, number, partnerships)
            wanted = scope(number * YEARS // earlier).model_copy(update={"kind": KINDS[number % len(KINDS)]})
            try:
                make(session, region, wanted, f"Snapshot {number}", SYSTEM, at=_moment(number))
            except SnapshotRefused:
                continue
        return [_one(session, region) for _ in range(RUNS)]


def _one(session: Session, region: Region) -> float:
    return cpu_seconds(lambda: preview(session, region, scope(YEARS - 1)))


def _change(session: Session, number: int, partnerships: int) -> None:
    """A few partnerships raise what they released in the first year, a few lower it."""
    for place in range(1 + number % 7, partnerships + 1, 41):
        at = _moment(number) - timedelta(hours=1)
        lowered = (place + number) % 2 == 0
        session.add(
            Release(
                partnership_id=place,
                round_id=place * 10,
                audience="region",
                level="1" if lowered else "2",
                state="confirmed",
                proposed=at if lowered else at - timedelta(days=1),
                decided=at,
            )
        )
    session.flush()


def _moment(number: int) -> datetime:
    return CLOSED + YEAR * YEARS + timedelta(days=number)
