"""A region's figures from stored scores against counting its answers, as the region grows; and one partnership's view.

`region_page` is measured over HTTP, in `region`.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from a2p.region.counted import Counted
from a2p.region.figures import section_figures_of
from a2p.rounds.regional import gather_counted
from a2p.rounds.regional_snapshots import beside_others, make
from a2p.scoring.bands import bands_of
from a2p.store.audit import SYSTEM
from a2p.store.engine import READ_ONLY
from a2p.store.region_tables import SectionScore
from a2p.store.round_tables import Result
from a2p.store.tables import Region
from tests.benchmarks.measure import Figure, cpu_seconds, ratios
from tests.benchmarks.shires import ASKED, PEOPLE, region_of, scope

COUNTED = text(
    "SELECT response.partnership_id, answer.question, answer.value, count(*) FROM answer"
    " JOIN response ON response.id = answer.response_id WHERE answer.state = 'given' GROUP BY 1, 2, 3"
)
MANY, FEW = 400, 50


def figures() -> list[Figure]:
    """rollup_400, rollup_gathered, rollup_picture, rollup_growth and one_partnership."""
    with region_of(MANY, people=PEOPLE) as (large, large_id), region_of(FEW) as (small, small_id):
        for engine, region_id in ((large, large_id), (small, small_id)):
            with Session(engine) as session, session.begin():
                make(session, session.get_one(Region, region_id), scope(), "Before", SYSTEM)
        with Session(large.execution_options(**READ_ONLY)) as one, Session(small.execution_options(**READ_ONLY)) as two:
            return _measured(one, large_id, two, small_id)


def _measured(one: Session, large: int, two: Session, small: int) -> list[Figure]:
    """The figures, of the region of MANY in one database and the one of FEW in another."""

    def answers(_run: int) -> float:
        return cpu_seconds(lambda: one.execute(COUNTED).all())

    def against_answers(name: str, work: Callable[[], object], aim: str, what: str) -> Figure:
        return Figure(name, ratios(lambda _: cpu_seconds(work), answers), aim, what)

    return [
        against_answers(
            "rollup_400",
            lambda: _rows(one),
            "<= 0.02",
            "section scores of 400 partnerships read / GROUP BY over their answers to that questionnaire",
        ),
        against_answers(
            "rollup_gathered",
            lambda: gather_counted(one, large, scope()),
            "stated",
            "all that they bring: their newest released rounds, exact scores, questions / the same",
        ),
        against_answers(
            "rollup_picture",
            lambda: picture(one, large),
            "stated",
            "that with the figures of all and of each kind worked out, exactly",
        ),
        Figure(
            "rollup_growth",
            ratios(
                lambda _: cpu_seconds(lambda: picture(one, large)),
                lambda _: 8 * cpu_seconds(lambda: picture(two, small)),
            ),
            "<= 1.0",
            "the picture of 400 partnerships / 8 times that of 50",
        ),
        Figure(
            "one_partnership",
            ratios(lambda run: cpu_seconds(lambda: _own(one, run)), lambda run: cpu_seconds(lambda: _own(two, run))),
            "<= 1.3",
            "ten partnerships beside their cohort, in a region of 400 / of 50",
        ),
    ]


def _rows(session: Session) -> object:
    score = SectionScore
    columns = (score.result_id, score.section, score.score, score.band, score.wide, score.gaps)
    return session.execute(select(*columns).order_by(score.result_id)).all()


def picture(session: Session, region_id: int) -> list[object]:
    """The figures of every section, of all and of each kind."""
    found = gather_counted(session, region_id, scope())
    (definition,) = found.definitions.values()
    groups: dict[str, list[Counted]] = {"": list(found.counted)}
    for each in found.counted:
        groups.setdefault(each.place.kind, []).append(each)
    sections = [section.id for section in definition.sections if not section.is_facts]
    bands = bands_of(definition)
    return [section_figures_of(group, section, bands) for group in groups.values() for section in sections]


def _own(session: Session, run: int) -> None:
    for number in range(1, 11):
        session.expire_all()
        result = session.get_one(Result, (run % 3 + number) * 10)
        if beside_others(session, result) is None:
            raise LookupError(f"no snapshot of {ASKED} beside result {result.id}")
