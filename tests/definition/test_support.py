"""The catalogue of support: what it holds and what is wrong with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from a2p.definition.problems import DefinitionErrors
from a2p.definition.support import load_support, modules_beside, parse_support

CATALOGUE = """\
modules:
  - id: workshop
    title: A workshop
    summary: Half a day together.
    format: workshop
    length: Half a day
    serves: [small/purpose]
  - id: library
    title: A library
    summary: Short accounts.
    format: reading
    length: An hour
"""
SECTIONS = {"small": frozenset({"purpose", "voice"})}


def problems_of(text: str) -> list[str]:
    try:
        parse_support(text.encode(), "f", SECTIONS)
    except DefinitionErrors as errors:
        return [str(problem).removeprefix("f:") for problem in errors.problems]
    return []


def test_a_module_says_which_sections_it_serves() -> None:
    modules = parse_support(CATALOGUE.encode(), "f", SECTIONS).modules
    assert [module.id for module in modules if "small/purpose" in module.serves] == ["workshop"]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "format: workshop",
            "format: workshp",
            "5:13: module workshop, format: unsupported word workshp: workshop, peer-visit",
        ),
        ("id: library", "id: workshop", "8:9: module workshop, id: the id workshop is taken by a module above"),
        (
            "small/purpose",
            "small/purpos",
            "7:14: module workshop, serves 1: there is no section small/purpos (did you mean",
        ),
        ("    length: An hour\n", "", "8:5: module library: length is missing"),
        ("title: A library", "titel: A library", "8:5: module library: title is missing"),
    ],
)
def test_each_mistake_is_located(old: str, new: str, expected: str) -> None:
    assert problems_of(CATALOGUE.replace(old, new))[0].startswith(expected)


def test_a_served_section_is_written_as_questionnaire_and_section() -> None:
    assert problems_of(CATALOGUE.replace("small/purpose", "purpose"))[0].startswith(
        "7:14: module workshop, serves 1: purpose is not written as questionnaire/section"
    )


def test_modules_beside_a_file_are_known_even_from_a_faulty_catalogue(tmp_path: Path) -> None:
    assert modules_beside(tmp_path) is None
    (tmp_path / "support.yaml").write_text(CATALOGUE.replace("format: workshop", "format: 5"))
    assert modules_beside(tmp_path) == frozenset({"workshop", "library"})
    with pytest.raises(DefinitionErrors):
        load_support(tmp_path / "support.yaml")
