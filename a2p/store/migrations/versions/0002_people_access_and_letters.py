"""People, access and rounds by e-mail: contacts, grants by scope, mailed links, letters, the audit log, reopenings.

It is long, and stays one: installations have it in their database as one step.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

SCOPE = (
    "(role in ('coordinator', 'chair')) = (partnership_id is not null and round_id is null)"
    " and (role = 'facilitator') = (round_id is not null)"
    " and (role = 'programme manager') = (region_id is not null)"
    " and role in ('coordinator', 'chair', 'facilitator', 'programme manager', 'administrator')"
)
SUBJECT = (
    "kind = 'blank' and result_id is null and invitation_id is null"
    " or kind <> 'blank' and (result_id is null) = (invitation_id is not null)"
)


def upgrade() -> None:
    _coming_in()
    _audit()
    _contacts_and_reminders()
    _reopenings_and_what_is_asked()
    _letters()
    _roles_answers_and_results()
    _invitations_and_jobs()
    _places_people_and_rounds()
    _everybody_signs_in_again()


def _coming_in() -> None:
    op.create_table(
        "attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=40), nullable=False),
        sa.Column("key_hash", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt")),
    )
    with op.batch_alter_table("attempt", schema=None) as batch_op:
        batch_op.create_index("ix_attempt_counted", ["purpose", "key_hash", "at"], unique=False)

    op.create_table(
        "held_post",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("address", sa.String(length=300), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_held_post")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_held_post_token_hash")),
    )
    op.create_table(
        "sign_in_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("destination", sa.String(length=300), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_link")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_sign_in_link_code_hash")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sign_in_link_token_hash")),
    )
    with op.batch_alter_table("sign_in_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_in_link_email"), ["email"], unique=False)


def _audit() -> None:
    op.create_table(
        "audit_event",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("partnership_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("actor", sa.String(length=20), nullable=False),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("object", sa.String(length=80), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["partnership_id"], ["partnership.id"], name=op.f("fk_audit_event_partnership_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_audit_event_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_event")),
        sa.UniqueConstraint("hash", name=op.f("uq_audit_event_hash")),
    )
    with op.batch_alter_table("audit_event", schema=None) as batch_op:
        batch_op.create_index("ix_audit_event_partnership", ["partnership_id", "id"], unique=False)

    op.create_table(
        "partnership_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("partnership_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("what", sa.String(length=10), nullable=False),
        sa.Column("old_name", sa.String(length=200), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "what in ('made', 'renamed', 'merged', 'split', 'ended', 'revived')",
            name=op.f("ck_partnership_change_what"),
        ),
        sa.ForeignKeyConstraint(["other_id"], ["partnership.id"], name=op.f("fk_partnership_change_other_id")),
        sa.ForeignKeyConstraint(
            ["partnership_id"], ["partnership.id"], name=op.f("fk_partnership_change_partnership_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partnership_change")),
    )
    with op.batch_alter_table("partnership_change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_partnership_change_partnership_id"), ["partnership_id"], unique=False)


def _contacts_and_reminders() -> None:
    op.create_table(
        "contact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("partnership_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("councillor", sa.String(length=20), nullable=True),
        sa.Column("layer", sa.String(length=20), nullable=True),
        sa.ForeignKeyConstraint(
            ["partnership_id", "organisation_id"],
            ["organisation.partnership_id", "organisation.id"],
            name=op.f("fk_contact_partnership_id_organisation_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
        sa.UniqueConstraint("partnership_id", "id", name=op.f("uq_contact_partnership_id_id")),
    )
    with op.batch_alter_table("contact", schema=None) as batch_op:
        batch_op.create_index(
            "uq_contact_email",
            ["partnership_id", "email"],
            unique=True,
            sqlite_where=sa.text("email <> ''"),
            postgresql_where=sa.text("email <> ''"),
        )

    op.create_table(
        "round_reminder",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("partnership_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["partnership_id", "round_id"],
            ["round.partnership_id", "round.id"],
            name=op.f("fk_round_reminder_partnership_id_round_id"),
        ),
        sa.PrimaryKeyConstraint("round_id", "day", name=op.f("pk_round_reminder")),
    )


def _reopenings_and_what_is_asked() -> None:
    op.create_table(
        "round_reopening",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("partnership_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["partnership_id", "round_id"],
            ["round.partnership_id", "round.id"],
            name=op.f("fk_round_reopening_partnership_id_round_id"),
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_round_reopening_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round_reopening")),
    )
    with op.batch_alter_table("round_reopening", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_round_reopening_round_id"), ["round_id"], unique=False)

    op.create_table(
        "invitation_asks",
        sa.Column("invitation_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("partnership_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["partnership_id", "round_id", "invitation_id"],
            ["invitation.partnership_id", "invitation.round_id", "invitation.id"],
            name=op.f("fk_invitation_asks_partnership_id_round_id_invitation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["partnership_id", "round_id", "version_id"],
            ["round_questionnaire.partnership_id", "round_questionnaire.round_id", "round_questionnaire.version_id"],
            name=op.f("fk_invitation_asks_partnership_id_round_id_version_id"),
        ),
        sa.PrimaryKeyConstraint("invitation_id", "version_id", name=op.f("pk_invitation_asks")),
    )


def _letters() -> None:
    op.create_table(
        "letter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("purpose", sa.String(length=30), nullable=False),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("partnership_id", sa.Integer(), nullable=True),
        sa.Column("invitation_id", sa.Integer(), nullable=True),
        sa.Column("options", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("heartbeat", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "state in ('queued', 'sending', 'sent', 'failed', 'unsure', 'cancelled')", name=op.f("ck_letter_state")
        ),
        sa.ForeignKeyConstraint(
            ["partnership_id", "invitation_id"],
            ["invitation.partnership_id", "invitation.id"],
            name=op.f("fk_letter_partnership_id_invitation_id"),
        ),
        sa.ForeignKeyConstraint(["partnership_id"], ["partnership.id"], name=op.f("fk_letter_partnership_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
        sa.UniqueConstraint("key", name=op.f("uq_letter_key")),
    )
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.create_index("ix_letter_due", ["state", "due"], unique=False)
        batch_op.create_index("ix_letter_invitation", ["invitation_id"], unique=False)


def _roles_answers_and_results() -> None:
    with op.batch_alter_table("access_grant") as batch_op:
        batch_op.add_column(sa.Column("round_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("region_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("created", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("granted_by_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("confirmed", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("confirmed_by_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("ended", sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE access_grant SET created = CURRENT_TIMESTAMP, confirmed = CURRENT_TIMESTAMP")
    with op.batch_alter_table("access_grant") as batch_op:
        batch_op.alter_column("created", existing_type=sa.DateTime(timezone=True), nullable=False)
        batch_op.alter_column("partnership_id", existing_type=sa.Integer(), nullable=True)
        batch_op.create_index(batch_op.f("ix_access_grant_partnership_id"), ["partnership_id"], unique=False)
        for column in ("confirmed_by_id", "granted_by_id"):
            batch_op.create_foreign_key(batch_op.f(f"fk_access_grant_{column}"), "person", [column], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_access_grant_region_id"), "region", ["region_id"], ["id"])
        batch_op.create_foreign_key(
            batch_op.f("fk_access_grant_partnership_id_round_id"),
            "round",
            ["partnership_id", "round_id"],
            ["partnership_id", "id"],
        )
        batch_op.create_check_constraint(batch_op.f("ck_access_grant_scope"), SCOPE)

    with op.batch_alter_table("answer", schema=None) as batch_op:
        batch_op.add_column(sa.Column("by", sa.String(length=60), server_default=sa.text("''"), nullable=False))
        batch_op.add_column(sa.Column("at", sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.add_column(sa.Column("links", sa.Text(), server_default=sa.text("''"), nullable=False))

    with op.batch_alter_table("frozen_result", schema=None) as batch_op:
        batch_op.add_column(sa.Column("edition", sa.Integer(), server_default="1", nullable=False))
        batch_op.add_column(sa.Column("shown", sa.Boolean(), server_default=sa.true(), nullable=False))
        batch_op.add_column(sa.Column("held_back", sa.Text(), nullable=True))
        batch_op.drop_constraint(batch_op.f("uq_frozen_result_round_id_version_id"), type_="unique")
        batch_op.create_unique_constraint(
            batch_op.f("uq_frozen_result_round_id_version_id_edition"), ["round_id", "version_id", "edition"]
        )


def _invitations_and_jobs() -> None:
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("email", sa.String(length=254), server_default=sa.text("''"), nullable=False))
        batch_op.add_column(sa.Column("contact_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("code_hash", sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column("bound", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("passed_to_id", sa.Integer(), nullable=True))
        batch_op.alter_column("token_hash", existing_type=sa.String(length=64), nullable=True)
        batch_op.create_index("ix_invitation_email", ["email"], unique=False)
        batch_op.create_unique_constraint(batch_op.f("uq_invitation_code_hash"), ["code_hash"])
        batch_op.create_foreign_key(
            batch_op.f("fk_invitation_partnership_id_round_id_passed_to_id"),
            "invitation",
            ["partnership_id", "round_id", "passed_to_id"],
            ["partnership_id", "round_id", "id"],
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_invitation_partnership_id_contact_id"),
            "contact",
            ["partnership_id", "contact_id"],
            ["partnership_id", "id"],
        )

    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.add_column(sa.Column("invitation_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("version_id", sa.Integer(), nullable=True))
        batch_op.alter_column("result_id", existing_type=sa.Integer(), nullable=True)
        batch_op.alter_column("person_id", existing_type=sa.Integer(), nullable=True)
        batch_op.create_foreign_key(
            batch_op.f("fk_job_partnership_id_invitation_id"),
            "invitation",
            ["partnership_id", "invitation_id"],
            ["partnership_id", "id"],
        )
        batch_op.create_foreign_key(batch_op.f("fk_job_version_id"), "questionnaire_version", ["version_id"], ["id"])
        batch_op.create_check_constraint(batch_op.f("ck_job_subject"), SUBJECT)


def _places_people_and_rounds() -> None:
    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("merged_into_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_organisation_partnership_id_merged_into_id"),
            "organisation",
            ["partnership_id", "merged_into_id"],
            ["partnership_id", "id"],
        )

    with op.batch_alter_table("partnership", schema=None) as batch_op:
        batch_op.add_column(sa.Column("ended", sa.Date(), nullable=True))

    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.add_column(sa.Column("second_factor", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("second_factor_used", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("single_sign_on", sa.String(length=300), nullable=True))
        batch_op.create_unique_constraint(batch_op.f("uq_person_single_sign_on"), ["single_sign_on"])

    with op.batch_alter_table("questionnaire_version", schema=None) as batch_op:
        batch_op.add_column(sa.Column("retired", sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table("response", schema=None) as batch_op:
        batch_op.add_column(sa.Column("keyed_by", sa.String(length=20), server_default=sa.text("''"), nullable=False))
        batch_op.add_column(sa.Column("consent", sa.Text(), server_default=sa.text("''"), nullable=False))

    with op.batch_alter_table("round", schema=None) as batch_op:
        batch_op.add_column(sa.Column("people_erased", sa.DateTime(timezone=True), nullable=True))

    # whoever is signed in signs in once more: their sessions don't say when they were last seen


def _everybody_signs_in_again() -> None:
    op.execute("DELETE FROM session_invitation")
    op.execute("DELETE FROM session")
    with op.batch_alter_table(
        "session", recreate="always" if op.get_bind().dialect.name == "sqlite" else "auto"
    ) as batch_op:
        batch_op.add_column(sa.Column("seen", sa.DateTime(timezone=True), nullable=False))
        batch_op.add_column(sa.Column("agent", sa.String(length=80), server_default=sa.text("''"), nullable=False))
        batch_op.add_column(sa.Column("second_factor", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index(batch_op.f("ix_session_person_id"), ["person_id"], unique=False)

    with op.batch_alter_table("session_invitation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("known_as", sa.String(length=60), server_default=sa.text("''"), nullable=False))
        batch_op.add_column(sa.Column("at", sa.String(length=130), server_default=sa.text("''"), nullable=False))
        batch_op.add_column(sa.Column("seen", sa.DateTime(timezone=True), nullable=True))
    _make_audit_append_only()


def _make_audit_append_only() -> None:
    """The database itself refuses to change or remove what was written in the audit log."""
    refusal = "the audit log is only added to"
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER audit_event_no_{verb.lower()} BEFORE {verb} ON audit_event "
                f"BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{refusal}'; END $$"
    )
    op.execute(
        "CREATE TRIGGER audit_event_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_event "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change()"
    )


def downgrade() -> None:
    _sessions_places_and_people_before()
    _jobs_invitations_and_results_before()
    _roles_before()
    _no_letters_contacts_or_audit()


def _sessions_places_and_people_before() -> None:
    with op.batch_alter_table("session_invitation", schema=None) as batch_op:
        batch_op.drop_column("seen")
        batch_op.drop_column("at")
        batch_op.drop_column("known_as")

    with op.batch_alter_table("session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_session_person_id"))
        batch_op.drop_column("second_factor")
        batch_op.drop_column("agent")
        batch_op.drop_column("seen")

    with op.batch_alter_table("round", schema=None) as batch_op:
        batch_op.drop_column("people_erased")

    with op.batch_alter_table("response", schema=None) as batch_op:
        batch_op.drop_column("consent")
        batch_op.drop_column("keyed_by")

    with op.batch_alter_table("questionnaire_version", schema=None) as batch_op:
        batch_op.drop_column("retired")

    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_person_single_sign_on"), type_="unique")
        batch_op.drop_column("single_sign_on")
        batch_op.drop_column("second_factor_used")
        batch_op.drop_column("second_factor")

    with op.batch_alter_table("partnership", schema=None) as batch_op:
        batch_op.drop_column("ended")

    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_organisation_partnership_id_merged_into_id"), type_="foreignkey")
        batch_op.drop_column("merged_into_id")


def _jobs_invitations_and_results_before() -> None:
    op.execute("DELETE FROM job WHERE result_id IS NULL OR person_id IS NULL")
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_job_subject"), type_="check")
        batch_op.drop_constraint(batch_op.f("fk_job_version_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_job_partnership_id_invitation_id"), type_="foreignkey")
        batch_op.alter_column("person_id", existing_type=sa.Integer(), nullable=False)
        batch_op.alter_column("result_id", existing_type=sa.Integer(), nullable=False)
        batch_op.drop_column("version_id")
        batch_op.drop_column("invitation_id")

    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_invitation_partnership_id_contact_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_invitation_partnership_id_round_id_passed_to_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("uq_invitation_code_hash"), type_="unique")
        batch_op.drop_index("ix_invitation_email")
        batch_op.alter_column("token_hash", existing_type=sa.String(length=64), nullable=False)
        batch_op.drop_column("passed_to_id")
        batch_op.drop_column("bound")
        batch_op.drop_column("code_hash")
        batch_op.drop_column("contact_id")
        batch_op.drop_column("email")

    with op.batch_alter_table("frozen_result", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_frozen_result_round_id_version_id_edition"), type_="unique")
        batch_op.create_unique_constraint(
            batch_op.f("uq_frozen_result_round_id_version_id"), ["round_id", "version_id"]
        )
        batch_op.drop_column("held_back")
        batch_op.drop_column("shown")
        batch_op.drop_column("edition")

    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.drop_column("links")

    with op.batch_alter_table("answer", schema=None) as batch_op:
        batch_op.drop_column("at")
        batch_op.drop_column("by")


def _roles_before() -> None:
    op.execute("DELETE FROM access_grant WHERE role <> 'coordinator' OR ended IS NOT NULL OR confirmed IS NULL")
    with op.batch_alter_table("access_grant", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_access_grant_scope"), type_="check")
        batch_op.drop_constraint(batch_op.f("fk_access_grant_partnership_id_round_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_access_grant_granted_by_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_access_grant_region_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_access_grant_confirmed_by_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_access_grant_partnership_id"))
        batch_op.alter_column("partnership_id", existing_type=sa.Integer(), nullable=False)
        batch_op.drop_column("ended")
        batch_op.drop_column("confirmed_by_id")
        batch_op.drop_column("confirmed")
        batch_op.drop_column("granted_by_id")
        batch_op.drop_column("created")
        batch_op.drop_column("region_id")
        batch_op.drop_column("round_id")


def _no_letters_contacts_or_audit() -> None:
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.drop_index("ix_letter_invitation")
        batch_op.drop_index("ix_letter_due")

    op.drop_table("letter")
    op.drop_table("invitation_asks")
    with op.batch_alter_table("round_reopening", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_round_reopening_round_id"))

    op.drop_table("round_reopening")
    op.drop_table("round_reminder")
    with op.batch_alter_table("contact", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_contact_email", sqlite_where=sa.text("email <> ''"), postgresql_where=sa.text("email <> ''")
        )

    op.drop_table("contact")
    with op.batch_alter_table("partnership_change", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_partnership_change_partnership_id"))

    op.drop_table("partnership_change")
    with op.batch_alter_table("audit_event", schema=None) as batch_op:
        batch_op.drop_index("ix_audit_event_partnership")

    op.drop_table("audit_event")
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP FUNCTION refuse_audit_change()")
    with op.batch_alter_table("sign_in_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_in_link_email"))

    op.drop_table("sign_in_link")
    op.drop_table("held_post")
    with op.batch_alter_table("attempt", schema=None) as batch_op:
        batch_op.drop_index("ix_attempt_counted")

    op.drop_table("attempt")
