"""Sending letters: each goes once, what failed is tried again only if it certainly did not arrive."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta
from threading import Barrier, Thread

import pytest
import structlog
from sqlalchemy import update
from sqlalchemy.orm import Session

from a2p.jobs.postman import WAITS
from a2p.mail import Refused, TryLater, Unsure
from a2p.rounds.inviting import by_token
from a2p.settings import ROOT
from a2p.store.base import now
from a2p.store.letter_tables import Letter
from a2p.store.letters import Draft, write_letter
from a2p.store.round_tables import Invitation
from tests.jobs.office import Office, raising, taken, text_of


def test_a_letter_that_is_due_is_sent_and_says_when(office: Office) -> None:
    letter_id = office.write()
    office.postman.send_due()
    letter = office.letter(letter_id)
    assert office.box.to == ["fenland1@example.org"]
    assert (letter.state, letter.tries, letter.heartbeat, letter.answer) == ("sent", 1, None, "")
    assert letter.sent is not None


def test_a_letter_goes_once_however_often_it_is_asked_for(office: Office) -> None:
    office.write()
    for _ in range(3):
        office.postman.send_due()
        office.postman.sweep()
    assert len(office.box.letters) == 1


def test_the_same_purpose_is_written_once(office: Office) -> None:
    office.write(key="invitation/1/0")
    with office.session() as session, session.begin():
        assert write_letter(session, Draft("invitation", "invitation/1/0", "x@example.org")) is None


def test_a_letter_is_not_sent_before_it_is_due(office: Office) -> None:
    letter_id = office.write(due=now() + timedelta(hours=1))
    office.postman.send_due()
    assert (office.letter(letter_id).state, office.box.letters) == ("queued", [])
    office.change(letter_id, due=now())
    office.postman.send_due()
    assert office.letter(letter_id).state == "sent"


def test_what_was_not_taken_is_tried_again_later_each_time_and_given_up_in_the_end(office: Office) -> None:
    letter_id = office.write()
    office.box.answer = raising(TryLater("450 busy"))
    for wait in WAITS:
        before = now()
        office.postman.send_due()
        letter = office.letter(letter_id)
        assert (letter.state, letter.answer) == ("queued", "450 busy")
        assert before + wait <= letter.due <= now() + wait
        office.postman.send_due()
        assert office.letter(letter_id).tries == letter.tries, "not before it is due again"
        office.change(letter_id, due=now())
    office.postman.send_due()
    letter = office.letter(letter_id)
    assert (letter.state, letter.tries, letter.answer) == ("failed", 5, "450 busy")


def test_busy_and_then_taken(office: Office) -> None:
    letter_id = office.write()
    office.box.answer = raising(TryLater("450 busy"))
    office.postman.send_due()
    office.change(letter_id, due=now())
    office.box.answer = taken
    office.postman.send_due()
    assert (office.letter(letter_id).state, len(office.box.letters)) == ("sent", 1)


def test_what_is_refused_is_not_tried_again_and_the_servers_words_are_kept(office: Office) -> None:
    letter_id = office.write()
    office.box.answer = raising(Refused("550 mailbox unavailable"))
    office.postman.send_due()
    office.postman.sweep()
    letter = office.letter(letter_id)
    assert (letter.state, letter.tries, letter.answer) == ("failed", 1, "550 mailbox unavailable")


def test_what_is_no_address_is_refused_before_a_server_is_asked(office: Office) -> None:
    letter_id = office.write(address="nobody at all")
    office.postman.send_due()
    assert office.letter(letter_id).state == "failed"
    assert "not an e-mail address" in office.letter(letter_id).answer


def test_what_may_have_arrived_is_never_sent_again_by_itself(office: Office) -> None:
    letter_id = office.write()
    office.box.answer = raising(Unsure("the line broke"))
    office.postman.send_due()
    office.box.answer = taken
    office.postman.sweep()
    assert (office.letter(letter_id).state, office.box.letters) == ("unsure", [])


def test_a_letter_whose_worker_fell_silent_is_unsure(office: Office) -> None:
    lost = office.write(state="sending", heartbeat=now() - timedelta(minutes=2))
    in_hand = office.write(number=2, state="sending", heartbeat=now())
    office.postman.sweep()
    assert office.letter(lost).state == "unsure"
    assert office.letter(in_hand).state == "sending"
    assert office.box.letters == []


def test_the_claim_is_committed_before_the_letter_is_handed_over(office: Office) -> None:
    letter_id = office.write()
    seen: list[str] = []
    office.box.answer = lambda _message: seen.append(office.letter(letter_id).state)
    office.postman.send_due()
    assert seen == ["sending"]


WORKER = """
import os, signal, sys
from pathlib import Path
from a2p.jobs import Postman
from a2p.settings import Settings
from a2p.store.engine import open_engine

class Killing:
    def send(self, message):
        os.kill(os.getpid(), signal.SIGKILL)

