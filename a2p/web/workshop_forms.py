"""The form about a workshop that was held: when, where, who came, a note, and what was left open."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from wtforms import Form, RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, NumberRange, Optional, ValidationError

from a2p.rounds.records import DRAFT, FINAL
from a2p.rounds.workshops import Meeting, Named, in_order
from a2p.scoring.partners import LONGEST_EMAIL, LONGEST_NAME, BadAddress, name_key, normal_email, one_line
from a2p.store.base import today
from a2p.web.agreed_forms import WholeNumberField, line, lines, lines_field, longest
from a2p.web.day_field import DayField
from a2p.web.partner_forms import choices

MOST = 300
_SHORT = f"{LONGEST_NAME} characters or less"
_ADDRESS = re.compile(r"(?P<name>.*?)[\s,;<(]*(?P<email>[^\s,;<>()]+@[^\s,;<>()]*)[>);,\s]*")


VERSIONS = {DRAFT: "A draft for correction", FINAL: "The final record"}


class SendForm(Form):
    """As what the record is sent."""

    version = RadioField(choices=choices(VERSIONS), validators=[InputRequired("Choose as what it is sent")])


class BadLine(ValueError):
    """A line that names nobody; the text says which and why."""


class WorkshopForm(Form):
    """A workshop. `offer` says which organisations can be ticked; others are written, one a line."""

    held = DayField("The day of the workshop")
    place = StringField(filters=[line], validators=[longest("The place", 200)])
    organisations = SelectMultipleField(validate_choice=False)
    others = TextAreaField(filters=[lines], validators=[longest("The other organisations", 5000)])
    people = WholeNumberField(
        validators=[
            Optional(),
            NumberRange(min=1, max=9999, message="How many people came must be a number from 1 to 9,999"),
        ]
    )
    attendees = TextAreaField(filters=[lines])
    note = lines_field("The note")
    unsettled = lines_field("What was left open")

    offered: Sequence[str] = ()
    opened: date = date.min

    def offer(self, organisations: Sequence[str], opened: date) -> None:
        """Let these be ticked, and days be given from the round's opening on."""
        self.offered, self.opened = organisations, opened
        self.organisations.choices = choices({name: name for name in organisations})

    def fill(self, meeting: Meeting) -> None:
        """Show what is recorded."""
        known = {name_key(name): name for name in self.offered}
        self.organisations.data = [known[name_key(each)] for each in meeting.organisations if name_key(each) in known]
        self.others.data = "\n".join(each for each in meeting.organisations if name_key(each) not in known)
        self.attendees.data = "\n".join(", ".join(filter(None, (each.name, each.email))) for each in meeting.attendees)

    def validate_held(self, field: DayField) -> None:
        """A day between the round's opening and today."""
        if field.day is None:
            if not field.process_errors:
                raise ValidationError("Enter the day of the workshop")
        elif field.day > today():
            raise ValidationError("The day of the workshop must be today or in the past")
        elif field.day < self.opened:
            raise ValidationError("The day of the workshop can’t be before the round was opened")

    def validate_others(self, field: TextAreaField) -> None:
        """Names as long as names may be; a text that is too long as a whole says that alone."""
        for number, text in enumerate((field.data or "").splitlines(), start=1):
            if not field.errors and len(one_line(text)) > LONGEST_NAME:
                raise ValidationError(f"Other organisations, line {number}: the name must be {_SHORT}")

    def validate_attendees(self, field: TextAreaField) -> None:
        """A name on each line, perhaps an address behind it, and not more of them than people came."""
        try:
            found = named(field.data or "")
        except BadLine as problem:
            raise ValidationError(f"People by name, {problem}") from None
        if self.people.data is not None and not self.people.errors and len(found) > self.people.data:
            raise ValidationError(f"You name {len(found)} people, and say that {self.people.data} came")

    @property
    def meeting(self) -> Meeting | None:
        """What was typed, once it is valid; None without a day."""
        if self.held.day is None:
            return None
        ticked = [name for name in self.offered if name in (self.organisations.data or [])]
        written = [one_line(each) for each in (self.others.data or "").splitlines() if one_line(each)]
        return Meeting(
            held=self.held.day,
            place=self.place.data or "",
            organisations=in_order([*written, *ticked]),
            people=self.people.data,
            attendees=named(self.attendees.data or ""),
            note=self.note.data or "",
            unsettled=self.unsettled.data or "",
        )


def named(text: str) -> tuple[Named, ...]:
    """People from lines such as “Ann Orchard, ann@example.org” or “Ann Orchard”. BadLine says what is wrong."""
    found: dict[Named, int] = {}
    for number, each in _numbered(text):
        known = next((at for other, at in found.items() if each.email and other.email == each.email), number)
        if known != number and each not in found:
            raise BadLine(f"line {number}: the address stands in line {known} already")
        found.setdefault(each, number)
    if len(found) > MOST:
        raise BadLine(f"line {MOST + 1}: no more than {MOST} can be named")
    return tuple(found)


def _numbered(text: str) -> Iterator[tuple[int, Named]]:
    for number, written in enumerate(text.splitlines(), start=1):
        one = one_line(written)
        if one:
            yield number, _read(one, number)


def _read(text: str, number: int) -> Named:
    if len(text) > LONGEST_NAME + LONGEST_EMAIL:
        raise BadLine(f"line {number}: put one person on each line")
    parted = _ADDRESS.fullmatch(text)
    name = (parted["name"] if parted else text).strip(" ,;")
    if "@" in name or not name:
        raise BadLine(f"line {number}: enter a name, then a comma and one e-mail address")
    if len(name) > LONGEST_NAME:
        raise BadLine(f"line {number}: the name must be {_SHORT}")
    try:
        return Named(name, normal_email(parted["email"]) if parted else "")
    except BadAddress:
        raise BadLine(f"line {number}: enter the e-mail address in the correct format, like name@example.org") from None
