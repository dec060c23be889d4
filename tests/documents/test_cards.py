from itertools import pairwise

import pytest
from bs4 import BeautifulSoup

from a2p.documents.asked import NothingToPrint
from a2p.documents.cards_view import CardOptions, Size, cards_view
from a2p.documents.room import CARD_SHEETS, question_cards
from a2p.documents.room_page import cards_document, question_cards_html
from tests.builders import definition, options, question, scale_question, section
from tests.documents.pdf import collisions, findings_of, laid_out, pages_of, smallest_letters, text_of
from tests.documents.rounds import aspire

MIXED = definition(
    section(
        "a",
        scale_question("first"),
        question("pick", "choice", options=options("red", "green")),
        question("why"),
        title="Aims & means",
    ),
    section("wards", answered_by=["councillors"]),
    section("facts", question("members", "number"), answered_by=["coordinator"]),
)
WORDS = "Many words follow one another here without any end in sight. "


def many(sentences: int) -> str:
    """A long text in which no two sentences are alike."""
    return " ".join(f"Sentence {k} of many follows another and comes to no end." for k in range(1, sentences + 1))


LONG_ASK = many(16)
LONG = definition(
    section(
        "a",
        scale_question("q", ask=LONG_ASK, scale="scale-4")
        | {
            "levels": {
                "level-1": WORDS,
                "level-2": many(24),
                "level-3": "Short.",
                "level-4": "Supercalifragilistic" * 9,
            }
        },
        title=WORDS * 3,
    ),
    title=WORDS * 3,
)

ANY = {"mixed": MIXED, "long": LONG, "11 levels": definition(levels=11), "2 levels": definition(levels=2)}
SIZES: tuple[Size, ...] = ("a5", "a4")


@pytest.fixture(scope="module")
def cards() -> bytes:
    return question_cards(MIXED, CardOptions(backs=True))


def _soup(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


def test_two_cards_stand_on_a_page_of_a4_with_their_backs_on_the_next(cards: bytes) -> None:
    pages = [" ".join(page.split()) for page in pages_of(cards)]
    assert len(pages) == 6
    assert "How is first?" in pages[0]
    assert "What is pick?" in pages[0]
    assert "Level 2 Descriptor 2 of first." in pages[1]
    assert "What is why?" in pages[2]


def test_facts_have_no_card_and_a_card_can_be_for_councillors_alone() -> None:
    text = text_of(question_cards(MIXED, CardOptions(size="a4", audience="councillors")))
    assert "How is wards-1?" in text
    assert "first" not in text
    assert "members" not in text


def test_a_card_has_number_section_question_and_the_levels_labels() -> None:
    card = _soup(cards_document(MIXED, CardOptions())).select(".card")[0]
    assert [each.get_text() for each in card.select(".number, .of-section, h2")] == [
        "1.1",
        "Aims & means",
        "How is first?",
    ]
    assert [label.get_text() for label in card.find_all("li")] == ["Level 1", "Level 2", "Level 3", "Level 4"]


def test_the_checker_has_no_findings_and_the_same_definition_gives_the_same_bytes(cards: bytes) -> None:
    assert findings_of(cards) == []
    assert question_cards(MIXED, CardOptions(backs=True)) == cards


@pytest.mark.parametrize(("size", "least"), [("a5", 28), ("a4", 36)])
def test_a_question_is_never_smaller_than_28_points_on_a5_or_36_on_a4(size: Size, least: int) -> None:
    for asked in (LONG, aspire()):
        view = cards_view(asked, CardOptions(size=size))
        assert min(card.ask_size for sheet in view.sheets for card in sheet) >= least


def test_no_text_of_a_card_is_smaller_than_nine_points(cards: bytes) -> None:
    assert smallest_letters(cards) >= 8.99


@pytest.mark.parametrize("asked", ANY)
@pytest.mark.parametrize("size", SIZES)
def test_everything_stands_in_its_own_room_on_its_own_card(asked: str, size: Size) -> None:
    html = cards_document(ANY[asked], CardOptions(size=size, backs=True))
    document = laid_out(html, CARD_SHEETS)
    assert collisions(document, frozenset({"card"})) == []
    assert len(document.pages) == len(_soup(html).find_all(class_="sheet"))


def test_a_text_too_long_for_a_card_goes_on_on_the_next_and_nothing_of_it_is_lost() -> None:
    cards = [card for sheet in cards_view(LONG, CardOptions(backs=True)).sheets for card in sheet]
    assert [card.place for card in cards] == [f"{k} of {len(cards)}" for k in range(1, len(cards) + 1)]
    asks = [card.ask for card in cards]
    assert " ".join(dict.fromkeys(asks)) == LONG_ASK
    assert all(one != other for one, other in pairwise(asks[:3]))
    (asked,) = LONG.sections[0].scale_questions
    said = " ".join(line.text for lines in dict.fromkeys(card.lines for card in cards) for line in lines)
    assert "".join(said.split()) == "".join("".join(asked.levels.values()).split())


def test_labels_too_long_for_a_foot_go_on_in_large_letters() -> None:
    wordy = [{"id": f"level-{k}", "label": f"{k} {WORDS * 4}"} for k in range(1, 5)]
    asked = definition(section("a", scale_question("q")), scales={"scale-4": wordy})
    cards = [card for sheet in cards_view(asked, CardOptions()).sheets for card in sheet]
    assert {card.labels for card in cards} == {()}
    assert " ".join(card.ask for card in cards).count(WORDS.strip()) == 16


def test_the_page_for_screens_stands_alone_and_has_the_same_texts() -> None:
    page, printed = (
        _soup(question_cards_html(MIXED, CardOptions(backs=True))),
        _soup(cards_document(MIXED, CardOptions(backs=True))),
    )
    assert page.body is not None
    assert printed.body is not None
    assert page.body.get_text() == printed.body.get_text()
    assert page.find("style") is not None
    assert page.find_all(["script", "link", "img", "iframe"]) == page.find_all(style=True) == []
    assert len(page.find_all("h1")) == 1


def test_texts_are_shown_as_text() -> None:
    odd = "{{ 7*7 }} <b>bold</b> ŵ ŷ"
    soup = _soup(question_cards_html(definition(section("a", scale_question("q", ask=odd), title=odd), title=odd)))
    assert soup.get_text().count(odd) >= 3


def test_it_is_said_when_no_question_is_left() -> None:
    with pytest.raises(NothingToPrint, match="No question is left"):
        question_cards(MIXED, CardOptions(questions=()))


def test_a_card_says_in_which_language_it_is_written() -> None:
    assert 'lang="cy"' in question_cards_html(definition(language="cy"))
    assert 'lang="en-GB"' in question_cards_html(definition())
