"""Which class answers for which question type. Adding a type touches this table and its class."""

from __future__ import annotations

from a2p.web.forms.choose import ManyOf, OneOf, Scale
from a2p.web.forms.evidence import Evidence
from a2p.web.forms.kind import Kind
from a2p.web.forms.parts import Asked
from a2p.web.forms.write import CalendarDate, FreeText, Number

KINDS: dict[str, Kind] = {
    "scale": Scale(),
    "choice": OneOf(),
    "choices": ManyOf(),
    "text": FreeText(),
    "number": Number(),
    "date": CalendarDate(),
}
_EVIDENCE = Evidence()


def kind_of(asked: Asked) -> Kind:
    """The question's type."""
    return _EVIDENCE if asked.evidence else KINDS[asked.question.type]
