"""Answers and evidence are saved by edition: who saw an older one is told, and loses nobody's words."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from a2p.scoring.answers import Answer, EvidenceNote, State
from a2p.store.answers import Stored, read_answers, read_evidence, read_many, save_answers, save_evidence
from a2p.store.responses import start_response
from tests import site

ONE, TWO = Answer(State.GIVEN, "level-1"), Answer(State.GIVEN, "level-2", "Since spring.")


@pytest.fixture
def response_id(session: Session) -> int:
    place = site.build(session).own
    return start_response(session, place.open, place.version, place.invited[1].invitation).id


def test_the_first_save_is_edition_one_and_each_change_counts_on(session: Session, response_id: int) -> None:
    assert save_answers(session, response_id, {"aim": ONE}, {}) == {}
    assert save_answers(session, response_id, {"aim": TWO}, {"aim": 1}) == {}
    assert read_answers(session, response_id) == {"aim": Stored(TWO, 2)}


@pytest.mark.parametrize("state", list(State))
def test_every_state_is_read_back_as_it_was_saved(session: Session, response_id: int, state: State) -> None:
    answer = Answer(state, "level-1" if state is State.GIVEN else "", "ŵ <b> “x” 🙂")
    save_answers(session, response_id, {"aim": answer}, {})
    assert read_answers(session, response_id)["aim"].answer == answer


def test_who_saw_an_older_edition_is_shown_what_is_stored_and_writes_nothing(
    session: Session, response_id: int
) -> None:
    save_answers(session, response_id, {"aim": ONE}, {})
    assert save_answers(session, response_id, {"aim": TWO}, {}) == {"aim": Stored(ONE, 1)}
    assert read_answers(session, response_id)["aim"] == Stored(ONE, 1)


def test_an_equal_answer_is_no_clash_and_no_new_edition(session: Session, response_id: int) -> None:
    save_answers(session, response_id, {"aim": ONE}, {})
    assert save_answers(session, response_id, {"aim": ONE}, {}) == {}
    assert read_answers(session, response_id)["aim"].edition == 1


def test_different_questions_never_clash(session: Session, response_id: int) -> None:
    save_answers(session, response_id, {"aim": ONE}, {})
    assert save_answers(session, response_id, {"limits": TWO}, {}) == {}


def test_a_clash_on_one_question_does_not_stop_the_others(session: Session, response_id: int) -> None:
    save_answers(session, response_id, {"aim": ONE}, {})
    assert set(save_answers(session, response_id, {"aim": TWO, "limits": TWO}, {})) == {"aim"}
    assert read_answers(session, response_id)["limits"].answer == TWO


def test_an_edition_that_never_was_is_no_obstacle(session: Session, response_id: int) -> None:
    assert save_answers(session, response_id, {"aim": ONE}, {"aim": 7}) == {}
    assert read_answers(session, response_id)["aim"] == Stored(ONE, 1)


def test_several_responses_are_read_at_once_and_the_empty_one_is_there(session: Session, response_id: int) -> None:
    assert read_many(session, [response_id]) == {response_id: {}}
    save_answers(session, response_id, {"aim": ONE}, {})
    assert read_many(session, [response_id]) == {response_id: {"aim": ONE}}
    assert read_many(session, []) == {}


def test_evidence_is_saved_by_edition_likewise(session: Session) -> None:
    place = site.build(session).own
    key = (place.partnership.id, place.open.id, place.version.id)
    first, second = EvidenceNote("level-2", "See the minutes."), EvidenceNote(None, "None yet.")
    assert save_evidence(session, key, {"aim": first}, {}) == {}
    assert save_evidence(session, key, {"aim": first}, {}) == {}
    assert {q: each.edition for q, each in save_evidence(session, key, {"aim": second}, {}).items()} == {"aim": 1}
    assert save_evidence(session, key, {"aim": second}, {"aim": 1}) == {}
    stored = read_evidence(session, place.open.id, place.version.id)["aim"]
    assert (stored.evidence, stored.edition) == (second, 2)


def test_evidence_left_empty_is_not_stored(session: Session) -> None:
    place = site.build(session).own
    key = (place.partnership.id, place.open.id, place.version.id)
    assert save_evidence(session, key, {"aim": EvidenceNote(None)}, {}) == {}
    assert read_evidence(session, place.open.id, place.version.id) == {}


def committed(engine: Engine) -> site.Place:
    """The site's own partnership, committed and readable without a session."""
    with Session(engine, expire_on_commit=False) as session, session.begin():
        place = site.build(session).own
        start_response(session, place.open, place.version, place.invited[1].invitation)
    return place


