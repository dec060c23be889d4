"""Letters that somebody asks for by typing an address, whoever's it is: how many, and nothing said of who is known."""

from __future__ import annotations

import secrets
from collections.abc import Mapping

from werkzeug.wrappers import Response

from a2p.access.limits import LINKS_FROM_NETWORK, LINKS_TO_ADDRESS
from a2p.store.letters import Draft, write_letter
from a2p.web import limited
from a2p.web.database import db
from a2p.web.queue import the_queue


def ask_for(purpose: str, address: str, options: Mapping[str, str | int]) -> Response | None:
    """Write a letter of this purpose to an address; the worker that sends it looks up whose it is. An address that has
    asked too often gets none, and nobody is told; a network that has gets the page that is returned. Commits."""
    if not limited.allowed(LINKS_FROM_NETWORK, limited.network()):
        db.session.commit()
        return limited.too_many(LINKS_FROM_NETWORK, limited.network())
    if limited.allowed(LINKS_TO_ADDRESS, address):
        write_letter(db.session(), Draft(purpose, f"{purpose}/{secrets.token_hex(16)}", address, options=options))
    db.session.commit()
    the_queue().hand_in_letters()
    return None
