"""What a facilitator sets up and brings, counted from who answered."""

from __future__ import annotations

from dataclasses import dataclass

from a2p.documents.messages import who_answered
from a2p.documents.pack.options import Length
from a2p.documents.words import count, organisations, people
from a2p.scoring.frozen import FrozenResult

AT_A_TABLE = 6
VOTES_EACH = 3

GROUND_RULES = (
    "Nobody has to say how they answered. Where a bar shows a 1, nobody asks whose it is.",
    "Those who have said least are asked first.",
    "A difference is information: look for the reason before the remedy.",
    "What is agreed is written down as it is said, and read back.",
)
STEPS = (
    "Read the question and its levels aloud. Look at the bar in silence.",
    "Round the table: which level fits today, and what would you point to?",
    "Ask the questions on the page. Write down what is said, not who said it.",
    "Which level can all live with? Note it on the consensus sheet with the reason, or leave it open.",
)


@dataclass(frozen=True, slots=True)
class Room:
    """How the room is set, and what to bring."""

    setting: tuple[str, ...]
    bring: tuple[str, ...]


def room(result: FrozenResult, length: Length, topics: int) -> Room:
    """Set-up and materials for as many people as answered. `topics` have a page each."""
    number = 0 if result.together else result.respondents
    if length == "board":
        return Room(_BOARD, (_picture_copies(number), _topic_copies(topics, "one each"), *_BOARD_BRINGS))
    tables = tables_of(number)
    return Room(
        (_tables(tables), *_ROOM),
        (
            _picture_copies(number),
            _topic_copies(topics, f"{count(tables, 'set', 'sets')}, one a table" if tables else "one set a table"),
            _dots(number),
            *_BRINGS,
        ),
    )


def response_mix(result: FrozenResult) -> tuple[str, ...]:
    """Who answered, how many were invited, and how many began and did not send: a sentence each."""
    if not result.respondents:
        return ("Nobody has answered.",)
    said = [who_answered(result)]
    if result.together:
        return tuple(said)
    if result.invited_organisations:
        said.append(f"{organisations(result.invited_organisations)} were invited.")
    if result.started:
        said.append(f"{people(result.started)} began and did not send their answers.")
    return tuple(said)


def tables_of(number: int) -> int:
    """How many tables of six at most."""
    return -(-number // AT_A_TABLE)


_BOARD = (
    "The board’s table as it stands, with the picture page before each seat.",
    "Somebody who keeps the time, and somebody else who writes.",
)
_BOARD_BRINGS = ("The consensus and action sheets, for whoever writes.", "A clock that everybody can see.")
_ROOM = (
    "People of one organisation, and of one sector, at different tables.",
    "A wall for the vote sheet, and room to walk up to it.",
    "The pages of the topics large on a wall or a screen, one at a time.",
    "Somebody who keeps the time, and somebody else who writes.",
)
_BRINGS = (
    "Flip-chart paper and thick pens for every table.",
    "The vote, consensus and action sheets, enlarged to A3 if you can.",
    "A clock that everybody can see.",
)


def _tables(tables: int) -> str:
    if not tables:
        return "Tables of five or six, so that everybody is heard."
    if tables == 1:
        return "One table that everybody sits around."
    return f"{tables} tables of {AT_A_TABLE} at most, for as many people as answered."


def _picture_copies(number: int) -> str:
    how_many = count(number, "copy", "copies") if number else "A copy for everybody"
    return f"{how_many} of the picture page and of how to read it."


def _topic_copies(topics: int, how_many: str) -> str:
    if not topics:
        return "The questionnaire’s paper form, to answer in the room."
    return f"The {'page of the topic' if topics == 1 else f'pages of the {topics} topics'}: {how_many}."


def _dots(number: int) -> str:
    dots = f"{number * VOTES_EACH} sticky dots" if number else "Sticky dots"
    return f"{dots}, three for each person, to vote with."
