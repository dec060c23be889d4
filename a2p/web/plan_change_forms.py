"""The form that changes a kept plan of support: what can be run, and for each module how often and for whom."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict
from wtforms import Form, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice

from a2p.region.chosen_plan import MOST_EACH, Choice, DoesNotFit
from a2p.region.counted import Place
from a2p.region.demand import Demand
from a2p.rounds.support_demand import RegionDemand
from a2p.rounds.support_plan_changes import Draft, choices_of
from a2p.rounds.support_plans import KeptPlan, Question
from a2p.web.partner_forms import choices
from a2p.web.plan_forms import MOST, CapacityForm
from a2p.web.round_forms import error_list
from a2p.web.whole_field import WholeField

Sent = MultiDict[str, str]
AT_FORMAT = {"workshop": "workshops", "peer-visit": "visits", "mentoring": "mentoring", MOST_EACH: "most_each"}


class ModuleForm(Form):
    """One module: how often it is run, who is invited of those that are listed, and one partnership to add."""

    sessions = WholeField("how often it is run", 0, MOST, default=0)
    invite = SelectMultipleField(validate_choice=False)
    add = SelectField(validate_choice=False, default="")


@dataclass(frozen=True, slots=True)
class Row:
    """A module on the form, and whether the plan has it as it is kept."""

    need: Demand
    form: ModuleForm
    planned: bool

    @property
    def title(self) -> str:
        """The module's."""
        return self.need.module.title

    @property
    def invited(self) -> frozenset[int]:
        """The partnerships that are ticked, and the one that is added, of those there are."""
        offered = {choice.value for choice in (*self.form.invite.choices, *self.form.add.choices)} - {""}
        given = {*(self.form.invite.data or ()), self.form.add.data or ""}
        return frozenset(int(each) for each in given & offered)

    def validate(self) -> bool:
        """Whether it is in order; who is invited to what isn't run is told, unless it is being taken out."""
        form = self.form
        if not form.validate():
            form.sessions.errors = [f"{self.title}: {text}" for text in form.sessions.errors]
            return False
        asked = form.add.data if self.planned else self.invited
        if asked and not form.sessions.data:
            form.sessions.errors = [f"{self.title}: enter how often it is run, or invite nobody to it"]
            return False
        return True

    def put(self, wanted: RegionDemand, named: Collection[int]) -> None:
        """List partnerships: those whose need is known, who was chosen, and who is ticked; others can be added."""
        ticked = {int(each) for each in self.form.invite.data or () if each.isascii() and each.isdigit()}
        listed = {need.place.id for need in self.need.invite} | set(named) | ticked
        places = sorted(wanted.places.values(), key=lambda place: (place.name, place.id))
        self.form.invite.choices = _choices(place for place in places if place.id in listed)
        others = {str(place.id): place.name for place in places if place.id not in listed}
        self.form.add.choices = choices({"": "Nobody", **others})

    def settle(self, wanted: RegionDemand, named: Collection[int]) -> None:
        """Tick the one that was added, so that another can be."""
        self.form.invite.data = [str(each) for each in sorted(self.invited)]
        self.form.add.data = ""
        self.put(wanted, named)


class ChangeForm:
    """The whole form: `asked` with the name, and a row for each module that can be run."""

    def __init__(self, held: KeptPlan, wanted: RegionDemand, sent: Sent | None = None) -> None:
        self.wanted = wanted
        self._kept = choices_of(held, wanted)
        self.asked = CapacityForm(sent, name=held.row.name, **CapacityForm.asked(held.question))
        runs = [each for each in wanted.modules if each.module.format != "reading"]
        self.rows = [self._row(each, sent) for each in runs]
        self.gone = [each.title for each in held.chosen if each.module not in {row.module.id for row in runs}]
        self.unnamed = {each.module: each.unnamed for each in held.chosen if each.unnamed}

    def validate(self, *, keeps: bool) -> bool:
        """Whether all of it is in order; with a name, where it is to be kept."""
        self.asked.keeps = keeps
        return all([self.asked.validate(), *(row.validate() for row in self.rows)])

    @property
    def draft(self) -> Draft:
        """The plan as it is to be. It is to be valid first."""
        chosen = {
            row.need.module.id: Choice(row.form.sessions.data, row.invited)
            for row in self.rows
            if row.form.sessions.data
        }
        question = Question(self.asked.capacity, self.asked.most_each.data)
        return Draft(self.asked.name.data or "", question, chosen)

    def tell(self, refused: DoesNotFit) -> None:
        """Put what does not fit beside the fields where it is mended."""
        rows = {row.need.module.id: row.form.sessions for row in self.rows}
        for each in refused.misfits:
            field = rows[each.at] if each.at in rows else self.asked[AT_FORMAT[each.at]]
            field.errors = [*field.errors, each.text]

    def settle(self) -> None:
        """Tick those that were added."""
        for row in self.rows:
            row.settle(self.wanted, self._named(row.need))

    @property
    def errors(self) -> list[dict[str, str]]:
        """All errors, for the summary."""
        found = error_list(self.asked)
        for row in self.rows:
            found += [{"text": str(text), "href": f"#{row.form.sessions.name}"} for text in row.form.sessions.errors]
        return found

    def _row(self, need: Demand, sent: Sent | None) -> Row:
        chosen = self._kept.get(need.module.id, Choice(0))
        invite = [str(each) for each in sorted(chosen.invite)]
        form = ModuleForm(sent, prefix=need.module.id, sessions=chosen.sessions, invite=invite)
        row = Row(need, form, planned=chosen.sessions > 0)
        row.put(self.wanted, self._named(need))
        return row

    def _named(self, need: Demand) -> frozenset[int]:
        return self._kept.get(need.module.id, Choice(0)).invite


def _choices(places: Iterable[Place]) -> list[SelectChoice]:
    return choices({str(place.id): place.name for place in places})
