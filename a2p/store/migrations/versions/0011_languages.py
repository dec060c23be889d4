"""Questionnaires in other languages: in which one a version is, and the overlay that it has from."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

_INDEX = "uq_questionnaire_version_base"
_BEFORE = "overlay_sha256 = ''"
_OWN_WORDS = "overlay_sha256 = '' AND language_sha256 = ''"


def upgrade() -> None:
    english = sa.Column("language", sa.String(length=10), server_default=sa.text("'en'"), nullable=False)
    none = sa.Column("language_sha256", sa.String(length=64), server_default=sa.text("''"), nullable=False)
    with op.batch_alter_table("questionnaire_version", schema=None) as batch_op:
        batch_op.add_column(english)
        batch_op.add_column(none)
    _read_languages()
    _index(_OWN_WORDS)


def downgrade() -> None:
    """A version with an overlay of a language keeps its row: which overlay it was is known by the texts alone."""
    op.execute("UPDATE questionnaire_version SET overlay_sha256 = language_sha256 WHERE overlay_sha256 = ''")
    _index(_BEFORE)
    with op.batch_alter_table("questionnaire_version", schema=None) as batch_op:
        batch_op.drop_column("language_sha256")
        batch_op.drop_column("language")


def _read_languages() -> None:
    version = sa.table("questionnaire_version", sa.column("id"), sa.column("canonical"), sa.column("language"))
    connection = op.get_bind()
    for row in connection.execute(sa.select(version.c.id, version.c.canonical)).all():
        language = json.loads(row.canonical)["language"]
        connection.execute(sa.update(version).where(version.c.id == row.id).values(language=language))


def _index(where: str) -> None:
    op.drop_index(_INDEX, table_name="questionnaire_version")
    op.create_index(
        _INDEX,
        "questionnaire_version",
        ["questionnaire", "version"],
        unique=True,
        sqlite_where=sa.text(where),
        postgresql_where=sa.text(where),
    )
