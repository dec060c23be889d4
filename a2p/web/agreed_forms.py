"""Forms about what was agreed: an action, and a question as a workshop settled it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress

from wtforms import Form, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import AnyOf, DataRequired, Length, NumberRange, Optional, ValidationError

from a2p.rounds.actions import STATUS_NAMES, Plan
from a2p.scoring.partners import BadAddress, normal_email, one_line
from a2p.web.day_field import DayField
from a2p.web.partner_forms import choices
from a2p.web.subjects import SubjectGroup, find

LONGEST_TEXT = 2000
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def lines(text: str | None) -> str:
    """What was typed in a box of several lines, with one kind of line end and nothing that can't be printed."""
    return _UNPRINTABLE.sub("", (text or "").replace("\r\n", "\n").replace("\r", "\n")).strip()


def line(text: str | None) -> str:
    return one_line(text or "")


def longest(what: str, characters: int) -> Length:
    return Length(max=characters, message=f"{what} must be {characters:,} characters or less")


def lines_field(what: str, *more: DataRequired) -> TextAreaField:
    return TextAreaField(filters=[lines], validators=[*more, longest(what, LONGEST_TEXT)])


class ActionForm(Form):
    """An action: what, what about, root cause, who, cost, by when, measure, how it stands, and a note on that."""

    about = SelectField(validate_choice=False)
    what = lines_field("What will be done", DataRequired("Enter what will be done"))
    cause = lines_field("The root cause")
    owner = StringField(filters=[line], validators=[longest("The owner", 200)])
    owner_email = StringField(filters=[line], validators=[longest("The e-mail address", 254)])
    cost = StringField(filters=[line], validators=[longest("The cost", 200)])
    due = DayField("The day")
    measure = lines_field("The measure")
    status = RadioField(
        choices=choices({str(status): name for status, name in STATUS_NAMES.items()}),
        default="planned",
        validators=[AnyOf(list(STATUS_NAMES), message="Say how the action stands")],
        validate_choice=False,
    )
    note = lines_field("The note")

    groups: Sequence[SubjectGroup] = ()

    def offer(self, groups: Sequence[SubjectGroup]) -> None:
        """Let the action be about one of these, or about nothing in particular."""
        self.groups = groups
        labels = {each.value: each.label for group in groups for each in group.subjects}
        self.about.choices = choices({"": "Nothing in particular", **labels})

    def validate_about(self, field: SelectField) -> None:
        """One of what was offered, or nothing."""
        if field.data and find(self.groups, field.data) is None:
            raise ValidationError("Choose what the action is about from the list")

    def validate_owner_email(self, field: StringField) -> None:
        """An address that a letter can go to, or none."""
        if field.data and not field.errors:
            try:
                normal_email(field.data)
            except BadAddress:
                raise ValidationError("Enter an e-mail address in the correct format, like name@example.org") from None

    @property
    def plan(self) -> Plan:
        """What was typed, once it is valid."""
        return Plan(
            what=self.what.data or "",
            cause=self.cause.data or "",
            owner=self.owner.data or "",
            owner_email=normal_email(self.owner_email.data) if self.owner_email.data else "",
            cost=self.cost.data or "",
            due=self.due.day,
            measure=self.measure.data or "",
            status=self.status.data,
            about=find(self.groups, self.about.data or ""),
        )


LEFT_OPEN = "open"


class WholeNumberField(IntegerField):
    """A whole number. What is none is left to the validators, which say it in the words of the form."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """WTForms' own, without its message."""
        with suppress(ValueError):
            super().process_formdata(valuelist)


class SettledForm(Form):
    """The agreed level of a question or that it was left open, why, and the votes for its importance."""

    level = RadioField(validate_choice=False)
    reason = lines_field("The reason")
    votes = WholeNumberField(
        validators=[Optional(), NumberRange(min=0, max=9999, message="The votes must be a number from 0 to 9,999")]
    )

    def offer(self, levels: dict[str, str]) -> None:
        """Let these levels (labels by id) be chosen from, or none of them."""
        self.level.choices = choices({**levels, LEFT_OPEN: "Left open"})

    def validate_level(self, field: RadioField) -> None:
        """One of the levels, or that it was left open."""
        if field.data not in {choice.value for choice in field.choices}:
            raise ValidationError("Choose the level that was agreed, or that it was left open")

    @property
    def agreed(self) -> str | None:
        """The level that was agreed, once the form is valid; None if it was left open."""
        return None if self.level.data == LEFT_OPEN else self.level.data
