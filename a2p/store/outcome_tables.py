"""The tables of what follows a round: comments read over, what a workshop settled, actions, releases, support."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from a2p.store.base import Base, now

_OF_ROUND = (["partnership_id", "round_id"], ["round.partnership_id", "round.id"])
_OF_QUESTIONNAIRE = (
    ["partnership_id", "round_id", "version_id"],
    ["round_questionnaire.partnership_id", "round_questionnaire.round_id", "round_questionnaire.version_id"],
)


class CommentReading(Base):
    """That somebody outside the coordinator's organisation read over a result's comments: only then are they shown."""

    __tablename__ = "comment_reading"
    __table_args__ = (
        ForeignKeyConstraint(["partnership_id", "result_id"], ["frozen_result.partnership_id", "frozen_result.id"]),
    )
    result_id: Mapped[int] = mapped_column(primary_key=True)
    partnership_id: Mapped[int]
    at: Mapped[datetime] = mapped_column(default=now)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class Comment(Base):
    """A text on a question of a closed round answered apart, unattributed, as its reader has it before them.

    `kind` is a Remark's. `hidden` is when the reader hid it; `withheld` when its writer took it back from everybody.
    `response_id` leads to the writer's response, for that alone, until the round's people are erased (no foreign
    key: a text outlives its response).
    """

    __tablename__ = "comment"
    __table_args__ = (
        ForeignKeyConstraint(["partnership_id", "result_id"], ["frozen_result.partnership_id", "frozen_result.id"]),
        CheckConstraint("kind in ('comment', 'reason', 'answer')", name="kind"),
        UniqueConstraint("result_id", "response_id", "question", "kind"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    partnership_id: Mapped[int]
    result_id: Mapped[int]
    response_id: Mapped[int | None] = mapped_column(index=True)
    question: Mapped[str] = mapped_column(String(60))
    kind: Mapped[str] = mapped_column(String(10))
    text: Mapped[str] = mapped_column(Text)
    hidden: Mapped[datetime | None]
    withheld: Mapped[datetime | None]


class Settled(Base):
    """What a workshop settled on a question: the agreed level (None: left open) with its reason, and the votes for its
    importance; versioned, so that two people who record at once are asked."""

    __tablename__ = "settled"
    __table_args__ = (
        ForeignKeyConstraint(*_OF_QUESTIONNAIRE),
        CheckConstraint("votes is null or votes >= 0", name="votes"),
    )
    round_id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(primary_key=True)
    question: Mapped[str] = mapped_column(String(60), primary_key=True)
    partnership_id: Mapped[int]
    level: Mapped[str | None] = mapped_column(String(60))
    reason: Mapped[str] = mapped_column(Text, default="")
    votes: Mapped[int | None]
    edition: Mapped[int]
    at: Mapped[datetime] = mapped_column(default=now)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class Workshop(Base):
    """A workshop that was held on a closed round: when, where, who came, and what was left open; versioned.

    `organisations` are names, one a line, as they were then. `people` is how many came, named or not.
    """

    __tablename__ = "workshop"
    __table_args__ = (
        ForeignKeyConstraint(*_OF_ROUND),
        CheckConstraint("people is null or people > 0", name="people"),
        UniqueConstraint("partnership_id", "id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    partnership_id: Mapped[int]
    round_id: Mapped[int] = mapped_column(index=True)
    held: Mapped[date]
    place: Mapped[str] = mapped_column(String(200), default="")
    organisations: Mapped[str] = mapped_column(Text, default="")
    people: Mapped[int | None]
    note: Mapped[str] = mapped_column(Text, default="")
    unsettled: Mapped[str] = mapped_column(Text, default="")
    edition: Mapped[int] = mapped_column(default=1)
    at: Mapped[datetime] = mapped_column(default=now)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class Attendee(Base):
    """Somebody who came to a workshop, and the address for its record, if they are named at all. Kept for a while
    after the workshop (rounds/retention.py)."""

    __tablename__ = "attendee"
    __table_args__ = (
        ForeignKeyConstraint(["partnership_id", "workshop_id"], ["workshop.partnership_id", "workshop.id"]),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    partnership_id: Mapped[int]
    workshop_id: Mapped[int] = mapped_column(index=True)
    name: Mapped[str] = mapped_column(String(200))
    email: Mapped[str] = mapped_column(String(254), default="")


class ActionItem(Base):
    """What a partnership will do: what, root cause, owner, cost, by when, how they will know, and how it stands.

    `round_id` is the round it came from; while it is neither done nor dropped, later rounds carry it over. `version_id`
    with `question` or `section` say what it is about, if it is about one of these.
    """

    __tablename__ = "action_item"
    __table_args__ = (
        ForeignKeyConstraint(*_OF_ROUND),
        CheckConstraint("status in ('planned', 'under-way', 'done', 'dropped')", name="status"),
        UniqueConstraint("partnership_id", "id"),
        Index("ix_action_item_due", "status", "due"),
        Index("ix_action_item_round", "partnership_id", "round_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    partnership_id: Mapped[int]
    round_id: Mapped[int]
    version_id: Mapped[int | None] = mapped_column(ForeignKey("questionnaire_version.id"))
    section: Mapped[str] = mapped_column(String(60), default="", server_default=text("''"))
    question: Mapped[str] = mapped_column(String(60), default="")
    what: Mapped[str] = mapped_column(Text)
    cause: Mapped[str] = mapped_column(Text, default="")
    owner: Mapped[str] = mapped_column(String(200), default="")
    owner_email: Mapped[str] = mapped_column(String(254), default="")
    cost: Mapped[str] = mapped_column(String(200), default="")
    due: Mapped[date | None]
    measure: Mapped[str] = mapped_column(Text, default="")
    status: Mapped[str] = mapped_column(String(10), default="planned")
    edition: Mapped[int] = mapped_column(default=1)
    created: Mapped[datetime] = mapped_column(default=now)


class ActionChange(Base):
    """How an action stood from a moment on, with a note. Rows are only added."""

    __tablename__ = "action_change"
    __table_args__ = (
        ForeignKeyConstraint(["partnership_id", "action_id"], ["action_item.partnership_id", "action_item.id"]),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    partnership_id: Mapped[int]
    action_id: Mapped[int] = mapped_column(index=True)
    at: Mapped[datetime] = mapped_column(default=now)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    status: Mapped[str] = mapped_column(String(10))
    note: Mapped[str] = mapped_column(Text, default="")


class Release(Base):
    """A decision on what an audience may see of a closed round. Rows are only added: the newest `confirmed` one counts.

    `audience` is respondents (nothing, summary, all), region (0, T, 1, 2, 3, 4) or public (nothing, board). Raising is
    `proposed` until the chair, or a board member of another organisation whose address is `confirmer_email`, says yes
    or no; lowering is confirmed at once. The mailed link's token is hashed, and there is none before it was made.
    """

    __tablename__ = "release"
    __table_args__ = (
        ForeignKeyConstraint(*_OF_ROUND),
        CheckConstraint(
            "audience = 'respondents' and level in ('nothing', 'summary', 'all')"
            " or audience = 'region' and level in ('0', 'T', '1', '2', '3', '4')"
            " or audience = 'public' and level in ('nothing', 'board')",
            name="level",
        ),
        CheckConstraint("state in ('proposed', 'confirmed', 'refused', 'taken-back')", name="state"),
        Index("ix_release_round", "partnership_id", "round_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    partnership_id: Mapped[int]
    round_id: Mapped[int]
    audience: Mapped[str] = mapped_column(String(12))
    level: Mapped[str] = mapped_column(String(8))
    themes: Mapped[str] = mapped_column(Text, default="")
    reason: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[str] = mapped_column(String(10), default="proposed")
    proposed: Mapped[datetime] = mapped_column(default=now)
    proposed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    confirmer: Mapped[str] = mapped_column(String(200), default="", server_default=text("''"))
    confirmer_email: Mapped[str] = mapped_column(String(254), default="", server_default=text("''"))
    token_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    decided: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class SupportWish(Base):
    """What a partnership asks help on, offers help on (`about`: questionnaire/section) or requests (`about`: a support
    module), by name and whatever it releases. `withdrawn` ends it."""

    __tablename__ = "support_wish"
    __table_args__ = (
        CheckConstraint("kind in ('ask', 'offer', 'request')", name="kind"),
        UniqueConstraint("partnership_id", "id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    partnership_id: Mapped[int] = mapped_column(ForeignKey("partnership.id"), index=True)
    kind: Mapped[str] = mapped_column(String(8))
    about: Mapped[str] = mapped_column(String(130))
    note: Mapped[str] = mapped_column(Text, default="")
    made: Mapped[datetime] = mapped_column(default=now)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    withdrawn: Mapped[datetime | None]


class BothEnds(Base):
    """What a partnership says to being shown beside the others of its county area, question by question, in what it
    released by name. Rows are only added: what counts is what was said since the last no, and without a yes it is not
    shown so. `wording` numbers what was agreed to (a2p.rounds.both_ends): 1 speaks of the region's team alone."""

    __tablename__ = "both_ends"
    id: Mapped[int] = mapped_column(primary_key=True)
    partnership_id: Mapped[int] = mapped_column(ForeignKey("partnership.id"), index=True)
    agreed: Mapped[bool]
    at: Mapped[datetime] = mapped_column(default=now)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    role: Mapped[str] = mapped_column(String(20), default="", server_default=text("''"))
    wording: Mapped[int] = mapped_column(default=1, server_default=text("1"))
