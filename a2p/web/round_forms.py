"""The coordinator's forms: opening a round, inviting somebody. WTForms checks; the templates draw GOV.UK components."""

from __future__ import annotations

from datetime import date
from typing import Any

from wtforms import Form, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf, InputRequired, Length, Optional, ValidationError

from a2p.store.base import today

SECTORS: dict[str, str] = {
    "county-council": "County council",
    "district-council": "District council",
    "unitary-council": "Unitary council",
    "parish-town": "Parish and town councils",
    "police": "Police",
    "fire": "Fire and rescue",
    "health": "Health",
    "education": "Education",
    "voluntary-community": "Voluntary and community",
    "business": "Business",
    "other-public": "Other public body",
}
COUNCILLORS = {"no": "No", "executive": "Yes, an executive councillor", "other": "Yes, another councillor"}
LAYERS = {"": "Not stated", "board": "Board", "executive-group": "Executive group", "theme-group": "Theme group"}


def _choices(labels: dict[str, str]) -> list[SelectChoice]:
    return [SelectChoice(value, label) for value, label in labels.items()]


def _stripped(text: str | None) -> str:
    return " ".join((text or "").split())


class OpenRoundForm(Form):
    """Name, questionnaires, how it is answered, the last day, a message."""

    name = StringField(
        filters=[_stripped],
        validators=[
            InputRequired("Enter a name for the round, such as Spring 2027"),
            Length(max=120, message="The name must be 120 characters or less"),
        ],
    )
    questionnaires = SelectMultipleField(validators=[InputRequired("Choose at least one questionnaire")])
    mode = RadioField(
        choices=_choices({"apart": "apart", "together": "together"}),
        validators=[InputRequired("Choose how your partnership will answer")],
        validate_choice=False,
    )
    words = RadioField(
        choices=_choices({"plain": "plain", "local": "local"}),
        default="plain",
        validators=[AnyOf(["plain", "local"], message="Choose the words to ask in")],
        validate_choice=False,
    )
    day = StringField(filters=[_stripped])
    month = StringField(filters=[_stripped])
    year = StringField(filters=[_stripped])
    message = TextAreaField(
        validators=[Optional(), Length(max=2000, message="The message must be 2,000 characters or less")]
    )

    closes: date | None = None

    def validate_mode(self, field: RadioField) -> None:
        """Only the two ways there are."""
        if field.data not in ("apart", "together"):
            raise ValidationError("Choose how your partnership will answer")

    def validate_year(self, _field: StringField) -> None:
        """The three boxes as one date, after today; all empty is no closing date."""
        parts = [self.day.data, self.month.data, self.year.data]
        if not any(parts):
            return
        try:
            self.closes = date(int(parts[2]), int(parts[1]), int(parts[0]))
        except ValueError:
            raise ValidationError("The closing date must be a real date, such as 31 3 2027") from None
        if self.closes < today():
            raise ValidationError("The closing date must be today or later")


class InviteForm(Form):
    """Somebody to invite."""

    name = StringField(
        filters=[_stripped],
        validators=[
            InputRequired("Enter the person’s name"),
            Length(max=200, message="The name must be 200 characters or less"),
        ],
    )
    organisation = StringField(
        filters=[_stripped],
        validators=[
            InputRequired("Enter the organisation they answer for"),
            Length(max=200, message="The organisation must be 200 characters or less"),
        ],
    )
    sector = SelectField(
        choices=[SelectChoice("", "Choose a sector"), *_choices(SECTORS)],
        validators=[AnyOf(list(SECTORS), message="Choose the organisation’s sector")],
        validate_choice=False,
    )
    councillor = RadioField(
        choices=_choices(COUNCILLORS),
        default="no",
        validators=[AnyOf(list(COUNCILLORS), message="Say whether they answer as a councillor")],
        validate_choice=False,
    )
    layer = SelectField(
        choices=_choices(LAYERS),
        validators=[AnyOf(list(LAYERS), message="Choose a layer from the list")],
        validate_choice=False,
    )


def error_list(form: Form, anchors: dict[str, str] | None = None) -> list[dict[str, str]]:
    """Every error of a form as the error summary takes it; `anchors` names elements that differ from the field."""
    named: dict[str, Any] = form.errors
    places = anchors or {}
    return [
        {"text": str(text), "href": f"#{places.get(name, name)}"} for name, texts in named.items() for text in texts
    ]
