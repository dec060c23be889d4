"""The tables of what is mailed, and of what was done: letters, reminder days, the audit log."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from a2p.store.base import Base, now


class Letter(Base):
    """One e-mail to be sent, and how it went. `key` names its purpose: the same purpose is never sent twice.

    The text is made when it is sent: a link's token is in the e-mail and nowhere else. `unsure` is a letter whose
    worker died while the mail server had it: it may have arrived, and only a person sends it again.
    """

    __tablename__ = "letter"
    __table_args__ = (
        ForeignKeyConstraint(["partnership_id", "invitation_id"], ["invitation.partnership_id", "invitation.id"]),
        CheckConstraint("state in ('queued', 'sending', 'sent', 'failed', 'unsure', 'cancelled')", name="state"),
        Index("ix_letter_due", "state", "due"),
        Index("ix_letter_invitation", "invitation_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(200), unique=True)
    purpose: Mapped[str] = mapped_column(String(30))
    address: Mapped[str] = mapped_column(String(254))
    partnership_id: Mapped[int | None] = mapped_column(ForeignKey("partnership.id"))
    invitation_id: Mapped[int | None]
    options: Mapped[str] = mapped_column(Text, default="{}")
    state: Mapped[str] = mapped_column(String(10), default="queued")
    created: Mapped[datetime] = mapped_column(default=now)
    due: Mapped[datetime] = mapped_column(default=now)
    tries: Mapped[int] = mapped_column(default=0)
    heartbeat: Mapped[datetime | None]
    sent: Mapped[datetime | None]
    answer: Mapped[str] = mapped_column(Text, default="")


class RoundReminder(Base):
    """A day on which those who have not submitted are reminded."""

    __tablename__ = "round_reminder"
    __table_args__ = (ForeignKeyConstraint(["partnership_id", "round_id"], ["round.partnership_id", "round.id"]),)
    round_id: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    partnership_id: Mapped[int]


class AuditEvent(Base):
    """Who did what to what, when. Rows are only ever added, each carrying a hash over itself and the one before.

    `actor` is what somebody was to it ("coordinator", "respondent", "system"); `object` names it by kind and number.
    There are no names, addresses or answers in it: names are looked up when it is shown, and erasure leaves it whole.
    """

    __tablename__ = "audit_event"
    __table_args__ = (Index("ix_audit_event_partnership", "partnership_id", "id"),)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    partnership_id: Mapped[int | None] = mapped_column(ForeignKey("partnership.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    actor: Mapped[str] = mapped_column(String(20))
    action: Mapped[str] = mapped_column(String(60))
    object: Mapped[str] = mapped_column(String(80), default="")
    detail: Mapped[str] = mapped_column(Text, default="{}")
    previous: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64), unique=True)
