"""A questionnaire as one page for review: what is asked, of whom, what each answer means and what it stands on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from a2p.definition.model import (
    Audience,
    ChoiceQuestion,
    ChoicesQuestion,
    NumberQuestion,
    Question,
    Questionnaire,
    ScaleQuestion,
    Section,
    Source,
)
from a2p.definition.numbering import question_numbers
from a2p.definition.support import Module
from a2p.documents.templating import render
from a2p.documents.words import KINDS, count, listed, lower_first

_ASSETS = Path(__file__).parent / "assets"
_SHEETS = ("palette.css", "preview.css")
_WHO: dict[Audience, str] = {
    "partners": "partners",
    "councillors": "councillors",
    "coordinator": "the coordinator",
}
_ANSWERED_IN = {"text": "In their own words", "number": "A number", "date": "A date"}


@dataclass(frozen=True, slots=True)
class LevelView:
    """One step of a question: its place from 1, its name and what it looks like here."""

    place: int
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question as a reviewer reads it. `kind` says how it is answered, "" for a scale; `notes` are its conditions."""

    number: str
    asked: Question
    key: bool
    steps: int
    levels: tuple[LevelView, ...]
    kind: str
    options: tuple[str, ...]
    advice: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section with who answers it, what it stands on and where it leads."""

    number: int
    section: Section
    who: str
    stands_on: tuple[str, ...]
    support: tuple[str, ...]
    questions: tuple[QuestionView, ...]
    size: str


@dataclass(frozen=True, slots=True)
class PreviewView:
    """The whole page. `facts` are pairs of a label and what is said."""

    definition: Questionnaire
    facts: tuple[tuple[str, str], ...]
    sections: tuple[SectionView, ...]


def preview_html(definition: Questionnaire, modules: Sequence[Module] = ()) -> str:
    """One HTML file with its styles inside. With `modules`, the catalogue of support, sections name what they lead to
    by its title; without, by its id. Lay overlays over the definition before, to see it in their words."""
    styles = "".join((_ASSETS / name).read_text(encoding="utf-8") for name in _SHEETS)
    return render(
        "documents/preview.html",
        preview=_view(definition, modules),
        styles=Markup(styles),  # noqa: S704 - our own stylesheets; every text is escaped
    )


def preview_body(definition: Questionnaire, modules: Sequence[Module] = ()) -> Markup:
    """The same for the inside of a page that has its own h1: headings from h2, no styles; classes begin `preview`.

    assets/preview.css, with palette.css, is all that it needs.
    """
    # The template escapes every text.
    return Markup(render("documents/preview_body.html", preview=_view(definition, modules)))  # noqa: S704


def _view(definition: Questionnaire, modules: Sequence[Module]) -> PreviewView:
    numbers = question_numbers(definition)
    titles = {module.id: module.title for module in modules}
    sections = tuple(
        _section(place, section, definition, numbers, titles)
        for place, section in enumerate(definition.sections, start=1)
    )
    return PreviewView(definition, _facts(definition), sections)


def _facts(definition: Questionnaire) -> tuple[tuple[str, str], ...]:
    scored = sum(len(section.scale_questions) for section in definition.sections)
    asked = sum(len(section.questions) for section in definition.sections)
    piloted = "tried out with partnerships" if definition.status == "piloted" else "not yet tried out with partnerships"
    kinds = listed([lower_first(KINDS[kind]) + "s" for kind in definition.kinds])
    facts = [
        ("Version", f"{definition.version}, {piloted}"),
        ("For", kinds),
        (
            "Questions",
            f"{scored} scored of {asked} in all, in {count(len(definition.sections), 'section', 'sections')}",
        ),
    ]
    if definition.minutes:
        facts.append(("Time", f"about {count(definition.minutes, 'minute', 'minutes')} for each person"))
    return tuple(facts)


def _section(
    place: int, section: Section, definition: Questionnaire, numbers: Mapping[str, str], titles: Mapping[str, str]
) -> SectionView:
    return SectionView(
        number=place,
        section=section,
        who=_who(section),
        stands_on=tuple(_source(each, definition.sources) for each in section.stands_on),
        support=tuple(titles.get(each, each) for each in section.support),
        questions=tuple(_question(question, definition, numbers) for question in section.questions),
        size=count(len(section.questions), "question", "questions"),
    )


def _who(section: Section) -> str:
    if section.is_facts:
        return "Asked once, of the coordinator. Not scored."
    people = listed([_WHO[each] for each in section.answered_by if each != "coordinator"])
    evidence = " The coordinator adds evidence." if section.wants_evidence else ""
    return f"Answered by {people}.{evidence}"


def _source(stands_on: str, sources: Mapping[str, Source]) -> str:
    """`launch 3.5` as the title of the source `launch` with the place in it."""
    name, _, place = stands_on.partition(" ")
    title = sources[name].title
    return f"{title} ({place})" if place else title


def _question(question: Question, definition: Questionnaire, numbers: Mapping[str, str]) -> QuestionView:
    levels: tuple[LevelView, ...] = ()
    advice: tuple[tuple[str, str], ...] = ()
    if isinstance(question, ScaleQuestion):
        scale = definition.scale_of(question)
        labels = {level.id: level.label for level in scale}
        levels = tuple(
            LevelView(place, level.label, question.levels[level.id]) for place, level in enumerate(scale, start=1)
        )
        advice = tuple((labels[each.below], each.say) for each in question.advise)
    return QuestionView(
        number=numbers[question.id],
        asked=question,
        key=isinstance(question, ScaleQuestion) and question.key,
        steps=len(levels),
        levels=levels,
        kind=_kind(question),
        options=_options(question),
        advice=advice,
        notes=tuple(_notes(question, definition, numbers)),
    )


def _options(question: Question) -> tuple[str, ...]:
    offered = question.options if isinstance(question, ChoiceQuestion | ChoicesQuestion) else ()
    return tuple(option.label for option in offered)


def _kind(question: Question) -> str:
    match question:
        case ScaleQuestion():
            return ""
        case ChoiceQuestion():
            return "One of these"
        case ChoicesQuestion():
            return "Any of these"
        case NumberQuestion(unit=str(unit)):
            return f"A number of {unit}"
        case _:
            return _ANSWERED_IN[question.type]


def _notes(question: Question, definition: Questionnaire, numbers: Mapping[str, str]) -> list[str]:
    notes = [
        f"Asked only if the answer to {numbers[source]} is {_answers(source, answers, definition)}."
        for source, answers in question.show_if.items()
    ]
    if question.not_applicable:
        notes.append("Not applicable may be chosen, with a reason.")
    if isinstance(question, ScaleQuestion) and question.weight != 1:
        notes.append(f"Counts {question.weight.normalize():f} times in its section.")
    return notes


def _answers(source: str, answers: Sequence[str], definition: Questionnaire) -> str:
    asked = definition.question(source)
    labels: dict[str, str] = {}
    if isinstance(asked, ScaleQuestion):
        labels = {level.id: level.label for level in definition.scale_of(asked)}
    elif isinstance(asked, ChoiceQuestion | ChoicesQuestion):
        labels = {option.id: option.label for option in asked.options}
    return " or ".join(f"“{labels[each]}”" for each in answers)
