"""Writing letters: what each purpose says, made at the moment of sending. Tokens are in the letter and nowhere else.

A writer returns None where there is nothing to say any more: the round closed, somebody was withdrawn or has submitted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias
from urllib.parse import urlsplit

from sqlalchemy import select
from sqlalchemy.orm import Session

from a2p.access.signing_in import LINK_LASTS, make_link
from a2p.definition.model import Questionnaire
from a2p.documents.templating import Paragraph, prose
from a2p.documents.words import count, day
from a2p.exchange.calendar_file import LastDay, last_day_file
from a2p.jobs import addresses, matching_letters
from a2p.jobs.letter_text import render
from a2p.jobs.record_letter import record_letter
from a2p.jobs.written import NotYet, OldLink, Written
from a2p.rounds.actions import OPEN
from a2p.rounds.comments import comments_wait
from a2p.rounds.directory import Status, people_of, turnout
from a2p.rounds.letters import WAITED_FOR, coordinator_of
from a2p.rounds.opening import is_open
from a2p.rounds.support import words_of
from a2p.rounds.support_requests import STATES, replies_to
from a2p.settings import Settings
from a2p.store.base import LONDON, now, today
from a2p.store.definitions import definition_of
from a2p.store.letter_tables import Letter
from a2p.store.letters import options_of
from a2p.store.outcome_tables import ActionItem, Release, SupportWish
from a2p.store.region_tables import SupportReply
from a2p.store.round_tables import Invitation, Round
from a2p.store.tables import Grant, Partnership, Person
from a2p.store.tokens import code_hash, new_code, new_token, token_hash


@dataclass(frozen=True, slots=True)
class Asked:
    """What a letter to an invited person says of them and their round. Without a code, the address has no token."""

    name: str
    organisation: str
    partnership: str
    round: str
    together: bool
    open: bool
    started: bool
    passed_by: str
    coordinator: str
    message: tuple[Paragraph, ...]
    facts: tuple[tuple[str, str], ...]
    address: str = ""
    code: str = ""
    code_address: str = ""
    calendar: bool = False


Writer: TypeAlias = Callable[[Session, Letter, Settings], Written | None]


def write(session: Session, letter: Letter, settings: Settings) -> Written | None:
    """The letter's text, with fresh links where it has any. None if it has nothing to say any more.

    NotYet if its round has yet to open.
    """
    return _WRITERS[letter.purpose](session, letter, settings)


def _asking(template: str) -> Writer:
    """Writers of letters that ask somebody to answer."""

    def written(session: Session, letter: Letter, settings: Settings) -> Written | None:
        invitation = session.scalar(select(Invitation).where(Invitation.id == letter.invitation_id).with_for_update())
        status = _status(session, invitation) if invitation else Status.WITHDRAWN
        if invitation is None or invitation.passed_to_id is not None or status not in WAITED_FOR:
            return None
        if invitation.round.opened > now():
            raise NotYet(invitation.round.opened)
        if not is_open(invitation.round, today()):
            return None
        address, code, old_link = _way_in(invitation, settings)
        coordinator = coordinator_of(session, invitation.partnership_id, first=_by(letter))
        asked = _asked(session, invitation, status, coordinator.name if coordinator else "")
        asked = replace(asked, address=address, code=code, code_address=settings.public_base_url + addresses.CODE)
        calendar = _calendar(invitation, settings) if template == "invitation" else b""
        text = render(template, settings, asked=replace(asked, calendar=calendar != b""))
        return Written(text, coordinator.email if coordinator else "", old_link, calendar)

    return written


def _calendar(invitation: Invitation, settings: Settings) -> bytes:
    """The round's last day as a calendar file; nothing where it has none."""
    round_ = invitation.round
    if round_.closes is None:
        return b""
    of, host = f"invitation-{invitation.id}", urlsplit(settings.public_base_url).hostname or "localhost"
    said = LastDay(of, round_.name, round_.partnership.name, round_.closes, settings.public_base_url, host)
    return last_day_file(said, now())


def _status(session: Session, invitation: Invitation) -> Status:
    return next(one.status for one in people_of(session, invitation.round) if one.invitation.id == invitation.id)


def _way_in(invitation: Invitation, settings: Settings) -> tuple[str, str, OldLink | None]:
    """The address to open, the code to type instead, and the link before. Once the link was opened letters carry none:
    who comes from elsewhere asks for a fresh link at their address."""
    if invitation.bound is not None or (invitation.opened is not None and invitation.token_hash is not None):
        return settings.public_base_url + addresses.own_answers(invitation.id), "", None
    token, code = new_token(), new_code()
    old = OldLink(invitation.id, invitation.token_hash, invitation.code_hash, token_hash(token))
    invitation.token_hash, invitation.code_hash = old.instead_of, code_hash(code)
    return settings.public_base_url + addresses.invitation(token), code, old


