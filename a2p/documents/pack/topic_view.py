"""A topic as its page shows it: the wording, the spread in words and as a bar, every level, what to ask the room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from a2p.definition.model import Level
from a2p.documents.charts import StackedBar
from a2p.documents.language import gettext, ngettext, noted
from a2p.documents.layout import Layout, Setting
from a2p.documents.messages import voices
from a2p.documents.picture import WEAK, differs
from a2p.documents.question_view import EvidenceView, level_bar, question_view
from a2p.documents.topics import Topic
from a2p.documents.words import shorten
from a2p.scoring.frozen import QuestionResult

_LONG_PAGE = 1250  # characters
_MANY_LEVELS = 6
_REALITY = noted("Do these answers reflect how things really are?")
_ENERGY = noted("Where would our energy do the most good?")
_CHANGED = noted("What has changed since the answers were given?")
_DIFFER = noted("Why do views differ: what has each of us seen that others have not?")
_LOW = noted("What keeps us here, and what have we tried?")
_UNKNOWN = noted("Who would know, and why do we not know it here?")
_HIGHER = noted("What would take us to the next level, and is that worth it?")
_TODAY = noted("Which level would you choose today, and what would you point to?")


@dataclass(frozen=True, slots=True)
class _Space:
    """Characters that one page has room for, and how many of the section's own questions."""

    label: int
    help: int
    evidence: int
    prompt: int
    prompts: int


_AMPLE = _Space(label=60, help=200, evidence=220, prompt=120, prompts=5)
_SCARCE = _Space(label=28, help=110, evidence=150, prompt=85, prompts=3)


@dataclass(frozen=True, slots=True)
class Bars:
    """The spread as wide as a page, and as small as half of one."""

    page: StackedBar
    small: StackedBar


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
    """A page for one topic. `spread` says the bars in words, or why there are none; `place` counts from 1.

    `counted` names the column of voices and is empty where the levels have none; `pieces` says what the bar's pieces
    are. `dense` levels are set smaller.
    """

    id: str
    place: int
    number: str
    ask: str
    short: str
    help: str
    section: str
    spread: str
    bars: Bars | None
    labels: tuple[str, ...]
    score: str
    facts: tuple[str, ...]
    counted: str
    pieces: str
    levels: tuple[LevelRow, ...]
    dense: bool
    prompts: tuple[str, ...]
    own_prompts: tuple[str, ...]
    evidence: str


def topic_view(setting: Setting, topic: Topic, place: int) -> TopicView:
    """The page of one topic; long texts are cut to what one page has room for."""
    view = question_view(setting, topic.section, topic.asked, with_key=False)
    levels = setting.result.definition.scale_of(topic.asked)
    together, asked = setting.result.together, topic.asked
    limit = 320 if len(levels) < 5 else 220 if len(levels) <= _MANY_LEVELS else 150 if len(levels) < 9 else 90
    dense = len(levels) > _MANY_LEVELS or _length(topic, limit) > _LONG_PAGE
    space = _SCARCE if dense else _AMPLE
    facts = (view.agreement, *view.facts, view.gap) if view.bar else ()
    return TopicView(
        id=asked.id,
        place=place,
        number=topic.number,
        ask=shorten(asked.ask, 180),
        short=shorten(asked.ask, 90),
        help=shorten(asked.help or "", space.help),
        section=shorten(topic.section.title, 80),
        spread=_unknown(topic, together=together) or view.why_empty or spread(topic, levels, together=together),
        bars=_bars(topic, levels, setting.layout, view.bar) if view.bar and not together else None,
        labels=tuple(level.label for level in levels),
        score=view.score,
        facts=tuple(fact for fact in facts if fact),
        counted=_counted(topic, together=together) if view.bar else "",
        pieces=_pieces(topic),
        levels=tuple(_row(topic, level, space, limit, shown=bool(view.bar), together=together) for level in levels),
        dense=dense,
        prompts=prompts(topic, together=together),
        own_prompts=tuple(shorten(said, space.prompt) for said in topic.section.discuss[: space.prompts]),
        evidence=_evidence(view.evidence, space) if view.evidence else "",
    )


def _length(topic: Topic, limit: int) -> int:
    """How many characters the page would have below the question if it had space for all, levels cut at `limit`."""
    evidence = topic.result.evidence.note if topic.result.evidence else ""
    said = [*topic.section.discuss[: _AMPLE.prompts], topic.asked.help or "", evidence]
    return sum(min(limit, len(text)) for text in topic.asked.levels.values()) + sum(
        min(220, len(text)) for text in said
    )


