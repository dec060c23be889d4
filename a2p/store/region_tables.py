"""The tables of a region: scores of frozen results, snapshots, and what its programme manager offers, plans and links.

Every table below a region whose rows name partnerships carries the region's id, and links by (region, partnership): a
link to another region's can't be stored.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from a2p.store.base import Base, now

_OF_RESULT = (["partnership_id", "result_id"], ["frozen_result.partnership_id", "frozen_result.id"])
_PARTNERSHIP = ["partnership.region_id", "partnership.id"]


class ResultScore(Base):
    """A frozen result's figures AS THEY MAY BE SHOWN, so that roll-ups read no documents. What stands in the result's
    own row is repeated here, with the hash of the document that the figures were taken from.

    `partial` is None where it isn't known. A result that may not be shown has this row and no figures.
    """

    __tablename__ = "result_score"
    __table_args__ = (
        ForeignKeyConstraint(*_OF_RESULT, ondelete="CASCADE"),
        Index("ix_result_score_round", "round_id", "version_id", "edition"),
    )
    result_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    partnership_id: Mapped[int]
    round_id: Mapped[int]
    version_id: Mapped[int]
    edition: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    frozen: Mapped[datetime]
    shown: Mapped[bool]
    partial: Mapped[bool | None]
    score: Mapped[str | None] = mapped_column(Text)
    band: Mapped[str | None] = mapped_column(String(60))


class SectionScore(Base):
    """A section of a frozen result as it may be shown: its exact score ("25/3") and the same as a number, its band,
    whether voices disagree widely (None: no label is shown), and how many of its questions are knowledge gaps."""

    __tablename__ = "section_score"
    __table_args__ = (
        ForeignKeyConstraint(*_OF_RESULT, ondelete="CASCADE"),
        CheckConstraint("gaps >= 0", name="gaps"),
        {"sqlite_with_rowid": False},
    )
    result_id: Mapped[int] = mapped_column(primary_key=True)
    section: Mapped[str] = mapped_column(String(60), primary_key=True)
    partnership_id: Mapped[int]
    position: Mapped[int]
    score: Mapped[str | None] = mapped_column(Text)
    points: Mapped[float | None]
    band: Mapped[str | None] = mapped_column(String(60))
    wide: Mapped[bool | None]
    gaps: Mapped[int]


class QuestionScore(Base):
    """A question of a frozen result that has a score as it may be shown; `wide` and `gap` as in a section."""

    __tablename__ = "question_score"
    __table_args__ = (
        ForeignKeyConstraint(*_OF_RESULT, ondelete="CASCADE"),
        {"sqlite_with_rowid": False},
    )
    result_id: Mapped[int] = mapped_column(primary_key=True)
    question: Mapped[str] = mapped_column(String(60), primary_key=True)
    partnership_id: Mapped[int]
    section: Mapped[str] = mapped_column(String(60))
    score: Mapped[str] = mapped_column(Text)
    points: Mapped[float]
    wide: Mapped[bool | None]
    gap: Mapped[bool]


class Snapshot(Base):
    """A region's frozen figures: the document and its hash. A row never changes."""

    __tablename__ = "snapshot"
    __table_args__ = (UniqueConstraint("region_id", "name"), UniqueConstraint("region_id", "id"))
    id: Mapped[int] = mapped_column(primary_key=True)
    region_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    name: Mapped[str] = mapped_column(String(120))
    sha256: Mapped[str] = mapped_column(String(64))
    document: Mapped[str] = mapped_column(Text, deferred=True)
    made: Mapped[datetime] = mapped_column(default=now)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class SnapshotMember(Base):
    """A result that a snapshot counts, and the level it was released at then. No foreign key to the result: it may be
    destroyed, and what was shown of the group stays in the ledger. The number of a result is never used again."""

    __tablename__ = "snapshot_member"
    __table_args__ = (
        ForeignKeyConstraint(["region_id", "snapshot_id"], ["snapshot.region_id", "snapshot.id"]),
        ForeignKeyConstraint(["region_id", "partnership_id"], _PARTNERSHIP),
        CheckConstraint("level between 1 and 4", name="level"),
        {"sqlite_with_rowid": False},
    )
    snapshot_id: Mapped[int] = mapped_column(primary_key=True)
    result_id: Mapped[int] = mapped_column(primary_key=True)
    region_id: Mapped[int]
    partnership_id: Mapped[int]
    level: Mapped[int]


