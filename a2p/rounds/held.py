"""What is held about a person, in words: the parts of the document that they may ask for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class HeldAccount:
    """The account of somebody with a role."""

    name: str
    email: str
    second_factor: bool
    single_sign_on: str | None


@dataclass(frozen=True, slots=True)
class HeldGrant:
    """A role, over what, and when it was in force."""

    role: str
    over: str
    starts: date
    ends: date | None
    given: datetime
    confirmed: datetime | None
    ended: datetime | None


@dataclass(frozen=True, slots=True)
class HeldContact:
    """An entry in a partnership's list of people."""

    partnership: str
    organisation: str
    name: str
    email: str
    councillor: str | None
    layer: str | None
    asks: str


@dataclass(frozen=True, slots=True)
class HeldAnswer:
    """One answer with its question, both in words."""

    section: str
    question: str
    answer: str
    comment: str


@dataclass(frozen=True, slots=True)
class HeldComment:
    """A comment as it was kept when the round closed, and what became of it."""

    question: str
    text: str
    hidden: datetime | None
    withheld: datetime | None


@dataclass(frozen=True, slots=True)
class HeldResponse:
    """The answers to one questionnaire."""

    questionnaire: str
    started: datetime
    saved: datetime
    submitted: datetime | None
    keyed_in_by: str
    consent: str
    answers: tuple[HeldAnswer, ...]
    comments: tuple[HeldComment, ...]


@dataclass(frozen=True, slots=True)
class HeldInvitation:
    """An invitation to a round. What a partnership answered together is the partnership's, and not listed."""

    partnership: str
    round: str
    organisation: str | None
    name: str
    email: str
    councillor: str | None
    layer: str | None
    invited: datetime
    opened: datetime | None
    withdrawn: datetime | None
    passed_on: bool
    responses: tuple[HeldResponse, ...]


@dataclass(frozen=True, slots=True)
class HeldLetter:
    """A letter: what for, where to, and how it went. Its text is not kept."""

    purpose: str
    address: str
    state: str
    written: datetime
    sent: datetime | None


@dataclass(frozen=True, slots=True)
class HeldSignInLink:
    """A link to sign in that was asked for."""

    asked_for: datetime
    expires: datetime
    used: datetime | None


@dataclass(frozen=True, slots=True)
class HeldSession:
    """A browser that is or was signed in, or opened an invitation."""

    begun: datetime
    last_seen: datetime
    ends: datetime
    browser: str


@dataclass(frozen=True, slots=True)
class HeldAction:
    """An action that they own."""

    partnership: str
    owner: str
    what: str
    due: date | None
    status: str


@dataclass(frozen=True, slots=True)
class HeldConfirmation:
    """A release that they were asked to confirm, and what became of it."""

    partnership: str
    name: str
    audience: str
    level: str
    state: str


@dataclass(frozen=True, slots=True)
class HeldAttendance:
    """That they came to a workshop, as it was recorded."""

    partnership: str
    workshop: date
    name: str
    email: str


@dataclass(frozen=True, slots=True)
class HeldIntroduction:
    """That they were proposed to help on a section ("questionnaire/section"), and what they answered."""

    section: str
    proposed: datetime
    answer: str | None
    answered: datetime | None
    ended: datetime | None


@dataclass(frozen=True, slots=True)
class HeldAssociate:
    """That they were asked to offer days to a region, what they offer, and what they were proposed for."""

    region: str
    name: str
    email: str
    organisation: str
    days_a_year: int
    about: str
    sections: tuple[str, ...]
    asked: datetime
    agreed: datetime | None
    withdrawn: datetime | None
    introductions: tuple[HeldIntroduction, ...]


@dataclass(frozen=True, slots=True)
class HeldEvent:
    """Something this person did, from the audit log."""

    at: datetime
    what: str
    of: str
    role: str


@dataclass(frozen=True, slots=True)
class Held:
    """Everything that is held about an address."""

    address: str
    made: datetime
    account: HeldAccount | None
    grants: tuple[HeldGrant, ...]
    contacts: tuple[HeldContact, ...]
    invitations: tuple[HeldInvitation, ...]
    letters: tuple[HeldLetter, ...]
    sign_in_links: tuple[HeldSignInLink, ...]
    sessions: tuple[HeldSession, ...]
    actions: tuple[HeldAction, ...]
    confirmations: tuple[HeldConfirmation, ...]
    workshops: tuple[HeldAttendance, ...]
    associate: tuple[HeldAssociate, ...]
    done: tuple[HeldEvent, ...]
