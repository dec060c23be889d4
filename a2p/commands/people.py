"""`a2p people`: who has a role here; naming the first administrator, and links to sign in where no mail goes out."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import click

from a2p.commands.problems import InputError
from a2p.commands.site_database import site_session

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from a2p.access.granting import Scope
    from a2p.store.round_tables import Round
    from a2p.store.tables import Partnership, Person, Region

ROLES = ("administrator", "programme-manager", "chair", "coordinator", "facilitator")


@click.group(name="people")
def command() -> None:
    """Name people, list them, and make links to sign in.

    It reads A2P_DATA_DIR and A2P_DATABASE_URL, as the site does.

    \b
    Example:
      ./run a2p people add ada@example.org --name "Ada Keys" --role administrator
      ./run a2p people link ada@example.org
    """


@command.command(name="add")
@click.argument("email")
@click.option("--name", default="", help="Their name; not needed for somebody who is known.")
@click.option("--role", type=click.Choice(ROLES), required=True, help="What they are to be.")
@click.option("--region", default="", help="The region of a programme manager, or that the partnership is in.")
@click.option("--partnership", default="", help="The partnership of a chair, coordinator or facilitator.")
@click.option("--round", "round_name", default="", help="The round of a facilitator.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="Their last day; a facilitator needs one.")
def add(
    email: str, name: str, role: str, region: str, partnership: str, round_name: str, until: datetime | None
) -> None:
    """Give somebody a role. Given twice it says so, and changes nothing.

    \b
    Example:
      ./run a2p people add ada@example.org --name "Ada Keys" --role administrator
    """
    from a2p.access.granting import GrantRefused, Wanted, give
    from a2p.access.policy import Role
    from a2p.access.roster import NotAnAddress
    from a2p.store.audit import SYSTEM

    wanted = Role(role.replace("-", " "))
    with site_session() as session:
        over = _scope(session, wanted, region, partnership, round_name)
        try:
            person = _person(session, email, name)
        except NotAnAddress as problem:
            raise InputError(f"{email} is no e-mail address: {problem}") from problem
        if told := _already(session, person, wanted, over):
            click.echo(told)
            return
        try:
            last = until.date() if until else None
            grant = give(session, person, Wanted(wanted, over, ends=last), by=SYSTEM)
        except GrantRefused as problem:
            raise InputError(str(problem)) from problem
        waits = "" if grant.confirmed else " once the chair has confirmed it"
        click.echo(f"{person.name} <{person.email}> is {wanted.value} of {_named(over)}{waits}.")


@command.command(name="link")
@click.argument("email")
def link(email: str) -> None:
    """Print a link and a code to sign in, once and within 20 minutes, for somebody with a role or an invitation.

    \b
    Example:
      ./run a2p people link ada@example.org
    """
    from a2p.access.roster import NotAnAddress, address_of
    from a2p.access.signing_in import make_link
    from a2p.settings import public_address

    with site_session() as session:
        try:
            made = make_link(session, address_of(email))
        except NotAnAddress as problem:
            raise InputError(f"{email} is no e-mail address: {problem}") from problem
        if made is None:
            raise InputError(f"Nobody with the address {email} has a role or an invitation. See: a2p people list")
    site = public_address()
    click.echo(f"{site}/sign-in/{made.token}")
    click.echo(f"Or type {made.code} at {site}/code")
    click.echo(
        "It works once, for 20 minutes." + ("" if site else " Put your site’s address before the path."), err=True
    )


@command.command(name="list")
def list_people() -> None:
    """List everybody who has a role or may get one, with what it is over.

    \b
    Example:
      ./run a2p people list
    """
    from a2p.access.roster import PAGE, people

    with site_session() as session:
        shown, page, number = 0, 1, 1
        while shown < number:
            listed, number = people(session, page=page)
            for each in listed:
                click.echo(f"{each.person.name} <{each.person.email}>")
                for held in each.held:
                    click.echo(f"  {held.grant.role} of {held.over}, {_days(held.grant.ends)}{held.standing}")
            shown, page = shown + PAGE, page + 1
        click.echo("1 person" if number == 1 else f"{number} people", err=True)


@command.command(name="reset-factor")
@click.argument("email")
def reset_factor(email: str) -> None:
    """Forget the authenticator that somebody lost: they are signed out, and set one up when they sign in again.

    \b
    Example:
      ./run a2p people reset-factor ada@example.org
    """
    from a2p.access.roster import NotAnAddress, find_person
    from a2p.access.second_factor import reset_second_factor
    from a2p.store.audit import SYSTEM

    with site_session() as session:
        try:
            person = find_person(session, email)
        except NotAnAddress as problem:
            raise InputError(f"{email} is no e-mail address: {problem}") from problem
        if person is None:
            raise InputError(f"Nobody here has the address {email}. See: a2p people list")
        reset_second_factor(session, person, by=SYSTEM)
        click.echo(f"{person.name} <{person.email}> sets up an authenticator at the next sign-in.")


def _days(last: date | None) -> str:
    return f"until {last.isoformat()}, " if last else ""


def _person(session: Session, email: str, name: str) -> Person:
    """Who has this address; somebody new if nobody has."""
    from a2p.access.roster import add_person, find_person
    from a2p.store.audit import SYSTEM

    known = find_person(session, email)
    given = " ".join(name.split())
    if known is None:
        if not given:
            raise InputError(f"{email} is new here. Say who it is: --name NAME")
        return add_person(session, given[:200], email, by=SYSTEM)
    if given and given != known.name:
        click.echo(f"{known.email} is known as {known.name}; the name stays.", err=True)
    return known


def _already(session: Session, person: Person, role: str, over: Scope) -> str:
    """What to say if they have this very role already, or wait for it; "" if not."""
    from a2p.access.roster import grants_of

    for held in grants_of(session, person):
        grant = held.grant
        ids = (grant.round_id, grant.partnership_id, grant.region_id)
        scope = next((each for each in ids if each is not None), None)
        if held.lasts and grant.role == role and scope == (over.id if over else None):
            return f"{person.name} <{person.email}> is {role} of {held.over} already: {held.standing}."
    return ""


def _scope(session: Session, role: str, region: str, partnership: str, round_name: str) -> Scope:
    """What the role is over, found by name. InputError says what is missing, unknown or too much."""
    needed = {"programme manager": "region", "chair": "partnership", "coordinator": "partnership"}
    if role == "administrator":
        if region or partnership or round_name:
            raise InputError("An administrator’s role is over the whole installation: leave out where.")
        return None
    if role == "facilitator" and not (partnership and round_name):
        raise InputError("A facilitator is named for one round: --partnership NAME --round NAME")
    if role != "facilitator" and not (region if needed[role] == "region" else partnership):
        raise InputError(f"Say where: --{needed[role]} NAME")
    if role == "programme manager":
        return _region(session, region)
    place = _partnership(session, partnership, region)
    return _round(session, place, round_name) if role == "facilitator" else place


def _region(session: Session, name: str) -> Region:
    from sqlalchemy import select

    from a2p.store.tables import Region

    found = session.scalar(select(Region).where(Region.name == name))
    if found is None:
        there = ", ".join(session.scalars(select(Region.name).order_by(Region.name)))
        raise InputError(f"There is no region {name}. There are: {there or 'none yet'}")
    return found


def _partnership(session: Session, name: str, region: str) -> Partnership:
    from sqlalchemy import select

    from a2p.store.tables import Partnership

    found = session.scalars(select(Partnership).where(Partnership.name == name)).all()
    if region:
        found = [each for each in found if each.region_id == _region(session, region).id]
    if not found:
        raise InputError(f"There is no partnership {name}{f' in {region}' if region else ''}.")
    if len(found) > 1:
        raise InputError(f"There is a {name} in several regions. Say which: --region NAME")
    return found[0]


def _round(session: Session, place: Partnership, name: str) -> Round:
    from sqlalchemy import select

    from a2p.store.round_tables import Round

    found = session.scalar(select(Round).where(Round.partnership_id == place.id, Round.name == name))
    if found is None:
        raise InputError(f"{place.name} has no round {name}.")
    return found


def _named(over: Scope) -> str:
    return over.name if over else "this site"
