"""The policy: one table of who may do what, and one pure function that decides by it. The rest is denied."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Role(StrEnum):
    """What somebody can be towards an object. ANYONE needs no sign-in; VISITOR exists in a demo alone; SIGNED_IN is
    whoever has a session, as a person or by an invitation. The others are granted, and none includes another."""

    ANYONE = "anyone"
    VISITOR = "demo visitor"
    SIGNED_IN = "signed in"
    RESPONDENT = "respondent"
    COORDINATOR = "coordinator"
    FACILITATOR = "facilitator"
    READER = "comment reader"
    CHAIR = "chair"
    MANAGER = "programme manager"
    ADMINISTRATOR = "administrator"


STAFF = (Role.COORDINATOR, Role.FACILITATOR, Role.READER, Role.CHAIR, Role.MANAGER, Role.ADMINISTRATOR)
_NOT_RELATED = frozenset({Role.ANYONE, Role.VISITOR, Role.SIGNED_IN})


class Action(StrEnum):
    """Everything that can be done on the site."""

    READ_PUBLIC = "read public pages"
    OPEN_LINK = "open a link or type its code"
    ASK_LINK = "ask for a link by e-mail"
    DEMO_SIGN_IN = "sign in as a demo person"
    READ_OUTBOX = "read the letters of a demo"
    SIGN_OUT = "sign out"
    OWN_ACCOUNT = "see and end own sessions, keep a second factor"
    ANSWER = "read, save, submit and correct own answers"
    DELEGATE = "pass an invitation to a deputy"
    SEE_PARTNERSHIP = "see the partnership's rounds"
    SEE_AUDIT = "see the partnership's audit log"
    KEEP_PARTNERS = "keep organisations and people, import and export them"
    OPEN_ROUND = "open a round"
    SEE_ROUND = "see who is invited and who has submitted"
    SEE_COUNTS = "see how many are invited and have submitted"
    CHANGE_ROUND = "extend, remind in and reopen a round"
    INVITE = "invite, renew a link, withdraw an invitation"
    GIVE_EVIDENCE = "give evidence and facts"
    KEY_IN = "key in a paper form"
    CLOSE_ROUND = "close a round"
    SEE_RESULTS = "see a closed round's results"
    SEE_NAMED = "see organisations' levels by name in an open round"
    MAKE_REPORT = "make and download a capacity report"
    EXPORT_RESULTS = "export a closed round's results"
    SEE_OWN_RESULTS = "see results released to respondents"
    READ_OVER = "read over comments before they are shown"
    RECORD_AGREED = "record what was agreed"
    SEE_AGREED = "see what was agreed and the actions"
    SEE_RELEASES = "see what of a round is released"
    PROPOSE_RELEASE = "propose a release"
    CONFIRM_RELEASE = "confirm or refuse a release"
    LOWER_RELEASE = "take a release back"
    SEE_SEEN = "see all that the region can see of the partnership"
    JOIN_BOTH_ENDS = "say whether county and districts may be shown side by side"
    SEE_BOTH_ENDS = "see the own county area side by side"
    ASK_SUPPORT = "ask for, offer and request support"
    SEE_RELEASED = "see what was released to the region"
    NAME_HELPERS = "name facilitators, propose coordinators"
    CONFIRM_COORDINATOR = "confirm a coordinator"
    SEE_CALENDAR = "see the region's calendar of rounds"
    SEE_REGION = "see the region's partnerships and take-up"
    SEE_SNAPSHOTS = "see a region's snapshots"
    MAKE_SNAPSHOT = "make a region's snapshot, compare two"
    SEE_BY_NAME = "see what partnerships released by name, side by side"
    MAKE_REGIONAL = "make and export documents of a region's snapshot"
    KEEP_SUPPORT = "keep the region's support modules, requests and plans"
    MATCH = "match partnerships and associates, and introduce them"
    ANSWER_INTRODUCTION = "see and answer the partnership's introductions"
    KEEP_PLACES = "keep regions and partnerships"
    KEEP_PEOPLE = "keep people and their grants"
    PUBLISH = "check, publish and retire questionnaires"
    SEE_SETTINGS = "see the settings"
    SEE_WHOLE_AUDIT = "see the whole audit log"


def _table(rows: Mapping[Action, tuple[Role, ...]]) -> frozenset[tuple[Action, Role]]:
    return frozenset((action, role) for action, roles in rows.items() for role in roles)


POLICY: frozenset[tuple[Action, Role]] = _table(
    {
        Action.READ_PUBLIC: (Role.ANYONE,),
        Action.OPEN_LINK: (Role.ANYONE,),
        Action.ASK_LINK: (Role.ANYONE,),
        Action.DEMO_SIGN_IN: (Role.VISITOR,),
        Action.READ_OUTBOX: (Role.VISITOR,),
        Action.SIGN_OUT: (Role.ANYONE,),
        Action.OWN_ACCOUNT: (Role.SIGNED_IN,),
        Action.ANSWER: (Role.RESPONDENT,),
        Action.DELEGATE: (Role.RESPONDENT,),
        Action.SEE_PARTNERSHIP: (Role.COORDINATOR, Role.CHAIR),
        Action.SEE_AUDIT: (Role.COORDINATOR, Role.CHAIR),
        Action.KEEP_PARTNERS: (Role.COORDINATOR,),
        Action.OPEN_ROUND: (Role.COORDINATOR,),
        Action.SEE_ROUND: (Role.COORDINATOR, Role.CHAIR),
        Action.SEE_COUNTS: (Role.COORDINATOR, Role.CHAIR, Role.FACILITATOR, Role.MANAGER),
        Action.CHANGE_ROUND: (Role.COORDINATOR,),
        Action.INVITE: (Role.COORDINATOR,),
        Action.GIVE_EVIDENCE: (Role.COORDINATOR,),
        Action.KEY_IN: (Role.COORDINATOR, Role.FACILITATOR, Role.MANAGER),
        Action.CLOSE_ROUND: (Role.COORDINATOR,),
        Action.SEE_RESULTS: (Role.COORDINATOR, Role.CHAIR, Role.FACILITATOR),
        Action.SEE_NAMED: (Role.COORDINATOR, Role.CHAIR, Role.FACILITATOR),
        Action.MAKE_REPORT: (Role.COORDINATOR, Role.CHAIR, Role.FACILITATOR),
        Action.EXPORT_RESULTS: (Role.COORDINATOR, Role.CHAIR, Role.FACILITATOR),
        Action.SEE_OWN_RESULTS: (Role.RESPONDENT,),
        Action.READ_OVER: (Role.FACILITATOR, Role.READER),
        Action.RECORD_AGREED: (Role.COORDINATOR, Role.FACILITATOR),
        Action.SEE_AGREED: (Role.COORDINATOR, Role.CHAIR, Role.FACILITATOR),
        Action.SEE_RELEASES: (Role.COORDINATOR, Role.CHAIR),
        Action.PROPOSE_RELEASE: (Role.COORDINATOR,),
        Action.CONFIRM_RELEASE: (Role.CHAIR,),
        Action.LOWER_RELEASE: (Role.COORDINATOR, Role.CHAIR),
        Action.SEE_SEEN: (Role.COORDINATOR, Role.CHAIR),
        Action.JOIN_BOTH_ENDS: (Role.COORDINATOR, Role.CHAIR),
        Action.SEE_BOTH_ENDS: (Role.COORDINATOR, Role.CHAIR),
        Action.ASK_SUPPORT: (Role.COORDINATOR,),
        Action.SEE_RELEASED: (Role.MANAGER,),
        Action.NAME_HELPERS: (Role.COORDINATOR,),
        Action.CONFIRM_COORDINATOR: (Role.CHAIR,),
        Action.SEE_CALENDAR: (Role.COORDINATOR, Role.CHAIR, Role.MANAGER),
        Action.SEE_REGION: (Role.MANAGER,),
        Action.SEE_SNAPSHOTS: (Role.MANAGER,),
        Action.MAKE_SNAPSHOT: (Role.MANAGER,),
        Action.SEE_BY_NAME: (Role.MANAGER,),
        Action.MAKE_REGIONAL: (Role.MANAGER,),
        Action.KEEP_SUPPORT: (Role.MANAGER,),
        Action.MATCH: (Role.MANAGER,),
        Action.ANSWER_INTRODUCTION: (Role.COORDINATOR,),
        Action.KEEP_PLACES: (Role.ADMINISTRATOR,),
        Action.KEEP_PEOPLE: (Role.ADMINISTRATOR,),
        Action.PUBLISH: (Role.ADMINISTRATOR,),
        Action.SEE_SETTINGS: (Role.ADMINISTRATOR,),
        Action.SEE_WHOLE_AUDIT: (Role.ADMINISTRATOR,),
    }
)


@dataclass(frozen=True, slots=True)
class GrantFact:
    """A grant as the decision sees it: a role, what it is over, from a day and perhaps until a day, both included.

    A coordinator's and a chair's grant is over a partnership (which lies in `region_id`), a facilitator's and a comment
    reader's over a round, a programme manager's over a region, an administrator's over the installation.
    """

    role: Role
    starts: date
    ends: date | None
    partnership_id: int | None = None
    round_id: int | None = None
    region_id: int | None = None

    def holds(self, today: date) -> bool:
        """Whether the grant is in force on this day."""
        return self.starts <= today and (self.ends is None or today <= self.ends)

    def covers(self, facts: Facts) -> bool:
        """Whether the object of these facts lies in the grant's scope."""
        match self.role:
            case Role.COORDINATOR | Role.CHAIR:
                # of a region as a whole they see what its partnerships share: the calendar
                if facts.partnership_id is None:
                    return facts.region_id is not None and facts.region_id == self.region_id
                return facts.partnership_id == self.partnership_id
            case Role.FACILITATOR | Role.READER:
                return facts.round_id is not None and facts.round_id == self.round_id
            case Role.MANAGER:
                return facts.region_id is not None and facts.region_id == self.region_id
            case Role.ADMINISTRATOR:
                return True
            case _:
                return False


