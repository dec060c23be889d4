"""The tables of places and people: regions, partnerships, organisations, grants and sessions.

Every table below a partnership carries its id, and links by (partnership, id): a link across them can't be stored.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from a2p.store.base import Base, now


class Installation(Base):
    """The one row that says what this database is. A demo's database is marked, and never served as a real one."""

    __tablename__ = "installation"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)
    id: Mapped[int] = mapped_column(primary_key=True, default=1)
    demo: Mapped[bool]


class Region(Base):
    """What a programme manager looks after."""

    __tablename__ = "region"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200), unique=True)


class Partnership(Base):
    """An LSP: county, district, unitary or local; a district or local one names the one above it."""

    __tablename__ = "partnership"
    __table_args__ = (UniqueConstraint("region_id", "name"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    region_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    name: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(20))
    above_id: Mapped[int | None] = mapped_column(ForeignKey("partnership.id"))
    above: Mapped[Partnership | None] = relationship(remote_side=id)


class Organisation(Base):
    """A partner body in a partnership, with its sector."""

    __tablename__ = "organisation"
    __table_args__ = (UniqueConstraint("partnership_id", "id"), UniqueConstraint("partnership_id", "name"))
    id: Mapped[int] = mapped_column(primary_key=True)
    partnership_id: Mapped[int] = mapped_column(ForeignKey("partnership.id"))
    name: Mapped[str] = mapped_column(String(200))
    sector: Mapped[str] = mapped_column(String(40))


class Person(Base):
    """Somebody who signs in: not a respondent, who has a link and no account."""

    __tablename__ = "person"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    email: Mapped[str] = mapped_column(String(254), unique=True)
    grants: Mapped[list[Grant]] = relationship(back_populates="person")


class Grant(Base):
    """A role of one person over one partnership, from a day and perhaps until a day (both included)."""

    __tablename__ = "access_grant"
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[str] = mapped_column(String(20))
    partnership_id: Mapped[int] = mapped_column(ForeignKey("partnership.id"))
    starts: Mapped[date]
    ends: Mapped[date | None]
    person: Mapped[Person] = relationship(back_populates="grants")


class Session(Base):
    """A browser's session, known by the hash of a random token. It may hold a person and opened invitations."""

    __tablename__ = "session"
    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    created: Mapped[datetime] = mapped_column(default=now)
    ends: Mapped[datetime]


class SessionInvitation(Base):
    """An invitation that a session opened by its link. It falls when the link is renewed or withdrawn."""

    __tablename__ = "session_invitation"
    __table_args__ = (
        ForeignKeyConstraint(["partnership_id", "invitation_id"], ["invitation.partnership_id", "invitation.id"]),
        Index("ix_session_invitation_invitation", "invitation_id"),
    )
    session_id: Mapped[int] = mapped_column(ForeignKey("session.id", ondelete="CASCADE"), primary_key=True)
    invitation_id: Mapped[int] = mapped_column(primary_key=True)
    partnership_id: Mapped[int] = mapped_column(ForeignKey("partnership.id"))
