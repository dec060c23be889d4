"""A day typed in three boxes, as one field of a form."""

from __future__ import annotations

from datetime import date

from werkzeug.datastructures import MultiDict
from wtforms import Field
from wtforms.utils import unset_value

PARTS = ("day", "month", "year")


class DayField(Field):
    """`day` is the date, None where the boxes are empty or make none; `typed` is what stands in the boxes.

    The boxes are named `<field>-day`, `<field>-month` and `<field>-year`. The label begins the error: "The last day".
    """

    day: date | None = None
    typed: tuple[str, ...] = ("", "", "")

    def process(
        self, formdata: MultiDict[str, str] | None, data: object = unset_value, extra_filters: object = None
    ) -> None:
        """WTForms' own, but what was sent is read from the three boxes."""
        super().process(None, data, extra_filters)
        if isinstance(data, date):
            self.day, self.typed = data, (str(data.day), str(data.month), str(data.year))
        if formdata is None:
            return
        self.typed = tuple(" ".join(formdata.get(f"{self.name}-{part}", "").split()) for part in PARTS)
        self.day = self._read() if any(self.typed) else None

    def _read(self) -> date | None:
        day, month, year = self.typed
        try:
            return date(int(year), int(month), int(day))
        except ValueError:
            self.process_errors = [f"{self.label.text} must be a real date, such as 31 3 2027"]
            return None
