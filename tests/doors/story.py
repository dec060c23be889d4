"""What happens in a world, from the first closing to the last: closings, releases, late partners, somebody erased."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session

from a2p.access.policy import Role
from a2p.definition.model import Questionnaire
from a2p.rounds import comments
from a2p.rounds.answering import save_section, submit
from a2p.rounds.closing import close_round
from a2p.rounds.confirmers import confirmers
from a2p.rounds.erasing import erase_person
from a2p.rounds.inviting import Invitee, invite
from a2p.rounds.opening import RoundPlan, open_round
from a2p.rounds.releasing import Wish, confirm, lower, propose
from a2p.rounds.reopening import reopen
from a2p.scoring.answers import Answer, Councillor, Sector, State
from a2p.scoring.releases import To
from a2p.store.audit import Actor
from a2p.store.definitions import publish
from a2p.store.erasures import ErasureList
from a2p.store.round_tables import Invitation, QuestionnaireVersion, Round
from a2p.store.tables import Grant
from tests.builders import definition, question, scale_question, section
from tests.site import LONG_AGO, NEVER, Place

FIRST = tuple(f"person {n}" for n in range(9))
COUNCILLORS = tuple(f"councillor {n}" for n in range(5))
LATE = tuple(f"late {n}" for n in range(5))
LAST = "latest"
ERASED = FIRST[1]
Answers = Mapping[str, Mapping[str, Answer]]
"""What each person says, by name and question."""


def asked() -> Questionnaire:
    """A question with another after it, one that few answer, a text, and a section for councillors alone."""
    return definition(
        section("purpose", scale_question("aim"), scale_question("limits", show_if={"aim": ["level-3", "level-4"]})),
        section("voice", scale_question("heard"), question("story", "text")),
        section("elected", scale_question("told"), answered_by=["councillors"]),
        questionnaire="doors",
    )


def level(number: int, comment: str = "") -> Answer:
    """A level given."""
    return Answer(State.GIVEN, f"level-{number}", comment)


def two_worlds(seed: int) -> tuple[Answers, Answers]:
    """Random answers, and others that must look the same: those of two pairs exchanged, a question that four answered
    answered otherwise, and somebody who came last saying the contrary."""
    chance = Random(seed)
    said: dict[str, dict[str, Answer]] = {
        name: {"aim": level(chance.randint(1, 4), f"word of {number}"), "limits": level(chance.randint(1, 4))}
        for number, name in enumerate((*FIRST, *COUNCILLORS, *LATE, LAST))
    }
    for name in FIRST[3:7]:
        said[name]["heard"] = level(1)
    for name in COUNCILLORS:
        said[name]["told"] = level(chance.randint(1, 4))
    for one, other in PAIRS:
        low, high = sorted(chance.sample((1, 2, 3, 4), 2))
        for question_id in ("aim", "told") if one in COUNCILLORS else ("aim",):
            comments_of = (said[one]["aim"].comment, said[other]["aim"].comment)
            said[one][question_id] = level(low, comments_of[0] if question_id == "aim" else "")
            said[other][question_id] = level(high, comments_of[1] if question_id == "aim" else "")
    said[LAST]["aim"] = level(1)
    swapped = dict(said)
    for one, other in PAIRS:
        swapped[one], swapped[other] = said[other], said[one]
    swapped[FIRST[3]] = said[FIRST[3]] | {"heard": level(2)}
    swapped[LAST] = said[LAST] | {"aim": level(4)}
    return said, swapped


PAIRS = ((FIRST[1], FIRST[2]), (COUNCILLORS[0], COUNCILLORS[1]), (LATE[0], LATE[1]))
"""Two voices each of whom it can't be said which of the two spoke."""


