"""The agenda in words: its lines with clock or minutes, and sentences that say how this result shared the time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time
from typing import Literal

from a2p.documents.language import gettext, ngettext, noted
from a2p.documents.pack.agenda import Item, Kind, total
from a2p.documents.pack.options import Length
from a2p.documents.topics import Topic, has_spread
from a2p.documents.words import shorten
from a2p.scoring.frozen import FrozenResult

_DAY = 24 * 60
_LONG = 60  # minutes for actions from which half a day is more than the result needs
_TITLES: dict[Kind, str] = {
    "opening": noted("Opening"),
    "picture": noted("The picture"),
    "strengths": noted("What is strong"),
    "topic": noted("Topic"),
    "gaps": noted("What people don’t know"),
    "groups": noted("Where groups differ"),
    "answer": noted("Answer the questions in the room"),
    "vote": noted("What matters most"),
    "break": noted("Break"),
    "actions": noted("What we will do"),
    "close": noted("Close"),
}
_HOW: dict[Kind, str] = {
    "opening": noted("Why we are here, how the time is shared, the ground rules."),
    "picture": noted("Everybody reads it alone for two minutes. Then: what surprises you?"),
    "strengths": noted("What do we do that makes these strong, and where else would it help?"),
    "gaps": noted("For each: who would know, and what would settle it?"),
    "groups": noted("What does each group see that the others don’t?"),
    "answer": noted("Read a question with its levels; each says where they would place it, and why."),
    "vote": noted("Three votes each, all on one question or spread. Count them aloud."),
    "break": "",
    "actions": noted("Begin with what had most votes: one action for each, with an owner and a day."),
    "close": noted("Read back what was agreed. Say who sends it round, and when you look at it again."),
}
_TOPIC = noted("Read the levels, ask the questions on the page, and note the level agreed on the consensus sheet.")
_BOARD_PICTURE = noted("Everybody reads it for a minute. Then: what is strong, and what surprises you?")
_BOARD_ACTIONS = noted("For each topic one action, with an owner and a day.")
_HEADINGS: dict[Length, str] = {
    "board": noted("Agenda: Board item, 20 minutes"),
    "ninety": noted("Agenda: 90 minutes"),
    "half-day": noted("Agenda: half a day"),
}
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


def heading(length: Length) -> str:
    """What the agenda is headed with."""
    return gettext(_HEADINGS[length])


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
        said.append(gettext("There is less to talk about than half a day holds: 90 minutes would do."))
    return tuple(sentence for sentence in said if sentence)


def _row(item: Item, topics: Sequence[Topic], length: Length, start: time | None) -> AgendaRow:
    about, title, how = "", gettext(_TITLES[item.kind]), _HOW.get(item.kind, "")
    sheet = _SHEETS.get(item.kind, "")
    if item.topic is not None:
        topic = topics[item.topic]
        place = item.topic + 1
        title, how, sheet = gettext("Topic %(place)s", place=place), "" if item.topic else _TOPIC, f"topic-{place}"
        about = f"{topic.number} {shorten(topic.asked.ask, 110)}"
    elif length == "board":
        how = {"picture": _BOARD_PICTURE, "actions": _BOARD_ACTIONS}.get(item.kind, how)
    return AgendaRow(
        when=moment(item.start, start),
        minutes=item.minutes,
        title=title,
        about=about,
        how=gettext(how) if how else "",
        sheet=sheet,
        rest=item.kind == "break",
    )


def _found(result: FrozenResult, topics: Sequence[Topic]) -> str:
    """By which of the rules the topics were found."""
    number = len(topics)
    if not topics:
        return gettext(
            "There is nothing in this result to talk about yet, so the time goes to answering the questions together."
        )
    if topics[0].why == "chosen":
        return ngettext(
            "The topic is the facilitator’s own choice.",
            "The %(num)s topics are the facilitator’s own choice.",
            number,
        )
    apart = sum(topic.why == "apart" for topic in topics)
    if not apart:
        return _instead(result, topics)
    if apart == number:
        return ngettext(
            "The topic is the one question on which views differ.",
            "The topics are the %(num)s questions on which views differ most.",
            number,
        )
    return ngettext(
        "Views differ enough on only %(num)s question, so the weakest make up %(topics)s topics.",
        "Views differ enough on only %(num)s questions, so the weakest make up %(topics)s topics.",
        apart,
        topics=number,
    )


_What = Literal["weak and unknown", "unknown", "lowest", "weak"]


def _instead(result: FrozenResult, topics: Sequence[Topic]) -> str:
    """Why the topics are not disagreements, and what they are."""
    number, what = len(topics), _what(topics)
    if result.together:
        return _answered_together(what, number)
    if not has_spread(result):
        return _too_few(what, number)
    if what == "lowest":
        return ngettext(
            "No question is weak and on none do views lie far apart, so the topic is the question with the lowest "
            "score.",
            "No question is weak and on none do views lie far apart, so the topics are the %(num)s questions with the "
            "lowest scores.",
            number,
        )
    return ngettext(
        "On no question do views differ enough, so the topic is the weakest question.",
        "On no question do views differ enough, so the topics are the %(num)s weakest questions.",
        number,
    )


def _what(topics: Sequence[Topic]) -> _What:
    reasons = {topic.why for topic in topics}
    if "unknown" in reasons:
        return "weak and unknown" if "weak" in reasons else "unknown"
    return "lowest" if topics[0].why == "lowest" else "weak"


def _answered_together(what: _What, number: int) -> str:
    match what:
        case "weak and unknown":
            return gettext(
                "The partnership answered together and there is no spread, so the topics are what is weak and what is "
                "not known."
            )
        case "unknown":
            return gettext(
                "The partnership answered together and there is no spread, so the time goes to what is not known."
            )
        case "lowest":
            return ngettext(
                "The partnership answered together and there is no spread, so the topic is the question with the "
                "lowest score.",
                "The partnership answered together and there is no spread, so the topics are the %(num)s questions "
                "with the lowest scores.",
                number,
            )
        case "weak":
            return ngettext(
                "The partnership answered together and there is no spread, so the topic is the weakest question.",
                "The partnership answered together and there is no spread, so the topics are the %(num)s weakest "
                "questions.",
                number,
            )


def _too_few(what: _What, number: int) -> str:
    match what:
        case "weak and unknown":
            return gettext(
                "There are too few voices to say how far views differ, so the topics are what is weak and what is not "
                "known."
            )
        case "unknown":
            return gettext(
                "There are too few voices to say how far views differ, so the time goes to what is not known."
            )
        case "lowest":
            return ngettext(
                "There are too few voices to say how far views differ, so the topic is the question with the lowest "
                "score.",
                "There are too few voices to say how far views differ, so the topics are the %(num)s questions with "
                "the lowest scores.",
                number,
            )
        case "weak":
            return ngettext(
                "There are too few voices to say how far views differ, so the topic is the weakest question.",
                "There are too few voices to say how far views differ, so the topics are the %(num)s weakest "
                "questions.",
                number,
            )


def _in_time(topics: Sequence[Topic], items: Sequence[Item]) -> str:
    held = sum(item.kind == "topic" for item in items)
    if held == len(topics):
        return ""
    if not held:
        return ngettext(
            "The agenda has no time for the %(num)s question on the topic pages.",
            "The agenda has no time for the %(num)s questions on the topic pages.",
            len(topics),
        )
    return ngettext(
        "The time holds %(held)s of the %(topics)s; the page of the other is for another day, or if talk goes quickly.",
        "The time holds %(held)s of the %(topics)s; the pages of the other %(num)s are for another day, or if talk "
        "goes quickly.",
        len(topics) - held,
        held=held,
        topics=len(topics),
    )


def _elsewhere(items: Sequence[Item], *, gaps: bool, groups: bool) -> str:
    """What else there is to talk about, and has no time of its own."""
    held = {item.kind for item in items}
    gaps, groups = gaps and "gaps" not in held, groups and "groups" not in held
    if gaps and groups:
        return gettext(
            "No time is set aside for ‘What people don’t know’ and ‘Where groups differ’; the pages are there."
        )
    if gaps:
        return gettext("No time is set aside for ‘What people don’t know’; the pages are there.")
    return gettext("No time is set aside for ‘Where groups differ’; the pages are there.") if groups else ""
