"""Results that were destroyed: what the next ones must be compared with.

Revision ID: 0005
Revises: 0004
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "destroyed_result",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("partnership_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("seen", sa.Text(), nullable=False),
        sa.Column("internal", sa.Text(), nullable=True),
        sa.Column("frozen", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["partnership_id", "round_id", "version_id"],
            ["round_questionnaire.partnership_id", "round_questionnaire.round_id", "round_questionnaire.version_id"],
            name=op.f("fk_destroyed_result_partnership_id_round_id_version_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_destroyed_result")),
    )
    with op.batch_alter_table("destroyed_result", schema=None) as batch_op:
        batch_op.create_index("ix_destroyed_result_round", ["partnership_id", "round_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("destroyed_result", schema=None) as batch_op:
        batch_op.drop_index("ix_destroyed_result_round")

    op.drop_table("destroyed_result")
