"""The frozen result: one canonical, versioned document per closed round and questionnaire.

Exact values are fractions, written "25/3". The definition travels inside it with overlays applied, so that pages and
documents need nothing else. `internal` never leaves the site: it is not exported, not rendered, and is erased with the
round's people.
"""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from typing import Annotated, Literal, TypeAlias

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    SerializerFunctionWrapHandler,
    WithJsonSchema,
    model_serializer,
)

from a2p.definition.model import Kind, Questionnaire
from a2p.scoring.answers import Councillor, Layer, Sector

_FRACTION = r"^-?\d+(/[1-9]\d*)?$"


def _exact(value: object) -> object:
    """A fraction from its text, so that what was written exactly is read exactly."""
    if isinstance(value, str) and not re.match(_FRACTION, value):
        raise ValueError("not a fraction")
    return Fraction(value) if isinstance(value, str | int) else value


Share: TypeAlias = Annotated[
    Fraction,
    BeforeValidator(_exact),
    PlainSerializer(str, return_type=str),
    WithJsonSchema({"type": "string", "pattern": _FRACTION}),
]
AgreementLabel: TypeAlias = Literal["close", "mixed", "wide"]
Pattern: TypeAlias = Literal["within-one-level", "split", "lone-voice"]
ValueType: TypeAlias = Literal["text", "choice", "choices", "number", "date"]


class Frozen(BaseModel):
    """Base of every part of the document: immutable, unknown keys refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class Agreement(Frozen):
    """How close voices are: `ad` in levels (average deviation about the mean), label, patterns, and r_wg for export."""

    ad: Share
    label: AgreementLabel | None = None
    patterns: tuple[Pattern, ...] = ()
    r_wg: Share | None = None


class Evidence(Frozen):
    """The coordinator's level, note and links.

    `gap` is its points less the question's score (-100..100), `listed` from 100/3 either way.
    """

    level: str | None
    note: str
    gap: Share | None
    listed: bool
    links: tuple[str, ...] = ()

    @model_serializer(mode="wrap")
    def _without_empty_links(self, write: SerializerFunctionWrapHandler) -> dict[str, object]:
        """What was frozen before there were links is written as it was: its hash stays the same."""
        document: dict[str, object] = write(self)
        if not self.links:
            del document["links"]
        return document


class QuestionResult(Frozen):
    """One scale question. `levels` has every level id in order with its number of voices; the counts below are people.

    `shown` people were asked it. `withheld` is set by disclosure alone: then only `answers` + `dont_know` (as
    `answered`) may be shown and every other figure is empty; `answered` is None where even that would tell too much.
    """

    id: str
    score: Share | None
    voices: int
    levels: dict[str, int]
    shown: int
    answers: int
    dont_know: int
    not_applicable: int
    blank: int
    dont_know_share: Share | None
    range: tuple[Share, Share] | None
    knowledge_gap: bool
    applicability_disputed: bool
    agreement: Agreement | None
    reached: str | None
    next: str | None
    advice: tuple[str, ...] = ()
    evidence: Evidence | None = None
    withheld: bool = False
    answered: int | None

    def emptied(self) -> QuestionResult:
        """The question withheld, with every figure empty: whoever empties it says what may yet be told of it."""
        return QuestionResult(
            id=self.id,
            score=None,
            voices=0,
            levels=dict.fromkeys(self.levels, 0),
            shown=0,
            answers=0,
            dont_know=0,
            not_applicable=0,
            blank=0,
            dont_know_share=None,
            range=None,
            knowledge_gap=False,
            applicability_disputed=False,
            agreement=None,
            reached=None,
            next=None,
            withheld=True,
            answered=None,
        )


class ValueResult(Frozen):
    """One unscored question. `options` counts people by option id; `values` are numbers or dates as text, sorted.

    Partners' texts are not here: they travel with the comments. In a facts section `values` has the coordinator's text.
    `answered` people gave an answer or don't know, `voices` of them (organisations or councillors) gave one. `withheld`
    is set by disclosure alone: then only `answered` may be shown, and where even that would tell too much it is None.
    """

    id: str
    type: ValueType
    shown: int
    given: int
    dont_know: int
    not_applicable: int
    blank: int
    options: dict[str, int] = Field(default_factory=dict)
    values: tuple[str, ...] = ()
    voices: int = 0
    answered: int | None = None
    withheld: bool = False

    def emptied(self) -> ValueResult:
        """The question withheld, with every figure and value empty."""
        return ValueResult(
            id=self.id,
            type=self.type,
            shown=0,
            given=0,
            dont_know=0,
            not_applicable=0,
            blank=0,
            options=dict.fromkeys(self.options, 0),
            withheld=True,
        )


class SectionResult(Frozen):
    """One section. `scored_questions` of its `shown_questions` scale questions have enough voices to count for a band.

    `capped_by` lists the key questions that lowered the band. `score_withheld` is set by disclosure alone.
    """

    id: str
    score: Share | None
    band: str | None
    capped: bool
    capped_by: tuple[str, ...] = ()
    completeness: Share | None
    agreement: Agreement | None
    people: int
    shown_questions: int
    scored_questions: int
    questions: tuple[QuestionResult, ...]
    values: tuple[ValueResult, ...] = ()
    score_withheld: bool = False


class FrozenBand(Frozen):
    """A named range of scores from `start` (0-100, included) to the next band's start."""

    id: str
    label: str
    start: Share


class SectorCount(Frozen):
    """Who answered: organisations and people of one sector (None where it was not given)."""

    sector: Sector | None
    organisations: int
    people: int


class Group(Frozen):
    """One side of a comparison: its label id, the people who answered, and its own voices at each level."""

    id: str
    people: int
    levels: dict[str, int]
    score: Share


class Comparison(Frozen):
    """A question seen by groups (scoring rule 6), kept only where every group has 5 respondents with an answer.

    `gap` is the highest group's score less the lowest's, 0-100.
    """

    question: str
    by: Literal["councils", "councillors", "layer"]
    groups: tuple[Group, ...]
    gap: Share


class Voice(Frozen):
    """Internal: one respondent's place in the voices, with level numbers (1..A) by question id. No name, no text."""

    organisation: str
    respondent: str
    sector: Sector | None
    councillor: Councillor | None
    layer: Layer | None
    levels: dict[str, int]


class FrozenResult(Frozen):
    """One round's result for one questionnaire, format 1.

    `kind` is the partnership's; dates are the round's, in Europe/London. `sha256` is the base definition's hash,
    `overlays` those of the overlays applied. `partial` is None where invitations are not known (the command line).
    `score_withheld` is set by disclosure alone.
    """

    format: Literal[1] = 1
    definition: Questionnaire
    sha256: str
    overlays: tuple[str, ...] = ()
    partnership: str
    kind: Kind
    round: str
    opened: date | None
    closed: date | None
    together: bool
    attribution: Literal["private", "open"] = "private"
    demo: bool = False
    respondents: int
    started: int
    organisations: int
    invited_organisations: int | None
    partial: bool | None
    dominant_sector: Sector | None
    sectors: tuple[SectorCount, ...]
    bands: tuple[FrozenBand, ...]
    score: Share | None
    band: str | None
    sections: tuple[SectionResult, ...]
    comparisons: tuple[Comparison, ...] = ()
    internal: tuple[Voice, ...] | None = None
    score_withheld: bool = False
