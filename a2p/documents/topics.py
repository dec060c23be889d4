"""The questions that a workshop talks about, chosen by stated rules unless the facilitator chose.

1. The widest disagreements, five at most. A question on which one voice alone stands apart from all others is not
   among them: whoever gave it would have to defend it before the room.
2. Where fewer than three are left, the weakest questions (below 50) make up three.
3. Where there is no spread to speak of (the partnership answered together, or fewer than five voices anywhere): the
   three weakest, then those that people don't know, then the other weak ones, five at most.
4. Where all that gives none, the three questions with the lowest scores below 100.

The pack, slides and posters of a result are about the same questions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from a2p.definition.model import ScaleQuestion, Section
from a2p.definition.numbering import question_numbers
from a2p.documents.asked import NothingToPrint
from a2p.documents.picture import FEWEST_TO_DISAGREE, Pick, all_picks, differs, pairs, picture
from a2p.scoring.agreement import patterns
from a2p.scoring.disclosure import Disclosed
from a2p.scoring.frozen import FrozenResult, QuestionResult

MOST_TOPICS = 5
FEWEST_TOPICS = 3

Why: TypeAlias = Literal["apart", "weak", "unknown", "lowest", "chosen", "begin"]


@dataclass(frozen=True, slots=True)
class Topic:
    """A question to talk about, with its number in the documents and why it is here. Its result has no figures where it
    was withheld or nobody answered."""

    number: str
    section: Section
    asked: ScaleQuestion
    result: QuestionResult
    why: Why


def topics_of(disclosed: Disclosed, chosen: Sequence[str] = ()) -> tuple[Topic, ...]:
    """The topics, in the order to talk about them: those `chosen` by id, else by the rules above.

    NothingToPrint if one chosen is not a scale question that partners or councillors are asked.
    """
    if chosen:
        return _chosen(disclosed.result, chosen)
    found = _apart(disclosed) if has_spread(disclosed.result) else _without_spread(disclosed)
    return found or tuple(_topic(pick, "lowest") for pick in _lowest(disclosed))


def has_spread(result: FrozenResult) -> bool:
    """Whether there are voices enough on any question to say how far they are apart."""
    return not result.together and any(pick.result.voices >= FEWEST_TO_DISAGREE for pick in all_picks(result))


def unknown(result: FrozenResult) -> tuple[Pick, ...]:
    """What people don't know, the largest share first: knowledge gaps; in a round answered together any don't know."""
    found = [
        pick for pick in all_picks(result) if pick.result.knowledge_gap or (result.together and pick.result.dont_know)
    ]
    return tuple(sorted(found, key=lambda pick: -(pick.result.dont_know_share or 0)))


def _apart(disclosed: Disclosed) -> tuple[Topic, ...]:
    wide = [p for p in all_picks(disclosed.result) if differs(p.result) and not _one_alone(p.result)]
    apart = tuple(_topic(p, "apart") for p in sorted(wide, key=lambda p: -p.spread)[:MOST_TOPICS])
    taken = {topic.asked.id for topic in apart}
    weak = [p for p in _weak(disclosed) if p.asked.id not in taken]
    return (*apart, *(_topic(p, "weak") for p in weak[: max(0, FEWEST_TOPICS - len(apart))]))


def _without_spread(disclosed: Disclosed) -> tuple[Topic, ...]:
    weak = [_topic(pick, "weak") for pick in _weak(disclosed)]
    dont_know = [_topic(pick, "unknown") for pick in unknown(disclosed.result)]
    every = (*weak[:FEWEST_TOPICS], *dont_know, *weak[FEWEST_TOPICS:])
    kept: dict[str, Topic] = {}
    for topic in every:
        kept.setdefault(topic.asked.id, topic)
    return tuple(kept.values())[:MOST_TOPICS]


def _weak(disclosed: Disclosed) -> tuple[Pick, ...]:
    return picture(disclosed, weak=len(all_picks(disclosed.result))).weak


def _lowest(disclosed: Disclosed) -> list[Pick]:
    result = disclosed.result
    enough = [p for p in all_picks(result) if p.result.voices >= (1 if result.together else 3) and p.score < 100]
    return sorted(enough, key=lambda pick: pick.score)[:FEWEST_TOPICS]


def _one_alone(result: QuestionResult) -> bool:
    return "lone-voice" in patterns(tuple(result.levels.values()))


def _topic(pick: Pick, why: Why) -> Topic:
    return Topic(pick.number, pick.section, pick.asked, pick.result, why)


def every_topic(result: FrozenResult, why: Why) -> list[Topic]:
    """All that could be talked about, in the questionnaire's order."""
    numbers = question_numbers(result.definition)
    return [
        Topic(numbers[asked.id], section, asked, found, why)
        for section, outcome in pairs(result)
        if not section.is_facts
        for asked, found in zip(section.scale_questions, outcome.questions, strict=True)
    ]


def _chosen(result: FrozenResult, chosen: Sequence[str]) -> tuple[Topic, ...]:
    every = {topic.asked.id: topic for topic in every_topic(result, "chosen")}
    for question in chosen:
        if question not in every:
            raise NothingToPrint(f"There is no question {question!r} to talk about")
    return tuple(every[question] for question in dict.fromkeys(chosen))
