"""People who answer in the small site's round of answers given apart, without going through the pages."""

from __future__ import annotations

from collections.abc import Mapping

from a2p.rounds.answering import save_section, submit
from a2p.rounds.closing import close_round
from a2p.rounds.inviting import Invitee, invite
from a2p.scoring.answers import Answer, State
from a2p.store.round_tables import Round
from tests.web.world import World

GIVEN = {"aim": Answer(State.GIVEN, "level-3"), "limits": Answer(State.GIVEN, "level-2")}


def answer(
    world: World, people: int, given: Mapping[str, Answer] | None = None, *, organisation: str = "Body {}"
) -> None:
    """So many people, each of an organisation of their own, answer and submit. `{}` in its name is their number."""
    with world.session() as session, session.begin():
        round_ = session.get_one(Round, world.round_id)
        for number in range(people):
            invitee = Invitee(f"Person {number}", organisation.replace("{}", str(number)), "health")
            invitation = invite(session, round_, invitee).invitation
            save_section(session, invitation, round_.versions[0], given or GIVEN, {})
            submit(session, invitation, round_.versions[0])


def close(world: World) -> None:
    """Close the round, as the coordinator's button does."""
    with world.session() as session, session.begin():
        close_round(session, session.get_one(Round, world.round_id))
