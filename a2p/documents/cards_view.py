"""Question cards: a question in large letters, its levels' labels small at the foot, and on the back what they mean.

A5 cards stand two to a page of A4 with marks where to cut; A4 cards fill their page. Backs follow their fronts, so that
a printer that turns sheets on the long edge puts each behind its own. A text too long for a card goes on on another.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from a2p.definition.model import Questionnaire
from a2p.documents.asked import Asked, Respondents, asked_of, source_of
from a2p.documents.language import gettext
from a2p.documents.measure import MM, Part, Room, fit, flow, height, shortened, width

Size = Literal["a5", "a4"]


@dataclass(frozen=True, slots=True)
class CardOptions:
    """`questions`: ids, or None for all; `audience`: only what is put to these; `backs`: the levels' texts overleaf."""

    size: Size = "a5"
    questions: tuple[str, ...] | None = None
    audience: Respondents | None = None
    backs: bool = False


@dataclass(frozen=True, slots=True)
class _Card:
    """A card's measures in points; its stylesheet has the same in millimetres."""

    across: float
    down: float  # from the rule under the head to the foot of the card
    section: Room  # its `down` is the size of its letters, of which two lines have room; so is that of `source`
    source: Room
    asks: tuple[int, ...]
    labels: tuple[int, ...]
    backs: tuple[int, ...]


_CARDS: dict[Size, _Card] = {
    "a5": _Card(
        184 * MM,
        110 * MM,
        Room(96 * MM, 14),
        Room(58 * MM, 9),
        (28, 32, 36, 40, 48),
        (10, 12, 14),
        (14, 16, 18, 20, 22),
    ),
    "a4": _Card(
        261 * MM,
        160 * MM,
        Room(140 * MM, 20),
        Room(78 * MM, 12),
        (36, 40, 48, 56, 64),
        (14, 16, 18),
        (18, 20, 22, 24, 28),
    ),
}
_STRIP = 6 * MM  # the colours over the labels, and the gap above them
_COLUMN_GAP = 2 * MM


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a back: the level's label where its text begins, and as much of the text as this card holds."""

    label: str
    text: str
    step: str


@dataclass(frozen=True, slots=True)
class CardView:
    """Both sides of a card. `place` is `1 of 2` where a question takes more; `steps` are the labels' colours."""

    number: str
    section: str
    ask: str
    ask_size: int
    place: str
    labels: tuple[str, ...]
    label_size: int
    steps: tuple[str, ...]
    lines: tuple[Line, ...]
    line_size: int


@dataclass(frozen=True, slots=True)
class CardsView:
    """All cards, in sheets of two or of one."""

    title: str
    source: str
    language: str
    options: CardOptions
    sheets: tuple[tuple[CardView, ...], ...]


def cards_view(definition: Questionnaire, options: CardOptions) -> CardsView:
    """The cards of the questions that the options pick. Raises NothingToPrint where there are none."""
    asked = asked_of(definition, options.questions, options.audience)
    cards = [card for each in asked for card in _cards(each, options)]
    card = _CARDS[options.size]
    many = 2 if options.size == "a5" else 1
    return CardsView(
        title=gettext("Question cards: %(title)s", title=definition.title),
        source=source_of(definition, card.source.down, 1.8 * card.source.across),
        language=definition.language,
        options=options,
        sheets=tuple(tuple(cards[k : k + many]) for k in range(0, len(cards), many)),
    )


def _cards(asked: Asked, options: CardOptions) -> list[CardView]:
    """A question's cards: as many as the longer of its sides needs, the shorter one said again on each."""
    card = _CARDS[options.size]
    labels = tuple(level.label for level in asked.levels)
    label_size, foot = _foot(labels, card)
    room = Room(card.across, card.down - foot, bold=True)
    asks = fit(asked.question.ask, card.asks, room)
    fronts = list(asks.parts)
    if labels and not foot:
        fronts += fit(" · ".join(labels), card.asks, room).parts
    backs, back_size = _backs(asked, card) if options.backs else ((), min(card.backs))
    cards = max(len(fronts), len(backs))
    return [
        CardView(
            number=asked.number,
            section=shortened(asked.section.title, card.section.down, card.section.across, most=2),
            ask=fronts[min(k, len(fronts) - 1)],
            ask_size=asks.size,
            place=gettext("%(place)s of %(all)s", place=k + 1, all=cards) if cards > 1 else "",
            labels=labels if foot else (),
            label_size=label_size,
            steps=_steps(asked),
            lines=backs[min(k, len(backs) - 1)] if backs else (),
            line_size=back_size,
        )
        for k in range(cards)
    ]


def _foot(labels: tuple[str, ...], card: _Card) -> tuple[int, float]:
    """The labels' size and their foot's height; no height where they are too long for a third of the card."""
    if not labels or len(labels) > 12:
        return min(card.labels), 0
    across = (card.across - (len(labels) - 1) * _COLUMN_GAP) / len(labels)
    for size in sorted(card.labels, reverse=True):
        if all(len(fit(label, (size,), Room(across, 2 * 1.2 * size)).parts) == 1 for label in labels):
            break
    down = max(height(label, size, Room(across, 0)) for label in labels) + _STRIP
    return (size, down + 2 * MM) if down <= card.down / 3 else (size, 0)


def _backs(asked: Asked, card: _Card) -> tuple[tuple[tuple[Line, ...], ...], int]:
    texts = [f"{level.label} {level.text}".strip() for level in asked.levels] or [asked.question.help or ""]
    bolder = max((_bolder(level.label, max(card.backs)) for level in asked.levels), default=0)
    room = Room(card.across - 6 * MM - bolder, card.down, line=1.25)
    made = flow(texts, card.backs, room)
    return tuple(tuple(_line(asked, part) for part in box) for box in made.boxes), made.size


def _bolder(label: str, size: int) -> float:
    return width(label, size, bold=True) - width(label, size)


def _line(asked: Asked, part: Part) -> Line:
    if not asked.levels:
        return Line("", part.text, "")
    label = " ".join(asked.levels[part.index].label.split())
    begins = part.first and part.text.startswith(label)
    text = part.text[len(label) :].strip() if begins else part.text
    return Line(label if begins else "", text, _steps(asked)[part.index])


def _steps(asked: Asked) -> tuple[str, ...]:
    """The class of each level's colour; options have none."""
    many = len(asked.levels)
    return tuple(f"step-{many}-{k}" if asked.has_levels else "step-none" for k in range(1, many + 1))
