"""Scoring a round against decoding its answers, and importing the site against importing the libraries under it."""

from __future__ import annotations

import json
import sys

from a2p.definition.canonical import sha256
from a2p.exchange.sample import sample
from a2p.scoring.answers import Respondent
from a2p.scoring.score import Header, score
from a2p.settings import ROOT
from tests.benchmarks.measure import Figure, cpu_seconds, process, ratios
from tests.builders import definition, scale_question, section

BOTH = ["partners", "councillors"]
HEADER = Header(partnership="Benchmark", kind="county", round="Now")


def figures() -> list[Figure]:
    """score_round and web_import."""
    asked = definition(
        *(section(f"s{s}", *(scale_question(f"s{s}-q{q}") for q in range(6)), answered_by=BOTH) for s in range(5))
    )
    digest = sha256(asked)

    def people(run: int) -> tuple[Respondent, ...]:
        return sample(asked, respondents=25, organisations=12, seed=run)

    def scored(run: int) -> float:
        respondents = people(run)
        return cpu_seconds(lambda: [score(asked, respondents, header=HEADER, sha256=digest) for _ in range(10)])

    def decoded(run: int) -> float:
        text = json.dumps([{q: (a.state, a.value) for q, a in who.answers.items()} for who in people(run)])
        return cpu_seconds(lambda: [json.loads(text) for _ in range(1000)]) / 100

    return [
        Figure("score_round", ratios(scored, decoded), "stated", "25 people x 30 questions / decoding them from JSON"),
        Figure(
            "web_import",
            ratios(lambda _: _import("a2p.web.app"), lambda _: _import("flask, flask_sqlalchemy, flask_wtf, wtforms")),
            "<= 1.2",
            "importing the site / importing Flask, SQLAlchemy and WTForms, processor time",
        ),
    ]


def _import(modules: str) -> float:
    return process([sys.executable, "-c", f"import {modules}"], {"PYTHONPATH": str(ROOT)})[0]
