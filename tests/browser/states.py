"""A site of extremes for a browser: a partnership with nothing in it, one whose names are as long as they may be, one
with forty organisations; and rounds in every standing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.orm import Session

from a2p.access.policy import Role
from a2p.rounds.closing import close_round
from a2p.rounds.inviting import Invited, Invitee, invite, withdraw
from a2p.rounds.opening import RoundPlan, open_round
from a2p.rounds.partners import Details, add_contact
from a2p.rounds.reopening import call_off
from a2p.scoring.answers import Sector
from a2p.store.audit import SYSTEM
from a2p.store.base import now, today
from a2p.store.definitions import publish
from a2p.store.letter_tables import Letter
from a2p.store.round_tables import QuestionnaireVersion, Round
from a2p.store.tables import Grant, Installation, Organisation, Partnership, Person, Region
from tests import site
from tests.site import LONG_AGO, SECTORS, grant, somebody

LETTERS = ("sent", "failed", "unsure", "queued", "cancelled")
UNBROKEN = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"
SPACED = "Strategic Partnership for Community Safety and Wellbeing in the Upper and Lower Fens "


def unbroken(start: str, length: int = 200) -> str:
    """A name that starts like this and is one word from there on."""
    return f"{start} {UNBROKEN * 4}"[:length]


def spaced(start: str, length: int = 200) -> str:
    """A name of many words that starts like this."""
    return f"{start} {SPACED * 4}"[:length].strip()


@dataclass(frozen=True)
class States:
    """The numbers of what is there; the rounds in the partnership of long names by their standing."""

    region: int
    bare_region: int
    empty: int
    long: int
    many: int
    rounds: dict[str, int]
    full_round: int
    full_result: int
    links: dict[str, str]


def build(session: Session) -> States:
    """Fill an empty, migrated database as a demo's."""
    session.add(Installation(demo=True))
    version = publish(session, site.asked())
    region, bare = Region(name=unbroken("Region")), Region(name="Bare region")
    session.add_all([region, bare])
    session.flush()
    empty = _partnership(session, bare, "Empty Partnership")
    long = _partnership(session, region, unbroken("Partnership"))
    many = _partnership(session, region, "Partnership of Many")
    _staff(session, [empty, many], "Everyman")
    _staff(session, [long], "Longman")
    _manager(session, region, unbroken("Manager"))
    _manager(session, bare, "Bare Manager")
    rounds, links = _rounds(session, long, version)
    return States(
        region=region.id,
        bare_region=bare.id,
        empty=empty.id,
        long=long.id,
        many=many.id,
        rounds=rounds,
        full_round=_sixty(session, many, version),
        full_result=_forty_answers(session, many, version),
        links=links,
    )


def _partnership(session: Session, region: Region, name: str) -> Partnership:
    made = Partnership(region_id=region.id, name=name, kind="district")
    session.add(made)
    session.flush()
    return made


def _staff(session: Session, places: Iterable[Partnership], name: str) -> None:
    """One coordinator and one chair for all of them, called after their role."""
    for role in (Role.COORDINATOR, Role.CHAIR):
        person = somebody(session, unbroken(f"{role.capitalize()} {name}"), f"{role}.{name}@example.org".lower())
        session.add_all(grant(person, place, role=role) for place in places)


def _manager(session: Session, region: Region, name: str) -> None:
    person = somebody(session, name, f"manager{region.id}@example.org")
    session.add(Grant(person_id=person.id, role=Role.MANAGER.value, region_id=region.id, starts=LONG_AGO, ends=None))