def _asked(session: Session, invitation: Invitation, status: Status, coordinator: str) -> Asked:
    round_ = invitation.round
    passed_by = select(Invitation.name).where(
        Invitation.partnership_id == invitation.partnership_id, Invitation.passed_to_id == invitation.id
    )
    return Asked(
        name=invitation.name,
        organisation=invitation.organisation.name if invitation.organisation else "",
        partnership=round_.partnership.name,
        round=round_.name,
        together=round_.together,
        open=round_.attribution == "open" and not round_.together,
        started=status is Status.STARTED,
        passed_by=session.scalar(passed_by) or "",
        coordinator=coordinator,
        message=prose(round_.message),
        facts=_facts([definition_of(version) for version in invitation.versions], round_),
    )


def _facts(definitions: list[Questionnaire], round_: Round) -> tuple[tuple[str, str], ...]:
    minutes = sum(definition.minutes or 0 for definition in definitions)
    lines = [("What is asked", ", ".join(definition.title for definition in definitions))]
    if minutes:
        lines.append(("Takes about", count(minutes, "minute", "minutes")))
    if round_.closes:
        lines.append(("Last day for answers", day(round_.closes)))
    return tuple(lines)


def _sign_in(session: Session, letter: Letter, settings: Settings) -> Written | None:
    fresh = make_link(session, letter.address, str(options_of(letter).get("destination", "")))
    if fresh is None:
        return None
    base = settings.public_base_url
    return Written(
        render(
            "sign-in",
            settings,
            address=base + addresses.sign_in(fresh.token),
            code=fresh.code,
            code_address=base + addresses.CODE,
            minutes=int(LINK_LASTS.total_seconds() // 60),
        )
    )


def _closed(session: Session, letter: Letter, settings: Settings) -> Written | None:
    options = options_of(letter)
    round_, person = session.get(Round, options["round_id"]), session.get(Person, options["person_id"])
    if round_ is None or person is None or round_.closed is None:
        return None
    counted = turnout(people_of(session, round_))
    return Written(
        render(
            "closed",
            settings,
            name=person.name,
            round=round_.name,
            partnership=round_.partnership.name,
            last_day=day(round_.closes or round_.closed.astimezone(LONDON).date()),
            submitted=counted.submitted,
            invited=counted.invited,
            address=settings.public_base_url + addresses.round_page(round_.id),
        )
    )


def _reading(session: Session, letter: Letter, settings: Settings) -> Written | None:
    options = options_of(letter)
    round_, person = session.get(Round, options["round_id"]), session.get(Person, options["person_id"])
    if round_ is None or person is None or not comments_wait(session, round_):
        return None
    text = render(
        "reading",
        settings,
        name=person.name,
        round=round_.name,
        partnership=round_.partnership.name,
        address=settings.public_base_url + addresses.comments(round_.id),
    )
    coordinator = coordinator_of(session, round_.partnership_id)
    return Written(text, coordinator.email if coordinator else "")


def _grant(template: str) -> Writer:
    """Writers of letters about a role."""

    def written(session: Session, letter: Letter, settings: Settings) -> Written | None:
        options = options_of(letter)
        grant, person = session.get(Grant, options["grant_id"]), session.get(Person, options["person_id"])
        if grant is None or person is None or grant.ended is not None:
            return None
        if (template == "confirm") != (grant.confirmed is None):
            return None  # decided meanwhile, or not yet
        by = session.get(Person, grant.granted_by_id) if grant.granted_by_id else None
        own = grant.person_id == person.id
        page = addresses.SIGN_IN if own else addresses.to_confirm(grant)
        return Written(
            render(
                template,
                settings,
                name=person.name,
                own=own,
                holder=grant.person.name,
                role=grant.role,
                scope=_scope(session, grant),
                by=by.name if by else "",
                starts=day(grant.starts),
                ends=day(grant.ends) if grant.ends else "",
                address=settings.public_base_url + page,
            )
        )

    return written


def _ended(session: Session, letter: Letter, settings: Settings) -> Written | None:
    """The letter that a role is over; nothing where it isn't."""
    options = options_of(letter)
    grant, person = session.get(Grant, options["grant_id"]), session.get(Person, options["person_id"])
    if grant is None or person is None:
        return None
    last_day = grant.ends if grant.ended is None else grant.ended.astimezone(LONDON).date()
    if last_day is None or (grant.ended is None and last_day >= today()):
        return None
    by = session.get(Person, _by(letter)) if _by(letter) else None
    return Written(
        render(
            "ended",
            settings,
            name=person.name,
            own=grant.person_id == person.id,
            holder=grant.person.name,
            role=grant.role,
            scope=_scope(session, grant),
            by=by.name if by else "",
            ended=grant.ended is not None,
            last_day=day(last_day),
        )
    )


def _release(session: Session, letter: Letter, settings: Settings) -> Written | None:
    """The letter to who is to confirm a release. Each try brings a fresh link, and the one before stops."""
    release = session.scalar(select(Release).where(Release.id == options_of(letter)["release_id"]).with_for_update())
    if release is None or release.state != "proposed":
        return None
    token = new_token()
    release.token_hash = token_hash(token)
    round_ = session.get_one(Round, release.round_id)
    by = session.get(Person, release.proposed_by_id) if release.proposed_by_id else None
    text = render(
        "release",
        settings,
        name=release.confirmer,
        by=by.name if by else "",
        to=release.audience,
        round=round_.name,
        partnership=round_.partnership.name,
        address=settings.public_base_url + addresses.release(token),
    )
    return Written(text, by.email if by else "")


def _scope(session: Session, grant: Grant) -> str:
    """What a grant is over, in words that follow "of"."""
    if grant.round_id is not None:
        round_ = session.get_one(Round, grant.round_id)
        return f"“{round_.name}” of {round_.partnership.name}"
    scope = grant.partnership or grant.region
    return scope.name if scope else "this site"


def _action(session: Session, letter: Letter, settings: Settings) -> Written | None:
    action = session.get(ActionItem, options_of(letter)["action_id"])
    if action is None or action.due is None or action.status not in OPEN or action.owner_email != letter.address:
        return None
    coordinator = coordinator_of(session, action.partnership_id)
    facts = (("By when", day(action.due)), ("How you will know", action.measure), ("Cost", action.cost))
    text = render(
        "action",
        settings,
        owner=action.owner,
        partnership=session.get_one(Partnership, action.partnership_id).name,
        what=prose(action.what),
        due=day(action.due),
        days=(action.due - today()).days,
        facts=tuple((about, says) for about, says in facts if says),
        coordinator=coordinator.name if coordinator else "",
    )
    return Written(text, coordinator.email if coordinator else "")


def _support_reply(session: Session, letter: Letter, settings: Settings) -> Written | None:
    """To a coordinator: what was answered to a request, unless it was withdrawn or answered anew since."""
    options = options_of(letter)
    reply, person = session.get(SupportReply, options["reply_id"]), session.get(Person, options["person_id"])
    wish = session.get(SupportWish, reply.wish_id) if reply else None
    if reply is None or person is None or wish is None or wish.withdrawn is not None:
        return None
    if replies_to(session, [wish.id]).get(wish.id) is not reply:
        return None
    place = session.get_one(Partnership, wish.partnership_id)
    by = session.get(Person, reply.person_id) if reply.person_id else None
    text = render(
        "support-reply",
        settings,
        name=person.name,
        by=by.name if by else "",
        partnership=place.name,
        about=words_of(session, place.region_id).get(wish.about, wish.about),
        state=STATES[reply.state],
        said=prose(reply.text),
        address=settings.public_base_url + addresses.support(place.id),
    )
    return Written(text, by.email if by else "")


def _by(letter: Letter) -> int | None:
    """The number of the person who had the letter sent, if it was one."""
    given = options_of(letter).get("by")
    return given if isinstance(given, int) else None


def _plain(letter_of: Callable[[Session, Letter, Settings], matching_letters.Reply | None]) -> Writer:
    """Writers of letters that are a text and an address for answers."""

    def written(session: Session, letter: Letter, settings: Settings) -> Written | None:
        found = letter_of(session, letter, settings)
        return Written(*found) if found else None

    return written


_WRITERS: Mapping[str, Writer] = {
    "invitation": _asking("invitation"),
    "deputy": _asking("invitation"),
    "reminder": _asking("reminder"),
    "sign-in": _sign_in,
    "closed": _closed,
    "reading": _reading,
    "grant": _grant("grant"),
    "confirm": _grant("confirm"),
    "ended": _ended,
    "action": _action,
    "release": _release,
    "introduction": _plain(matching_letters.introduction),
    "introduced": _plain(matching_letters.introduced),
    "associate": _plain(matching_letters.associate),
    "associate-link": _plain(matching_letters.associate_link),
    "support-reply": _support_reply,
    "record": record_letter,
}
