"""Reading YAML: plain values, where they stand, and what is refused."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from a2p.definition.loader import parse
from a2p.definition.nodes import read_tree
from a2p.definition.problems import DefinitionErrors, Problem
from tests.definition.yaml_texts import SMALL, problems_of


def refusals(data: bytes) -> list[str]:
    return [str(problem).removeprefix("f:") for problem in read_tree(data, "f").refused()]


def test_values_are_plain_and_numbers_exact() -> None:
    tree = read_tree(b"a: 0.10\nb: 007a\nc: [1, -2.5, true, x]\nd: {e: '5'}\nf: 1.0\n", "f")
    assert tree.value == {
        "a": Decimal("0.10"),
        "b": "007a",
        "c": (1, Decimal("-2.5"), True, "x"),
        "d": {"e": "5"},
        "f": 1,
    }
    assert not tree.refused()


def test_every_value_and_key_has_its_line_and_column() -> None:
    tree = read_tree("ŵ: x\nlist:\n  - one\n  - {two: 2}\n".encode(), "f")
    two = ("list", 1, "two")
    assert (tree.keys[two].line, tree.keys[two].column) == (4, 6)
    assert (tree.values[two].line, tree.values[two].column) == (4, 11)


@pytest.mark.parametrize("word", ["no", "No", "NO", "on", "off", "yes", "True"])
def test_words_that_yaml_takes_for_true_or_false_must_be_quoted(word: str) -> None:
    assert refusals(f"a: {word}".encode()) == [
        f'1:4: a: {word} is read as true or false: if it is text, write "{word}" in quotation marks; '
        "if not, write true or false"
    ]
    assert refusals(f'a: "{word}"'.encode()) == []


@pytest.mark.parametrize("date", ["2008-04-22", "2008-04-22T10:00:00Z", "2008-04-22 10:00:00"])
def test_dates_must_be_quoted(date: str) -> None:
    assert refusals(f"a: {date}".encode()) == [
        f'1:4: a: {date} is read as a date: if it is text, write "{date}" in quotation marks'
    ]


@pytest.mark.parametrize("number", ["0x1F", "010", "1_000", "12:30", ".inf", ".nan", "1e3", "+5", "5.", "1" * 40])
def test_numbers_that_tools_read_differently_are_refused(number: str) -> None:
    [refusal] = refusals(f"a: {number}".encode())
    assert refusal.startswith(f"1:4: a: {number} is read as a number")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\na: 2", "2:1: a: this key stands twice, first in line 1"),
        ("a:", "1:3: a: nothing stands here: give a value or remove the key"),
        ("a: ~", "1:4: a: nothing stands here: give a value or remove the key"),
        ("a: &x 1", "1:4: a: anchors (&x) are not allowed: remove it"),
        ("a: !!str 1", "1:4: a: tags (tag:yaml.org,2002:str) are not allowed: remove it"),
        ("a: !!python/name:id 1", "1:4: a: tags (tag:yaml.org,2002:python/name:id) are not allowed: remove it"),
        ("on: 1", '1:1: on: this key is not read as text: write "on" in quotation marks'),
        ("? [a]\n: 1", "1:3: key in line 1: a key must be a word, not a list or a group of keys"),
        ("' a': 1", "1:1: a: this key has spaces around it"),
        ("a: 1\n---\nb: 2", "2:1: the file: a second document starts here (---): keep one to a file"),
        ("", "1:1: the file: the file is empty"),
        ("a: b: c", "1:5: the file: a colon inside text: put the text in quotation marks"),
        ("a: 'x", "1:6: the file: quotation marks are opened and never closed; it began in line 1"),
        ("a: [1,\nb", "2:2: the file: a comma or a closing ] is missing; it began in line 1"),
        ("a: 1\x00", "1:5: the file: an invisible control character (U+0000): remove it"),
        ("a: x\ny\x1bz", "2:2: the file: an invisible control character (U+001B): remove it"),
    ],
)
def test_each_refusal_is_located_and_says_what_to_do(text: str, expected: str) -> None:
    assert refusals(text.encode()) == [expected]


def test_an_alias_is_refused_beside_its_anchor() -> None:
    assert refusals(b"a: &x 1\nb: *x")[1] == "2:4: b: aliases (*x) are not allowed: write it out"


def test_bad_utf_8_is_located() -> None:
    assert refusals("a: ŵ\nb: ".encode() + b"\xff") == [
        "2:4: the file: not UTF-8 text: save the file with the encoding UTF-8"
    ]


def test_a_file_over_1_mb_is_refused() -> None:
    assert refusals(b"#" * 1_000_001) == ["1:1: the file: larger than 1 MB (1,000,001 bytes)"]


@pytest.mark.parametrize("opening", [b"[", b"{a: ", b"- "])
def test_nesting_deeper_than_20_is_refused_however_deep(opening: bytes) -> None:
    for depth in (21, 100_000):
        [refusal] = refusals(opening * depth)
        assert refusal.endswith("nested deeper than 20")
    assert "nested" not in " ".join(refusals(opening * 20))


def test_a_byte_order_mark_and_windows_line_ends_change_nothing() -> None:
    windows = b"\xef\xbb\xbf" + SMALL.replace("\n", "\r\n").encode()
    assert parse(windows, "f") == parse(SMALL.encode(), "f")
    assert problems_of(windows.replace(b"title: Small", b"title: 5")) == [
        "3:8: title: text is meant here, not the number 5: put it in quotation marks"
    ]


def loads_or_tells(data: bytes) -> None:
    problems: tuple[Problem, ...] = ()
    try:
        parse(data, "f")
    except DefinitionErrors as errors:
        problems = errors.problems or (Problem(0, 0, "", "errors without any"),)
    lines = len(data.decode("utf-8", "replace").splitlines())
    for problem in problems:
        assert 1 <= problem.line <= lines + 1
        assert problem.column >= 1
        assert "\n" not in str(problem)


@given(st.binary(max_size=400))
def test_any_bytes_give_a_definition_or_located_errors(data: bytes) -> None:
    loads_or_tells(data)


@given(st.text(alphabet=list("ab:-[]{}&*!|>'\"#?,\n \t%@0.~ŵ\r\0"), max_size=120))
def test_any_yaml_like_text_gives_a_definition_or_located_errors(text: str) -> None:
    loads_or_tells(text.encode())


@given(st.integers(0, len(SMALL)), st.integers(0, 60), st.text(max_size=12))
def test_a_definition_torn_anywhere_gives_a_definition_or_located_errors(start: int, length: int, put: str) -> None:
    loads_or_tells((SMALL[:start] + put + SMALL[start + length :]).encode("utf-8", "surrogatepass"))


_LINES = SMALL.splitlines()
_VALUES = ["5", "no", "~", "[]", "{}", "[[x]]", "{x: y}", "2008-04-22", "text", "true", "", "1.5", "'5'"]


@given(st.integers(0, len(_LINES) - 1), st.sampled_from(_VALUES))
def test_any_value_of_any_type_anywhere_gives_a_definition_or_located_errors(line: int, value: str) -> None:
    key = _LINES[line].partition(":")[0]
    loads_or_tells("\n".join([*_LINES[:line], f"{key}: {value}", *_LINES[line + 1 :]]).encode())
