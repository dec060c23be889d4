"""Question types answered by typing: free text, a number, a date, with checkboxes below for the other states."""

from __future__ import annotations

from abc import abstractmethod
from datetime import date
from decimal import Decimal
from typing import Any

from markupsafe import Markup
from wtforms import Form, SelectMultipleField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import Optional

from a2p.definition.model import NumberQuestion
from a2p.exchange.typed import date_of, number_of
from a2p.scoring.answers import Answer, State
from a2p.web.components import component
from a2p.web.forms.kind import STATES, Kind, comment_box, error_of, heading, long_text, reason_box, state_items, typed
from a2p.web.forms.parts import DONT_KNOW, NOT_APPLICABLE, TEXT_LIMIT, Asked, FieldError, slot

BOXES = ("day", "month", "year")


class _Typing(Kind):
    """What the typing types share: the checkboxes, and that text and a checkbox exclude one another."""

    picks = "s"
    offers_dont_know = True

    def pickable(self, asked: Asked) -> frozenset[str]:
        """The states offered beside the typed answer."""
        question = asked.question
        states = [DONT_KNOW] * (question.dont_know and self.offers_dont_know)
        return frozenset([*states, *([NOT_APPLICABLE] * question.not_applicable)])

    def own_fields(self, asked: Asked) -> dict[str, Any]:
        """The typed answer's fields and the states."""
        choices = [SelectChoice(value, value) for value in sorted(self.pickable(asked))]
        states = {asked.field("s"): SelectMultipleField(choices=choices, validators=[Optional()])} if choices else {}
        return {**self.typed_fields(asked), **states}

    @abstractmethod
    def typed_fields(self, asked: Asked) -> dict[str, Any]:
        """The fields that hold the typed answer."""

    @abstractmethod
    def read_typed(self, asked: Asked, form: Form) -> tuple[str, tuple[FieldError, ...]]:
        """The typed answer as it is stored, "" if nothing was typed, and what is wrong with it."""

    @abstractmethod
    def typed_html(self, asked: Asked, errors: tuple[FieldError, ...]) -> Markup:
        """The boxes to type in, with slots."""

    def read(self, asked: Asked, form: Form) -> Answer | tuple[FieldError, ...]:
        """The typed answer, or the state that was ticked."""
        name = asked.field("s")
        ticked = [value for value in (form[name].data or []) if value in STATES] if name in form else []
        value, errors = self.read_typed(asked, form)
        if len(ticked) > 1 or (ticked and (value or errors)):
            errors = (FieldError("answer", f"Answer {asked.quoted} or tick one box below it, not both"),)
        if ticked:
            return self.settle(asked, form, Answer(STATES[ticked[0]]), errors)
        return self.settle(asked, form, Answer(State.GIVEN if value else State.BLANK, value), errors)

    def html(self, asked: Asked, picked: tuple[str, ...], errors: tuple[FieldError, ...], *, noted: bool) -> Markup:
        """A fieldset with hint, error, boxes and checkboxes; the comment below it."""
        parts, described = [], []
        if asked.question.help:
            described.append(asked.element("help"))
            parts.append(component("hint", {"id": described[-1], "text": asked.question.help}))
        wrong = error_of(asked, errors, "answer")
        if wrong:
            described.append(asked.element("error"))
            parts.append(component("error-message", {"id": described[-1], **wrong}))
        parts.append(self.typed_html(asked, errors))
        if self.pickable(asked):
            parts.append(self._states_html(asked, picked))
            parts.append(reason_box(asked, errors, self.picks))
        legend = heading(asked)
        params = {
            "legend": legend,
            "describedBy": " ".join(described),
            "html": Markup("\n").join(parts),
            "role": "group",
        }
        group = Markup('<div class="govuk-form-group{}">{}</div>').format(
            " govuk-form-group--error" if wrong else "", component("fieldset", params)
        )
        return group + comment_box(asked, errors, opened=noted) if self.comments else group

    def _states_html(self, asked: Asked, picked: tuple[str, ...]) -> Markup:
        items = state_items(asked, dont_know=self.offers_dont_know)
        params = {
            "name": asked.field("s"),
            "idPrefix": asked.element("states"),
            "classes": "govuk-checkboxes--small",
            "items": [{**item, "checked": item["value"] in picked} for item in items],
        }
        return component("checkboxes", params)


class FreeText(_Typing):
    """Free text: it is its own comment, and who doesn't know leaves it empty."""

    comments = False
    offers_dont_know = False

    def typed_fields(self, asked: Asked) -> dict[str, Any]:
        """One text area."""
        return {asked.field("a"): long_text(f"Your answer to {asked.quoted} must be {TEXT_LIMIT:,} characters or less")}

    def read_typed(self, asked: Asked, form: Form) -> tuple[str, tuple[FieldError, ...]]:
        """The text, trimmed."""
        return typed(form, asked.field("a"), "answer")

    def own_values(self, asked: Asked, answer: Answer) -> dict[str, tuple[str, ...]]:
        """The text."""
        return {asked.field("a"): (answer.value,)}

    def typed_html(self, asked: Asked, errors: tuple[FieldError, ...]) -> Markup:
        """The text area; the fieldset shows its error."""
        label = Markup('<span class="govuk-visually-hidden">Your answer</span>')
        params = {
            "name": asked.field("a"),
            "id": asked.element("answer"),
            "label": {"html": label},
            "value": slot("a"),
            "classes": "govuk-textarea--error" if error_of(asked, errors, "answer") else "",
        }
        return component("textarea", params)


