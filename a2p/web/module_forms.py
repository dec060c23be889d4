"""The form of a support module."""

from __future__ import annotations

from collections.abc import Sequence

from wtforms import Form, RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import AnyOf, DataRequired, ValidationError

from a2p.region.planner import Format
from a2p.rounds.support_modules import ServedSections, Wording
from a2p.web.agreed_forms import line, lines, longest
from a2p.web.partner_forms import choices

FORMATS: dict[Format, str] = {
    "workshop": "Workshop",
    "peer-visit": "Peer visit",
    "reading": "Reading",
    "mentoring": "Mentoring",
}


class ModuleForm(Form):
    """A module: title, what it is, format, how long, and the sections it serves."""

    title = StringField(filters=[line], validators=[DataRequired("Enter a title"), longest("The title", 200)])
    summary = TextAreaField(
        filters=[lines], validators=[DataRequired("Say in a few sentences what it is"), longest("The summary", 2000)]
    )
    format = RadioField(
        choices=choices({str(key): name for key, name in FORMATS.items()}),
        validators=[AnyOf(list(FORMATS), message="Choose a format")],
        validate_choice=False,
    )
    length = StringField(
        filters=[line],
        validators=[DataRequired("Enter how long it takes, such as: half a day"), longest("How long it takes", 200)],
    )
    serves = SelectMultipleField(choices=[], validate_choice=False)

    groups: Sequence[ServedSections] = ()
    kept: tuple[str, ...] = ()

    def offer(self, groups: Sequence[ServedSections], served: tuple[str, ...] = ()) -> ModuleForm:
        """Let it serve these sections. Sections it `served` that are not asked any more stay, unseen."""
        self.groups = groups
        offered = {key for group in groups for key in group.sections}
        self.kept = tuple(key for key in served if key not in offered)
        return self

    def validate_serves(self, field: SelectMultipleField) -> None:
        """Sections that there are."""
        if set(field.data or ()) - {key for group in self.groups for key in group.sections}:
            raise ValidationError("Choose sections from the list")

    @property
    def wording(self) -> Wording:
        """What was typed and chosen."""
        chosen = set(self.serves.data or ())
        serves = [key for group in self.groups for key in group.sections if key in chosen]
        return Wording(
            self.title.data or "",
            self.summary.data or "",
            self.format.data,
            self.length.data or "",
            (*serves, *self.kept),
        )
