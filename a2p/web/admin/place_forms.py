"""Forms about places: regions, partnerships, their last day, what they merge into or split off."""

from __future__ import annotations

from wtforms import Form, RadioField, SelectField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf, DataRequired, InputRequired, Length

from a2p.web.admin.parts import KINDS, squeezed
from a2p.web.day_field import DayField


def _name(what: str) -> StringField:
    return StringField(
        filters=[squeezed],
        validators=[
            DataRequired(f"Enter the {what}’s name"),
            Length(max=200, message="The name must be 200 characters or less"),
        ],
    )


class RegionForm(Form):
    """A region's name."""

    name = _name("region")


class PlaceForm(Form):
    """What is said of a partnership. `above` is the id of the one above it, "" without one."""

    name = _name("partnership")
    kind = RadioField(
        choices=[SelectChoice(value, label) for value, label in KINDS.items()],
        validators=[AnyOf(list(KINDS), message="Choose a kind")],
        validate_choice=False,
    )
    above = SelectField(choices=[], default="", validate_choice=False)


class EndForm(Form):
    """The last day of a partnership."""

    day = DayField(label="The last day")

    def validate_day(self, field: DayField) -> None:
        """It can't be left out."""
        if field.day is None and not field.process_errors:
            field.errors = ["Enter the last day, such as 31 3 2027"]


class MergeForm(EndForm):
    """What a partnership merges into, and its last day."""

    into = SelectField(
        choices=[], validators=[InputRequired("Choose the partnership that it becomes part of")], validate_choice=False
    )


class SplitForm(PlaceForm):
    """A partnership made out of another: whose people go along, and whether the old one ends."""

    organisations = SelectMultipleField(choices=[], validate_choice=False)
    then = RadioField(
        choices=[SelectChoice("stays", "stays"), SelectChoice("ends", "ends")],
        default="stays",
        validators=[AnyOf(["stays", "ends"], message="Choose whether it goes on")],
        validate_choice=False,
    )
