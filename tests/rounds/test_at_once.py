"""Two people at once in one round: who saves while it closes, two who close it, who record what was agreed, change an
action, decide on a release; on each engine."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import datetime
from threading import Barrier
from typing import TypeAlias

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from a2p.access.policy import Role
from a2p.rounds import actions, workshop
from a2p.rounds.answering import save_section, submit
from a2p.rounds.closing import close_round
from a2p.rounds.confirmers import confirmers
from a2p.rounds.releasing import ReleaseRefused, Wish, confirm, lower, propose, take_back
from a2p.scoring.answers import Answer, State
from a2p.scoring.frozen_file import read_frozen
from a2p.scoring.releases import To
from a2p.store.audit import Actor
from a2p.store.engine import open_engine
from a2p.store.outcome_tables import ActionItem, Release
from a2p.store.releases import released
from a2p.store.round_tables import Invitation, Round
from tests import site
from tests.site import Place

GIVEN = Answer(State.GIVEN, "level-3")


def test_a_closing_waits_for_an_answer_that_is_being_saved_and_then_counts_it(engine: Engine) -> None:
    with Session(engine, expire_on_commit=False) as session, session.begin():
        place = site.build(session).own
        submit(session, place.invited[1].invitation, place.version)
    with Session(engine) as saving:
        invitation = saving.get_one(Invitation, place.invited[1].invitation.id)
        save_section(saving, invitation, invitation.round.versions[0], {"aim": GIVEN}, {})
        impatient = open_engine(engine.url.render_as_string(hide_password=False))
        with pytest.raises(OperationalError, match=r"locked|lock timeout"):
            close_at_once(impatient, place)
        impatient.dispose()
        saving.commit()
    with Session(engine) as closing:
        (result,) = close_round(closing, closing.get_one(Round, place.open.id))
        assert read_frozen(result.document.encode()).sections[0].questions[0].answered == 1


def close_at_once(engine: Engine, place: Place) -> None:
    """Close the open round, failing at once, or nearly so, on what another transaction holds."""
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            connection.connection.cursor().execute("PRAGMA busy_timeout=0")
    with Session(engine) as session:
        if engine.dialect.name == "postgresql":
            session.execute(text("SET LOCAL lock_timeout = '100ms'"))
        close_round(session, session.get_one(Round, place.open.id))


def test_two_coordinators_who_close_at_once_freeze_one_result(engine: Engine) -> None:
    with Session(engine, expire_on_commit=False) as session, session.begin():
        place = site.build(session).own

    def close(_: int) -> int:
        with Session(engine) as session:
            (result,) = close_round(session, session.get_one(Round, place.open.id))
            session.commit()
            return result.id

    with ThreadPoolExecutor(2) as pool:
        assert len(set(pool.map(close, range(2)))) == 1


def test_two_who_submit_at_once_submit_once(engine: Engine) -> None:
    with Session(engine, expire_on_commit=False) as session, session.begin():
        place = site.build(session).own

    def send(_: int) -> tuple[int, datetime | None]:
        with Session(engine) as session:
            invitation = session.get_one(Invitation, place.invited[1].invitation.id)
            response = submit(session, invitation, invitation.round.versions[0])
            session.commit()
            return response.id, response.submitted

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(send, range(2))
    assert first[0] == second[0]
    assert send(0) == send(1), "who submits again changes nothing"


@dataclass(frozen=True)
class Outcomes:
    """What follows a closed round, for two to change at once: an action, and a proposal that waits, by number."""

    place: Place
    by: Actor
    chair: Actor
    action: int
    waits: int

    def round(self, session: Session) -> Round:
        return session.get_one(Round, self.place.closed.id)

    def level(self, session: Session) -> str:
        return released(session, self.round(session), To.REGION).level


@pytest.fixture
def outcomes(engine: Engine) -> Outcomes:
    """A closed round with an action, released to the region at level 2, while level 4 is proposed."""
    with Session(engine, expire_on_commit=False) as session, session.begin():
        place = site.build(session).own
        by, chair = (Actor(place.staff[role].id, role) for role in (Role.COORDINATOR, Role.CHAIR))
        action = actions.add_action(session, place.closed, actions.Plan("First"), by)
        (confirmer,) = confirmers(session, place.partnership, by.person_id)
        confirm(session, propose(session, place.closed, Wish(To.REGION, "2", "Why"), confirmer, by), chair)
        waits = propose(session, place.closed, Wish(To.REGION, "4", "Why"), confirmer, by)
        return Outcomes(place, by, chair, action.id, waits.id)


Deed: TypeAlias = Callable[[Session], object]


def at_once(engine: Engine, *deeds: Deed) -> list[str]:
    """What becomes of deeds that begin at the same moment, each in a session of its own: done, or what refused it."""
    start = Barrier(len(deeds))

    def do(deed: Deed) -> str:
        with Session(engine) as session:
            start.wait()
            try:
                deed(session)
            except (workshop.Clash, actions.Clash, ReleaseRefused) as refused:
                return type(refused).__name__
            session.commit()
            return "done"

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(do, deeds))


def test_of_two_who_settle_a_question_at_once_one_is_shown_what_the_other_settled(
    engine: Engine, outcomes: Outcomes
) -> None:
    def settle(level: str) -> Deed:
        given, version = workshop.Given(level, f"Why {level}"), outcomes.place.version
        return lambda session: workshop.settle_question(
            session, outcomes.round(session), version, "aim", given, 0, outcomes.by
        )

    told = at_once(engine, settle("level-1"), settle("level-4"))
    assert sorted(told) == ["Clash", "done"]
    won, lost = ("level-1", "level-4") if told[0] == "done" else ("level-4", "level-1")
    with Session(engine) as session:
        kept = workshop.settled_of(session, outcomes.round(session), outcomes.place.version)["aim"]
        assert (kept.level, kept.reason, kept.edition) == (won, f"Why {won}", 1)
        with pytest.raises(workshop.Clash) as clash:
            settle(lost)(session)
        assert clash.value.settled.level == won


def test_of_two_who_change_an_action_at_once_one_is_shown_what_the_other_made_of_it(
    engine: Engine, outcomes: Outcomes
) -> None:
    def change(what: str) -> Deed:
        return lambda session: actions.change_action(
            session, session.get_one(ActionItem, outcomes.action), actions.Plan(what), 1, outcomes.by
        )

    told = at_once(engine, change("Mine"), change("Theirs"))
    assert sorted(told) == ["Clash", "done"]
    with Session(engine) as session:
        kept = session.get_one(ActionItem, outcomes.action)
        assert (kept.what, kept.edition) == ("Mine" if told[0] == "done" else "Theirs", 2)
        assert len(actions.changes_of(session, kept)) == 2


def test_who_confirms_a_release_while_it_is_being_lowered_is_refused(engine: Engine, outcomes: Outcomes) -> None:
    def confirmed(session: Session) -> None:
        confirm(session, session.get_one(Release, outcomes.waits), outcomes.chair)

    with Session(engine) as lowering, ThreadPoolExecutor(1) as pool:
        lower(lowering, outcomes.round(lowering), Wish(To.REGION, "1", "Too much"), outcomes.by)
        confirming = pool.submit(at_once, engine, confirmed)
        assert wait([confirming], timeout=0.3).not_done, "it waits for what is being decided"
        lowering.commit()
        assert confirming.result() == ["ReleaseRefused"]
    with Session(engine) as session:
        assert outcomes.level(session) == "1"
        assert session.get_one(Release, outcomes.waits).state == "taken-back"


def test_of_two_who_decide_on_a_release_at_once_one_decides(engine: Engine, outcomes: Outcomes) -> None:
    def deed(decide: Callable[[Session, Release, Actor], None], by: Actor) -> Deed:
        return lambda session: decide(session, session.get_one(Release, outcomes.waits), by)

    told = at_once(engine, deed(confirm, outcomes.chair), deed(take_back, outcomes.by))
    assert sorted(told) == ["ReleaseRefused", "done"]
    with Session(engine) as session:
        assert outcomes.level(session) == ("4" if told[0] == "done" else "2")
