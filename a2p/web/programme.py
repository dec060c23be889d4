"""The region's first page: take-up, what is due, the newest snapshot; its partnerships; and the calendar of rounds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from a2p.access.loading import region
from a2p.access.policy import Action
from a2p.definition.model import KINDS
from a2p.documents.charts import DotRow
from a2p.documents.cohort_charts import count_bar
from a2p.rounds.calendar import by_month, calendar_of, crowds
from a2p.rounds.programme import Sought, page_of, take_up
from a2p.rounds.regional_rounds import places_of
from a2p.rounds.regional_snapshots import document_of, snapshots_of
from a2p.rounds.regional_take_up import Period, by_questionnaire, due, over_time, read_rounds
from a2p.store.tables import Region
from a2p.web.database import db
from a2p.web.page import MONTHS
from a2p.web.policy import Policy
from a2p.web.release_forms import LEVEL_WORDS
from a2p.web.wording import crowd_sentence

pages = Blueprint("programme", __name__)

SHORT = 10
"""Partnerships that the first page lists itself; more have a page of their own."""
PERIODS = {"quarter": 8, "month": 12}
"""How many periods are told at first."""
BAR = 130.0


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """A month or quarter in words, its counts, and two of them as bars of one measure."""

    title: str
    period: Period
    closed: DotRow
    released: DotRow


@pages.get("/regions/<int:region_id>", policy=Policy(Action.SEE_REGION, region))
def home(shown: Region) -> ResponseReturnValue:
    """Take-up by questionnaire and over time, what is due, the newest snapshot, and ways on. Nothing of any answer."""
    rounds = read_rounds(db.session(), shown.id)
    questionnaires = by_questionnaire(db.session(), shown.id, rounds)
    asked = next((each for each in questionnaires if each.questionnaire == request.args.get("questionnaire")), None)
    step: Literal["month", "quarter"] = "month" if request.args.get("step") == "month" else "quarter"
    periods = over_time(db.session(), shown.id, step, asked.questionnaire if asked else None, rounds)
    partnerships = places_of(db.session(), shown.id, date.min)
    snapshots = snapshots_of(db.session(), shown.id)
    return render_template(
        "pages/programme/home.html",
        region=shown,
        questionnaires=questionnaires,
        asked=asked,
        step=step,
        periods=_period_rows(periods if request.args.get("all") else periods[-PERIODS[step] :], step),
        earlier=max(0, len(periods) - PERIODS[step]) if not request.args.get("all") else 0,
        due=due(db.session(), shown.id),
        partnerships=len(partnerships),
        places=take_up(db.session(), shown.id) if len(partnerships) <= SHORT else (),
        short=len(partnerships) <= SHORT,
        newest=snapshots[0] if snapshots else None,
        newest_document=document_of(snapshots[0]) if snapshots else None,
        snapshots=len(snapshots),
        words=LEVEL_WORDS,
    )


@pages.get("/regions/<int:region_id>/partnerships", policy=Policy(Action.SEE_REGION, region))
def partnerships(shown: Region) -> ResponseReturnValue:
    """The region's partnerships and rounds, a page at a time: how many have answered, and what each released."""
    sought = _sought()
    places = places_of(db.session(), shown.id, date.min)
    return render_template(
        "pages/programme/partnerships.html",
        region=shown,
        listing=page_of(db.session(), shown.id, sought, _number("page") or 1),
        sought=sought,
        kinds=KINDS,
        areas=[place for place in places if any(each.area == place.id != each.id for each in places)],
        words=LEVEL_WORDS,
    )


@pages.get("/regions/<int:region_id>/calendar", policy=Policy(Action.SEE_CALENDAR, region))
def calendar(shown: Region) -> ResponseReturnValue:
    """Open and planned rounds by month, and the weeks in which one sector is asked by many."""
    entries = calendar_of(db.session(), shown.id)
    return render_template(
        "pages/programme/calendar.html",
        region=shown,
        months=by_month(entries),
        crowds=[(crowd_sentence(crowd), crowd.partnerships) for crowd in crowds(entries)],
    )


def _sought() -> Sought:
    kind = request.args.get("kind", "")
    name = " ".join(request.args.get("name", "").split())[:200]
    return Sought(name, kind if kind in KINDS else "", _number("area"))


def _number(name: str) -> int | None:
    """A number that the address gives; None for what is none."""
    given = request.args.get(name, "")
    return int(given) if given.isdecimal() and len(given) < 10 else None


def _period_rows(periods: tuple[Period, ...], step: str) -> tuple[PeriodRow, ...]:
    most = max((max(each.counts.closed, each.counts.released) for each in periods), default=0)
    return tuple(_period_row(each, step, most) for each in reversed(periods))


def _period_row(period: Period, step: str, most: int) -> PeriodRow:
    first, last = MONTHS[period.first.month - 1], MONTHS[period.last.month - 1]
    title = f"{first if step == 'month' else f'{first} to {last}'} {period.last.year}"
    closed, released = period.counts.closed, period.counts.released
    return PeriodRow(
        title,
        period,
        count_bar(closed, most=most, title=f"{title}: {closed} closed", width=BAR),
        count_bar(released, most=most, title=f"{title}: {released} released", width=BAR),
    )
