"""Loading by authorisation: a URL's ids become an object and the facts a decision needs. A view never sees a bare id.

A loader returns None where the object isn't there; the page then answers 404, as it does for a foreign object.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from a2p.access.policy import Facts
from a2p.definition.model import Questionnaire, Section
from a2p.store.definitions import definition_of, newest_versions
from a2p.store.round_tables import Invitation, QuestionnaireVersion, Result, Round
from a2p.store.tables import Partnership, Person, Region


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a view is handed once the policy allows it: the object, and the facts the decision was made on."""

    object: Any
    facts: Facts


Loader: TypeAlias = Callable[[Session, Mapping[str, Any]], Loaded | None]


@dataclass(frozen=True, slots=True)
class AskedQuestionnaire:
    """A questionnaire version that a round asks, with its definition."""

    round: Round
    version: QuestionnaireVersion
    definition: Questionnaire


@dataclass(frozen=True, slots=True)
class OfferedQuestionnaire:
    """A questionnaire that a partnership may choose for a round, in its newest version."""

    partnership: Partnership
    version: QuestionnaireVersion
    definition: Questionnaire


@dataclass(frozen=True, slots=True)
class AskedSection:
    """One section of a questionnaire that a round asks."""

    asked: AskedQuestionnaire
    section: Section


@dataclass(frozen=True, slots=True)
class Answering:
    """An invitation with one of its round's questionnaires."""

    invitation: Invitation
    asked: AskedQuestionnaire


@dataclass(frozen=True, slots=True)
class AnsweringSection:
    """An invitation with a section that is put to it."""

    answering: Answering
    section: Section


@dataclass(frozen=True, slots=True)
class ClosedResult:
    """A frozen result with the round and questionnaire it belongs to, and all `editions` of it, shown or not."""

    asked: AskedQuestionnaire
    result: Result
    editions: tuple[Result, ...]


@dataclass(frozen=True, slots=True)
class RoundInvitation:
    """An invitation seen by the round's coordinator."""

    round: Round
    invitation: Invitation


@dataclass(frozen=True, slots=True)
class PaperForm:
    """Somebody invited to a round and a questionnaire that is put to them, for keying in what they wrote on paper."""

    invitation: Invitation
    asked: AskedQuestionnaire


def public(_session: Session, args: Mapping[str, Any]) -> Loaded:
    """A page about no partnership; what its URL says is passed on as it is (a file's name, a link's token)."""
    return Loaded(dict(args), Facts())


def of_partnership(found: Partnership) -> Facts:
    """The facts of a partnership's object."""
    return Facts(partnership_id=found.id, region_id=found.region_id)


def of_round(found: Round) -> Facts:
    """The facts of a round's object."""
    return replace(of_partnership(found.partnership), round_id=found.id)


def region(session: Session, args: Mapping[str, Any]) -> Loaded | None:
    """A Region by `region_id`."""
    found = session.get(Region, args["region_id"])
    return Loaded(found, Facts(region_id=found.id)) if found else None


def partnership(session: Session, args: Mapping[str, Any]) -> Loaded | None:
    """A partnership by `partnership_id`."""
    found = session.get(Partnership, args["partnership_id"])
    return Loaded(found, of_partnership(found)) if found else None


def offered_questionnaire(session: Session, args: Mapping[str, Any]) -> Loaded | None:
    """An OfferedQuestionnaire: the newest version of `questionnaire`, if it is for the kind of `partnership_id`."""
    found = session.get(Partnership, args["partnership_id"])
    if found is None:
        return None
    for version in newest_versions(session):
        if version.questionnaire == args["questionnaire"] and found.kind in definition_of(version).kinds:
            return Loaded(OfferedQuestionnaire(found, version, definition_of(version)), of_partnership(found))
    return None


def round_(session: Session, args: Mapping[str, Any]) -> Loaded | None:
    """A Round by `round_id`."""
    found = session.get(Round, args["round_id"])
    return Loaded(found, of_round(found)) if found else None


def round_invitation(session: Session, args: Mapping[str, Any]) -> Loaded | None:
    """A RoundInvitation by `round_id` and `invitation_id`."""
    found = session.get(Invitation, args["invitation_id"])
    if found is None or found.round_id != args["round_id"]:
        return None
    return Loaded(RoundInvitation(found.round, found), of_round(found.round))


