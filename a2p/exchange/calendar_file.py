"""A round's last day as a calendar file: an event of one whole day, for anybody's calendar.

It holds no link that lets somebody in, and nothing of the person whose calendar it goes to.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from icalendar import Calendar, Event

from a2p.scoring.partners import one_line

KIND = "text/calendar"
FILE_NAME = "last-day.ics"
_DAYS_END = "Europe/London"


@dataclass(frozen=True, slots=True)
class LastDay:
    """What the file says. `of` is what the event is known by, the same each time it is written ("invitation-7"), on the
    site of this address."""

    of: str
    round: str
    partnership: str
    day: date
    site: str
    host: str


def last_day_file(said: LastDay, at: datetime) -> bytes:
    """The file, as written at this moment. A later one of the same `of` takes its place in a calendar."""
    event = Event()
    event.add("uid", f"{said.of}@{said.host}")
    event.add("dtstamp", at)
    event.add("dtstart", said.day)
    event.add("dtend", said.day + timedelta(days=1))  # the day after: not part of it
    event.add("summary", one_line(f"Last day for answers: {said.round}, {said.partnership}"))
    event.add("description", f"Answers are taken until the end of this day, by the clock of {_DAYS_END}.")
    event.add("url", said.site)
    event.add("transp", "TRANSPARENT")  # the day is not taken up by it
    calendar = Calendar()
    calendar.add("prodid", "-//a2p//Partnership self-assessment//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-timezone", _DAYS_END)
    calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written
