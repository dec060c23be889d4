"""Every address of the site with its row of tests/web/matrix, who may ask it, and asking it."""

from __future__ import annotations

import csv
import importlib
import pkgutil
from collections.abc import Callable
from pathlib import Path

from werkzeug.test import TestResponse

from a2p.access.policy import Role
from a2p.web.policy import PolicyFlask
from tests.web import matrix
from tests.web.client import CheckedClient
from tests.web.installation import Installation
from tests.web.matrix.row import Args, Row

POLICY = Path(__file__).parents[1] / "access" / "policy.csv"
WRITTEN = {
    (row["action"], row["role"]): (row["object"], row["decision"])
    for row in csv.DictReader(POLICY.read_text(encoding="utf-8").splitlines())
}
TABLE: dict[tuple[str, str], Row] = {
    key: row
    for found in pkgutil.iter_modules(matrix.__path__)
    if found.name != "row"
    for key, row in importlib.import_module(f"tests.web.matrix.{found.name}").ROWS.items()
}


def ask(
    installed: Installation, client: CheckedClient, key: tuple[str, str], args: Args, token: str = ""
) -> TestResponse:
    """One request; a POST carries the form's token, so that what is refused is refused by the policy."""
    method, _ = key
    data = {"csrf_token": token or installed.form_token(client), **TABLE[key].form} if method == "POST" else None
    response = client.open(address_of(installed, key, args), method=method, data=data)
    response.get_data()
    response.close()
    return response


def address_of(installed: Installation, key: tuple[str, str], args: Args) -> str:
    """The path of an address, with those of the parts that it has."""
    method, endpoint = key
    with installed.app.test_request_context(base_url="http://localhost"):
        rules = [rule for rule in installed.app.url_map.iter_rules(endpoint) if method in (rule.methods or ())]
        wanted = {name: value for name, value in args.items() if name in rules[0].arguments}
        return installed.app.url_for(endpoint, **wanted, _method=method)


def people(installed: Installation) -> dict[str, Callable[[], CheckedClient]]:
    """A browser for each role of policy.csv, on the own partnership."""
    own = installed.site.own
    return {
        "nobody": installed.client,
        "respondent": lambda: installed.respondent(own.invited[0].invitation),
        "coordinator": lambda: installed.coordinator(own),
        "chair": lambda: installed.signed_in(own.staff[Role.CHAIR]),
        "facilitator": lambda: installed.signed_in(own.staff[Role.FACILITATOR]),
        "comment reader": lambda: installed.signed_in(own.staff[Role.READER]),
        "programme manager": lambda: installed.signed_in(own.staff[Role.MANAGER]),
        "administrator": lambda: installed.signed_in(installed.site.administrator),
    }


def action_of(installed: Installation, key: tuple[str, str]) -> str:
    """The action that an address declares, in the words of policy.csv."""
    assert isinstance(installed.app, PolicyFlask)
    return installed.app.policies[key[1]].action.value


def name_of(key: tuple[str, str]) -> str:
    """An address as a test's id."""
    return f"{key[0]} {key[1]}"
