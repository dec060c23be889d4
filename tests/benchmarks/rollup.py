"""A region's figures from stored scores against counting its answers, as the region grows; and one partnership's view.

`region_page` is measured where the pages are (see `web`), once there are any.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from a2p.region.counted import Counted
from a2p.region.figures import section_figures_of
from a2p.rounds.regional import Gathered, gather_counted
from a2p.rounds.regional_snapshots import beside_others, make
from a2p.scoring.bands import bands_of
from a2p.store.audit import SYSTEM
from a2p.store.engine import READ_ONLY
from a2p.store.region_tables import SectionScore
from a2p.store.round_tables import Result
from a2p.store.tables import Region
from tests.benchmarks.measure import Figure, ratios
from tests.benchmarks.shires import ASKED, PEOPLE, region_of, scope

COUNTED = text(
    "SELECT response.partnership_id, answer.question, answer.value, count(*) FROM answer"
    " JOIN response ON response.id = answer.response_id WHERE answer.state = 'given' GROUP BY 1, 2, 3"
)
MANY, FEW = 400, 50


def figures() -> list[Figure]:
    """rollup_400, rollup_gathered, rollup_picture, rollup_growth and one_partnership."""
    with region_of(MANY, people=PEOPLE) as (large, large_id), region_of(FEW) as (small, small_id):
        with Session(large) as one, Session(small) as other:
            for session, region_id in ((one, large_id), (other, small_id)):
                with session.begin():
                    make(session, session.get_one(Region, region_id), scope(), "Before", SYSTEM)
        with (
            Session(large.execution_options(**READ_ONLY)) as one,
            Session(small.execution_options(**READ_ONLY)) as other,
        ):
            return [
                Figure(
                    "rollup_400",
                    ratios(lambda _: _seconds(lambda: _rows(one)), lambda _: _seconds(lambda: _counted(one))),
                    "<= 0.02",
                    "reading section scores of 400 partnerships / GROUP BY over their answers to that questionnaire",
                ),
                Figure(
                    "rollup_gathered",
                    ratios(
                        lambda _: _seconds(lambda: _gathered(one, large_id)), lambda _: _seconds(lambda: _counted(one))
                    ),
                    "stated",
                    "all that they bring: their newest released rounds, exact scores, questions / the same",
                ),
                Figure(
                    "rollup_picture",
                    ratios(
                        lambda _: _seconds(lambda: picture(one, large_id)), lambda _: _seconds(lambda: _counted(one))
                    ),
                    "stated",
                    "that with the figures of all and of each kind worked out, exactly",
                ),
                Figure(
                    "rollup_growth",
                    ratios(
                        lambda _: _seconds(lambda: picture(one, large_id)),
                        lambda _: 8 * _seconds(lambda: picture(other, small_id)),
                    ),
                    "<= 1.0",
                    "the picture of 400 partnerships / 8 times that of 50",
                ),
                Figure(
                    "one_partnership",
                    ratios(
                        lambda run: _seconds(lambda: _own(one, run)), lambda run: _seconds(lambda: _own(other, run))
                    ),
                    "<= 1.3",
                    "ten partnerships beside their cohort, in a region of 400 / of 50",
                ),
            ]


def _rows(session: Session) -> object:
    score = SectionScore
    columns = (score.result_id, score.section, score.score, score.band, score.wide, score.gaps)
    return session.execute(select(*columns).order_by(score.result_id)).all()


def _gathered(session: Session, region_id: int) -> Gathered:
    return gather_counted(session, region_id, scope())


def picture(session: Session, region_id: int) -> list[object]:
    """The figures of every section, of all and of each kind."""
    found = _gathered(session, region_id)
    (definition,) = found.definitions.values()
    groups: dict[str, list[Counted]] = {"": list(found.counted)}
    for each in found.counted:
        groups.setdefault(each.place.kind, []).append(each)
    sections = [section.id for section in definition.sections if not section.is_facts]
    bands = bands_of(definition)
    return [section_figures_of(group, section, bands) for group in groups.values() for section in sections]


def _counted(session: Session) -> object:
    return session.execute(COUNTED).all()


def _own(session: Session, run: int) -> None:
    for number in range(1, 11):
        session.expire_all()
        result = session.get_one(Result, (run % 3 + number) * 10)
        if beside_others(session, result) is None:
            raise LookupError(f"no snapshot of {ASKED} beside result {result.id}")


def _seconds(work: Callable[[], object]) -> float:
    before = time.perf_counter()
    work()
    return time.perf_counter() - before
