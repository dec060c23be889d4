"""Forms about practitioner associates: asking somebody, and what they offer."""

from __future__ import annotations

import json
from collections.abc import Sequence

from wtforms import Form, SelectMultipleField, StringField
from wtforms.validators import DataRequired, ValidationError

from a2p.rounds.associates import MOST_DAYS, Offer
from a2p.rounds.support_modules import ServedSections
from a2p.scoring.partners import BadAddress, normal_email
from a2p.store.region_tables import Associate
from a2p.web.agreed_forms import line, lines_field, longest
from a2p.web.whole_field import WholeField


class AskForm(Form):
    """Whom to ask."""

    name = StringField(filters=[line], validators=[DataRequired("Enter their name"), longest("The name", 200)])
    email = StringField(filters=[line], validators=[DataRequired("Enter their e-mail address")])

    def validate_email(self, field: StringField) -> None:
        """An address that a letter can go to."""
        try:
            field.data = normal_email(field.data or "")
        except BadAddress as bad:
            raise ValidationError(str(bad)) from None


class OfferForm(Form):
    """What an associate offers: days a year, sections, and a few words about them."""

    name = StringField(filters=[line], validators=[DataRequired("Enter your name"), longest("The name", 200)])
    organisation = StringField(filters=[line], validators=[longest("The organisation", 200)])
    days = WholeField("Days", 1, MOST_DAYS)
    about = lines_field("What you know")
    sections = SelectMultipleField(choices=[], validate_choice=False)

    groups: Sequence[ServedSections] = ()

    def offer_sections(self, groups: Sequence[ServedSections]) -> OfferForm:
        """Let them choose among these."""
        self.groups = groups
        return self

    def validate_sections(self, field: SelectMultipleField) -> None:
        """At least one, of those there are."""
        known = {key for group in self.groups for key in group.sections}
        if not field.data or set(field.data) - known:
            raise ValidationError("Choose at least one section from the list")

    @property
    def offer(self) -> Offer:
        """What was typed and chosen."""
        chosen = set(self.sections.data or ())
        sections = tuple(key for group in self.groups for key in group.sections if key in chosen)
        return Offer(
            self.name.data or "", self.organisation.data or "", self.days.data, self.about.data or "", sections
        )

    @classmethod
    def of(cls, row: Associate) -> OfferForm:
        """The form as it stands."""
        return cls(
            name=row.name,
            organisation=row.organisation,
            days=row.days or None,
            about=row.about,
            sections=json.loads(row.sections),
        )
