"""Codes to type by hand: long, never the same, and read as people type them."""

from __future__ import annotations

import re

import pytest

from a2p.store.tokens import code_hash, new_code


def test_codes_are_three_groups_of_four_without_letters_that_look_like_others() -> None:
    made = {new_code() for _ in range(1000)}
    assert len(made) == 1000
    for code in made:
        assert re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}", code)


@pytest.mark.parametrize(
    "typed",
    ["01AB-C1D0-XYZ9", "01abc1d0xyz9", " 01AB C1D0 XYZ9 ", "OlAB-CIDo-XYZ9", "0iab–cld0–xyz9", "01AB.C1D0.XYZ9"],
)
def test_a_code_is_known_however_it_is_typed(typed: str) -> None:
    assert code_hash(typed) == code_hash("01AB-C1D0-XYZ9")


@pytest.mark.parametrize("typed", ["", "01AB-C1D0-XYZ", "01AB-C1D0-XYZ99", "1OAB-C1D0-XYZ9", "01AB-C1D0-XYZé"])
def test_another_code_is_another(typed: str) -> None:
    assert code_hash(typed) != code_hash("01AB-C1D0-XYZ9")
