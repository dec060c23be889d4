"""The agenda in words: its lines with clock or minutes, and sentences that say how this result shared the time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time

from a2p.documents.pack.agenda import Item, Kind, total
from a2p.documents.pack.options import Length
from a2p.documents.topics import Topic, has_spread
from a2p.documents.words import listed, questions, shorten
from a2p.scoring.frozen import FrozenResult

_DAY = 24 * 60
_LONG = 60  # minutes for actions from which half a day is more than the result needs
_TITLES: dict[Kind, str] = {
    "opening": "Opening",
    "picture": "The picture",
    "strengths": "What is strong",
    "topic": "Topic",
    "gaps": "What people don’t know",
    "groups": "Where groups differ",
    "answer": "Answer the questions in the room",
    "vote": "What matters most",
    "break": "Break",
    "actions": "What we will do",
    "close": "Close",
}
_HOW: dict[Kind, str] = {
    "opening": "Why we are here, how the time is shared, the ground rules.",
    "picture": "Everybody reads it alone for two minutes. Then: what surprises you?",
    "strengths": "What do we do that makes these strong, and where else would it help?",
    "gaps": "For each: who would know, and what would settle it?",
    "groups": "What does each group see that the others don’t?",
    "answer": "Read a question with its levels; each says where they would place it, and why.",
    "vote": "Three votes each, all on one question or spread. Count them aloud.",
    "break": "",
    "actions": "Begin with what had most votes: one action for each, with an owner and a day.",
    "close": "Read back what was agreed. Say who sends it round, and when you look at it again.",
}
_TOPIC = "Read the levels, ask the questions on the page, and note the level agreed on the consensus sheet."
_BOARD_PICTURE = "Everybody reads it for a minute. Then: what is strong, and what surprises you?"
_BOARD_ACTIONS = "For each topic one action, with an owner and a day."
_SHEETS: dict[Kind, str] = {
    "picture": "picture",
    "strengths": "strengths",
    "gaps": "gaps",
    "groups": "groups",
    "vote": "vote",
    "actions": "actions",
}


@dataclass(frozen=True, slots=True)
class AgendaRow:
    """A line: `when` by the clock, or in minutes from the start; `sheet` is the id of the page it is worked on with."""

    when: str
    minutes: int
    title: str
    about: str
    how: str
    sheet: str
    rest: bool


def agenda_rows(items: Sequence[Item], topics: Sequence[Topic], length: Length, start: time | None) -> list[AgendaRow]:
    """The lines of the agenda, and a last one when it ends."""
    return [_row(item, topics, length, start) for item in items]


def ends(length: Length, start: time | None) -> str:
    """When it ends, in the same words as the lines."""
    return moment(total(length), start)


def moment(minutes: int, start: time | None) -> str:
    """So many minutes from the start: `10:05` by the clock, or `0:35` where no start is given."""
    begun = start.hour * 60 + start.minute if start else 0
    at = (begun + minutes) % _DAY
    return f"{at // 60:02d}:{at % 60:02d}" if start else f"{at // 60}:{at % 60:02d}"


def shared(
    result: FrozenResult, topics: Sequence[Topic], items: Sequence[Item], length: Length, *, gaps: bool, groups: bool
) -> tuple[str, ...]:
    """How the topics were found and the time shared, a sentence each."""
    said = [_found(result, topics), _in_time(topics, items), _elsewhere(items, gaps=gaps, groups=groups)]
    actions = next(item.minutes for item in items if item.kind == "actions")
    if length == "half-day" and actions > _LONG:
        said.append("There is less to talk about than half a day holds: 90 minutes would do.")
    return tuple(sentence for sentence in said if sentence)


def _row(item: Item, topics: Sequence[Topic], length: Length, start: time | None) -> AgendaRow:
    about, title, how, sheet = "", _TITLES[item.kind], _HOW.get(item.kind, ""), _SHEETS.get(item.kind, "")
    if item.topic is not None:
        topic = topics[item.topic]
        title, how, sheet = f"Topic {item.topic + 1}", "" if item.topic else _TOPIC, f"topic-{item.topic + 1}"
        about = f"{topic.number} {shorten(topic.asked.ask, 110)}"
    elif length == "board":
        how = {"picture": _BOARD_PICTURE, "actions": _BOARD_ACTIONS}.get(item.kind, how)
    return AgendaRow(
        when=moment(item.start, start),
        minutes=item.minutes,
        title=title,
        about=about,
        how=how,
        sheet=sheet,
        rest=item.kind == "break",
    )


def _found(result: FrozenResult, topics: Sequence[Topic]) -> str:
    """By which of the rules the topics were found."""
    if not topics:
        return (
            "There is nothing in this result to talk about yet, so the time goes to answering the questions together."
        )
    number = len(topics)
    if topics[0].why == "chosen":
        return f"The {'topic is' if number == 1 else f'{number} topics are'} the facilitator’s own choice."
    apart = sum(topic.why == "apart" for topic in topics)
    if not apart:
        return f"{_no_spread(result, topics)}, so {_instead(topics)}."
    if apart == number:
        where = f"{number} questions on which views differ most" if apart > 1 else "one question on which views differ"
        return f"The {'topics are' if apart > 1 else 'topic is'} the {where}."
    return f"Views differ enough on only {questions(apart)}, so the weakest make up {number} topics."


def _no_spread(result: FrozenResult, topics: Sequence[Topic]) -> str:
    if result.together:
        return "The partnership answered together and there is no spread"
    if not has_spread(result):
        return "There are too few voices to say how far views differ"
    if topics[0].why == "lowest":
        return "No question is weak and on none do views lie far apart"
    return "On no question do views differ enough"


def _instead(topics: Sequence[Topic]) -> str:
    """What the topics are where they are not disagreements."""
    number = len(topics)
    if any(topic.why == "unknown" for topic in topics):
        weak = any(topic.why == "weak" for topic in topics)
        return "the topics are what is weak and what is not known" if weak else "the time goes to what is not known"
    if topics[0].why == "lowest":
        where = "question with the lowest score" if number == 1 else f"{number} questions with the lowest scores"
    else:
        where = "weakest question" if number == 1 else f"{number} weakest questions"
    return f"the {'topic is' if number == 1 else 'topics are'} the {where}"


def _in_time(topics: Sequence[Topic], items: Sequence[Item]) -> str:
    held = sum(item.kind == "topic" for item in items)
    if held == len(topics):
        return ""
    if not held:
        return f"The agenda has no time for the {questions(len(topics))} on the topic pages."
    more = len(topics) - held
    pages = "the page of the other is" if more == 1 else f"the pages of the other {more} are"
    return f"The time holds {held} of the {len(topics)}; {pages} for another day, or if talk goes quickly."


def _elsewhere(items: Sequence[Item], *, gaps: bool, groups: bool) -> str:
    """What else there is to talk about, and has no time of its own."""
    held = {item.kind for item in items}
    there: tuple[tuple[Kind, bool], ...] = (("gaps", gaps), ("groups", groups))
    left = [f"‘{_TITLES[kind]}’" for kind, has in there if has and kind not in held]
    return f"No time is set aside for {listed(left)}; the pages are there." if left else ""
