"""What goes into scoring: respondents with their answers, and the coordinator's evidence and facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal, TypeAlias

Sector: TypeAlias = Literal[
    "county-council",
    "district-council",
    "unitary-council",
    "parish-town",
    "police",
    "fire",
    "health",
    "education",
    "voluntary-community",
    "business",
    "other-public",
]
Councillor: TypeAlias = Literal["executive", "other"]
Layer: TypeAlias = Literal["board", "executive-group", "theme-group"]


class State(StrEnum):
    """The four answer states, stored apart. GIVEN is a level, option, number, date or text."""

    GIVEN = "given"
    DONT_KNOW = "dont-know"
    NOT_APPLICABLE = "not-applicable"
    BLANK = "blank"


@dataclass(frozen=True, slots=True)
class Answer:
    """One respondent's answer to one question.

    `value` is a level id, an option id, several option ids separated by spaces, a decimal number, an ISO date or text,
    by the question's type; empty unless the state is GIVEN. `comment` holds the reason of a not-applicable.
    """

    state: State
    value: str = ""
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Respondent:
    """One submitted response: who it speaks for, and answers by question id (a question not listed is blank)."""

    id: str
    organisation: str
    sector: Sector | None = None
    councillor: Councillor | None = None
    layer: Layer | None = None
    answers: Mapping[str, Answer] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class EvidenceNote:
    """The coordinator's own level (optional), note and links (http or https addresses) on a scale question."""

    level: str | None
    note: str = ""
    links: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CoordinatorInput:
    """What the coordinator alone gives: evidence by scale question id, and the facts by question id."""

    evidence: Mapping[str, EvidenceNote] = field(default_factory=dict)
    facts: Mapping[str, Answer] = field(default_factory=dict)