@dataclass
class World:
    """A place in which the story happens, and what was said in it."""

    place: Place
    said: Answers
    folder: Path
    session: Callable[[], Session]
    round_id: int = 0
    next_id: int = 0

    def begin(self) -> None:
        """The round is opened, and those who were asked first answer."""
        with self.session() as session, session.begin():
            version = publish(session, asked())
            partnership = session.merge(self.place.partnership)
            self.round_id = open_round(session, partnership, RoundPlan("Spring", [version], together=False)).id
            for role in (Role.FACILITATOR, Role.READER):
                person = self.place.staff[role].id
                session.add(_grant(person, role, partnership.id, self.round_id))
        self.answer([*FIRST, *COUNCILLORS])

    def answer(self, names: Iterable[str], round_id: int | None = None) -> None:
        """These people answer and submit."""
        with self.session() as session, session.begin():
            round_ = session.get_one(Round, round_id or self.round_id)
            for name in names:
                invitation = invite(session, round_, _invitee(name)).invitation
                given = dict(self.said[name])
                version = round_.versions[0]
                save_section(session, invitation, version, given, {})
                submit(session, invitation, version)

    def close(self) -> None:
        """The round is closed and its comments are read over."""
        with self.session() as session, session.begin():
            (result,) = close_round(session, session.get_one(Round, self.round_id))
            reader = Actor(self.place.staff[Role.FACILITATOR].id, "facilitator")
            comments.finish(session, result, by=reader)

    def open_again(self) -> None:
        """The round is opened again."""
        with self.session() as session, session.begin():
            reopen(session, session.get_one(Round, self.round_id), "More partners", NEVER, self.coordinator)

    @property
    def coordinator(self) -> Actor:
        return Actor(self.place.coordinator.id, "coordinator")

    def release(self, to: To, to_level: str) -> None:
        """Two people agree to show more."""
        with self.session() as session, session.begin():
            round_ = session.get_one(Round, self.round_id)
            chair = confirmers(session, round_.partnership, self.place.coordinator.id)[0]
            row = propose(session, round_, Wish(to, to_level, "Asked", "Our themes"), chair, self.coordinator)
            confirm(session, row, Actor(chair.person_id, "chair"))

    def show_less(self, to: To, to_level: str) -> None:
        """One person shows less."""
        with self.session() as session, session.begin():
            lower(session, session.get_one(Round, self.round_id), Wish(to, to_level, "Enough"), self.coordinator)

    def erase(self) -> None:
        """Somebody asks to be erased."""
        with self.session() as session, session.begin():
            address = f"erased-{self.place.partnership.id}@example.org"
            rounds = Invitation.round_id.in_((self.round_id, self.next_id))
            for invitation in session.scalars(select(Invitation).where(rounds, Invitation.name == ERASED)):
                invitation.email = address
            session.flush()
            erase_person(session, address, ErasureList(self.folder / "erased.jsonl", "s" * 40))

    def ask_again(self) -> None:
        """A year on, the same people and the late ones answer in another round."""
        with self.session() as session, session.begin():
            version = session.scalars(
                select(QuestionnaireVersion).where(QuestionnaireVersion.questionnaire == "doors")
            ).one()
            partnership = session.merge(self.place.partnership)
            self.next_id = open_round(session, partnership, RoundPlan("Autumn", [version], together=False)).id
        self.answer([*FIRST, *COUNCILLORS, *LATE], self.next_id)
        with self.session() as session, session.begin():
            close_round(session, session.get_one(Round, self.next_id))


def _grant(person_id: int, role: Role, partnership_id: int, round_id: int) -> Grant:
    return Grant(
        person_id=person_id,
        role=role.value,
        partnership_id=partnership_id,
        round_id=round_id,
        starts=LONG_AGO,
        ends=None,
    )


def _invitee(name: str) -> Invitee:
    """Everybody speaks for an organisation of their own, but two colleagues and the councillors."""
    councillor: Councillor | None = "other" if name in COUNCILLORS else None
    sector: Sector = "county-council" if councillor else "business"
    organisation = "The council" if councillor else f"Body of {FIRST[7] if name == FIRST[8] else name}"
    return Invitee(name, organisation, sector, councillor=councillor)
