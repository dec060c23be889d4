"""The tables of a round: questionnaire versions, rounds, invitations, responses, answers, evidence, results, jobs."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    Text,
    UniqueConstraint,
    text,
    true,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from a2p.store.base import Base, now
from a2p.store.tables import Organisation, Partnership


class QuestionnaireVersion(Base):
    """A published definition in its own words, or with overlays: of a language, of local words. A row never changes.

    `canonical` is what people are asked, with its SHA-256, in this `language`; `base_sha256` is the hash without
    overlays. `language_sha256` is that of a language's overlay, `overlay_sha256` that of local words ("" without one).
    """

    __tablename__ = "questionnaire_version"
    __table_args__ = (
        Index(
            "uq_questionnaire_version_base",
            "questionnaire",
            "version",
            unique=True,
            sqlite_where=text("overlay_sha256 = '' AND language_sha256 = ''"),
            postgresql_where=text("overlay_sha256 = '' AND language_sha256 = ''"),
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    questionnaire: Mapped[str] = mapped_column(String(60))
    version: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    base_sha256: Mapped[str] = mapped_column(String(64))
    overlay_sha256: Mapped[str] = mapped_column(String(64), default="")
    language: Mapped[str] = mapped_column(String(10), default="en", server_default=text("'en'"))
    language_sha256: Mapped[str] = mapped_column(String(64), default="", server_default=text("''"))
    canonical: Mapped[str] = mapped_column(Text, deferred=True)
    published: Mapped[datetime] = mapped_column(default=now)
    retired: Mapped[datetime | None]

    @property
    def overlays(self) -> tuple[str, ...]:
        """The hashes of its overlays, in the order in which they lie over one another."""
        return tuple(each for each in (self.language_sha256, self.overlay_sha256) if each)


class Round(Base):
    """One run of one or more questionnaires in one partnership. `closes` is the last day, in Europe/London.

    `opened` may lie ahead: then the round is planned, and invitations go out when it comes. `people_erased` is when its
    people's names, addresses and answers were erased, a set time after its close.
    """

    __tablename__ = "round"
    __table_args__ = (
        UniqueConstraint("partnership_id", "id"),
        UniqueConstraint("partnership_id", "name"),
        CheckConstraint("attribution in ('private', 'open')", name="attribution"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    partnership_id: Mapped[int] = mapped_column(ForeignKey("partnership.id"))
    name: Mapped[str] = mapped_column(String(120))
    together: Mapped[bool]
    attribution: Mapped[str] = mapped_column(String(10), default="private")
    message: Mapped[str] = mapped_column(Text, default="")
    opened: Mapped[datetime]
    closes: Mapped[date | None]
    closed: Mapped[datetime | None]
    people_erased: Mapped[datetime | None]
    partnership: Mapped[Partnership] = relationship()
    versions: Mapped[list[QuestionnaireVersion]] = relationship(
        secondary="round_questionnaire", order_by="RoundQuestionnaire.position"
    )


class RoundQuestionnaire(Base):
    """A questionnaire version that a round asks, in the round's order."""

    __tablename__ = "round_questionnaire"
    __table_args__ = (
        ForeignKeyConstraint(["partnership_id", "round_id"], ["round.partnership_id", "round.id"]),
        UniqueConstraint("partnership_id", "round_id", "version_id"),
    )
    round_id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("questionnaire_version.id"), primary_key=True)
    partnership_id: Mapped[int]
    position: Mapped[int]


class RoundReopening(Base):
    """A closed round that was opened again, by whom and why. Its earlier results stay."""

    __tablename__ = "round_reopening"
    __table_args__ = (ForeignKeyConstraint(["partnership_id", "round_id"], ["round.partnership_id", "round.id"]),)
    id: Mapped[int] = mapped_column(primary_key=True)
    partnership_id: Mapped[int]
    round_id: Mapped[int] = mapped_column(index=True)
    at: Mapped[datetime] = mapped_column(default=now)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    reason: Mapped[str] = mapped_column(Text)