@dataclass(frozen=True, slots=True)
class Principal:
    """Who is asking: perhaps a person with grants, perhaps a browser that opened invitations. Both may be empty.

    `place` names the partnership or region a person works for, for the line that says who is signed in. With
    `factor_due` the person has yet to pass their second factor, and has no grants until then.
    """

    person_id: int | None = None
    name: str = ""
    place: str = ""
    grants: tuple[GrantFact, ...] = ()
    invitations: frozenset[int] = frozenset()
    factor_due: bool = False

    @property
    def signed_in(self) -> bool:
        """Whether this browser has a session, as a person or by an invitation."""
        return self.person_id is not None or bool(self.invitations)


NOBODY = Principal()


@dataclass(frozen=True, slots=True)
class Facts:
    """What an object is for the decision: the partnership, round, region or invitation it belongs to.

    A partnership's object also names its region, and an object of a round its round; all are None for public pages and
    for what belongs to the installation.
    """

    partnership_id: int | None = None
    invitation_id: int | None = None
    round_id: int | None = None
    region_id: int | None = None
    demo: bool = False


class Decision(StrEnum):
    """ALLOWED; FORBIDDEN to a role that may know the object is there; ABSENT to everybody else."""

    ALLOWED = "allowed"
    FORBIDDEN = "forbidden"
    ABSENT = "absent"


