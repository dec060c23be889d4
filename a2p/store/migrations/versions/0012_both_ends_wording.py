"""In which words a partnership agreed to be shown beside the others of its county area, and as what."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    with op.batch_alter_table("both_ends", schema=None) as batch_op:
        batch_op.add_column(sa.Column("role", sa.String(length=20), server_default=sa.text("''"), nullable=False))
        batch_op.add_column(sa.Column("wording", sa.Integer(), server_default=sa.text("1"), nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("both_ends", schema=None) as batch_op:
        batch_op.drop_column("wording")
        batch_op.drop_column("role")
