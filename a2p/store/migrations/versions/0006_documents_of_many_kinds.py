"""Documents of many kinds: one file for all who ask for the same, batches as one ZIP, cancelling, when work began."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

SUBJECT = (
    "kind in ('batch', 'blank') and result_id is null and invitation_id is null"
    " or kind not in ('batch', 'blank') and (result_id is null) = (invitation_id is not null)"
)
SUBJECT_BEFORE = (
    "kind = 'blank' and result_id is null and invitation_id is null"
    " or kind <> 'blank' and (result_id is null) = (invitation_id is not null)"
)
JOBS = sa.table("job", sa.column("id"), sa.column("kind"), sa.column("options"))


def upgrade() -> None:
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.add_column(sa.Column("batch_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("digest", sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column("started", sa.DateTime(timezone=True), nullable=True))
        batch_op.alter_column("partnership_id", existing_type=sa.Integer(), nullable=True)
        batch_op.drop_constraint(batch_op.f("ck_job_state"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_job_subject"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_job_state"), "state in ('queued', 'running', 'done', 'failed', 'cancelled')"
        )
        batch_op.create_check_constraint(batch_op.f("ck_job_subject"), SUBJECT)
        batch_op.create_check_constraint(batch_op.f("ck_job_scope"), "(kind = 'batch') = (partnership_id is null)")
        batch_op.create_foreign_key(batch_op.f("fk_job_batch_id"), "job", ["batch_id"], ["id"])
        batch_op.create_index("ix_job_batch_id", ["batch_id"], unique=False)
        batch_op.create_index("ix_job_digest", ["digest"], unique=False)
    _rewrite_orders()


def downgrade() -> None:
    op.execute("DELETE FROM job WHERE batch_id IS NOT NULL")
    op.execute("DELETE FROM job WHERE kind NOT IN ('blank', 'copy')")
    op.execute("UPDATE job SET state = 'failed' WHERE state = 'cancelled'")
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.drop_index("ix_job_digest")
        batch_op.drop_index("ix_job_batch_id")
        batch_op.drop_constraint(batch_op.f("fk_job_batch_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("ck_job_scope"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_job_subject"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_job_state"), type_="check")
        batch_op.create_check_constraint(batch_op.f("ck_job_state"), "state in ('queued', 'running', 'done', 'failed')")
        batch_op.create_check_constraint(batch_op.f("ck_job_subject"), SUBJECT_BEFORE)
        batch_op.alter_column("partnership_id", existing_type=sa.Integer(), nullable=False)
        batch_op.drop_column("started")
        batch_op.drop_column("digest")
        batch_op.drop_column("batch_id")


def _rewrite_orders() -> None:
    """A report's order said whether it was the board's summary; now the kind of the document does."""
    connection = op.get_bind()
    for job in connection.execute(sa.select(JOBS.c.id, JOBS.c.options).where(JOBS.c.kind == "report")).all():
        before = json.loads(job.options)
        kind = "summary" if before.get("summary") else "report"
        order = {"kind": kind, "format": "pdf", "large_print": bool(before.get("large_print"))}
        options = json.dumps(order, sort_keys=True)
        connection.execute(sa.update(JOBS).where(JOBS.c.id == job.id).values(kind=kind, options=options))
