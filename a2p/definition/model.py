"""The types that hold a questionnaire definition. They mirror the YAML file and are its JSON Schema's source.

What needs more than one place of the file to be seen (unknown ids, unused scales, forward references) is in rules.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Literal, TypeAlias

from pydantic import BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, Tag, WithJsonSchema


def _exact(value: object) -> object:
    """Whole numbers count as exact ones; a bool, which Python takes for a number, does not."""
    return Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _whole_number(value: object) -> object:
    """Keys are text in YAML's node tree and in JSON; those of `since` are version numbers."""
    return int(value) if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 7 else value


Id: TypeAlias = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=60)]
Text: TypeAlias = Annotated[str, Field(min_length=1, max_length=20_000, json_schema_extra={"pattern": r"\S"})]
Exact: TypeAlias = Annotated[Decimal, BeforeValidator(_exact), WithJsonSchema({"type": "number"})]
Weight: TypeAlias = Annotated[
    Decimal,
    BeforeValidator(_exact),
    Field(gt=0),
    WithJsonSchema({"type": "number", "exclusiveMinimum": 0}),
]
Points: TypeAlias = Annotated[
    Decimal,
    BeforeValidator(_exact),
    Field(ge=0, le=100),
    WithJsonSchema({"type": "number", "minimum": 0, "maximum": 100}),
]
Edge: TypeAlias = Annotated[
    Decimal,
    BeforeValidator(_exact),
    Field(ge=0, lt=100),
    WithJsonSchema({"type": "number", "minimum": 0, "exclusiveMaximum": 100}),
]
Version: TypeAlias = Annotated[int, BeforeValidator(_whole_number), Field(ge=2)]
Kind: TypeAlias = Literal["county", "district", "unitary", "local"]
Audience: TypeAlias = Literal["partners", "councillors", "coordinator"]

Language: TypeAlias = Literal["en", "cy"]
LANGUAGE_NAMES: Mapping[str, str] = {"en": "English", "cy": "Welsh"}

KINDS: tuple[Kind, ...] = ("county", "district", "unitary", "local")


