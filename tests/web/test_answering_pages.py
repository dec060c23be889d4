"""A respondent's way through the pages, without JavaScript."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from a2p.rounds.answering import answers_of
from a2p.scoring.answers import Answer, State
from a2p.store.round_tables import Round
from tests.web.client import fields_of, is_sent_to_sign_in, one, parsed
from tests.web.world import World, stored_invitation

BASE = "/answer/1/sample"


def stored(world: World) -> dict[str, Answer]:
    with world.session() as session:
        invitation = session.merge(stored_invitation(world))
        return answers_of(session, invitation, invitation.round.versions[0]).plain


def test_reading_a_link_uses_nothing_up(world: World) -> None:
    scanner = world.client()
    for _ in range(5):
        scanner.page(world.link)
    assert is_sent_to_sign_in(scanner.get("/answer/1"))
    person = world.client()
    start = person.follow(person.send(person.page(world.link), "Continue"))
    assert "Fen Trust" in start.get_text()


def test_a_link_that_is_unknown_says_what_to_do(world: World) -> None:
    page = world.client().page("/i/nonsense", 404)
    assert "ask the person who invited you for a new link" in page.get_text()


def test_the_address_after_the_link_holds_no_token(world: World) -> None:
    client = world.client()
    response = client.send(client.page(world.link), "Continue")
    assert response.location == "/answer/1"


def test_one_respondent_cannot_open_anothers_pages(world: World) -> None:
    other = world.respondent(world.other_link)
    for path in ("/answer/1", BASE, f"{BASE}/sections/purpose", f"{BASE}/check", f"{BASE}/copy"):
        assert other.get(path).status_code == 404


def test_the_start_page_says_who_will_see_what_and_how_long_it_takes(world: World) -> None:
    text = world.respondent().page("/answer/1").get_text()
    assert "Who will see what" in text
    assert "about 10 minutes" in text
    assert "31 December 2999" in text


@pytest.mark.parametrize(
    ("attribution", "said"),
    [("private", "Private round: no answer"), ("open", "Open round: your organisation’s level")],
)
def test_pages_say_while_one_answers_whether_organisations_are_named(world: World, attribution: str, said: str) -> None:
    with world.session() as session, session.begin():
        session.get_one(Round, world.round_id).attribution = attribution
    client = world.respondent()
    assert ("This is an open round" in client.page("/answer/1").get_text()) == (attribution == "open")
    for path in (BASE, f"{BASE}/sections/purpose", f"{BASE}/check"):
        assert said in " ".join(client.page(path).get_text().split()), path


def test_saving_a_section_goes_on_to_the_next(world: World) -> None:
    client = world.respondent()
    page = client.page(f"{BASE}/sections/purpose")
    answer = client.send(page, "Save and continue", a_aim="level-3", c_aim="Since spring.", a_limits="dont-know")
    assert answer.location == f"{BASE}/sections/voice"
    assert stored(world) == {
        "aim": Answer(State.GIVEN, "level-3", "Since spring."),
        "limits": Answer(State.DONT_KNOW),
    }


def test_what_was_saved_stands_in_the_form_again(world: World) -> None:
    client = world.respondent()
    client.send(
        client.page(f"{BASE}/sections/purpose"), a_aim="level-2", a_limits="not-applicable", r_limits="New here."
    )
    fields = fields_of(one(client.page(f"{BASE}/sections/purpose"), "main form"))
    assert fields["a-aim"] == ["level-2"]
    assert fields["a-limits"] == ["not-applicable"]
    assert fields["r-limits"] == ["New here."]
    assert fields["v-aim"][0].startswith("1-")


def test_coming_back_later_leads_to_the_task_list_and_says_it_is_saved(world: World) -> None:
    client = world.respondent()
    page = client.page(f"{BASE}/sections/purpose")
    tasks = client.follow(client.send(page, "come back later", a_aim="level-1"))
    assert "Saved." in tasks.get_text()
    assert [s.get_text(strip=True) for s in tasks.select(".govuk-task-list__status")] == ["In progress", "Not started"]


def test_an_answer_that_is_wrong_is_shown_again_and_the_others_are_saved(world: World) -> None:
    client = world.respondent()
    page = client.page(f"{BASE}/sections/purpose")
    again = parsed(client.send(page, a_aim="level-4", a_limits="not-applicable", c_limits="Typed."), 422)
    summary = one(again, ".govuk-error-summary")
    assert "Give a reason why “How is limits?” does not apply" in summary.get_text()
    assert one(summary, "a")["href"] == "#limits.reason"
    assert one(again, "#limits\\.comment").get_text() == "Typed."
    assert stored(world) == {"aim": Answer(State.GIVEN, "level-4")}
    saved = client.send(again, r_limits="New here.")
    assert saved.status_code == 302
    assert stored(world)["limits"] == Answer(State.NOT_APPLICABLE, "", "New here.\n\nTyped.")


def test_two_windows_are_asked_which_answer_to_keep(world: World) -> None:
    client = world.respondent()
    first, second = (client.page(f"{BASE}/sections/purpose") for _ in range(2))
    client.send(first, a_aim="level-1", a_limits="level-1")
    clash = parsed(client.send(second, a_aim="level-4", c_aim="<b>Mine</b>", a_limits="level-1"), 409)
    text = clash.get_text()
    assert "Level 4" in text
    assert "<b>Mine</b>" in text
    assert "Level 1" in text
    assert stored(world)["aim"].value == "level-1"
    undecided = parsed(client.send(clash, "Save"), 409)
    assert "Select which answer to keep" in one(undecided, ".govuk-error-summary").get_text()
    assert client.send(undecided, "Save", k_aim="mine").status_code == 302
    assert stored(world)["aim"] == Answer(State.GIVEN, "level-4", "<b>Mine</b>")


def test_a_question_left_alone_clashes_with_nobody(world: World) -> None:
    client = world.respondent()
    client.send(client.page(f"{BASE}/sections/purpose"), a_aim="level-1", a_limits="level-1")
    first, second = (client.page(f"{BASE}/sections/purpose") for _ in range(2))
    assert client.send(first, a_aim="level-2", c_aim="Mine").status_code == 302
    assert client.send(second, a_limits="level-3").status_code == 302
    assert stored(world) == {"aim": Answer(State.GIVEN, "level-2", "Mine"), "limits": Answer(State.GIVEN, "level-3")}


def test_keeping_what_was_saved_meanwhile_writes_nothing(world: World) -> None:
    client = world.respondent()
    first, second = (client.page(f"{BASE}/sections/purpose") for _ in range(2))
    client.send(first, a_aim="level-1")
    clash = parsed(client.send(second, a_aim="level-4"), 409)
    client.send(clash, "Save", k_aim="theirs")
    assert stored(world)["aim"].value == "level-1"


def test_fields_of_another_section_change_nothing(world: World) -> None:
    client = world.respondent()
    page = client.page(f"{BASE}/sections/purpose")
    client.send(page, a_aim="level-1", a_channel="letter", v_channel="0", a_nothing="x", v_nothing="0")
    assert set(stored(world)) == {"aim"}


def test_a_condition_on_the_same_page_is_said_in_words(world: World) -> None:
    page = world.respondent().page(f"{BASE}/sections/voice")
    asked = one(page, "#q-letters")
    assert "Answer this if you chose “Letter” for “What is channel?”." in asked.get_text()
    assert asked["data-show-if"] == '{"a-channel": ["letter"]}'


def test_a_condition_on_an_earlier_page_decides_whether_a_question_is_there(world: World) -> None:
    client = world.respondent()
    assert client.page(f"{BASE}/sections/voice").find(id="q-story") is None
    client.send(client.page(f"{BASE}/sections/purpose"), a_aim="level-3")
    assert client.page(f"{BASE}/sections/voice").find(id="q-story") is not None


def test_every_type_is_saved_and_shown_in_words(world: World) -> None:
    client = world.respondent()
    client.send(client.page(f"{BASE}/sections/purpose"), a_aim="level-4", a_limits="level-1")
    page = client.page(f"{BASE}/sections/voice")
    date = {"day_last": "3", "month_last": "march", "year_last": "2026"}
    several = ["post", "visit"]
    sent = client.send(page, a_channel="letter", a_letters="1 20", a_means=several, a_story="Once,\r\nlong ago", **date)
    check = client.follow(sent)
    shown = [value.get_text(" ", strip=True) for value in check.select(".govuk-summary-list__value")]
    assert shown == ["Level 4", "Level 1", "Letter", "120 letters", "Post, Visit", "3 March 2026", "Once,\nlong ago"]


def test_check_leads_back_to_each_question(world: World) -> None:
    client = world.respondent()
    client.send(client.page(f"{BASE}/sections/purpose"), a_aim="level-4")
    check = client.page(f"{BASE}/check")
    hrefs = [str(link["href"]) for link in check.select(".govuk-summary-list__actions a")]
    assert hrefs[0] == f"{BASE}/sections/purpose#q-aim"
    for href in hrefs:
        path, anchor = href.split("#")
        assert client.page(path).find(id=anchor) is not None


def test_submitting_twice_is_submitting_once(world: World) -> None:
    client = world.respondent()
    client.send(client.page(f"{BASE}/sections/purpose"), a_aim="level-4")
    check = client.page(f"{BASE}/check")
    first = one(client.follow(client.send(check, "Submit")), "main").get_text()
    second = one(client.follow(client.send(check, "Submit")), "main").get_text()
    assert "Answers submitted" in first
    assert first == second


def test_answers_can_be_corrected_after_submitting(world: World) -> None:
    client = world.respondent()
    client.send(client.page(f"{BASE}/check"), "Submit")
    client.send(client.page(f"{BASE}/sections/purpose"), a_aim="level-2")
    assert stored(world)["aim"].value == "level-2"
    assert "There is nothing more to do" not in client.page(f"{BASE}/check").get_text()


def test_the_copy_holds_every_answer_and_its_comment(world: World) -> None:
    client = world.respondent()
    client.send(client.page(f"{BASE}/sections/purpose"), a_aim="level-2", c_aim="Because of <rain> & wind")
    text = client.page(f"{BASE}/copy").get_text()
    assert "Level 2" in text
    assert "Because of <rain> & wind" in text


def test_a_closed_round_takes_nothing_more_and_still_shows_the_copy(world: World) -> None:
    client = world.respondent()
    page = client.page(f"{BASE}/sections/purpose")
    client.send(page, a_aim="level-2")
    world.close()
    late = parsed(client.send(page, a_aim="level-4"), 409)
    assert "was not saved" in late.get_text()
    for path in ("/answer/1", BASE, f"{BASE}/sections/purpose", f"{BASE}/check"):
        assert "closed" in client.page(path).get_text()
    check_token = fields_of(one(page, "main form"))["csrf_token"]
    assert client.post(f"{BASE}/submit", data={"csrf_token": check_token}).status_code == 409
    assert "Level 2" in client.page(f"{BASE}/copy").get_text()
    assert stored(world)["aim"].value == "level-2"


def test_a_round_that_is_planned_again_says_when_it_opens(world: World) -> None:
    client = world.respondent()
    with world.session() as session, session.begin():
        session.get_one(Round, world.round_id).opened = datetime(2999, 3, 1, 12, tzinfo=UTC)
    page = client.page(f"{BASE}/sections/purpose")
    assert "takes answers from 1 March 2999" in page.get_text()
    assert "closed" not in one(page, "main").get_text()


def test_a_form_without_its_token_changes_nothing(world: World) -> None:
    client = world.respondent()
    answer = client.post(f"{BASE}/sections/purpose", data={"a-aim": "level-1", "v-aim": "0"})
    assert "Nothing was changed" in parsed(answer, 400).get_text()
    assert stored(world) == {}


def test_the_partnership_that_answers_together_reads_its_own_words(world: World) -> None:
    client = world.respondent(world.together_link)
    start = client.page("/answer/3")
    assert "Your partnership answers together" in start.get_text()
    client.page("/answer/3/sample")
    assert "in the room" in client.page("/answer/3/sample/sections/purpose").get_text()
    assert "Check your partnership’s answers" in client.page("/answer/3/sample/check").get_text()
