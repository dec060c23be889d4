"""The audit log by the command line: whether it is whole, and what is in it."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from a2p.commands import main
from a2p.store.audit import Actor, record
from a2p.store.engine import open_engine
from tests import site


@pytest.fixture
def engine(sqlite_url: str) -> Iterator[Engine]:
    made = open_engine(sqlite_url)
    with Session(made) as session, session.begin():
        built = site.build(session)
        by = Actor(built.own.coordinator.id, "coordinator")
        own = built.own
        built.own.open.name = "Autumn\n2026"
        detail: dict[str, str | int] = {"last day": "2026-12-01"}
        about = f"round {own.open.id}"
        record(session, "closed the round", by=by, of=about, partnership_id=own.partnership.id, detail=detail)
    yield made
    made.dispose()


def audit(engine: Engine, *arguments: str) -> Result:
    clean: dict[str, str | None] = {name: None for name in os.environ if name.startswith("A2P_")}
    return CliRunner().invoke(
        main, ["audit", *arguments], env={**clean, "A2P_DATABASE_URL": f"sqlite:///{engine.url.database}"}
    )


def test_a_whole_log_gives_its_length_and_head(engine: Engine) -> None:
    with Session(engine) as session:
        number, head = session.execute(text("SELECT id, hash FROM audit_event ORDER BY id DESC LIMIT 1")).one()
    outcome = audit(engine, "verify")
    assert outcome.exit_code == 0
    assert outcome.stdout == f"{number} events, head {head}\nThe chain is whole.\n"


def test_a_broken_log_is_said_and_ends_with_1(engine: Engine) -> None:
    with Session(engine) as session, session.begin():
        session.execute(text("DROP TRIGGER audit_event_no_update"))
        session.execute(text("UPDATE audit_event SET actor = 'nobody' WHERE id = 2"))
    outcome = audit(engine, "verify")
    assert outcome.exit_code == 1
    assert "broken at event 2" in outcome.stderr


def test_the_list_says_who_did_what_a_line_each(engine: Engine) -> None:
    lines = audit(engine, "list").stdout.splitlines()
    assert lines[-1].split("\t")[2] == (
        "Fenland coordinator (coordinator) closed the round Autumn 2026, Fenland Partnership (last day: 2026-12-01)"
    )
    assert [int(line.split("\t")[0]) for line in lines] == list(range(1, len(lines) + 1))


def test_the_list_of_one_partnership_holds_nothing_of_another(engine: Engine) -> None:
    whole = audit(engine, "list").stdout
    own = audit(engine, "list", "--partnership", "Fenland Partnership (Fenland region)").stdout
    assert "Zzcanary" in whole
    assert "closed the round" in own
    assert "Zzcanary" not in own


def test_a_partnership_that_is_not_there_is_an_error(engine: Engine) -> None:
    outcome = audit(engine, "list", "--partnership", "Nowhere")
    assert outcome.exit_code == 2
    assert "There is no partnership called Nowhere." in outcome.stderr
