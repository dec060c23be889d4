"""Every document made of texts that are some 40 % longer, its own and the questionnaire's: nothing gives way when it is
translated."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import time
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from weasyprint import Document

from a2p.definition import catalogue
from a2p.definition.model import Questionnaire
from a2p.documents import palette
from a2p.documents.agreed_view import Settlement
from a2p.documents.blank import BlankOptions, blank_html
from a2p.documents.cards_view import CardOptions
from a2p.documents.handout import handout_document, handout_sheets
from a2p.documents.known import Held, Known, Planned
from a2p.documents.material import Material
from a2p.documents.order import Order
from a2p.documents.own_copy import OwnCopy, own_copy_html
from a2p.documents.pack.options import PackOptions
from a2p.documents.pack.page import pack_document
from a2p.documents.pack.pdf import LARGE_SHEETS, SHEETS
from a2p.documents.posters_view import PosterOptions
from a2p.documents.record import record_document, record_sheets
from a2p.documents.report_page import report_document
from a2p.documents.report_view import ReportOptions
from a2p.documents.room import CARD_SHEETS, POSTER_SHEETS, SLIDE_SHEETS
from a2p.documents.room_page import cards_document, posters_document, slides_document
from a2p.documents.round_report import round_report_document, round_report_sheets
from a2p.documents.slides_view import SlideOptions
from a2p.scoring.answers import Answer, State
from a2p.scoring.disclosure import Disclosed
from a2p.scoring.releases import To, figures_at, released_view
from tests.builders import definition, scale_question, section
from tests.documents.pdf import collisions, laid_out, letters, words_on
from tests.documents.pseudo import longer, pseudo, translated
from tests.documents.rounds import VARIED, disclosed_round
from tests.documents.test_own_copy import copy


@cache
def _asked() -> Questionnaire:
    return pseudo(catalogue.read("first-look"))


def round_of(asked: Questionnaire, **more: Any) -> Disclosed:
    """A round of a partnership that writes longer texts too."""
    whose = longer("Great Fenland Partnership")
    return disclosed_round(asked, partnership=whose, name=longer("Spring 2026"), **more)


@cache
def _round() -> Disclosed:
    return round_of(_asked(), story=VARIED)


def _copy() -> OwnCopy:
    given = {
        q.id: Answer(State.GIVEN, next(iter(q.levels)), longer("As we said."))
        for q in _asked().sections[0].scale_questions
    }
    whose = copy()
    partnership, round_, name, organisation = map(
        longer, (whose.partnership, whose.round, whose.name, whose.organisation)
    )
    return OwnCopy(partnership, round_, name, organisation, False, False, whose.saved, None, _asked(), given)


BOARD = Order("report", readers="public", level="board")
LARGE_BOARD = Order("report", readers="public", level="board", large_print=True)


@cache
def _released() -> Material:
    """A board paper whose first section shows how its answers are spread."""
    left = released_view(_round(), BOARD.figures)
    scores = released_view(_round(), figures_at(To.REGION, "3"))
    assert left is not None
    assert scores is not None
    sections = (_round().result.sections[0], *scores.result.sections[1:])
    return Material(Disclosed(left.result.model_copy(update={"sections": sections})))


RECORD, LARGE_RECORD = Order("record", draft=True), Order("record", draft=True, large_print=True)


@cache
def _known() -> Known:
    """What a workshop settled, what will be done, and the workshop itself, in longer texts."""
    first = _asked().sections[0].scale_questions[0]
    action = Planned(
        longer("Meet the districts twice a year"),
        longer("They drift apart between meetings"),
        longer("County council"),
        "",
        longer("1 May 2026"),
        longer("Minutes of two meetings"),
        "Planned",
        about=first.id,
    )
    held = Held(
        longer("13 June 2026"), longer("The Corn Exchange"), (longer("County council"),), 14, longer("A good day.")
    )
    settled = {first.id: Settlement(next(iter(first.levels)), longer("Because all said so"), 9)}
    return Known(settled, (action,), workshops=(held,))


def _settled() -> Material:
    return Material(_round(), known=_known())


SEVERAL = Order("report", also=(2,))
LARGE_SEVERAL = Order("report", large_print=True, also=(2,))


@cache
def _several() -> Material:
    """The round with another questionnaire."""
    other = _asked().model_copy(update={"questionnaire": "another", "title": longer("Another questionnaire")})
    return Material(_round(), others=(Material(round_of(other, story=VARIED)),))


@dataclass(frozen=True)
class Made:
    """How a document is made, the classes of its frames, and its smallest letters in points."""

    html: Callable[[], str]
    sheets: tuple[str, ...]
    least: float
    frame: str = ""


LARGE = ("report.css", "large.css")
DOCUMENTS = {
    "report": Made(lambda: report_document(_round(), (), ReportOptions()), ("report.css",), 8),
    "report in large print": Made(lambda: report_document(_round(), (), ReportOptions(large_print=True)), LARGE, 16),
    "summary": Made(lambda: report_document(_round(), (), ReportOptions(summary=True)), ("report.css",), 8),
    "summary in large print": Made(
        lambda: report_document(_round(), (), ReportOptions(summary=True, large_print=True)), LARGE, 16
    ),
    "round report": Made(lambda: round_report_document(_several(), SEVERAL), round_report_sheets(SEVERAL), 8),
    "round report in large print": Made(
        lambda: round_report_document(_several(), LARGE_SEVERAL), round_report_sheets(LARGE_SEVERAL), 16
    ),
    "board paper": Made(lambda: handout_document(_released(), BOARD), handout_sheets(BOARD), 8),
    "board paper in large print": Made(
        lambda: handout_document(_released(), LARGE_BOARD), handout_sheets(LARGE_BOARD), 16
    ),
    "pack": Made(lambda: pack_document(_round(), PackOptions(start=time(9, 30)), _known()), SHEETS, 8),
    "pack for half a day in large print": Made(
        lambda: pack_document(_round(), PackOptions("half-day", large_print=True), _known()), LARGE_SHEETS, 16
    ),
    "record": Made(lambda: record_document(_settled(), RECORD), record_sheets(RECORD), 8),
    "record in large print": Made(lambda: record_document(_settled(), LARGE_RECORD), record_sheets(LARGE_RECORD), 16),
    "paper form": Made(lambda: blank_html(_asked(), BlankOptions()), ("blank.css",), 8),
    "paper form in large print": Made(
        lambda: blank_html(_asked(), BlankOptions(large_print=True)), ("blank.css", "large.css", "blank_large.css"), 16
    ),
    "own copy": Made(lambda: own_copy_html(_copy()), ("own_copy.css",), 8),
    "A5 cards": Made(lambda: cards_document(_asked(), CardOptions(backs=True)), CARD_SHEETS, 9, "card"),
    "A4 cards": Made(lambda: cards_document(_asked(), CardOptions(size="a4", backs=True)), CARD_SHEETS, 12, "card"),
    "posters": Made(lambda: posters_document(_round(), PosterOptions()), POSTER_SHEETS, 24, "sheet"),
    "section posters": Made(
        lambda: posters_document(_asked(), PosterOptions(per="section")), POSTER_SHEETS, 24, "sheet"
    ),
    "slides": Made(lambda: slides_document(_round(), SlideOptions()), SLIDE_SHEETS, 18, "slide"),
}


@cache
def _laid_out(name: str) -> Document:
    return laid_out(DOCUMENTS[name].html(), DOCUMENTS[name].sheets)


@pytest.fixture(autouse=True, scope="module")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What documents say themselves is longer too."""
    with translated(tmp_path_factory.mktemp("languages")):
        yield