def paper_form(session: Session, args: Mapping[str, Any]) -> Loaded | None:
    """A PaperForm by `round_id`, `invitation_id` and `questionnaire`; there is none for who was withdrawn."""
    loaded = round_invitation(session, args)
    if loaded is None or loaded.object.invitation.withdrawn is not None:
        return None
    asked = _put_to(loaded.object.invitation, args["questionnaire"])
    return Loaded(PaperForm(loaded.object.invitation, asked), loaded.facts) if asked else None


def asked_questionnaire(session: Session, args: Mapping[str, Any]) -> Loaded | None:
    """An AskedQuestionnaire by `round_id` and `questionnaire`."""
    found = session.get(Round, args["round_id"])
    asked = _asked(found, args["questionnaire"]) if found else None
    return Loaded(asked, of_round(asked.round)) if asked else None


def coordinator_section(session: Session, args: Mapping[str, Any]) -> Loaded | None:
    """An AskedSection of the coordinator's (facts or evidence), by `round_id`, `questionnaire` and `section`."""
    loaded = asked_questionnaire(session, args)
    if loaded is None:
        return None
    for section in loaded.object.definition.sections:
        if section.id == args["section"] and "coordinator" in section.answered_by:
            return Loaded(AskedSection(loaded.object, section), loaded.facts)
    return None


def invitation(session: Session, args: Mapping[str, Any]) -> Loaded | None:
    """An Invitation by `invitation_id`, for the respondent it was made for."""
    found = _invitation(session, args)
    return Loaded(found, Facts(invitation_id=found.id)) if found else None


def answering(session: Session, args: Mapping[str, Any]) -> Loaded | None:
    """An Answering by `invitation_id` and `questionnaire`."""
    found = _invitation(session, args)
    asked = _put_to(found, args["questionnaire"]) if found else None
    if found is None or asked is None:
        return None
    return Loaded(Answering(found, asked), Facts(invitation_id=found.id))


def answering_section(session: Session, args: Mapping[str, Any]) -> Loaded | None:
    """An AnsweringSection by `invitation_id`, `questionnaire` and `section`; only sections put to this person exist."""
    loaded = answering(session, args)
    if loaded is None:
        return None
    councillor = loaded.object.invitation.councillor is not None
    for section in loaded.object.asked.definition.sections:
        if section.id == args["section"] and section.is_put_to(councillor=councillor):
            return Loaded(AnsweringSection(loaded.object, section), loaded.facts)
    return None


def closed_result(session: Session, args: Mapping[str, Any]) -> Loaded | None:
    """A ClosedResult by `round_id` and `questionnaire`; there is none before the round closes for the first time.

    `edition` picks one of those that are shown; without it, or with nonsense, it is the newest of them.
    """
    loaded = asked_questionnaire(session, args)
    if loaded is None:
        return None
    asked = loaded.object
    found = session.scalars(
        select(Result)
        .where(Result.round_id == asked.round.id, Result.version_id == asked.version.id)
        .order_by(Result.edition)
    ).all()
    shown = [result for result in found if result.shown]
    if not shown:
        return None
    chosen = next((result for result in shown if str(result.edition) == args.get("edition")), shown[-1])
    return Loaded(ClosedResult(asked, chosen, tuple(found)), loaded.facts)


def _invitation(session: Session, args: Mapping[str, Any]) -> Invitation | None:
    """An invitation with all that its pages show, in one statement."""
    return session.get(Invitation, args["invitation_id"], options=_ALL_THAT_IS_SHOWN)


_ALL_THAT_IS_SHOWN = (
    joinedload(Invitation.round).options(joinedload(Round.partnership), joinedload(Round.versions)),
    joinedload(Invitation.organisation),
    selectinload(Invitation.only),
)


def _put_to(found: Invitation, questionnaire: str) -> AskedQuestionnaire | None:
    """A questionnaire of the invitation's round that is put to this person."""
    asked = _asked(found.round, questionnaire)
    return asked if asked and asked.version in found.versions else None


def _asked(found: Round, questionnaire: str) -> AskedQuestionnaire | None:
    for version in found.versions:
        if version.questionnaire == questionnaire:
            return AskedQuestionnaire(found, version, definition_of(version))
    return None


def person(session: Session, args: Mapping[str, Any]) -> Loaded | None:
    """A Person by `person_id`. Belongs to no partnership: for the demo's sign-in page alone."""
    found = session.get(Person, args["person_id"])
    return Loaded(found, Facts()) if found else None


def demo_invitation(session: Session, args: Mapping[str, Any]) -> Loaded | None:
    """An Invitation by `invitation_id`, with no facts of its own: for the demo's sign-in page alone."""
    found = session.get(Invitation, args["invitation_id"])
    return Loaded(found, Facts()) if found else None
