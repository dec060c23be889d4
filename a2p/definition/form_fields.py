"""The fields of a fillable form: their names, what each may hold, and the mark by which a form says what it is.

Names are those under which the site's own form posts: `<part>-<question id>`, with `_<value>` behind it where a box of
its own stands for each value. Ids have no underscore, so no two fields can share a name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, Self, TypeAlias

from a2p.definition.model import (
    ChoiceQuestion,
    ChoicesQuestion,
    DateQuestion,
    NumberQuestion,
    Question,
    Questionnaire,
    ScaleQuestion,
    TextQuestion,
)

LONGEST_TEXT = 5_000
LONGEST_LINE = 200
LONGEST_NUMBER = 30
DATE_BOXES = {"day": 2, "month": 12, "year": 4}
DONT_KNOW, NOT_APPLICABLE = "dont-know", "not-applicable"
ORGANISATION, SECTOR, COUNCILLOR = "organisation", "sector", "councillor"
MARK = "a2p-form"

FieldKind: TypeAlias = Literal["one", "tick", "text"]


@dataclass(frozen=True, slots=True)
class FormField:
    """A field: ONE of `values`, a TICK that means its one value, or TEXT of at most `longest` characters. `posted` is
    the name under which the site's form posts what it holds."""

    name: str
    kind: FieldKind
    posted: str
    values: tuple[str, ...] = ()
    longest: int = 0


@dataclass(frozen=True, slots=True)
class FormMark:
    """Which form a file is: the questionnaire, its version and hash, and the round it was made for (0: for any) with
    the mark of the installation whose round it is ("" where that is not said)."""

    questionnaire: str
    version: int
    sha256: str
    round_id: int = 0
    site: str = ""

    def __str__(self) -> str:
        site = f"; site {self.site}" if self.site else ""
        return f"a2p form 1; {self.questionnaire}; version {self.version}; {self.sha256}; round {self.round_id}{site}"

    @classmethod
    def read(cls, text: str) -> Self | None:
        """The mark that `str` wrote; None if it is anything else."""
        found = _MARK.fullmatch(text)
        return cls(found[1], int(found[2]), found[3], int(found[4]), found[5] or "") if found else None


_MARK = re.compile(
    r"a2p form 1; ([a-z][a-z0-9-]{0,59}); version ([0-9]{1,9}); ([0-9a-f]{64}); round ([0-9]{1,18})"
    r"(?:; site ([0-9a-f]{16}))?",
    re.ASCII,
)


def fields_of(definition: Questionnaire, asked: Question) -> tuple[FormField, ...]:
    """The fields of a question, in the order in which they stand on the form."""
    reason = (_text("r", asked, LONGEST_TEXT),) if asked.not_applicable else ()
    comment = (_text("c", asked, LONGEST_TEXT),) if isinstance(asked, ScaleQuestion) else ()
    return (*_answer_fields(definition, asked), *reason, *comment)


def _answer_fields(definition: Questionnaire, asked: Question) -> tuple[FormField, ...]:
    states = _states(asked)
    match asked:
        case ScaleQuestion():
            return _one("a", asked, (*(level.id for level in definition.scale_of(asked)), *states))
        case ChoiceQuestion():
            return _one("a", asked, (*(option.id for option in asked.options), *states))
        case ChoicesQuestion():
            return _ticks("a", asked, (*(option.id for option in asked.options), *states))
        case DateQuestion():
            boxes = tuple(_text(box, asked, longest) for box, longest in DATE_BOXES.items())
            return (*boxes, *_ticks("s", asked, states))
        case NumberQuestion():
            return (_text("a", asked, LONGEST_NUMBER), *_ticks("s", asked, states))
        case TextQuestion():
            return (_text("a", asked, LONGEST_TEXT), *_ticks("s", asked, states))


def part_of(asked: Question, part: str) -> str:
    """The name of one part of a question."""
    return f"{part}-{asked.id}"


def partners_questions(definition: Questionnaire) -> tuple[Question, ...]:
    """The questions that stand on a fillable form: all but the coordinator's facts."""
    return tuple(question for section in definition.sections if not section.is_facts for question in section.questions)


def _states(asked: Question) -> tuple[str, ...]:
    """Don't know and not applicable, as offered; who has no text to write leaves it empty."""
    unknown = asked.dont_know and not isinstance(asked, TextQuestion)
    return (DONT_KNOW,) * unknown + (NOT_APPLICABLE,) * asked.not_applicable


def _one(part: str, asked: Question, values: tuple[str, ...]) -> tuple[FormField, ...]:
    return (FormField(part_of(asked, part), "one", part_of(asked, part), values),)


def _ticks(part: str, asked: Question, values: tuple[str, ...]) -> tuple[FormField, ...]:
    name = part_of(asked, part)
    return tuple(FormField(f"{name}_{value}", "tick", name, (value,)) for value in values)


def _text(part: str, asked: Question, longest: int) -> FormField:
    return FormField(part_of(asked, part), "text", part_of(asked, part), longest=longest)
