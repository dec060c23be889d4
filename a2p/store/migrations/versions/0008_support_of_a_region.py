"""What a region offers and runs: support modules, replies, runs, plans; associates and introductions."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

TABLES = (
    "introduction",
    "associate",
    "support_plan",
    "support_run_place",
    "support_run",
    "support_reply",
    "support_module",
)


def upgrade() -> None:
    with op.batch_alter_table("support_wish", schema=None) as batch_op:
        batch_op.create_unique_constraint(batch_op.f("uq_support_wish_partnership_id_id"), ["partnership_id", "id"])
    _support_module()
    _support_reply()
    _support_run()
    _support_run_place()
    _support_plan()
    _associate()
    _introduction()


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
    with op.batch_alter_table("support_wish", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_support_wish_partnership_id_id"), type_="unique")


def _support_module() -> None:
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


def _support_reply() -> None:
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


def _support_run() -> None:
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


def _support_run_place() -> None:
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


def _support_plan() -> None:
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


def _associate() -> None:
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


def _introduction() -> None:
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
