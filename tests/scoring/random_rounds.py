"""Random small rounds: a definition as a file would give it, answers as rows of a CSV file, and both as a2p's types."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Any, cast

from a2p.definition.model import Questionnaire
from a2p.scoring.answers import Answer, CoordinatorInput, Councillor, EvidenceNote, Respondent, Sector, State
from a2p.scoring.frozen import FrozenResult
from a2p.scoring.score import Header, score

Plain = dict[str, Any]
HEADER = Header(partnership="Anytown", kind="county", round="First")
STATES = {"": State.BLANK, "dont-know": State.DONT_KNOW, "not-applicable": State.NOT_APPLICABLE}
SECTORS = ("county-council", "district-council", "police", "health", "business")


@dataclass(frozen=True)
class RandomRound:
    """One round, said twice: for the naive scoring and for a2p's."""

    definition: Plain
    rows: list[dict[str, str]]
    together: bool
    evidence: dict[str, str]

    def questionnaire(self) -> Questionnaire:
        return Questionnaire.model_validate(self.definition)

    def scored(self) -> FrozenResult:
        coordinator = CoordinatorInput({id_: EvidenceNote(level) for id_, level in self.evidence.items()})
        return score(
            self.questionnaire(),
            respondents_of(self.rows),
            header=HEADER,
            sha256="0" * 64,
            together=self.together,
            coordinator=coordinator,
        )


def respondents_of(rows: list[dict[str, str]]) -> list[Respondent]:
    """Rows as respondents."""
    first = {row["respondent"]: row for row in reversed(rows)}
    answers: dict[str, dict[str, Answer]] = {}
    for row in rows:
        state = STATES.get(row["answer"], State.GIVEN)
        value = row["answer"] if state is State.GIVEN else ""
        answers.setdefault(row["respondent"], {})[row["question"]] = Answer(state, value)
    return [
        Respondent(
            id=id_,
            organisation=row["organisation"],
            sector=cast("Sector | None", row["sector"] or None),
            councillor=cast("Councillor | None", row["councillor"] or None),
            answers=answers[id_],
        )
        for id_, row in first.items()
    ]


def random_rounds(seed: int, count: int) -> Iterator[RandomRound]:
    """Rounds of mixed size and kind; the same seed gives the same rounds."""
    for number in range(count):
        chance = Random(f"{seed}/{number}")
        definition = _definition(chance)
        together = chance.random() < 0.1
        size = 1 if together else chance.choice([0, 1, 2, 3, 4, 5, 6, 8, 10, 14, 20])
        yield RandomRound(definition, _rows(chance, definition, size), together, _evidence(chance, definition))


def _definition(chance: Random) -> Plain:
    lengths = [chance.randint(2, 7)] if chance.random() < 0.7 else chance.sample(range(2, 8), 2)
    sections: list[Plain] = []
    asked: list[Plain] = []
    for number in range(chance.randint(1, 3)):
        section = _section(chance, number, lengths, asked)
        sections.append(section)
        asked += section["questions"]
    used = {question["scale"] for question in asked if "scale" in question}
    definition: Plain = {
        "questionnaire": "random",
        "version": 1,
        "title": "Random",
        "language": "en",
        "for": ["county"],
        "scales": {f"s{n}": _scale(chance, n) for n in lengths if f"s{n}" in used} or {"s2": _scale(chance, 2)},
        "sections": sections,
    }
    if len(used) > 1 or chance.random() < 0.2:
        edges = ["0", *sorted(chance.sample(["12.5", "33.3", "50", "66.67", "80"], chance.randint(1, 3)), key=float)]
        definition["bands"] = [{"id": f"b{k}", "label": f"Band {k}", "from": edge} for k, edge in enumerate(edges)]
    return definition


def _scale(chance: Random, size: int) -> list[Plain]:
    levels: list[Plain] = [{"id": f"level-{k}", "label": f"Level {k}"} for k in range(1, size + 1)]
    if chance.random() < 0.2:
        inner = [chance.choice(["0", "10", "12.5", "40", "40", "75", "100"]) for _ in range(size - 2)]
        for level, points in zip(levels, ["0", *sorted(inner, key=float), "100"], strict=True):
            level["points"] = points
    return levels


def _section(chance: Random, number: int, lengths: list[int], asked: list[Plain]) -> Plain:
    audiences = [["partners"], ["partners"], ["partners", "coordinator"], ["councillors"], ["partners", "councillors"]]
    before = list(asked)
    questions: list[Plain] = []
    for place in range(chance.randint(1, 5)):
        question = _question(chance, f"q{number}x{place}", lengths, before)
        questions.append(question)
        before.append(question)
    section: Plain = {"id": f"part-{number}", "title": "Part", "questions": questions}
    section["answered_by"] = chance.choice(audiences)
    if chance.random() < 0.3:
        section["weight"] = chance.choice(["2", "0.5", "1.25"])
    return section


def _question(chance: Random, name: str, lengths: list[int], before: list[Plain]) -> Plain:
    question: Plain = {"id": name, "ask": "How is it?", "not_applicable": True}
    if chance.random() < 0.15:
        question |= {"type": "choice", "options": [{"id": each, "label": each} for each in ("this", "that", "other")]}
    else:
        length = chance.choice(lengths)
        question |= {"scale": f"s{length}", "levels": {f"level-{k}": "So." for k in range(1, length + 1)}}
        if chance.random() < 0.3:
            question["weight"] = chance.choice(["3", "0.1", "2.5"])
        question["key"] = chance.random() < 0.3
    if before and chance.random() < 0.25:
        source = chance.choice(before)
        ids = possible(source)
        question["show_if"] = {source["id"]: chance.sample(ids, chance.randint(1, len(ids)))}
    return question


def possible(question: Plain) -> list[str]:
    """The levels or options of a question."""
    return list(question["levels"]) if "levels" in question else [option["id"] for option in question["options"]]


def _rows(chance: Random, definition: Plain, size: int) -> list[dict[str, str]]:
    organisations = max(1, chance.randint(max(1, size // 4), max(1, size)))
    sectors = [chance.choice(SECTORS) if chance.random() < 0.9 else "" for _ in range(organisations)]
    usual = chance.random()
    rows: list[dict[str, str]] = []
    for number in range(size):
        body = chance.randrange(organisations)
        person = {
            "respondent": f"r{number}",
            "organisation": f"o{body}",
            "sector": sectors[body],
            "councillor": chance.choice(["executive", "other"]) if chance.random() < 0.35 else "",
        }
        for section in definition["sections"]:
            rows += [person | {"question": q["id"], "answer": _answer(chance, q, usual)} for q in section["questions"]]
    chance.shuffle(rows)
    return rows


def _answer(chance: Random, question: Plain, usual: float) -> str:
    kind = chance.random()
    if kind < 0.2:
        return chance.choice(["", "dont-know", "dont-know", "not-applicable"])
    ids = possible(question)
    if kind < 0.7:
        return ids[min(len(ids) - 1, int(usual * len(ids)))]
    return chance.choice(ids)


def _evidence(chance: Random, definition: Plain) -> dict[str, str]:
    scored = [q for section in definition["sections"] for q in section["questions"] if "scale" in q]
    return {q["id"]: chance.choice(possible(q)) for q in scored if chance.random() < 0.3}
