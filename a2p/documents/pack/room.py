"""What a facilitator sets up and brings, counted from who answered."""

from __future__ import annotations

from dataclasses import dataclass

from a2p.documents.language import gettext, ngettext, noted
from a2p.documents.messages import who_answered
from a2p.documents.pack.options import Length
from a2p.scoring.frozen import FrozenResult

AT_A_TABLE = 6
VOTES_EACH = 3

_GROUND_RULES = (
    noted("Nobody has to say how they answered. Where a bar shows a 1, nobody asks whose it is."),
    noted("Those who have said least are asked first."),
    noted("A difference is information: look for the reason before the remedy."),
    noted("What is agreed is written down as it is said, and read back."),
)
_STEPS = (
    noted("Read the question and its levels aloud. Look at the bar in silence."),
    noted("Round the table: which level fits today, and what would you point to?"),
    noted("Ask the questions on the page. Write down what is said, not who said it."),
    noted("Which level can all live with? Note it on the consensus sheet with the reason, or leave it open."),
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
        return Room(_said(_BOARD), (_picture_copies(number), _board_copies(topics), *_said(_BOARD_BRINGS)))
    tables = tables_of(number)
    return Room(
        (_tables(tables), *_said(_ROOM)),
        (_picture_copies(number), _topic_copies(topics, tables), _dots(number), *_said(_BRINGS)),
    )


def ground_rules() -> tuple[str, ...]:
    """What is read out before anything else."""
    return _said(_GROUND_RULES)


def steps() -> tuple[str, ...]:
    """How a topic is talked through."""
    return _said(_STEPS)


def _said(sentences: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(gettext(each) for each in sentences)


def response_mix(result: FrozenResult) -> tuple[str, ...]:
    """Who answered, how many were invited, and how many began and did not send: a sentence each."""
    if not result.respondents:
        return (gettext("Nobody has answered."),)
    said = [who_answered(result)]
    if result.together:
        return tuple(said)
    if result.invited_organisations:
        said.append(
            ngettext(
                "%(num)s organisation was invited.",
                "%(num)s organisations were invited.",
                result.invited_organisations,
            )
        )
    if result.started:
        said.append(
            ngettext(
                "%(num)s person began and did not send their answers.",
                "%(num)s people began and did not send their answers.",
                result.started,
            )
        )
    return tuple(said)


def tables_of(number: int) -> int:
    """How many tables of six at most."""
    return -(-number // AT_A_TABLE)


_BOARD = (
    noted("The board’s table as it stands, with the picture page before each seat."),
    noted("Somebody who keeps the time, and somebody else who writes."),
)
_BOARD_BRINGS = (
    noted("The consensus and action sheets, for whoever writes."),
    noted("A clock that everybody can see."),
)
_ROOM = (
    noted("People of one organisation, and of one sector, at different tables."),
    noted("A wall for the vote sheet, and room to walk up to it."),
    noted("The pages of the topics large on a wall or a screen, one at a time."),
    noted("Somebody who keeps the time, and somebody else who writes."),
)
_BRINGS = (
    noted("Flip-chart paper and thick pens for every table."),
    noted("The vote, consensus and action sheets, enlarged to A3 if you can."),
    noted("A clock that everybody can see."),
)


def _tables(tables: int) -> str:
    if not tables:
        return gettext("Tables of five or six, so that everybody is heard.")
    return ngettext(
        "One table that everybody sits around.",
        "%(num)s tables of %(size)s at most, for as many people as answered.",
        tables,
        size=AT_A_TABLE,
    )


def _picture_copies(number: int) -> str:
    if not number:
        return gettext("A copy for everybody of the picture page and of how to read it.")
    return ngettext(
        "%(num)s copy of the picture page and of how to read it.",
        "%(num)s copies of the picture page and of how to read it.",
        number,
    )


def _board_copies(topics: int) -> str:
    if not topics:
        return _paper_form()
    return ngettext("The page of the topic: one each.", "The pages of the %(num)s topics: one each.", topics)


def _topic_copies(topics: int, tables: int) -> str:
    if not topics:
        return _paper_form()
    if not tables:
        return ngettext(
            "The page of the topic: one set a table.", "The pages of the %(num)s topics: one set a table.", topics
        )
    return ngettext(
        "The page of the topic: %(sets)s, one a table.",
        "The pages of the %(num)s topics: %(sets)s, one a table.",
        topics,
        sets=ngettext("%(num)s set", "%(num)s sets", tables),
    )


def _paper_form() -> str:
    return gettext("The questionnaire’s paper form, to answer in the room.")


def _dots(number: int) -> str:
    if not number:
        return gettext("Sticky dots, three for each person, to vote with.")
    return ngettext(
        "%(num)s sticky dot, three for each person, to vote with.",
        "%(num)s sticky dots, three for each person, to vote with.",
        number * VOTES_EACH,
    )
