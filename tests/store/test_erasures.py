"""The erasure list: lines that outlive crashes, and say nothing to whoever hasn't the site's key."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from a2p.store.erasures import BrokenList, ErasureList


@pytest.fixture
def erasures(tmp_path: Path) -> ErasureList:
    return ErasureList(tmp_path / "data" / "erased.jsonl", "s" * 40)


def test_what_is_added_is_read_in_the_same_order(erasures: ErasureList) -> None:
    assert erasures.read() == []
    lines = [erasures.of_person("ben@example.org", 4, [2, 1], [7]), erasures.of_round(12)]
    for line in lines:
        erasures.add(line)
    assert erasures.read() == lines
    assert (lines[0].person, lines[0].contacts, lines[0].invitations, lines[1].round) == (4, (1, 2), (7,), 12)


def test_an_address_has_one_hash_in_any_capitals_under_one_key(erasures: ErasureList) -> None:
    assert erasures.hash_of("Ben@Example.org ") == erasures.hash_of("ben@example.org")
    assert erasures.hash_of("ben@example.org") != erasures.hash_of("eve@example.org")
    other = ErasureList(erasures.path, "t" * 40)
    assert other.hash_of("ben@example.org") != erasures.hash_of("ben@example.org")
    assert other.key != erasures.key


def test_a_line_that_was_broken_off_is_left_out_and_the_next_stands_alone(erasures: ErasureList) -> None:
    first, second = erasures.of_round(1), erasures.of_round(2)
    erasures.add(first)
    with erasures.path.open("ab") as torn:
        torn.write(b'{"id": "ab')
    assert erasures.read() == [first]
    erasures.add(second)
    assert erasures.read() == [first, second]


def test_a_line_that_was_spoilt_is_named(erasures: ErasureList) -> None:
    erasures.add(erasures.of_round(1))
    erasures.path.write_bytes(b"not a line\n" + erasures.path.read_bytes())
    with pytest.raises(BrokenList, match=r"erased.jsonl, line 1"):
        erasures.read()


def test_two_who_erase_at_once_write_whole_lines(erasures: ErasureList) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda number: erasures.add(erasures.of_round(number)), range(40)))
    assert sorted(line.round or 0 for line in erasures.read()) == list(range(40))
