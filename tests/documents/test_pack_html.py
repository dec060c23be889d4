"""The workshop pack as a page: equal content, parts, and nothing in it that may not be told."""

import re
from dataclasses import replace
from datetime import time
from fractions import Fraction
from itertools import pairwise

import pytest
from bs4 import BeautifulSoup

from a2p.documents.agreed_view import Settlement
from a2p.documents.known import Known, Planned
from a2p.documents.pack.options import PackOptions, PackPart
from a2p.documents.pack.page import pack_document, workshop_pack_html
from a2p.scoring.disclosure import unlimited
from a2p.scoring.frozen import Agreement
from tests.builders import definition, scale_question, section
from tests.documents.made import made_result
from tests.documents.packs import APART, voiced
from tests.documents.rounds import aspire, aspire_round, disclosed_round

HOSTILE = '</title><script>alert(1)</script>{{ 7*7 }}<img src="file:///etc/passwd">'
DIGEST = re.compile(r" · [0-9a-f]{8}")
FIRST_PAGES: dict[PackPart, str] = {"prepare": "In this pack", "discuss": "Ask the room", "decide": "What we will do"}


def _soup(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


@pytest.fixture(scope="module")
def page() -> BeautifulSoup:
    return _soup(workshop_pack_html(aspire_round()))


def test_the_page_stands_alone(page: BeautifulSoup) -> None:
    assert page.find("style") is not None
    assert page.find_all(["script", "link", "img", "iframe"]) == []
    assert "url(" not in str(page.style)


def test_it_has_the_same_texts_charts_and_tables_as_what_is_printed(page: BeautifulSoup) -> None:
    printed = _soup(pack_document(aspire_round(), PackOptions(), Known()))
    assert page.body is not None
    assert printed.body is not None
    assert page.body.get_text() == printed.body.get_text()
    assert len(page.find_all("svg")) == len(printed.find_all("svg")) > 20
    assert len(page.find_all("table")) == len(printed.find_all("table")) > 10


@pytest.mark.parametrize("large", [False, True])
def test_ids_are_unique_links_lead_somewhere_and_no_style_attribute_is_used(large: bool) -> None:
    soup = _soup(workshop_pack_html(aspire_round(), PackOptions(large_print=large)))
    ids = [element["id"] for element in soup.find_all(id=True)]
    assert len(ids) == len(set(ids))
    assert {link["href"] for link in soup.find_all("a")} <= {f"#{i}" for i in ids}
    assert soup.find_all(style=True) == []


@pytest.mark.parametrize("part", FIRST_PAGES)
def test_a_part_alone_has_its_own_pages_one_title_and_no_other_part(part: PackPart) -> None:
    soup = _soup(workshop_pack_html(aspire_round(), PackOptions(parts=(part,))))
    headings = {heading.get_text() for heading in soup.find_all(["h2", "h3"])}
    assert [name for name, words in FIRST_PAGES.items() if words in headings] == [part]
    assert len(soup.find_all("h1")) == 1
    levels = [int(h.name[1]) for h in soup.find_all(re.compile("^h[1-6]$"))]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert {link["href"][1:] for link in soup.find_all("a")} <= {element["id"] for element in soup.find_all(id=True)}


def test_texts_are_escaped_wherever_they_stand() -> None:
    odd = definition(
        section("a", scale_question("q", ask=HOSTILE, help=HOSTILE), title=HOSTILE, about=HOSTILE, discuss=[HOSTILE]),
        title=HOSTILE, subtitle=HOSTILE,
    )  # fmt: skip
    known = Known({"q": Settlement("level-1", HOSTILE)}, (Planned(*[HOSTILE] * 7),))
    html = workshop_pack_html(disclosed_round(odd, partnership=HOSTILE), known=known)
    assert _soup(html).find_all(["script", "img"]) == []
    assert "{{ 7*7 }}" in html


def test_a_lone_voice_is_pointed_out_to_nobody_whoever_the_result_was_disclosed_to() -> None:
    alone = Agreement(ad=Fraction(1), label="mixed", patterns=("lone-voice",))
    lone, plain = (
        workshop_pack_html(
            unlimited(made_result(definition(), [4, 4, 0, 1], questions={"purpose-1": {"agreement": agreement}})),
            PackOptions(topics=("purpose-1",)),
        )
        for agreement in (alone, alone.model_copy(update={"patterns": ()}))
    )
    assert lone == plain
    assert not re.search("(?i)lone.voice|one voice alone|stands alone", _soup(lone).get_text())


def test_of_what_is_withheld_no_figure_and_no_group_appears() -> None:
    made = disclosed_round(aspire(), respondents=4, organisations=4, withhold=True)
    soup = _soup(workshop_pack_html(made, PackOptions(topics=("seniority",))))
    said = soup.get_text()
    assert "Not shown: too few people answered (4)." in said
    assert soup.select(".topic-page svg") == []
    assert soup.select(".consensus svg") == []
    assert "Where groups differ" not in said
    assert "What people don’t know" not in said.replace("What people don’t know: too few answers to say", "")


def test_pages_that_a_result_has_nothing_for_are_left_out() -> None:
    soup = _soup(workshop_pack_html(disclosed_round(aspire(), respondents=0, organisations=0)))
    ids = {element["id"] for element in soup.find_all("section", id=True)}
    assert ids == {"agenda", "room", "picture", "how-to-read", "vote", "consensus", "actions"}
    assert "Answer the questions in the room" in soup.get_text()


def test_the_agenda_has_the_clocks_times_and_ends_in_time() -> None:
    options = PackOptions(length="board", start=time(14, 30), parts=("prepare",))
    soup = _soup(workshop_pack_html(aspire_round(), options))
    rows = [
        [cell.get_text(" ", strip=True) for cell in row.find_all(["td", "th"])]
        for row in soup.select(".agenda tbody tr")
    ]
    assert rows[0][0] == "14:30"
    assert rows[-1][:2] == ["14:50", "20"]
    assert sum(int(row[1]) for row in rows[:-1]) == 20


def test_what_is_known_is_filled_in() -> None:
    write = Planned(
        "Write it down", "Nobody asked", "The office", "None", "1 May", "It is there", "Under way", "1 June"
    )
    planned = replace(write, about="q1", carried_from="Spring 2025")
    known = Known({"q1": Settlement("level-2", "Both papers say so.", 5)}, (planned, replace(planned, status="Done")))
    soup = _soup(workshop_pack_html(voiced({"q1": APART}), PackOptions(parts=("decide",)), known))
    assert [tick.get_text(strip=True) for tick in soup.select(".tick.on")] == ["×Level 2"]
    assert "Both papers say so." in soup.get_text()
    rows = [[c.get_text(" ", strip=True) for c in row.find_all(["th", "td"])] for row in soup.select(".acts tbody tr")]
    first = "Write it down (1.1) Under way, Spring 2025"
    assert rows[0] == [first, "Nobody asked", "The office", "None", "1 May", "It is there", "1 June"]
    assert {row[0] for row in rows[1:]} == {"to fill in"}
    assert [cell.get_text() for cell in soup.select("tbody .v-votes b")] == ["5"]


def test_all_inputs_are_in_the_hash_at_the_foot_and_their_order_is_not() -> None:
    def foot(options: PackOptions | None = None, known: Known | None = None) -> str:
        body = _soup(workshop_pack_html(voiced({"q1": APART}), options, known)).body
        assert body is not None
        return str(body["data-foot"])

    one, other = ("q1", Settlement("level-1")), ("q2", Settlement(None))
    assert foot() == foot()
    assert foot(known=Known(dict([one, other]))) == foot(known=Known(dict([other, one])))
    changed = [
        foot(PackOptions(length="board")),
        foot(PackOptions(topics=("q2",))),
        foot(PackOptions(start=time(9))),
        foot(PackOptions(parts=("prepare",))),
        foot(known=Known(dict([one]))),
        foot(known=Known(actions=(Planned("x"),))),
    ]
    assert len({foot(), *changed}) == 7
