"""A poster for a whole section: a row for each question, a column for each level, dots in the squares."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby, pairwise

from a2p.definition.model import Questionnaire, ScaleQuestion
from a2p.documents.asked import Asked
from a2p.documents.language import gettext
from a2p.documents.measure import MM, Room, fit, height, shortened, tall, width

_ACROSS, _DOWN = 392 * MM, 231 * MM
_SQUARE = 30 * MM  # the least height of a row, for dots
_ASKS = (24, 28, 32)
_PADDING = 7 * MM  # above and below a row's text
_INSET = 5 * MM
_SHARES = (40, 36, 32, 28)


@dataclass(frozen=True, slots=True)
class Row:
    """A question, or the part of it that this sheet holds."""

    number: str
    ask: str
    tall: int


@dataclass(frozen=True, slots=True)
class SectionSheet:
    """A sheet of a section's poster; `labels` head the columns and have the colours `steps`."""

    number: int
    title: str
    title_size: int
    place: str
    labels: tuple[str, ...]
    steps: tuple[str, ...]
    rows: tuple[Row, ...]
    ask_size: int
    share: int


def section_sheets(definition: Questionnaire, asked: tuple[Asked, ...]) -> tuple[SectionSheet, ...]:
    """A poster for each section of which scale questions are asked; on a sheet all questions are of one scale."""
    made: list[SectionSheet] = []
    places = {section.id: k for k, section in enumerate(definition.sections, start=1)}
    for section_id, group in groupby(asked, key=lambda each: each.section.id):
        scaled = [each for each in group if isinstance(each.question, ScaleQuestion)]
        dealt = [sheet for _, same in groupby(scaled, key=_kind) for sheet in _dealt(list(same))]
        for k, (rows, size, first) in enumerate(dealt, start=1):
            many = len(first.levels)
            title = fit(first.section.title, (24, 28, 32, 40), Room(170 * MM, 50, bold=True))
            labels = _labels(first)
            steps = tuple(f"step-{many}-{n}" for n in range(1, many + 1))
            made.append(
                SectionSheet(
                    number=places[section_id],
                    title=shortened(first.section.title, title.size, 170 * MM, bold=True),
                    title_size=title.size,
                    place=gettext("%(place)s of %(all)s", place=k, all=len(dealt)) if len(dealt) > 1 else "",
                    labels=labels,
                    steps=steps + ("step-none",) * (len(labels) - many),
                    share=_share(first),
                    rows=rows,
                    ask_size=size,
                )
            )
    return tuple(made)


def _kind(asked: Asked) -> tuple[str, bool]:
    scale = asked.question.scale if isinstance(asked.question, ScaleQuestion) else ""
    return scale, asked.question.dont_know


def _dealt(asked: list[Asked]) -> list[tuple[tuple[Row, ...], int, Asked]]:
    """The questions dealt evenly over as few sheets as hold them, in the largest letters in which all of them fit."""
    for sheets in range(1, len(asked) + 1):
        edges = [round(len(asked) * k / sheets) for k in range(sheets + 1)]
        dealt = [asked[left:right] for left, right in pairwise(edges)]
        for size in sorted(_ASKS, reverse=True):
            if all(_holds(group, size) for group in dealt):
                return [(_rows(group, size), size, group[0]) for group in dealt]
    return [made for each in asked for made in _long(each)]


def _holds(group: list[Asked], size: int) -> bool:
    """All rows are on the sheet, and no word is broken."""
    room = _room(group[0])
    whole = all(fit(each.question.ask, (size, 1), room).size == size for each in group)
    return whole and sum(_needs(each, size) for each in group) <= _DOWN - _head(group[0])


def _needs(asked: Asked, size: int) -> float:
    return max(_SQUARE, height(asked.question.ask, size, _room(asked)) + _PADDING)


def _rows(group: list[Asked], size: int) -> tuple[Row, ...]:
    """The rows equally high where that holds the longest question; else what is over is spread among them."""
    room = _DOWN - _head(group[0])
    needs = [_needs(each, size) for each in group]
    spare = (room - sum(needs)) / len(group)
    equal = max(needs) * len(group) <= room
    return tuple(
        Row(each.number, each.question.ask, tall(room / len(group) if equal else needed + spare))
        for each, needed in zip(group, needs, strict=True)
    )


def _long(asked: Asked) -> list[tuple[tuple[Row, ...], int, Asked]]:
    size = min(_ASKS)
    room = _DOWN - _head(asked)
    parts = fit(asked.question.ask, (size,), Room(_room(asked).across, room - _PADDING, bold=True)).parts
    return [((Row(asked.number, part, tall(room)),), size, asked) for part in parts]


def _labels(asked: Asked) -> tuple[str, ...]:
    return tuple(level.label for level in asked.levels) + ((gettext("Don’t know"),) if asked.question.dont_know else ())


def _share(asked: Asked) -> int:
    """The part of the sheet's width that questions have, in hundredths: the most that breaks no word of a label."""
    for share in _SHARES:
        across = _label_room(asked, share).across
        if all(width(word, 24, bold=True) <= across for label in _labels(asked) for word in label.split()):
            return share
    return _SHARES[-1]


def _label_room(asked: Asked, share: int) -> Room:
    return Room(_ACROSS * (100 - share) / 100 / len(_labels(asked)) - _INSET, 0, bold=True)


def _room(asked: Asked) -> Room:
    return Room(_ACROSS * _share(asked) / 100 - 18 * MM - _INSET, 10_000, bold=True)


def _head(asked: Asked) -> float:
    """The height of the row of labels, in the smallest letters of a poster."""
    room = _label_room(asked, _share(asked))
    return max(height(label, 24, room) for label in _labels(asked)) + 12 * MM
