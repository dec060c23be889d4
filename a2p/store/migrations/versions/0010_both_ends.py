"""What partnerships say to being shown beside the others of their county area."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.create_table(
        "both_ends",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("partnership_id", sa.Integer(), nullable=False),
        sa.Column("agreed", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["partnership_id"], ["partnership.id"], name=op.f("fk_both_ends_partnership_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_both_ends_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_both_ends")),
    )
    with op.batch_alter_table("both_ends", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_both_ends_partnership_id"), ["partnership_id"], unique=False)


def downgrade() -> None:
    op.drop_table("both_ends")
