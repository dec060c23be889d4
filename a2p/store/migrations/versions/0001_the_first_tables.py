"""The first tables: places, people, questionnaires, rounds, answers, results and jobs."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    _questionnaires()
    _places()
    _sessions_and_roles()
    _rounds()
    _invitations()
    _what_is_put_to_whom()
    _results()
    _responses()
    _browsers_and_answers()
    _jobs()


def _questionnaires() -> None:
    op.create_table(
        "installation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_installation_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_installation")),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("email", name=op.f("uq_person_email")),
    )
    op.create_table(
        "questionnaire_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("questionnaire", sa.String(length=60), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("base_sha256", sa.String(length=64), nullable=False),
        sa.Column("overlay_sha256", sa.String(length=64), nullable=False),
        sa.Column("canonical", sa.Text(), nullable=False),
        sa.Column("published", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questionnaire_version")),
        sa.UniqueConstraint("sha256", name=op.f("uq_questionnaire_version_sha256")),
    )
    with op.batch_alter_table("questionnaire_version", schema=None) as batch_op:
        batch_op.create_index(
            "uq_questionnaire_version_base",
            ["questionnaire", "version"],
            unique=True,
            sqlite_where=sa.text("overlay_sha256 = ''"),
            postgresql_where=sa.text("overlay_sha256 = ''"),
        )


def _places() -> None:
    op.create_table(
        "region",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_region")),
        sa.UniqueConstraint("name", name=op.f("uq_region_name")),
    )
    op.create_table(
        "partnership",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("above_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["above_id"], ["partnership.id"], name=op.f("fk_partnership_above_id")),
        sa.ForeignKeyConstraint(["region_id"], ["region.id"], name=op.f("fk_partnership_region_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partnership")),
        sa.UniqueConstraint("region_id", "name", name=op.f("uq_partnership_region_id_name")),
    )


def _sessions_and_roles() -> None:
    op.create_table(
        "session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_session_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_session_token_hash")),
    )
    op.create_table(
        "access_grant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("partnership_id", sa.Integer(), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["partnership_id"], ["partnership.id"], name=op.f("fk_access_grant_partnership_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_access_grant_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_grant")),
    )
    with op.batch_alter_table("access_grant", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_access_grant_person_id"), ["person_id"], unique=False)


def _rounds() -> None:
    op.create_table(
        "organisation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("partnership_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("sector", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["partnership_id"], ["partnership.id"], name=op.f("fk_organisation_partnership_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
        sa.UniqueConstraint("partnership_id", "id", name=op.f("uq_organisation_partnership_id_id")),
        sa.UniqueConstraint("partnership_id", "name", name=op.f("uq_organisation_partnership_id_name")),
    )
    op.create_table(
        "round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("partnership_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("together", sa.Boolean(), nullable=False),
        sa.Column("attribution", sa.String(length=10), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("opened", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes", sa.Date(), nullable=True),
        sa.Column("closed", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("attribution in ('private', 'open')", name=op.f("ck_round_attribution")),
        sa.ForeignKeyConstraint(["partnership_id"], ["partnership.id"], name=op.f("fk_round_partnership_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round")),
        sa.UniqueConstraint("partnership_id", "id", name=op.f("uq_round_partnership_id_id")),
        sa.UniqueConstraint("partnership_id", "name", name=op.f("uq_round_partnership_id_name")),
    )


def _invitations() -> None:
    op.create_table(
        "invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("partnership_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("councillor", sa.String(length=20), nullable=True),
        sa.Column("layer", sa.String(length=20), nullable=True),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["partnership_id", "organisation_id"],
            ["organisation.partnership_id", "organisation.id"],
            name=op.f("fk_invitation_partnership_id_organisation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["partnership_id", "round_id"],
            ["round.partnership_id", "round.id"],
            name=op.f("fk_invitation_partnership_id_round_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("partnership_id", "id", name=op.f("uq_invitation_partnership_id_id")),
        sa.UniqueConstraint("partnership_id", "round_id", "id", name=op.f("uq_invitation_partnership_id_round_id_id")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_invitation_token_hash")),
    )
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.create_index("ix_invitation_round", ["round_id"], unique=False)


def _what_is_put_to_whom() -> None:
    op.create_table(
        "round_questionnaire",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("partnership_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["partnership_id", "round_id"],
            ["round.partnership_id", "round.id"],
            name=op.f("fk_round_questionnaire_partnership_id_round_id"),
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["questionnaire_version.id"], name=op.f("fk_round_questionnaire_version_id")
        ),
        sa.PrimaryKeyConstraint("round_id", "version_id", name=op.f("pk_round_questionnaire")),
        sa.UniqueConstraint(
            "partnership_id",
            "round_id",
            "version_id",
            name=op.f("uq_round_questionnaire_partnership_id_round_id_version_id"),
        ),
    )
    op.create_table(
        "evidence",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(length=60), nullable=False),
        sa.Column("partnership_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.String(length=60), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["partnership_id", "round_id", "version_id"],
            ["round_questionnaire.partnership_id", "round_questionnaire.round_id", "round_questionnaire.version_id"],
            name=op.f("fk_evidence_partnership_id_round_id_version_id"),
        ),
        sa.PrimaryKeyConstraint("round_id", "version_id", "question", name=op.f("pk_evidence")),
    )


def _results() -> None:
    op.create_table(
        "frozen_result",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("partnership_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("internal", sa.Text(), nullable=True),
        sa.Column("frozen", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["partnership_id", "round_id", "version_id"],
            ["round_questionnaire.partnership_id", "round_questionnaire.round_id", "round_questionnaire.version_id"],
            name=op.f("fk_frozen_result_partnership_id_round_id_version_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_frozen_result")),
        sa.UniqueConstraint("partnership_id", "id", name=op.f("uq_frozen_result_partnership_id_id")),
        sa.UniqueConstraint("round_id", "version_id", name=op.f("uq_frozen_result_round_id_version_id")),
    )


def _responses() -> None:
    op.create_table(
        "response",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("partnership_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("invitation_id", sa.Integer(), nullable=True),
        sa.Column("started", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["partnership_id", "round_id", "invitation_id"],
            ["invitation.partnership_id", "invitation.round_id", "invitation.id"],
            name=op.f("fk_response_partnership_id_round_id_invitation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["partnership_id", "round_id", "version_id"],
            ["round_questionnaire.partnership_id", "round_questionnaire.round_id", "round_questionnaire.version_id"],
            name=op.f("fk_response_partnership_id_round_id_version_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_response")),
        sa.UniqueConstraint("invitation_id", "version_id", name=op.f("uq_response_invitation_id_version_id")),
    )
    with op.batch_alter_table("response", schema=None) as batch_op:
        batch_op.create_index("ix_response_round_version", ["round_id", "version_id", "partnership_id"], unique=False)
        batch_op.create_index(
            "uq_response_facts",
            ["round_id", "version_id"],
            unique=True,
            sqlite_where=sa.text("invitation_id IS NULL"),
            postgresql_where=sa.text("invitation_id IS NULL"),
        )


def _browsers_and_answers() -> None:
    op.create_table(
        "session_invitation",
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("invitation_id", sa.Integer(), nullable=False),
        sa.Column("partnership_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["partnership_id", "invitation_id"],
            ["invitation.partnership_id", "invitation.id"],
            name=op.f("fk_session_invitation_partnership_id_invitation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["partnership_id"], ["partnership.id"], name=op.f("fk_session_invitation_partnership_id")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["session.id"], name=op.f("fk_session_invitation_session_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("session_id", "invitation_id", name=op.f("pk_session_invitation")),
    )
    with op.batch_alter_table("session_invitation", schema=None) as batch_op:
        batch_op.create_index("ix_session_invitation_invitation", ["invitation_id"], unique=False)

    op.create_table(
        "answer",
        sa.Column("response_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(length=60), nullable=False),
        sa.Column("state", sa.String(length=14), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["response_id"], ["response.id"], name=op.f("fk_answer_response_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("response_id", "question", name=op.f("pk_answer")),
        sqlite_with_rowid=False,
    )


def _jobs() -> None:
    op.create_table(
        "job",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("partnership_id", sa.Integer(), nullable=False),
        sa.Column("result_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("options", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("file", sa.String(length=200), nullable=True),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("heartbeat", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state in ('queued', 'running', 'done', 'failed')", name=op.f("ck_job_state")),
        sa.ForeignKeyConstraint(
            ["partnership_id", "result_id"],
            ["frozen_result.partnership_id", "frozen_result.id"],
            name=op.f("fk_job_partnership_id_result_id"),
        ),
        sa.ForeignKeyConstraint(["partnership_id"], ["partnership.id"], name=op.f("fk_job_partnership_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_job_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
    )
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.create_index("ix_job_state", ["state", "heartbeat"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.drop_index("ix_job_state")

    op.drop_table("job")
    op.drop_table("answer")
    with op.batch_alter_table("session_invitation", schema=None) as batch_op:
        batch_op.drop_index("ix_session_invitation_invitation")

    op.drop_table("session_invitation")
    with op.batch_alter_table("response", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_response_facts",
            sqlite_where=sa.text("invitation_id IS NULL"),
            postgresql_where=sa.text("invitation_id IS NULL"),
        )
        batch_op.drop_index("ix_response_round_version")

    op.drop_table("response")
    op.drop_table("frozen_result")
    op.drop_table("evidence")
    op.drop_table("round_questionnaire")
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.drop_index("ix_invitation_round")

    op.drop_table("invitation")
    op.drop_table("round")
    op.drop_table("organisation")
    with op.batch_alter_table("access_grant", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_access_grant_person_id"))

    op.drop_table("access_grant")
    op.drop_table("session")
    op.drop_table("partnership")
    op.drop_table("region")
    with op.batch_alter_table("questionnaire_version", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_questionnaire_version_base",
            sqlite_where=sa.text("overlay_sha256 = ''"),
            postgresql_where=sa.text("overlay_sha256 = ''"),
        )

    op.drop_table("questionnaire_version")
    op.drop_table("person")
    op.drop_table("installation")
