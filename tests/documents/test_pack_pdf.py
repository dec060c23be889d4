"""The workshop pack on paper: pages, lines, letters, tags."""

import io
import itertools
from collections.abc import Callable

import pypdf
import pytest

from a2p.documents.agreed_view import Settlement
from a2p.documents.known import Known, Planned
from a2p.documents.pack.options import PackOptions, PackPart
from a2p.documents.pack.page import pack_document
from a2p.documents.pack.pdf import LARGE_SHEETS, SHEETS, workshop_pack
from a2p.documents.picture import picture
from a2p.scoring.disclosure import Disclosed, unlimited
from tests.builders import definition, question, section
from tests.documents.made import made_result
from tests.documents.pdf import (
    alternatives_of,
    findings_of,
    marks_outside,
    pages_of,
    smallest_letters,
    tables_of,
    tags_of,
)
from tests.documents.rounds import aspire, aspire_round, disclosed_round

LONG = "Many words follow one another here without any end in sight. " * 30
KNOWN = Known(
    {"groups": Settlement("working", "The papers of May say so.", 4)},
    tuple(Planned(f"Action {k}: " + LONG[:200], LONG[:150], "The office", due="1 June 2026") for k in range(9)),
)


@pytest.fixture(scope="module")
def pack() -> bytes:
    return workshop_pack(aspire_round(), PackOptions(length="half-day"), KNOWN)


@pytest.fixture(scope="module")
def pages(pack: bytes) -> list[str]:
    return [" ".join(page.split()) for page in pages_of(pack)]


def _long() -> Disclosed:
    texts = {f"level-{k}": LONG for k in range(1, 12)}
    asked = question("q", "scale", levels=texts, scale="scale-11", ask=LONG, help=LONG)
    whole = definition(
        section("a", asked, discuss=[LONG] * 7), section("b", title="Supercalifragilistic" * 12), levels=11
    )
    return unlimited(made_result(whole, organisations=60, respondents=200))


def test_the_same_inputs_give_the_same_bytes() -> None:
    one, other = (workshop_pack(aspire_round(), PackOptions(parts=("decide",)), KNOWN) for _ in range(2))
    assert one == other


def test_each_of_the_five_widest_disagreements_has_exactly_one_page(pages: list[str]) -> None:
    for place, pick in enumerate(picture(aspire_round()).widest, start=1):
        (page,) = (text for text in pages if f"topic {place} of 5" in text)
        assert f"{pick.number} {pick.asked.ask}" in page
        assert all(" ".join(text.split()[:6]) in page for text in pick.asked.levels.values())
        assert "Ask the room" in page
        assert "Notes" in page
        after = pages[pages.index(page) + 1]
        assert "topic" in after or "Where groups differ" in after


def test_a_topic_with_long_texts_and_eleven_levels_has_one_page_too() -> None:
    made = workshop_pack(_long(), PackOptions(topics=("q",), parts=("discuss",)))
    found = pages_of(made)
    assert sum("topic 1 of 1" in page for page in found) == 1
    (at,) = (k for k, page in enumerate(found) if "Ask the room" in page)
    assert "topic 1 of 1" in found[at]
    assert findings_of(made) == []


def test_parts_stand_in_their_order_each_page_where_the_contents_say(pages: list[str]) -> None:
    order = [
        "Agenda: half a day",
        "Before the day The room",
        "How to read the picture Levels",
        "What is strong 5 of",
        "topic 1 of 5",
        "Where groups differ On",
        "What matters most Everybody",
        "What we agree The",
        "What we will do One",
    ]
    found = [next(k for k, page in enumerate(pages) if words in page and k) for words in order]
    assert found == sorted(found)
    assert found[:3] == [1, 2, 4]
    assert f"What matters most: vote sheet Wall {found[6] + 1}" in pages[0]
    assert f"Three votes each, all on one question or spread. Count them aloud. {found[6] + 1}" in pages[1]


def test_the_picture_and_the_agenda_each_stand_on_one_page(pages: list[str]) -> None:
    assert "3:00 180 End" in pages[1]
    assert "Where the partnership stands" in pages[3]
    assert "Who answered" in pages[4]


def test_actions_there_are_go_over_pages_with_their_heading_and_leave_rows_for_new_ones(pages: list[str]) -> None:
    sheets = [page for page in pages if "Review date" in page]
    assert len(sheets) > 1
    assert all(any(f"Action {k}:" in sheet for sheet in sheets) for k in range(9))
    assert "New actions" in sheets[-1]
    assert "to fill in" in sheets[-1]


def test_no_page_is_empty_and_every_page_has_its_number_and_the_round(pages: list[str]) -> None:
    for number, page in enumerate(pages, start=1):
        assert f"{number} of {len(pages)}" in page
        assert "Aspire · Spring 2026" in page
        assert len(page) > 230, page
        assert not page.startswith(("Notes", "Another question"))


def test_the_sheet_for_actions_lies_across_and_all_others_stand(pack: bytes) -> None:
    across = [sheet.mediabox.width > sheet.mediabox.height for sheet in pypdf.PdfReader(io.BytesIO(pack)).pages]
    assert across == sorted(across)
    assert any(across)
    assert not across[0]


def test_the_checker_has_no_findings(pack: bytes) -> None:
    assert findings_of(pack) == []


def test_headings_never_skip_a_level_tables_have_headers_and_charts_say_what_they_show(pack: bytes) -> None:
    levels = [int(tag[1]) for tag in tags_of(pack) if tag in {"H1", "H2", "H3", "H4"}]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    assert all("TH" in tags for tags in tables_of(pack))
    assert all(alternatives_of(pack))


def test_large_print_has_no_small_letters_and_no_findings(pack: bytes) -> None:
    large = workshop_pack(aspire_round(), PackOptions(large_print=True, topics=("contact",)), KNOWN)
    assert findings_of(large) == []
    assert smallest_letters(large) >= 15.99
    assert smallest_letters(pack) >= 7.99


ROUNDS: dict[str, tuple[Callable[[], Disclosed], PackPart]] = {
    "no answer": (lambda: disclosed_round(aspire(), respondents=0, organisations=0), "prepare"),
    "together": (lambda: disclosed_round(aspire(), respondents=1, organisations=1, together=True), "discuss"),
}


@pytest.mark.parametrize("made", ROUNDS)
def test_rounds_without_a_spread_pass_the_checker_and_have_no_page_of_notes_alone(made: str) -> None:
    round_, part = ROUNDS[made]
    paper = workshop_pack(round_(), PackOptions(parts=(part,)))
    assert findings_of(paper) == []
    assert not any(" ".join(page.split()).startswith("Notes") for page in pages_of(paper))


@pytest.mark.parametrize(("made", "large"), [(_long, False), (_long, True), (aspire_round, True)])
def test_no_text_and_no_chart_leaves_the_column(made: Callable[[], Disclosed], large: bool) -> None:
    topics = ("contact",) if made is aspire_round else ()
    html = pack_document(made(), PackOptions(large_print=large, topics=topics), KNOWN)
    assert marks_outside(html, sheets=LARGE_SHEETS if large else SHEETS) == []
