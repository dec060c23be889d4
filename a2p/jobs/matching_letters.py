"""Letters that introduce who asks for help and who could give it, and those that bring an associate's link."""

from __future__ import annotations

from typing import TypeAlias, cast

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from a2p.jobs import addresses
from a2p.jobs.letter_text import Text, render
from a2p.rounds.introductions import Side, seen
from a2p.rounds.letters import coordinators_of
from a2p.settings import Settings
from a2p.store.letter_tables import Letter
from a2p.store.letters import options_of
from a2p.store.region_tables import Associate, Introduction
from a2p.store.tables import Person, Region
from a2p.store.tokens import new_token, token_hash

Reply: TypeAlias = tuple[Text, str]
"""A letter's text, and where answers to it go."""


def introduction(session: Session, letter: Letter, settings: Settings) -> Reply | None:
    """To one side: would they like to be introduced? Nothing once they answered, or it is over."""
    row = session.get(Introduction, options_of(letter)["introduction_id"])
    if row is None:
        return None
    shown = seen(session, row, _side(letter))
    if not shown.waits:
        return None
    address = _page(session, letter, settings, row)
    return None if address is None else (_render("introduction", settings, letter, session, shown, address), "")


def introduced(session: Session, letter: Letter, settings: Settings) -> Reply | None:
    """To one side: both said yes, and this is whom they may write to."""
    row = session.get(Introduction, options_of(letter)["introduction_id"])
    if row is None or row.ended is not None:
        return None
    shown = seen(session, row, _side(letter))
    address = _page(session, letter, settings, row)
    if not shown.both or address is None:
        return None
    first = shown.contacts[0].email if shown.contacts else ""
    return _render("introduced", settings, letter, session, shown, address), first


def associate(session: Session, letter: Letter, settings: Settings) -> Reply | None:
    """To somebody who is asked to be an associate, or wants their page again."""
    number = options_of(letter)["associate_id"]
    address = _associates_page(session, int(number), settings)
    if address is None:
        return None
    row = session.get_one(Associate, number)
    region = session.get_one(Region, row.region_id)
    return render(
        "associate", settings, name=row.name, region=region.name, agreed=row.agreed is not None, address=address
    ), settings.contact


def associate_link(session: Session, letter: Letter, settings: Settings) -> Reply | None:
    """To whoever asked for a fresh link to an associate's page at this address. Nothing if it is no associate's."""
    found = select(Associate.id).where(func.lower(Associate.email) == letter.address.lower(), Associate.email != "")
    opened = {id_: _associates_page(session, id_, settings) for id_ in session.scalars(found.order_by(Associate.id))}
    pages, name = [], ""
    for id_, address in opened.items():
        if address is not None:
            row = session.get_one(Associate, id_)
            name = row.name
            pages.append((session.get_one(Region, row.region_id).name, address))
    return (render("associate-link", settings, name=name, pages=pages), settings.contact) if pages else None


def _render(template: str, settings: Settings, letter: Letter, session: Session, shown: object, address: str) -> Text:
    options = options_of(letter)
    who: Associate | Person | None
    if "associate_id" in options:
        who = session.get(Associate, options["associate_id"])
    else:
        who = session.get(Person, options["person_id"])
    return render(template, settings, name=who.name if who else "", shown=shown, address=address)


def _side(letter: Letter) -> Side:
    return cast("Side", options_of(letter)["side"])


def _page(session: Session, letter: Letter, settings: Settings, row: Introduction) -> str | None:
    """Where they answer; None for somebody who has no part in it any more."""
    options = options_of(letter)
    if "associate_id" in options:
        return _associates_page(session, int(options["associate_id"]), settings)
    place = row.asker_id if _side(letter) == "asker" else row.helper_id
    if place is None or options["person_id"] not in {person.id for person in coordinators_of(session, place)}:
        return None
    return settings.public_base_url + addresses.introductions(place)


def _associates_page(session: Session, number: int, settings: Settings) -> str | None:
    """An associate's page under a fresh link; the one before stops."""
    row = session.scalar(select(Associate).where(Associate.id == number).with_for_update())
    if row is None or row.withdrawn is not None or not row.email:
        return None
    token = new_token()
    row.token_hash = token_hash(token)
    return settings.public_base_url + addresses.associate(token)