class SnapshotComparison(Base):
    """Two snapshots of a region compared, made once: the document and its hash. A row never changes."""

    __tablename__ = "snapshot_comparison"
    __table_args__ = (
        ForeignKeyConstraint(["region_id", "earlier_id"], ["snapshot.region_id", "snapshot.id"]),
        ForeignKeyConstraint(["region_id", "later_id"], ["snapshot.region_id", "snapshot.id"]),
        CheckConstraint("earlier_id <> later_id", name="two"),
        UniqueConstraint("later_id", "earlier_id"),
        UniqueConstraint("region_id", "id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    region_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    earlier_id: Mapped[int]
    later_id: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    document: Mapped[str] = mapped_column(Text, deferred=True)
    made: Mapped[datetime] = mapped_column(default=now)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class SnapshotCohort(Base):
    """The ledger of what a region's managers received: a set of results of which a snapshot, or a comparison of two,
    showed figures; `made` is the moment of that.

    `results` lists their numbers as JSON, in order; `shown` says of which sections and in which groups, as JSON from
    "by/id" of the group to sections. Groups and sections over the same results share a row.
    """

    __tablename__ = "snapshot_cohort"
    __table_args__ = (
        ForeignKeyConstraint(["region_id", "snapshot_id"], ["snapshot.region_id", "snapshot.id"]),
        ForeignKeyConstraint(
            ["region_id", "comparison_id"], ["snapshot_comparison.region_id", "snapshot_comparison.id"]
        ),
        CheckConstraint("(snapshot_id is null) <> (comparison_id is null)", name="of"),
        Index("ix_snapshot_cohort_region_id", "region_id", "id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    region_id: Mapped[int]
    snapshot_id: Mapped[int | None]
    comparison_id: Mapped[int | None]
    made: Mapped[datetime]
    questionnaire: Mapped[str] = mapped_column(String(60))
    together: Mapped[bool]
    shown: Mapped[str] = mapped_column(Text)
    results: Mapped[str] = mapped_column(Text)


class SupportModule(Base):
    """Something a region's programme offers, in the programme manager's words; it begins as a copy of the catalogue's.

    `serves` lists sections as JSON, "questionnaire/section". `retired` ends it; requests and runs keep their link.
    """

    __tablename__ = "support_module"
    __table_args__ = (
        CheckConstraint("format in ('workshop', 'peer-visit', 'reading', 'mentoring')", name="format"),
        UniqueConstraint("region_id", "key"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    region_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    key: Mapped[str] = mapped_column(String(60))
    title: Mapped[str] = mapped_column(String(200))
    summary: Mapped[str] = mapped_column(Text)
    format: Mapped[str] = mapped_column(String(12))
    length: Mapped[str] = mapped_column(String(200), default="", server_default=text("''"))
    serves: Mapped[str] = mapped_column(Text, default="[]", server_default=text("'[]'"))
    retired: Mapped[datetime | None]
    edition: Mapped[int] = mapped_column(default=1)


class SupportReply(Base):
    """What a programme manager answered to a request for support. Rows are only added: the newest counts."""

    __tablename__ = "support_reply"
    __table_args__ = (
        ForeignKeyConstraint(["partnership_id", "wish_id"], ["support_wish.partnership_id", "support_wish.id"]),
        CheckConstraint("state in ('seen', 'planned', 'declined', 'done')", name="state"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    partnership_id: Mapped[int]
    wish_id: Mapped[int] = mapped_column(index=True)
    state: Mapped[str] = mapped_column(String(10))
    text: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime] = mapped_column(default=now)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class SupportRun(Base):
    """Support that was run: which module, under which title, when."""

    __tablename__ = "support_run"
    __table_args__ = (
        ForeignKeyConstraint(["region_id", "module"], ["support_module.region_id", "support_module.key"]),
        UniqueConstraint("region_id", "id"),
        Index("ix_support_run_held", "region_id", "held"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    region_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    module: Mapped[str] = mapped_column(String(60))
    title: Mapped[str] = mapped_column(String(200))
    held: Mapped[date]
    note: Mapped[str] = mapped_column(Text, default="")
    edition: Mapped[int] = mapped_column(default=1)
    at: Mapped[datetime] = mapped_column(default=now)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class SupportRunPlace(Base):
    """A partnership that took part in support that was run."""

    __tablename__ = "support_run_place"
    __table_args__ = (
        ForeignKeyConstraint(["region_id", "run_id"], ["support_run.region_id", "support_run.id"]),
        ForeignKeyConstraint(["region_id", "partnership_id"], _PARTNERSHIP),
        Index("ix_support_run_place_partnership_id", "partnership_id"),
    )
    run_id: Mapped[int] = mapped_column(primary_key=True)
    partnership_id: Mapped[int] = mapped_column(primary_key=True)
    region_id: Mapped[int]


class SupportPlan(Base):
    """A plan of support: how much of each format can be run (`capacities`), and what is `chosen`, both as JSON."""

    __tablename__ = "support_plan"
    __table_args__ = (UniqueConstraint("region_id", "name"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    region_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    name: Mapped[str] = mapped_column(String(120))
    capacities: Mapped[str] = mapped_column(Text)
    chosen: Mapped[str] = mapped_column(Text)
    edition: Mapped[int] = mapped_column(default=1)
    made: Mapped[datetime] = mapped_column(default=now)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class Associate(Base):
    """A practitioner who offers days to a region. `sections` lists what they can help on as JSON,
    "questionnaire/section".

    Nobody sees them before they `agreed` by the mailed link, whose token is hashed; `withdrawn` ends it. Erased, they
    have no address.
    """

    __tablename__ = "associate"
    __table_args__ = (
        CheckConstraint("days between 0 and 366", name="days"),
        UniqueConstraint("region_id", "id"),
        Index(
            "uq_associate_email",
            "region_id",
            "email",
            unique=True,
            sqlite_where=text("email <> ''"),
            postgresql_where=text("email <> ''"),
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    region_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    name: Mapped[str] = mapped_column(String(200))
    email: Mapped[str] = mapped_column(String(254))
    organisation: Mapped[str] = mapped_column(String(200), default="", server_default=text("''"))
    days: Mapped[int]
    about: Mapped[str] = mapped_column(Text, default="")
    sections: Mapped[str] = mapped_column(Text, default="[]", server_default=text("'[]'"))
    token_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    invited: Mapped[datetime] = mapped_column(default=now)
    agreed: Mapped[datetime | None]
    withdrawn: Mapped[datetime | None]
    edition: Mapped[int] = mapped_column(default=1)


class Introduction(Base):
    """A partnership that asked for help on a section ("questionnaire/section"), and who could give it: another
    partnership or an associate. Neither is named to the other before both said "yes"."""

    __tablename__ = "introduction"
    __table_args__ = (
        ForeignKeyConstraint(["region_id", "asker_id"], _PARTNERSHIP),
        ForeignKeyConstraint(["region_id", "helper_id"], _PARTNERSHIP),
        ForeignKeyConstraint(["region_id", "associate_id"], ["associate.region_id", "associate.id"]),
        CheckConstraint("(helper_id is null) <> (associate_id is null)", name="helper"),
        CheckConstraint("asker_id <> helper_id", name="two"),
        CheckConstraint(
            "(asker_answer is null or asker_answer in ('yes', 'no'))"
            " and (helper_answer is null or helper_answer in ('yes', 'no'))",
            name="answers",
        ),
        Index("ix_introduction_region_id", "region_id"),
        Index("ix_introduction_asker_id", "asker_id"),
        Index("ix_introduction_helper_id", "helper_id"),
        Index("ix_introduction_associate_id", "associate_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    region_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    section: Mapped[str] = mapped_column(String(130))
    asker_id: Mapped[int]
    helper_id: Mapped[int | None]
    associate_id: Mapped[int | None]
    proposed: Mapped[datetime] = mapped_column(default=now)
    proposed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    asker_answer: Mapped[str | None] = mapped_column(String(3))
    asker_answered: Mapped[datetime | None]
    helper_answer: Mapped[str | None] = mapped_column(String(3))
    helper_answered: Mapped[datetime | None]
    ended: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(Text, default="")
