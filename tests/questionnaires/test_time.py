"""A questionnaire takes no longer than it says."""

from __future__ import annotations

import pytest

from tests.questionnaires.texts import ALL, LONG, SHORT, definition
from tests.questionnaires.time_needed import Put, put_to


@pytest.mark.parametrize("name", ALL)
def test_read_aloud_and_answered_it_takes_no_longer_than_it_says(name: str) -> None:
    promised = definition(name).minutes
    assert promised is not None
    assert max(put_to(name, "partner").minutes, put_to(name, "councillor").minutes) <= promised


def test_a_long_one_promises_twenty_minutes_and_the_short_one_ten() -> None:
    assert {definition(name).minutes for name in LONG} == {20}
    assert definition(SHORT).minutes == 10


def test_a_partner_without_a_seat_on_a_council_is_asked_two_sections_of_member_engagement() -> None:
    assert put_to("member-engagement", "partner").minutes <= 10


def test_minutes_count_the_words_the_choosing_and_the_writing() -> None:
    assert Put(words=183, scored=4, open=1).minutes == 3
