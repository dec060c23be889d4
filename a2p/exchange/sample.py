"""Plausible invented answers, for trials and demonstrations. The same seed gives the same answers; nobody is real.

Each section has a true level that the story sets or chance draws; each organisation sees it a little differently, each
person differently again; some don't know. A story can split a section in two camps or leave people not knowing.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from a2p.definition.model import (
    ChoiceQuestion,
    ChoicesQuestion,
    DateQuestion,
    NumberQuestion,
    Question,
    Questionnaire,
    ScaleQuestion,
    Section,
    TextQuestion,
)
from a2p.scoring.answers import Answer, CoordinatorInput, Councillor, EvidenceNote, Layer, Respondent, Sector, State
from a2p.scoring.shown import shown_questions

BODIES: tuple[tuple[str, Sector], ...] = (
    ("County council", "county-council"),
    ("District council", "district-council"),
    ("Volunteer centre", "voluntary-community"),
    ("Police", "police"),
    ("Primary care trust", "health"),
    ("Chamber of commerce", "business"),
    ("Further education college", "education"),
    ("Fire and rescue service", "fire"),
    ("Housing association", "other-public"),
    ("Council for voluntary service", "voluntary-community"),
    ("Hospital trust", "health"),
    ("Association of parish councils", "parish-town"),
    ("Citizens’ advice centre", "voluntary-community"),
    ("Federation of small firms", "business"),
    ("Employment service", "other-public"),
    ("Probation service", "other-public"),
)
COUNCILS = frozenset({"county-council", "district-council", "unitary-council", "parish-town"})
REMARKS = (
    "Invented comment: this changed for the better last year.",
    "Invented comment: it depends which group you sit on.",
    "Invented comment: I have only seen this at one meeting.",
    "Invented comment: the papers come too late to discuss at home.",
)
A_DOZEN = 12
LAYERS: tuple[Layer, ...] = ("board", "executive-group", "theme-group")


@dataclass(frozen=True, slots=True)
class Story:
    """What is true of an invented partnership.

    `level` and the values of `sections` are shares of a scale (0 lowest, 1 highest); `spread` is how far people stray
    from it, likewise. In `split` sections half the organisations see the bottom and half the top; in `unknown` ones
    most people don't know.
    """

    level: float = 0.55
    sections: Mapping[str, float] = field(default_factory=dict)
    spread: float = 0.22
    split: frozenset[str] = frozenset()
    unknown: frozenset[str] = frozenset()


def sample(
    definition: Questionnaire, *, respondents: int, organisations: int, seed: int, story: Story | None = None
) -> tuple[Respondent, ...]:
    """Invented respondents with their answers, spread over the organisations as evenly as they go.

    ValueError for fewer respondents than organisations or none of either.
    """
    if not 1 <= organisations <= respondents:
        raise ValueError("there must be at least one organisation, and at least as many respondents")
    told = story or Story()
    made = []
    for number in range(respondents):
        body = number % organisations
        chance = random.Random(f"{seed}/{definition.questionnaire}/{number}")
        name, sector = body_name(body)
        councillor = _councillor(definition, sector, number, chance)
        teller = _Teller(definition, told, seed, body, chance)
        answers = teller.answers(councillor=councillor is not None)
        layer = LAYERS[number % len(LAYERS)]
        made.append(Respondent(f"r{number + 1:03}", name, sector, councillor, layer, answers))
    return tuple(made)


def sample_coordinator(definition: Questionnaire, *, seed: int, story: Story | None = None) -> CoordinatorInput:
    """Invented evidence on some scale questions, and the facts."""
    chance = random.Random(f"{seed}/{definition.questionnaire}/coordinator")
    teller = _Teller(definition, story or Story(), seed, 0, chance)
    evidence: dict[str, EvidenceNote] = {}
    facts: dict[str, Answer] = {}
    for section in definition.sections:
        if section.is_facts:
            facts.update({question.id: teller.answer(section, question) for question in section.questions})
        elif section.wants_evidence:
            for question in section.scale_questions[:2]:
                evidence[question.id] = EvidenceNote(teller.level(section, question), "Invented note: see the papers.")
    return CoordinatorInput(evidence, facts)


def body_name(number: int) -> tuple[str, Sector]:
    """The invented organisation of this number (from 0), with its sector. Names never repeat."""
    name, sector = BODIES[number % len(BODIES)]
    again = number // len(BODIES)
    return (f"{name} {again + 1}" if again else name), sector


def _councillor(definition: Questionnaire, sector: Sector, number: int, chance: random.Random) -> Councillor | None:
    """Council people of a questionnaire that asks councillors something alone are councillors, seven in eight."""
    asks = any(section.voices_are_councillors for section in definition.sections)
    if not asks or sector not in COUNCILS or number % 8 == 7:
        return None
    return "executive" if chance.random() < 0.4 else "other"


@dataclass(frozen=True, slots=True)
class _Teller:
    """One invented person answering: their organisation's view of each section, and chance of their own."""

    definition: Questionnaire
    story: Story
    seed: int
    body: int
    chance: random.Random

    def answers(self, *, councillor: bool) -> dict[str, Answer]:
        given: dict[str, Answer] = {}
        for section in self.definition.sections:
            for question in section.questions:
                given[question.id] = self.answer(section, question)
        shown = {q.id for q in shown_questions(self.definition, councillor=councillor, answers=given)}
        return {question: answer for question, answer in given.items() if question in shown}

    def answer(self, section: Section, question: Question) -> Answer:
        """An answer of the question's type; some don't know, few skip."""
        unknown = 0.6 if section.id in self.story.unknown else 0.05
        draw = self.chance.random()
        if question.dont_know and draw < unknown:
            return Answer(State.DONT_KNOW)
        if question.not_applicable and draw > 0.97:
            return Answer(State.NOT_APPLICABLE, comment="Invented reason: this is not ours to do.")
        if draw > 0.95:
            return Answer(State.BLANK)
        comment = self.chance.choice(REMARKS) if self.chance.random() < 0.04 else ""
        return Answer(State.GIVEN, self._value(section, question), comment)

    def _value(self, section: Section, question: Question) -> str:
        match question:
            case ScaleQuestion():
                return self.level(section, question)
            case ChoiceQuestion():
                return self.chance.choice(question.options).id
            case ChoicesQuestion():
                count = self.chance.randint(1, len(question.options))
                chosen = set(self.chance.sample([option.id for option in question.options], count))
                return " ".join(option.id for option in question.options if option.id in chosen)
            case NumberQuestion():
                return self._number(question)
            case DateQuestion():
                return (date(2025, 1, 1) + timedelta(days=self.chance.randrange(400))).isoformat()
            case TextQuestion():
                return "Invented answer: more time to talk before decisions are taken."

    def _number(self, question: NumberQuestion) -> str:
        """A dozen at most above the lowest, as such counts are; money in thousands."""
        low = int(question.min or 0)
        high = low + A_DOZEN if question.max is None else min(low + A_DOZEN, int(question.max))
        number = self.chance.randint(low, high)
        return str(number * 1000 if question.unit == "pounds" and question.max is None else number)

    def level(self, section: Section, question: ScaleQuestion) -> str:
        """The level that this person sees: the section's truth, the question's own lean, the organisation's, chance."""
        levels = self.definition.scale_of(question)
        truth = (
            self._truth(section) + self._lean(question.id, 0.2) + self._lean(f"body {self.body} {question.id}", 0.35)
        )
        seen = self.chance.gauss(truth, self.story.spread)
        number = round(seen * (len(levels) - 1))
        return levels[min(max(number, 0), len(levels) - 1)].id

    def _truth(self, section: Section) -> float:
        if section.id in self.story.split:
            return 0.05 if self.body % 2 else 0.9
        return self.story.sections.get(section.id, self.story.level + self._lean(section.id, 0.2))

    def _lean(self, of_what: str, most: float) -> float:
        return random.Random(f"{self.seed}/{of_what}").uniform(-most, most)
