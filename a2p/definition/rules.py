"""The rules of a definition that need more than one place of the file to be seen.

They read the plain values, not the finished types, so that they can tell of their mistakes beside those of shape:
what is missing or of another type is skipped here and reported there.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

from a2p.definition.history import changes
from a2p.definition.paths import conditions
from a2p.definition.problems import closest, one_of, shown
from a2p.definition.tree import Cursor, Finding


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What lies around a file: the id that its name asks for, and the ids of the support modules beside it."""

    named: str | None = None
    modules: frozenset[str] | None = None


def broken_rules(root: Cursor, around: Surroundings) -> Iterator[Finding]:
    """Every breach of a rule, in no order."""
    yield from _name(root, around)
    yield from _one_namespace(root)
    yield from _repeated(root.at("bands"), "band")
    for _, scale in root.at("scales").entries():
        yield from _repeated(scale, "level")
        yield from _points(scale)
    yield from _unused_scales(root)
    yield from _bands(root)
    for section in root.at("sections").elements():
        yield from _section(root, section, around)
        for question in section.at("questions").elements():
            yield from _question(root, section, question)
    yield from conditions(root)
    yield from changes(root)


def _name(root: Cursor, around: Surroundings) -> Iterator[Finding]:
    given = root.at("questionnaire")
    if around.named is not None and given.text and given.text != around.named:
        yield Finding(given.path, f"the file is called {around.named}.yaml, so its id must be {around.named}")


def _one_namespace(root: Cursor) -> Iterator[Finding]:
    taken: dict[str, str] = {}
    for section in root.at("sections").elements():
        parts = [("section", section), *(("question", each) for each in section.at("questions").elements())]
        for kind, part in parts:
            identity = part.at("id")
            if not identity.text:
                continue
            if identity.text in taken:
                yield Finding(
                    identity.path, f"the id {shown(identity.text)} is taken by a {taken[identity.text]} above"
                )
            taken.setdefault(identity.text, kind)


def _repeated(parts: Cursor, kind: str) -> Iterator[Finding]:
    seen: set[str] = set()
    article = "an" if kind[0] in "aeiou" else "a"
    for part in parts.elements():
        identity = part.at("id")
        if identity.text in seen:
            yield Finding(identity.path, f"the id {shown(identity.text)} is taken by {article} {kind} above")
        seen |= {identity.text} - {""}


def _points(scale: Cursor) -> Iterator[Finding]:
    levels = [level.at("points") for level in scale.elements()]
    given = [points for points in levels if points.value is not None]
    if not given:
        return
    if len(given) < len(levels):
        yield Finding(scale.path, "either every level of a scale has points or none has")
    for lower, higher in itertools.pairwise(levels):
        if lower.number is not None and higher.number is not None and higher.number < lower.number:
            yield Finding(higher.path, f"points must not fall: {higher.number} after {lower.number}")
    if levels[0].number not in {None, 0}:
        yield Finding(levels[0].path, f"the lowest level's points must be 0, not {levels[0].number}")
    if levels[-1].number not in {None, 100}:
        yield Finding(levels[-1].path, f"the highest level's points must be 100, not {levels[-1].number}")


def _scale_questions(root: Cursor) -> Iterator[Cursor]:
    for section in root.at("sections").elements():
        yield from (each for each in section.at("questions").elements() if is_scale_question(each))


def is_scale_question(question: Cursor) -> bool:
    """Whether it is of the scored type, which is also the one where none is given."""
    return isinstance(question.value, dict) and question.value.get("type", "scale") == "scale"


def _unused_scales(root: Cursor) -> Iterator[Finding]:
    used = {question.at("scale").text for question in _scale_questions(root)}
    for name, scale in root.at("scales").entries():
        if name not in used:
            yield Finding(scale.path, "no question uses this scale", key=True)


def _bands(root: Cursor) -> Iterator[Finding]:
    bands = [band.at("from") for band in root.at("bands").elements()]
    if bands and bands[0].number not in {None, 0}:
        yield Finding(bands[0].path, f"the first band must start at 0, not {bands[0].number}")
    for lower, higher in itertools.pairwise(bands):
        if lower.number is not None and higher.number is not None and higher.number <= lower.number:
            yield Finding(higher.path, f"bands must rise: {higher.number} after {lower.number}")
    scales = dict(root.at("scales").entries())
    used = {question.at("scale").text for question in _scale_questions(root)} & scales.keys()
    lengths = sorted({len(scales[name].elements()) for name in used} - {0})
    if root.at("bands").value is None and len(lengths) > 1:
        what = f"bands is missing: the scales that questions use have {one_of(map(str, lengths))} levels"
        yield Finding((), what.replace(" or ", " and "))


def _section(root: Cursor, section: Cursor, around: Surroundings) -> Iterator[Finding]:
    sources = dict(root.at("sources").entries())
    for text, item in section.at("stands_on").items():
        source = (text.split() or [""])[0]
        if source not in sources:
            yield Finding(item.path, f"no source is called {shown(source)}", closest(source, sources))
    for text, item in section.at("support").items():
        if around.modules is not None and text not in around.modules:
            what = f"no support module in support.yaml is called {shown(text)}"
            yield Finding(item.path, what, closest(text, around.modules))
    for listed in (section.at("answered_by"), section.at("support")):
        yield from listed_twice(listed)


def listed_twice(listed: Cursor) -> Iterator[Finding]:
    """Text that stands more than once in a list."""
    seen: set[str] = set()
    for text, item in listed.items():
        if text in seen:
            yield Finding(item.path, f"{shown(text)} is listed twice")
        seen.add(text)


def _question(root: Cursor, section: Cursor, question: Cursor) -> Iterator[Finding]:
    yield from _repeated(question.at("options"), "option")
    low, high = question.at("min").number, question.at("max").number
    if low is not None and high is not None and low > high:
        yield Finding(question.at("max").path, f"max must not be below min: {high} is below {low}")
    if not is_scale_question(question):
        return
    yield from _on_its_scale(root, question)
    only_facts = {text for text, _ in section.at("answered_by").items()} == {"coordinator"}
    if question.at("key").value is True and only_facts:
        what = "key has no meaning here: facts that the coordinator alone gives are not scored"
        yield Finding(question.at("key").path, what, key=True)


def _on_its_scale(root: Cursor, question: Cursor) -> Iterator[Finding]:
    scales = dict(root.at("scales").entries())
    name = question.at("scale")
    if name.text and name.text not in scales:
        yield Finding(name.path, f"no scale is called {shown(name.text)}", closest(name.text, scales))
    levels = level_ids(scales.get(name.text))
    if not levels:
        return
    described = dict(question.at("levels").entries())
    for level in levels:
        if described and level not in described:
            yield Finding(question.at("levels").path, f"no descriptor for the level {shown(level)}", key=True)
    for level, descriptor in described.items():
        if level not in levels:
            what = f"the scale {shown(name.text)} has no level {shown(level)}"
            yield Finding(descriptor.path, what, closest(level, levels), key=True)
    yield from _advice(question, levels)


def _advice(question: Cursor, levels: list[str]) -> Iterator[Finding]:
    for advice in question.at("advise").elements():
        below = advice.at("below")
        if below.text and below.text not in levels:
            yield Finding(below.path, f"the scale has no level {shown(below.text)}", closest(below.text, levels))
        elif below.text == levels[0]:
            yield Finding(below.path, f"nothing is below {shown(below.text)}, the lowest level")


def level_ids(scale: Cursor | None) -> list[str]:
    """The ids of a scale's levels, lowest first."""
    return [level.at("id").text for level in scale.elements() if level.at("id").text] if scale else []
