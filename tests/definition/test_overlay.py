"""Overlays: texts in another language or in local words, over a structure that stays in one place."""

from __future__ import annotations

from pathlib import Path

import pytest

from a2p.definition.model import Questionnaire, ScaleQuestion
from a2p.definition.overlay import Overlay, apply, base_of, load_overlay, missing, parse_overlay
from a2p.definition.overlay_texts import overlaid, places
from a2p.definition.problems import DefinitionErrors
from tests.builders import definition, options, question, scale_question, section

BASE = definition(
    section(
        "purpose",
        scale_question("aim", levels=2, help="A hint.", advise=[{"below": "level-2", "say": "Write it down."}]),
        question("reviewer", "choice", options=options("board", "nobody")),
        question("members", "number", unit="organisations"),
        discuss=["What would stop?", "Who would notice?"],
    ),
    levels=2,
    subtitle="A small one",
    bands=[{"id": "early", "label": "Early days", "from": 0}, {"id": "later", "label": "Later", "from": 50}],
)

WELSH = """\
overlay: sample
language: cy
title: Sampl
subtitle: Un bach
scales: {scale-2: {level-1: Lefel un, level-2: Lefel dau}}
bands: {early: Dyddiau cynnar, later: Yn nes ymlaen}
sections:
  purpose:
    title: Pwrpas
    discuss: [Beth fyddai'n stopio?, Pwy fyddai'n sylwi?]
    questions:
      aim:
        ask: A yw'r nod yn glir?
        help: Awgrym.
        levels: {level-1: Nac ydy., level-2: Ydy.}
        advise: [Ysgrifennwch e.]
      reviewer: {ask: Pwy?, options: {board: Y bwrdd, nobody: Neb}}
      members: {ask: Faint?, unit: sefydliad}
"""


def overlay(text: str, name: str = "sample.cy.yaml") -> Overlay:
    return parse_overlay(text.encode(), name, BASE)


def problems_of(text: str, name: str = "sample.cy.yaml", base: Questionnaire | None = BASE) -> list[str]:
    try:
        parse_overlay(text.encode(), name, base)
    except DefinitionErrors as errors:
        return [str(problem).removeprefix(f"{name}:") for problem in errors.problems]
    return []


def test_every_text_can_be_overlaid() -> None:
    welsh = overlay(WELSH)
    assert missing(BASE, welsh) == ()
    shown = apply(BASE, [welsh])
    assert places(shown) == {place: welsh.texts.get(place) for place in places(BASE)}
    assert shown.language == "cy"
    assert shown.sections[0].discuss == ("Beth fyddai'n stopio?", "Pwy fyddai'n sylwi?")
    aim = shown.question("aim")
    assert isinstance(aim, ScaleQuestion)
    assert aim.levels == {"level-1": "Nac ydy.", "level-2": "Ydy."}
    assert aim.advise[0].say == "Ysgrifennwch e."
    assert [level.label for level in shown.scales["scale-2"]] == ["Lefel un", "Lefel dau"]


def test_all_but_texts_stays_the_bases() -> None:
    blank = {place: "x" for place, text in places(BASE).items() if text is not None}
    welsh = apply(BASE, [overlay(WELSH)])
    assert overlaid(welsh, blank) == overlaid(BASE, blank).model_copy(update={"language": "cy"})


def test_a_missing_text_falls_back_to_the_base_and_is_listed() -> None:
    welsh = overlay(WELSH.replace("        help: Awgrym.\n", "").replace("bands: {early: Dyddiau cynnar, ", "bands: {"))
    assert missing(BASE, welsh) == (("bands", "early"), ("sections", "purpose", "questions", "aim", "help"))
    shown = apply(BASE, [welsh])
    assert shown.question("aim").help == "A hint."
    assert shown.bands is not None
    assert shown.bands[0].label == "Early days"


def test_local_words_may_be_few_and_lie_over_the_language() -> None:
    local = overlay("overlay: sample\ntitle: Ein sampl\n", "sample.local.yaml")
    assert missing(BASE, local) == ()
    shown = apply(BASE, [local, overlay(WELSH)])
    assert (shown.title, shown.subtitle, shown.language) == ("Ein sampl", "Un bach", "cy")


