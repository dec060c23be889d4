"""Signing in and out. The demo’s page of people does not exist in a real installation."""

from __future__ import annotations

from tests.site import Place
from tests.web.installation import Installation
from tests.web.matrix.row import Args, Row, Rows, invited, person


def no_token(_site: Installation, _place: Place) -> Args:
    """A token that no link has."""
    return {"token": "nonsense"}


ROWS: Rows = {
    ("GET", "account.sign_in"): Row(),
    ("POST", "account.ask_link"): Row(form={"email": "somebody@example.org"}),
    ("POST", "account.ask_fresh"): Row(ok=302),
    ("GET", "account.link"): Row(no_token, 410),
    ("POST", "account.use_link"): Row(no_token, 410),
    ("GET", "account.code"): Row(),
    ("POST", "account.use_code"): Row(ok=422, form={"code": "K7M2-9QXR-4D0T"}),
    ("POST", "account.sign_out"): Row(ok=302),
    ("GET", "account.demo"): Row(),
    ("POST", "account.demo_person"): Row(person, 302),
    ("POST", "account.demo_respondent"): Row(invited, 302),
}
