"""What a release lets out of a result, set for a page: sections with score and band, and question scores if there are
any. A result that is released whole is set as a report instead."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from a2p.definition.model import ScaleQuestion, Section
from a2p.documents import imprint, messages
from a2p.documents.charts import Block, ScoreTrack
from a2p.documents.language import gettext
from a2p.documents.layout import SCREEN, Layout, Setting
from a2p.documents.picture import pairs
from a2p.documents.question_view import QuestionView, question_view
from a2p.documents.section_view import section_track
from a2p.documents.words import band_label, whole
from a2p.scoring.disclosure import Disclosed
from a2p.scoring.frozen import FrozenResult, QuestionResult, SectionResult


@dataclass(frozen=True, slots=True)
class ScoredQuestion:
    """A question with its score; `view` has its bar where the spread of the answers is shown too."""

    number: str
    ask: str
    score: str
    view: QuestionView | None


@dataclass(frozen=True, slots=True)
class ReleasedSection:
    """A section among its bands. `questions` are those that anything is shown of."""

    id: str
    number: int
    title: str
    track: ScoreTrack
    score: str
    band: str
    questions: tuple[ScoredQuestion, ...]


@dataclass(frozen=True, slots=True)
class ReleasedView:
    """A reduced result for a page."""

    result: FrozenResult
    headline: str
    who: str
    when: str
    caveats: tuple[str, ...]
    sections: tuple[ReleasedSection, ...]

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The bands, as the sections' tracks have them."""
        return self.sections[0].track.blocks if self.sections else ()

    @property
    def with_questions(self) -> bool:
        """Whether anything is shown of any question."""
        return any(section.questions for section in self.sections)


def released_page(disclosed: Disclosed, layout: Layout = SCREEN) -> ReleasedView:
    """Set a result that was reduced to what a release lets out."""
    result = disclosed.result
    setting = Setting(result, (), layout)
    labels = {band.id: band_label(band) for band in result.bands}
    sections = tuple(
        ReleasedSection(
            section.id,
            number,
            section.title,
            section_track(section, outcome, setting),
            whole(outcome.score if outcome.band else None),
            labels.get(outcome.band or "", gettext("Too few answers")),
            tuple(_questions(setting, section, outcome)),
        )
        for number, (section, outcome) in enumerate(pairs(result), start=1)
        if not section.is_facts
    )
    return ReleasedView(
        result,
        messages.headline(disclosed),
        messages.who_answered(result) if result.respondents else gettext("Nobody answered."),
        imprint.when(result),
        imprint.caveats(disclosed),
        sections,
    )


def _questions(setting: Setting, section: Section, outcome: SectionResult) -> Iterator[ScoredQuestion]:
    """The questions of which a score is shown; the scale's key stands before the first of it that has a bar."""
    scale = ""
    for asked, question in zip(section.scale_questions, outcome.questions, strict=True):
        if question.score is not None:
            view = _view(setting, section, asked, question, with_key=asked.scale != scale)
            scale = asked.scale
            yield ScoredQuestion(setting.numbers[asked.id], asked.ask, whole(question.score), view)


def _view(
    setting: Setting, section: Section, asked: ScaleQuestion, question: QuestionResult, *, with_key: bool
) -> QuestionView | None:
    """The question with its bar, under an id that no other questionnaire on the page has."""
    if not question.voices:
        return None
    view = question_view(setting, section, asked, with_key=with_key)
    return replace(view, id=f"{setting.result.definition.questionnaire}--{view.id}")
