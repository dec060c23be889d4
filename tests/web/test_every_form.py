"""Every form of the site, sent with nothing in it and with nonsense: it is never an error of the site's own, what is
refused says where and why and keeps what was typed, and what is text stays text. A form that isn't sent fails the test.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.web.every_form import (
    POSTED,
    Kept,
    Shown,
    asked_for_a_code,
    buttons,
    faults,
    forms_to,
    kept_site,
    send,
    sendings,
    types,
)

BUTTONS: dict[str, str] = {
    "account.ask_fresh": "tests/web/test_sign_in.py",
    "account.demo_person": "tests/web/test_sign_in_several.py: in a demonstration alone",
    "account.demo_respondent": "tests/web/test_sign_in_several.py: in a demonstration alone",
    "account.sign_out": "tests/web/test_sign_in_sessions.py: on every page of those who are signed in",
    "account.use_link": "tests/web/test_sign_in.py",
    "admin_places.revive_partnership": "tests/web/test_admin_pages.py",
    "admin_questionnaires.bring_back": "tests/web/test_admin_pages.py",
    "changing.call_off": "tests/web/test_changing_pages.py",
    "comments.again": "tests/web/test_comments_pages.py",
    "partners.remove_organisation": "tests/web/test_partner_pages.py",
    "post.remind": "tests/web/test_letter_pages.py",
    "post.resend": "tests/web/test_letter_pages.py",
    "post.send_invitations": "tests/web/test_letter_pages.py",
}
OPTIONAL = ("nothing", "spaces")
TAKEN: dict[str, tuple[tuple[str, ...], str]] = {
    "admin_places.add_region": (("what is not there",), "a region may be called 99999"),
    "admin_places.rename_region": (("what is not there",), "a region may be called 99999"),
    "answer.save_section": (OPTIONAL, "any question may be left for later"),
    "blank_forms.of_partnership": (("nothing", "what is not there"), "one box: in large print or not"),
    "blank_forms.of_round": (("nothing", "what is not there"), "one box: in large print or not"),
    "changing.save": (OPTIONAL, "a round needs neither a last day nor reminders nor a message"),
    "documents.order": (("nothing",), "every choice has its usual answer"),
    "evidence.save_section": (OPTIONAL, "any question may be left for later"),
    "handouts.order_own": (("nothing", "what is not there"), "one box: in large print or not"),
    "handouts.order_public": (("nothing", "what is not there"), "one box: in large print or not"),
    "handouts.order_region": (("nothing", "what is not there"), "one box: in large print or not"),
    "inviting.choose_again": (("nothing",), "the buttons that tick everybody or nobody"),
    "regional_documents.order": (("nothing",), "every choice has its usual answer"),
    "requests.reply": (("spaces",), "the text is optional"),
    "second_factor.take": (("what is not there",), "another secret is offered where it isn't one of the site's"),
    "support.add": (("spaces",), "the note is optional"),
    "answer.name": ((*OPTIONAL, "what is not there"), "any short name will do, and without one is a colleague"),
    "workshop.settle": (("spaces",), "the reason and the votes are optional"),
}


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory, migrated_sqlite: bytes) -> Iterator[Kept]:
    """The two partnerships' site."""
    with kept_site(tmp_path_factory.mktemp("forms"), migrated_sqlite) as site:
        yield site


@pytest.mark.parametrize("endpoint", POSTED)
def test_a_form_sent_with_nothing_or_nonsense_says_what_to_do(kept: Kept, endpoint: str) -> None:
    wrong = list[str]()
    with asked_for_a_code(kept.installed, endpoint):
        found = forms_to(kept, endpoint)
        for seen, how in ((each, how) for each in found for how in sendings(each.shown)):
            for button in buttons(seen.shown):
                seen.at.back()
                answer, data = send(seen.client, seen.shown, how, button)
                said = f"{seen.shown.page} {how} {button.get('value') if button else ''} {answer.status_code}"
                wrong += [f"{said}: {fault}" for fault in faults(seen.client, seen.shown, data, answer)]
                if answer.status_code < 400 and not may_be_taken(seen.shown, how):
                    wrong.append(f"{said}: is taken")
    assert bool(found) is (endpoint not in BUTTONS), "no page shows this form: say in form_ways.py which one does"
    assert not wrong, "\n".join(wrong)


def may_be_taken(shown: Shown, how: str) -> bool:
    """Whether a form may be in order like this: a button; texts that are odd and yet texts; or as TAKEN says."""
    if not shown.asks or how == "odd" or (how in ("spaces", "too long") and not types(shown.form)):
        return True
    return how in TAKEN.get(shown.endpoint, ((), ""))[0]
