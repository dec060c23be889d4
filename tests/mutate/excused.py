"""Conditions that may be taken away without a test failing, each with the reason: (file, text) -> reason.

There is one good reason: another condition already says it, and this one is the second lock on the door.
"""

from __future__ import annotations

EXCUSED: dict[tuple[str, str], str] = {
    (
        "a2p/access/granting.py",
        "Grant.partnership_id == grant.partnership_id",
    ): "the chairs of a proposal's own partnership alone are written to, and nobody twice",
    (
        "a2p/rounds/joining.py",
        "Invitation.partnership_id == old.id",
    ): "the people are known by number, and an invitation's person is of its partnership (composite foreign key)",
    (
        "a2p/rounds/letters.py",
        "Invitation.partnership_id == Letter.partnership_id",
    ): "a letter's invitation is of its partnership (composite foreign key)",
    (
        "a2p/rounds/letters.py",
        "Invitation.partnership_id == Round.partnership_id",
    ): "an invitation's round is of its partnership (composite foreign key)",
    (
        "a2p/rounds/letters.py",
        "RoundReminder.partnership_id == Round.partnership_id",
    ): "a reminder day's round is of its partnership (composite foreign key)",
    (
        "a2p/rounds/merging.py",
        "Organisation.partnership_id == kept.partnership_id",
    ): "an entry is merged within its partnership (composite foreign key)",
    (
        "a2p/rounds/merging.py",
        "Organisation.partnership_id == round_.partnership_id",
    ): "only invitations of the round follow, whose organisations are of its partnership (composite foreign key)",
    (
        "a2p/rounds/merging.py",
        "Invitation.partnership_id == contact.partnership_id",
    ): "an invitation's person is of its partnership (composite foreign key)",
    (
        "a2p/rounds/merging.py",
        "Contact.partnership_id == organisation.partnership_id",
    ): "a person's organisation is of their partnership (composite foreign key)",
    (
        "a2p/rounds/merging.py",
        "Round.partnership_id == invited.partnership_id",
    ): "an organisation is invited to rounds of its partnership alone (composite foreign keys)",
    (
        "a2p/rounds/partners.py",
        "Invitation.partnership_id == removed.partnership_id",
    ): "an invitation's person is of its partnership (composite foreign key)",
    (
        "a2p/rounds/passing.py",
        "Invitation.partnership_id == invitation.partnership_id",
    ): "an invitation's round is of its partnership (composite foreign key)",
    (
        "a2p/rounds/presence.py",
        "_opened.partnership_id == invitation.partnership_id",
    ): "what a browser opened is of the invitation's partnership (composite foreign key)",
    (
        "a2p/rounds/programme.py",
        "table.round_id.in_(rounds)",
    ): "the counts are looked up by invitations of these rounds; it only keeps the database from counting the rest",
    (
        "a2p/rounds/readdressing.py",
        "Invitation.partnership_id == contact.partnership_id",
    ): "an invitation's person is of its partnership (composite foreign key)",
    (
        "a2p/access/invitation_links.py",
        "Invitation.partnership_id == invitation.partnership_id",
    ): "an invitation is known by its number",
    (
        "a2p/access/own_sessions.py",
        "Invitation.partnership_id == SessionInvitation.partnership_id",
    ): "what a browser opened is of the invitation's partnership (composite foreign key)",
    (
        "a2p/access/own_sessions.py",
        "Round.partnership_id == Invitation.partnership_id",
    ): "an invitation's round is of its partnership (composite foreign key)",
    (
        "a2p/access/roster.py",
        "Grant.person_id.in_([person.id for person in rows])",
    ): "each line takes its own person's grants; it only keeps the database from reading the rest",
    (
        "a2p/rounds/calendar.py",
        "Organisation.partnership_id.in_(list(partnerships))",
    ): "sectors are looked up by partnership; it only keeps the database from reading the rest",
    (
        "a2p/rounds/calendar.py",
        "Invitation.round_id.in_(rounds)",
    ): "sectors are looked up by round; it only keeps the database from reading the rest",
    (
        "a2p/rounds/choosing.py",
        "Round.partnership_id == round_.partnership_id",
    ): "only rounds with invitations of the partnership are looked at (the next condition)",
    (
        "a2p/rounds/choosing.py",
        "Invitation.partnership_id == round_.partnership_id",
    ): "only rounds of the partnership are looked at (the condition before)",
    (
        "a2p/rounds/directory.py",
        "Response.round_id == round_.id",
    ): "responses are looked up by the round's invitations; it only keeps the database from reading the rest",
    (
        "a2p/rounds/gazetteer.py",
        "Grant.partnership_id.in_(ids)",
    ): "counts are looked up by partnership; it only keeps the database from counting the rest",
    (
        "a2p/rounds/gazetteer.py",
        "Round.partnership_id.in_(ids)",
    ): "counts are looked up by partnership; it only keeps the database from counting the rest",
}
