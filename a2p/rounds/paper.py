"""Paper forms: what somebody wrote on paper is keyed in for them, submitted at once, and not read here again."""

from __future__ import annotations

import json
from collections.abc import Mapping

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, selectinload

from a2p.rounds.opening import RoundClosed, is_open, lock
from a2p.scoring.answers import Answer
from a2p.store.answers import save_answers
from a2p.store.audit import Actor, record
from a2p.store.base import now, today
from a2p.store.letter_tables import AuditEvent
from a2p.store.responses import find_response
from a2p.store.round_tables import AnswerRow, Invitation, QuestionnaireVersion, Response, Round

NEEDS_CONSENT = "coordinator"
KEYED_IN, READ_IN = "keyed in a paper form", "read in a filled form"
"""What the audit log calls a form that was keyed in, and one that was read from a filled PDF."""


class AnsweredOnSite(Exception):
    """The person has begun to answer on the site: their own answers stand."""


class ConsentMissing(Exception):
    """A coordinator keys in a form only with the respondent's consent, which is kept."""


def may_be_keyed_for(session: Session, round_: Round) -> list[Invitation]:
    """Everybody whose form may come on paper, by name: not how far they are."""
    found = session.scalars(
        select(Invitation)
        .where(Invitation.round_id == round_.id, Invitation.withdrawn.is_(None), Invitation.passed_to_id.is_(None))
        .options(selectinload(Invitation.organisation), selectinload(Invitation.only))
    )
    return sorted(found, key=lambda each: (each.name.casefold(), each.id))


def refuse(session: Session, invitation: Invitation, version: QuestionnaireVersion) -> Response | None:
    """The response that was keyed in before, if any. AnsweredOnSite or RoundClosed if none may be keyed in now."""
    if not is_open(invitation.round, today()):
        raise RoundClosed
    found = find_response(session, invitation.round, version, invitation)
    # who corrected on the site what was keyed in for them has answered there
    if found is not None and (not found.keyed_by or found.saved != found.submitted):
        raise AnsweredOnSite
    return found


def key_in(
    session: Session,
    invitation: Invitation,
    version: QuestionnaireVersion,
    given: Mapping[str, Answer],
    by: Actor,
    consent: str = "",
    *,
    from_file: bool = False,
) -> Response:
    """Keep and submit what a paper form says, by question id; a form keyed in before is replaced as a whole.

    `from_file`: it was read from a filled PDF, which the audit log says. `by` names the role in which it was keyed in.
    ConsentMissing for a coordinator without `consent`, AnsweredOnSite where the person has begun on the site,
    RoundClosed when it is too late.
    """
    if by.role == NEEDS_CONSENT and not consent.strip():
        raise ConsentMissing
    lock(session, invitation.round, alone=False)
    response = refuse(session, invitation, version) or _begin(session, invitation, version, by)
    session.execute(delete(AnswerRow).where(AnswerRow.response_id == response.id))
    save_answers(session, response.id, given, {})
    response.keyed_by, response.consent = by.role, consent.strip()
    response.saved = response.submitted = now()
    session.flush()
    record(
        session,
        READ_IN if from_file else KEYED_IN,
        by=by,
        of=f"invitation {invitation.id}",
        partnership_id=invitation.partnership_id,
        detail={"round": invitation.round_id, "questionnaire": version.questionnaire},
    )
    return response


def _begin(session: Session, invitation: Invitation, version: QuestionnaireVersion, by: Actor) -> Response:
    begun = Response(
        partnership_id=invitation.partnership_id,
        round_id=invitation.round_id,
        version_id=version.id,
        invitation_id=invitation.id,
        keyed_by=by.role,
    )
    try:
        with session.begin_nested():
            session.add(begun)
    except IntegrityError:
        raise AnsweredOnSite from None
    return begun


def read_in(session: Session, round_: Round, version: QuestionnaireVersion | None = None) -> int:
    """How many of the round's submitted forms were last read in from a filled PDF and not keyed in by hand, of one of
    its questionnaires or of all. The audit log tells: a response says only in which role somebody entered it."""
    forms = (
        select(Response)
        .join(Invitation, Invitation.id == Response.invitation_id)
        .where(Response.round_id == round_.id, Response.keyed_by != "", Response.submitted.is_not(None))
        .where(Invitation.withdrawn.is_(None))
    )
    if version is not None:
        forms = forms.where(Response.version_id == version.id)
    names = {each.id: each.questionnaire for each in round_.versions}
    entered = select(AuditEvent).where(
        AuditEvent.partnership_id == round_.partnership_id, AuditEvent.action.in_((KEYED_IN, READ_IN))
    )
    last: dict[tuple[str, str], str] = {}
    for event in session.scalars(entered.order_by(AuditEvent.id)):
        last[event.object, json.loads(event.detail)["questionnaire"]] = event.action
    found = [(f"invitation {each.invitation_id}", names[each.version_id]) for each in session.scalars(forms)]
    return sum(last.get(each) == READ_IN for each in found)
