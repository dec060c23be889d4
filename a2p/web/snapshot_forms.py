"""The form of a new snapshot: which questionnaires, of which rounds and partnerships, and its name."""

from __future__ import annotations

from collections.abc import Mapping

from wtforms import Form, SelectField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, ValidationError

from a2p.definition.model import KINDS, Kind
from a2p.region.snapshot import Scope
from a2p.rounds.regional_snapshots import LONGEST_NAME
from a2p.web.day_field import PARTS, DayField


def _one_line(text: str | None) -> str:
    return " ".join((text or "").split())


class SnapshotForm(Form):
    """What to count, and what the snapshot is called."""

    questionnaires = SelectMultipleField(validators=[InputRequired("Choose at least one questionnaire")])
    since = DayField("The first day")
    until = DayField("The last day")
    whom = SelectField(default="")
    name = StringField(filters=[_one_line])

    def offer(self, questionnaires: Mapping[str, str], areas: Mapping[int, str]) -> SnapshotForm:
        """What there is to choose from: titles of questionnaires by id, names of county areas by number."""
        self.questionnaires.choices = [SelectChoice(id_, title) for id_, title in questionnaires.items()]
        whom = {"": "All partnerships of the region"} | {kind: f"{kind.capitalize()} partnerships" for kind in KINDS}
        whom |= {f"area-{id_}": f"The county area of {name}" for id_, name in areas.items()}
        self.whom.choices = [SelectChoice(value, words) for value, words in whom.items()]
        return self

    def validate_since(self, field: DayField) -> None:
        """Given."""
        if field.day is None and not field.errors:
            raise ValidationError("Enter the first day on which a round may have closed")

    def validate_until(self, field: DayField) -> None:
        """Given, and not before the first."""
        if field.day is None:
            if not field.errors:
                raise ValidationError("Enter the last day on which a round may have closed")
        elif self.since.day and field.day < self.since.day:
            raise ValidationError("The last day can’t be before the first day")

    def validate_name(self, field: StringField) -> None:
        """Given, and not too long."""
        if not field.data:
            raise ValidationError("Give the snapshot a name, such as Spring 2027")
        if len(field.data) > LONGEST_NAME:
            raise ValidationError(f"The name must be {LONGEST_NAME} characters or less")

    @property
    def typed(self) -> dict[str, list[str]]:
        """All that stands in it, by the names that a browser sends."""
        days = {
            f"{field.name}-{part}": [text]
            for field in (self.since, self.until)
            for part, text in zip(PARTS, field.typed, strict=True)
        }
        chosen = {"questionnaires": list(self.questionnaires.data or ())}
        return {**chosen, **days, "whom": [self.whom.data or ""], "name": [self.name.data or ""]}

    @property
    def scope(self) -> Scope:
        """What was chosen. ValueError before it is valid."""
        if self.since.day is None or self.until.day is None:
            raise ValueError("the form is not valid")
        whom = self.whom.data or ""
        kind: Kind | None = next((kind for kind in KINDS if kind == whom), None)
        area = int(whom.removeprefix("area-")) if whom.startswith("area-") else None
        chosen = tuple(self.questionnaires.data or ())
        return Scope(questionnaires=chosen, since=self.since.day, until=self.until.day, kind=kind, area=area)
