"""The region's figures: scores of frozen results, snapshots and their ledger, documents of a snapshot.

A result's number is never used again, for it stands in the ledger of snapshots after the result is destroyed.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

SUBJECT = (
    "kind in ('batch', 'blank') and result_id is null and invitation_id is null and snapshot_id is null"
    " or kind not in ('batch', 'blank') and snapshot_id is null and (result_id is null) = (invitation_id is not null)"
    " or kind not in ('batch', 'blank') and snapshot_id is not null and result_id is null and invitation_id is null"
)
SUBJECT_BEFORE = (
    "kind in ('batch', 'blank') and result_id is null and invitation_id is null"
    " or kind not in ('batch', 'blank') and (result_id is null) = (invitation_id is not null)"
)
TABLES = (
    "snapshot_cohort",
    "snapshot_comparison",
    "snapshot_member",
    "snapshot",
    "question_score",
    "section_score",
    "result_score",
)


def upgrade() -> None:
    _links()
    _result_score()
    _section_score()
    _question_score()
    _snapshot()
    _snapshot_member()
    _snapshot_comparison()
    _snapshot_cohort()
    _documents()


def downgrade() -> None:
    op.execute("DELETE FROM job WHERE snapshot_id IS NOT NULL")
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_job_snapshot_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("ck_job_subject"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_job_scope"), type_="check")
        batch_op.create_check_constraint(batch_op.f("ck_job_subject"), SUBJECT_BEFORE)
        batch_op.create_check_constraint(batch_op.f("ck_job_scope"), "(kind = 'batch') = (partnership_id is null)")
        batch_op.drop_column("snapshot_id")
    for table in TABLES:
        op.drop_table(table)
    with op.batch_alter_table("destroyed_result", schema=None) as batch_op:
        batch_op.drop_column("result_id")
    with op.batch_alter_table("partnership", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_partnership_region_id_id"), type_="unique")
    if op.get_bind().dialect.name == "sqlite":
        with op.batch_alter_table("frozen_result", schema=None, recreate="always"):
            pass


def _links() -> None:
    """What the new tables link to by a pair of columns; and numbers of results that SQLite never uses again."""
    if op.get_bind().dialect.name == "sqlite":
        with op.batch_alter_table(
            "frozen_result", schema=None, recreate="always", table_kwargs={"sqlite_autoincrement": True}
        ):
            pass
    with op.batch_alter_table("partnership", schema=None) as batch_op:
        batch_op.create_unique_constraint(batch_op.f("uq_partnership_region_id_id"), ["region_id", "id"])
    with op.batch_alter_table("destroyed_result", schema=None) as batch_op:
        batch_op.add_column(sa.Column("result_id", sa.Integer(), nullable=True))


def _result_score() -> None:
    op.create_table(
        "result_score",
        sa.Column("result_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("partnership_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("frozen", sa.DateTime(timezone=True), nullable=False),
        sa.Column("shown", sa.Boolean(), nullable=False),
        sa.Column("partial", sa.Boolean(), nullable=True),
        sa.Column("score", sa.Text(), nullable=True),
        sa.Column("band", sa.String(length=60), nullable=True),
        sa.ForeignKeyConstraint(
            ["partnership_id", "result_id"],
            ["frozen_result.partnership_id", "frozen_result.id"],
            name=op.f("fk_result_score_partnership_id_result_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("result_id", name=op.f("pk_result_score")),
    )
    with op.batch_alter_table("result_score", schema=None) as batch_op:
        batch_op.create_index("ix_result_score_round", ["round_id", "version_id", "edition"], unique=False)


def _section_score() -> None:
    op.create_table(
        "section_score",
        sa.Column("result_id", sa.Integer(), nullable=False),
        sa.Column("section", sa.String(length=60), nullable=False),
        sa.Column("partnership_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("score", sa.Text(), nullable=True),
        sa.Column("points", sa.Double(), nullable=True),
        sa.Column("band", sa.String(length=60), nullable=True),
        sa.Column("wide", sa.Boolean(), nullable=True),
        sa.Column("gaps", sa.Integer(), nullable=False),
        sa.CheckConstraint("gaps >= 0", name=op.f("ck_section_score_gaps")),
        sa.ForeignKeyConstraint(
            ["partnership_id", "result_id"],
            ["frozen_result.partnership_id", "frozen_result.id"],
            name=op.f("fk_section_score_partnership_id_result_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("result_id", "section", name=op.f("pk_section_score")),
        sqlite_with_rowid=False,
    )


def _question_score() -> None:
    op.create_table(
        "question_score",
        sa.Column("result_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(length=60), nullable=False),
        sa.Column("partnership_id", sa.Integer(), nullable=False),
        sa.Column("section", sa.String(length=60), nullable=False),
        sa.Column("score", sa.Text(), nullable=False),
        sa.Column("points", sa.Double(), nullable=False),
        sa.Column("wide", sa.Boolean(), nullable=True),
        sa.Column("gap", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["partnership_id", "result_id"],
            ["frozen_result.partnership_id", "frozen_result.id"],
            name=op.f("fk_question_score_partnership_id_result_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("result_id", "question", name=op.f("pk_question_score")),
        sqlite_with_rowid=False,
    )


def _snapshot() -> None:
    op.create_table(
        "snapshot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("made", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_snapshot_person_id")),
        sa.ForeignKeyConstraint(["region_id"], ["region.id"], name=op.f("fk_snapshot_region_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_snapshot")),
        sa.UniqueConstraint("region_id", "id", name=op.f("uq_snapshot_region_id_id")),
        sa.UniqueConstraint("region_id", "name", name=op.f("uq_snapshot_region_id_name")),
    )


def _snapshot_member() -> None:
    op.create_table(
        "snapshot_member",
        sa.Column("snapshot_id", sa.Integer(), nullable=False),
        sa.Column("result_id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("partnership_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.CheckConstraint("level between 1 and 4", name=op.f("ck_snapshot_member_level")),
        sa.ForeignKeyConstraint(
            ["region_id", "partnership_id"],
            ["partnership.region_id", "partnership.id"],
            name=op.f("fk_snapshot_member_region_id_partnership_id"),
        ),
        sa.ForeignKeyConstraint(
            ["region_id", "snapshot_id"],
            ["snapshot.region_id", "snapshot.id"],
            name=op.f("fk_snapshot_member_region_id_snapshot_id"),
        ),
        sa.PrimaryKeyConstraint("snapshot_id", "result_id", name=op.f("pk_snapshot_member")),
        sqlite_with_rowid=False,
    )


def _snapshot_comparison() -> None:
    op.create_table(
        "snapshot_comparison",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("earlier_id", sa.Integer(), nullable=False),
        sa.Column("later_id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("made", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("earlier_id <> later_id", name=op.f("ck_snapshot_comparison_two")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_snapshot_comparison_person_id")),
        sa.ForeignKeyConstraint(
            ["region_id", "earlier_id"],
            ["snapshot.region_id", "snapshot.id"],
            name=op.f("fk_snapshot_comparison_region_id_earlier_id"),
        ),
        sa.ForeignKeyConstraint(
            ["region_id", "later_id"],
            ["snapshot.region_id", "snapshot.id"],
            name=op.f("fk_snapshot_comparison_region_id_later_id"),
        ),
        sa.ForeignKeyConstraint(["region_id"], ["region.id"], name=op.f("fk_snapshot_comparison_region_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_snapshot_comparison")),
        sa.UniqueConstraint("later_id", "earlier_id", name=op.f("uq_snapshot_comparison_later_id_earlier_id")),
        sa.UniqueConstraint("region_id", "id", name=op.f("uq_snapshot_comparison_region_id_id")),
    )


def _snapshot_cohort() -> None:
    op.create_table(
        "snapshot_cohort",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("snapshot_id", sa.Integer(), nullable=True),
        sa.Column("comparison_id", sa.Integer(), nullable=True),
        sa.Column("made", sa.DateTime(timezone=True), nullable=False),
        sa.Column("questionnaire", sa.String(length=60), nullable=False),
        sa.Column("together", sa.Boolean(), nullable=False),
        sa.Column("shown", sa.Text(), nullable=False),
        sa.Column("results", sa.Text(), nullable=False),
        sa.CheckConstraint("(snapshot_id is null) <> (comparison_id is null)", name=op.f("ck_snapshot_cohort_of")),
        sa.ForeignKeyConstraint(
            ["region_id", "comparison_id"],
            ["snapshot_comparison.region_id", "snapshot_comparison.id"],
            name=op.f("fk_snapshot_cohort_region_id_comparison_id"),
        ),
        sa.ForeignKeyConstraint(
            ["region_id", "snapshot_id"],
            ["snapshot.region_id", "snapshot.id"],
            name=op.f("fk_snapshot_cohort_region_id_snapshot_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_snapshot_cohort")),
    )
    with op.batch_alter_table("snapshot_cohort", schema=None) as batch_op:
        batch_op.create_index("ix_snapshot_cohort_region_id", ["region_id", "id"], unique=False)


def _documents() -> None:
    """Documents of a snapshot: of a region's, so of no partnership."""
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.add_column(sa.Column("snapshot_id", sa.Integer(), nullable=True))
        batch_op.drop_constraint(batch_op.f("ck_job_subject"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_job_scope"), type_="check")
        batch_op.create_check_constraint(batch_op.f("ck_job_subject"), SUBJECT)
        batch_op.create_check_constraint(
            batch_op.f("ck_job_scope"), "(partnership_id is null) = (kind = 'batch' or snapshot_id is not null)"
        )
        batch_op.create_foreign_key(batch_op.f("fk_job_snapshot_id"), "snapshot", ["snapshot_id"], ["id"])
