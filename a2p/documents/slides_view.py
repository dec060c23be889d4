"""Slides for a screen or a wall, 16 to 9, nothing under 18 pt: the picture, a slide for each topic, what to decide.

Made of the disclosed result alone: no names, nothing withheld, no lone voice. What does not fit goes on on a further
slide; only lists of questions are cut, as on the report's picture page, because each is said in full elsewhere.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from a2p.documents import imprint, messages
from a2p.documents.charts import ScoreTrack
from a2p.documents.language import gettext, noted
from a2p.documents.layout import Layout, Setting
from a2p.documents.measure import Room, fit, flow, height, lines, shortened, width
from a2p.documents.picture import Pick, Picture, pairs, picture
from a2p.documents.section_view import section_track
from a2p.documents.slide_topics import ACROSS, DOWN, TopicSlide, topic_slides
from a2p.documents.talk import talk_of
from a2p.documents.topics import Topic, Why
from a2p.documents.words import band_label, listed, shorten, whole
from a2p.scoring.disclosure import Disclosed
from a2p.scoring.frozen import FrozenResult

# Marks in CSS pixels, four thirds of a point.
SLIDE = Layout(
    bar_width=1160,
    bar_height=104,
    small_bar_width=360,
    small_bar_height=24,
    font=40,
    track_width=520,
    track_height=24,
    dots_width=160,
)
_SMALL = 18
_COLUMN_GAP = 30
_BAND_FONT = 24.0  # pixels: 18 pt


@dataclass(frozen=True, slots=True)
class SlideOptions:
    """`topics`: ids of scale questions in the order in which they are talked about; None: by the rules of `talk`."""

    topics: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class TitleSlide:
    """Whose result it is, of what, and what a viewer must know first."""

    partnership: str
    size: int
    lines: tuple[str, ...]
    caveats: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StandingRow:
    """A section among its bands."""

    id: str
    title: str
    track: ScoreTrack
    score: str
    band: str


@dataclass(frozen=True, slots=True)
class StandingSlide:
    """Where the partnership stands. The headline and what it rests on stand on the first slide alone."""

    headline: str
    size: int
    lede: str
    axis: ScoreTrack | None
    rows: tuple[StandingRow, ...]
    row_size: int


@dataclass(frozen=True, slots=True)
class PickList:
    """Questions that stand out, under a title."""

    title: str
    picks: tuple[tuple[str, str, str], ...]  # number, short wording, figure


@dataclass(frozen=True, slots=True)
class ListsSlide:
    """Lists side by side; `lacking` says of which kind there is nothing."""

    lists: tuple[PickList, ...]
    size: int
    lacking: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ListSlide:
    """A title over a list of sentences."""

    title: str
    size: int
    points: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SlidesView:
    """All slides, in order."""

    title: str
    language: str
    foot: str
    opening: TitleSlide
    standing: tuple[StandingSlide, ...]
    lists: ListsSlide | None
    topics: tuple[TopicSlide, ...]
    closing: tuple[ListSlide, ...]


def slides_view(disclosed: Disclosed, options: SlideOptions) -> SlidesView:
    """Raises NothingToPrint where a picked topic is none of the result's."""
    result = disclosed.result
    chosen, topics = picture(disclosed), talk_of(disclosed, options.topics)
    name = shorten(result.definition.title, 60)
    return SlidesView(
        title=gettext("Slides: %(result)s", result=", ".join(filter(None, (result.partnership, name, result.round)))),
        language=result.definition.language,
        foot=_foot(result, options),
        opening=_opening(disclosed),
        standing=_standing(disclosed, chosen),
        lists=_lists(chosen),
        topics=topic_slides(topics, Setting(result, (), SLIDE)),
        closing=_closing(topics, result),
    )


def _foot(result: FrozenResult, options: SlideOptions) -> str:
    """What stands at the foot of each slide; the hash is over all that the slides are made from."""
    made_from = result.model_dump_json(by_alias=True) + repr(options)
    digest = hashlib.sha256(made_from.encode()).hexdigest()
    parts = (shorten(result.partnership, 30), shorten(result.definition.title, 24), shorten(result.round, 16))
    return " · ".join(filter(None, (gettext("Invented answers") if result.demo else "", *parts, digest[:8])))


def _opening(disclosed: Disclosed) -> TitleSlide:
    result = disclosed.result
    name = shorten(result.partnership or gettext("This partnership"), 160)
    partnership = fit(name, (32, 36, 40, 48, 56), Room(ACROSS, 170))
    said = (result.definition.title, result.round, messages.who_answered(result) if result.respondents else "")
    return TitleSlide(
        partnership=" ".join(partnership.parts),
        size=partnership.size,
        lines=tuple(shortened(each, 24, ACROSS, most=2) for each in said if each),
        caveats=imprint.caveats(disclosed),
    )


def _standing(disclosed: Disclosed, chosen: Picture) -> tuple[StandingSlide, ...]:
    """The sections in the largest letters in which all stand on one slide; else as many to a slide as have room."""
    headline, lede = messages.headline(disclosed), messages.lede(disclosed, chosen)
    head = fit(headline, (28, 32, 36, 40), Room(ACROSS, 100, line=1.15, bold=True))
    room = DOWN - height(headline, head.size, Room(ACROSS, 0, line=1.15, bold=True))
    room -= height(lede, 20, Room(ACROSS, 0, line=1.3)) + 70
    rows = _rows(Setting(disclosed.result, (), SLIDE))
    size = next((s for s in (24, 22, 20) if sum(_row_height(row, s) for row in rows) <= room), _SMALL)
    dealt: list[list[StandingRow]] = [[]]
    left = room
    for row in rows:
        needs = _row_height(row, size)
        if needs > left and dealt[-1]:
            dealt.append([])
            left = DOWN - 110
        dealt[-1].append(row)
        left -= needs
    axis = _axis(rows[0].track) if rows else None
    first = StandingSlide(headline, head.size, lede, axis, tuple(dealt[0]), size)
    return (first, *(StandingSlide("", 32, "", axis, tuple(more), size) for more in dealt[1:]))


