"""Every address x who asks x whose object: the statuses as declared here, and nobody sees another partnership's words.

A new address without a row here fails the test.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from a2p.store.base import Base
from a2p.store.round_tables import AnswerRow, Response
from tests.site import Place
from tests.web.client import CheckedClient
from tests.web.installation import Installation, install, settings_of

Args: TypeAlias = Mapping[str, Any]
ABSENT = {"partnership_id": 9999, "round_id": 9999, "invitation_id": 9999, "job_id": 9999, "person_id": 9999}


@dataclass(frozen=True)
class Row:
    """One address and method: its parts for a partnership's object; the statuses for nobody, the respondent and the
    coordinator on their own object. Others' objects and absent ones are 404 for everybody."""

    args: Callable[[Installation, Place], Args]
    nobody: int
    respondent: int
    coordinator: int
    form: Mapping[str, str] | None = None


def _nothing(_site: Installation, _place: Place) -> Args:
    return {}


def _partnership(_site: Installation, place: Place) -> Args:
    return {"partnership_id": place.partnership.id}


def _questionnaire(site: Installation, place: Place) -> Args:
    return {**_partnership(site, place), "questionnaire": "sample"}


def _round(_site: Installation, place: Place) -> Args:
    return {"round_id": place.open.id}


def _invited(_site: Installation, place: Place) -> Args:
    return {"round_id": place.open.id, "invitation_id": place.invited[0].invitation.id}


def _evidence(_site: Installation, place: Place) -> Args:
    return {"round_id": place.open.id, "questionnaire": "sample", "section": "purpose"}


def _asked(_site: Installation, place: Place) -> Args:
    return {"round_id": place.open.id, "questionnaire": "sample"}


def _result(_site: Installation, place: Place) -> Args:
    return {"round_id": place.closed.id, "questionnaire": "sample"}


def _job(site: Installation, place: Place) -> Args:
    return {"job_id": site.jobs[place.mark]}


def _answer(_site: Installation, place: Place) -> Args:
    return {"invitation_id": place.invited[0].invitation.id, "questionnaire": "sample", "section": "purpose"}


def _person(_site: Installation, place: Place) -> Args:
    return {"person_id": place.coordinator.id}


def _link(_site: Installation, place: Place) -> Args:
    return {"token": place.invited[0].token}


def everybody(status: int, args: Callable[[Installation, Place], Args] = _nothing) -> Row:
    return Row(args, status, status, status)


def the_respondent(status: int) -> Row:
    return Row(_answer, 404, status, 404)


def the_coordinator(status: int, args: Callable[[Installation, Place], Args]) -> Row:
    return Row(args, 404, 404, status)


TABLE: dict[tuple[str, str], Row] = {
    ("GET", "static"): everybody(200, lambda _site, _place: {"filename": "favicon.svg"}),
    ("GET", "public.home"): Row(_nothing, 200, 302, 302),
    ("GET", "public.livez"): everybody(200),
    ("GET", "public.readyz"): everybody(200),
    ("GET", "help.index"): everybody(200),
    ("GET", "help.topic"): everybody(200, lambda _site, _place: {"topic": "answering"}),
    ("POST", "account.sign_out"): everybody(302),
    # the demo's page of people does not exist in a real installation
    ("GET", "account.demo"): everybody(404),
    ("POST", "account.demo_person"): everybody(404, _person),
    ("POST", "account.demo_respondent"): everybody(404, _invited),
    # who has the link may use it
    ("GET", "answer.link"): everybody(200, _link),
    ("POST", "answer.open_link"): everybody(302, _link),
    ("GET", "answer.start"): the_respondent(200),
    ("GET", "answer.tasks"): the_respondent(200),
    ("GET", "answer.section"): the_respondent(200),
    ("POST", "answer.save_section"): the_respondent(302),
    ("GET", "answer.check"): the_respondent(200),
    ("POST", "answer.submit"): the_respondent(302),
    ("GET", "answer.submitted"): the_respondent(302),
    ("GET", "answer.copy"): the_respondent(200),
    ("GET", "coordinate.home"): the_coordinator(200, _partnership),
    ("GET", "coordinate.preview"): the_coordinator(200, _questionnaire),
    ("GET", "coordinate.new_round"): the_coordinator(200, _partnership),
    ("POST", "coordinate.open_round"): the_coordinator(422, _partnership),
    ("GET", "coordinate.show_round"): the_coordinator(200, _round),
    ("GET", "coordinate.show_promise"): the_coordinator(200, _round),
    ("GET", "coordinate.new_person"): the_coordinator(200, _round),
    ("POST", "coordinate.invite_person"): the_coordinator(422, _round),
    ("POST", "coordinate.new_link"): the_coordinator(302, _invited),
    ("GET", "coordinate.ask_withdraw"): the_coordinator(200, _invited),
    ("POST", "coordinate.withdraw_person"): the_coordinator(302, _invited),
    ("GET", "coordinate.ask_close"): the_coordinator(200, _round),
    ("POST", "coordinate.close"): the_coordinator(302, _round),
    ("GET", "evidence.sections"): the_coordinator(200, _asked),
    ("GET", "evidence.section"): the_coordinator(200, _evidence),
    ("POST", "evidence.save_section"): the_coordinator(302, _evidence),
    ("GET", "results.show"): the_coordinator(200, _result),
    ("POST", "results.make_report"): the_coordinator(302, _result),
    ("GET", "results.show_job"): the_coordinator(200, _job),
    ("GET", "results.download"): the_coordinator(200, _job),
}
BELONGING = {key: row for key, row in TABLE.items() if (row.nobody, row.respondent, row.coordinator).count(404) >= 2}


