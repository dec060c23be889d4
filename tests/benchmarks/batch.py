"""A batch of hundreds of reports by two workers, as on a site: `./run bench batch`. It takes some minutes.

A2P_BENCH_REPORTS says how many (400).
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from zipfile import ZipFile

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from a2p.access.policy import Role
from a2p.commands.beside import worker_beside
from a2p.commands.worker import DOCUMENTS
from a2p.definition.catalogue import read
from a2p.documents.order import Order
from a2p.ordering.gathering import gather
from a2p.ordering.orders import Wanted, order_batch
from a2p.rounds.opening import RoundPlan, open_round
from a2p.scoring.disclosure import Audience
from a2p.scoring.frozen_file import content_hash, frozen_json
from a2p.settings import documents_folder
from a2p.store.base import now, today
from a2p.store.definitions import publish
from a2p.store.engine import READ_ONLY, open_engine
from a2p.store.migrate import upgrade
from a2p.store.queue import Queue
from a2p.store.round_tables import Job, QuestionnaireVersion, Result
from a2p.store.tables import Grant, Installation, Partnership, Person, Region
from tests.benchmarks.measure import Figure, descendants, kilobytes
from tests.benchmarks.reports import some_result
from tests.benchmarks.site import settings

REPORTS = int(os.environ.get("A2P_BENCH_REPORTS", "400"))
WARM_AFTER = 20
PATIENCE_SECONDS = 3600.0


@dataclass(frozen=True, slots=True)
class Seen:
    """At a moment of the batch: how many documents are done, and what each process takes, in kB by its number."""

    done: int
    kilobytes: dict[int, int]


def figures() -> list[Figure]:
    """batch_memory: what the workers take late in a batch by what they took after the first documents."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        engine = open_engine(settings(folder).database_url)
        upgrade(engine)
        with Session(engine) as session, session.begin():
            batch, jobs = _ordered(session)
        queue = Queue(folder)
        for job in jobs:
            queue.hand_in(job, in_batch=True)
        queue.hand_in(batch)
        start = time.perf_counter()
        seen = _watched(engine, folder, batch)
        minutes = (time.perf_counter() - start) / 60
        _check(engine, folder, batch)
    warm = [each for each in seen if WARM_AFTER <= each.done < 2 * WARM_AFTER]
    late = [each for each in seen if each.done >= REPORTS - WARM_AFTER]
    # what renders comes and goes; the workers and the processes that have fonts loaded are there all the time
    lasting = set.intersection(*(set(each.kilobytes) for each in (*warm, *late)))
    assert len(lasting) >= 2, "the workers are there all the time"
    before = statistics.median(_taken(each, lasting) for each in warm)
    what = f"two workers late in a batch of {REPORTS} reports / after {WARM_AFTER}; {REPORTS / minutes:.0f} a minute"
    return [Figure("batch_memory", tuple(_taken(each, lasting) / before for each in late), "<= 1.05", what)]


def _taken(seen: Seen, processes: set[int]) -> int:
    return sum(seen.kilobytes[each] for each in processes)


def _ordered(session: Session) -> tuple[int, tuple[int, ...]]:
    """A batch of the reports of as many partnerships, for somebody who coordinates all of them."""
    region, person = Region(name="Benchmarks"), Person(name="Everybody’s coordinator", email="all@example.org")
    session.add_all([Installation(demo=True), region, person])
    version = publish(session, read("aspire"))
    session.flush()
    wanted = []
    for number in range(REPORTS):
        result = kept_result(session, _partnership(session, region, person, number), version, number)
        wanted.append(Wanted(result, Order("report"), gather(session, result, Audience.COORDINATOR)))
    batch, jobs = order_batch(session, wanted, person.id)
    return batch.id, jobs


def _partnership(session: Session, region: Region, person: Person, number: int) -> Partnership:
    place = Partnership(region_id=region.id, name=f"Benchmark Partnership {number}", kind="county")
    session.add(place)
    session.flush()
    session.add(
        Grant(person_id=person.id, role=Role.COORDINATOR.value, partnership_id=place.id, starts=today()),
    )
    return place


def kept_result(session: Session, place: Partnership, version: QuestionnaireVersion, number: int) -> Result:
    """A closed round's result: frozen without its answers, which the report doesn't read."""
    round_ = open_round(session, place, RoundPlan("Now", [version], together=False), at=now() - timedelta(days=30))
    round_.closed = now()
    found = some_result(number).result.model_copy(update={"partnership": place.name})
    kept = Result(
        partnership_id=place.id,
        round_id=round_.id,
        version_id=version.id,
        sha256=content_hash(found),
        document=frozen_json(found).decode(),
    )
    session.add(kept)
    session.flush()
    return kept


def _watched(engine: Engine, folder: Path, batch: int) -> list[Seen]:
    """What the workers take, once a second, until the batch has ended."""
    seen: list[Seen] = []
    end = time.monotonic() + PATIENCE_SECONDS
    with ExitStack() as workers:
        for _ in range(2):
            workers.enter_context(worker_beside(settings(folder), DOCUMENTS))
        while time.monotonic() < end:
            time.sleep(1)
            with Session(engine.execution_options(**READ_ONLY)) as session:
                done = session.scalar(select(func.count()).where(Job.batch_id == batch, Job.state == "done")) or 0
                ended = session.get_one(Job, batch).state in ("done", "failed")
            if ended:
                return seen
            seen.append(Seen(done, {pid: kilobytes(pid, "VmRSS") for pid in descendants(os.getpid())}))
    raise TimeoutError(f"the batch is not done after {PATIENCE_SECONDS:.0f} seconds")


def _check(engine: Engine, folder: Path, batch: int) -> None:
    with Session(engine) as session:
        job = session.get_one(Job, batch)
        assert job.state == "done", job.message
        with ZipFile(documents_folder(folder) / str(job.file)) as whole:
            assert len(whole.namelist()) == REPORTS, "every report is there"
            assert all(whole.open(name).read(4) == b"%PDF" for name in whole.namelist()), "each is a PDF"
