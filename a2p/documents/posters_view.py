"""Wall posters in A3: people put a dot in the column that is nearest to what they see.

A question has a poster of its own, because what people choose between is its levels' texts, and those can be read from
where one stands only if the sheet is theirs. Where all questions of a questionnaire are to be gone through, so many
sheets fill more wall than a room has: then a poster per section has a row for each question and the labels alone.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from a2p.definition.model import Questionnaire
from a2p.documents.asked import Asked, NothingToPrint, Respondents, asked_of
from a2p.documents.language import gettext
from a2p.documents.measure import MM, Room, fit, height, shortened, tall
from a2p.documents.section_posters import SectionSheet, section_sheets

_ACROSS, _DOWN = 392 * MM, 231 * MM  # between the rule under the head and the line at the foot
_DOTS = 70 * MM  # the least height that is left for dots
_ASKS = (24, 28, 32, 36, 40, 48, 56, 64)
_TEXTS = (24, 28, 32)
_INSET = 4 * MM
_STRIP, _GAP = 9 * MM, 7 * MM


@dataclass(frozen=True, slots=True)
class PosterOptions:
    """`per`: a question or a section to a poster. `questions`: ids, or None for all; `audience` as for cards."""

    per: Literal["question", "section"] = "question"
    questions: tuple[str, ...] | None = None
    audience: Respondents | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """Where dots go: a level with what it looks like, or one of the other answers, which have no `step`."""

    label: str
    text: str
    step: str


@dataclass(frozen=True, slots=True)
class QuestionSheet:
    """A sheet of a question's poster. `place` is `1 of 2` where it takes more; without columns the text fills it."""

    number: str
    section: str
    place: str
    ask: str
    ask_size: int
    columns: tuple[Column, ...]
    text_size: int
    tall: int
    hint: str


@dataclass(frozen=True, slots=True)
class PostersView:
    """All sheets, of the one kind or of the other."""

    title: str
    source: str
    language: str
    questions: tuple[QuestionSheet, ...]
    sections: tuple[SectionSheet, ...]


def posters_view(definition: Questionnaire, options: PosterOptions) -> PostersView:
    """The posters of the questions that the options pick. Raises NothingToPrint where there are none."""
    asked = asked_of(definition, options.questions, options.audience)
    by_section = options.per == "section"
    if by_section and not any(each.has_levels for each in asked):
        raise NothingToPrint("No question that is left has levels, so there is nothing to put dots in")
    return PostersView(
        title=gettext("Wall posters: %(title)s", title=definition.title),
        source=shortened(_source(definition), 24, 130 * MM),
        language=definition.language,
        questions=() if by_section else tuple(sheet for each in asked for sheet in _sheets(each)),
        sections=section_sheets(definition, asked) if by_section else (),
    )


def _source(definition: Questionnaire) -> str:
    return gettext("%(title)s, version %(version)s", title=definition.title, version=definition.version)


def _sheets(asked: Asked) -> list[QuestionSheet]:
    """The question above its columns on as few sheets as possible, and then in the largest letters that allow it.

    A question that takes more than a third of a sheet stands on sheets of its own before them.
    """
    columns = _columns(asked)
    tried: list[tuple[str, int, list[tuple[tuple[Column, ...], int]]]] = []
    for size in sorted(_ASKS, reverse=True):
        asks = fit(asked.question.ask, (size,), Room(_ACROSS, _DOWN / 3, bold=True))
        if len(asks.parts) == 1:
            tried.append((asks.parts[0], size, _groups(columns, _DOWN - _above(asks.parts[0], size))))
    if tried:
        ask, size, groups = min(tried, key=lambda each: len(each[2]))
        return _numbered(asked, [(ask, size, group, texts) for group, texts in groups])
    whole = fit(asked.question.ask, (24,), Room(_ACROSS, _DOWN, bold=True))
    before: list[_Made] = [(part, whole.size, (), 24) for part in whole.parts]
    return _numbered(asked, before + [("", 24, group, texts) for group, texts in _groups(columns, _DOWN)])


