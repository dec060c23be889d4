"""A round's last day for a calendar, read back by the library and looked at as it is."""

from __future__ import annotations

from datetime import UTC, date, datetime

from icalendar import Calendar, Event

from a2p.exchange.calendar_file import LastDay, last_day_file

SAID = LastDay(
    "invitation-7",
    "Spring; one, two\r\nATTENDEE:mailto:x@example.org",
    "Ŵyn Partnership",
    date(2026, 3, 31),
    "https://a2p.example.org",
    "a2p.example.org",
)
AT = datetime(2026, 3, 1, 9, tzinfo=UTC)


def event_of(file: bytes) -> Event:
    """The one event of a file."""
    (event,) = Calendar.from_ical(file).walk("VEVENT")
    assert isinstance(event, Event)
    return event


def test_it_is_one_whole_day_under_a_name_that_stays() -> None:
    event = event_of(last_day_file(SAID, AT))
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (date(2026, 3, 31), date(2026, 4, 1))
    assert event["uid"] == "invitation-7@a2p.example.org"
    assert event["url"] == "https://a2p.example.org"
    assert "Europe/London" in str(event["description"])
    assert event_of(last_day_file(SAID, AT.replace(month=5)))["uid"] == event["uid"]


def test_what_people_wrote_is_one_text_and_no_line_of_the_file() -> None:
    file = last_day_file(SAID, AT)
    assert event_of(file)["summary"] == (
        "Last day for answers: Spring; one, two ATTENDEE:mailto:x@example.org, Ŵyn Partnership"
    )
    assert not [line for line in file.splitlines() if line.startswith(b"ATTENDEE")]
    assert max(len(line) for line in file.split(b"\r\n")) <= 75
