"""Every address x every role x own, foreign and absent objects: answered as the written policy says, and nobody sees
another partnership's words. A new address without a row in tests/web/matrix/ fails the test.
"""

from __future__ import annotations

import pytest
from sqlalchemy import select

from a2p.store.base import Base
from a2p.store.round_tables import AnswerRow, Response
from tests.site import Place
from tests.web.asking import TABLE, WRITTEN, action_of, ask, name_of, people
from tests.web.client import is_sent_to_sign_in
from tests.web.installation import Installation
from tests.web.matrix import row as parts

ABSENT = dict.fromkeys(
    (
        *("region_id", "partnership_id", "round_id", "invitation_id", "job_id", "person_id", "grant_id", "version_id"),
        *("organisation_id", "into_id", "contact_id", "release_id", "wish_id", "action_id", "batch_id", "workshop_id"),
        *("snapshot_id", "earlier_id", "area_id", "run_id", "plan_id", "introduction_id", "associate_id"),
    ),
    9999,
)
ANSWERS = {"forbidden": 403, "absent": 404}


def test_every_address_has_its_row(installed: Installation) -> None:
    rules = installed.app.url_map.iter_rules()
    there = {(method, rule.endpoint) for rule in rules for method in (rule.methods or set()) - {"HEAD"}}
    assert there == set(TABLE)


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


@pytest.mark.parametrize("key", TABLE, ids=name_of)
def test_the_own_object_answers_as_the_policy_is_written_and_shows_nothing_of_another_partnership(
    installed: Installation, key: tuple[str, str]
) -> None:
    row, mark = TABLE[key], installed.site.foreign.mark.encode()
    for who, browser in people(installed).items():
        kind, decision = WRITTEN[action_of(installed, key), who]
        response = ask(installed, browser(), key, row.args(installed, installed.site.own))
        if who == "nobody" and decision != "allowed" and not for_the_demo(installed, key):
            assert is_sent_to_sign_in(response), who
        else:
            assert response.status_code == ANSWERS.get(decision, row.own.get(who, row.ok)), (who, kind)
        if who != "administrator":
            assert mark not in response.get_data(), who


def for_the_demo(installed: Installation, key: tuple[str, str]) -> bool:
    """Whether the address is a demonstration's alone: in a real installation it is not there for anybody."""
    return WRITTEN[action_of(installed, key), "demo visitor"][1] == "allowed"


@pytest.mark.parametrize("key", TABLE, ids=name_of)
def test_a_foreign_object_and_an_absent_one_are_not_there_for_anybody(
    installed: Installation, key: tuple[str, str]
) -> None:
    row, foreign = TABLE[key], installed.site.foreign
    kind, _ = WRITTEN[action_of(installed, key), "nobody"]
    own = row.args(installed, installed.site.own)
    if kind == "public" or not set(own) & set(ABSENT):
        return  # belongs to nobody, or has no ids that could be another's
    before = rows_of(installed, foreign)
    for who, browser in people(installed).items():
        client = browser()
        token = installed.form_token(client) if key[0] == "POST" else ""
        for args in (row.args(installed, foreign), {**own, **{name: ABSENT[name] for name in own if name in ABSENT}}):
            if who == "administrator" and args == row.args(installed, foreign):
                continue  # nothing in the installation is foreign to its administrator
            response = ask(installed, client, key, args, token)
            assert is_sent_to_sign_in(response) if who == "nobody" else response.status_code == 404, (who, args)
            assert foreign.mark.encode() not in response.get_data()
    assert rows_of(installed, foreign) == before


@pytest.mark.parametrize("key", [key for key, row in TABLE.items() if row.args is parts.answer], ids=name_of)
def test_a_colleagues_answers_are_not_there_for_a_respondent_of_the_same_round(
    installed: Installation, key: tuple[str, str]
) -> None:
    colleague = installed.respondent(installed.site.own.invited[1].invitation)
    response = ask(installed, colleague, key, parts.answer(installed, installed.site.own))
    assert response.status_code == 404
    assert b"Fenland comment" not in response.get_data()


@pytest.mark.parametrize("key", [key for key, row in TABLE.items() if row.args is parts.invited], ids=name_of)
def test_an_invitation_is_found_under_its_own_round_alone(installed: Installation, key: tuple[str, str]) -> None:
    own, foreign = installed.site.own, installed.site.foreign
    for round_, place in ((own.open, foreign), (foreign.open, own), (own.closed, own)):
        args = {"round_id": round_.id, "invitation_id": place.invited[0].invitation.id}
        assert ask(installed, installed.coordinator(own), key, args).status_code == 404


@pytest.mark.parametrize("part", ["questionnaire", "section"])
@pytest.mark.parametrize("endpoint", ["answer.section", "evidence.section", "results.show", "planning.preview"])
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
    for key in (("GET", "results.show"), ("GET", "documents.show")):
        assert ask(installed, client, key, parts.asked(installed, own)).status_code == 404


def test_a_report_that_is_not_ready_is_not_there(installed: Installation) -> None:
    own = installed.site.own
    client = installed.coordinator(own)
    fresh = client.post(
        f"/rounds/{own.closed.id}/results/sample/documents/report",
        data={"csrf_token": installed.form_token(client), "large_print": "y", "format": "pdf"},
    )
    assert client.get(f"{fresh.location}/file").status_code == 404
