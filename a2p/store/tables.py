"""The tables of places and people: regions, partnerships, organisations, contacts, persons and grants.

Every table below a partnership carries its id, and links by (partnership, id): a link across them can't be stored.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, Text, UniqueConstraint, text
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
    """An LSP: county, district, unitary or local; a district or local one names the one above it.

    `ended` is its last day, if it has ended; what it did stays readable.
    """

    __tablename__ = "partnership"
    __table_args__ = (UniqueConstraint("region_id", "name"), UniqueConstraint("region_id", "id"))
    id: Mapped[int] = mapped_column(primary_key=True)
    region_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    name: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(20))
    above_id: Mapped[int | None] = mapped_column(ForeignKey("partnership.id"))
    ended: Mapped[date | None]
    above: Mapped[Partnership | None] = relationship(remote_side=id)
    region: Mapped[Region] = relationship()


class PartnershipChange(Base):
    """What became of a partnership: made, renamed, merged into or split from another, ended. Rows are only added."""

    __tablename__ = "partnership_change"
    __table_args__ = (
        CheckConstraint("what in ('made', 'renamed', 'merged', 'split', 'ended', 'revived')", name="what"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    partnership_id: Mapped[int] = mapped_column(ForeignKey("partnership.id"), index=True)
    at: Mapped[datetime] = mapped_column(default=now)
    what: Mapped[str] = mapped_column(String(10))
    old_name: Mapped[str] = mapped_column(String(200), default="")
    other_id: Mapped[int | None] = mapped_column(ForeignKey("partnership.id"))
    other: Mapped[Partnership | None] = relationship(foreign_keys=other_id)


class Organisation(Base):
    """A partner body in a partnership, with its sector. One merged into another stays for the rounds it was in."""

    __tablename__ = "organisation"
    __table_args__ = (
        UniqueConstraint("partnership_id", "id"),
        UniqueConstraint("partnership_id", "name"),
        ForeignKeyConstraint(["partnership_id", "merged_into_id"], ["organisation.partnership_id", "organisation.id"]),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    partnership_id: Mapped[int] = mapped_column(ForeignKey("partnership.id"))
    name: Mapped[str] = mapped_column(String(200))
    sector: Mapped[str] = mapped_column(String(40))
    merged_into_id: Mapped[int | None]


class Contact(Base):
    """Somebody of a partner body, kept from round to round so that they can be invited again. `email` may be "".

    `asks` are the ids of the questionnaires that they are to be asked, between spaces; "" for whatever has something to
    ask of them.
    """

    __tablename__ = "contact"
    __table_args__ = (
        ForeignKeyConstraint(["partnership_id", "organisation_id"], ["organisation.partnership_id", "organisation.id"]),
        UniqueConstraint("partnership_id", "id"),
        Index(
            "uq_contact_email",
            "partnership_id",
            "email",
            unique=True,
            sqlite_where=text("email <> ''"),
            postgresql_where=text("email <> ''"),
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    partnership_id: Mapped[int]
    organisation_id: Mapped[int]
    name: Mapped[str] = mapped_column(String(200))
    email: Mapped[str] = mapped_column(String(254), default="")
    councillor: Mapped[str | None] = mapped_column(String(20))
    layer: Mapped[str | None] = mapped_column(String(20))
    asks: Mapped[str] = mapped_column(Text, default="", server_default=text("''"))
    organisation: Mapped[Organisation] = relationship()


class Person(Base):
    """Somebody who signs in by role: not a respondent, who has a link and no account. `email` is in small letters.

    `second_factor` is the sealed secret of their authenticator, and `second_factor_used` the last time step it opened.
    """

    __tablename__ = "person"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    email: Mapped[str] = mapped_column(String(254), unique=True)
    second_factor: Mapped[str | None] = mapped_column(Text)
    second_factor_used: Mapped[int] = mapped_column(default=0, server_default="0")
    single_sign_on: Mapped[str | None] = mapped_column(String(300), unique=True)
    grants: Mapped[list[Grant]] = relationship(back_populates="person", foreign_keys="Grant.person_id")


class Grant(Base):
    """A role of one person over a partnership, a round, a region or the installation, from a day and perhaps until a
    day (both included). `confirmed` is when it came into force, None while the chair has yet to confirm it; `ended`
    when somebody ended it, at once."""

    __tablename__ = "access_grant"
    __table_args__ = (
        ForeignKeyConstraint(["partnership_id", "round_id"], ["round.partnership_id", "round.id"]),
        CheckConstraint(
            "(role in ('coordinator', 'chair')) = (partnership_id is not null and round_id is null)"
            " and (role in ('facilitator', 'comment reader')) = (round_id is not null)"
            " and (role = 'programme manager') = (region_id is not null)"
            " and role in ('coordinator', 'chair', 'facilitator', 'comment reader', 'programme manager',"
            " 'administrator')",
            name="scope",
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[str] = mapped_column(String(20))
    partnership_id: Mapped[int | None] = mapped_column(ForeignKey("partnership.id"), index=True)
    round_id: Mapped[int | None]
    region_id: Mapped[int | None] = mapped_column(ForeignKey("region.id"))
    starts: Mapped[date]
    ends: Mapped[date | None]
    created: Mapped[datetime] = mapped_column(default=now)
    granted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    confirmed: Mapped[datetime | None] = mapped_column(default=now)
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    ended: Mapped[datetime | None]
    person: Mapped[Person] = relationship(back_populates="grants", foreign_keys=person_id)
    partnership: Mapped[Partnership | None] = relationship(overlaps="grants")
    region: Mapped[Region | None] = relationship()
