"""Small words that every document shares: counts with their nouns, dates, names of sectors and kinds, short forms."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

from a2p.definition.model import Kind
from a2p.scoring import rounding
from a2p.scoring.answers import Sector

NONE = "–"
LONDON = ZoneInfo("Europe/London")
_SENTENCE_END = re.compile(r"(?<=[.?!]) (?=[A-ZŴŶÂÊÎÔÛ])")

SECTORS: dict[Sector, str] = {
    "county-council": "County council",
    "district-council": "District councils",
    "unitary-council": "Unitary council",
    "parish-town": "Parish and town councils",
    "police": "Police",
    "fire": "Fire and rescue",
    "health": "Health",
    "education": "Education",
    "voluntary-community": "Voluntary and community",
    "business": "Business",
    "other-public": "Other public bodies",
}
KINDS: dict[Kind, str] = {
    "county": "County partnership",
    "district": "District partnership",
    "unitary": "Unitary partnership",
    "local": "Local partnership",
}
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def language_tag(language: str) -> str:
    """What a document says it is written in, for readers aloud: `en-GB` or `cy`."""
    return "en-GB" if language == "en" else language


def whole(value: Fraction | None) -> str:
    """A score as a page shows it: a whole number, half to even; a dash where there is none."""
    return NONE if value is None else rounding.whole(value)


def tenth(value: Fraction | None) -> str:
    """A number as a table shows it: one decimal, half to even; a dash where there is none."""
    return NONE if value is None else rounding.tenth(value)


def count(number: int, one: str, many: str) -> str:
    """`1 person`, `2 people`."""
    return f"{number} {one if number == 1 else many}"


def people(number: int) -> str:
    return count(number, "person", "people")


def organisations(number: int) -> str:
    return count(number, "organisation", "organisations")


def questions(number: int) -> str:
    return count(number, "question", "questions")


def listed(parts: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def day(value: date | None) -> str:
    """`1 March 2026`."""
    return "" if value is None else f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def moment(when: datetime) -> str:
    """A moment in UTC as London reads it: `1 March 2026 at 2:05pm`."""
    return f"{day(when.astimezone(LONDON).date())} at {clock(when)}"


def clock(when: datetime) -> str:
    """What the clock in London shows at a moment in UTC: `2:05pm`."""
    local = when.astimezone(LONDON)
    return f"{local.hour % 12 or 12}:{local.minute:02d}{'am' if local.hour < 12 else 'pm'}"


def lower_first(text: str) -> str:
    """For the middle of a sentence: the first letter small, unless the word is in capitals."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def first_sentence(text: str) -> str:
    """Up to the first full stop, question or exclamation mark that a space and a capital letter follow."""
    return _SENTENCE_END.split(" ".join(text.split()), maxsplit=1)[0]


def shorten(text: str, limit: int) -> str:
    """The text on one line, cut at a word to at most `limit` characters with an ellipsis."""
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    return line[: limit - 1].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…" if " " in line[:limit] else line[: limit - 1] + "…"
