"""A respondent's own answers on paper: each question with the answer in the words of the page, and the comment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from a2p.definition.model import Questionnaire
from a2p.definition.numbering import question_numbers
from a2p.documents import render
from a2p.documents.language import in_its_language
from a2p.documents.templating import render as render_template
from a2p.documents.words import language_tag, moment
from a2p.scoring.answer_words import Shown, in_words, levels_of
from a2p.scoring.answers import Answer, State
from a2p.scoring.shown import shown_questions

BLANK = Answer(State.BLANK)


@dataclass(frozen=True, slots=True)
class OwnCopy:
    """Whose answers, to what, and how they stand. `organisation` may be "", as in a round answered together."""

    partnership: str
    round: str
    name: str
    organisation: str
    together: bool
    councillor: bool
    saved: datetime
    submitted: datetime | None
    definition: Questionnaire
    answers: Mapping[str, Answer]

    @property
    def language(self) -> str:
        """The language of the questionnaire's texts."""
        return self.definition.language


@dataclass(frozen=True, slots=True)
class CopyLine:
    """One question with its number and its answer in words."""

    number: str
    ask: str
    shown: Shown


@dataclass(frozen=True, slots=True)
class CopySection:
    """A section with the questions that count for these answers."""

    title: str
    lines: tuple[CopyLine, ...]


def own_copy(copy: OwnCopy) -> bytes:
    """The copy as tagged PDF. The same answers give the same bytes."""
    return render.pdf(own_copy_html(copy), sheets=("own_copy.css",))


@in_its_language
def own_copy_html(copy: OwnCopy) -> str:
    """The HTML that is rendered; it brings no styles of its own."""
    title = "Your partnership’s answers" if copy.together else "A copy of your answers"
    return render_template(
        "documents/own_copy.html",
        copy=copy,
        sections=copy_sections(copy),
        submitted=f"Submitted on {moment(copy.submitted)}" if copy.submitted else "Not submitted",
        saved=f"Last saved on {moment(copy.saved)}",
        title=f"{title}: {copy.definition.title}",
        heading=title,
        language=language_tag(copy.definition.language),
        styles="",
        kind="own-copy",
        large=False,
        left=copy.definition.title[:50],
        right=copy.partnership[:60],
        foot=f"{copy.round}, version {copy.definition.version}"[:90],
        foot_large="",
    )


def copy_sections(copy: OwnCopy) -> tuple[CopySection, ...]:
    """The sections put to this respondent, in order, without those of which no question counts."""
    definition, numbers = copy.definition, question_numbers(copy.definition)
    shown = {each.id for each in shown_questions(definition, councillor=copy.councillor, answers=copy.answers)}
    found = []
    for section in definition.sections:
        lines = tuple(
            CopyLine(
                numbers[each.id],
                each.ask,
                in_words(each, levels_of(definition, each), copy.answers.get(each.id, BLANK)),
            )
            for each in section.questions
            if each.id in shown and section.is_put_to(councillor=copy.councillor)
        )
        if lines:
            found.append(CopySection(section.title, lines))
    return tuple(found)
