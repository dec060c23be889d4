"""Conditions that may be taken away without a test failing, each with the reason: (file, text) -> reason.

There is one good reason: another condition already says it, and this one is the second lock on the door.
"""

from __future__ import annotations

EXCUSED: dict[tuple[str, str], str] = {
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
        "a2p/rounds/readdressing.py",
        "Invitation.partnership_id == contact.partnership_id",
    ): "an invitation's person is of its partnership (composite foreign key)",
    (
        "a2p/access/invitation_links.py",
        "Invitation.partnership_id == invitation.partnership_id",
    ): "beside it stands the invitation's own number, which is unique",
    (
        "a2p/access/own_sessions.py",
        "Invitation.partnership_id == SessionInvitation.partnership_id",
    ): "a foreign key of both columns ties a session's invitation to its partnership, and its number is unique",
    (
        "a2p/access/own_sessions.py",
        "Round.partnership_id == Invitation.partnership_id",
    ): "a foreign key of both columns ties an invitation's round to its partnership, and its number is unique",
    (
        "a2p/access/roster.py",
        "Grant.person_id.in_([person.id for person in rows])",
    ): "the next line gives each person only their own; this one reads no more than the page needs",
    (
        "a2p/rounds/calendar.py",
        "Invitation.round_id.in_(rounds)",
    ): "what is found is looked up by its round; this one reads no more than the calendar needs",
    (
        "a2p/rounds/choosing.py",
        "Round.partnership_id == round_.partnership_id",
    ): "the invitations below it are of the partnership, and a foreign key ties their round to it",
    (
        "a2p/rounds/choosing.py",
        "Invitation.partnership_id == round_.partnership_id",
    ): "the round above it is of the partnership, and a foreign key ties its invitations to it",
    (
        "a2p/rounds/directory.py",
        "Response.round_id == round_.id",
    ): "what is found is looked up by the round's invitations; this one reads no more than the round needs",
    (
        "a2p/rounds/erasing.py",
        "invitation.round_id == round_.id",
    ): "a round's results count only its own invitations, and their numbers are unique",
    (
        "a2p/rounds/gazetteer.py",
        "Grant.partnership_id.in_(ids)",
    ): "what is counted is looked up by its partnership; this one counts no more than the page needs",
    (
        "a2p/rounds/gazetteer.py",
        "Round.partnership_id.in_(ids)",
    ): "what is counted is looked up by its partnership; this one counts no more than the page needs",
    (
        "a2p/rounds/actions.py",
        "ActionChange.partnership_id == action.partnership_id",
    ): "an action's changes are of its partnership (composite foreign key)",
    (
        "a2p/rounds/gathering.py",
        "Response.round_id == round_.id",
    ): "what is found is looked up by the round's invitations; this one reads no more than the round needs",
    (
        "a2p/rounds/naming.py",
        "Organisation.partnership_id == result.partnership_id",
    ): "the names are looked up by the organisations of the result; this one reads no more than it needs",
    (
        "a2p/rounds/releasing.py",
        "Release.partnership_id == round_.partnership_id",
    ): "a release's round is of its partnership (composite foreign key)",
    (
        "a2p/rounds/workshop.py",
        "Settled.partnership_id == round_.partnership_id",
    ): "what was settled on a round is of its partnership (composite foreign key)",
    (
        "a2p/store/releases.py",
        "of.partnership_id == round_.partnership_id",
    ): "a result's round is of its partnership, kept or destroyed (composite foreign key)",
    (
        "a2p/store/releases.py",
        "RoundReopening.round_id.in_(rounds)",
    ): "what is found is looked up by its round; this one reads no more than is needed",
    (
        "a2p/store/releases.py",
        "Release.round_id.in_(rounds)",
    ): "what is found is looked up by its round; this one reads no more than is needed",
    (
        "a2p/rounds/blanking.py",
        "Result.round_id.in_(rounds)",
    ): "what other results a document is of is looked up by number below; this one reads no more than is needed",
    (
        "a2p/rounds/blanking.py",
        "Job.result_id.in_(same_round)",
    ): "what other results a document is of is looked up by number below; this one reads no more than is needed",
}