@pytest.fixture
def installed(tmp_path: Path, sqlite_url: str) -> Iterator[Installation]:
    made = install(settings_of(tmp_path, sqlite_url))
    yield made
    made.close()


def test_every_address_has_its_row(installed: Installation) -> None:
    rules = installed.app.url_map.iter_rules()
    there = {(method, rule.endpoint) for rule in rules for method in (rule.methods or set()) - {"HEAD"}}
    assert there == set(TABLE)


def ask(installed: Installation, client: CheckedClient, key: tuple[str, str], args: Args) -> TestResponse:
    """One request; a POST carries the form's token, so that what is refused is refused by the policy."""
    method, endpoint = key
    with installed.app.test_request_context(base_url="http://localhost"):
        rules = [rule for rule in installed.app.url_map.iter_rules(endpoint) if method in (rule.methods or ())]
        wanted = {name: value for name, value in args.items() if name in rules[0].arguments}
        path = installed.app.url_for(endpoint, **wanted, _method=method)
    data = {"csrf_token": installed.form_token(client)} if method == "POST" else None
    response = client.open(path, method=method, data=data)
    response.get_data()
    response.close()
    return response


def people(installed: Installation) -> dict[str, Callable[[], CheckedClient]]:
    own = installed.site.own
    return {
        "nobody": installed.client,
        "respondent": lambda: installed.respondent(own.invited[0].invitation),
        "coordinator": lambda: installed.coordinator(own),
    }


def rows_of(installed: Installation, place: Place) -> dict[str, list[str]]:
    """Everything that a partnership has in the database."""
    with installed.session() as session:
        found = {
            name: sorted(map(str, session.execute(select(table).where(table.c.partnership_id == place.partnership.id))))
            for name, table in Base.metadata.tables.items()
            if "partnership_id" in table.c
        }
        answers = select(AnswerRow.__table__).join(Response, Response.id == AnswerRow.response_id)
        found["answer"] = sorted(
            map(str, session.execute(answers.where(Response.partnership_id == place.partnership.id)))
        )
        return found


def name_of(key: tuple[str, str]) -> str:
    return f"{key[0]} {key[1]}"


@pytest.mark.parametrize("key", TABLE, ids=name_of)
def test_the_own_object_answers_as_declared_and_shows_nothing_of_another_partnership(
    installed: Installation, key: tuple[str, str]
) -> None:
    row = TABLE[key]
    mark = installed.site.foreign.mark.encode()
    for who, browser in people(installed).items():
        response = ask(installed, browser(), key, row.args(installed, installed.site.own))
        assert response.status_code == getattr(row, who), who
        assert mark not in response.get_data(), who


@pytest.mark.parametrize("key", BELONGING, ids=name_of)
def test_a_foreign_object_and_an_absent_one_are_not_there_for_anybody(
    installed: Installation, key: tuple[str, str]
) -> None:
    row, foreign = BELONGING[key], installed.site.foreign
    before = rows_of(installed, foreign)
    own = row.args(installed, installed.site.own)
    for who, browser in people(installed).items():
        for args in (row.args(installed, foreign), {**own, **{name: ABSENT[name] for name in own if name in ABSENT}}):
            response = ask(installed, browser(), key, args)
            assert response.status_code == 404, (who, args)
            assert foreign.mark.encode() not in response.get_data()
    assert rows_of(installed, foreign) == before


@pytest.mark.parametrize("key", [key for key, row in TABLE.items() if row.args is _answer], ids=name_of)
def test_a_colleagues_answers_are_not_there_for_a_respondent_of_the_same_round(
    installed: Installation, key: tuple[str, str]
) -> None:
    colleague = installed.respondent(installed.site.own.invited[1].invitation)
    response = ask(installed, colleague, key, _answer(installed, installed.site.own))
    assert response.status_code == 404
    assert b"Fenland comment" not in response.get_data()


@pytest.mark.parametrize("key", [key for key, row in TABLE.items() if row.args is _invited], ids=name_of)
def test_an_invitation_is_found_under_its_own_round_alone(installed: Installation, key: tuple[str, str]) -> None:
    own, foreign = installed.site.own, installed.site.foreign
    for round_, place in ((own.open, foreign), (foreign.open, own), (own.closed, own)):
        args = {"round_id": round_.id, "invitation_id": place.invited[0].invitation.id}
        assert ask(installed, installed.coordinator(own), key, args).status_code == 404


@pytest.mark.parametrize("part", ["questionnaire", "section"])
@pytest.mark.parametrize("endpoint", ["answer.section", "evidence.section", "results.show", "coordinate.preview"])
def test_a_questionnaire_or_section_that_is_not_asked_is_not_there(
    installed: Installation, endpoint: str, part: str
) -> None:
    own = installed.site.own
    args = {**TABLE["GET", endpoint].args(installed, own), part: "nonsense"}
    if part in next(installed.app.url_map.iter_rules(endpoint)).arguments:
        for client in (installed.coordinator(own), installed.respondent(own.invited[0].invitation)):
            assert ask(installed, client, ("GET", endpoint), args).status_code == 404


def test_results_are_not_there_before_the_round_closes(installed: Installation) -> None:
    own = installed.site.own
    client = installed.coordinator(own)
    for key in (("GET", "results.show"), ("POST", "results.make_report")):
        assert ask(installed, client, key, _asked(installed, own)).status_code == 404


def test_a_report_that_is_not_ready_is_not_there(installed: Installation) -> None:
    own = installed.site.own
    client = installed.coordinator(own)
    fresh = client.post(
        f"/rounds/{own.closed.id}/results/sample/report",
        data={"csrf_token": installed.form_token(client), "large": "yes"},
    )
    assert client.get(f"{fresh.location}/report.pdf").status_code == 404
