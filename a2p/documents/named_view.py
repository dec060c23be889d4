"""Where each organisation of an open round stands, ready to be set: as a table for the page, as lines for print."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from a2p.definition.model import Level, Section
from a2p.definition.numbering import question_numbers
from a2p.documents.language import gettext, noted
from a2p.scoring.disclosure import Disclosed
from a2p.scoring.named import NamedLevels, NamedQuestion, NoLevel, Silence, Stand

WITHOUT: Mapping[NoLevel, str] = {
    NoLevel.DONT_KNOW: noted("Don’t know"),
    NoLevel.NOT_APPLICABLE: noted("Does not apply"),
    NoLevel.BLANK: noted("No answer"),
    NoLevel.NOT_ASKED: noted("Not asked"),
}
SILENT: Mapping[Silence, str] = {
    Silence.COUNCILLORS: noted("Councillors alone were asked this part. Each of them is a voice, so nobody is named."),
    Silence.WITHHELD: noted("Not shown: too few people answered."),
    Silence.CONDITIONAL: noted("Asked only of those who gave a certain answer before, so no organisation is named."),
}


@dataclass(frozen=True, slots=True)
class NamedCell:
    """Where one organisation stands: in words, with the level's number and its step's class where it has a level."""

    text: str
    number: int | None = None
    step: str = ""


@dataclass(frozen=True, slots=True)
class NamedRow:
    """A question. Where nobody is named `silence` says why; else there is a cell for each organisation, and `lines`
    have each stand that somebody has with the organisations there, the lowest level first."""

    id: str
    number: str
    ask: str
    silence: str = ""
    cells: tuple[NamedCell, ...] = ()
    lines: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class NamedSection:
    """A section that partners answer. With a `silence` nobody is named in all of it, and it has no rows."""

    id: str
    number: int
    title: str
    silence: str
    rows: tuple[NamedRow, ...]


@dataclass(frozen=True, slots=True)
class NamedView:
    """All of it: the organisations' names are the columns of every section's table."""

    organisations: tuple[str, ...]
    sections: tuple[NamedSection, ...]


def named_view(shown: Disclosed, named: NamedLevels) -> NamedView:
    """The view of a result's named levels."""
    sections = enumerate(shown.result.definition.sections, start=1)
    made = (_section(shown, number, section, named) for number, section in sections)
    return NamedView(named.organisations, tuple(section for section in made if section is not None))


def stand_words(levels: Sequence[Level], stand: Stand) -> str:
    """A stand in words: `3 Working`, unbroken after the number, or why there is no level."""
    return gettext(WITHOUT[stand]) if isinstance(stand, NoLevel) else f"{stand}\u00a0{levels[stand - 1].label}"


def _section(shown: Disclosed, number: int, section: Section, named: NamedLevels) -> NamedSection | None:
    found = {question.id: question for question in named.questions if question.section == section.id}
    if not found:
        return None
    if section.voices_are_councillors:
        return NamedSection(section.id, number, section.title, gettext(SILENT[Silence.COUNCILLORS]), ())
    definition = shown.result.definition
    numbers = question_numbers(definition)
    rows = tuple(
        _row(numbers[asked.id], asked.ask, definition.scale_of(asked), found[asked.id], named.organisations)
        for asked in section.scale_questions
    )
    return NamedSection(section.id, number, section.title, "", rows)


def _row(
    number: str, ask: str, levels: Sequence[Level], question: NamedQuestion, organisations: Sequence[str]
) -> NamedRow:
    if question.silence is not None:
        return NamedRow(question.id, number, ask, gettext(SILENT[question.silence]))
    places: tuple[Stand, ...] = (*range(1, len(levels) + 1), *NoLevel)
    there = {
        place: [name for name, stand in zip(organisations, question.stands, strict=True) if stand == place]
        for place in places
    }
    return NamedRow(
        question.id,
        number,
        ask,
        cells=tuple(_cell(levels, stand) for stand in question.stands),
        lines=tuple((stand_words(levels, place), "; ".join(names)) for place, names in there.items() if names),
    )


def _cell(levels: Sequence[Level], stand: Stand) -> NamedCell:
    words = stand_words(levels, stand)
    return NamedCell(words) if isinstance(stand, NoLevel) else NamedCell(words, stand, f"step-{len(levels)}-{stand}")
