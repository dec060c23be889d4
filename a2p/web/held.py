"""A form that could not be taken because its session was over, or its page too old: kept until its writer is back.

The browser has the key in a cookie; what is stored can't be read without it. See access/held.py.
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from flask import current_app, request
from werkzeug.wrappers import Response

from a2p.access import held as store
from a2p.access import limits
from a2p.access.held import Held, Holder
from a2p.web.database import db

NOT_TYPED = frozenset({"csrf_token", "then", "held"})


def keep(response: Response) -> bool:
    """Seal what this request posted, with a key that goes out with `response`; False if it can't be kept."""
    if not _sent_from_our_own_page():
        return False
    holder = _holder() or Holder.new()
    fields = {name: request.form.getlist(name) for name in request.form if name not in NOT_TYPED}
    kept = bool(fields) and _in_turn() and store.hold(db.session(), holder, request.path, fields)
    db.session.commit()
    if kept:
        lasts = int(store.LASTS.total_seconds())
        response.set_cookie(
            _cookie(), str(holder), max_age=lasts, secure=_secure(), httponly=True, samesite="Lax", path="/"
        )
    return kept


def waiting(addresses: Iterable[str]) -> list[Held]:
    """What this browser's person left at these of their own addresses, the newest first."""
    holder = _holder()
    return store.held(db.session(), holder, addresses) if holder else []


def waiting_here() -> Held | None:
    """What this browser's person left at the address of this request, which the policy lets them have."""
    return next(iter(waiting([request.path])), None)


def forget_here() -> None:
    """It was saved, or thrown away. The caller commits."""
    holder = _holder()
    if holder is not None:
        store.drop(db.session(), holder, request.path)


def _sent_from_our_own_page() -> bool:
    """Not from somebody else's: their text would be offered to our reader as their own."""
    origin = request.headers.get("Origin") or request.headers.get("Referer") or ""
    return urlsplit(origin).netloc == request.host


def _in_turn() -> bool:
    """Whether this network has not left too much already: a whole office may, a script that fills the table may not."""
    network = limits.network_of(request.remote_addr)
    return limits.allowed(db.session(), limits.FORMS_HELD_FOR_NETWORK, network, current_app.config["A2P"].secret_key)


def _holder() -> Holder | None:
    return Holder.read(request.cookies.get(_cookie()))


def cookie_name(*, secure: bool) -> str:
    """The name of the cookie that holds the key."""
    return "__Host-a2p-held" if secure else "a2p_held"


def _cookie() -> str:
    return cookie_name(secure=_secure())


def _secure() -> bool:
    return bool(current_app.config["A2P"].secure)
