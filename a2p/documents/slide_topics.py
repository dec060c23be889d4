"""The slides of what to talk about: a question with its voices as a large bar, what they say, and prompts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from a2p.documents.charts import StackedBar
from a2p.documents.language import gettext, noted
from a2p.documents.layout import Setting
from a2p.documents.measure import Fitted, Flowed, Room, fit, flow, height, shortened
from a2p.documents.question_view import QuestionView, question_view
from a2p.documents.topics import Topic, Why

ACROSS, DOWN = 870.0, 450.0  # points between the margins of a slide, and above its foot
_ASKS = (24, 28, 32, 36, 40)
_PROMPTS = (18, 20, 22, 24)
_SMALL = 18
_HEAD, _BAR, _GAP = 34.0, 78.0, 14.0
_PROMPTS_LEAST = 90.0  # what a question leaves for prompts
_MOST_PROMPTS = 3

_FIRST: dict[Why, str] = {
    "chosen": noted("Does this match what you see? What do others see that you don’t?"),
    "apart": noted("Why do views differ? What does each side see that the other doesn’t?"),
    "weak": noted("What holds this down, and what would the next level take?"),
    "unknown": noted("Who does know, and who needs to be told more?"),
    "lowest": noted("What holds this down, and what would the next level take?"),
    "begin": noted("What would you say today, and what would you point to?"),
}


@dataclass(frozen=True, slots=True)
class KeyEntry:
    """A level under the bar, with its voices where there are any to count."""

    label: str
    voices: str
    step: str


@dataclass(frozen=True, slots=True)
class TopicSlide:
    """A slide of a topic. Where its question takes several, `bar`, `key` and `said` stand on the one that has them."""

    id: str
    number: str
    section: str
    place: str
    ask: str
    ask_size: int
    figures: bool
    bar: StackedBar | None
    key: tuple[KeyEntry, ...]
    said: tuple[str, ...]
    wide: str
    prompts: tuple[str, ...]
    prompt_size: int


def topic_slides(topics: Sequence[Topic], setting: Setting) -> tuple[TopicSlide, ...]:
    """The slides of all topics; each has prompts of its own where its section offers enough."""
    used: Counter[str] = Counter()
    made: list[TopicSlide] = []
    for place, topic in enumerate(topics, start=1):
        said = gettext("Topic %(place)s of %(all)s", place=place, all=len(topics))
        made += _slides(topic, _prompts(topic, used), setting, said)
    return tuple(made)


def _prompts(topic: Topic, used: Counter[str]) -> tuple[str, ...]:
    """A question that fits the reason for the topic, then those of its section, the least used first."""
    offered = sorted(topic.section.discuss, key=lambda said: used[said])[: _MOST_PROMPTS - 1]
    used.update(offered)
    return (gettext(_FIRST[topic.why]), *offered)


def _slides(topic: Topic, prompts: tuple[str, ...], setting: Setting, place: str) -> list[TopicSlide]:
    view = question_view(setting, topic.section, topic.asked, with_key=False)
    key, said = _key(topic, setting), _said(view)
    below = _figures(view, key, said)
    asks, together = _wording(topic.asked.ask, prompts, DOWN - _HEAD - below)
    head = _above(asks.parts[-1], asks.size) if together else _HEAD
    dealt = _dealt(prompts, DOWN - head - below)
    slide = TopicSlide(
        id=topic.asked.id,
        number=topic.number,
        section=shortened(topic.section.title, _SMALL, 560),
        place=place,
        ask="",
        ask_size=asks.size,
        figures=False,
        bar=None,
        key=(),
        said=(),
        wide="",
        prompts=(),
        prompt_size=dealt.size,
    )
    wordings = [replace(slide, ask=part) for part in asks.parts]
    figures = replace(wordings.pop() if together else slide, figures=True, bar=view.bar, key=key, said=said)
    figures = replace(figures, wide=view.agreement if view.wide else "")
    boxes = [tuple(part.text for part in box) for box in dealt.boxes]
    first = replace(figures, prompts=boxes[0])
    return [*wordings, first, *(replace(slide, prompts=box) for box in boxes[1:])]


def _wording(ask: str, prompts: tuple[str, ...], room: float) -> tuple[Fitted, bool]:
    """The question in the largest letters in which the figures and all prompts have room beside it, or else room for
    some; and whether it has. A longer one has slides of its own before the figures."""
    fitted = [fit(ask, (size,), Room(ACROSS, room - _PROMPTS_LEAST, bold=True)) for size in sorted(_ASKS, reverse=True)]
    whole = [each for each in fitted if len(each.parts) == 1]
    for each in whole:
        left = room - height(each.parts[0], each.size, Room(ACROSS, 0, bold=True))
        if len(_dealt(prompts, left).boxes) == 1:
            return each, True
    if whole:
        return whole[-1], True
    return fit(ask, _ASKS, Room(ACROSS, DOWN - _HEAD, bold=True)), False


def _above(ask: str, size: int) -> float:
    return _HEAD + height(ask, size, Room(ACROSS, 0, bold=True))


def _dealt(prompts: tuple[str, ...], down: float) -> Flowed:
    """In one box under the figures, in the largest letters that fit; else what does not fit has slides of its own."""
    return flow(prompts, _PROMPTS, Room(ACROSS - 30, down, line=1.3), gap=0.4)


def _key(topic: Topic, setting: Setting) -> tuple[KeyEntry, ...]:
    levels = setting.result.definition.scale_of(topic.asked)
    across = ACROSS / len(levels) - 10
    counted = topic.result.voices > 0
    return tuple(
        KeyEntry(
            shortened(level.label, _SMALL, across, most=4),
            str(topic.result.levels[level.id]) if counted else "",
            f"step-{len(levels)}-{k}",
        )
        for k, level in enumerate(levels, start=1)
    )


def _said(view: QuestionView) -> tuple[str, ...]:
    """What the bar says in words, or why there is none."""
    if view.why_empty:
        return (view.why_empty,)
    agreement = () if view.wide or not view.agreement else (view.agreement,)
    return (*agreement, *view.facts, *((view.gap,) if view.gap else ()))


def _figures(view: QuestionView, key: tuple[KeyEntry, ...], said: tuple[str, ...]) -> float:
    """The height of bar, key and words, with the gaps around them."""
    across = ACROSS / len(key) - 10
    labels = max(height(entry.label, _SMALL, Room(across, 0)) for entry in key) + 22 * 1.2 + 12
    words = " · ".join((view.agreement, *said) if view.wide else said)
    return (_BAR if view.bar else 0) + labels + height(words, _SMALL, Room(ACROSS, 0, bold=True)) + 3 * _GAP
