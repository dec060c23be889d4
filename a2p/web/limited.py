"""What may not be tried too often, from a page: counted under the site's key, with a page in plain words for more."""

from __future__ import annotations

from datetime import datetime

from flask import current_app, make_response, render_template, request
from werkzeug.wrappers import Response

from a2p.access import limits
from a2p.access.limits import Limit, network_of
from a2p.store.base import now
from a2p.web.database import db


def allowed(limit: Limit, key: str) -> bool:
    """Count an attempt and say whether it may go on. Commit afterwards."""
    return limits.allowed(db.session(), limit, key, _secret())


def give_back(limit: Limit, key: str) -> None:
    """Take an attempt back that was right."""
    limits.give_back(db.session(), limit, key, _secret())


def network() -> str:
    """The network that this request comes from."""
    return network_of(request.remote_addr)


def too_many(limit: Limit, key: str) -> Response:
    """The page that says when to try again."""
    again = limits.again_at(db.session(), limit, key, _secret())
    response = make_response(_page(limit, again), 429)
    response.headers["Retry-After"] = str(max(1, int((again - now()).total_seconds()) + 1))
    return response


def _page(limit: Limit, again: datetime) -> str:
    return render_template("pages/account/too_many.html", again=again, of_network=limit is not limits.SECOND_FACTORS)


def _secret() -> str:
    secret: str = current_app.config["A2P"].secret_key
    return secret
