"""What is taken away, and what is put in its place."""

from __future__ import annotations

import pytest

from a2p.settings import ROOT
from tests.mutate.conditions import IN_A_QUERY, mutants_of


@pytest.mark.parametrize(
    ("source", "without"),
    [
        ("q.where(Round.partnership_id == x.id, Round.name == n)", "q.where(QUERY, Round.name == n)"),
        ("q.where(Round.partnership_id.in_(ids))", "q.where(QUERY)"),
        ("q.where((_t.c.round_id == r) & _t.c.on)", "q.where((QUERY) & _t.c.on)"),
        ("q.join(Person, Person.id == Grant.person_id)", "q.join(Person, QUERY)"),
        ("w = A if x is None else Response.invitation_id == x.id", "w = A if x is None else QUERY"),
        ("q.filter_by(partnership_id=7, name=n)", "q.filter_by(**{}, name=n)"),
        ("q.where(tuple_(R.partnership_id, R.name) == pair)", "q.where(QUERY)"),
        ("if found is None or found.round_id != args['round_id']: pass", "if found is None or False: pass"),
        ("if args['round_id'] == found.round_id: pass", "if True: pass"),
        ("ok = invitation_id in principal.invitations", "ok = True"),
        ("any(g for g in grants if g.covers(facts))", "any(g for g in grants if True)"),
    ],
)
def test_a_condition_is_replaced_by_what_changes_nothing(source: str, without: str) -> None:
    (mutant,) = mutants_of(source)
    assert mutant.source.replace(IN_A_QUERY, "QUERY") == without


@pytest.mark.parametrize(
    "source", ["q.where(Round.name == n)", "x.round_id is None", "Round.closes.in_(days)", "f(partnership_id=7)"]
)
def test_what_keeps_nobody_apart_is_left_alone(source: str) -> None:
    assert mutants_of(source) == []


def test_each_row_of_the_policy_is_taken_away_in_turn() -> None:
    source = "POLICY: set = table({A.X: (R.ONE,), A.Y: (R.ONE, R.TWO)})\nOTHER = {A.X: (R.ONE,)}\n"
    kept = [mutant.source.splitlines()[0] for mutant in mutants_of(source)]
    assert kept == [
        "POLICY: set = table({A.X: (*(),), A.Y: (R.ONE, R.TWO)})",
        "POLICY: set = table({A.X: (R.ONE,), A.Y: (*(), R.TWO)})",
        "POLICY: set = table({A.X: (R.ONE,), A.Y: (R.ONE, *())})",
    ]


def test_a_mutant_knows_the_function_it_stands_in() -> None:
    source = "_Q = q.where(R.round_id == 1)\ndef f():\n    'Text.'\n    return q.where(R.round_id == 1)\n"
    assert [(mutant.line, mutant.function) for mutant in mutants_of(source)] == [(1, None), (4, (3, 4))]


def test_every_mutant_of_the_site_is_still_python() -> None:
    found = 0
    for room in ("access", "rounds", "store"):
        for path in sorted((ROOT / "a2p" / room).rglob("*.py")):
            for mutant in mutants_of(path.read_text("utf-8")):
                compile(mutant.source, str(path), "exec")
                found += 1
    assert found > 50
