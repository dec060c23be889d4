"""What every question type can do, and what they all do alike: reasons, comments, the four states."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from typing import Any

from markupsafe import Markup, escape
from wtforms import Form, StringField, TextAreaField
from wtforms.validators import Length

from a2p.scoring.answer_words import Shown, in_words
from a2p.scoring.answers import Answer, State
from a2p.web.components import component
from a2p.web.forms.kept import Kept
from a2p.web.forms.parts import DONT_KNOW, NOT_APPLICABLE, TEXT_LIMIT, Asked, FieldError, Values, slot

STATES = {DONT_KNOW: State.DONT_KNOW, NOT_APPLICABLE: State.NOT_APPLICABLE}


class Kind(ABC):
    """A question type. `picks` is the part of the name under which what is chosen (not typed) is posted."""

    picks = "a"
    comments = True

    @abstractmethod
    def own_fields(self, asked: Asked) -> dict[str, Any]:
        """The WTForms fields of the answer itself, by name."""

    @abstractmethod
    def read(self, asked: Asked, form: Form) -> Answer | tuple[FieldError, ...]:
        """The answer in a validated form, or what is wrong with it."""

    @abstractmethod
    def own_values(self, asked: Asked, answer: Answer) -> dict[str, tuple[str, ...]]:
        """What the answer's own fields hold for a stored answer."""

    @abstractmethod
    def pickable(self, asked: Asked) -> frozenset[str]:
        """Every value that can be chosen."""

    @abstractmethod
    def html(self, asked: Asked, picked: tuple[str, ...], errors: tuple[FieldError, ...], *, noted: bool) -> Markup:
        """The question's controls, with slots for what a person types; `noted`: there is a comment to show."""

    def first(self, asked: Asked) -> str:
        """The part of the element that an error about the answer leads to."""
        return "answer"

    def fields(self, asked: Asked) -> dict[str, Any]:
        """All WTForms fields of a question, by name."""
        fields = self.own_fields(asked)
        if asked.question.not_applicable:
            too_long = f"The reason why {asked.quoted} does not apply must be {TEXT_LIMIT:,} characters or less"
            fields[asked.field("r")] = long_text(too_long)
        if self.comments:
            too_long = f"Your comment on {asked.quoted} must be {TEXT_LIMIT:,} characters or less"
            fields[asked.field("c")] = long_text(too_long)
        fields[asked.field("v")] = StringField()
        return fields

    def values(self, asked: Asked, kept: Kept) -> Values:
        """What all of a question's fields hold for a stored answer."""
        answer = kept.answer
        values = {asked.field("v"): (kept.mark,), **self.own_values(asked, answer)}
        if answer.state in STATES.values():
            values[asked.field(self.picks)] = (answer.state.value,)
        note = "r" if answer.state is State.NOT_APPLICABLE else "c"
        return {**values, asked.field(note): (answer.comment,)}

    def shown(self, asked: Asked, answer: Answer) -> Shown:
        """A stored answer in words."""
        return in_words(asked.question, asked.levels, answer)

    def settle(
        self, asked: Asked, form: Form, answer: Answer, errors: tuple[FieldError, ...]
    ) -> Answer | tuple[FieldError, ...]:
        """Add the comment or the reason to an answer, and what is wrong with them to its errors."""
        comment, comment_errors = typed(form, asked.field("c"), "comment")
        reason, reason_errors = typed(form, asked.field("r"), "reason")
        if answer.state is not State.NOT_APPLICABLE:
            found = (*errors, *comment_errors)
            return found or Answer(answer.state, answer.value, comment)
        if not reason and not reason_errors and asked.field("r") in form:
            reason_errors = (FieldError("reason", f"Give a reason why {asked.quoted} does not apply"),)
        found = (*errors, *reason_errors, *comment_errors)
        return found or Answer(answer.state, "", "\n\n".join(part for part in (reason, comment) if part))


def long_text(too_long: str) -> TextAreaField:
    """A field for up to 5,000 characters, with line ends counted once and white space at the ends dropped."""
    return TextAreaField(filters=[_tidy], validators=[Length(max=TEXT_LIMIT, message=too_long)])


def _tidy(text: str | None) -> str:
    return (text or "").replace("\r\n", "\n").replace("\r", "\n").strip()


def typed(form: Form, name: str, part: str) -> tuple[str, tuple[FieldError, ...]]:
    """The text of a field, "" if the form has no such field, and its errors."""
    if name not in form:
        return "", ()
    field = form[name]
    return str(field.data or ""), tuple(FieldError(part, str(text)) for text in field.errors)


def error_of(asked: Asked, errors: tuple[FieldError, ...], part: str) -> dict[str, Markup] | None:
    """The errors of one part as the Design System's errorMessage, None without any."""
    texts = [asked.quoting(error.text) for error in errors if error.part == part]
    return {"html": Markup(". ").join(texts)} if texts else None


def heading(asked: Asked) -> dict[str, object]:
    """A question as the legend of its fieldset, a heading of the second level."""
    html = Markup('<h2 class="govuk-fieldset__heading">{}</h2>').format(asked.told(asked.question.ask))
    return {"html": html, "classes": "govuk-fieldset__legend--m"}


def reason_box(asked: Asked, errors: tuple[FieldError, ...], picks: str) -> Markup:
    """Where the reason of a not applicable is typed, if the question offers that; the script shows it when wanted.

    Not the radios' own conditional reveal: its script sets an attribute on radios that ARIA does not allow there.
    """
    if not asked.question.not_applicable:
        return Markup("")
    wrong = error_of(asked, errors, "reason")
    box = text_box(asked, "r", "reason", "If it does not apply, why not?", wrong, 2)
    shown_if = json.dumps({asked.field(picks): [NOT_APPLICABLE]})
    return Markup('<div class="govuk-radios__conditional" data-show-if="{}">{}</div>').format(shown_if, box)


def comment_box(asked: Asked, errors: tuple[FieldError, ...], *, opened: bool) -> Markup:
    """Where a comment is typed: folded away until it is wanted, and open where there is one."""
    wrong = error_of(asked, errors, "comment")
    summary = Markup('Add a comment<span class="govuk-visually-hidden"> on {}</span>').format(
        asked.quoting(asked.quoted)
    )
    box = text_box(asked, "c", "comment", "Comment (optional)", wrong, 4)
    return component("details", {"summaryHtml": summary, "html": box, "open": opened or wrong is not None})


def text_box(
    asked: Asked, part: str, element: str, label: str, wrong: dict[str, Markup] | None, rows: int, hint: str = ""
) -> Markup:
    """A text area whose text is a slot."""
    params = {
        "name": asked.field(part),
        "id": asked.element(element),
        "label": {"text": label},
        "rows": rows,
        "value": slot(part),
        "errorMessage": wrong,
        "hint": {"html": escape(hint)} if hint else None,
    }
    return component("textarea", params)


def state_items(asked: Asked, *, dont_know: bool) -> list[dict[str, object]]:
    """The items "Don't know" and "Does not apply", as far as the question offers them."""
    items: list[dict[str, object]] = []
    if dont_know and asked.question.dont_know:
        items.append({"value": DONT_KNOW, "text": "Don’t know", "id": asked.element("is-" + DONT_KNOW)})
    if asked.question.not_applicable:
        text = "This does not apply to us"
        items.append({"value": NOT_APPLICABLE, "text": text, "id": asked.element("is-" + NOT_APPLICABLE)})
    return items
