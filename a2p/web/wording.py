"""Sentences that pages make from counts. They never say what anybody answered."""

from __future__ import annotations

from dataclasses import dataclass

from a2p.definition.model import Questionnaire
from a2p.documents.words import moment
from a2p.rounds.calendar import Crowd
from a2p.rounds.letters import MOST_IN_A_DAY, Counts
from a2p.scoring.shortfalls import Shortfall
from a2p.store.base import now
from a2p.store.letter_tables import Letter
from a2p.web.page import day

ASKED = {
    "police": "the police",
    "fire": "the fire and rescue service",
    "health": "health bodies",
    "county-council": "the county council",
}
COUNTED = ("", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")


def shortfall_sentence(definition: Questionnaire, short: Shortfall) -> str:
    """What a section would not show if the round closed now, and what would help."""
    title = definition.section(short.section).title
    if short.questions == 0:
        lost = "would have no score or band"
    elif short.questions == short.asked:
        lost = "would not be shown at all"
    else:
        lost = f"would not show {_count(short.questions, 'question', 'questions')} of {short.asked}"
    wanted = _wanted(short)
    return f"{title} {lost}{f': it needs {wanted}' if wanted else ''}."


def _wanted(short: Shortfall) -> str:
    voice = ("councillor", "councillors") if short.voices_are_councillors else ("organisation", "organisations")
    parts = []
    if short.respondents:
        parts.append(_count(short.respondents, "more person to answer", "more people to answer"))
    if short.voices:
        parts.append(f"a level from {_count(short.voices, f'more {voice[0]}', f'more {voice[1]}')}")
    return " and ".join(parts)


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def crowd_sentence(crowd: Crowd) -> str:
    """That many partnerships ask one sector at once, and when."""
    who = ASKED[crowd.sector]
    many = len(crowd.partnerships)
    number = COUNTED[many] if many < len(COUNTED) else str(many)
    when = f"in the week of {day(crowd.first)}"
    if crowd.last != crowd.first:
        when = f"in the weeks from {day(crowd.first)} to that of {day(crowd.last)}"
    return f"{number} partnerships ask {who} {when}."


def letters_sentence(counts: Counts, one: str, many: str) -> str:
    """What came of a button that sends letters."""
    parts = [f"{_count(counts.written, one, many)} {'is' if counts.written == 1 else 'are'} on the way."]
    if not counts.written:
        parts = [f"There was nobody to send {many} to."]
    if counts.without_address:
        who = _count(counts.without_address, "person has", "people have")
        parts.append(f"{who} no e-mail address: give them a link yourself.")
    if counts.too_many:
        who = _count(counts.too_many, "letter was", "letters were")
        parts.append(f"{who} not sent, because {MOST_IN_A_DAY} went to the same address today.")
    return " ".join(parts)


_LETTERS = {"reminder": "Reminder", "record": "Record"}


@dataclass(frozen=True, slots=True)
class LetterWords:
    """How somebody's newest letter stands, in words; `trouble` if the coordinator may have to do something."""

    says: str
    trouble: bool = False


def letter_words(letter: Letter) -> LetterWords:
    """How a letter to an invited person, or to somebody who came to a workshop, stands; none that was taken back."""
    what = _LETTERS.get(letter.purpose, "Invitation")
    match letter.state:
        case "sent":
            return LetterWords(f"{what} sent {moment(letter.sent or letter.due)}")
        case "queued" if letter.answer:
            again = f"Tried again {moment(letter.due)}."
            return LetterWords(f"{what} not taken yet: “{letter.answer}”. {again}", trouble=True)
        case "queued" if letter.due > now():
            return LetterWords(f"{what} goes out {moment(letter.due)}")
        case "queued" | "sending":
            return LetterWords(f"{what} is on its way")
        case "failed":
            return LetterWords(f"{what} refused: “{letter.answer}”", trouble=True)
        case _:
            return LetterWords(f"{what} may not have arrived. Ask, or send it again.", trouble=True)


def record_words(letter: Letter) -> LetterWords:
    """How the letter with a workshop's record stands."""
    if letter.state == "cancelled":
        return LetterWords("Not sent: it was taken back, or its document could not be made", trouble=True)
    return letter_words(letter)
