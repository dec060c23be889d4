"""The people and answers of a generated round, put in at once: what the site's forms would have saved one by one."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import insert
from sqlalchemy.orm import Session

from a2p.demo.generated import COORDINATORS, SURNAMES
from a2p.demo.places import IN_A_UNITARY
from a2p.demo.staff import address_of
from a2p.rounds.inviting import invite_together
from a2p.scoring.answers import Respondent
from a2p.store.base import table_of
from a2p.store.round_tables import AnswerRow, Invitation, QuestionnaireVersion, Response, Round
from a2p.store.tables import Contact, Organisation, Partnership


@dataclass
class People:
    """The organisations and people of a partnership that were put in already, by name and by number in the round."""

    partnership: Partnership
    organisations: dict[str, int] = field(default_factory=dict)
    contacts: dict[int, int] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)


def invite_all(
    session: Session, round_: Round, people: People, respondents: Sequence[Respondent], opened: datetime
) -> list[int]:
    """Invite them; the numbers of their invitations in the same order."""
    if round_.together:
        invitation = invite_together(session, round_).invitation
        invitation.opened = opened
        session.flush()
        return [invitation.id]
    _list(session, people, respondents)
    place = people.partnership
    rows = [
        {
            "partnership_id": place.id,
            "round_id": round_.id,
            "organisation_id": people.organisations[_body(place, each)[0]],
            "name": people.names[number],
            "councillor": each.councillor,
            "layer": each.layer,
            "email": address_of(people.names[number], place.id * 100 + number),
            "contact_id": people.contacts[number],
            "created": opened,
            "opened": opened,
        }
        for number, each in enumerate(respondents)
    ]
    return _numbered(session, Invitation, rows)


def submit_all(
    session: Session,
    round_: Round,
    version: QuestionnaireVersion,
    invitations: Sequence[int],
    respondents: Sequence[Respondent],
    at: datetime,
) -> None:
    """Save and submit what each respondent of a questionnaire answered, in the order of the invitations."""
    of = {"partnership_id": round_.partnership_id, "round_id": round_.id, "version_id": version.id}
    moments = {"started": at, "saved": at, "submitted": at}
    pairs = list(zip(invitations, respondents, strict=False))
    responses = _numbered(session, Response, [{**of, **moments, "invitation_id": number} for number, _ in pairs])
    answers = [
        {
            "response_id": response,
            "question": question,
            "state": answer.state.value,
            "value": answer.value,
            "comment": answer.comment,
            "edition": 1,
        }
        for response, (_, respondent) in zip(responses, pairs, strict=True)
        for question, answer in respondent.answers.items()
    ]
    if answers:
        session.execute(insert(table_of(AnswerRow)), answers)


def _list(session: Session, people: People, respondents: Sequence[Respondent]) -> None:
    """Put those on the partnership's list who are not on it yet, with their organisations."""
    place = people.partnership
    bodies = dict(_body(place, each) for each in respondents)
    fresh = [name for name in bodies if name not in people.organisations]
    rows = [{"partnership_id": place.id, "name": name, "sector": bodies[name]} for name in fresh]
    people.organisations.update(zip(fresh, _numbered(session, Organisation, rows), strict=True))
    new = [(number, each) for number, each in enumerate(respondents) if number not in people.contacts]
    people.names.update({number: _name(place.id, number) for number, _ in new})
    entries = [
        {
            "partnership_id": place.id,
            "organisation_id": people.organisations[_body(place, each)[0]],
            "name": people.names[number],
            "email": address_of(people.names[number], place.id * 100 + number),
            "councillor": each.councillor,
            "layer": each.layer,
        }
        for number, each in new
    ]
    people.contacts.update(zip((number for number, _ in new), _numbered(session, Contact, entries), strict=True))


def _body(place: Partnership, respondent: Respondent) -> tuple[str, str]:
    organisation, sector = respondent.organisation, respondent.sector or "other-public"
    return IN_A_UNITARY.get(organisation, (organisation, sector)) if place.kind == "unitary" else (organisation, sector)


def _name(place: int, number: int) -> str:
    chance = random.Random(f"person {place}/{number}")
    return f"{chance.choice(COORDINATORS.split())} {chance.choice(SURNAMES.split())}"


def _numbered(
    session: Session,
    of: type[Organisation | Contact | Invitation | Response],
    rows: Sequence[Mapping[str, object]],
) -> list[int]:
    """Put rows in; their numbers in the same order."""
    if not rows:
        return []
    added = insert(of).returning(of.id, sort_by_parameter_order=True)
    return list(session.scalars(added, list(rows)))
