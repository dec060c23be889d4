"""The coordinator's forms: opening a round. WTForms checks; the templates draw GOV.UK components."""

from __future__ import annotations

from datetime import date
from typing import Any

from wtforms import BooleanField, Form, RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf, DataRequired, InputRequired, Length, Optional, ValidationError

from a2p.store.base import today
from a2p.web.day_field import DayField


def _choices(labels: dict[str, str]) -> list[SelectChoice]:
    return [SelectChoice(value, label) for value, label in labels.items()]


_MESSAGE = [Optional(), Length(max=2000, message="The message must be 2,000 characters or less")]


def _stripped(text: str | None) -> str:
    return " ".join((text or "").split())


class OpenRoundForm(Form):
    """Name, questionnaires, words and language, how it is answered, when, reminders, who sees what, a message."""

    name = StringField(
        filters=[_stripped],
        validators=[
            DataRequired("Enter a name for the round, such as Spring 2027"),
            Length(max=120, message="The name must be 120 characters or less"),
        ],
    )
    questionnaires = SelectMultipleField(validators=[InputRequired("Choose at least one questionnaire")])
    words = RadioField(
        choices=_choices({"plain": "plain", "local": "local"}),
        default="plain",
        validators=[AnyOf(["plain", "local"], message="Choose the words to ask in")],
        validate_choice=False,
    )
    language = RadioField(default="", validate_choice=False)
    mode = RadioField(
        choices=_choices({"apart": "apart", "together": "together"}),
        validators=[AnyOf(["apart", "together"], message="Choose how your partnership will answer")],
        validate_choice=False,
    )
    attribution = RadioField(
        choices=_choices({"private": "private", "open": "open"}),
        default="private",
        validators=[AnyOf(["private", "open"], message="Choose whether organisations may be named")],
        validate_choice=False,
    )
    opens = DayField("The first day")
    closes = DayField("The last day")
    remind1 = DayField("The first reminder")
    remind2 = DayField("The second reminder")
    remind3 = DayField("The third reminder")
    message = TextAreaField(validators=_MESSAGE)

    def validate_language(self, field: RadioField) -> None:
        """One of those that the page offered."""
        if field.data not in {choice.value for choice in field.choices}:
            raise ValidationError("Choose the language to ask in")

    def validate_opens(self, field: DayField) -> None:
        """A round can't begin in the past."""
        if field.day and field.day < today():
            raise ValidationError("The first day must be today or later")

    def validate_closes(self, field: DayField) -> None:
        """The last day comes after today and after the first."""
        if field.day and field.day < today():
            raise ValidationError("The last day must be today or later")
        if field.day and self.opens.day and field.day < self.opens.day:
            raise ValidationError("The last day can’t be before the first day")

    def validate_remind1(self, field: DayField) -> None:
        """While the round is open."""
        check_reminder(field, self.opens.day or today(), self.closes.day)

    validate_remind2 = validate_remind3 = validate_remind1

    @property
    def reminders(self) -> list[date]:
        """The reminder days, the first first."""
        return sorted({each.day for each in (self.remind1, self.remind2, self.remind3) if each.day})


def check_reminder(field: DayField, first: date, last: date | None) -> None:
    """ValidationError unless a reminder's day is today or later and lies in the round."""
    day = field.day
    if day is None:
        return
    if day < today():
        raise ValidationError(f"{field.label.text} must be today or later")
    if day < first:
        raise ValidationError(f"{field.label.text} can’t be before the first day")
    if last is not None and day > last:
        raise ValidationError(f"{field.label.text} can’t be after the last day")


class ChangeRoundForm(Form):
    """What of a round may change: its last day, reminder days, an open round made private, and before the first answer
    the message. `kept` are the days that stand already, which may have passed; `first` the first day still to come."""

    closes = DayField("The last day")
    remind1 = DayField("The first reminder")
    remind2 = DayField("The second reminder")
    remind3 = DayField("The third reminder")
    private = BooleanField()
    message = TextAreaField(validators=_MESSAGE)

    kept: tuple[date | None, ...] = ()
    first: date = date.min

    def validate_closes(self, field: DayField) -> None:
        """The round can be made shorter, but not end in the past."""
        if field.day and field.day < today() and field.day not in self.kept:
            raise ValidationError("The last day must be today or later")

    def validate_remind1(self, field: DayField) -> None:
        """While the round is open; days that have passed stay."""
        if field.day not in self.kept:
            check_reminder(field, self.first, self.closes.day)

    validate_remind2 = validate_remind3 = validate_remind1

    @property
    def reminders(self) -> list[date]:
        """The reminder days, the first first."""
        return sorted({each.day for each in (self.remind1, self.remind2, self.remind3) if each.day})


class ReopenForm(Form):
    """Why a closed round is opened again, and until when."""

    reason = TextAreaField(
        validators=[
            DataRequired("Say why the round is opened again"),
            Length(max=1000, message="The reason must be 1,000 characters or less"),
        ]
    )
    closes = DayField("The last day")

    def validate_closes(self, field: DayField) -> None:
        """There is a new last day."""
        if field.day is None and not field.process_errors:
            raise ValidationError("Enter the new last day")
        if field.day is not None and field.day < today():
            raise ValidationError("The last day must be today or later")


def error_list(form: Form, anchors: dict[str, str] | None = None) -> list[dict[str, str]]:
    """Every error of a form as the error summary takes it; `anchors` names elements that differ from the field."""
    named: dict[str, Any] = form.errors
    places = {name: f"{name}-day" for name in named if isinstance(form[name], DayField)} | (anchors or {})
    return [
        {"text": str(text), "href": f"#{places.get(name, name)}"} for name, texts in named.items() for text in texts
    ]