def _rounds(
    session: Session, place: Partnership, version: QuestionnaireVersion
) -> tuple[dict[str, int], dict[str, str]]:
    """A round in every standing, each under a name as long as it may be, and a respondent's link to some."""
    later, last = today() + timedelta(days=9), today() + timedelta(days=30)
    standings = {
        "open": RoundPlan(unbroken("Open", 120), [version], False, message=UNBROKEN * 9, closes=last),
        "planned": RoundPlan(spaced("Planned", 120), [version], False, closes=last, opens=later),
        "closed": RoundPlan(unbroken("Closed", 120), [version], False, "open"),
        "without answers": RoundPlan(spaced("Closed without answers", 120), [version], False),
        "together": RoundPlan(unbroken("Together", 120), [version], True),
    }
    rounds = {standing: open_round(session, place, plan) for standing, plan in standings.items()}
    invited = {name: _long_people(session, rounds[name]) for name in ("open", "planned", "closed", "without answers")}
    _every_status(session, invited["open"], version)
    for each in invited["closed"]:
        site.answer(session, each.invitation, version, unbroken("Said"))
    site.give_facts(session, rounds["closed"], version, unbroken("Fact"))
    for name in ("closed", "without answers"):
        close_round(session, rounds[name])
    call_off(session, open_round(session, place, RoundPlan(spaced("Called off", 120), [version], False)), SYSTEM)
    _facilitator(session, place, rounds)
    links = {name: people[0].token for name, people in invited.items()}
    return {name: round_.id for name, round_ in rounds.items()}, links


def _facilitator(session: Session, place: Partnership, rounds: dict[str, Round]) -> None:
    person: Person = somebody(session, unbroken("Facilitator"), "facilitator@example.org")
    for name in ("open", "closed", "without answers"):
        session.add(
            Grant(
                person_id=person.id,
                role=Role.FACILITATOR.value,
                partnership_id=place.id,
                round_id=rounds[name].id,
                starts=LONG_AGO,
                ends=None,
            )
        )


def _long_people(session: Session, round_: Round) -> list[Invited]:
    """Somebody of each of five organisations, whose names are one word or many."""
    return [
        invite(session, round_, Invitee(long(sector), long(f"{sector} body"), sector))
        for sector, long in zip(SECTORS, (unbroken, spaced, unbroken, spaced, unbroken), strict=True)
    ]


def _every_status(session: Session, invited: Sequence[Invited], version: QuestionnaireVersion) -> None:
    """Of each five people one is invited, one has opened the link, one started, one submitted and one is withdrawn; and
    their letters went in every way that letters go."""
    for number, each in enumerate(invited):
        invitation = each.invitation
        status = number % 5
        if 1 <= status <= 3:
            invitation.opened = now()
        if status in (2, 3):
            site.answer(session, invitation, version, "Said", submitted=status == 3)
        if status == 4:
            withdraw(session, invitation)
        state = LETTERS[number // 5 % 5]
        session.add(
            Letter(
                key=f"states {invitation.id}",
                purpose="invitation",
                address=f"{'long' * 12}@{'host' * 12}.example.org",
                partnership_id=invitation.partnership_id,
                invitation_id=invitation.id,
                state=state,
                due=now() + timedelta(days=1),
                sent=now() if state == "sent" else None,
                answer="550 5.1.1 " + "mailboxunknown" * 12 if state == "failed" else "",
            )
        )


def _sixty(session: Session, place: Partnership, version: QuestionnaireVersion) -> int:
    """An open round of sixty people from forty organisations, who are on the list of partners too."""
    round_ = open_round(session, place, RoundPlan("Sixty people", [version], False))
    invited = []
    for number in range(60):
        body = f"Organisation {number % 40}"
        invited.append(invite(session, round_, Invitee(f"Person {number}", body, _sector(number % 40))))
        add_contact(session, invited[-1].invitation.organisation or _missing(), Details(f"Person {number}"), SYSTEM)
    _every_status(session, invited, version)
    return round_.id


def _forty_answers(session: Session, place: Partnership, version: QuestionnaireVersion) -> int:
    """A closed round in which somebody of each of forty organisations answered."""
    round_ = open_round(session, place, RoundPlan("Forty answers", [version], False, "open"))
    for number in range(40):
        each = invite(session, round_, Invitee(f"Person {number}", f"Organisation {number}", _sector(number)))
        site.answer(session, each.invitation, version, "Said")
    site.give_facts(session, round_, version, "Fact")
    close_round(session, round_)
    return round_.id


def _sector(number: int) -> Sector:
    return SECTORS[number % len(SECTORS)]


def _missing() -> Organisation:
    raise AssertionError("a round answered apart invites for organisations")
