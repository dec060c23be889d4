"""Question types answered by choosing: a level of a scale, one option, several options."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup
from wtforms import Form, RadioField, SelectMultipleField
from wtforms.fields import SelectChoice
from wtforms.validators import Optional

from a2p.definition.model import ChoiceQuestion, ChoicesQuestion, ScaleQuestion
from a2p.scoring.answers import Answer, State
from a2p.web.components import component
from a2p.web.forms.kind import STATES, Kind, comment_box, error_of, heading, reason_box, state_items
from a2p.web.forms.parts import DONT_KNOW, NOT_APPLICABLE, Asked, FieldError


class _Choosing(Kind):
    """What the choosing types share: their items, and that nothing else can be chosen."""

    def items(self, asked: Asked) -> list[dict[str, object]]:
        """The answers to choose from, without don't know and not applicable."""
        question = asked.question
        options = question.options if isinstance(question, ChoiceQuestion | ChoicesQuestion) else ()
        return [{"value": o.id, "html": asked.told(o.label), "id": asked.element("is-" + o.id)} for o in options]

    def pickable(self, asked: Asked) -> frozenset[str]:
        """Every value that can be chosen."""
        states = [DONT_KNOW] * asked.question.dont_know + [NOT_APPLICABLE] * asked.question.not_applicable
        return frozenset([*(str(item["value"]) for item in self.items(asked)), *states])

    def own_fields(self, asked: Asked) -> dict[str, Any]:
        """One field of known values."""
        choices = [SelectChoice(value, value) for value in sorted(self.pickable(asked))]
        return {asked.field("a"): self.field_type(choices=choices, validators=[Optional()])}

    field_type = RadioField

    def first(self, asked: Asked) -> str:
        """The first radio or checkbox."""
        return f"is-{self.items(asked)[0]['value']}"

    def unknown(self, asked: Asked, form: Form) -> tuple[FieldError, ...]:
        """An error if something was posted that the page didn't offer."""
        if form[asked.field("a")].errors:
            return (FieldError("answer", f"Select one of the answers to {asked.quoted}"),)
        return ()

    def own_values(self, asked: Asked, answer: Answer) -> dict[str, tuple[str, ...]]:
        """The chosen ids."""
        return {asked.field("a"): tuple(answer.value.split())}

    def controls(
        self, asked: Asked, picked: tuple[str, ...], errors: tuple[FieldError, ...], items: list[dict[str, object]]
    ) -> dict[str, object]:
        """What radios and checkboxes are made from alike."""
        states = state_items(asked, dont_know=True)
        return {
            "name": asked.field("a"),
            "idPrefix": asked.element("answer"),
            "fieldset": {"legend": heading(asked)},
            "hint": {"html": asked.told(asked.question.help)} if asked.question.help else None,
            "errorMessage": error_of(asked, errors, "answer"),
            "formGroup": {"afterInputs": {"html": reason_box(asked, errors, self.picks)}},
            "items": [{**item, "checked": item["value"] in picked} for item in (*items, *states)],
        }


class OneOf(_Choosing):
    """One option of several, as radios."""

    def read(self, asked: Asked, form: Form) -> Answer | tuple[FieldError, ...]:
        """The chosen option or state; blank if none is chosen."""
        picked = str(form[asked.field("a")].data or "")
        state = STATES.get(picked, State.GIVEN if picked else State.BLANK)
        value = picked if state is State.GIVEN else ""
        return self.settle(asked, form, Answer(state, value), self.unknown(asked, form))

    def html(self, asked: Asked, picked: tuple[str, ...], errors: tuple[FieldError, ...], *, noted: bool) -> Markup:
        """Radios, and the comment below them."""
        params = self.controls(asked, picked, errors, self.items(asked))
        return component("radios", _with_divider(params)) + comment_box(asked, errors, opened=noted)


class Scale(OneOf):
    """One level of a scale: the level's name as the radio's label, its descriptor below."""

    def items(self, asked: Asked) -> list[dict[str, object]]:
        """The levels, lowest first."""
        question = asked.question
        if not isinstance(question, ScaleQuestion):
            return []
        return [
            {
                "value": level.id,
                "html": asked.told(level.label),
                "id": asked.element("is-" + level.id),
                "label": {"classes": "govuk-!-font-weight-bold"},
                "hint": {"html": asked.told(question.levels[level.id])},
            }
            for level in asked.levels
        ]


class ManyOf(_Choosing):
    """Any number of options, as checkboxes."""

    field_type = SelectMultipleField

    def read(self, asked: Asked, form: Form) -> Answer | tuple[FieldError, ...]:
        """The chosen options in the definition's order; a state only if it stands alone."""
        picked = [str(value) for value in form[asked.field("a")].data or []]
        states = [value for value in picked if value in STATES]
        errors = self.unknown(asked, form)
        if states and len(picked) > 1:
            errors = (*errors, FieldError("answer", f"Select options for {asked.quoted}, or the last answer alone"))
        if states:
            return self.settle(asked, form, Answer(STATES[states[0]]), errors)
        chosen = [str(item["value"]) for item in self.items(asked) if item["value"] in picked]
        state = State.GIVEN if chosen else State.BLANK
        return self.settle(asked, form, Answer(state, " ".join(chosen)), errors)

    def html(self, asked: Asked, picked: tuple[str, ...], errors: tuple[FieldError, ...], *, noted: bool) -> Markup:
        """Checkboxes, and the comment below them."""
        params = self.controls(asked, picked, errors, self.items(asked))
        alone = [{**item, "behaviour": "exclusive"} if item["value"] in STATES else item for item in _items(params)]
        params = _with_divider({**params, "items": alone})
        return component("checkboxes", params) + comment_box(asked, errors, opened=noted)


def _items(params: dict[str, object]) -> list[dict[str, object]]:
    items = params["items"]
    return items if isinstance(items, list) else []


def _with_divider(params: dict[str, object]) -> dict[str, object]:
    """The word "or" between the answers and the states."""
    items = _items(params)
    first_state = next((i for i, item in enumerate(items) if item["value"] in STATES), None)
    if first_state is None:
        return params
    return {**params, "items": [*items[:first_state], {"divider": "or"}, *items[first_state:]]}