every_document = pytest.mark.parametrize("name", DOCUMENTS)


@every_document
def test_nothing_leaves_its_page_or_frame_or_stands_on_its_neighbour_and_all_letters_are_large_enough(
    name: str,
) -> None:
    made = DOCUMENTS[name]
    assert collisions(_laid_out(name), frozenset({made.frame})) == []
    assert [text for text, size in letters(_laid_out(name)) if size < made.least - 0.01] == []


@every_document
def test_it_says_in_which_language_the_questionnaire_is(name: str) -> None:
    assert '<html lang="cy" ' in DOCUMENTS[name].html()


def test_a_word_on_a_word_or_off_the_page_is_found() -> None:
    page = '<html lang="en"><head><title>A page</title></head><body>{}</body></html>'
    styles = '<style>.a {{ position: absolute; left: {}mm; top: 0 }}</style><p>Here</p><p class="a">There</p>'
    assert collisions(laid_out(page.format(styles.format(60)), ())) == []
    assert collisions(laid_out(page.format(styles.format(2)), ())) == ["1: Here on There"]
    assert "1: T leaves the page" in collisions(laid_out(page.format(styles.format(196)), ()))


def test_a_part_that_leaves_its_frame_or_reaches_the_next_is_found() -> None:
    html = cards_document(definition(section("a", scale_question("q"))), CardOptions())
    document = laid_out(html.replace("How is q?", "How is q? " * 20), CARD_SHEETS)
    said = collisions(document, frozenset({"card"}))
    assert "1: h2 ask pt-48 leaves its frame" in said
    assert "1: h2 ask pt-48 over ul labels of-4 pt-14" in said


@pytest.mark.parametrize("name", ["summary", "summary in large print"])
def test_the_summary_has_two_sides_in_a_longer_language_too(name: str) -> None:
    assert len(_laid_out(name).pages) == 2


def test_the_picture_stands_on_one_page_in_a_longer_language_too() -> None:
    pages = ["".join(words) for words in words_on(_laid_out("report"))]
    at = next(k for k, page in enumerate(pages) if longer("Where the partnership stands") in page)
    assert longer("Who answered") in pages[at]
    assert longer("How to read this report") in pages[at + 1]


# --- Colours ------------------------------------------------------------------------------------

ON_DARK = {".cover .panel", ".cover .what", ".cover .sub"}
HIDDEN = {".hidden"}  # heads of empty columns, for readers aloud alone
RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")


def _colours() -> list[tuple[str, str, str, str]]:
    """Sheet, selector, colour of the text and what it stands on, for every rule that sets a colour."""
    found = []
    for sheet in sorted((Path(palette.__file__).parent / "assets").glob("*.css")):
        for selectors, rules in RULE.findall(
            re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL)
        ):
            said = dict(re.findall(r"(?:^|[;\s])(color|background):\s*(#[0-9a-f]{6})", rules))
            for selector in (each.strip() for each in selectors.split(",")):
                if "color" in said and selector not in HIDDEN:
                    ground = palette.DARK if selector in ON_DARK else said.get("background", palette.PAPER)
                    found.append((sheet.name, selector, said["color"], ground))
    return found


def test_every_colour_of_text_can_be_read_on_what_it_stands_on() -> None:
    colours = _colours()
    assert len(colours) > 60
    assert [each for each in colours if palette.contrast(each[2], each[3]) < 4.5] == []
