"""Forms about organisations and people: on the list of partners, and to invite somebody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import cast

from wtforms import BooleanField, Form, RadioField, SelectField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf, DataRequired, InputRequired, Length, ValidationError

from a2p.rounds.partners import Details
from a2p.scoring.answers import Councillor, Layer
from a2p.scoring.partners import (
    LAYER_NAMES,
    LONGEST_EMAIL,
    LONGEST_NAME,
    SECTOR_NAMES,
    BadAddress,
    normal_email,
    one_line,
)
from a2p.store.tables import Organisation

COUNCILLORS = {"no": "No", "executive": "Yes, as an executive councillor", "other": "Yes, as another councillor"}
LAYERS = {"": "Not stated", **LAYER_NAMES}


def choices(labels: dict[str, str]) -> list[SelectChoice]:
    """The choices of a field, by value."""
    return [SelectChoice(value, label) for value, label in labels.items()]


def items(field: SelectField | RadioField | SelectMultipleField) -> list[dict[str, str]]:
    """A field's choices as GOV.UK components take them."""
    return [{"value": choice.value, "text": choice.label} for choice in field.choices]


def _one_line(text: str | None) -> str:
    return one_line(text or "")


def name_field(missing: str, what: str) -> StringField:
    """A box for a name on one line, that must not be empty."""
    too_long = f"{what} must be {LONGEST_NAME} characters or less"
    return StringField(
        filters=[_one_line], validators=[DataRequired(missing), Length(max=LONGEST_NAME, message=too_long)]
    )


def sector_field() -> SelectField:
    """A choice of sectors, none of them chosen beforehand."""
    return SelectField(
        choices=choices({"": "Choose a sector", **SECTOR_NAMES}),
        validators=[AnyOf(list(SECTOR_NAMES), message="Choose the organisation’s sector")],
        validate_choice=False,
    )


class OrganisationForm(Form):
    """An organisation's name and sector."""

    name = name_field("Enter the organisation’s name", "The name")
    sector = sector_field()


class PersonDetailsForm(Form):
    """What every form about a person asks: name, e-mail, whether a councillor, layer."""

    name = name_field("Enter the person’s name", "The name")
    email = StringField(
        filters=[_one_line],
        validators=[
            Length(max=LONGEST_EMAIL, message=f"The e-mail address must be {LONGEST_EMAIL} characters or less")
        ],
    )
    councillor = RadioField(
        choices=choices(COUNCILLORS),
        default="no",
        validators=[AnyOf(list(COUNCILLORS), message="Say whether they answer as a councillor")],
        validate_choice=False,
    )
    layer = SelectField(
        choices=choices(LAYERS),
        validators=[AnyOf(list(LAYERS), message="Choose a layer from the list")],
        validate_choice=False,
    )

    def validate_email(self, field: StringField) -> None:
        """An address that a letter can go to, or none."""
        if not field.data or field.errors:
            return
        try:
            normal_email(field.data)
        except BadAddress:
            raise ValidationError("Enter an e-mail address in the correct format, like name@example.org") from None

    @property
    def details(self) -> Details:
        """What was typed, once it is valid."""
        councillor = None if self.councillor.data == "no" else self.councillor.data
        return Details(
            self.name.data,
            normal_email(self.email.data) if self.email.data else "",
            cast("Councillor | None", councillor),
            cast("Layer | None", self.layer.data or None),
        )


class PersonForm(PersonDetailsForm):
    """A person of one of the partnership's organisations."""

    organisation = SelectField(validators=[InputRequired("Choose their organisation")], validate_choice=False)
    asks = SelectMultipleField(validate_choice=False)

    def offer(self, organisations: Sequence[Organisation], questionnaires: Mapping[str, str]) -> None:
        """Let these organisations be chosen from, and these questionnaires, whose titles are given by id."""
        self.asks.choices = choices(dict(questionnaires))
        names = {str(each.id): each.name for each in organisations}
        self.organisation.choices = choices({"": "Choose an organisation", **names})

    @property
    def details(self) -> Details:
        """What was typed, once it is valid: of the questionnaires, those on offer."""
        asks = [choice.value for choice in self.asks.choices if choice.value in (self.asks.data or ())]
        return replace(super().details, asks=" ".join(asks))

    def chosen(self, organisations: Sequence[Organisation]) -> Organisation | None:
        """The organisation that was chosen, if it is one of these."""
        return next((each for each in organisations if str(each.id) == self.organisation.data), None)


class InviteForm(PersonDetailsForm):
    """Somebody to invite, of an organisation that may be new."""

    organisation = name_field("Enter the organisation they answer for", "The organisation")
    sector = sector_field()
    keep = BooleanField(default=True)
