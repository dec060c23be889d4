"""Who may do what: the decisions compared with policy.csv, which was written by hand and not from the code."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from a2p.access.policy import NOBODY, POLICY, Action, Decision, Facts, GrantFact, Principal, Role, decide

TODAY = date(2026, 6, 15)
DAY = timedelta(days=1)
LONG_AGO = date(2020, 1, 1)
OWN, FOREIGN = 1, 2
INVITATION, OTHER_INVITATION = 11, 12
ROUND, OTHER_ROUND = 21, 22
REGION, OTHER_REGION = 31, 32


def coordinator(partnership: int = OWN, starts: date = LONG_AGO, ends: date | None = None) -> Principal:
    region = REGION if partnership == OWN else OTHER_REGION
    return person(GrantFact(Role.COORDINATOR, starts, ends, partnership_id=partnership, region_id=region))


def person(grant: GrantFact) -> Principal:
    return Principal(7, "Carys", "Fenland", (grant,))


WHO: dict[str, Principal] = {
    "nobody": NOBODY,
    "demo visitor": NOBODY,
    "respondent": Principal(invitations=frozenset({INVITATION})),
    "other respondent": Principal(invitations=frozenset({OTHER_INVITATION})),
    "coordinator": coordinator(),
    "foreign coordinator": coordinator(FOREIGN),
    "former coordinator": coordinator(ends=TODAY - DAY),
    "future coordinator": coordinator(starts=TODAY + DAY),
    "chair": person(GrantFact(Role.CHAIR, LONG_AGO, None, partnership_id=OWN, region_id=REGION)),
    "facilitator": person(GrantFact(Role.FACILITATOR, LONG_AGO, None, partnership_id=OWN, round_id=ROUND)),
    "other facilitator": person(GrantFact(Role.FACILITATOR, LONG_AGO, None, partnership_id=OWN, round_id=OTHER_ROUND)),
    "comment reader": person(GrantFact(Role.READER, LONG_AGO, None, partnership_id=OWN, round_id=ROUND)),
    "programme manager": person(GrantFact(Role.MANAGER, LONG_AGO, None, region_id=REGION)),
    "foreign manager": person(GrantFact(Role.MANAGER, LONG_AGO, None, region_id=OTHER_REGION)),
    "administrator": person(GrantFact(Role.ADMINISTRATOR, LONG_AGO, None)),
}
OBJECTS = {
    "public": Facts(),
    "installation": Facts(),
    "invitation": Facts(invitation_id=INVITATION),
    "partnership": Facts(partnership_id=OWN, region_id=REGION),
    "round": Facts(partnership_id=OWN, region_id=REGION, round_id=ROUND),
    "region": Facts(region_id=REGION),
}
ORACLE = list(csv.DictReader((Path(__file__).parent / "policy.csv").read_text(encoding="utf-8").splitlines()))


def decided(row: dict[str, str]) -> Decision:
    facts = OBJECTS[row["object"]]
    if row["role"] == "demo visitor":
        facts = replace(facts, demo=True)
    return decide(WHO[row["role"]], Action(row["action"]), facts, TODAY)


@pytest.mark.parametrize("row", ORACLE, ids=lambda row: f"{row['role']}: {row['action']} ({row['object']})")
def test_the_decision_is_the_one_written_down(row: dict[str, str]) -> None:
    assert decided(row) is Decision(row["decision"])


def test_every_action_and_every_role_is_written_down() -> None:
    assert {row["action"] for row in ORACLE} == {action.value for action in Action}
    assert {row["role"] for row in ORACLE} == set(WHO)


def test_without_a_row_of_the_table_some_written_decision_would_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    for row in POLICY:
        monkeypatch.setattr("a2p.access.policy.POLICY", POLICY - {row})
        assert any(decided(each) is not Decision(each["decision"]) for each in ORACLE), row


@pytest.mark.parametrize(
    ("starts", "ends", "held"),
    [
        (TODAY, TODAY, True),
        (TODAY - DAY, None, True),
        (TODAY + DAY, None, False),
        (TODAY - 2 * DAY, TODAY - DAY, False),
        (TODAY - DAY, TODAY + DAY, True),
    ],
)
def test_a_grant_holds_from_its_first_to_its_last_day(starts: date, ends: date | None, *, held: bool) -> None:
    assert GrantFact(Role.COORDINATOR, starts, ends, OWN).holds(TODAY) is held


def test_a_person_without_a_partnership_is_no_coordinator_of_pages_about_none() -> None:
    assert decide(coordinator(), Action.SEE_PARTNERSHIP, Facts(), TODAY) is Decision.ABSENT
