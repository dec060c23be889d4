"""The region: scores of frozen results, snapshots and their ledger, support that is offered and run, associates.

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
    *("introduction", "associate", "support_plan", "support_run_place", "support_run", "support_reply"),
    *("support_module", "snapshot_cohort", "snapshot_comparison", "snapshot_member", "snapshot"),
    *("question_score", "section_score", "result_score"),
)


def upgrade() -> None:
    _links()
    _scores()
    _snapshots()
    _support()
    _helpers()
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
    with op.batch_alter_table("support_wish", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_support_wish_partnership_id_id"), type_="unique")
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
    with op.batch_alter_table("support_wish", schema=None) as batch_op:
        batch_op.create_unique_constraint(batch_op.f("uq_support_wish_partnership_id_id"), ["partnership_id", "id"])


def _scores() -> None:
    with op.batch_alter_table("destroyed_result", schema=None) as batch_op:
        batch_op.add_column(sa.Column("result_id", sa.Integer(), nullable=True))
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


def _snapshots() -> None:
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


def _support() -> None:
    op.create_table(
        "support_module",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("format", sa.String(length=12), nullable=False),
        sa.Column("length", sa.String(length=200), server_default=sa.text("''"), nullable=False),
        sa.Column("serves", sa.Text(), server_default=sa.text("'[]'"), nullable=False),
        sa.Column("retired", sa.DateTime(timezone=True), nullable=True),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "format in ('workshop', 'peer-visit', 'reading', 'mentoring')", name=op.f("ck_support_module_format")
        ),
        sa.ForeignKeyConstraint(["region_id"], ["region.id"], name=op.f("fk_support_module_region_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support_module")),
        sa.UniqueConstraint("region_id", "key", name=op.f("uq_support_module_region_id_key")),
    )
    op.create_table(
        "support_reply",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("partnership_id", sa.Integer(), nullable=False),
        sa.Column("wish_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("state in ('seen', 'planned', 'declined', 'done')", name=op.f("ck_support_reply_state")),
        sa.ForeignKeyConstraint(
            ["partnership_id", "wish_id"],
            ["support_wish.partnership_id", "support_wish.id"],
            name=op.f("fk_support_reply_partnership_id_wish_id"),
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_support_reply_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support_reply")),
    )
    with op.batch_alter_table("support_reply", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_support_reply_wish_id"), ["wish_id"], unique=False)
    op.create_table(
        "support_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("module", sa.String(length=60), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("held", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_support_run_person_id")),
        sa.ForeignKeyConstraint(
            ["region_id", "module"],
            ["support_module.region_id", "support_module.key"],
            name=op.f("fk_support_run_region_id_module"),
        ),
        sa.ForeignKeyConstraint(["region_id"], ["region.id"], name=op.f("fk_support_run_region_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support_run")),
        sa.UniqueConstraint("region_id", "id", name=op.f("uq_support_run_region_id_id")),
    )
    with op.batch_alter_table("support_run", schema=None) as batch_op:
        batch_op.create_index("ix_support_run_held", ["region_id", "held"], unique=False)
    op.create_table(
        "support_run_place",
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("partnership_id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["region_id", "partnership_id"],
            ["partnership.region_id", "partnership.id"],
            name=op.f("fk_support_run_place_region_id_partnership_id"),
        ),
        sa.ForeignKeyConstraint(
            ["region_id", "run_id"],
            ["support_run.region_id", "support_run.id"],
            name=op.f("fk_support_run_place_region_id_run_id"),
        ),
        sa.PrimaryKeyConstraint("run_id", "partnership_id", name=op.f("pk_support_run_place")),
    )
    with op.batch_alter_table("support_run_place", schema=None) as batch_op:
        batch_op.create_index("ix_support_run_place_partnership_id", ["partnership_id"], unique=False)
    op.create_table(
        "support_plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("capacities", sa.Text(), nullable=False),
        sa.Column("chosen", sa.Text(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("made", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_support_plan_person_id")),
        sa.ForeignKeyConstraint(["region_id"], ["region.id"], name=op.f("fk_support_plan_region_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support_plan")),
        sa.UniqueConstraint("region_id", "name", name=op.f("uq_support_plan_region_id_name")),
    )


def _helpers() -> None:
    op.create_table(
        "associate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("organisation", sa.String(length=200), server_default=sa.text("''"), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("sections", sa.Text(), server_default=sa.text("'[]'"), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=True),
        sa.Column("invited", sa.DateTime(timezone=True), nullable=False),
        sa.Column("agreed", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn", sa.DateTime(timezone=True), nullable=True),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.CheckConstraint("days between 0 and 366", name=op.f("ck_associate_days")),
        sa.ForeignKeyConstraint(["region_id"], ["region.id"], name=op.f("fk_associate_region_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_associate")),
        sa.UniqueConstraint("region_id", "id", name=op.f("uq_associate_region_id_id")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_associate_token_hash")),
    )
    with op.batch_alter_table("associate", schema=None) as batch_op:
        batch_op.create_index(
            "uq_associate_email",
            ["region_id", "email"],
            unique=True,
            sqlite_where=sa.text("email <> ''"),
            postgresql_where=sa.text("email <> ''"),
        )
    op.create_table(
        "introduction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("section", sa.String(length=130), nullable=False),
        sa.Column("asker_id", sa.Integer(), nullable=False),
        sa.Column("helper_id", sa.Integer(), nullable=True),
        sa.Column("associate_id", sa.Integer(), nullable=True),
        sa.Column("proposed", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=True),
        sa.Column("asker_answer", sa.String(length=3), nullable=True),
        sa.Column("asker_answered", sa.DateTime(timezone=True), nullable=True),
        sa.Column("helper_answer", sa.String(length=3), nullable=True),
        sa.Column("helper_answered", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(asker_answer is null or asker_answer in ('yes', 'no'))"
            " and (helper_answer is null or helper_answer in ('yes', 'no'))",
            name=op.f("ck_introduction_answers"),
        ),
        sa.CheckConstraint("(helper_id is null) <> (associate_id is null)", name=op.f("ck_introduction_helper")),
        sa.CheckConstraint("asker_id <> helper_id", name=op.f("ck_introduction_two")),
        sa.ForeignKeyConstraint(["proposed_by_id"], ["person.id"], name=op.f("fk_introduction_proposed_by_id")),
        sa.ForeignKeyConstraint(
            ["region_id", "asker_id"],
            ["partnership.region_id", "partnership.id"],
            name=op.f("fk_introduction_region_id_asker_id"),
        ),
        sa.ForeignKeyConstraint(
            ["region_id", "associate_id"],
            ["associate.region_id", "associate.id"],
            name=op.f("fk_introduction_region_id_associate_id"),
        ),
        sa.ForeignKeyConstraint(
            ["region_id", "helper_id"],
            ["partnership.region_id", "partnership.id"],
            name=op.f("fk_introduction_region_id_helper_id"),
        ),
        sa.ForeignKeyConstraint(["region_id"], ["region.id"], name=op.f("fk_introduction_region_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_introduction")),
    )
    with op.batch_alter_table("introduction", schema=None) as batch_op:
        batch_op.create_index("ix_introduction_asker_id", ["asker_id"], unique=False)
        batch_op.create_index("ix_introduction_associate_id", ["associate_id"], unique=False)
        batch_op.create_index("ix_introduction_helper_id", ["helper_id"], unique=False)
        batch_op.create_index("ix_introduction_region_id", ["region_id"], unique=False)


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
