"""The tables of coming in: sessions, mailed links, counted attempts, what was typed when a session was over."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from a2p.store.base import Base, now


class Session(Base):
    """A browser's session, known by the hash of a random token. It may hold a person and opened invitations.

    `agent` says in a few words which browser it is, for the list of own sessions; `second_factor` is when the person
    passed theirs in this session.
    """

    __tablename__ = "session"
    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    created: Mapped[datetime] = mapped_column(default=now)
    seen: Mapped[datetime] = mapped_column(default=now)
    ends: Mapped[datetime]
    agent: Mapped[str] = mapped_column(String(80), default="", server_default=text("''"))
    second_factor: Mapped[datetime | None]


class SessionInvitation(Base):
    """An invitation that a session opened by its link. It falls when the link is renewed or withdrawn.

    In a round answered together, `known_as` is the name by which the others see who is there, `at` the section in view
    (questionnaire/section) and `seen` when it last was.
    """

    __tablename__ = "session_invitation"
    __table_args__ = (
        ForeignKeyConstraint(["partnership_id", "invitation_id"], ["invitation.partnership_id", "invitation.id"]),
        Index("ix_session_invitation_invitation", "invitation_id"),
    )
    session_id: Mapped[int] = mapped_column(ForeignKey("session.id", ondelete="CASCADE"), primary_key=True)
    invitation_id: Mapped[int] = mapped_column(primary_key=True)
    partnership_id: Mapped[int] = mapped_column(ForeignKey("partnership.id"))
    known_as: Mapped[str] = mapped_column(String(60), default="", server_default=text("''"))
    at: Mapped[str] = mapped_column(String(130), default="", server_default=text("''"))
    seen: Mapped[datetime | None]


class SignInLink(Base):
    """A link that was mailed to an address: it opens, once and for 20 minutes, all that this address may have.

    `code` is the short code beside it, hashed too; `destination` the page of this site to go on to ("" for the home).
    """

    __tablename__ = "sign_in_link"
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    destination: Mapped[str] = mapped_column(String(300), default="")
    created: Mapped[datetime] = mapped_column(default=now)
    expires: Mapped[datetime]
    used: Mapped[datetime | None]


class Attempt(Base):
    """One attempt that is counted against a limit: what for, and a keyed hash of the address or network."""

    __tablename__ = "attempt"
    __table_args__ = (Index("ix_attempt_counted", "purpose", "key_hash", "at"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    purpose: Mapped[str] = mapped_column(String(40))
    key_hash: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(default=now)


class HeldPost(Base):
    """A form that was sent when its session was over, sealed with a key that only that browser has, until it is back.

    `address` is where it was sent; nobody can read `sealed` without the browser's cookie.
    """

    __tablename__ = "held_post"
    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    address: Mapped[str] = mapped_column(String(300))
    sealed: Mapped[str] = mapped_column(Text)
    created: Mapped[datetime] = mapped_column(default=now)
    expires: Mapped[datetime]