class Number(_Typing):
    """A number between the question's limits; commas and spaces between thousands are taken."""

    def typed_fields(self, asked: Asked) -> dict[str, Any]:
        """One box."""
        return {asked.field("a"): StringField()}

    def read_typed(self, asked: Asked, form: Form) -> tuple[str, tuple[FieldError, ...]]:
        """The shortest decimal."""
        text = str(form[asked.field("a")].data or "").replace(",", "").replace(" ", "")
        if not text:
            return "", ()
        number = number_of(text)
        if number is None:
            return "", (FieldError("answer", f"The answer to {asked.quoted} must be a number, such as 12"),)
        wrong = _outside(asked, number)
        return format(number.normalize(), "f"), (FieldError("answer", wrong),) if wrong else ()

    def own_values(self, asked: Asked, answer: Answer) -> dict[str, tuple[str, ...]]:
        """The number as text."""
        return {asked.field("a"): (answer.value,)}

    def typed_html(self, asked: Asked, errors: tuple[FieldError, ...]) -> Markup:
        """The box, with the unit behind it."""
        unit = asked.question.unit if isinstance(asked.question, NumberQuestion) else None
        label = Markup('<span class="govuk-visually-hidden">Your answer{}</span>').format(
            f", in {unit}" if unit else ""
        )
        params = {
            "name": asked.field("a"),
            "id": asked.element("answer"),
            "label": {"html": label},
            "classes": "govuk-input--width-10" + (" govuk-input--error" if error_of(asked, errors, "answer") else ""),
            "inputmode": "numeric",
            "value": slot("a"),
            "suffix": {"html": asked.told(unit)} if unit else None,
        }
        return component("input", params)


def _outside(asked: Asked, number: Decimal) -> str:
    """What to say of a number outside the question's limits, "" if it is within."""
    question = asked.question
    low, high = (question.min, question.max) if isinstance(question, NumberQuestion) else (None, None)
    if (low is None or number >= low) and (high is None or number <= high):
        return ""
    if low is not None and high is not None:
        return f"The answer to {asked.quoted} must be between {low:,f} and {high:,f}"
    limit = f"{low:,f} or more" if low is not None else f"{high:,f} or less"
    return f"The answer to {asked.quoted} must be {limit}"


class CalendarDate(_Typing):
    """A date in three boxes; the month may be a name."""

    def typed_fields(self, asked: Asked) -> dict[str, Any]:
        """Day, month, year."""
        return {asked.field(box): StringField() for box in BOXES}

    def read_typed(self, asked: Asked, form: Form) -> tuple[str, tuple[FieldError, ...]]:
        """The ISO date."""
        texts = {box: str(form[asked.field(box)].data or "").strip() for box in BOXES}
        missing = tuple(box for box in BOXES if not texts[box])
        if len(missing) == len(BOXES):
            return "", ()
        if missing:
            parts = " and ".join(f"a {box}" for box in missing)
            return "", (FieldError("answer", f"The date for {asked.quoted} must include {parts}", missing),)
        year = texts["year"]
        if year.isascii() and year.isdigit() and len(year) != 4:
            return "", (FieldError("answer", f"The year for {asked.quoted} must have 4 numbers", ("year",)),)
        found = date_of(texts["day"], texts["month"], year)
        if found is None:
            return "", (FieldError("answer", f"The date for {asked.quoted} must be a real date", BOXES),)
        return found.isoformat(), ()

    def own_values(self, asked: Asked, answer: Answer) -> dict[str, tuple[str, ...]]:
        """The three boxes."""
        if answer.state is not State.GIVEN:
            return {asked.field(box): ("",) for box in BOXES}
        stored = date.fromisoformat(answer.value)
        texts = (str(stored.day), str(stored.month), str(stored.year))
        return {asked.field(box): (text,) for box, text in zip(BOXES, texts, strict=True)}

    def typed_html(self, asked: Asked, errors: tuple[FieldError, ...]) -> Markup:
        """The three boxes, the wrong ones marked."""
        wrong = {box for error in errors for box in error.boxes}
        items = [
            {
                "name": asked.field(box),
                "label": box.capitalize(),
                "id": asked.element(box),
                "value": slot(box),
                "classes": f"govuk-input--width-{4 if box == 'year' else 2}"
                + (" govuk-input--error" if box in wrong else ""),
            }
            for box in BOXES
        ]
        example = "For example, 27 3 2026"
        hint = component("hint", {"id": asked.element("example"), "text": example})
        return hint + component("date-input", {"id": asked.element("answer"), "items": items})
