"""A respondent's own answers on paper: each question with the answer in the words of the page, and the comment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from a2p.definition.model import DateQuestion, Level, Question, Questionnaire
from a2p.definition.numbering import question_numbers
from a2p.documents import render
from a2p.documents.language import gettext, in_its_language, noted
from a2p.documents.templating import render as render_template
from a2p.documents.words import day, language_tag, moment
from a2p.scoring.answer_words import Shown, in_words, levels_of
from a2p.scoring.answers import Answer, State
from a2p.scoring.shown import shown_questions

BLANK = Answer(State.BLANK)
_STATES = {
    State.DONT_KNOW: noted("Don’t know"),
    State.NOT_APPLICABLE: noted("Does not apply"),
    State.BLANK: noted("Not answered"),
}


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
    heading = gettext("Your partnership’s answers") if copy.together else gettext("A copy of your answers")
    return render_template(
        "documents/own_copy.html",
        copy=copy,
        sections=copy_sections(copy),
        submitted=gettext("Submitted on %(moment)s.", moment=moment(copy.submitted))
        if copy.submitted
        else gettext("Not submitted."),
        saved=gettext("Last saved on %(moment)s.", moment=moment(copy.saved)),
        title=f"{heading}: {copy.definition.title}",
        heading=heading,
        language=language_tag(copy.definition.language),
        styles="",
        kind="own-copy",
        large=False,
        left=copy.definition.title[:50],
        right=copy.partnership[:60],
        foot=gettext("%(round)s, version %(version)s", round=copy.round, version=copy.definition.version)[:90],
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
                _shown(each, levels_of(definition, each), copy.answers.get(each.id, BLANK)),
            )
            for each in section.questions
            if each.id in shown and section.is_put_to(councillor=copy.councillor)
        )
        if lines:
            found.append(CopySection(section.title, lines))
    return tuple(found)


def _shown(question: Question, levels: Sequence[Level], answer: Answer) -> Shown:
    """The answer in words, those that are ours in the language of the copy."""
    if answer.state in _STATES:
        return Shown(gettext(_STATES[answer.state]), answer.comment)
    if isinstance(question, DateQuestion):
        return Shown(day(date.fromisoformat(answer.value)), answer.comment)
    return in_words(question, levels, answer)