settings = Settings("k" * 40, "https://a2p.example.org", ("a2p.example.org",), Path(sys.argv[2]), sys.argv[1])
Postman(open_engine(sys.argv[1]), settings, Killing()).send_due()
"""


def test_a_worker_killed_while_the_server_has_the_letter_leaves_it_unsure(office: Office) -> None:
    letter_id = office.write()
    address = office.engine.url.render_as_string(hide_password=False)
    command = [sys.executable, "-c", WORKER, address, str(office.settings.data_dir)]
    assert subprocess.run(command, cwd=ROOT, check=False).returncode == -9
    assert office.letter(letter_id).state == "sending"
    office.change(letter_id, heartbeat=now() - timedelta(minutes=2))
    office.postman.sweep()
    assert (office.letter(letter_id).state, office.box.letters) == ("unsure", [])


def test_two_workers_at_once_never_send_a_letter_twice(office: Office) -> None:
    for number in range(5):
        office.write(number=number)
        office.write("reminder", number=number)
    start = Barrier(4)

    def work() -> None:
        postman = office.postman
        start.wait()
        postman.send_due()

    workers = [Thread(target=work) for _ in range(4)]
    for each in workers:
        each.start()
    for each in workers:
        each.join()
    assert len(office.box.letters) == 10
    assert {letter.state for letter in office.letters()} == {"sent"}
    assert {letter.tries for letter in office.letters()} == {1}


def test_a_letter_that_can_not_be_written_is_given_up_in_the_end_and_holds_up_no_other(office: Office) -> None:
    nonsense = office.write_draft(Draft("nonsense", "nonsense/1", "a@example.org"))
    other = office.write()
    office.postman.send_due()
    assert office.letter(other).state == "sent"
    for _ in WAITS:
        assert office.letter(nonsense).state == "queued"
        office.change(nonsense, due=now())
        office.postman.send_due()
    assert office.letter(nonsense).state == "failed"
    assert "could not be written" in office.letter(nonsense).answer


def test_the_log_names_the_letter_and_nobody(office: Office) -> None:
    office.write()
    office.write(number=2, address="carys@example.org")
    office.write_draft(Draft("nonsense", "nonsense/1", "a@example.org"))
    office.box.answer = raising(Refused("550 carys@example.org is unknown"))
    with structlog.testing.capture_logs() as logged:
        office.postman.send_due()
    assert len(logged) == 3
    assert "example.org" not in str(logged)
    assert "Fenland" not in str(logged)


# Links


def link_in(text: str) -> str:
    start = text.index("https://a2p.example.org/i/") + len("https://a2p.example.org/i/")
    return text[start:].split(maxsplit=1)[0]


def test_the_token_is_in_the_letter_and_only_its_hash_is_kept(office: Office) -> None:
    office.write()
    office.postman.send_due()
    token, asked = link_in(office.box.text), office.invitation().id
    with office.session() as session:
        found = by_token(session, token)
        assert found is not None
        assert found.id == asked
    assert token not in str(vars(office.letters()[0]))


@pytest.mark.parametrize("problem", [TryLater("450"), Refused("550")])
def test_a_letter_that_did_not_arrive_leaves_the_link_before_it_alive(office: Office, problem: Exception) -> None:
    office.write()
    office.postman.send_due()
    first = link_in(text_of(office.box.letters[0]))
    before = office.invitation()
    office.write("reminder")
    office.box.answer = raising(problem)
    office.postman.send_due()
    after = office.invitation()
    assert (after.token_hash, after.code_hash) == (before.token_hash, before.code_hash)
    with office.session() as session:
        assert by_token(session, first) is not None


def test_a_letter_that_arrived_brings_the_only_link(office: Office) -> None:
    office.write()
    office.postman.send_due()
    office.write("reminder")
    office.postman.send_due()
    first, second = (link_in(text_of(letter)) for letter in office.box.letters)
    with office.session() as session:
        assert by_token(session, first) is None
        assert by_token(session, second) is not None


def test_a_newer_link_is_not_undone_by_a_letter_that_was_refused(office: Office) -> None:
    def refuse_after_another_link(_message: object) -> None:
        with Session(office.engine) as session, session.begin():
            session.execute(
                update(Invitation).where(Invitation.id == office.invitation().id).values(token_hash="n" * 64)
            )
        raise Refused("550")

    office.write()
    office.box.answer = refuse_after_another_link
    office.postman.send_due()
    assert office.invitation().token_hash == "n" * 64


def test_who_was_withdrawn_meanwhile_gets_no_letter(office: Office) -> None:
    letter_id = office.write()
    with office.session() as session, session.begin():
        session.get_one(Invitation, office.invitation().id).withdrawn = now()
    office.postman.send_due()
    assert (office.letter(letter_id).state, office.box.letters) == ("cancelled", [])


def test_a_letter_waits_for_a_round_that_was_put_off(office: Office) -> None:
    letter_id = office.write()
    opens = now() + timedelta(days=2)
    with office.session() as session, session.begin():
        session.merge(office.built.own.open).opened = opens
    office.postman.send_due()
    assert (office.letter(letter_id).state, office.letter(letter_id).due) == ("queued", opens)


def test_a_letters_heart_beats_while_the_server_thinks(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("a2p.jobs.heart.HEARTBEAT_SECONDS", 0.01)
    letter_id = office.write()

    def think(_message: object) -> None:
        first = office.letter(letter_id).heartbeat
        while office.letter(letter_id).heartbeat == first:
            pass

    office.box.answer = think
    office.postman.send_due()
    assert office.letter(letter_id).state == "sent"


def test_a_slow_letter_that_was_taken_for_lost_is_known_to_be_sent_when_it_is(office: Office) -> None:
    letter_id = office.write()

    def slowly(_message: object) -> None:
        with Session(office.engine) as session, session.begin():
            session.execute(update(Letter).values(state="unsure"))

    office.box.answer = slowly
    office.postman.send_due()
    assert office.letter(letter_id).state == "sent"
