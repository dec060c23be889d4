"""Sentences that pages make from counts. They never say what anybody answered."""

from __future__ import annotations

from a2p.definition.model import Questionnaire
from a2p.rounds.calendar import Crowd
from a2p.scoring.shortfalls import Shortfall
from a2p.web.page import day

ASKED = {
    "police": "the police",
    "fire": "the fire and rescue service",
    "health": "health bodies",
    "county-council": "the county council",
}
COUNTED = ("", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")


def shortfall_sentence(definition: Questionnaire, short: Shortfall) -> str:
    """What a section would not show if the round closed now, and what would help."""
    title = definition.section(short.section).title
    if short.questions == 0:
        lost = "would have no score or band"
    elif short.questions == short.asked:
        lost = "would not be shown at all"
    else:
        lost = f"would not show {_count(short.questions, 'question', 'questions')} of {short.asked}"
    wanted = _wanted(short)
    return f"{title} {lost}{f': it needs {wanted}' if wanted else ''}."


def _wanted(short: Shortfall) -> str:
    voice = ("councillor", "councillors") if short.voices_are_councillors else ("organisation", "organisations")
    parts = []
    if short.respondents:
        parts.append(_count(short.respondents, "more person to answer", "more people to answer"))
    if short.voices:
        parts.append(f"a level from {_count(short.voices, f'more {voice[0]}', f'more {voice[1]}')}")
    return " and ".join(parts)


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def crowd_sentence(crowd: Crowd) -> str:
    """That many partnerships ask one sector at once, and when."""
    who = ASKED[crowd.sector]
    many = len(crowd.partnerships)
    number = COUNTED[many] if many < len(COUNTED) else str(many)
    when = f"in the week of {day(crowd.first)}"
    if crowd.last != crowd.first:
        when = f"in the weeks from {day(crowd.first)} to that of {day(crowd.last)}"
    return f"{number} partnerships ask {who} {when}."
