"""What a respondent's pages have in common: whose they are, how to come back, and what waits to be saved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import url_for

from a2p.access.loading_releases import released_results
from a2p.definition.model import Questionnaire
from a2p.rounds.answering import sections_for
from a2p.rounds.opening import is_open
from a2p.scoring.releases import To
from a2p.store.base import today
from a2p.store.definitions import definition_of
from a2p.store.round_tables import Invitation
from a2p.web.database import db
from a2p.web.held import waiting
from a2p.web.page import SignedIn


@dataclass(frozen=True, slots=True)
class Waiting:
    """A section that was typed into when its writer was signed out: what was typed is kept and not yet saved."""

    title: str
    address: str
    at: datetime


def signed_in_as(invited: Invitation) -> SignedIn:
    """Whose answers this browser holds, with the way to leave them: the device may be shared."""
    name = invited.organisation.name if invited.organisation else invited.round.partnership.name
    return SignedIn(invited.name, name, url_for("account.sign_out"))


def how_to_come_back(invited: Invitation) -> str:
    """By what a person who stops goes on, on another device. A link opened in one browser opens in no other."""
    if invited.email:
        return "on another device, ask for a fresh link with your e-mail address"
    return "on another device, open the link in your invitation"


def waiting_for(invited: Invitation) -> list[Waiting]:
    """What was typed into this person's sections when their session was over, and waits to be saved."""
    if not is_open(invited.round, today()):
        return []
    titles = {
        url_for(
            "answer.section", invitation_id=invited.id, questionnaire=version.questionnaire, section=each.id
        ): each.title
        for version in invited.versions
        for each in sections_for(definition_of(version), invited)
    }
    return [Waiting(titles[each.address], each.address, each.at) for each in waiting(titles)]


def released_to(invited: Invitation) -> list[Questionnaire]:
    """The questionnaires put to this person whose results those who answered may see."""
    found = released_results(db.session(), invited.round, To.RESPONDENTS)
    return [each.asked.definition for each in found if each.asked.version in invited.versions]
