"""The sheets to write on, with what is known filled in: knowledge gaps, votes, what was agreed, actions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from a2p.definition.numbering import question_numbers
from a2p.documents.agreed_view import Settlement
from a2p.documents.charts import StackedBar
from a2p.documents.known import STATUSES, Known, Planned
from a2p.documents.language import gettext, noted
from a2p.documents.layout import Setting
from a2p.documents.picture import Picture
from a2p.documents.question_view import agreement_words, level_bar, not_shown
from a2p.documents.topics import Topic, Why, topics_of, unknown
from a2p.documents.words import shorten, whole
from a2p.scoring.disclosure import Disclosed
from a2p.scoring.frozen import QuestionResult

MOST_GAPS = 10
_ASK = 150
_VOTED_FOR: dict[Why, str] = {
    "apart": noted("Views differ"),
    "weak": noted("Weak"),
    "unknown": noted("Not known"),
    "lowest": noted("Lowest score"),
    "chosen": noted("Chosen"),
    "begin": noted("To begin with"),
}


@dataclass(frozen=True, slots=True)
class GapRow:
    """A knowledge gap: the question and how many did not know."""

    number: str
    ask: str
    share: str


@dataclass(frozen=True, slots=True)
class VoteRow:
    """A question to vote on: why it is here, and the votes where they are known."""

    number: str
    ask: str
    why: str
    votes: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A box to tick, or ticked."""

    label: str
    ticked: bool


@dataclass(frozen=True, slots=True)
class ConsensusRow:
    """A question to agree on: the survey's spread as a bar and in words, boxes, and the reason if known."""

    id: str
    number: str
    ask: str
    bar: StackedBar | None
    survey: str
    labels: tuple[str, ...]
    ticks: tuple[Tick, ...]
    reason: str
    evidence: str


@dataclass(frozen=True, slots=True)
class ActionRow:
    """An action that there is already, in words; `about` is the number of its question, `standing` its
    status and the round it comes from."""

    what: str
    about: str
    cause: str
    owner: str
    cost: str
    due: str
    measure: str
    review: str
    standing: str


def gap_rows(disclosed: Disclosed) -> tuple[tuple[GapRow, ...], int]:
    """The widest knowledge gaps, ten at most, and how many more there are."""
    found = unknown(disclosed.result)
    rows = tuple(
        GapRow(p.number, shorten(p.asked.ask, _ASK), _share(p.result, together=disclosed.result.together))
        for p in found[:MOST_GAPS]
    )
    return rows, len(found) - len(rows)


def vote_rows(disclosed: Disclosed, chosen: Picture, topics: Sequence[Topic], known: Known) -> tuple[VoteRow, ...]:
    """What to vote on: the topics, the weakest questions, what most don't know, and what has votes already."""
    numbers = question_numbers(disclosed.result.definition)
    rows = {t.asked.id: (t.asked.ask, gettext(_VOTED_FOR[t.why])) for t in topics}
    for pick in chosen.weak:
        rows.setdefault(pick.asked.id, (pick.asked.ask, gettext("Weak")))
    for pick in unknown(disclosed.result)[:3]:
        rows.setdefault(pick.asked.id, (pick.asked.ask, gettext("Not known")))
    for question in _in_order(disclosed, known):
        if known.settled[question].votes is not None:
            rows.setdefault(question, (disclosed.result.definition.question(question).ask, gettext("Voted on")))
    return tuple(
        VoteRow(numbers[question], shorten(ask, _ASK), why, _votes(known.settled.get(question)))
        for question, (ask, why) in rows.items()
    )


def consensus_rows(
    disclosed: Disclosed, topics: Sequence[Topic], known: Known, setting: Setting
) -> tuple[ConsensusRow, ...]:
    """A row for each topic, then for every other question on which something was settled."""
    taken = {topic.asked.id for topic in topics}
    others = [question for question in _in_order(disclosed, known) if question not in taken]
    every = (*topics, *topics_of(disclosed, others)) if others else tuple(topics)
    return tuple(_consensus(topic, known.settled.get(topic.asked.id), setting) for topic in every)


def action_rows(disclosed: Disclosed, known: Known) -> tuple[ActionRow, ...]:
    """The actions there are, in the order given."""
    numbers = question_numbers(disclosed.result.definition)
    return tuple(
        ActionRow(
            what=shorten(action.what, 300),
            about=numbers.get(action.about, ""),
            cause=shorten(action.cause, 200),
            owner=shorten(action.owner, 80),
            cost=shorten(action.cost, 60),
            due=shorten(action.due, 40),
            measure=shorten(action.measure, 200),
            review=shorten(action.review, 40),
            standing=shorten(", ".join(filter(None, (_status(action), action.carried_from))), 80),
        )
        for action in known.to_do
    )


def _status(action: Planned) -> str:
    return gettext(action.status) if action.status in STATUSES else action.status


def _in_order(disclosed: Disclosed, known: Known) -> list[str]:
    """The questions on which something was settled, in the questionnaire's order; unknown ids are left out."""
    return [
        question.id
        for section in disclosed.result.definition.sections
        for question in section.scale_questions
        if not section.is_facts and question.id in known.settled
    ]


def _share(result: QuestionResult, *, together: bool) -> str:
    if together:
        return gettext("answered don’t know")
    return gettext("%(some)s of %(all)s did not know", some=result.dont_know, all=result.dont_know + result.answers)


def _votes(settled: Settlement | None) -> str:
    return "" if settled is None or settled.votes is None else str(settled.votes)


def _consensus(topic: Topic, settled: Settlement | None, setting: Setting) -> ConsensusRow:
    levels, layout, result = setting.result.definition.scale_of(topic.asked), setting.layout, topic.result
    bar = (
        level_bar(result, levels, width=layout.small_bar_width, height=layout.small_bar_height, font=layout.font)
        if result.voices and not setting.result.together
        else None
    )
    evidence = next((level.label for level in levels if result.evidence and level.id == result.evidence.level), "")
    return ConsensusRow(
        id=topic.asked.id,
        number=topic.number,
        ask=shorten(topic.asked.ask, _ASK),
        bar=bar,
        survey=_survey(topic, setting),
        labels=tuple(level.label for level in levels),
        ticks=(
            *(Tick(shorten(level.label, 30), settled is not None and level.id == settled.level) for level in levels),
            Tick(gettext("Left open"), settled is not None and settled.level is None),
        ),
        reason=shorten(settled.reason, 260) if settled else "",
        evidence=shorten(evidence, 40),
    )


def _survey(topic: Topic, setting: Setting) -> str:
    """The survey's answer in a few words."""
    if topic.result.withheld:
        return not_shown(topic.result.answered)
    if topic.result.voices and not setting.result.together:
        said = agreement_words(topic.section, topic.result)
        score = whole(topic.result.score)
        if not said:
            return gettext("Survey: score %(score)s", score=score)
        return gettext("Survey: score %(score)s · %(agreement)s", score=score, agreement=said)
    levels = setting.result.definition.scale_of(topic.asked)
    label = next((level.label for level in levels if topic.result.levels.get(level.id)), "")
    if label:
        return gettext("Answered together: %(level)s", level=label)
    if topic.result.dont_know and setting.result.together:
        return gettext("Answered together: don’t know")
    return gettext("No level given")
