"""What erasing does to rows: links, letters, answers and documents of people. Who and when is decided elsewhere."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import ColumnElement, delete, func, or_, select, update
from sqlalchemy.orm import Session

from a2p.store.access_tables import SessionInvitation
from a2p.store.base import now
from a2p.store.letter_tables import Letter
from a2p.store.outcome_tables import Attendee, Comment, Release, Workshop
from a2p.store.region_tables import Associate, Introduction
from a2p.store.round_tables import AnswerRow, Invitation, Job, Response, Result, Round

NAME = "Erased person"


@dataclass(frozen=True, slots=True)
class Blanked:
    """How much was erased. `files` lie in the documents folder, to be removed there after the commit."""

    invitations: int = 0
    answers: int = 0
    letters: int = 0
    files: tuple[str, ...] = ()


def blank_invitations(session: Session, invitations: Sequence[Invitation], *, withdraw: bool) -> Blanked:
    """Take the people out of invitations: names, addresses, links, browsers, answers and copies of them, letters.

    The answer of a partnership that answered together is the partnership's, and stays. `withdraw` says that an
    invitation no longer counts as one.
    """
    ids = [invitation.id for invitation in invitations]
    apart = [invitation.id for invitation in invitations if not invitation.round.together]
    for invitation in invitations:
        _blank(invitation)
        if withdraw and not invitation.round.together:
            invitation.withdrawn = invitation.withdrawn or now()
    session.flush()
    session.execute(delete(SessionInvitation).where(SessionInvitation.invitation_id.in_(ids)))
    files = delete_jobs(session, Job.invitation_id.in_(apart))
    answers = _delete_answers(session, apart)
    return Blanked(len(ids), answers, blank_letters(session, Letter.invitation_id.in_(ids)), files)


def _blank(invitation: Invitation) -> None:
    if not invitation.round.together:
        invitation.name = NAME
        invitation.councillor = invitation.layer = None
    invitation.email = ""
    invitation.contact_id = invitation.token_hash = invitation.code_hash = None


def _delete_answers(session: Session, invitation_ids: Collection[int]) -> int:
    whose = select(Response.id).where(Response.invitation_id.in_(invitation_ids))
    counted = session.scalar(select(func.count()).select_from(AnswerRow).where(AnswerRow.response_id.in_(whose)))
    session.execute(delete(AnswerRow).where(AnswerRow.response_id.in_(whose)))
    session.execute(delete(Comment).where(Comment.response_id.in_(whose)))
    session.execute(delete(Response).where(Response.invitation_id.in_(invitation_ids)))
    return counted or 0


def blank_letters(session: Session, which: ColumnElement[bool]) -> int:
    """Blank letters' addresses and whatever else could name somebody; one that waits is not sent. Returns how many.

    What remains is that on a day a letter of some purpose was sent.
    """
    found = session.scalars(select(Letter).where(which, or_(Letter.address != "", Letter.answer != ""))).all()
    for letter in found:
        letter.key = f"erased-{letter.id}"
        letter.address, letter.options, letter.answer = "", "{}", ""
        if letter.state in ("queued", "sending"):
            letter.state = "cancelled"
    session.flush()
    return len(found)


def blank_confirmers(session: Session, which: ColumnElement[bool]) -> int:
    """Take the names and addresses of who was asked to confirm out of releases; one that waits is taken back. Returns
    how many. What was released stays as it is."""
    found = session.scalars(select(Release).where(which, Release.confirmer_email != "")).all()
    for release in found:
        release.confirmer, release.confirmer_email, release.token_hash = NAME, "", None
        if release.state == "proposed":
            release.state, release.decided = "taken-back", now()
    session.flush()
    return len(found)


def forget_attendees(session: Session, attendees: Collection[Attendee]) -> None:
    """Take people off the workshops they came to, where how many came stays. A form that somebody has open with their
    names in it does not bring them back unseen."""
    held = {each.workshop_id for each in attendees}
    hold_workshops(session, held)
    session.execute(delete(Attendee).where(Attendee.id.in_([each.id for each in attendees])))
    session.execute(update(Workshop).where(Workshop.id.in_(held)).values(edition=Workshop.edition + 1))


def blank_associates(session: Session, associates: Collection[Associate]) -> None:
    """Take people out of a region's associates. They withdraw, and what they were proposed for ends; that somebody was
    introduced on a day stays."""
    at = now()
    for associate in associates:
        associate.name, associate.email, associate.organisation, associate.about = NAME, "", "", ""
        associate.days, associate.sections, associate.token_hash = 0, "[]", None
        associate.withdrawn = associate.withdrawn or at
        associate.edition += 1
    theirs = Introduction.associate_id.in_([each.id for each in associates])
    session.execute(update(Introduction).where(theirs, Introduction.ended.is_(None)).values(ended=at))
    session.flush()


def hold_workshops(session: Session, ids: Collection[int]) -> None:
    """Keep others from changing these workshops until the commit; in the order of their numbers, so that nobody waits
    in a circle."""
    session.execute(select(Workshop.id).where(Workshop.id.in_(ids)).order_by(Workshop.id).with_for_update()).all()


def of_results(session: Session, results: Collection[int]) -> ColumnElement[bool]:
    """The jobs of documents that are of any of these results, those that are of several questionnaires too."""
    rounds = select(Result.round_id).where(Result.id.in_(results))
    same_round = select(Result.id).where(Result.round_id.in_(rounds))
    several = session.scalars(select(Job).where(Job.result_id.in_(same_round), Job.options.contains('"also"')))
    touched = [job.id for job in several if set(json.loads(job.options)["also"]) & set(results)]
    return Job.result_id.in_(results) | Job.id.in_(touched)


def delete_jobs(session: Session, which: ColumnElement[bool]) -> tuple[str, ...]:
    """Delete jobs, and the batches that they stand in; returns the files that are nobody's then."""
    batches = set(session.scalars(select(Job.batch_id).where(which, Job.batch_id.is_not(None))))
    session.execute(update(Job).where(Job.batch_id.in_(batches)).values(batch_id=None))
    gone = which | Job.id.in_(batches)
    files = set(session.scalars(select(Job.file).where(gone, Job.file.is_not(None))))
    session.execute(delete(Job).where(gone))
    kept = set(session.scalars(select(Job.file).where(Job.file.in_(files))))
    return tuple(sorted(file for file in files - kept if file))


def forget_names(session: Session, names: Collection[str], partnership_ids: Collection[int]) -> None:
    """Take names off the answers that these partnerships gave together: who saved them last, and who is there."""
    together = select(Response.id).join(
        Round, (Round.id == Response.round_id) & Round.together & Round.partnership_id.in_(partnership_ids)
    )
    session.execute(update(AnswerRow).where(AnswerRow.by.in_(names), AnswerRow.response_id.in_(together)).values(by=""))
    session.execute(
        update(SessionInvitation)
        .where(SessionInvitation.known_as.in_(names), SessionInvitation.partnership_id.in_(partnership_ids))
        .values(known_as="")
    )


def remove_files(documents: Path, files: Collection[str]) -> None:
    """Remove documents, after the commit that erased what they were of."""
    for name in files:
        (documents / name).unlink(missing_ok=True)
