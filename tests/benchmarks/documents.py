"""Documents made as workers make them, a process each: many at once, long ones, their memory."""

from __future__ import annotations

import asyncio
import os
import resource
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from playwright.async_api import async_playwright

from a2p.documents.known import Known, Planned
from a2p.documents.making import make
from a2p.documents.material import Material
from a2p.documents.order import Order
from a2p.exchange.sample import sample
from a2p.jobs.renderer import Renderer
from a2p.scoring.disclosure import unlimited
from a2p.scoring.score import Header, score
from tests.benchmarks.measure import Figure, cpu_seconds, descendants, kilobytes, of_process, ratios
from tests.benchmarks.reports import FLAGS, REFERENCE, some_result
from tests.builders import definition, scale_question, section

if TYPE_CHECKING:
    from playwright.async_api import Browser

REPORT = Order("report")
PLAN = Order("action-plan")
AT_ONCE = 2
BATCH = 6
RENDERS = 40
WARM_AFTER = 2
PAIRS_OF_LONG_ONES = 3
"""A report of 240 questions takes most of a minute, so that there are fewer pairs of those."""


def figures() -> list[Figure]:
    """pdf_batch, pdf_growth twice, and pdf_memory twice; none where there is no Chromium."""
    chromium = os.environ.get("A2P_CHROMIUM", "")
    if not chromium:
        return []
    batch, largest = asyncio.run(_beside_chromium(chromium))
    peaks, kept = _memory(largest)
    return [
        Figure("pdf_batch", batch, ">= 0.67", "reports a minute, 2 processes / Chromium's pages, 2 at once"),
        Figure("pdf_growth", _growth_of_reports(), "<= 0.85", "a report of 240 questions / 8 of 30, processor time"),
        Figure("pdf_growth_table", _growth_of_plans(), "<= 1.0", "a plan of 800 actions / 8 of 100, processor time"),
        Figure("pdf_memory", peaks, "<= 0.55", "a report's process at its peak / Chromium's largest process"),
        Figure("pdf_memory_kept", kept, "<= 1.05", "a worker with its process of fonts after 40 reports / after 2"),
    ]


async def _beside_chromium(chromium: str) -> tuple[tuple[float, ...], int]:
    """Ratios of pdf_batch, and the most memory that one of Chromium's processes took, in kB."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        pairs = [(await _theirs(browser, run), await asyncio.to_thread(_ours, run)) for run in range(8)]
        largest = max(kilobytes(pid, "VmHWM") for pid in descendants(os.getpid()) if _is_chromium(pid))
        await browser.close()
    return tuple(theirs / ours for theirs, ours in pairs[1:]), largest


async def _theirs(browser: Browser, run: int) -> float:
    """Seconds for BATCH reference pages, two at once."""

    async def printing(numbers: range) -> None:
        page = await browser.new_page()
        for number in numbers:
            named = REFERENCE.read_text().replace("Reference Partnership", f"Reference {run} {number}")
            await page.set_content(named)
            assert (await page.pdf(format="A4", tagged=True, outline=True)).startswith(b"%PDF"), "Chromium printed"
        await page.close()

    start = time.perf_counter()
    await asyncio.gather(*(printing(range(first, BATCH, AT_ONCE)) for first in range(AT_ONCE)))
    return time.perf_counter() - start


def _ours(run: int) -> float:
    """Seconds for BATCH reports, by two renderers at once."""
    materials = [Material(some_result(100 * run + number)) for number in range(BATCH)]

    def work(renderer: Renderer, part: list[Material]) -> None:
        for material in part:
            assert renderer.make(make, (material, REPORT), lambda: True).startswith(b"%PDF"), "a report"

    start = time.perf_counter()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(work, RENDERERS, [materials[first::AT_ONCE] for first in range(AT_ONCE)]))
    return time.perf_counter() - start


RENDERERS = [Renderer() for _ in range(AT_ONCE)]


def _memory(largest: int) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """The peaks of a report's process by Chromium's, and the worker's memory after RENDERS by that after WARM_AFTER."""
    peaks: list[float] = []
    resident: list[int] = []
    for number in range(RENDERS):
        material = Material(some_result(number))
        peaks.append(int(RENDERERS[0].make(_peak, (material, REPORT), lambda: True)) / largest)
        own = os.getpid()
        resident.append(sum(kilobytes(pid, "VmRSS") for pid in (own, *descendants(own))))
    return tuple(peaks), (resident[-1] / resident[WARM_AFTER - 1],)


def _peak(material: Material, order: Order) -> bytes:
    """Make the document, and tell this process's peak in kB instead of it."""
    assert make(material, order).startswith(b"%PDF"), "a report"
    return str(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss).encode()


def _growth_of_reports() -> tuple[float, ...]:
    return _growth(lambda run, many: make(_asked(30 * many, run), REPORT), PAIRS_OF_LONG_ONES)


def _growth_of_plans() -> tuple[float, ...]:
    return _growth(lambda run, many: make(_planned(100 * many, run), PLAN), PAIRS_OF_LONG_ONES)


def _growth(made: Callable[[int, int], bytes], runs: int) -> tuple[float, ...]:
    def eightfold(run: int) -> float:
        return cpu_seconds(lambda: made(run, 8))

    def single(run: int) -> float:
        return 8 * cpu_seconds(lambda: made(run, 1))

    return ratios(eightfold, single, runs)


def _asked(questions: int, seed: int) -> Material:
    """The result of 18 people's answers to so many questions in six sections."""
    numbers = range(questions // 6)
    parts = [section(f"part-{part}", *(scale_question(f"q-{part}-{each}") for each in numbers)) for part in range(6)]
    asked = definition(*parts)
    people = sample(asked, respondents=18, organisations=9, seed=seed)
    header = Header(partnership="Benchmark Partnership", kind="county", round=f"Run {seed}")
    return Material(unlimited(score(asked, people, header=header, sha256="0" * 64)))


def _planned(actions: int, seed: int) -> Material:
    """A result with so many actions."""
    listed = tuple(
        Planned(f"Action {seed} {number}", owner="Fen Trust", due="1 March 2027", status="Planned")
        for number in range(actions)
    )
    return Material(some_result(seed), known=Known(actions=listed))


def _is_chromium(pid: int) -> bool:
    return b"chrom" in of_process(pid, "cmdline").partition(b"\0")[0]
