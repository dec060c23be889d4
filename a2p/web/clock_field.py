"""A time of day, as people write it: 9.30, 9:30, 14:00, 2.15 pm."""

from __future__ import annotations

import re

from wtforms import StringField

_WRITTEN = re.compile(r"(\d{1,2})(?:[.:](\d{2}))?\s*(am|pm)?", re.IGNORECASE)


class ClockField(StringField):
    """`data` is what was typed; `clock` is `09:30`, or "" where nothing was typed. The label begins the error."""

    clock: str = ""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed. ValueError with what to do where it is no time."""
        super().process_formdata(valuelist)
        typed = " ".join((self.data or "").split())
        self.clock = _read(typed) if typed else ""
        if typed and not self.clock:
            raise ValueError(f"{self.label.text} must be a time, such as 9:30 or 14:00")


def _read(typed: str) -> str:
    """`09:30`, or "" where it is no time."""
    found = _WRITTEN.fullmatch(typed)
    if found is None or not (found[2] or found[3]):
        return ""
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
    if half:
        if not 1 <= hour <= 12:
            return ""
        hour = hour % 12 + (12 if half == "pm" else 0)
    return f"{hour:02d}:{minute:02d}" if hour < 24 and minute < 60 else ""
