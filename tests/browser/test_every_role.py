"""Every page a role may open is opened as that role, by following the links of the demo, and is in order for axe, at a
phone's width and at a desk's. A page that no link leads to fails the test, unless ELSEWHERE says where it is looked at.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from a2p.access.policy import POLICY, Role
from a2p.web.policy import PolicyFlask
from tests.browser.crawl import follow_links
from tests.browser.walk import Walk

pytestmark = pytest.mark.browser

STAFF = {
    Role.ADMINISTRATOR: "Winifred Askew",
    Role.MANAGER: "Nadia Ferris",
    Role.COORDINATOR: "Marian Holt",
    Role.CHAIR: "Sir Hugh Tolland",
    Role.FACILITATOR: "Zainab Qureshi",
}
ELSEWHERE: dict[str, str] = {
    "actions.edit": "as a coordinator: this facilitator's rounds have no actions yet",
    "actions.read": "as a coordinator: this facilitator's rounds have no actions yet",
    "admin_people.ask_reset_factor": "tests/web/test_admin_pages.py: nobody in the demo has an authenticator",
    "answer.submitted": "test_journeys.py: after submitting",
    "blank_forms.download": "a file",
    "blank_forms.show": "test_every_page.py: a button leads there",
    "changing.ask_call_off": "test_every_page.py: offered before the first answer alone",
    "comments.own": "tests/web/test_comments_pages.py: their round is open yet",
    "batches.download": "a file",
    "batches.show": "tests/web/test_document_pages.py: a button leads there",
    "deputy.ask": "test_every_page.py: offered before submitting alone",
    "documents.download": "a file",
    "documents.show_job": "test_journeys.py: a button leads there",
    "facilitate.home": "as a facilitator: others have the numbers on pages of their own",
    "handouts.own_file": "a file",
    "handouts.public_file": "a file",
    "handouts.region_file": "a file",
    "handouts.show_own": "tests/web/test_handout_pages.py: a button leads there",
    "handouts.show_public": "test_every_page.py: a button leads there",
    "handouts.show_region": "tests/web/test_handout_pages.py: a button leads there",
    "named.as_csv": "a file",
    "named.show": "test_every_page.py: another partnership’s round is open",
    "own_copy.download": "a file",
    "own_copy.show": "tests/web/test_answering_browser.py: a button leads there",
    "paper.form": "test_every_page.py: a form leads there",
    "coordinate.last_day": "a file",
    "paper_files.choose": "test_every_page.py: a form leads there",
    "partner_lists.csv_template": "a file",
    "partner_lists.xlsx_template": "a file",
    "partners.ask_merge": "test_every_page.py: a form leads there",
    "regional_documents.as_csv": "a file",
    "regional_documents.as_json": "a file",
    "regional_documents.as_xlsx": "a file",
    "regional_documents.choose": "tests/web/test_regional_document_pages.py: the demo has no snapshot",
    "regional_documents.dictionary": "a file",
    "regional_documents.download": "a file",
    "regional_documents.questions": "a file",
    "regional_documents.show_job": "tests/web/test_regional_document_pages.py: a button leads there",
    "released.own": "tests/web/test_release_pages.py: their round is open yet",
    "by_name.both_ends_of": "tests/web/test_region_pages.py: another region’s county and districts agreed",
    "snapshots.show": "tests/web/test_region_pages.py: the demo has no snapshot",
    "snapshots.picture": "tests/web/test_region_pages.py: the demo has no snapshot",
    "snapshots.ask_compare": "tests/web/test_region_pages.py: the demo has no snapshot",
    "snapshots.compared": "tests/web/test_region_pages.py: the demo has no snapshot",
    "result_files.as_csv": "a file",
    "result_files.as_json": "a file",
    "result_files.as_xlsx": "a file",
    "result_files.dictionary": "a file",
    "together.now": "what the page of a round answered together asks for",
    "workshops.edit": "as a coordinator: this facilitator's rounds have no workshop yet",
    "workshops.read": "as a coordinator: this facilitator's rounds have no workshop yet",
}


@pytest.mark.parametrize("role", STAFF)
def test_every_page_of(visit: Callable[..., Walk], app: PolicyFlask, role: Role) -> None:
    walk = visit()
    walk.be(STAFF[role])
    seen = follow_links(walk, app)
    assert sorted(pages_for(app, role) - seen - ELSEWHERE.keys()) == []


def test_every_page_of_a_respondent(visit: Callable[..., Walk], app: PolicyFlask) -> None:
    walk = visit()
    walk.go("/demo")
    people = walk.page.locator("details", has_text="Answer in “Autumn 2026” of Great Sedgeland")
    people.locator("summary").click()
    people.locator(".app-be", has_text="submitted").get_by_role("button").first.click()
    seen = follow_links(walk, app)
    assert sorted(pages_for(app, Role.RESPONDENT) - seen - ELSEWHERE.keys()) == []


def pages_for(app: PolicyFlask, role: Role) -> set[str]:
    """The pages whose action this role has by name."""
    return {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and (app.policies[rule.endpoint].action, role) in POLICY
    }
