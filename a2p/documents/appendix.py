"""The tables of the appendix: every scale question with its numbers, a table for all that follow on one scale."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from a2p.definition.model import ScaleQuestion, Section
from a2p.documents.language import gettext
from a2p.documents.layout import Setting
from a2p.documents.picture import pairs
from a2p.documents.question_view import not_shown
from a2p.documents.words import NONE, shorten, tenth
from a2p.scoring.frozen import QuestionResult, SectionResult

_MOST_COLUMNS = 7
_ASK = 240  # characters; the section has the whole wording


@dataclass(frozen=True, slots=True)
class AppendixRow:
    """One question. `counts` has the voices at each level; `withheld` stands in the place of all figures."""

    number: str
    ask: str
    withheld: str
    counts: tuple[int, ...] = ()
    voices: int = 0
    score: str = NONE
    range: str = NONE
    deviation: str = NONE
    dont_know: int = 0
    not_applicable: int = 0
    blank: int = 0


@dataclass(frozen=True, slots=True)
class AppendixGroup:
    """The rows of one section, under its title."""

    title: str
    rows: tuple[AppendixRow, ...]


@dataclass(frozen=True, slots=True)
class AppendixTable:
    """Questions on one scale, by section. `columns`: a column for each level, while they fit, else one for all."""

    labels: tuple[str, ...]
    columns: bool
    voice: str
    groups: tuple[AppendixGroup, ...]


def appendix(setting: Setting) -> tuple[AppendixTable, ...]:
    """Every scale question of the result, in order."""
    runs = [run for section, outcome in pairs(setting.result) for run in _runs(setting, section, outcome)]
    made: list[AppendixTable] = []
    for (scale, voice), same in groupby(runs, key=lambda run: run[:2]):
        labels = tuple(level.label for level in setting.result.definition.scales[scale])
        groups = tuple(group for _, _, group in same)
        made.append(AppendixTable(labels, len(labels) <= _MOST_COLUMNS, voice, groups))
    return tuple(made)


def _runs(setting: Setting, section: Section, outcome: SectionResult) -> list[tuple[str, str, AppendixGroup]]:
    """A section's questions that follow one another on one scale: the scale, whose voices, the rows."""
    results = {question.id: question for question in outcome.questions}
    voice = gettext("Councillors") if section.voices_are_councillors else gettext("Organisations")
    made: list[tuple[str, str, AppendixGroup]] = []
    for scale, run in groupby(section.scale_questions, key=lambda question: question.scale):
        rows = tuple(_row(question, results[question.id], setting.numbers[question.id]) for question in run)
        made.append((scale, voice, AppendixGroup(shorten(section.title, 70), rows)))
    return made


def _row(asked: ScaleQuestion, result: QuestionResult, number: str) -> AppendixRow:
    if result.withheld:
        return AppendixRow(number, shorten(asked.ask, _ASK), not_shown(result.answered))
    low_high = NONE if result.range is None else f"{tenth(result.range[0])}–{tenth(result.range[1])}"
    return AppendixRow(
        number=number,
        ask=shorten(asked.ask, _ASK),
        withheld="",
        counts=tuple(result.levels.values()),
        voices=result.voices,
        score=tenth(result.score),
        range=low_high,
        deviation=tenth(result.agreement.ad if result.agreement else None),
        dont_know=result.dont_know,
        not_applicable=result.not_applicable,
        blank=result.blank,
    )
