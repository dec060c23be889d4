"""Letters on the coordinator's page, and the demo's outbox."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from sqlalchemy import select

from a2p.jobs import Postman
from a2p.mail import Folder, Message, Sender, compose
from a2p.settings import outbox_folder
from a2p.store.base import now
from a2p.store.engine import open_engine
from a2p.store.letter_tables import Letter
from a2p.store.queue import LetterQueue
from a2p.store.round_tables import Invitation
from tests.web.client import one
from tests.web.world import World


def give_addresses(world: World) -> None:
    with world.session() as session, session.begin():
        people = session.scalars(
            select(Invitation).where(Invitation.round_id == world.round_id).order_by(Invitation.id)
        )
        for person, address in zip(people, ("ben@example.org", "ewa@example.org"), strict=True):
            person.email = address


def letters(world: World) -> list[Letter]:
    with world.session() as session:
        return list(session.scalars(select(Letter).order_by(Letter.address, Letter.id)))


def change_letters(world: World, **columns: object) -> None:
    with world.session() as session, session.begin():
        for letter in session.scalars(select(Letter)):
            for name, value in columns.items():
                setattr(letter, name, value)


def round_page(world: World) -> str:
    return f"/rounds/{world.round_id}"


def test_a_coordinator_sends_the_invitations_with_one_button(world: World) -> None:
    give_addresses(world)
    client = world.coordinator()
    page = client.follow(client.send(client.page(round_page(world)), "Send 2 invitations"))
    assert "2 invitations are on the way." in one(page, ".govuk-notification-banner").get_text()
    assert page.get_text().count("Invitation is on its way") == 2
    assert "Send 2 invitations" not in page.get_text()
    assert [letter.address for letter in letters(world)] == ["ben@example.org", "ewa@example.org"]


def test_the_workers_are_told_that_letters_wait(world: World) -> None:
    give_addresses(world)
    client = world.coordinator()
    client.send(client.page(round_page(world)), "Send 2 invitations")
    assert len(LetterQueue(world.app.config["A2P"].data_dir)._huey.pending()) == 1


def test_people_without_an_address_are_counted_and_not_forgotten(world: World) -> None:
    page = world.coordinator().page(round_page(world))
    assert "2 people have no e-mail address." in page.get_text()
    assert "invitations</button>" not in str(page)


def test_a_coordinator_reminds_who_has_not_submitted(world: World) -> None:
    give_addresses(world)
    client = world.coordinator()
    client.send(client.page(round_page(world)), "Send 2 invitations")
    past = now() - timedelta(days=2)
    change_letters(world, state="sent", sent=past, due=past, created=past)
    page = client.follow(client.send(client.page(round_page(world)), "Remind 2 people now"))
    assert "2 reminders are on the way." in page.get_text()
    assert "Remind" not in one(page, "#people ~ p").get_text()
    assert "now</button>" not in str(page)


def test_how_each_letter_stands_is_said_in_words(world: World) -> None:
    give_addresses(world)
    client = world.coordinator()
    client.send(client.page(round_page(world)), "Send 2 invitations")
    for columns, said in (
        ({"state": "sent", "sent": now()}, "Invitation sent "),
        ({"state": "failed", "answer": "550 <b>mailbox</b> unavailable"}, "refused: “550 <b>mailbox</b> unavailable”"),
        ({"state": "unsure"}, "Invitation may not have arrived. Ask, or send it again."),
        ({"state": "queued", "answer": "450 busy"}, "Invitation not taken yet: “450 busy”. Tried again "),
        ({"state": "queued", "answer": "", "due": now() + timedelta(days=2)}, "Invitation goes out "),
        ({"state": "sending"}, "Invitation is on its way"),
    ):
        change_letters(world, **columns)
        assert said in client.page(round_page(world)).get_text()


def test_sending_again_stops_the_old_link(world: World) -> None:
    give_addresses(world)
    client = world.coordinator()
    client.send(client.page(round_page(world)), "Send 2 invitations")
    change_letters(world, state="sent", sent=now())
    assert world.client().get(world.link).status_code == 200
    page = client.follow(client.send(client.page(round_page(world)), "to Ben Ashby"))
    assert "A fresh link is on its way to Ben Ashby. The old one has stopped." in page.get_text()
    assert world.client().get(world.link).status_code == 404
    assert len(letters(world)) == 3


def test_too_many_in_a_day_are_refused_with_the_reason(world: World) -> None:
    give_addresses(world)
    client = world.coordinator()
    page = client.page(round_page(world))
    client.send(page, "Send 2 invitations")
    for _ in range(2):
        change_letters(world, state="sent", sent=now())
        client.send(client.page(round_page(world)), "to Ben Ashby")
    change_letters(world, state="sent", sent=now())
    answer = client.send(client.page(round_page(world)), "to Ben Ashby")
    assert answer.status_code == 409
    assert "3 letters went to this address today." in answer.get_data(as_text=True)


def test_after_the_last_day_nothing_is_sent(world: World) -> None:
    give_addresses(world)
    client = world.coordinator()
    before = client.page(round_page(world))
    world.close()
    assert "invitations</button>" not in str(client.page(round_page(world)))
    assert client.send(before, "Send 2 invitations").status_code == 409
    assert letters(world) == []


# The outbox


def test_a_demos_letters_can_be_read_and_their_links_opened(world: World) -> None:
    give_addresses(world)
    client = world.coordinator()
    client.send(client.page(round_page(world)), "Send 2 invitations")
    settings = world.app.config["A2P"]
    engine = open_engine(settings.database_url)
    Postman(engine, settings).send_due()
    engine.dispose()
    page = world.client().page("/outbox")
    assert [one(each, "p").get_text().split(",")[0] for each in page.select("article")] == [
        "To ben@example.org",
        "To ewa@example.org",
    ]
    link = next(str(a["href"]) for a in page.select("article a") if "/i/" in str(a["href"]))
    respondent = world.client()
    assert "Ben Ashby" in respondent.page(link.removeprefix(settings.public_base_url)).get_text()


def test_a_letters_html_stays_in_its_box(world: World) -> None:
    hostile = Message(
        "a@example.org", "<script>1</script>", "<script>2</script> http://x.example/", '<p title="x">', "1"
    )
    Folder(outbox_folder(world.app.config["A2P"].data_dir)).send(compose(hostile, Sender("a@example.org", "h")))
    page = world.client().page("/outbox")
    frame = one(page, "iframe")
    assert not frame["sandbox"], "nothing is allowed in it"
    assert str(frame["srcdoc"]).strip() == '<p title="x">'
    assert not page.select("main script")


def test_an_empty_outbox_says_what_to_do(world: World) -> None:
    assert "No letters yet." in world.client().page("/outbox").get_text()


def test_asking_for_a_link_tells_the_workers(world: World, tmp_path: Path) -> None:
    client = world.client()
    client.send(client.page("/sign-in"), email="carys@example.org")
    assert len(LetterQueue(tmp_path)._huey.pending()) == 1
    settings = world.app.config["A2P"]
    engine = open_engine(settings.database_url)
    Postman(engine, settings).send_due()
    engine.dispose()
    letter = world.client().page("/outbox")
    assert "Your link to sign in" in letter.get_text()
    link = next(str(a["href"]) for a in letter.select("article a") if "/sign-in/" in str(a["href"]))
    page = client.page(link.removeprefix(settings.public_base_url))
    client.send(page, "Sign in")
    assert "Carys Marsh" in client.page("/partnerships/1").get_text()
