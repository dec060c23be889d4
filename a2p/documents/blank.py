"""The paper form of a questionnaire, from its definition alone: instructions, who sees what, every question to tick."""

from __future__ import annotations

from dataclasses import dataclass

from a2p.definition.model import (
    ChoiceQuestion,
    ChoicesQuestion,
    DateQuestion,
    NumberQuestion,
    Question,
    Questionnaire,
    ScaleQuestion,
    Section,
)
from a2p.definition.numbering import question_numbers
from a2p.documents import render
from a2p.documents.imprint import versioned
from a2p.documents.language import gettext, in_its_language
from a2p.documents.templating import render as render_template
from a2p.documents.words import SECTORS, language_tag, listed, sector


@dataclass(frozen=True, slots=True)
class BlankOptions:
    """`large_print`: 18 pt body. `is_open`: for an open round, whose organisations are named."""

    large_print: bool = False
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """Something to tick: its label, and what it looks like where there is a descriptor. `value` is its id."""

    label: str
    text: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class BlankQuestion:
    """A question on paper. `kind` is its type; `only_if` says in words when it is to be answered; `hint` how."""

    number: str
    ask: str
    help: str
    kind: str
    only_if: str
    hint: str
    boxes: tuple[Box, ...]
    dont_know: bool
    not_applicable: bool
    id: str


@dataclass(frozen=True, slots=True)
class BlankSection:
    """A section on paper. `whom` says who answers it where that is not everybody."""

    number: int
    title: str
    about: str
    whom: str
    questions: tuple[BlankQuestion, ...]


def blank_form(definition: Questionnaire, options: BlankOptions | None = None) -> bytes:
    """The form as PDF. The same definition and options give the same bytes."""
    options = options or BlankOptions()
    sheets = ("blank.css", "large.css", "blank_large.css") if options.large_print else ("blank.css",)
    return render.pdf(blank_html(definition, options), sheets=sheets)


@in_its_language
def blank_html(definition: Questionnaire, options: BlankOptions, *, fillable: bool = False) -> str:
    """The HTML that is rendered; it brings no styles of its own. `fillable` has controls where others have boxes and
    lines, and is without the coordinator's own sheet."""
    sections = blank_sections(definition)
    if fillable:
        what, title = gettext("Fillable form"), gettext("%(title)s: fillable form", title=definition.title)
    else:
        what, title = gettext("Paper form"), gettext("%(title)s: paper form", title=definition.title)
    return render_template(
        "documents/blank.html",
        definition=definition,
        sections=tuple(s for s, section in zip(sections, definition.sections, strict=True) if not section.is_facts),
        facts=tuple(
            s for s, section in zip(sections, definition.sections, strict=True) if section.is_facts and not fillable
        ),
        sectors={each: sector(each) for each in SECTORS},
        fillable=fillable,
        what=what,
        asks_councillors=any("councillors" in section.answered_by for section in definition.sections),
        title=title,
        language=language_tag(definition.language),
        styles="",
        kind="blank",
        large=options.large_print,
        is_open=options.is_open,
        left=definition.title[:50],
        right=what,
        foot=versioned(definition.title[:40], definition),
        foot_large=versioned(definition.title[:30], definition),
    )


def blank_sections(definition: Questionnaire) -> tuple[BlankSection, ...]:
    """Every section in order, facts sections too."""
    numbers = question_numbers(definition)
    return tuple(
        BlankSection(
            number=k,
            title=section.title,
            about=section.about or "",
            whom=_whom(section),
            questions=tuple(_question(definition, numbers, question) for question in section.questions),
        )
        for k, section in enumerate(definition.sections, start=1)
    )


def _whom(section: Section) -> str:
    asked = set(section.answered_by) - {"coordinator"}
    if asked == {"councillors"}:
        return gettext("For councillors only. If you are not a councillor, leave this part out.")
    if asked == {"partners"}:
        return gettext("Not for councillors. If you answer as a councillor, leave this part out.")
    return ""


def _question(definition: Questionnaire, numbers: dict[str, str], asked: Question) -> BlankQuestion:
    return BlankQuestion(
        number=numbers[asked.id],
        ask=asked.ask,
        help=asked.help or "",
        kind=asked.type,
        only_if=_only_if(definition, numbers, asked),
        hint=_hint(asked),
        boxes=_boxes(definition, asked),
        # as on the site: who has nothing to write leaves it empty
        dont_know=asked.dont_know and asked.type != "text",
        not_applicable=asked.not_applicable,
        id=asked.id,
    )


def _boxes(definition: Questionnaire, asked: Question) -> tuple[Box, ...]:
    if isinstance(asked, ScaleQuestion):
        return tuple(Box(level.label, asked.levels[level.id], level.id) for level in definition.scale_of(asked))
    if isinstance(asked, ChoiceQuestion | ChoicesQuestion):
        return tuple(Box(option.label, value=option.id) for option in asked.options)
    return ()


def _hint(asked: Question) -> str:
    if isinstance(asked, ChoicesQuestion):
        return gettext("Tick all that apply.")
    if isinstance(asked, DateQuestion):
        return gettext("Day, month and year")
    if isinstance(asked, NumberQuestion):
        return _range(asked)
    return ""


def _range(asked: NumberQuestion) -> str:
    least, most = (_with_unit(asked, edge) for edge in (asked.min, asked.max))
    if asked.min is not None and most:
        return gettext("A number from %(min)s to %(max)s", min=asked.min, max=most)
    if least:
        return gettext("A number, %(min)s or more", min=least)
    if most:
        return gettext("A number, %(max)s or less", max=most)
    return gettext("A number of %(unit)s", unit=asked.unit) if asked.unit else gettext("A number")


def _with_unit(asked: NumberQuestion, edge: object) -> str:
    return "" if edge is None else f"{edge} {asked.unit}" if asked.unit else str(edge)


def _only_if(definition: Questionnaire, numbers: dict[str, str], asked: Question) -> str:
    """`Answer this only if you chose Working or Embedded at 1.1.`"""
    parts = []
    for source, wanted in asked.show_if.items():
        labels = _answer_labels(definition, definition.question(source))
        chosen = [labels.get(answer, answer) for answer in wanted]
        parts.append(gettext("%(answers)s at %(question)s", answers=_one_of(chosen), question=numbers[source]))
    return gettext("Answer this only if you chose %(answers)s.", answers=listed(parts)) if parts else ""


def _one_of(answers: list[str]) -> str:
    """`a`, `a or b`, `a or b or c`."""
    said, *more = answers
    for each in more:
        said = gettext("%(before)s or %(last)s", before=said, last=each)
    return said


def _answer_labels(definition: Questionnaire, source: Question) -> dict[str, str]:
    if isinstance(source, ScaleQuestion):
        return {level.id: level.label for level in definition.scale_of(source)}
    if isinstance(source, ChoiceQuestion | ChoicesQuestion):
        return {option.id: option.label for option in source.options}
    return {}
