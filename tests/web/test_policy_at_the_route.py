"""A route can't be forgotten: without a policy it can't be added, and nothing is answered without a decision."""

from __future__ import annotations

import pytest
from flask import Blueprint, Flask
from sqlalchemy import delete
from werkzeug.routing import Rule

from a2p.access.policy import Action
from a2p.store.tables import Grant
from a2p.web.policy import Policy, PolicyFlask, UndeclaredPolicy
from tests.web.installation import Installation


@pytest.fixture
def app() -> PolicyFlask:
    return PolicyFlask("a2p", demo=False)


def view(_object: object) -> str:
    return "seen"


def test_a_route_without_a_policy_can_not_be_added(app: PolicyFlask) -> None:
    with pytest.raises(UndeclaredPolicy, match="/forgotten"):
        app.add_url_rule("/forgotten", view_func=view)
    with pytest.raises(UndeclaredPolicy):
        app.route("/forgotten")(view)
    with pytest.raises(UndeclaredPolicy):
        app.add_url_rule("/forgotten", view_func=view, policy="anybody")


def test_a_blueprint_with_a_forgotten_route_can_not_be_registered(app: PolicyFlask) -> None:
    pages = Blueprint("pages", __name__)
    pages.add_url_rule("/forgotten", view_func=view)
    with pytest.raises(UndeclaredPolicy, match=r"pages\.view"):
        app.register_blueprint(pages)


def test_a_rule_planted_in_the_map_is_found_before_the_site_serves(app: PolicyFlask) -> None:
    app.add_url_rule("/declared", view_func=view, policy=Policy(Action.READ_PUBLIC))
    app.sweep()
    app.url_map.add(Rule("/planted", endpoint="planted"))
    with pytest.raises(UndeclaredPolicy, match="/planted"):
        app.sweep()


def test_an_answer_on_which_nothing_was_decided_is_an_error(installed: Installation) -> None:
    app = installed.app
    app.url_map.add(Rule("/planted", endpoint="planted"))
    app.view_functions["planted"] = lambda: "a secret"
    response = installed.client().get("/planted")
    assert response.status_code == 500
    assert b"a secret" not in response.data


def test_a_method_that_no_rule_declares_is_refused(installed: Installation) -> None:
    own = installed.site.own
    client = installed.coordinator(own)
    for method in ("OPTIONS", "PUT", "DELETE", "PATCH"):
        data = {"csrf_token": installed.form_token(client)}
        assert client.open(f"/rounds/{own.open.id}", method=method, data=data).status_code == 405


def test_who_lost_the_role_loses_the_pages_with_the_next_request(installed: Installation) -> None:
    own = installed.site.own
    client = installed.coordinator(own)
    assert client.get(f"/rounds/{own.open.id}").status_code == 200
    with installed.session() as session, session.begin():
        session.execute(delete(Grant))
    assert client.get(f"/rounds/{own.open.id}").status_code == 404


def test_a_page_that_only_reads_does_not_take_the_write_lock(installed: Installation) -> None:
    own = installed.site.own
    client = installed.coordinator(own)
    with installed.session() as writing:
        writing.connection()  # holds the write lock from here on
        assert client.get(f"/partnerships/{own.partnership.id}").status_code == 200


def test_the_app_is_a_flask_app(installed: Installation) -> None:
    assert isinstance(installed.app, Flask)
