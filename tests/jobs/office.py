"""A post office for tests: a small site, a postman, and a mail server that answers as the test says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from a2p.jobs import Postman
from a2p.settings import Settings
from a2p.store.letter_tables import Letter
from a2p.store.letters import Draft, write_letter
from a2p.store.round_tables import Invitation
from tests import site
from tests.site import Site

BASE = "https://a2p.example.org"


def taken(_message: EmailMessage) -> None:
    """A mail server that takes everything."""


def raising(problem: Exception) -> Callable[[EmailMessage], None]:
    """A mail server with which always the same goes wrong."""

    def answer(_message: EmailMessage) -> None:
        raise problem

    return answer


@dataclass
class Box:
    """A way out that keeps what it took; `answer` raises what the test wants to go wrong."""

    answer: Callable[[EmailMessage], None] = taken
    letters: list[EmailMessage] = field(default_factory=list)

    def send(self, message: EmailMessage) -> None:
        """Take a letter, unless the answer is another."""
        self.answer(message)
        self.letters.append(message)

    @property
    def to(self) -> list[str]:
        """Whom the letters went to."""
        return [str(letter["To"]) for letter in self.letters]

    @property
    def text(self) -> str:
        """The newest letter as plain text, its lines as one."""
        return " ".join(text_of(self.letters[-1]).split())


def text_of(letter: EmailMessage, kind: str = "plain") -> str:
    """A letter's text or HTML."""
    body = letter.get_body((kind,))
    assert body is not None
    return str(body.get_content())


@dataclass
class Office:
    """A site and the postman who writes to its people."""

    engine: Engine
    settings: Settings
    built: Site
    box: Box = field(default_factory=Box)

    @property
    def postman(self) -> Postman:
        """A postman of this office; each call gives another, as if in another process."""
        return Postman(self.engine, self.settings, self.box)

    def session(self) -> Session:
        """A database session of the test's own."""
        return Session(self.engine, expire_on_commit=False)

    def write(self, purpose: str = "invitation", key: str = "", number: int = 1, **more: object) -> int:
        """A letter to the invited person of this number, who gets an address; returns the letter's number."""
        with self.session() as session, session.begin():
            invitation = session.get_one(Invitation, self.built.own.invited[number].invitation.id)
            invitation.email = f"fenland{number}@example.org"
        draft = Draft(purpose, key or f"{purpose}/{number}", invitation.email, invitation.partnership_id, invitation.id)
        return self.write_draft(draft, **more)

    def write_draft(self, draft: Draft, **more: object) -> int:
        """Any letter, with columns changed; returns its number."""
        with self.session() as session, session.begin():
            letter = write_letter(session, draft)
            assert letter is not None
            for name, value in more.items():
                setattr(letter, name, value)
            session.flush()
            return letter.id

    def letter(self, letter_id: int) -> Letter:
        """A letter as it stands."""
        with self.session() as session:
            return session.get_one(Letter, letter_id)

    def letters(self) -> list[Letter]:
        """All letters as they stand."""
        with self.session() as session:
            return list(session.scalars(select(Letter).order_by(Letter.id)))

    def invitation(self, number: int = 1) -> Invitation:
        """An invitation as it stands."""
        with self.session() as session:
            return session.get_one(Invitation, self.built.own.invited[number].invitation.id)

    def change(self, letter_id: int, **columns: object) -> None:
        """Change columns of a letter."""
        with self.session() as session, session.begin():
            letter = session.get_one(Letter, letter_id)
            for name, value in columns.items():
                setattr(letter, name, value)


def open_office(engine: Engine, folder: Path) -> Office:
    """Fill an empty, migrated database and open its office."""
    with Session(engine, expire_on_commit=False) as session, session.begin():
        built = site.build(session)
    settings = Settings(
        "k" * 40,
        BASE,
        ("a2p.example.org",),
        folder,
        str(engine.url),
        responsible="the East office",
        contact="help@example.org",
    )
    return Office(engine, settings, built)