def _rows(setting: Setting) -> list[StandingRow]:
    labels = {band.id: band_label(band) for band in setting.result.bands}
    return [
        StandingRow(
            section.id,
            shortened(section.title, _SMALL, 235, most=3, bold=True),
            section_track(section, outcome, setting),
            whole(outcome.score if outcome.band else None),
            shortened(labels.get(outcome.band or "", gettext("Too few answers")), _SMALL, 145, most=3),
        )
        for section, outcome in pairs(setting.result)
        if not section.is_facts
    ]


def _row_height(row: StandingRow, size: int) -> float:
    titles = len(lines(row.title, size, 235, bold=True)), len(lines(row.band, size, 145))
    return max(*titles) * size * 1.2 + 12


def _axis(track: ScoreTrack) -> ScoreTrack | None:
    """The bands' labels for over the tracks, where each fits over its own at 18 pt."""
    fits = all(block.label and width(block.label, _BAND_FONT) <= block.width for block in track.blocks)
    said = gettext("Bands from the lowest: %(bands)s", bands=", ".join(block.label for block in track.blocks))
    return replace(track, font=_BAND_FONT, title=said, height=30, middle=14) if fits and track.blocks else None


def _lists(chosen: Picture) -> ListsSlide | None:
    """The lists that have anything in them side by side, in the largest letters that leave room for all."""
    strong = [(pick, whole(pick.result.score)) for pick in chosen.strong]
    weak = [(pick, whole(pick.result.score)) for pick in chosen.weak]
    gaps = [(pick, _unknown(pick)) for pick in chosen.gaps[:3]]
    titled = (
        (messages.strong_title(chosen), strong),
        (messages.weak_title(chosen), weak),
        (messages.gaps_title(chosen), gaps),
    )
    filled = [each for each in titled if each[1]]
    if not filled:
        return None
    across = (ACROSS - _COLUMN_GAP * (len(filled) - 1)) / len(filled)
    tried = {
        size: tuple(PickList(title, _named(picks, size, across)) for title, picks in filled)
        for size in (_SMALL, 20, 22, 24, 28)
    }
    fitting = [s for s, lists in tried.items() if max(_list_height(x, s, across) for x in lists) <= DOWN - 120]
    size = max(fitting, default=_SMALL)
    return ListsSlide(tried[size], size, tuple(title for title, picks in titled if not picks))


def _named(picks: Sequence[tuple[Pick, str]], size: int, across: float) -> tuple[tuple[str, str, str], ...]:
    return tuple(
        (pick.number, shortened(pick.asked.ask, size, _text_room(across, size).across, most=4), figure)
        for pick, figure in picks
    )


def _text_room(across: float, size: int) -> Room:
    """Beside the figure and the question's number, which take five letters' width and three."""
    return Room(across - 7.5 * size, 0)


def _list_height(made: PickList, size: int, across: float) -> float:
    rows = sum(height(text, size, _text_room(across, size)) + 13 for _, text, _ in made.picks)
    return rows + height(made.title, 20, Room(across, 0, bold=True)) + 12


def _unknown(pick: Pick) -> str:
    some, every = pick.result.dont_know, pick.result.dont_know + pick.result.answers
    return gettext("%(some)s of %(all)s", some=some, all=every)


_TALKED_ABOUT = noted("The level we agree on today, and what shows it: the questions we talked about (%(numbers)s).")
_LOWEST = noted("The level we agree on today, and what shows it: the questions that score lowest (%(numbers)s).")
_AGREED: dict[Why, str] = {
    "chosen": _TALKED_ABOUT,
    "apart": noted(
        "The level we agree on today, and what shows it: the questions on which views differ most (%(numbers)s)."
    ),
    "weak": _LOWEST,
    "unknown": noted(
        "The level we agree on today, and what shows it: the questions that many don’t know (%(numbers)s)."
    ),
    "lowest": _LOWEST,
    "begin": _TALKED_ABOUT,
}


def _closing(topics: Sequence[Topic], result: FrozenResult) -> tuple[ListSlide, ...]:
    numbers = listed([topic.number for topic in topics])
    reasons = {topic.why for topic in topics}
    agreed = _AGREED[topics[0].why] if len(reasons) == 1 else _TALKED_ABOUT
    points = (
        gettext(agreed, numbers=numbers)
        if result.respondents
        else gettext("The level we are at: the questions we talked about (%(numbers)s).", numbers=numbers),
        gettext("The one or two of these that matter most for this place now."),
        gettext("For each: what we will do, who leads, and by when."),
        gettext("How we will know that it has worked, and when we look again."),
        gettext("What we leave open, and who finds out more."),
    )
    made = flow(points, (20, 22, 24, 28), Room(ACROSS - 30, DOWN - 70, line=1.3))
    title = gettext("What to decide")
    return tuple(ListSlide(title, made.size, tuple(part.text for part in box)) for box in made.boxes)
