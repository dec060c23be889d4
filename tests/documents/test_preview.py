"""A questionnaire as one page for review: everything is on it, and it can stand inside another page."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup

from a2p.definition import catalogue
from a2p.definition.loader import parse
from a2p.definition.model import Questionnaire
from a2p.definition.overlay_texts import places
from a2p.documents.preview import preview_body, preview_html
from tests.definition.yaml_texts import SMALL, small_with

HOSTILE = "<script>alert(1)</script> {{ 7 * 7 }} & “more”"


def small(text: str = SMALL) -> Questionnaire:
    return parse(text.encode(), "small")


def page(definition: Questionnaire) -> BeautifulSoup:
    return BeautifulSoup(preview_html(definition, catalogue.support_modules()), "html5lib")


def said(definition: Questionnaire) -> str:
    return " ".join(page(definition).get_text(" ").split())


@pytest.mark.parametrize("name", ["aspire", "two-tier", "perform", "place-shaping", "member-engagement", "first-look"])
def test_every_text_of_a_questionnaire_is_on_the_page(name: str) -> None:
    definition = catalogue.read(name)
    shown = re.sub(r"\s", "", page(definition).get_text())
    for place, text in places(definition).items():
        if text is not None and place[0] != "bands":
            assert re.sub(r"\s", "", text) in shown, place


def test_a_section_names_its_sources_and_its_support_by_title() -> None:
    shown = said(catalogue.read("first-look"))
    assert "Aspire 2 Perform launch event report, 22 April 2008 (3.5)" in shown
    assert "A facilitated governance workshop" in shown
    assert "governance-workshop" not in shown


def test_without_a_catalogue_support_is_named_by_its_id() -> None:
    assert "governance-workshop" in preview_body(catalogue.read("first-look"))


def test_a_section_says_who_answers_it() -> None:
    shown = said(catalogue.read("member-engagement"))
    assert "Answered by councillors. The coordinator adds evidence." in shown
    assert "Answered by partners and councillors." in shown
    assert "Asked once, of the coordinator. Not scored." in shown


def test_a_condition_is_told_in_the_words_of_the_question() -> None:
    assert "Asked only if the answer to 1.1 is “Working”." in said(small())


def test_key_not_applicable_and_weight_are_told() -> None:
    change = "ask: Is the aim clear?\n        key: true\n        not_applicable: true\n        weight: 2.50"
    shown = said(small(small_with("ask: Is the aim clear?", change)))
    assert "Is the aim clear? ◆ key question" in shown
    assert "Not applicable may be chosen, with a reason." in shown
    assert "Counts 2.5 times in its section." in shown


@pytest.mark.parametrize("levels", [2, 7, 11])
def test_a_scale_of_any_length_is_shown_with_its_shades(levels: int) -> None:
    ids = [f"l{place}" for place in range(1, levels + 1)]
    scale = "".join(f"    - {{id: {each}, label: Level {each}}}\n" for each in ids)
    told = ", ".join(f"{each}: Told of {each}." for each in ids)
    text = SMALL.replace("    - {id: not-yet, label: Not yet}\n    - {id: working, label: Working}\n", scale)
    text = text.replace("{not-yet: Nobody says so., working: Everybody says so.}", f"{{{told}}}")
    found = page(small(text.replace("aim: [working]", "aim: [l2]")))
    assert [each["class"][1] for each in found.select(".preview-step")] == [
        f"step-{levels}-{place}" for place in range(1, levels + 1)
    ]
    assert [item.get_text(" ", strip=True) for item in found.select(".preview-levels li")] == [
        f"Level {each} Told of {each}." for each in ids
    ]


def test_texts_are_data_and_never_markup() -> None:
    definition = small(small_with("ask: Is the aim clear?", f"ask: '{HOSTILE}'"))
    found = page(definition)
    assert not found.find_all("script")
    assert HOSTILE in found.get_text()


def test_inside_another_page_it_has_no_h1_no_styles_and_no_id_twice() -> None:
    found = BeautifulSoup(preview_body(catalogue.read("perform")), "html5lib")
    assert not found.find_all(["h1", "style", "script", "link", "main"])
    assert not found.find_all(style=True)
    ids = [each["id"] for each in found.find_all(id=True)]
    assert len(ids) == len(set(ids))
    links = {link["href"] for link in found.find_all("a")}
    assert links <= {f"#{each}" for each in ids}


def test_every_class_of_the_page_has_a_rule() -> None:
    found = page(catalogue.read("two-tier"))
    rules = "".join(style.string or "" for style in found.find_all("style"))
    bare = {"preview-about"}  # marks the introduction; it looks as running text does
    used = {name for each in found.find_all(class_=True) for name in each["class"]} - bare - {"plain"}
    assert [name for name in sorted(used) if f".{name}" not in rules] == []


def test_standing_alone_it_loads_nothing() -> None:
    found = page(catalogue.read("aspire"))
    assert found.title is not None
    assert found.title.get_text() == "Aspire: the questions, for review"
    assert len(found.find_all("h1")) == 1
    assert not found.find_all(src=True)
    assert not found.find_all("link")
    assert "url(" not in preview_html(catalogue.read("aspire"))
