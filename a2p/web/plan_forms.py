"""The form of the what-if planner."""

from __future__ import annotations

from collections.abc import Collection

from wtforms import Form, SelectMultipleField, StringField
from wtforms.validators import ValidationError

from a2p.region.planner import MOST_EACH, PLACES, Capacity, Edits, Format
from a2p.rounds.support_plans import KeptPlan, Question
from a2p.web.agreed_forms import line, longest
from a2p.web.whole_field import WholeField

MOST = 999


class CapacityForm(Form):
    """How much of each format can be run, and the plan's name where it is kept."""

    workshops = WholeField("Workshops", 0, MOST, default=3)
    places = WholeField("Partnerships at a workshop", 1, MOST, default=PLACES["workshop"])
    visits = WholeField("Peer visits", 0, MOST, default=6)
    mentoring = WholeField("Mentoring", 0, MOST, default=0)
    most_each = WholeField("Modules for one partnership", 1, 20, default=MOST_EACH)
    name = StringField(filters=[line], validators=[longest("The name", 120)])

    keeps = False

    def validate_name(self, field: StringField) -> None:
        """A plan that is kept has a name."""
        if self.keeps and not field.data:
            raise ValidationError("Enter a name for the plan, such as: Support in 2027")

    @property
    def capacity(self) -> dict[Format, Capacity]:
        """The formats that can be run at all."""
        capacity: dict[Format, Capacity] = {
            "workshop": Capacity(self.workshops.data, self.places.data),
            "peer-visit": Capacity(self.visits.data, PLACES["peer-visit"]),
            "mentoring": Capacity(self.mentoring.data, PLACES["mentoring"]),
        }
        return {key: each for key, each in capacity.items() if each.sessions}

    @staticmethod
    def asked(question: Question) -> dict[str, int]:
        """What stood in the form when this was asked."""
        sessions = {key: each.sessions for key, each in question.capacity.items()}
        workshop = question.capacity.get("workshop")
        return {
            "workshops": sessions.get("workshop", 0),
            "places": workshop.places if workshop else PLACES["workshop"],
            "visits": sessions.get("peer-visit", 0),
            "mentoring": sessions.get("mentoring", 0),
            "most_each": question.most_each,
        }


class PlanForm(CapacityForm):
    """What can be run, and what is fixed in or left out: modules by id, places as module/number."""

    run = SelectMultipleField(validate_choice=False)
    leave_out = SelectMultipleField(validate_choice=False)
    invite = SelectMultipleField(validate_choice=False)
    omit = SelectMultipleField(validate_choice=False)

    def question(self, modules: Collection[str], places: Collection[int]) -> Question:
        """What was chosen, of what there is."""
        edits = Edits(
            run={key: 1 for key in self.run.data or () if key in modules},
            leave_out=frozenset(self.leave_out.data or ()) & frozenset(modules),
            invite=_places(self.invite.data or (), modules, places),
            do_not_invite=_places(self.omit.data or (), modules, places),
        )
        return Question(self.capacity, self.most_each.data, edits)

    @classmethod
    def of(cls, plan: KeptPlan) -> PlanForm:
        """The form as it was when a plan was kept."""
        edits = plan.question.edits
        return cls(
            **cls.asked(plan.question),
            run=list(edits.run),
            leave_out=sorted(edits.leave_out),
            invite=[f"{module}/{place}" for place, module in sorted(edits.invite)],
            omit=[f"{module}/{place}" for place, module in sorted(edits.do_not_invite)],
        )


def _places(given: Collection[str], modules: Collection[str], places: Collection[int]) -> frozenset[tuple[int, str]]:
    found = set()
    for each in given:
        module, _, number = each.partition("/")
        if module in modules and number.isascii() and number.isdigit() and int(number) in places:
            found.add((int(number), module))
    return frozenset(found)
