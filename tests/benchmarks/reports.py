"""The capacity report against Chromium printing a reference page, tagged, warm and cold."""

from __future__ import annotations

import io
import os
import sys
import tempfile
import time
from pathlib import Path

import pikepdf
from playwright.sync_api import Browser, sync_playwright

from a2p.definition.canonical import sha256
from a2p.definition.catalogue import read
from a2p.exchange.sample import sample
from a2p.scoring.disclosure import Disclosed, unlimited
from a2p.scoring.score import Header, score
from a2p.settings import ROOT
from tests.benchmarks.measure import Figure, process, ratios, tree_cpu_seconds

REFERENCE = Path(__file__).parent / "reference.html"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def figures() -> list[Figure]:
    """pdf_warm, pdf_warm_wall and pdf_cold; none where there is no Chromium."""
    chromium = os.environ.get("A2P_CHROMIUM", "")
    if not chromium:
        return []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        processor, wall = _warm(browser)
        browser.close()
    return [
        Figure(
            "pdf_warm", processor, "<= 1.2", "18 people's report / Chromium printing a reference page, processor time"
        ),
        Figure("pdf_warm_wall", wall, "<= 2.2", "the same, wall time"),
        Figure("pdf_cold", _cold(chromium), "<= 1.5", "`a2p report` as a process / Chromium as a process, wall time"),
    ]


def _warm(browser: Browser) -> tuple[tuple[float, ...], tuple[float, ...]]:
    from a2p.documents.report import capacity_report

    page = browser.new_page()
    seen: dict[str, list[tuple[float, float]]] = {"ours": [], "theirs": []}

    def ours(run: int) -> float:
        shown = some_result(run)
        start, used = time.perf_counter(), time.process_time()
        pdf = capacity_report(shown)
        seen["ours"].append((time.process_time() - used, time.perf_counter() - start))
        with pikepdf.open(io.BytesIO(pdf)) as made:
            assert len(made.pages) >= 10, "a whole report"
            assert "/StructTreeRoot" in made.Root, "tagged"
        return 1.0

    def theirs(run: int) -> float:
        start, used = time.perf_counter(), tree_cpu_seconds(os.getpid()) - time.process_time()
        page.set_content(REFERENCE.read_text().replace("Reference Partnership", f"Reference Partnership {run}"))
        printed = page.pdf(format="A4", tagged=True, outline=True)
        used = tree_cpu_seconds(os.getpid()) - time.process_time() - used
        seen["theirs"].append((used, time.perf_counter() - start))
        assert printed.startswith(b"%PDF"), "Chromium printed"
        return 1.0

    ratios(ours, theirs)
    pairs = list(zip(seen["ours"], seen["theirs"], strict=True))[1:]
    return tuple(a[0] / b[0] for a, b in pairs), tuple(a[1] / b[1] for a, b in pairs)


def _cold(chromium: str) -> tuple[float, ...]:
    with tempfile.TemporaryDirectory() as folder:
        answers = Path(folder) / "answers.csv"

        def ours(run: int) -> float:
            with answers.open("w") as out:
                from a2p.exchange.answers_out import write_answers

                write_answers(sample(read("aspire"), respondents=18, organisations=9, seed=run), out)
            command = [sys.executable, "-m", "a2p", "report", "aspire", str(answers), "-o", f"{folder}/ours.pdf"]
            return process(command, {"PYTHONPATH": str(ROOT)})[1]

        def theirs(run: int) -> float:
            command = [chromium, "--headless", *FLAGS, f"--user-data-dir={folder}/profile{run}"]
            return process([*command, f"--print-to-pdf={folder}/theirs.pdf", REFERENCE.as_uri()])[1]

        return ratios(ours, theirs)


def some_result(seed: int) -> Disclosed:
    """The result of 18 invented people of 9 organisations."""
    asked = read("aspire")
    people = sample(asked, respondents=18, organisations=9, seed=seed)
    header = Header(partnership="Benchmark Partnership", kind="county", round=f"Run {seed}")
    return unlimited(score(asked, people, header=header, sha256=sha256(asked)))