def at_once(engine: Engine, *saves: Callable[[Session], object]) -> list[object]:
    """What each save returns, all begun at the same moment in sessions of their own, each committed."""
    ready = Barrier(len(saves))

    def run(save: Callable[[Session], object]) -> object:
        with Session(engine) as session:
            ready.wait()
            outcome = save(session)
            session.commit()
            return outcome

    with ThreadPoolExecutor(len(saves)) as pool:
        return list(pool.map(run, saves))


@pytest.mark.parametrize("seen", [0, 1])
def test_of_two_editors_at_once_on_one_question_exactly_one_is_told(engine: Engine, seen: int) -> None:
    place = committed(engine)
    with Session(engine) as session, session.begin():
        response_id = start_response(session, place.open, place.version, place.invited[2].invitation).id
        if seen:
            save_answers(session, response_id, {"aim": Answer(State.DONT_KNOW)}, {})
    outcomes = at_once(
        engine,
        lambda session: save_answers(session, response_id, {"aim": ONE}, {"aim": seen}),
        lambda session: save_answers(session, response_id, {"aim": TWO}, {"aim": seen}),
    )
    with Session(engine) as session:
        stored = read_answers(session, response_id)["aim"]
    assert stored.edition == seen + 1
    assert sorted(map(str, outcomes)) == sorted(map(str, [{}, {"aim": stored}]))


def test_of_two_coordinators_at_once_on_one_piece_of_evidence_exactly_one_is_told(engine: Engine) -> None:
    place = committed(engine)
    key = (place.partnership.id, place.open.id, place.version.id)
    for seen in (0, 1):
        notes = [EvidenceNote(None, f"{who} {seen}.") for who in ("One", "Two")]
        outcomes = at_once(engine, *(partial(_save_note, key, note, seen) for note in notes))
        with Session(engine) as session:
            stored = read_evidence(session, place.open.id, place.version.id)["aim"]
        assert stored.edition == seen + 1
        assert sorted(map(str, outcomes)) == sorted(map(str, [{}, {"aim": stored}]))


def _save_note(key: tuple[int, int, int], note: EvidenceNote, seen: int, session: Session) -> object:
    return save_evidence(session, key, {"aim": note}, {"aim": seen})


def test_two_windows_that_begin_at_once_share_one_response(engine: Engine) -> None:
    place = committed(engine)
    begin = place.invited[3].invitation

    def start(session: Session) -> int:
        return start_response(session, place.open, place.version, begin).id

    assert len(set(at_once(engine, start, start))) == 1


def test_a_question_saved_at_once_with_others_in_another_order_waits_in_no_circle(engine: Engine) -> None:
    place = committed(engine)
    with Session(engine) as session, session.begin():
        response_id = start_response(session, place.open, place.version, place.invited[2].invitation).id
        save_answers(session, response_id, {"aim": ONE, "heard": ONE, "limits": ONE}, {})
    seen = {"aim": 1, "heard": 1, "limits": 1}
    forth = {"aim": TWO, "heard": TWO, "limits": TWO}
    outcomes = at_once(
        engine,
        lambda session: save_answers(session, response_id, forth, seen),
        lambda session: save_answers(session, response_id, dict(reversed(forth.items())), seen),
    )
    assert len(outcomes) == 2
    with Session(engine) as session:
        assert {each.edition for each in read_answers(session, response_id).values()} == {2}