def decide(principal: Principal, action: Action, facts: Facts, today: date) -> Decision:
    """Whether `principal` may do `action` to the object described by `facts`, on this day."""
    roles = roles_towards(principal, facts, today)
    if any((action, role) in POLICY for role in roles):
        return Decision.ALLOWED
    return Decision.FORBIDDEN if roles - _NOT_RELATED else Decision.ABSENT


def needs_sign_in(action: Action) -> bool:
    """Whether the action is for those who are signed in: who isn't is sent to the page where one signs in."""
    return not {(action, Role.ANYONE), (action, Role.VISITOR)} & POLICY


def asks_second_factor(action: Action) -> bool:
    """Whether the action is for people with a role or a session of their own: a respondent's own answers are not."""
    return needs_sign_in(action) and any(act is action and role is not Role.RESPONDENT for act, role in POLICY)


def roles_towards(principal: Principal, facts: Facts, today: date) -> frozenset[Role]:
    """The roles that a principal has towards an object, on this day."""
    roles = {Role.ANYONE}
    if facts.demo:
        roles.add(Role.VISITOR)
    if principal.signed_in:
        roles.add(Role.SIGNED_IN)
    if facts.invitation_id is not None and facts.invitation_id in principal.invitations:
        roles.add(Role.RESPONDENT)
    roles.update(grant.role for grant in principal.grants if grant.holds(today) and grant.covers(facts))
    return frozenset(roles)
