"""Two versions of one part of a questionnaire side by side: each change in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from a2p.definition.model import (
    Band,
    ChoiceQuestion,
    ChoicesQuestion,
    Level,
    Question,
    Questionnaire,
    ScaleQuestion,
    Section,
)
from a2p.definition.problems import one_of

_WHOLE = {"status": "status", "language": "language", "minutes": "minutes", "kinds": "kinds of partnership"}
_SECTION = {"answered_by": "answered by", "stands_on": "stands on", "support": "support", "weight": "weight"}
_QUESTION = {
    "scale": "scale",
    "key": "key",
    "weight": "weight",
    "not_applicable": "not applicable offered",
    "dont_know": "don't know offered",
    "min": "smallest number",
    "max": "largest number",
}


@dataclass(frozen=True, slots=True)
class Change:
    """One change: where, what, and for wording the text before and after; "" where there is none."""

    place: str
    what: str
    before: str = ""
    after: str = ""


def of_whole(old: Questionnaire, new: Questionnaire) -> Iterator[Change]:
    """What stands above the sections."""
    place = "The questionnaire"
    yield from _settings(place, old, new, _WHOLE)
    for name in ("title", "subtitle", "about"):
        yield from _text(place, name, getattr(old, name), getattr(new, name))
    sources = {each: source.title for each, source in old.sources.items()}
    yield from _texts(place, "source", sources, {each: source.title for each, source in new.sources.items()})
    links = {each: source.link or "" for each, source in old.sources.items()}
    yield from _texts(place, "link of source", links, {each: source.link or "" for each, source in new.sources.items()})
    scales = {each: _levels(levels) for each, levels in old.scales.items()}
    yield from _texts(place, "scale", scales, {each: _levels(levels) for each, levels in new.scales.items()}, "changed")
    yield from _text(place, "bands", _bands(old.bands), _bands(new.bands), "changed")


def of_section(place: str, old: Section, new: Section) -> Iterator[Change]:
    """A section's own texts and settings, its questions aside."""
    yield from _settings(place, old, new, _SECTION)
    yield from _text(place, "title", old.title, new.title)
    yield from _text(place, "about", old.about, new.about)
    for each in old.discuss:
        if each not in new.discuss:
            yield Change(place, "question to discuss removed", before=each)
    for each in new.discuss:
        if each not in old.discuss:
            yield Change(place, "question to discuss added", after=each)
    yield from _order(place, "questions to discuss", old.discuss, new.discuss)


def of_question(place: str, old: Question, new: Question, renamed: Mapping[str, str]) -> Iterator[Change]:
    """A question's texts and settings. `renamed`, old id to new, keeps a `show_if` that only followed from counting."""
    yield from _text(place, "question", old.ask, new.ask)
    yield from _text(place, "help", old.help, new.help)
    if old.type != new.type:
        yield Change(place, f"type changed from {old.type} to {new.type}")
    yield from _texts(place, "descriptor of level", _descriptors(old), _descriptors(new))
    yield from _texts(place, "option", _options(old), _options(new))
    yield from _order(place, "options", tuple(_options(old)), tuple(_options(new)))
    yield from _text(place, "unit", getattr(old, "unit", None), getattr(new, "unit", None))
    yield from _text(place, "evidence", old.evidence, new.evidence)
    yield from _texts(place, "advice below level", _advice(old), _advice(new))
    if old.type == new.type:
        yield from _settings(place, old, new, _QUESTION)
    before = _condition({renamed.get(each, each): answers for each, answers in old.show_if.items()})
    if before != _condition(new.show_if):
        yield Change(place, f"shown {before} until now, and {_condition(new.show_if)} from now on")


def is_answered_otherwise(before: Question, after: Question, old: Questionnaire, new: Questionnaire) -> bool:
    """Whether an answer stored before may be none of those offered now, or stand for another number of points."""
    return before.type != after.type or _offered(before, old) != _offered(after, new)


def _offered(question: Question, definition: Questionnaire) -> object:
    if isinstance(question, ScaleQuestion):
        return [(level.id, level.points) for level in definition.scale_of(question)]
    return set(_options(question))


def _settings(place: str, old: object, new: object, names: Mapping[str, str]) -> Iterator[Change]:
    for name, label in names.items():
        before, after = getattr(old, name, None), getattr(new, name, None)
        if before != after:
            yield Change(place, f"{label} changed from {_said(before)} to {_said(after)}")


def _said(value: object) -> str:
    match value:
        case None | ():
            return "none"
        case bool():
            return "yes" if value else "no"
        case Decimal():
            return format(value.normalize(), "f")
        case tuple():
            return ", ".join(map(str, value))
        case _:
            return str(value)


def _text(place: str, name: str, before: str | None, after: str | None, differs: str = "reworded") -> Iterator[Change]:
    if before == after:
        return
    what = differs if before and after else "added" if after else "removed"
    yield Change(place, f"{name} {what}", before or "", after or "")


def _texts(
    place: str, name: str, before: Mapping[str, str], after: Mapping[str, str], differs: str = "reworded"
) -> Iterator[Change]:
    for each in dict.fromkeys((*after, *before)):
        yield from _text(place, f"{name} {each}", before.get(each), after.get(each), differs)


def _order(place: str, name: str, before: Sequence[str], after: Sequence[str]) -> Iterator[Change]:
    if before != after and sorted(before) == sorted(after):
        yield Change(place, f"{name} put in another order")


def _levels(levels: Sequence[Level]) -> str:
    return ", ".join(
        f"{level.label} ({level.id})" + ("" if level.points is None else f" {_said(level.points)} points")
        for level in levels
    )


def _bands(bands: Sequence[Band] | None) -> str | None:
    return ", ".join(f"{band.label} ({band.id}) from {_said(band.start)}" for band in bands) if bands else None


def _descriptors(question: Question) -> dict[str, str]:
    return dict(question.levels) if isinstance(question, ScaleQuestion) else {}


def _advice(question: Question) -> dict[str, str]:
    advice = question.advise if isinstance(question, ScaleQuestion) else ()
    return {f"{each.below} ({place})" if place else each.below: each.say for place, each in enumerate(advice)}


def _options(question: Question) -> dict[str, str]:
    offered = question.options if isinstance(question, ChoiceQuestion | ChoicesQuestion) else ()
    return {option.id: option.label for option in offered}


def _condition(show_if: Mapping[str, tuple[str, ...]]) -> str:
    said = [f"{each} is {one_of(answers)}" for each, answers in show_if.items()]
    return f"if {' and '.join(said)}" if said else "always"
