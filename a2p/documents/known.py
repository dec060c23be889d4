"""What is known of a closed questionnaire beside its figures: what was settled, what will be done, what changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from a2p.documents.agreed_view import Settlement
from a2p.documents.language import noted
from a2p.scoring.change import RoundChange

DONE = noted("Done")
CLOSED = (DONE, noted("Dropped"))
STATUSES = (noted("Planned"), noted("Under way"), *CLOSED)
"""How an action may stand, as it is kept; a document says it in its language."""


@dataclass(frozen=True, slots=True)
class Planned:
    """An action as it is printed: texts and days in words, empty where nothing was recorded. `about` is the id of its
    question, `review` when it is looked at again; `carried_from` names the earlier round that it comes from."""

    what: str
    cause: str = ""
    owner: str = ""
    cost: str = ""
    due: str = ""
    measure: str = ""
    status: str = ""
    review: str = ""
    about: str = ""
    carried_from: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """A workshop as it is printed: its day in words, the place, the organisations that came, how many people (None:
    not said), a note, and what was left open. Nobody who came is named."""

    day: str
    place: str = ""
    organisations: tuple[str, ...] = ()
    people: int | None = None
    note: str = ""
    left_open: str = ""


@dataclass(frozen=True, slots=True)
class Since:
    """What changed since the round before, which is called `earlier`; without a change, why nothing is compared."""

    earlier: str
    change: RoundChange | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class BesideSection:
    """A section by id over partnerships like this one, which may be among them: how many they are, their median and
    quartiles (lower, upper; None where they are too few); or `reason`, why nothing is shown, as the end of a
    sentence."""

    section: str
    n: int | None = None
    median: Fraction | None = None
    quartiles: tuple[Fraction, Fraction] | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Beside:
    """Others like it: `who` they are (“District partnerships in the East of England”), in the region's snapshot called
    `snapshot`, made on a day. Without sections `reason` says, in a sentence, why nothing is compared."""

    who: str
    snapshot: str = ""
    made: date | None = None
    sections: tuple[BesideSection, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What a workshop settled, by question id; the actions there are, in the order to print them; the change since the
    round before, if there was one; how many comments were hidden when they were read over; the workshops; and others
    like it, where the round is released to the region's figures."""

    settled: Mapping[str, Settlement] = field(default_factory=dict)
    actions: tuple[Planned, ...] = ()
    since: Since | None = None
    hidden_remarks: int = 0
    workshops: tuple[Held, ...] = ()
    beside: Beside | None = None

    @property
    def to_do(self) -> tuple[Planned, ...]:
        """The actions that are neither done nor dropped."""
        return tuple(action for action in self.actions if action.status not in CLOSED)

    def standing(self, status: str) -> tuple[Planned, ...]:
        """The actions that stand like this."""
        return tuple(action for action in self.actions if action.status == status)


NOTHING_KNOWN = Known()
