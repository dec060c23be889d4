"""A topic as its page shows it: the wording, the spread in words and as a bar, every level, what to ask the room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from a2p.definition.model import Level
from a2p.documents.charts import StackedBar
from a2p.documents.layout import Setting
from a2p.documents.messages import voices
from a2p.documents.pack.topics import Topic
from a2p.documents.picture import WEAK, differs
from a2p.documents.question_view import level_bar, question_view
from a2p.documents.words import lower_first, shorten
from a2p.scoring.frozen import QuestionResult

_MOST_PROMPTS = 5
_LONG_ASK, _LONG_LEVELS = 120, 700  # characters
_MANY_LEVELS = 6
_ACROSS = 986  # 261 mm, what a sheet of A4 that lies across has between its margins
_REALITY = "Do these answers reflect how things really are?"
_ENERGY = "Where would our energy do the most good?"
_CHANGED = "What has changed since the answers were given?"
_DIFFER = "Why do views differ: what has each of us seen that others have not?"
_LOW = "What keeps us here, and what have we tried?"
_UNKNOWN = "Who would know, and why do we not know it here?"
_HIGHER = "What would take us to the next level, and is that worth it?"
_TODAY = "Which level would you choose today, and what would you point to?"


@dataclass(frozen=True, slots=True)
class LevelRow:
    """A level of the topic's scale: what it looks like, and the voices there, as a number and in words (empty where
    they are not shown)."""

    label: str
    text: str
    voices: str
    said: str


@dataclass(frozen=True, slots=True)
class TopicView:
    """A page for one topic. `spread` says the bar in words, or why there are no figures; `place` counts from 1.

    `counted` names the column of voices and is empty where the levels have none. `long` wordings and `dense` levels are
    set smaller where letters are large.
    """

    id: str
    place: int
    number: str
    ask: str
    short: str
    help: str
    section: str
    spread: str
    bar: StackedBar | None
    small_bar: StackedBar | None
    wall_bar: StackedBar | None
    labels: tuple[str, ...]
    score: str
    facts: tuple[str, ...]
    counted: str
    levels: tuple[LevelRow, ...]
    long: bool
    dense: bool
    prompts: tuple[str, ...]
    own_prompts: tuple[str, ...]
    evidence: str


def topic_view(setting: Setting, topic: Topic, place: int) -> TopicView:
    """The page of one topic; long texts are cut to what one page has room for."""
    view = question_view(setting, topic.section, topic.asked, with_key=False)
    levels = setting.result.definition.scale_of(topic.asked)
    together = setting.result.together
    bar = None if together else view.bar

    layout = setting.layout
    small_bar = level_bar(
        topic.result,
        levels,
        width=layout.small_bar_width,
        height=layout.small_bar_height,
        font=min(layout.font, layout.small_bar_height * 0.65),
    )
    wall_bar = level_bar(topic.result, levels, width=_ACROSS, height=140, font=56)
    rows = _rows(topic, levels, together=together, shown=view.bar is not None)
    facts = [view.agreement, *view.facts, view.gap] if view.bar else []
    return TopicView(
        id=topic.asked.id,
        place=place,
        number=topic.number,
        ask=shorten(topic.asked.ask, 180),
        short=shorten(topic.asked.ask, 90),
        help=shorten(topic.asked.help or "", 200),
        section=shorten(topic.section.title, 80),
        spread=_unknown(topic, together=together) or view.why_empty or spread(topic, levels, together=together),
        bar=bar,
        small_bar=small_bar if bar else None,
        wall_bar=wall_bar if bar else None,
        labels=tuple(level.label for level in levels),
        score=view.score,
        facts=tuple(fact for fact in facts if fact),
        counted=_counted(topic, together=together) if view.bar else "",
        levels=rows,
        long=len(topic.asked.ask) > _LONG_ASK,
        dense=len(levels) > _MANY_LEVELS or sum(len(row.text) for row in rows) > _LONG_LEVELS,
        prompts=prompts(topic, together=together),
        own_prompts=tuple(shorten(said, 160) for said in topic.section.discuss[:_MOST_PROMPTS]),
        evidence=_evidence(view.evidence.said, view.evidence.note) if view.evidence else "",
    )


def spread(topic: Topic, levels: Sequence[Level], *, together: bool) -> str:
    """Where the voices of a question that has any stand, in a sentence."""
    counts = list(topic.result.levels.values())
    taken = [k for k, count in enumerate(counts) if count]
    low, high = levels[taken[0]].label, levels[taken[-1]].label
    who = voices(topic.section, topic.result.voices)
    if together:
        return f"The partnership placed itself at ‘{low}’."
    if len(taken) == 1:
        return f"{who[:1].upper()}{who[1:]}, {'all' if topic.result.voices > 1 else 'alone'} at ‘{low}’."
    camps = _camps(topic.result)
    if camps is not None:
        return _two_camps(topic, levels, counts, camps)
    on = "all" if len(taken) == len(levels) else f"{len(taken)} of the"
    return f"{who} stand on {on} {len(levels)} levels, from ‘{low}’ to ‘{high}’."


def _unknown(topic: Topic, *, together: bool) -> str:
    """Said where a partnership that answered together did not know."""
    return "The partnership answered don’t know." if together and topic.result.dont_know else ""


def prompts(topic: Topic, *, together: bool) -> tuple[str, ...]:
    """The four questions to ask the room, by what is the matter with this topic; two where nobody gave a level."""
    result = topic.result
    if not result.voices:
        return (_UNKNOWN, _TODAY, _CHANGED) if result.dont_know else (_TODAY, _ENERGY)
    if topic.why == "apart" or (not together and differs(result)):
        matter = _DIFFER
    elif result.knowledge_gap:
        matter = _UNKNOWN
    elif result.score is not None and result.score < WEAK:
        matter = _LOW
    else:
        matter = _HIGHER
    return _REALITY, matter, _ENERGY, _CHANGED


def _camps(result: QuestionResult) -> int | None:
    """The level that parts two camps most evenly, those at or below it and those two above it; None without camps."""
    if result.agreement is None or "split" not in result.agreement.patterns:
        return None
    counts = list(result.levels.values())
    return max(range(len(counts) - 2), key=lambda k: min(sum(counts[: k + 1]), sum(counts[k + 2 :])))


def _two_camps(topic: Topic, levels: Sequence[Level], counts: Sequence[int], at: int) -> str:
    below, above = sum(counts[: at + 1]), sum(counts[at + 2 :])
    low = f"‘{levels[at].label}’" + (" or below" if at else "")
    high = f"‘{levels[at + 2].label}’" + (" or above" if at + 3 < len(levels) else "")
    return f"Two camps: of {voices(topic.section, topic.result.voices)}, {below} stand at {low}, {above} at {high}."


def _counted(topic: Topic, *, together: bool) -> str:
    if together:
        return "Answer"
    return "Councillors" if topic.section.voices_are_councillors else "Organisations"


def _rows(topic: Topic, levels: Sequence[Level], *, together: bool, shown: bool) -> tuple[LevelRow, ...]:
    limit = 320 if len(levels) < 5 else 220 if len(levels) <= _MANY_LEVELS else 150 if len(levels) < 9 else 110

    return tuple(
        LevelRow(
            label=shorten(level.label, 60),
            text=shorten(topic.asked.levels[level.id], limit),
            voices=("Here" if count else "") if together else str(count) if shown else "",
            said=("Here" if count else "") if together else voices(topic.section, count) if shown else "",
        )
        for level, count in ((level, topic.result.levels.get(level.id, 0)) for level in levels)
    )


def _evidence(said: str, note: str) -> str:
    """The coordinator's evidence in one short paragraph."""
    return shorten(f"{said[:1].upper()}{said[1:]}. {note}".strip(), 260) if note else lower_first(said) + "."
