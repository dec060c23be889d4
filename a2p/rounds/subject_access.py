"""What a person may ask to see: all that is held about their address, in words, as one document."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date

from sqlalchemy import false, or_, select
from sqlalchemy.orm import Session

from a2p.definition.model import Questionnaire
from a2p.rounds.belongings import Belongings, of_address
from a2p.rounds.held import (
    Held,
    HeldAccount,
    HeldAction,
    HeldAnswer,
    HeldAssociate,
    HeldAttendance,
    HeldComment,
    HeldConfirmation,
    HeldContact,
    HeldEvent,
    HeldGrant,
    HeldIntroduction,
    HeldInvitation,
    HeldLetter,
    HeldResponse,
    HeldSession,
    HeldSignInLink,
)
from a2p.scoring.answer_words import in_words, levels_of
from a2p.store.access_tables import Session as BrowserSession
from a2p.store.access_tables import SessionInvitation
from a2p.store.answers import read_answers
from a2p.store.base import now
from a2p.store.definitions import definition_of
from a2p.store.letter_tables import AuditEvent
from a2p.store.outcome_tables import ActionItem, Attendee, Comment, Release, Workshop
from a2p.store.region_tables import Associate, Introduction
from a2p.store.round_tables import Invitation, QuestionnaireVersion, Response, Round
from a2p.store.tables import Contact, Grant, Partnership, Person, Region


def held_about(session: Session, email: str) -> Held | None:
    """Everything held about an address; None if there is nothing."""
    theirs = of_address(session, email)
    if not theirs:
        return None
    person = theirs.person
    return Held(
        address=email.strip(),
        made=now(),
        account=_account(person) if person else None,
        grants=tuple(_grant(session, grant) for grant in person.grants) if person else (),
        contacts=tuple(_contact(session, contact) for contact in theirs.contacts),
        invitations=tuple(_invitation(session, each) for each in theirs.invitations),
        letters=tuple(
            HeldLetter(each.purpose, each.address, each.state, each.created, each.sent) for each in theirs.letters
        ),
        sign_in_links=tuple(HeldSignInLink(each.created, each.expires, each.used) for each in theirs.sign_in_links),
        sessions=_sessions(session, theirs),
        actions=tuple(_action(session, each) for each in theirs.actions),
        confirmations=tuple(_confirmation(session, session.get_one(Release, each)) for each in theirs.releases),
        workshops=tuple(_attendance(session, each) for each in theirs.attendees),
        associate=tuple(_associate(session, each) for each in theirs.associates),
        done=_events(session, person) if person else (),
    )


def as_json(held: Held) -> str:
    """The document, as indented JSON; moments and days in ISO form, moments in UTC."""
    return json.dumps(asdict(held), indent=2, ensure_ascii=False, default=_moment) + "\n"


def _moment(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no form in JSON")


def _account(person: Person) -> HeldAccount:
    return HeldAccount(person.name, person.email, person.second_factor is not None, person.single_sign_on)


def _grant(session: Session, grant: Grant) -> HeldGrant:
    place = grant.partnership or grant.region
    over = place.name if place else "this installation"
    if grant.round_id is not None:
        over = f"{over}, {session.get_one(Round, grant.round_id).name}"
    return HeldGrant(grant.role, over, grant.starts, grant.ends, grant.created, grant.confirmed, grant.ended)


def _contact(session: Session, contact: Contact) -> HeldContact:
    partnership = session.get_one(Partnership, contact.partnership_id)
    return HeldContact(
        partnership.name,
        contact.organisation.name,
        contact.name,
        contact.email,
        contact.councillor,
        contact.layer,
        contact.asks,
    )


def _invitation(session: Session, invitation: Invitation) -> HeldInvitation:
    round_ = invitation.round
    return HeldInvitation(
        partnership=round_.partnership.name,
        round=round_.name,
        organisation=invitation.organisation.name if invitation.organisation else None,
        name=invitation.name,
        email=invitation.email,
        councillor=invitation.councillor,
        layer=invitation.layer,
        invited=invitation.created,
        opened=invitation.opened,
        withdrawn=invitation.withdrawn,
        passed_on=invitation.passed_to_id is not None,
        responses=() if round_.together else _responses(session, invitation),
    )


def _responses(session: Session, invitation: Invitation) -> tuple[HeldResponse, ...]:
    found = session.execute(
        select(Response, QuestionnaireVersion)
        .join(QuestionnaireVersion, QuestionnaireVersion.id == Response.version_id)
        .where(Response.invitation_id == invitation.id)
        .order_by(Response.id)
    )
    return tuple(_response(session, response, version) for response, version in found)


def _response(session: Session, response: Response, version: QuestionnaireVersion) -> HeldResponse:
    definition = definition_of(version)
    stored = read_answers(session, response.id)
    answers = tuple(
        HeldAnswer(
            section.title,
            question.ask,
            in_words(question, levels_of(definition, question), stored[question.id].answer).text,
            stored[question.id].answer.comment,
        )
        for section in definition.sections
        for question in section.questions
        if question.id in stored
    )
    return HeldResponse(
        definition.title,
        response.started,
        response.saved,
        response.submitted,
        response.keyed_by,
        response.consent,
        answers,
        _comments(session, response, definition),
    )


def _comments(session: Session, response: Response, definition: Questionnaire) -> tuple[HeldComment, ...]:
    asks = {question.id: question.ask for section in definition.sections for question in section.questions}
    found = session.scalars(select(Comment).where(Comment.response_id == response.id).order_by(Comment.id))
    return tuple(HeldComment(asks[each.question], each.text, each.hidden, each.withheld) for each in found)


def _sessions(session: Session, theirs: Belongings) -> tuple[HeldSession, ...]:
    own = false() if theirs.person is None else BrowserSession.person_id == theirs.person.id
    opened = select(SessionInvitation.session_id).where(
        SessionInvitation.invitation_id.in_([each.id for each in theirs.invitations])
    )
    found = session.scalars(
        select(BrowserSession).where(or_(own, BrowserSession.id.in_(opened))).order_by(BrowserSession.id)
    )
    return tuple(HeldSession(each.created, each.seen, each.ends, each.agent) for each in found)


def _action(session: Session, action: ActionItem) -> HeldAction:
    partnership = session.get_one(Partnership, action.partnership_id)
    return HeldAction(partnership.name, action.owner, action.what, action.due, action.status)


def _confirmation(session: Session, release: Release) -> HeldConfirmation:
    partnership = session.get_one(Partnership, release.partnership_id)
    return HeldConfirmation(partnership.name, release.confirmer, release.audience, release.level, release.state)


def _attendance(session: Session, attendee: Attendee) -> HeldAttendance:
    partnership = session.get_one(Partnership, attendee.partnership_id)
    held = session.get_one(Workshop, attendee.workshop_id).held
    return HeldAttendance(partnership.name, held, attendee.name, attendee.email)


def _associate(session: Session, associate: Associate) -> HeldAssociate:
    proposed = session.scalars(
        select(Introduction).where(Introduction.associate_id == associate.id).order_by(Introduction.id)
    )
    return HeldAssociate(
        region=session.get_one(Region, associate.region_id).name,
        name=associate.name,
        email=associate.email,
        organisation=associate.organisation,
        days_a_year=associate.days,
        about=associate.about,
        sections=tuple(json.loads(associate.sections)),
        asked=associate.invited,
        agreed=associate.agreed,
        withdrawn=associate.withdrawn,
        introductions=tuple(
            HeldIntroduction(each.section, each.proposed, each.helper_answer, each.helper_answered, each.ended)
            for each in proposed
        ),
    )


def _events(session: Session, person: Person) -> tuple[HeldEvent, ...]:
    found = session.scalars(select(AuditEvent).where(AuditEvent.person_id == person.id).order_by(AuditEvent.id))
    return tuple(HeldEvent(each.at, each.action, each.object, each.actor) for each in found)