def test_no_overlay_changes_nothing() -> None:
    assert apply(BASE, []) == BASE


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "  purpose:",
            "  purpos:",
            "8:3: section purpos: sample has nothing of this name here (did you mean purpose?)",
        ),
        (
            "      aim:",
            "      aims:",
            "12:7: section purpose, question aims: sample has nothing of this name here (did you",
        ),
        (
            "{level-1: Nac",
            "{level-9: Nac",
            "15:18: section purpose, question aim, level level-9: sample has nothing of this",
        ),
        (
            "board: Y bwrdd",
            "bord: Y bwrdd",
            "17:39: section purpose, question reviewer, option bord: sample has nothing",
        ),
        ("{early:", "{earley:", "6:9: band earley: sample has nothing of this name here (did you mean early?)"),
        ("{scale-2:", "{scale-3:", "5:10: scale scale-3: sample has nothing of this name here (did you mean scale-2?)"),
        ("[Ysgrifennwch e.]", "[Un., Dau.]", "16:23: section purpose, question aim, advice 2: sample has only 1 here"),
        (
            "{ask: Pwy?,",
            "{ask: Pwy?, unit: x,",
            "17:29: section purpose, question reviewer, unit: sample has nothing of this",
        ),
        ("title: Pwrpas", "titel: Pwrpas", "9:5: section purpose, titel: unknown key (did you mean title?)"),
        ("title: Sampl", "weight: 2", "3:1: weight: unknown key"),
        ("ask: Pwy?", "ask: 5", "17:23: section purpose, question reviewer, ask: text is meant here, not the number 5"),
        (
            "overlay: sample",
            "overlay: other",
            "1:10: overlay: the file is called sample.cy.yaml, so this must be sample",
        ),
        (
            "language: cy",
            "language: en",
            "2:11: language: the file is called sample.cy.yaml, so the language must be cy",
        ),
        ("overlay: sample\n", "", "1:1: the file: overlay is missing"),
    ],
)
def test_each_mistake_of_an_overlay_is_located(old: str, new: str, expected: str) -> None:
    assert WELSH.count(old) == 1
    problems = problems_of(WELSH.replace(old, new))
    assert len(problems) == 1, problems
    assert problems[0].startswith(expected), problems


def test_a_languages_overlay_names_its_language() -> None:
    assert problems_of("overlay: sample\n") == [
        "1:1: language: the file is called sample.cy.yaml, so the language must be cy"
    ]
    assert problems_of("overlay: sample\n", "sample.local.yaml") == []


def test_the_files_name_says_the_layer() -> None:
    assert overlay(WELSH).layer == "language"
    assert overlay("overlay: sample", "x/sample.local.yaml").layer == "local"
    for name in ("sample.yaml", "sample.fr.yaml"):
        assert problems_of("overlay: sample", name) == [
            "1:1: the file: an overlay's file is called sample.en.yaml, sample.cy.yaml or sample.local.yaml"
        ]


def test_without_a_sound_base_only_the_overlays_own_mistakes_are_told() -> None:
    assert problems_of(WELSH.replace("  purpose:", "  purpos:"), base=None) == []


@pytest.mark.parametrize("text", ["", "- a", "5", "a: [", "\x00"])
def test_what_is_no_overlay_at_all_is_told(text: str) -> None:
    assert len(problems_of(text)) == 1


def test_another_text_is_another_hash() -> None:
    assert overlay(WELSH).sha256 == overlay(WELSH + "# a note\n").sha256
    assert overlay(WELSH).sha256 != overlay(WELSH.replace("Sampl", "Samplau")).sha256


def test_an_overlay_loads_from_its_file(tmp_path: Path) -> None:
    path = tmp_path / "sample.cy.yaml"
    path.write_text(WELSH, encoding="utf-8")
    assert load_overlay(path, BASE) == overlay(WELSH)
    assert base_of(path) == "sample"
