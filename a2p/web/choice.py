"""What a coordinator has ticked on the page that chooses people for a round, as its form sends it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from flask import request

from a2p.rounds.choosing import Candidates, suggested
from a2p.rounds.inviting import Chosen
from a2p.store.round_tables import Round
from a2p.store.tables import Contact

NOBODY = "Choose at least one person"


@dataclass(frozen=True, slots=True)
class Choice:
    """The people ticked, and the questionnaires for councillors among them and for the others, by their ids.

    `round` are all that the round asks. Somebody whose entry on the list names some of them is asked those.
    """

    people: frozenset[int]
    councillors: frozenset[str]
    others: frozenset[str]
    round: frozenset[str]

    @property
    def several(self) -> bool:
        """Whether the round asks more than one: otherwise there is nothing to choose between."""
        return len(self.round) > 1

    def of(self, people: frozenset[int]) -> Choice:
        """The same questionnaires for other people."""
        return replace(self, people=people)

    def asked(self, contact: Contact) -> frozenset[str]:
        """What this person is asked."""
        return self.own(contact) or (self.councillors if contact.councillor else self.others)

    def own(self, contact: Contact) -> frozenset[str]:
        """What their entry on the list says that they are asked, of what the round asks."""
        return frozenset(contact.asks.split()) & self.round

    def errors(self, people: Sequence[Contact]) -> list[dict[str, str]]:
        """What is missing of the choice among these, as the error summary takes it; nothing where there are none."""
        chosen = [each for each in people if each.id in self.people]
        if not chosen:
            return [{"text": NOBODY, "href": f"#person-{each.organisation_id}"} for each in people[:1]]
        found = []
        for group, councillor in (("councillors", True), ("others", False)):
            there = any(bool(each.councillor) is councillor and not self.own(each) for each in chosen)
            if self.several and there and not (self.councillors if councillor else self.others):
                who = "councillors" if councillor else "people who are not councillors"
                found.append({"text": f"Choose what {who} are asked", "href": f"#{group}"})
        return found


def first_choice(round_: Round, found: Candidates) -> Choice:
    """Everybody who is not invited yet, asked what has something to ask of them."""
    ids = [
        frozenset(version.questionnaire for version in suggested(round_.versions, councillor=councillor))
        for councillor in (True, False)
    ]
    return Choice(frozenset(each.id for each in found.people), ids[0], ids[1], _asked(round_))


def sent_choice(round_: Round) -> Choice:
    """What the form sent; numbers and ids that it can't have offered are passed over."""
    people = frozenset(int(each) for each in request.form.getlist("person") if each.isdecimal() and len(each) < 10)
    asked = _asked(round_)
    councillors, others = (
        frozenset(request.form.getlist(name)) & asked if len(asked) > 1 else asked for name in ("councillors", "others")
    )
    return Choice(people, councillors, others, asked)


def _asked(round_: Round) -> frozenset[str]:
    return frozenset(version.questionnaire for version in round_.versions)


def chosen_of(round_: Round, found: Candidates, choice: Choice) -> list[Chosen]:
    """Who is to be invited, with what."""
    return [
        Chosen(each, [version for version in round_.versions if version.questionnaire in choice.asked(each)])
        for each in found.people
        if each.id in choice.people
    ]