_Made = tuple[str, int, tuple[Column, ...], int]


def _numbered(asked: Asked, made: Sequence[_Made]) -> list[QuestionSheet]:
    return [
        QuestionSheet(
            number=asked.number,
            section=shortened(asked.section.title, 24, 185 * MM),
            place=gettext("%(place)s of %(all)s", place=k, all=len(made)) if len(made) > 1 else "",
            ask=ask,
            ask_size=ask_size,
            columns=columns,
            text_size=text_size,
            tall=tall(_DOWN - _above(ask, ask_size)),
            hint=_hint(asked) if columns else "",
        )
        for k, (ask, ask_size, columns, text_size) in enumerate(made, start=1)
    ]


def _above(ask: str, size: int) -> float:
    return height(ask, size, Room(_ACROSS, 0, bold=True)) + _GAP if ask else 0


def _hint(asked: Asked) -> str:
    if asked.levels:
        return gettext("One dot each, in the column that is nearest to what you see.")
    return gettext("Write on a note, and put it here.")


def _columns(asked: Asked) -> tuple[Column, ...]:
    """The levels, lowest first, then the other answers that the question allows; one open field where it has none."""
    many = len(asked.levels)
    if not many:
        return (Column("", "", ""),)
    steps = [f"step-{many}-{k}" if asked.has_levels else "step-none" for k in range(1, many + 1)]
    made = [Column(level.label, level.text, step) for level, step in zip(asked.levels, steps, strict=True)]
    if asked.question.dont_know:
        made.append(Column(gettext("Don’t know"), "", "step-none"))
    if asked.question.not_applicable:
        made.append(Column(gettext("Does not apply"), "", "step-none"))
    return tuple(made)


def _groups(columns: tuple[Column, ...], down: float) -> list[tuple[tuple[Column, ...], int]]:
    """The columns dealt over as few sheets as leave room for dots under each, evenly, with the size of their texts."""
    for sheets in range(1, len(columns) + 1):
        dealt = _evenly(columns, sheets)
        sizes = [_size(group, down) for group in dealt]
        if all(sizes):
            return [(group, min(sizes)) for group in dealt]
    return [made for column in columns for made in _long(column, down)]


def _evenly(columns: tuple[Column, ...], sheets: int) -> list[tuple[Column, ...]]:
    edges = [round(len(columns) * k / sheets) for k in range(sheets + 1)]
    return [columns[left:right] for left, right in itertools.pairwise(edges)]


def _size(group: tuple[Column, ...], down: float) -> int:
    """The largest size in which each column's label and text leave room for dots, no word broken; 0 if none does."""
    across = _ACROSS / len(group) - 2 * _INSET
    for size in sorted(_TEXTS, reverse=True):
        room = Room(across, 10_000)
        needs = max(_needs(column, size, room) for column in group)
        if needs <= down - _DOTS and all(_whole(column, size, room) for column in group):
            return size
    return 0


def _needs(column: Column, size: int, room: Room) -> float:
    label = height(column.label, size, Room(room.across, room.down, bold=True))
    return _STRIP + label + height(column.text, size, room) + 0.5 * size


def _whole(column: Column, size: int, room: Room) -> bool:
    """No word of it is broken."""
    bold = Room(room.across, room.down, bold=True)
    return fit(column.label, (size, 1), bold).size == size and fit(column.text, (size, 1), room).size == size


def _long(column: Column, down: float) -> list[tuple[tuple[Column, ...], int]]:
    """A column too long for a sheet of its own goes on on the next."""
    size = min(_TEXTS)
    across = _ACROSS - 2 * _INSET
    label = shortened(column.label, size, across, most=2, bold=True)
    room = Room(across, down - _DOTS - _STRIP - 3 * size * 1.2)
    said = column.text if label == " ".join(column.label.split()) else f"{column.label}. {column.text}"
    parts = fit(said, (size,), room).parts or ("",)
    return [((Column(label, part, column.step),), size) for part in parts]