class Invitation(Base):
    """One person asked to answer in a round, for an organisation (none in a together round).

    The link's token and the short code beside it are hashed; there is none before a link was made. With an `email`, the
    first browser that opens the link is the only one (`bound`): others get a fresh link at that address. Without one
    the link can be used again. `only` are the questionnaires put to this person; where there are none, all of the
    round's. `passed_to_id` is the deputy's invitation, if it was passed on.
    """

    __tablename__ = "invitation"
    __table_args__ = (
        ForeignKeyConstraint(["partnership_id", "round_id"], ["round.partnership_id", "round.id"]),
        ForeignKeyConstraint(["partnership_id", "organisation_id"], ["organisation.partnership_id", "organisation.id"]),
        ForeignKeyConstraint(["partnership_id", "contact_id"], ["contact.partnership_id", "contact.id"]),
        ForeignKeyConstraint(
            ["partnership_id", "round_id", "passed_to_id"],
            ["invitation.partnership_id", "invitation.round_id", "invitation.id"],
        ),
        UniqueConstraint("partnership_id", "id"),
        UniqueConstraint("partnership_id", "round_id", "id"),
        Index("ix_invitation_round", "round_id"),
        Index("ix_invitation_email", "email"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    partnership_id: Mapped[int]
    round_id: Mapped[int]
    organisation_id: Mapped[int | None]
    name: Mapped[str] = mapped_column(String(200))
    councillor: Mapped[str | None] = mapped_column(String(20))
    layer: Mapped[str | None] = mapped_column(String(20))
    email: Mapped[str] = mapped_column(String(254), default="", server_default=text("''"))
    contact_id: Mapped[int | None]
    token_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    code_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    created: Mapped[datetime] = mapped_column(default=now)
    opened: Mapped[datetime | None]
    bound: Mapped[datetime | None]
    withdrawn: Mapped[datetime | None]
    passed_to_id: Mapped[int | None]
    round: Mapped[Round] = relationship(
        foreign_keys="[Invitation.partnership_id, Invitation.round_id]", overlaps="organisation"
    )
    organisation: Mapped[Organisation | None] = relationship(
        foreign_keys="[Invitation.partnership_id, Invitation.organisation_id]", overlaps="round"
    )
    only: Mapped[list[QuestionnaireVersion]] = relationship(
        secondary="invitation_asks",
        primaryjoin="Invitation.id == InvitationQuestionnaire.invitation_id",
        secondaryjoin="InvitationQuestionnaire.version_id == QuestionnaireVersion.id",
        viewonly=True,
    )

    @property
    def versions(self) -> list[QuestionnaireVersion]:
        """The questionnaire versions put to this person, in the round's order."""
        if not self.only:
            return self.round.versions
        chosen = {version.id for version in self.only}
        return [version for version in self.round.versions if version.id in chosen]


class InvitationQuestionnaire(Base):
    """A questionnaire of the round that is put to an invited person; without any row, all of them are."""

    __tablename__ = "invitation_asks"
    __table_args__ = (
        ForeignKeyConstraint(
            ["partnership_id", "round_id", "invitation_id"],
            ["invitation.partnership_id", "invitation.round_id", "invitation.id"],
        ),
        ForeignKeyConstraint(
            ["partnership_id", "round_id", "version_id"],
            ["round_questionnaire.partnership_id", "round_questionnaire.round_id", "round_questionnaire.version_id"],
        ),
    )
    invitation_id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(primary_key=True)
    partnership_id: Mapped[int]
    round_id: Mapped[int]


class Response(Base):
    """One respondent's answers to one questionnaire; without an invitation, the coordinator's facts.

    `keyed_by` is the role of who keyed in a paper form ("" if it was answered on the site), and `consent` what was
    recorded of the respondent's consent to it.
    """

    __tablename__ = "response"
    __table_args__ = (
        ForeignKeyConstraint(
            ["partnership_id", "round_id", "version_id"],
            ["round_questionnaire.partnership_id", "round_questionnaire.round_id", "round_questionnaire.version_id"],
        ),
        ForeignKeyConstraint(
            ["partnership_id", "round_id", "invitation_id"],
            ["invitation.partnership_id", "invitation.round_id", "invitation.id"],
        ),
        UniqueConstraint("invitation_id", "version_id"),
        Index("ix_response_round_version", "round_id", "version_id", "partnership_id"),
        # One set of facts a round and questionnaire: a unique index on the rows without an invitation.
        Index(
            "uq_response_facts",
            "round_id",
            "version_id",
            unique=True,
            sqlite_where=text("invitation_id IS NULL"),
            postgresql_where=text("invitation_id IS NULL"),
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    partnership_id: Mapped[int]
    round_id: Mapped[int]
    version_id: Mapped[int]
    invitation_id: Mapped[int | None]
    started: Mapped[datetime] = mapped_column(default=now)
    saved: Mapped[datetime] = mapped_column(default=now)
    submitted: Mapped[datetime | None]
    keyed_by: Mapped[str] = mapped_column(String(20), default="", server_default=text("''"))
    consent: Mapped[str] = mapped_column(Text, default="", server_default=text("''"))


class AnswerRow(Base):
    """One answer, versioned: `edition` counts its saves, and a save says which edition it saw.

    In a round answered together `by` is the name of who saved it last, and `at` when that was.
    """

    __tablename__ = "answer"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 - SQLAlchemy reads this as a class attribute
    response_id: Mapped[int] = mapped_column(ForeignKey("response.id", ondelete="CASCADE"), primary_key=True)
    question: Mapped[str] = mapped_column(String(60), primary_key=True)
    state: Mapped[str] = mapped_column(String(14))
    value: Mapped[str] = mapped_column(Text, default="")
    comment: Mapped[str] = mapped_column(Text, default="")
    edition: Mapped[int]
    by: Mapped[str] = mapped_column(String(60), default="", server_default=text("''"))
    at: Mapped[datetime | None]


class EvidenceRow(Base):
    """The coordinator's own level, note and links (a line each) on a scale question, apart from partners' answers;
    versioned likewise."""

    __tablename__ = "evidence"
    __table_args__ = (
        ForeignKeyConstraint(
            ["partnership_id", "round_id", "version_id"],
            ["round_questionnaire.partnership_id", "round_questionnaire.round_id", "round_questionnaire.version_id"],
        ),
    )
    round_id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(primary_key=True)
    question: Mapped[str] = mapped_column(String(60), primary_key=True)
    partnership_id: Mapped[int]
    level: Mapped[str | None] = mapped_column(String(60))
    note: Mapped[str] = mapped_column(Text, default="")
    links: Mapped[str] = mapped_column(Text, default="", server_default=text("''"))
    edition: Mapped[int]


class Result(Base):
    """A frozen result: its public document, its internal part, and the hash of the public one.

    `edition` is 1 for the first closing of the round; a reopened round gets a successor beside it. It is `shown` unless
    the difference to an earlier one would give somebody away; `held_back` lists, as JSON, the questions of which it is
    not shown for that reason, None if there was nothing to compare with. Otherwise the row changes only when somebody
    is erased: then the result that is computed without them takes its place, and all of it is held back.
    """

    __tablename__ = "frozen_result"
    __table_args__ = (
        ForeignKeyConstraint(
            ["partnership_id", "round_id", "version_id"],
            ["round_questionnaire.partnership_id", "round_questionnaire.round_id", "round_questionnaire.version_id"],
        ),
        UniqueConstraint("partnership_id", "id"),
        UniqueConstraint("round_id", "version_id", "edition"),
        # a result that is destroyed leaves its number in the region's snapshots, where no other may take it
        {"sqlite_autoincrement": True},
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    partnership_id: Mapped[int]
    round_id: Mapped[int]
    version_id: Mapped[int]
    edition: Mapped[int] = mapped_column(default=1, server_default="1")
    sha256: Mapped[str] = mapped_column(String(64))
    document: Mapped[str] = mapped_column(Text)
    internal: Mapped[str | None] = mapped_column(Text)
    shown: Mapped[bool] = mapped_column(default=True, server_default=true())
    held_back: Mapped[str | None] = mapped_column(Text)
    frozen: Mapped[datetime] = mapped_column(default=now)


class DestroyedResult(Base):
    """A result that was shown and destroyed with somebody who was erased from it: whoever saw it may remember it.

    `seen` lists, as JSON, the questions of which it showed a figure. `internal` is what those who were not erased
    counted for, to compare the next results with; None once the round's people are erased. `frozen` is the result's,
    and `result_id` the number it had, under which a region's snapshots may have counted it.
    """

    __tablename__ = "destroyed_result"
    __table_args__ = (
        ForeignKeyConstraint(
            ["partnership_id", "round_id", "version_id"],
            ["round_questionnaire.partnership_id", "round_questionnaire.round_id", "round_questionnaire.version_id"],
        ),
        Index("ix_destroyed_result_round", "partnership_id", "round_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    partnership_id: Mapped[int]
    round_id: Mapped[int]
    version_id: Mapped[int]
    result_id: Mapped[int | None]
    edition: Mapped[int]
    seen: Mapped[str] = mapped_column(Text)
    internal: Mapped[str | None] = mapped_column(Text)
    frozen: Mapped[datetime]


class Job(Base):
    """Work that a worker does as whoever asked: its state and heartbeat. The file is whole or not there.

    `kind` says what is made: a `copy` is of a respondent's own answers to one questionnaire; a `blank` is the paper
    form of a questionnaire version, for a partnership; a `batch` is a ZIP of the documents of other jobs, which name it
    as their batch; one with a `snapshot_id` is a document of a region's snapshot; every other kind is a document of a
    result, for a person. `digest` is the hash of all that such a document is made from: one file serves all jobs of the
    same digest.
    """

    __tablename__ = "job"
    __table_args__ = (
        ForeignKeyConstraint(["partnership_id", "result_id"], ["frozen_result.partnership_id", "frozen_result.id"]),
        ForeignKeyConstraint(["partnership_id", "invitation_id"], ["invitation.partnership_id", "invitation.id"]),
        CheckConstraint("state in ('queued', 'running', 'done', 'failed', 'cancelled')", name="state"),
        CheckConstraint(
            "kind in ('batch', 'blank') and result_id is null and invitation_id is null and snapshot_id is null"
            " or kind not in ('batch', 'blank') and snapshot_id is null"
            " and (result_id is null) = (invitation_id is not null)"
            " or kind not in ('batch', 'blank') and snapshot_id is not null"
            " and result_id is null and invitation_id is null",
            name="subject",
        ),
        CheckConstraint("(partnership_id is null) = (kind = 'batch' or snapshot_id is not null)", name="scope"),
        Index("ix_job_state", "state", "heartbeat"),
        Index("ix_job_digest", "digest"),
        Index("ix_job_batch_id", "batch_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    partnership_id: Mapped[int | None] = mapped_column(ForeignKey("partnership.id"))
    result_id: Mapped[int | None]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    invitation_id: Mapped[int | None]
    version_id: Mapped[int | None] = mapped_column(ForeignKey("questionnaire_version.id"))
    snapshot_id: Mapped[int | None] = mapped_column(ForeignKey("snapshot.id"))
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("job.id"))
    kind: Mapped[str] = mapped_column(String(40))
    options: Mapped[str] = mapped_column(Text, default="{}")
    digest: Mapped[str | None] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(10), default="queued")
    message: Mapped[str] = mapped_column(Text, default="")
    tries: Mapped[int] = mapped_column(default=0)
    file: Mapped[str | None] = mapped_column(String(200))
    created: Mapped[datetime] = mapped_column(default=now)
    started: Mapped[datetime | None]
    heartbeat: Mapped[datetime | None]
    finished: Mapped[datetime | None]
