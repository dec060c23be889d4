"""The checker finds each kind of harm, and nothing in a history without any."""

from __future__ import annotations

import ast
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.storm import checker
from tests.storm.checker import Verdict, check

TABLES = """
    CREATE TABLE questionnaire_version (id INTEGER PRIMARY KEY, questionnaire TEXT);
    CREATE TABLE invitation (id INTEGER PRIMARY KEY, round_id INTEGER, partnership_id INTEGER);
    CREATE TABLE response (
        id INTEGER PRIMARY KEY, invitation_id INTEGER, version_id INTEGER, round_id INTEGER, partnership_id INTEGER,
        submitted TEXT);
    CREATE TABLE answer (response_id INTEGER, question TEXT, state TEXT, value TEXT, comment TEXT, edition INTEGER);
    INSERT INTO questionnaire_version VALUES (1, 'sample');
    INSERT INTO invitation VALUES (1, 1, 1);
    INSERT INTO response VALUES (1, 1, 1, 1, 1, '1970-01-01 00:00:05');
"""
WHOSE = {"invitation": 1, "questionnaire": "sample"}


class History:
    """What one browser did and was told, a second each, and what the database holds."""

    def __init__(self, folder: Path) -> None:
        self.ledger, self.database = folder / "1.ledger", str(folder / "a.sqlite")
        self.clock = 0.0
        self.statements = TABLES
        self.ledger.touch()

    def tried(self, name: str, seen: int, *questions: str) -> History:
        """An attempt to save `name` as the value of these questions."""
        answers = {each: {"state": "given", "value": name, "comment": "", "seen": seen} for each in questions or "q"}
        return self._note("try", id=name, answers=answers, **WHOSE)

    def told(self, name: str, *clashes: str) -> History:
        return self._note("ack", id=name, **{"except": clashes})

    def saved(self, name: str, seen: int, *questions: str) -> History:
        return self.tried(name, seen, *questions).told(name)

    def submitted(self) -> History:
        return self._note("submitted", id="s", **WHOSE)

    def stored(self, value: str, edition: int, question: str = "q") -> History:
        return self.sql(f"INSERT INTO answer VALUES (1, '{question}', 'given', '{value}', '', {edition})")

    def sql(self, statement: str) -> History:
        self.statements += f"{statement};"
        return self

    def verdict(self) -> Verdict:
        with closing(sqlite3.connect(self.database)) as file:
            file.executescript(self.statements)
        return check(self.database, [self.ledger])

    def _note(self, what: str, **more: object) -> History:
        self.clock += 1
        with self.ledger.open("a") as ledger:
            ledger.write(json.dumps({"what": what, "at": self.clock, **more}) + "\n")
        return self


@pytest.fixture
def history(tmp_path: Path) -> History:
    return History(tmp_path)


def test_what_was_acknowledged_and_is_there_is_in_order(history: History) -> None:
    found = history.saved("a", 0).saved("b", 1).stored("b", 2).verdict()
    assert found.faults == []
    assert (found.saves, found.answers) == (2, 2)


def test_an_answer_that_is_not_there_is_lost(history: History) -> None:
    assert history.saved("a", 0).verdict().lost


def test_an_answer_that_went_back_to_the_one_before_is_lost(history: History) -> None:
    found = history.saved("a", 0).saved("b", 1).stored("a", 1).verdict()
    assert found.lost
    assert found.older_won


def test_an_answer_whose_place_another_has_taken_is_lost(history: History) -> None:
    assert history.tried("a", 0).saved("b", 0).stored("a", 1).verdict().lost


def test_an_answer_that_nobody_was_told_of_may_be_there_or_not(history: History) -> None:
    assert history.saved("a", 0).tried("b", 1).stored("a", 1).verdict().faults == []


def test_an_unacknowledged_answer_may_follow_an_acknowledged_one(history: History) -> None:
    assert history.saved("a", 0).tried("b", 1).stored("b", 2).verdict().faults == []


def test_an_answer_sent_again_is_one_answer(history: History) -> None:
    assert history.tried("a", 0).tried("a", 0).told("a").stored("a", 1).verdict().faults == []


def test_an_answer_saved_once_more_than_it_was_sent_is_doubled(history: History) -> None:
    assert history.tried("a", 0).saved("a", 0).stored("a", 2).verdict().doubled


def test_an_answer_that_clashed_was_not_acknowledged(history: History) -> None:
    found = history.saved("a", 0).tried("b", 0).told("b", "q").stored("a", 1).verdict()
    assert found.faults == []
    assert (found.saves, found.answers) == (2, 1)


def test_of_two_that_were_acknowledged_as_one_edition_one_was_overwritten(history: History) -> None:
    assert history.saved("a", 0).saved("b", 0).stored("b", 1).verdict().older_won


def test_an_answer_that_comes_back_later_has_won_over_a_newer_one(history: History) -> None:
    found = history.tried("a", 2).saved("b", 0).saved("c", 1).stored("a", 3).verdict()
    assert found.lost == []
    assert found.older_won


def test_an_attempt_is_saved_whole_or_not_at_all(history: History) -> None:
    assert history.tried("a", 0, "p", "q").stored("a", 1, "p").verdict().torn == ["a"]


def test_an_attempt_of_which_one_answer_clashed_is_not_torn(history: History) -> None:
    saved = history.saved("a", 0, "q").tried("b", 0, "p", "q").told("b", "q")
    assert saved.stored("b", 1, "p").stored("a", 1, "q").verdict().faults == []


def test_who_was_told_that_they_submitted_has(history: History) -> None:
    history.clock = 5
    assert history.submitted().verdict().faults == []


@pytest.mark.parametrize("now", ["NULL", "'1970-01-01 00:01:00'"], ids=["not at all", "later"])
def test_a_submit_is_kept_with_its_moment(history: History, now: str) -> None:
    history.clock = 5
    assert history.submitted().sql(f"UPDATE response SET submitted = {now}").verdict().submits_lost


def test_rows_that_stand_twice_are_found(history: History) -> None:
    again = "INSERT INTO response VALUES (2, 1, 1, 1, 1, NULL)"
    assert len(history.saved("a", 0).stored("a", 1).stored("a", 1).sql(again).verdict().doubled) == 2


def test_rows_that_belong_to_nothing_are_found(history: History) -> None:
    stray = "INSERT INTO answer VALUES (9, 'q', 'given', 'a', '', 1)"
    assert history.sql(stray).sql("UPDATE invitation SET round_id = 2").verdict().unsound != []


def test_a_reply_that_should_never_be_is_a_fault(history: History) -> None:
    assert history._note("refused", status=500, path="/").verdict().faults == ["refused: 500 /"]


def test_the_checker_shares_no_code_with_what_it_checks() -> None:
    tree = ast.parse(Path(checker.__file__).read_text())
    plain = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    parts = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert not [name for name in plain | parts if name.partition(".")[0] in ("a2p", "tests", "sqlalchemy")]
