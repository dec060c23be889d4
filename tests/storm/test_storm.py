"""Short storms: nothing that was acknowledged is lost, and faults that would lose it are found."""

from __future__ import annotations

import pytest

from tests.database import NoPostgres
from tests.storm.plants import PLANTS
from tests.storm.storm import Storm, run


@pytest.mark.parametrize("postgres", [False, pytest.param(True, marks=pytest.mark.postgres)])
def test_nothing_acknowledged_is_lost_while_the_sites_processes_are_killed(*, postgres: bool) -> None:
    try:
        outcome = run(Storm(seconds=6, kills=12, postgres=postgres))
    except NoPostgres as reason:
        pytest.skip(str(reason))
    assert outcome.held, outcome.summary
    assert outcome.kills.total() >= 12
    assert outcome.verdict.answers
    assert outcome.verdict.submits


@pytest.mark.parametrize("plant", PLANTS)
def test_a_site_that_acknowledges_what_it_has_not_kept_is_found_out(plant: str) -> None:
    outcome = run(Storm(seconds=4, kills=6, plant=plant))
    assert not outcome.failed
    assert not outcome.verdict.refused
    assert outcome.verdict.lost or outcome.verdict.older_won
    assert not outcome.held
