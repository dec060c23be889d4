"""Filling a demo's database: regions, partnerships, coordinators, rounds, answers, frozen results."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Literal

from sqlalchemy import insert
from sqlalchemy.orm import Session

from a2p.demo.outcomes import tell_both_ends, tell_outcomes
from a2p.demo.places import FIRST_REGION, IN_A_UNITARY, REGIONS, SECOND_REGION, DemoRound, Place
from a2p.demo.region import seed_region
from a2p.demo.staff import contact_of, staff_installation, staff_partnership, staff_region, staff_round
from a2p.demo.support import tell_support
from a2p.exchange.sample import sample, sample_coordinator
from a2p.rounds import evidence
from a2p.rounds.both_ends import OF_BOTH
from a2p.rounds.closing import close_round
from a2p.rounds.inviting import Invitee, invite, invite_together
from a2p.rounds.opening import RoundPlan, open_round
from a2p.rounds.publishing import publish_all
from a2p.scoring.answers import Answer, Respondent
from a2p.store.base import now, today
from a2p.store.definitions import definition_of
from a2p.store.round_tables import AnswerRow, Invitation, QuestionnaireVersion, Response, Round
from a2p.store.tables import Installation, Partnership, Region

FIRST = (
    "Alice Ben Carys Dilip Ewa Farid Grace Hamza Irina Jonas Keira Lewis Mona Niall Olu Petra Quentin Rosa Sunil Tess"
)
LAST = (
    "Ashby Barlow Cheng Dunmore Ekpo Farrow Gill Hartwell Islam Jessop Kemble Lyle Marsh Nolan Orchard Penn Quick Rudd"
)
LASTS_DAYS = 35


def seed_demo(session: Session, tell: Callable[[str], None], *, generated: int = 0, years: int = 3) -> None:
    """Fill an empty database, marked as a demo's; with a `generated` region of so many partnerships beside those that
    tell stories, over so many yearly rounds. `tell` is called with a line for each partnership or year."""
    session.add(Installation(demo=True))
    versions = publish_all(session)
    staff_installation(session)
    for region_number, (region_name, places) in enumerate(REGIONS):
        region = Region(name=region_name)
        session.add(region)
        session.flush()
        staff_region(session, region, region_number)
        made: dict[str, Partnership] = {}
        for number, place in enumerate(places):
            tell(f"{place.name} ({place.kind})")
            made[place.name] = _partnership(session, region, place, made)
            staff_partnership(session, made[place.name], place.coordinator, len(FIRST_REGION) * region_number + number)
            for which, round_ in enumerate(place.rounds):
                _round(session, made[place.name], round_, versions, seed=100 * number + which)
        if places is FIRST_REGION:
            tell_support(session, region)
        if places is SECOND_REGION:
            tell_both_ends(session, [made[each.name] for each in places if each.kind in OF_BOTH])
    if generated:
        seed_region(session, versions, generated, years, tell)


def _partnership(session: Session, region: Region, place: Place, made: Mapping[str, Partnership]) -> Partnership:
    partnership = Partnership(
        region_id=region.id, name=place.name, kind=place.kind, above=made[place.above] if place.above else None
    )
    session.add(partnership)
    session.flush()
    return partnership


def _round(
    session: Session,
    partnership: Partnership,
    told: DemoRound,
    versions: Mapping[str, QuestionnaireVersion],
    *,
    seed: int,
) -> None:
    closed = None if told.days_ago is None else now() - timedelta(days=told.days_ago)
    opened = (closed or now() + timedelta(days=LASTS_DAYS - 10)) - timedelta(days=LASTS_DAYS)
    asked = [versions[questionnaire] for questionnaire in told.questionnaires]
    closes = closed.date() if closed else today() + timedelta(days=LASTS_DAYS - 10)
    attribution: Literal["private", "open"] = "open" if told.is_open else "private"
    plan = RoundPlan(told.name, asked, told.together, attribution, closes=closes)
    round_ = open_round(session, partnership, plan, at=opened)
    staff_round(session, round_)
    invitations: dict[str, Invitation] = {}
    # who is a councillor shows where councillors are asked something alone, so that comes first
    for version in sorted(asked, key=lambda version: not _asks_councillors(version)):
        _answers(session, round_, version, told, seed, invitations)
    if closed is not None:
        close_round(session, round_, at=closed)
    if told.outcomes:
        tell_outcomes(session, round_)


def _asks_councillors(version: QuestionnaireVersion) -> bool:
    return any(section.voices_are_councillors for section in definition_of(version).sections)


def _answers(
    session: Session,
    round_: Round,
    version: QuestionnaireVersion,
    told: DemoRound,
    seed: int,
    invitations: dict[str, Invitation],
) -> None:
    definition = definition_of(version)
    people = sample(
        definition, respondents=told.respondents, organisations=told.organisations, seed=seed, story=told.story
    )
    for number, respondent in enumerate(people):
        if respondent.id not in invitations:
            invitations[respondent.id] = _invited(session, round_, respondent, number)
        if number < len(people) - told.silent:
            _submitted(session, invitations[respondent.id], version, respondent.answers)
    if told.days_ago is not None and not told.together:
        _coordinator(session, round_, version, seed, told)


def _invited(session: Session, round_: Round, respondent: Respondent, number: int) -> Invitation:
    if round_.together:
        return invite_together(session, round_).invitation
    chance = random.Random(f"{round_.partnership.name}/{number}")
    name = f"{chance.choice(FIRST.split())} {chance.choice(LAST.split())}"
    organisation, sector = respondent.organisation, respondent.sector or "other-public"
    if round_.partnership.kind == "unitary":
        organisation, sector = IN_A_UNITARY.get(organisation, (organisation, sector))
    invitee = Invitee(name, organisation, sector, respondent.councillor, respondent.layer)
    invitation = invite(session, round_, invitee).invitation
    contact = contact_of(session, invitation, number)
    invitation.contact_id, invitation.email = contact.id, contact.email
    return invitation


def _submitted(
    session: Session, invitation: Invitation, version: QuestionnaireVersion, answers: Mapping[str, Answer]
) -> None:
    invitation.opened = invitation.bound = invitation.round.opened
    response = Response(
        partnership_id=invitation.partnership_id,
        round_id=invitation.round_id,
        version_id=version.id,
        invitation_id=invitation.id,
        submitted=invitation.round.opened,
    )
    session.add(response)
    session.flush()
    session.execute(
        insert(AnswerRow),
        [
            {
                "response_id": response.id,
                "question": question,
                "state": answer.state.value,
                "value": answer.value,
                "comment": answer.comment,
                "edition": 1,
            }
            for question, answer in answers.items()
        ],
    )


def _coordinator(session: Session, round_: Round, version: QuestionnaireVersion, seed: int, told: DemoRound) -> None:
    given = sample_coordinator(definition_of(version), seed=seed, story=told.story)
    evidence.keep_evidence(session, round_, version, given.evidence, {})
    evidence.save_facts(session, round_, version, given.facts, {})
