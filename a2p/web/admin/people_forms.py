"""Forms about people and their roles."""

from __future__ import annotations

from wtforms import Form, RadioField, StringField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf, DataRequired, InputRequired, Length

from a2p.access.policy import Role
from a2p.access.roster import NotAnAddress, address_of
from a2p.web.admin.parts import squeezed
from a2p.web.day_field import DayField

ROLES = (Role.COORDINATOR, Role.CHAIR, Role.MANAGER, Role.ADMINISTRATOR)
ADDRESS = "Enter an e-mail address, such as name@example.org"


class PersonForm(Form):
    """Somebody's name and e-mail address."""

    name = StringField(
        filters=[squeezed],
        validators=[
            DataRequired("Enter the person’s name"),
            Length(max=200, message="The name must be 200 characters or less"),
        ],
    )
    email = StringField(filters=[squeezed], validators=[InputRequired(ADDRESS)])

    def validate_email(self, field: StringField) -> None:
        """An address that mail can go to, as far as its form tells."""
        try:
            address_of(field.data)
        except NotAnAddress:
            raise ValidationError(ADDRESS) from None


class RoleForm(PersonForm):
    """A role to give: to whom, over what, from and until when. `over` is what names the place."""

    role = RadioField(
        choices=[SelectChoice(each.value, each.value) for each in ROLES],
        validators=[AnyOf(ROLES, message="Choose a role")],
        validate_choice=False,
    )
    over = StringField(filters=[squeezed])
    starts = DayField(label="The first day")
    ends = DayField(label="The last day")


class FacilitatorForm(PersonForm):
    """A facilitator to name, of a round, until a day."""

    round = RadioField(
        choices=[], validators=[InputRequired("Choose the round that they help with")], validate_choice=False
    )
    ends = DayField(label="The last day")

    def validate_ends(self, field: DayField) -> None:
        """A facilitator's role has a last day."""
        if field.day is None and not field.process_errors:
            field.errors = ["Enter the last day, such as 31 3 2027"]
