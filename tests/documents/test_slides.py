import io
from collections.abc import Callable
from fractions import Fraction

import pypdf
import pytest
from bs4 import BeautifulSoup

from a2p.documents.asked import NothingToPrint
from a2p.documents.picture import picture
from a2p.documents.room import SLIDE_SHEETS, slides
from a2p.documents.room_page import slides_document, slides_html
from a2p.documents.slides_view import SlideOptions, slides_view
from a2p.scoring.disclosure import Disclosed, unlimited
from a2p.scoring.frozen import Agreement
from tests.builders import definition, section
from tests.documents.made import made_result
from tests.documents.pdf import (
    alternatives_of,
    collisions,
    findings_of,
    laid_out,
    pages_of,
    smallest_letters,
    tags_of,
    text_of,
)
from tests.documents.rounds import aspire, aspire_round, disclosed_round
from tests.documents.test_cards import LONG, LONG_ASK, WORDS


@pytest.fixture(scope="module")
def deck() -> bytes:
    return slides(aspire_round())


def _soup(disclosed: Disclosed, options: SlideOptions | None = None) -> BeautifulSoup:
    return BeautifulSoup(slides_document(disclosed, options or SlideOptions()), "html.parser")


def test_it_opens_with_the_partnership_then_the_picture_five_topics_and_what_to_decide(deck: bytes) -> None:
    pages = [" ".join(page.split()) for page in pages_of(deck)]
    assert len(pages) == 9
    assert "Great Fenland Partnership" in pages[0]
    assert "An unpiloted questionnaire" in pages[0]
    assert "Strong on Purpose" in pages[1]
    assert "What stands out" in pages[2]
    for place, pick in enumerate(picture(aspire_round()).widest, start=1):
        assert f"Topic {place} of 5" in pages[2 + place]
        assert pick.number in pages[2 + place]
        assert pick.asked.ask in pages[2 + place]
    assert "What to decide" in pages[8]


def test_a_page_is_sixteen_to_nine(deck: bytes) -> None:
    box = pypdf.PdfReader(io.BytesIO(deck)).pages[0].mediabox
    assert box.width / box.height == pytest.approx(16 / 9)


def test_a_topic_has_a_bar_with_the_counts_said_in_words_and_prompts() -> None:
    topic = _soup(aspire_round()).find(class_="topic")
    assert topic is not None
    outcome = picture(aspire_round()).widest[0].result
    assert [b.get_text() for b in topic.select(".levels b")] == [str(count) for count in outcome.levels.values()]
    assert topic.svg is not None
    assert len(topic.select(".prompts li")) == 3


def test_topics_of_one_section_have_prompts_of_their_own_while_there_are_enough() -> None:
    ids = tuple(q.id for q in aspire().sections[0].scale_questions[:2])
    topics = slides_view(aspire_round(), SlideOptions(ids)).topics
    offered = [prompt for topic in topics for prompt in topic.prompts[1:]]
    assert len(offered) == len(set(offered)) == 4


def test_the_checker_has_no_findings_and_figures_say_what_they_show(deck: bytes) -> None:
    assert findings_of(deck) == []
    assert all(alternatives_of(deck))
    assert tags_of(deck).count("H1") == 1


def test_the_same_result_gives_the_same_bytes_and_other_topics_another_hash() -> None:
    assert slides(disclosed_round(definition())) == slides(disclosed_round(definition()))
    other = slides_view(aspire_round(), SlideOptions(("reason",))).foot
    assert other != slides_view(aspire_round(), SlideOptions()).foot


def test_nothing_on_a_slide_is_smaller_than_18_points(deck: bytes) -> None:
    assert smallest_letters(deck) >= 17.99


ROUNDS: dict[str, Callable[[], Disclosed]] = {
    "ordinary": aspire_round,
    "no answer": lambda: disclosed_round(aspire(), respondents=0, organisations=0),
    "together": lambda: disclosed_round(aspire(), respondents=1, organisations=1, together=True),
    "all withheld": lambda: disclosed_round(aspire(), respondents=4, organisations=4, withhold=True),
    "many": lambda: disclosed_round(aspire(), respondents=200, organisations=60, invited=300, demo=True),
    "11 levels": lambda: disclosed_round(definition(levels=11), respondents=60, organisations=60),
    "2 levels": lambda: disclosed_round(definition(levels=2)),
    "long": lambda: disclosed_round(LONG, partnership=WORDS * 3),
    "many sections": lambda: disclosed_round(definition(*[section(f"s{k}", title=f"{WORDS} {k}") for k in range(12)])),
}


@pytest.mark.parametrize("made", ROUNDS)
def test_everything_stands_in_its_own_room_on_its_own_slide(made: str) -> None:
    html = slides_document(ROUNDS[made](), SlideOptions())
    document = laid_out(html, SLIDE_SHEETS)
    assert collisions(document, frozenset({"slide"})) == []
    assert len(document.pages) == html.count('<section class="slide')


def test_a_question_too_long_for_a_slide_goes_on_and_its_figures_follow() -> None:
    topics = slides_view(disclosed_round(LONG), SlideOptions(("q",))).topics
    assert " ".join(topic.ask for topic in topics).strip() == LONG_ASK
    assert [topic.figures for topic in topics].count(True) == 1


def test_a_withheld_question_that_was_picked_says_so_and_shows_no_figure() -> None:
    made = disclosed_round(aspire(), respondents=4, organisations=4, withhold=True)
    (topic,) = slides_view(made, SlideOptions(("reason",))).topics
    assert topic.bar is None
    assert topic.said == ("Not shown: too few people answered (4).",)
    assert {entry.voices for entry in topic.key} == {""}


def test_a_lone_voice_is_never_pointed_out() -> None:
    asked = definition()
    alone = Agreement(ad=Fraction(1, 3), label="close", patterns=("lone-voice",))
    options = SlideOptions(("purpose-1",))
    lone, plain = (
        slides_view(
            unlimited(made_result(asked, [0, 8, 0, 1], questions={"purpose-1": {"agreement": agreement}})), options
        ).topics
        for agreement in (alone, alone.model_copy(update={"patterns": ()}))
    )
    assert lone == plain


def test_what_people_answered_together_is_not_said_to_be_voices_of_organisations() -> None:
    text = _soup(ROUNDS["together"]()).get_text(" ")
    assert "answered together" in text
    assert "Why do views differ?" not in text


def test_the_closing_slide_names_the_questions_that_were_talked_about() -> None:
    said = slides_view(aspire_round(), SlideOptions(("reason",))).closing[0].points[0]
    assert said == "The level we agree on today, and what shows it: the questions we talked about (1.1)."


def test_the_page_for_screens_stands_alone_and_has_the_same_texts() -> None:
    page, printed = BeautifulSoup(slides_html(aspire_round()), "html.parser"), _soup(aspire_round())
    assert page.body is not None
    assert printed.body is not None
    assert page.body.get_text() == printed.body.get_text()
    assert page.find_all(["script", "link", "img"]) == page.find_all(style=True) == []
    ids = [element["id"] for element in page.find_all(id=True)]
    assert len(ids) == len(set(ids))


def test_names_are_shown_as_text() -> None:
    odd = "<b>Fen</b> {{ 7*7 }}"
    assert odd in text_of(slides(disclosed_round(definition(), partnership=odd)))


def test_a_topic_that_is_no_question_is_refused() -> None:
    with pytest.raises(NothingToPrint, match="nowhere"):
        slides(aspire_round(), SlideOptions(("nowhere",)))
