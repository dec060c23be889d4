"""What follows a round: comments read over, what a workshop settled, actions, releases, wishes for support."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

SCOPE = (
    "(role in ('coordinator', 'chair')) = (partnership_id is not null and round_id is null)"
    " and (role in ('facilitator', 'comment reader')) = (round_id is not null)"
    " and (role = 'programme manager') = (region_id is not null)"
    " and role in ('coordinator', 'chair', 'facilitator', 'comment reader', 'programme manager', 'administrator')"
)
LEVEL = (
    "audience = 'respondents' and level in ('nothing', 'summary', 'all')"
    " or audience = 'region' and level in ('0', 'T', '1', '2', '3', '4')"
    " or audience = 'public' and level in ('nothing', 'board')"
)
SCOPE_BEFORE = (
    "(role in ('coordinator', 'chair')) = (partnership_id is not null and round_id is null)"
    " and (role = 'facilitator') = (round_id is not null)"
    " and (role = 'programme manager') = (region_id is not null)"
    " and role in ('coordinator', 'chair', 'facilitator', 'programme manager', 'administrator')"
)


def upgrade() -> None:
    _support_wishes()
    _actions()
    _releases()
    _changes_and_what_was_settled()
    _comments()


def _support_wishes() -> None:
    op.create_table(
        "support_wish",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("partnership_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("about", sa.String(length=130), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("made", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind in ('ask', 'offer', 'request')", name=op.f("ck_support_wish_kind")),
        sa.ForeignKeyConstraint(["partnership_id"], ["partnership.id"], name=op.f("fk_support_wish_partnership_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_support_wish_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support_wish")),
    )
    with op.batch_alter_table("support_wish", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_support_wish_partnership_id"), ["partnership_id"], unique=False)


def _actions() -> None:
    op.create_table(
        "action_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("partnership_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=True),
        sa.Column("question", sa.String(length=60), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("owner", sa.String(length=200), nullable=False),
        sa.Column("owner_email", sa.String(length=254), nullable=False),
        sa.Column("cost", sa.String(length=200), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("status in ('planned', 'under-way', 'done', 'dropped')", name=op.f("ck_action_item_status")),
        sa.ForeignKeyConstraint(
            ["partnership_id", "round_id"],
            ["round.partnership_id", "round.id"],
            name=op.f("fk_action_item_partnership_id_round_id"),
        ),
        sa.ForeignKeyConstraint(["version_id"], ["questionnaire_version.id"], name=op.f("fk_action_item_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_item")),
        sa.UniqueConstraint("partnership_id", "id", name=op.f("uq_action_item_partnership_id_id")),
    )
    with op.batch_alter_table("action_item", schema=None) as batch_op:
        batch_op.create_index("ix_action_item_due", ["status", "due"], unique=False)
        batch_op.create_index("ix_action_item_round", ["partnership_id", "round_id"], unique=False)


def _releases() -> None:
    op.create_table(
        "release",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("partnership_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("audience", sa.String(length=12), nullable=False),
        sa.Column("level", sa.String(length=8), nullable=False),
        sa.Column("themes", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("proposed", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=True),
        sa.Column("confirmer", sa.String(length=200), server_default=sa.text("''"), nullable=False),
        sa.Column("confirmer_email", sa.String(length=254), server_default=sa.text("''"), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=True),
        sa.Column("decided", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            LEVEL,
            name=op.f("ck_release_level"),
        ),
        sa.CheckConstraint(
            "state in ('proposed', 'confirmed', 'refused', 'taken-back')", name=op.f("ck_release_state")
        ),
        sa.ForeignKeyConstraint(["decided_by_id"], ["person.id"], name=op.f("fk_release_decided_by_id")),
        sa.ForeignKeyConstraint(
            ["partnership_id", "round_id"],
            ["round.partnership_id", "round.id"],
            name=op.f("fk_release_partnership_id_round_id"),
        ),
        sa.ForeignKeyConstraint(["proposed_by_id"], ["person.id"], name=op.f("fk_release_proposed_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_release_token_hash")),
    )
    with op.batch_alter_table("release", schema=None) as batch_op:
        batch_op.create_index("ix_release_round", ["partnership_id", "round_id"], unique=False)


def _changes_and_what_was_settled() -> None:
    op.create_table(
        "action_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("partnership_id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["partnership_id", "action_id"],
            ["action_item.partnership_id", "action_item.id"],
            name=op.f("fk_action_change_partnership_id_action_id"),
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_action_change_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_change")),
    )
    with op.batch_alter_table("action_change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_action_change_action_id"), ["action_id"], unique=False)

    op.create_table(
        "settled",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(length=60), nullable=False),
        sa.Column("partnership_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.String(length=60), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("votes", sa.Integer(), nullable=True),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("votes is null or votes >= 0", name=op.f("ck_settled_votes")),
        sa.ForeignKeyConstraint(
            ["partnership_id", "round_id", "version_id"],
            ["round_questionnaire.partnership_id", "round_questionnaire.round_id", "round_questionnaire.version_id"],
            name=op.f("fk_settled_partnership_id_round_id_version_id"),
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_settled_person_id")),
        sa.PrimaryKeyConstraint("round_id", "version_id", "question", name=op.f("pk_settled")),
    )


def _comments() -> None:
    op.create_table(
        "comment_reading",
        sa.Column("result_id", sa.Integer(), nullable=False),
        sa.Column("partnership_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["partnership_id", "result_id"],
            ["frozen_result.partnership_id", "frozen_result.id"],
            name=op.f("fk_comment_reading_partnership_id_result_id"),
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_comment_reading_person_id")),
        sa.PrimaryKeyConstraint("result_id", name=op.f("pk_comment_reading")),
    )
    op.create_table(
        "comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("partnership_id", sa.Integer(), nullable=False),
        sa.Column("result_id", sa.Integer(), nullable=False),
        sa.Column("response_id", sa.Integer(), nullable=True),
        sa.Column("question", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("hidden", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withheld", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind in ('comment', 'reason', 'answer')", name=op.f("ck_comment_kind")),
        sa.ForeignKeyConstraint(
            ["partnership_id", "result_id"],
            ["frozen_result.partnership_id", "frozen_result.id"],
            name=op.f("fk_comment_partnership_id_result_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment")),
        sa.UniqueConstraint(
            "result_id", "response_id", "question", "kind", name=op.f("uq_comment_result_id_response_id_question_kind")
        ),
    )
    with op.batch_alter_table("comment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_comment_response_id"), ["response_id"], unique=False)

    _scope(SCOPE)


def downgrade() -> None:
    op.execute("DELETE FROM access_grant WHERE role = 'comment reader'")
    _scope(SCOPE_BEFORE)

    with op.batch_alter_table("comment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_comment_response_id"))

    op.drop_table("comment")
    op.drop_table("comment_reading")
    op.drop_table("settled")
    with op.batch_alter_table("action_change", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_action_change_action_id"))

    op.drop_table("action_change")
    with op.batch_alter_table("release", schema=None) as batch_op:
        batch_op.drop_index("ix_release_round")

    op.drop_table("release")
    with op.batch_alter_table("action_item", schema=None) as batch_op:
        batch_op.drop_index("ix_action_item_round")
        batch_op.drop_index("ix_action_item_due")

    op.drop_table("action_item")
    with op.batch_alter_table("support_wish", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_support_wish_partnership_id"))

    op.drop_table("support_wish")


def _scope(condition: str) -> None:
    with op.batch_alter_table("access_grant", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_access_grant_scope"), type_="check")
        batch_op.create_check_constraint(batch_op.f("ck_access_grant_scope"), condition)
