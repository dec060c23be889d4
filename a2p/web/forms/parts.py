"""Names and shapes that the question types share.

Field names are `<part>-<question id>`: `a` the answer, `s` don't know and not applicable where the answer is typed,
`r` the reason of a not applicable, `c` the comment, `l` the links of evidence, `v` the mark of the stored answer that
the page showed.
Element ids are `<question id>.<part>`: ids have no dot, so two questions can never share one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from markupsafe import Markup, escape

from a2p.definition.form_fields import LONGEST_TEXT
from a2p.definition.model import Level, Question
from a2p.scoring.answers import State
from a2p.web.tongue import PAGES, told

DONT_KNOW = State.DONT_KNOW.value
NOT_APPLICABLE = State.NOT_APPLICABLE.value
NO_LEVEL = "no-level"
TEXT_LIMIT = LONGEST_TEXT

Values: TypeAlias = Mapping[str, tuple[str, ...]]
"""What stands in a form's fields, by field name, in the shape in which a browser posts it."""


ALWAYS = Markup()


@dataclass(frozen=True, slots=True)
class FieldError:
    """A mistake in one part of a question ("answer", "reason" or "comment"); `boxes` are the wrong boxes of a date."""

    part: str
    text: str
    boxes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """One question as a form puts it: `levels` of its scale, lowest first; `condition` in words, "" if always asked; in
    which `language` its texts are.

    `follows` are the conditions on questions of the same page: question id -> answers. `evidence` asks the coordinator
    for the level that the evidence shows, with a note, in place of an answer.
    """

    question: Question
    levels: tuple[Level, ...] = ()
    condition: Markup = ALWAYS
    follows: tuple[tuple[str, tuple[str, ...]], ...] = ()
    evidence: bool = False
    language: str = PAGES

    @property
    def id(self) -> str:
        """The question's id."""
        return self.question.id

    def field(self, part: str) -> str:
        """The name of one of the question's fields."""
        return f"{part}-{self.question.id}"

    def element(self, part: str) -> str:
        """The id of one of the question's elements on the page."""
        return f"{self.question.id}.{part}"

    @property
    def quoted(self) -> str:
        """The question in quotation marks, to name it in an error."""
        return f"“{self.question.ask}”"

    def told(self, text: str) -> Markup:
        """One of its texts, with its language."""
        return told(text, self.language)

    def quoting(self, sentence: str) -> Markup:
        """A sentence of ours that quotes the question, with the language of what it quotes."""
        before, quoted, after = sentence.partition(self.quoted)
        return Markup("{}“{}”{}").format(before, self.told(self.question.ask), after) if quoted else escape(sentence)


def slot(part: str) -> Markup:
    """A place in a kept fragment where what a person typed is put in at each request. Private-use letters mark it."""
    return Markup("\ue000{}\ue001").format(part)
