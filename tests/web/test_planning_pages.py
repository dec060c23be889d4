"""Planning a round: the form, the preview of the promise, and that nothing typed is lost on the way."""

from __future__ import annotations

from datetime import date, timedelta

from bs4 import BeautifulSoup

from a2p.rounds.opening import RoundPlan, open_round, reminder_days
from a2p.store.base import today
from a2p.store.round_tables import Round
from a2p.store.tables import Partnership
from tests.web.client import CheckedClient, one, parsed
from tests.web.world import World

NEW = "/partnerships/1/rounds/new"


def typed(prefix: str, day: date) -> dict[str, str]:
    return {f"{prefix}_day": str(day.day), f"{prefix}_month": str(day.month), f"{prefix}_year": str(day.year)}


def ask(client: CheckedClient, button: str, **more: str) -> BeautifulSoup:
    fields = {"name": "Next", "questionnaires": "sample", "mode": "apart", **more}
    return parsed(client.send(client.page(NEW), button, **fields))


def rounds(world: World) -> list[Round]:
    with world.session() as session:
        return session.query(Round).order_by(Round.id).all()


def test_the_promise_is_shown_before_the_round_opens_and_nothing_is_saved(world: World) -> None:
    before = len(rounds(world))
    page = ask(world.coordinator(), "Preview", message="Please do.", attribution="open")
    assert one(page, "h1").get_text() == "What partners will be told"
    assert "each organisation’s level on each question by the organisation’s name" in page.get_text()
    assert "Please do." in page.get_text()
    assert len(rounds(world)) == before


def test_a_round_answered_together_is_not_open(world: World) -> None:
    client = world.coordinator()
    client.send(
        client.page(NEW), "Open the round", name="N", questionnaires="sample", mode="together", attribution="open"
    )
    assert rounds(world)[-1].attribution == "private"


def test_from_the_preview_the_round_opens_with_all_that_was_typed(world: World) -> None:
    client = world.coordinator()
    opens, closes = today() + timedelta(days=10), today() + timedelta(days=30)
    days = typed("opens", opens) | typed("closes", closes) | typed("remind1", closes - timedelta(days=1))
    page = ask(client, "Preview", message="Please do.", **days)
    after = client.follow(client.send(page, "Plan the round"))
    assert "The round is planned" in after.get_text()
    made = rounds(world)[-1]
    assert (made.name, made.message, made.closes, made.attribution) == ("Next", "Please do.", closes, "private")
    with world.session() as session:
        assert reminder_days(session, made) == [closes - timedelta(days=1)]
    assert "Planned to open on" in " ".join(after.get_text().split())


def test_from_the_preview_one_goes_back_to_the_form_as_it_was(world: World) -> None:
    client = world.coordinator()
    page = ask(client, "Preview", message="Please do.", **typed("closes", date(2999, 1, 2)))
    form = parsed(client.send(page, "Change something"))
    assert one(form, "#name")["value"] == "Next"
    assert one(form, "#message").get_text().strip() == "Please do."
    assert one(form, "#closes-year")["value"] == "2999"
    assert one(form, "[name=questionnaires]").has_attr("checked")


def test_days_are_checked_against_one_another(world: World) -> None:
    client = world.coordinator()
    soon, later = today() + timedelta(days=5), today() + timedelta(days=9)
    wrong = {
        "The first day must be today or later": typed("opens", today() - timedelta(days=1)),
        "The last day must be today or later": typed("closes", today() - timedelta(days=1)),
        "The last day can’t be before the first day": typed("opens", later) | typed("closes", soon),
        "The first reminder can’t be after the last day": typed("remind1", later) | typed("closes", soon),
        "The second reminder can’t be before the first day": typed("remind2", soon) | typed("opens", later),
        "The third reminder must be today or later": typed("remind3", today() - timedelta(days=1)),
        "The third reminder must be a real date": {"remind3_day": "x"},
    }
    for said, days in wrong.items():
        page = parsed(
            client.send(client.page(NEW), "Open", name="N", questionnaires="sample", mode="apart", **days), 422
        )
        link = one(page, ".govuk-error-summary a")
        assert said in link.get_text()
        assert one(page, str(link["href"])).name == "input"


def test_a_name_that_is_taken_is_said_before_the_preview(world: World) -> None:
    client = world.coordinator()
    fields = {"name": "Spring", "questionnaires": "sample", "mode": "apart"}
    page = parsed(client.send(client.page(NEW), "Preview", **fields), 422)
    assert "has a round with this name" in one(page, ".govuk-error-summary").get_text()


def test_rounds_of_the_region_at_the_same_time_are_said(world: World) -> None:
    with world.session() as session, session.begin():
        other = Partnership(region_id=1, name="Marshland Partnership", kind="district")
        session.add(other)
        session.flush()
        version = session.get_one(Round, 1).versions[0]
        open_round(session, other, RoundPlan("Theirs", [version], together=False, closes=today() + timedelta(days=3)))
    client = world.coordinator()
    assert "Marshland Partnership" in client.page(NEW).get_text()
    assert "Marshland Partnership" in ask(client, "Preview").get_text()
    after = ask(client, "Preview", **typed("opens", today() + timedelta(days=9)))
    assert "Marshland Partnership" not in after.get_text()


def test_the_paper_form_is_ordered_from_the_questions_and_from_the_round(world: World) -> None:
    client = world.coordinator()
    page = client.page("/partnerships/1/questionnaires/sample")
    waiting = client.follow(client.send(page, "Paper form"))
    assert one(waiting, "h1").get_text() == "The paper form is being made"
    again = client.send(client.page("/rounds/1"), "Paper form")
    assert client.follow(again).get_text() == waiting.get_text()
    assert client.get(f"{again.location}/form.pdf").status_code == 404
    fillable = client.send(client.page("/rounds/1"), "Fillable form in large print")
    assert fillable.location != again.location
    assert one(client.follow(fillable), "h1").get_text() == "The fillable form is being made"