def spread(topic: Topic, levels: Sequence[Level], *, together: bool) -> str:
    """Where the voices of a question that has any stand, in a sentence."""
    counts = list(topic.result.levels.values())
    taken = [k for k, count in enumerate(counts) if count]
    low, high = levels[taken[0]].label, levels[taken[-1]].label
    who = voices(topic.section, topic.result.voices)
    if together:
        return gettext("The partnership placed itself at ‘%(level)s’.", level=low)
    if len(taken) == 1:
        return ngettext(
            "%(voices)s, alone at ‘%(level)s’.",
            "%(voices)s, all at ‘%(level)s’.",
            topic.result.voices,
            voices=who,
            level=low,
        )
    camps = _camps(topic.result)
    if camps is not None:
        return _two_camps(topic, levels, counts, camps)
    if len(taken) == len(levels):
        return gettext(
            "%(voices)s stand on all %(levels)s levels, from ‘%(low)s’ to ‘%(high)s’.",
            voices=who,
            levels=len(levels),
            low=low,
            high=high,
        )
    return gettext(
        "%(voices)s stand on %(some)s of the %(levels)s levels, from ‘%(low)s’ to ‘%(high)s’.",
        voices=who,
        some=len(taken),
        levels=len(levels),
        low=low,
        high=high,
    )


def _unknown(topic: Topic, *, together: bool) -> str:
    """Said where a partnership that answered together did not know."""
    return gettext("The partnership answered don’t know.") if together and topic.result.dont_know else ""


def prompts(topic: Topic, *, together: bool) -> tuple[str, ...]:
    """The four questions to ask the room, by what is the matter with this topic; two where nobody gave a level."""
    return tuple(gettext(prompt) for prompt in _prompts(topic, together=together))


def _prompts(topic: Topic, *, together: bool) -> tuple[str, ...]:
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
    return gettext(
        _CAMPS[at > 0, at + 3 < len(levels)],
        voices=voices(topic.section, topic.result.voices),
        below=below,
        low=levels[at].label,
        above=above,
        high=levels[at + 2].label,
    )


# Whether the lower camp is on more than one level, and the upper.
_CAMPS = {
    (False, False): noted("Two camps: of %(voices)s, %(below)s stand at ‘%(low)s’, %(above)s at ‘%(high)s’."),
    (True, False): noted("Two camps: of %(voices)s, %(below)s stand at ‘%(low)s’ or below, %(above)s at ‘%(high)s’."),
    (False, True): noted("Two camps: of %(voices)s, %(below)s stand at ‘%(low)s’, %(above)s at ‘%(high)s’ or above."),
    (True, True): noted(
        "Two camps: of %(voices)s, %(below)s stand at ‘%(low)s’ or below, %(above)s at ‘%(high)s’ or above."
    ),
}


def _counted(topic: Topic, *, together: bool) -> str:
    if together:
        return gettext("Answer")
    return gettext("Councillors") if topic.section.voices_are_councillors else gettext("Organisations")


def _pieces(topic: Topic) -> str:
    if topic.section.voices_are_councillors:
        return gettext(
            "Each piece of the bar is a level, the lightest the lowest; the number in it counts councillors."
        )
    return gettext("Each piece of the bar is a level, the lightest the lowest; the number in it counts organisations.")


def _bars(topic: Topic, levels: Sequence[Level], layout: Layout, page: StackedBar) -> Bars:
    height = layout.small_bar_height
    font = min(layout.font, height * 0.65)
    small = level_bar(topic.result, levels, width=layout.small_bar_width, height=height, font=font)
    return Bars(page, small)


def _row(topic: Topic, level: Level, space: _Space, limit: int, *, shown: bool, together: bool) -> LevelRow:
    count = topic.result.levels.get(level.id, 0)
    number, said = (str(count), voices(topic.section, count)) if shown else ("", "")
    if together:
        number = said = gettext("Here") if count else ""
    return LevelRow(shorten(level.label, space.label), shorten(topic.asked.levels[level.id], limit), number, said)


def _evidence(evidence: EvidenceView, space: _Space) -> str:
    """The coordinator's evidence in one short paragraph."""
    said = f"{evidence.said[:1].upper()}{evidence.said[1:]}."
    return shorten(f"{said} {evidence.note}", space.evidence)
