"""The policy: one table of who may do what, and one pure function that decides by it. The rest is denied."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Role(StrEnum):
    """What somebody can be towards an object. ANYONE needs no sign-in; VISITOR exists in a demo alone."""

    ANYONE = "anyone"
    VISITOR = "demo visitor"
    RESPONDENT = "respondent"
    COORDINATOR = "coordinator"


class Action(StrEnum):
    """Everything that can be done on the site."""

    READ_PUBLIC = "read public pages"
    OPEN_LINK = "open an invitation's link"
    DEMO_SIGN_IN = "sign in as a demo person"
    SIGN_OUT = "sign out"
    ANSWER = "read, save, submit and correct own answers"
    SEE_PARTNERSHIP = "see the partnership's rounds"
    OPEN_ROUND = "open a round"
    SEE_ROUND = "see who is invited and who has submitted"
    INVITE = "invite, renew a link, withdraw an invitation"
    GIVE_EVIDENCE = "give evidence and facts"
    CLOSE_ROUND = "close a round"
    SEE_RESULTS = "see a closed round's results"
    MAKE_REPORT = "make and download a capacity report"


POLICY: frozenset[tuple[Action, Role]] = frozenset(
    {
        (Action.READ_PUBLIC, Role.ANYONE),
        (Action.OPEN_LINK, Role.ANYONE),
        (Action.DEMO_SIGN_IN, Role.VISITOR),
        (Action.SIGN_OUT, Role.ANYONE),
        (Action.ANSWER, Role.RESPONDENT),
        (Action.SEE_PARTNERSHIP, Role.COORDINATOR),
        (Action.OPEN_ROUND, Role.COORDINATOR),
        (Action.SEE_ROUND, Role.COORDINATOR),
        (Action.INVITE, Role.COORDINATOR),
        (Action.GIVE_EVIDENCE, Role.COORDINATOR),
        (Action.CLOSE_ROUND, Role.COORDINATOR),
        (Action.SEE_RESULTS, Role.COORDINATOR),
        (Action.MAKE_REPORT, Role.COORDINATOR),
    }
)


@dataclass(frozen=True, slots=True)
class GrantFact:
    """A grant as the decision sees it: a role over a partnership, from a day and perhaps until a day, both included."""

    role: Role
    partnership_id: int
    starts: date
    ends: date | None

    def holds(self, today: date) -> bool:
        """Whether the grant is in force on this day."""
        return self.starts <= today and (self.ends is None or today <= self.ends)


@dataclass(frozen=True, slots=True)
class Principal:
    """Who is asking: perhaps a person with grants, perhaps a browser that opened invitations. Both may be empty.

    `place` names the partnership a person works for, for the line that says who is signed in.
    """

    person_id: int | None = None
    name: str = ""
    place: str = ""
    grants: tuple[GrantFact, ...] = ()
    invitations: frozenset[int] = frozenset()


NOBODY = Principal()


@dataclass(frozen=True, slots=True)
class Facts:
    """What an object is for the decision: the partnership or invitation it belongs to, both None for public pages."""

    partnership_id: int | None = None
    invitation_id: int | None = None
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
    related = roles - {Role.ANYONE, Role.VISITOR}
    return Decision.FORBIDDEN if related else Decision.ABSENT


def roles_towards(principal: Principal, facts: Facts, today: date) -> frozenset[Role]:
    """The roles that a principal has towards an object, on this day."""
    roles = {Role.ANYONE}
    if facts.demo:
        roles.add(Role.VISITOR)
    if facts.invitation_id is not None and facts.invitation_id in principal.invitations:
        roles.add(Role.RESPONDENT)
    for grant in principal.grants:
        if grant.partnership_id == facts.partnership_id and grant.holds(today):
            roles.add(grant.role)
    return frozenset(roles)
