"""Asking for a copy of one's own answers; on each engine."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from a2p.rounds.answering import save_section
from a2p.rounds.copies import NothingToCopy, order_copy
from a2p.scoring.answers import Answer, State
from tests import site
from tests.site import Place


@pytest.fixture
def place(session: Session) -> Place:
    return site.build(session).own


def test_a_copy_is_of_what_was_saved_last(session: Session, place: Place, tmp_path: Path) -> None:
    own = place.invited[0].invitation
    first = order_copy(session, own, place.version, tmp_path)
    assert order_copy(session, own, place.version, tmp_path) is first
    first.state, first.file = "done", "first.pdf"
    (tmp_path / "first.pdf").write_bytes(b"%PDF")
    assert order_copy(session, own, place.version, tmp_path) is first
    save_section(session, own, place.version, {"aim": Answer(State.DONT_KNOW)}, {"aim": 1})
    assert order_copy(session, own, place.version, tmp_path) is not first
    assert not (tmp_path / "first.pdf").exists(), "older copies are not left lying about"


def test_a_copy_that_failed_is_asked_for_again(session: Session, place: Place, tmp_path: Path) -> None:
    own = place.invited[0].invitation
    first = order_copy(session, own, place.version, tmp_path)
    first.state = "failed"
    assert order_copy(session, own, place.version, tmp_path) is not first


def test_there_is_nothing_to_copy_before_the_first_save(session: Session, place: Place, tmp_path: Path) -> None:
    with pytest.raises(NothingToCopy):
        order_copy(session, place.invited[1].invitation, place.version, tmp_path)