class Part(BaseModel):
    """Base of every part of a definition: immutable, unknown keys refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Source(Part):
    """Something that sections may stand on."""

    title: Text
    link: Text | None = None


class Level(Part):
    """One step of a scale. `points`, 0-100, replaces the even spacing when given."""

    id: Id
    label: Text
    points: Points | None = None


class Band(Part):
    """A named range of scores starting at `from` (0-100, included)."""

    id: Id
    label: Text
    start: Annotated[Edge, Field(alias="from")]


class Option(Part):
    """One answer of a choice or choices question."""

    id: Id
    label: Text


class Advice(Part):
    """Said when the reached level is below the level `below`."""

    below: Id
    say: Text


class BaseQuestion(Part):
    """What every type of question has. `show_if` maps an earlier question to the answers that show this one."""

    id: Id
    ask: Text
    help: Text | None = None
    evidence: Text | None = None
    not_applicable: bool = False
    dont_know: bool = True
    show_if: dict[Id, Annotated[tuple[Id, ...], Field(min_length=1)]] = Field(default_factory=dict)


class ScaleQuestion(BaseQuestion):
    """The scored type: one level of a scale, each with its own descriptor."""

    type: Literal["scale"] = "scale"
    scale: Id
    levels: dict[Id, Text]
    key: bool = False
    weight: Weight = Decimal(1)
    advise: tuple[Advice, ...] = ()


class TextQuestion(BaseQuestion):
    """Free text."""

    type: Literal["text"]


class ChoiceQuestion(BaseQuestion):
    """One of several options."""

    type: Literal["choice"]
    options: Annotated[tuple[Option, ...], Field(min_length=2)]


class ChoicesQuestion(BaseQuestion):
    """Any number of several options."""

    type: Literal["choices"]
    options: Annotated[tuple[Option, ...], Field(min_length=2)]


class NumberQuestion(BaseQuestion):
    """A number between `min` and `max`, both included, in `unit`."""

    type: Literal["number"]
    min: Exact | None = None
    max: Exact | None = None
    unit: Text | None = None


class DateQuestion(BaseQuestion):
    """A calendar date."""

    type: Literal["date"]


def _question_type(value: object) -> str:
    kind = value.get("type", "scale") if isinstance(value, dict) else getattr(value, "type", "")
    return str(kind)


Question: TypeAlias = Annotated[
    Annotated[ScaleQuestion, Tag("scale")]
    | Annotated[TextQuestion, Tag("text")]
    | Annotated[ChoiceQuestion, Tag("choice")]
    | Annotated[ChoicesQuestion, Tag("choices")]
    | Annotated[NumberQuestion, Tag("number")]
    | Annotated[DateQuestion, Tag("date")],
    Discriminator(_question_type),
]


class Section(Part):
    """A page of questions on one subject, put to those in `answered_by` and to nobody else."""

    id: Id
    title: Text
    about: Text | None = None
    answered_by: Annotated[tuple[Audience, ...], Field(min_length=1)] = ("partners",)
    stands_on: tuple[Text, ...] = ()
    support: tuple[Id, ...] = ()
    discuss: tuple[Text, ...] = ()
    weight: Weight = Decimal(1)
    questions: Annotated[tuple[Question, ...], Field(min_length=1, max_length=1000)]

    @property
    def scale_questions(self) -> tuple[ScaleQuestion, ...]:
        """The scored questions, in order."""
        return tuple(q for q in self.questions if isinstance(q, ScaleQuestion))

    @property
    def is_facts(self) -> bool:
        """Answered once, by the coordinator alone, and never put to partners."""
        return set(self.answered_by) == {"coordinator"}

    @property
    def wants_evidence(self) -> bool:
        """The coordinator is asked for evidence on its scale questions beside the partners' answers."""
        return "coordinator" in self.answered_by and not self.is_facts

    @property
    def voices_are_councillors(self) -> bool:
        """Each councillor is a voice (scoring rule 2); elsewhere each organisation is."""
        return set(self.answered_by) - {"coordinator"} == {"councillors"}

    def is_put_to(self, *, councillor: bool) -> bool:
        """Whether a respondent is asked this: councillors those for `councillors`, all others those for `partners`."""
        return ("councillors" if councillor else "partners") in self.answered_by


class Since(Part):
    """What a version changed: old id -> new id, ids that ended, ids whose answers can no longer be compared."""

    renamed: dict[Id, Id] = Field(default_factory=dict)
    retired: tuple[Id, ...] = ()
    changed_meaning: tuple[Id, ...] = ()


class Questionnaire(Part):
    """A whole definition: what is asked, of whom, on which scales."""

    questionnaire: Id
    version: Annotated[int, Field(ge=1)]
    status: Literal["unpiloted", "piloted"] = "unpiloted"
    title: Text
    subtitle: Text | None = None
    language: Language
    minutes: Annotated[int, Field(ge=1, le=240)] | None = None
    kinds: Annotated[tuple[Kind, ...], Field(min_length=1, alias="for")]
    about: Text | None = None
    sources: dict[Id, Source] = Field(default_factory=dict)
    scales: Annotated[dict[Id, Annotated[tuple[Level, ...], Field(min_length=2, max_length=11)]], Field(min_length=1)]
    bands: Annotated[tuple[Band, ...], Field(min_length=2)] | None = None
    sections: Annotated[tuple[Section, ...], Field(min_length=1, max_length=200)]
    since: dict[Version, Since] = Field(default_factory=dict)

    def section(self, section_id: str) -> Section:
        """The section with this id; KeyError if there is none."""
        for section in self.sections:
            if section.id == section_id:
                return section
        raise KeyError(section_id)

    def question(self, question_id: str) -> Question:
        """The question with this id; KeyError if there is none."""
        for section in self.sections:
            for question in section.questions:
                if question.id == question_id:
                    return question
        raise KeyError(question_id)

    def scale_of(self, question: ScaleQuestion) -> tuple[Level, ...]:
        """The levels of a question's scale, lowest first."""
        return self.scales[question.scale]
