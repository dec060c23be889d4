"""Alembic's entry: it migrates the connection that a2p.store.migrate hands in."""

from alembic import context

from a2p.store import round_tables
from a2p.store.base import Base

assert round_tables  # noqa: S101 - its import fills Base.metadata
context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
