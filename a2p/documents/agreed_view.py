"""What a workshop works through: the questions, widest disagreement first, with what was agreed; and the agreed scores
beside the survey's. Made of the disclosed result alone, so that nothing withheld shows by a detour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from a2p.definition.model import ScaleQuestion, Section
from a2p.definition.numbering import question_numbers
from a2p.documents.language import gettext, noted
from a2p.documents.layout import Layout, Setting
from a2p.documents.picture import all_picks, pairs
from a2p.documents.question_view import LevelText, QuestionView, question_view
from a2p.documents.words import whole
from a2p.scoring.agreed import AgreedLevel, agreed_scores
from a2p.scoring.disclosure import Disclosed
from a2p.scoring.frozen import FrozenResult

# A projected page: one question fills it.
WALL = Layout(
    bar_width=720,
    bar_height=64,
    small_bar_width=360,
    small_bar_height=24,
    font=26,
    track_width=234,
    track_height=20,
    dots_width=160,
)


# What to ask of every question, before the questionnaire's own prompts.
PROMPTS = (
    noted("Do these scores show how things really are?"),
    noted("Why do views differ?"),
    noted("Where would our energy be best spent?"),
    noted("What has changed, and what changed it?"),
)


@dataclass(frozen=True, slots=True)
class Settlement:
    """What was settled on a question: the agreed level (None: left open), why, and the votes for its importance."""

    level: str | None
    reason: str = ""
    votes: int | None = None


@dataclass(frozen=True, slots=True)
class WorkshopRow:
    """A question in the workshop’s list. It has no figures where it is `empty` (withheld, or not answered);
    `agreed` says in words what was settled, and is empty where it was not talked about; `left_open`: no level was."""

    id: str
    number: str
    ask: str
    empty: bool
    agreement: str
    wide: bool
    score: str
    agreed: str
    left_open: bool
    reason: str
    votes: str


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """The survey's score of a section, or of all, and the agreed one beside it."""

    title: str
    survey: str
    agreed: str


@dataclass(frozen=True, slots=True)
class WorkshopView:
    """The whole list, and the scores: each section’s, then of all. `settled` of the `rows` have an agreed level."""

    rows: tuple[WorkshopRow, ...]
    scores: tuple[ScoreRow, ...]
    settled: int


@dataclass(frozen=True, slots=True)
class Stop:
    """One question to talk about: as the report shows it, all its levels, prompts, and where it stands in the list."""

    view: QuestionView
    section: str
    levels: tuple[tuple[str, LevelText], ...]
    labels: tuple[str, ...]
    prompts: tuple[str, ...]
    position: int
    count: int
    previous: str | None
    next: str | None


def workshop_order(result: FrozenResult) -> tuple[str, ...]:
    """The scale questions' ids: the widest disagreement first, those without figures in order, withheld ones last."""
    apart = [pick for pick in all_picks(result) if pick.result.agreement is not None]
    ranked = [pick.asked.id for pick in sorted(apart, key=lambda pick: -pick.spread)]
    shown = [pick.asked.id for pick in all_picks(result)]
    rest = [question for question in shown if question not in set(ranked)]
    every = [asked.id for section, _ in pairs(result) for asked in section.scale_questions]
    return (*ranked, *rest, *(question for question in every if question not in set(shown)))


def workshop_view(disclosed: Disclosed, settled: Mapping[str, Settlement], layout: Layout) -> WorkshopView:
    """The list of a workshop with what was settled by now."""
    result = disclosed.result
    agreed = {
        question: AgreedLevel(each.level, each.reason) for question, each in settled.items() if each.level is not None
    }
    scores = agreed_scores(result, agreed)
    rows = tuple(
        _row(Setting(result, (), layout), question, settled.get(question)) for question in workshop_order(result)
    )
    sections = tuple(
        ScoreRow(section.title, whole(outcome.score), whole(scores.sections[section.id]))
        for section, outcome in pairs(result)
        if section.scale_questions and not section.is_facts
    )
    everything = ScoreRow(gettext("All sections"), whole(result.score), whole(scores.score))
    return WorkshopView(rows, (*sections, everything), len(agreed))


def stop(disclosed: Disclosed, question: str) -> Stop:
    """One question of a workshop, large; KeyError if it isn't a scale question of the result."""
    result = disclosed.result
    order = workshop_order(result)
    section, asked = _place(result, question)
    levels = result.definition.scale_of(asked)
    at = order.index(question)
    return Stop(
        view=question_view(Setting(result, (), WALL), section, asked, with_key=False),
        section=section.title,
        levels=tuple((level.id, LevelText(level.label, asked.levels[level.id])) for level in levels),
        labels=tuple(level.label for level in levels),
        prompts=(*map(gettext, PROMPTS), *section.discuss),
        position=at + 1,
        count=len(order),
        previous=order[at - 1] if at else None,
        next=order[at + 1] if at + 1 < len(order) else None,
    )


def _row(setting: Setting, question: str, settled: Settlement | None) -> WorkshopRow:
    section, asked = _place(setting.result, question)
    view = question_view(setting, section, asked, with_key=False)
    labels = {level.id: level.label for level in setting.result.definition.scale_of(asked)}
    open_ = settled is not None and settled.level is None
    said = gettext("Left open") if open_ else labels[settled.level] if settled and settled.level else ""
    return WorkshopRow(
        id=question,
        number=question_numbers(setting.result.definition)[question],
        ask=asked.ask,
        empty=bool(view.why_empty),
        agreement=view.agreement or view.why_empty,
        wide=view.wide,
        score=view.score,
        agreed=said,
        left_open=open_,
        reason=settled.reason if settled else "",
        votes="" if settled is None or settled.votes is None else str(settled.votes),
    )


def _place(result: FrozenResult, question: str) -> tuple[Section, ScaleQuestion]:
    for section, _ in pairs(result):
        for asked in section.scale_questions:
            if asked.id == question:
                return section, asked
    raise KeyError(question)
