"""Small rounds for documents' tests: invented answers, scored by the real rules, as disclosed or in full."""

from __future__ import annotations

from datetime import date
from functools import cache

from a2p.definition import catalogue
from a2p.definition.canonical import sha256
from a2p.definition.model import Questionnaire
from a2p.documents.agreed_view import Settlement
from a2p.documents.known import Held, Known, Planned
from a2p.documents.material import Material
from a2p.exchange.sample import Story, sample, sample_coordinator
from a2p.scoring.disclosure import Disclosed, disclose, unlimited
from a2p.scoring.score import Header, score


def disclosed_round(
    definition: Questionnaire,
    *,
    respondents: int = 18,
    organisations: int = 9,
    story: Story | None = None,
    together: bool = False,
    withhold: bool = False,
    invited: int | None = None,
    partnership: str = "Great Fenland Partnership",
    name: str = "Spring 2026",
    demo: bool = False,
) -> Disclosed:
    """A round of invented answers; `withhold` applies the minimums of disclosure."""
    people = (
        sample(definition, respondents=respondents, organisations=organisations, seed=3, story=story)
        if respondents
        else ()
    )
    result = score(
        definition,
        people,
        header=Header(
            partnership=partnership,
            kind=definition.kinds[0],
            round=name,
            opened=date(2026, 3, 1),
            closed=date(2026, 3, 31),
            demo=demo,
        ),
        sha256=sha256(definition),
        together=together,
        invited_organisations=invited,
        coordinator=sample_coordinator(definition, seed=3),
    )
    return disclose(result) if withhold else unlimited(result)


@cache
def aspire() -> Questionnaire:
    return catalogue.read("aspire")


VARIED = Story(level=0.5, spread=0.4, sections={"purpose": 0.9, "decisions": 0.2})


@cache
def aspire_round() -> Disclosed:
    """18 people from 9 organisations, with strong and weak sections and wide disagreement."""
    return disclosed_round(aspire(), story=VARIED)


HELD = Held(
    "14 April 2026", "Town hall, March", ("Fire", "Police"), 14, "Most had read it.", "Who chairs.\n\n- Who pays"
)
PLAN = Planned(
    "Write down who decides", "Nobody could say", "Chris Bell", "Two days", "30 June 2026", "All can say it", "Planned"
)


@cache
def after_workshop() -> Material:
    """The same round after a workshop that agreed on two questions, left one open, and planned two actions."""
    questions = [each for part in aspire().sections for each in part.scale_questions]
    settled = {
        questions[0].id: Settlement("embedded", "We use it.\n\n- Every month", 3),
        questions[1].id: Settlement(None, "Two views remain.", 9),
        questions[4].id: Settlement("working"),
    }
    done = Planned("Read the old plan", status="Done", about=questions[2].id, carried_from="Autumn 2025")
    return Material(aspire_round(), known=Known(settled, (PLAN, done), workshops=(HELD,)))
