"""Small words that every document shares: counts with their nouns, dates, names of sectors and kinds, short forms."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

from a2p.definition.model import Kind
from a2p.documents.language import gettext, ngettext, noted
from a2p.scoring import rounding
from a2p.scoring.answers import Sector
from a2p.scoring.frozen import FrozenBand

NONE = "–"
_MOSTLY = "Mostly "
LONDON = ZoneInfo("Europe/London")
_SENTENCE_END = re.compile(r"(?<=[.?!]) (?=[A-ZŴŶÂÊÎÔÛ])")

SECTORS: dict[Sector, str] = {
    "county-council": noted("County council"),
    "district-council": noted("District councils"),
    "unitary-council": noted("Unitary council"),
    "parish-town": noted("Parish and town councils"),
    "police": noted("Police"),
    "fire": noted("Fire and rescue"),
    "health": noted("Health"),
    "education": noted("Education"),
    "voluntary-community": noted("Voluntary and community"),
    "business": noted("Business"),
    "other-public": noted("Other public bodies"),
}
KINDS: dict[Kind, str] = {
    "county": noted("County partnership"),
    "district": noted("District partnership"),
    "unitary": noted("Unitary partnership"),
    "local": noted("Local partnership"),
}
STATUSES = {"unpiloted": noted("unpiloted"), "piloted": noted("piloted")}
"""Whether a questionnaire has been tried out, for the middle of a sentence."""
_MONTHS = (
    noted("January"), noted("February"), noted("March"), noted("April"), noted("May"), noted("June"),
    noted("July"), noted("August"), noted("September"), noted("October"), noted("November"), noted("December"),
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


def sector(name: Sector) -> str:
    """A sector as a list of sectors has it."""
    return gettext(SECTORS[name])


def kind(name: Kind) -> str:
    """`County partnership`."""
    return gettext(KINDS[name])


def band_label(band: FrozenBand) -> str:
    """A band's name. One that scoring made from a level, `Mostly working`, is said in the document's language."""
    if band.label.startswith(_MOSTLY):
        return gettext("Mostly %(level)s", level=band.label.removeprefix(_MOSTLY))
    return band.label


def count(number: int, one: str, many: str) -> str:
    """`1 person`, `2 people`, in English: for pages and letters. Documents say it by `ngettext`."""
    return f"{number} {one if number == 1 else many}"


def people(number: int) -> str:
    return ngettext("%(num)s person", "%(num)s people", number)


def organisations(number: int) -> str:
    return ngettext("%(num)s organisation", "%(num)s organisations", number)


def questions(number: int) -> str:
    return ngettext("%(num)s question", "%(num)s questions", number)


def listed(parts: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    if len(parts) < 2:
        return "".join(parts)
    return gettext("%(before)s and %(last)s", before=", ".join(parts[:-1]), last=parts[-1])


def month(value: date) -> str:
    """`March`."""
    return gettext(_MONTHS[value.month - 1])


def day(value: date | None) -> str:
    """`1 March 2026`."""
    if value is None:
        return ""
    return gettext("%(day)s %(month)s %(year)s", day=value.day, month=month(value), year=value.year)


def moment(when: datetime) -> str:
    """A moment in UTC as London reads it: `1 March 2026 at 2:05pm`."""
    return gettext("%(day)s at %(clock)s", day=day(when.astimezone(LONDON).date()), clock=clock(when))


def clock(when: datetime) -> str:
    """What the clock in London shows at a moment in UTC: `2:05pm`."""
    local = when.astimezone(LONDON)
    hour, minute = local.hour % 12 or 12, f"{local.minute:02d}"
    if local.hour < 12:
        return gettext("%(hour)s:%(minute)sam", hour=hour, minute=minute)
    return gettext("%(hour)s:%(minute)spm", hour=hour, minute=minute)


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
