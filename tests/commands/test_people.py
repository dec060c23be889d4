"""People of a site by the command line: the first administrator, and links where no mail goes out."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Engine, func, select, update
from sqlalchemy.orm import Session

from a2p.access.signing_in import find_code, find_link
from a2p.commands import main
from a2p.store.engine import open_engine
from a2p.store.letter_tables import AuditEvent
from a2p.store.tables import Grant, Person
from tests import site

FACILITATOR = ("--role", "facilitator", "--partnership", "Fenland Partnership")
ADD = ("add", "new@example.org", "--name", "N")
ADA = ("add", "new@example.org", "--name", "Nia New", "--role", "administrator")


@pytest.fixture
def engine(sqlite_url: str) -> Iterator[Engine]:
    made = open_engine(sqlite_url)
    with Session(made) as session, session.begin():
        site.build(session)
    yield made
    made.dispose()


def people(engine: Engine, *arguments: str, **environment: str) -> Result:
    clean: dict[str, str | None] = {name: None for name in os.environ if name.startswith("A2P_")}
    database = {"A2P_DATABASE_URL": f"sqlite:///{engine.url.database}"}
    return CliRunner().invoke(main, ["people", *arguments], env={**clean, **database, **environment})


def done(engine: Engine, *arguments: str, **environment: str) -> str:
    outcome = people(engine, *arguments, **environment)
    assert outcome.exit_code == 0, outcome.output
    return outcome.stdout


def refused(engine: Engine, *arguments: str) -> str:
    outcome = people(engine, *arguments)
    assert outcome.exit_code == 2, outcome.output
    assert "Traceback" not in outcome.output
    return outcome.stderr


def grants(engine: Engine) -> int:
    with Session(engine) as session:
        return session.scalar(select(func.count()).select_from(Grant)) or 0


def test_the_first_administrator_is_named_and_comes_in_by_a_printed_link(engine: Engine) -> None:
    assert done(engine, *ADA) == "Nia New <new@example.org> is administrator of this site.\n"
    printed = done(engine, "link", "New@Example.org", A2P_PUBLIC_BASE_URL="https://a2p.example.org/")
    found = re.fullmatch(
        r"https://a2p\.example\.org/sign-in/(\S{43})\nOr type (\S{14}) at https://a2p\.example\.org/code\n", printed
    )
    assert found is not None, printed
    with Session(engine) as session:
        link = find_link(session, found[1])
        assert link is not None
        assert link.email == "new@example.org"
        assert find_code(session, found[2]) is link


@pytest.mark.parametrize(
    ("where", "told"),
    [
        (("--role", "programme-manager", "--region", "Fenland region"), "programme manager of Fenland region."),
        (("--role", "chair", "--partnership", "Fenland Partnership"), "chair of Fenland Partnership."),
        (
            ("--role", "coordinator", "--partnership", "Fenland Partnership", "--region", "Fenland region"),
            "coordinator of Fenland Partnership once the chair has confirmed it.",
        ),
        (
            (*FACILITATOR, "--round", "Fenland autumn", "--until", "2999-12-31"),
            "facilitator of Fenland autumn.",
        ),
    ],
)
def test_every_role_can_be_given_where_it_belongs(engine: Engine, where: tuple[str, ...], told: str) -> None:
    assert done(engine, "add", "new@example.org", "--name", "Nia New", *where).endswith(f"is {told}\n")
    with Session(engine) as session:
        last = session.scalars(select(AuditEvent).order_by(AuditEvent.id.desc())).first()
        assert last is not None
        assert (last.actor, last.person_id) == ("system", None)


def test_the_same_again_says_what_is_there_and_changes_nothing(engine: Engine) -> None:
    done(engine, *ADA)
    before = grants(engine)
    again = done(engine, "add", "NEW@example.org", "--name", "Another Name", "--role", "administrator")
    assert again == "Nia New <new@example.org> is administrator of this site already: in force.\n"
    assert grants(engine) == before
    with Session(engine) as session:
        assert session.scalars(select(Person.name).where(Person.email == "new@example.org")).one() == "Nia New"


def test_somebody_who_is_known_gets_another_role_without_their_name(engine: Engine) -> None:
    done(engine, *ADA)
    assert "is chair of" in done(
        engine, "add", "new@example.org", "--role", "chair", "--partnership", "Fenland Partnership"
    )


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("add", "new@example.org", "--role", "administrator"), "--name"),
        (("add", "nonsense", "--name", "N", "--role", "administrator"), "no e-mail address"),
        ((*ADA, "--region", "Fenland region"), "leave out where"),
        (("add", "new@example.org", "--name", "N", "--role", "chair"), "--partnership"),
        (("add", "new@example.org", "--name", "N", "--role", "programme-manager"), "--region"),
        (
            ("add", "new@example.org", "--name", "N", "--role", "programme-manager", "--region", "X"),
            "There are: Fenland region, Zzcanary region",
        ),
        (
            ("add", "new@example.org", "--name", "N", "--role", "chair", "--partnership", "X"),
            "There is no partnership X",
        ),
        (
            (*ADD, *FACILITATOR),
            "--round",
        ),
        (
            (*ADD, *FACILITATOR, "--round", "X"),
            "no round X",
        ),
        (
            (*ADD, *FACILITATOR, "--round", "Fenland autumn"),
            "last day",
        ),
        (("link", "nobody@example.org"), "Nobody with the address"),
        (("link", "nonsense"), "no e-mail address"),
        (("reset-factor", "nobody@example.org"), "Nobody here has the address"),
        (("reset-factor", "nonsense"), "no e-mail address"),
    ],
)
def test_what_can_not_be_done_is_said_in_a_line_and_nothing_is_changed(
    engine: Engine, arguments: tuple[str, ...], told: str
) -> None:
    before = grants(engine)
    assert told in refused(engine, *arguments)
    assert grants(engine) == before
    with Session(engine) as session:
        assert session.scalar(select(Person).where(Person.email == "new@example.org")) is None


def test_everybody_is_listed_with_their_roles(engine: Engine) -> None:
    listed = done(engine, "list")
    assert "Ada Keys <ada@example.org>\n  administrator of this site, in force\n" in listed
    assert "facilitator of Fenland autumn, Fenland Partnership, in force" in listed


def test_who_lost_their_authenticator_sets_up_another(engine: Engine) -> None:
    with Session(engine) as session, session.begin():
        session.execute(update(Person).values(second_factor="sealed"))
    assert "sets up an authenticator" in done(engine, "reset-factor", "ada@example.org")
    with Session(engine) as session:
        assert session.scalars(select(Person.email).where(Person.second_factor.is_(None))).all() == ["ada@example.org"]


def test_a_database_that_is_behind_is_named(tmp_path: Path) -> None:
    empty = open_engine(f"sqlite:///{tmp_path / 'empty.sqlite'}")
    assert "a2p migrate" in refused(empty, "list")
    empty.dispose()
