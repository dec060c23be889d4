"""Every text of a questionnaire by its place, and a questionnaire with some of them replaced."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias, TypeVar

from a2p.definition.model import (
    ChoiceQuestion,
    ChoicesQuestion,
    Level,
    NumberQuestion,
    Option,
    Question,
    Questionnaire,
    ScaleQuestion,
    Section,
)
from a2p.definition.tree import Path

Texts: TypeAlias = dict[Path, str]
Labelled = TypeVar("Labelled", Level, Option)


def places(base: Questionnaire) -> dict[Path, str | None]:
    """Where an overlay may give a text, with the text there; None where one is possible but not given."""
    found: dict[Path, str | None] = {
        ("title",): base.title,
        ("subtitle",): base.subtitle,
        ("about",): base.about,
    }
    for name, levels in base.scales.items():
        found |= {("scales", name, level.id): level.label for level in levels}
    found |= {("bands", band.id): band.label for band in base.bands or ()}
    for section in base.sections:
        at: Path = ("sections", section.id)
        found |= {(*at, "title"): section.title, (*at, "about"): section.about}
        found |= {(*at, "discuss", place): text for place, text in enumerate(section.discuss)}
        for question in section.questions:
            found |= _of_question((*at, "questions", question.id), question)
    return found


def _of_question(at: Path, question: Question) -> dict[Path, str | None]:
    found: dict[Path, str | None] = {
        (*at, "ask"): question.ask,
        (*at, "help"): question.help,
        (*at, "evidence"): question.evidence,
    }
    match question:
        case ScaleQuestion():
            found |= {(*at, "levels", level): text for level, text in question.levels.items()}
            found |= {(*at, "advise", place): advice.say for place, advice in enumerate(question.advise)}
        case ChoiceQuestion() | ChoicesQuestion():
            found |= {(*at, "options", option.id): option.label for option in question.options}
        case NumberQuestion():
            found[(*at, "unit")] = question.unit
    return found


def overlaid(base: Questionnaire, texts: Mapping[Path, str]) -> Questionnaire:
    """The questionnaire with these texts in place of its own."""
    scales = {name: _relabelled(levels, texts, ("scales", name)) for name, levels in base.scales.items()}
    bands = base.bands and tuple(
        band.model_copy(update={"label": texts.get(("bands", band.id), band.label)}) for band in base.bands
    )
    own = {name: texts.get((name,), getattr(base, name)) for name in ("title", "subtitle", "about")}
    sections = tuple(_section(section, texts) for section in base.sections)
    return base.model_copy(update={**own, "scales": scales, "bands": bands, "sections": sections})


def _relabelled(parts: tuple[Labelled, ...], texts: Mapping[Path, str], at: Path) -> tuple[Labelled, ...]:
    return tuple(part.model_copy(update={"label": texts.get((*at, part.id), part.label)}) for part in parts)


def _section(section: Section, texts: Mapping[Path, str]) -> Section:
    at: Path = ("sections", section.id)
    update: dict[str, object] = {
        "title": texts.get((*at, "title"), section.title),
        "about": texts.get((*at, "about"), section.about),
        "discuss": tuple(texts.get((*at, "discuss", place), text) for place, text in enumerate(section.discuss)),
        "questions": tuple(
            _question(question, texts, (*at, "questions", question.id)) for question in section.questions
        ),
    }
    return section.model_copy(update=update)


def _question(question: Question, texts: Mapping[Path, str], at: Path) -> Question:
    update: dict[str, object] = {
        "ask": texts.get((*at, "ask"), question.ask),
        "help": texts.get((*at, "help"), question.help),
        "evidence": texts.get((*at, "evidence"), question.evidence),
    }
    match question:
        case ScaleQuestion():
            levels = question.levels.items()
            update["levels"] = {level: texts.get((*at, "levels", level), text) for level, text in levels}
            update["advise"] = tuple(
                advice.model_copy(update={"say": texts.get((*at, "advise", place), advice.say)})
                for place, advice in enumerate(question.advise)
            )
        case ChoiceQuestion() | ChoicesQuestion():
            update["options"] = _relabelled(question.options, texts, (*at, "options"))
        case NumberQuestion():
            update["unit"] = texts.get((*at, "unit"), question.unit)
    return question.model_copy(update=update)
