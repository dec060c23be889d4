"""The form of a document's options. Each kind of document heeds some of them, and only those are asked."""

from __future__ import annotations

from wtforms import BooleanField, Form, RadioField, SelectField
from wtforms.fields.choices import SelectChoice

from a2p.definition.model import Questionnaire
from a2p.documents.order import FORMATS, KINDS, PDF, Order


class DocumentForm(Form):
    """What may be chosen of a document. Fields of options that the kind does not heed are taken off."""

    format = RadioField(default=PDF)
    section = SelectField(default="")
    comments = BooleanField(default=True)
    names = BooleanField(default=False)
    large_print = BooleanField(default=False)
    draft = BooleanField(default=False)

    def of(self, kind: str, definition: Questionnaire, *, may_name: bool) -> DocumentForm:
        """The form, asking what this kind of document heeds; `may_name`: where each organisation stands is known."""
        heeded = KINDS[kind].options - (set() if may_name else {"names"})
        for name in [field.name for field in self if field.name not in heeded | {"format"}]:
            del self[name]
        self.format.choices = [SelectChoice(each, FORMATS[each]) for each in KINDS[kind].formats]
        if "section" in self:
            self.section.choices = [
                SelectChoice("", "All sections"),
                *(SelectChoice(section.id, section.title) for section in definition.sections),
            ]
        return self

    def order(self, kind: str) -> Order:
        """The order, once the form is valid."""
        return Order(kind, **self.data)
