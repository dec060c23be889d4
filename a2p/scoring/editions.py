"""Results of one round beside one another: a round opened again gets a successor, and two results may be subtracted.

What somebody said between two closings would stand in the difference. So a successor is shown only if the difference
to each result shown before is one that could be shown itself: nobody, or at least five people from three
organisations. The same is asked of every question (five who answered, three organisations with a level; five
councillors where councillors alone answer); a question whose own difference is smaller is held back in the successor.
Questions of which the earlier result showed no figure have no difference to see.

What remains: four or more results of one round could be combined; they are compared two by two.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass

from a2p.definition.model import Question, Questionnaire, Section
from a2p.scoring import minimums
from a2p.scoring.answers import Answer, Respondent, State
from a2p.scoring.disclosure import Disclosed
from a2p.scoring.voices import people

GIVEN = "given"


@dataclass(frozen=True, slots=True)
class Said:
    """What one response counted for: its voice, and for each question it was shown a mark of the answer (no text)."""

    organisation: str
    councillor: bool
    marks: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Difference:
    """How many responses changed, came or went between two results, and questions whose own difference is too small."""

    people: int
    organisations: int
    too_small: frozenset[str]

    @property
    def hides_everybody(self) -> bool:
        """Whether it is of nobody, or of enough people that no one of them can be told from it."""
        enough = self.people >= minimums.RESPONDENTS and self.organisations >= minimums.VOICES
        return self.people == 0 or enough


def said_by(definition: Questionnaire, respondents: Iterable[Respondent]) -> dict[str, Said]:
    """What each response counts for, by the respondent's id; to be kept with the result's internal part."""
    questions = {question.id: question for section in definition.sections for question in section.questions}
    return {
        person.respondent.id: Said(
            person.respondent.organisation,
            person.is_councillor,
            {id_: _mark(questions[id_], person.answer(id_)) for id_ in sorted(person.shown)},
        )
        for person in people(definition, respondents)
    }


def seen_in(shown: Disclosed) -> frozenset[str]:
    """The questions of which somebody has seen a figure, be it through their section's band."""
    seen: set[str] = set()
    for section in shown.result.sections:
        told = section.band is not None or section.score is not None
        seen.update(q.id for q in section.questions if told or not q.withheld)
        seen.update(v.id for v in section.values if not v.withheld)
    return frozenset(seen)


def difference(
    definition: Questionnaire, before: Mapping[str, Said], after: Mapping[str, Said], seen: Set[str]
) -> Difference:
    """What lies between two results, in the questions that were `seen` in the earlier one."""
    moved = {id_: _moved(before.get(id_), after.get(id_)) & seen for id_ in before.keys() | after.keys()}
    everybody = [id_ for id_, questions in moved.items() if questions]
    too_small = set()
    for section in definition.sections:
        for question in section.questions:
            those = [id_ for id_ in everybody if question.id in moved[id_]]
            if those and not _enough(section, question.id, [(id_, before.get(id_), after.get(id_)) for id_ in those]):
                too_small.add(question.id)
    organisations = {each.organisation for id_ in everybody for each in (before.get(id_), after.get(id_)) if each}
    return Difference(len(everybody), len(organisations), frozenset(too_small))


def _moved(before: Said | None, after: Said | None) -> Set[str]:
    """The questions to whose figures this response adds something else than before."""
    old, new = (before.marks if before else {}), (after.marks if after else {})
    if before and after and (before.organisation, before.councillor) != (after.organisation, after.councillor):
        return old.keys() | new.keys()
    return {question for question in old.keys() | new.keys() if old.get(question) != new.get(question)}


def _enough(section: Section, question: str, moved: list[tuple[str, Said | None, Said | None]]) -> bool:
    """Whether the answers that moved would be shown if they were all the answers to the question."""
    answered, voices = set(), set()
    for id_, before, after in moved:
        marks = [(each, each.marks.get(question, "")) for each in (before, after) if each]
        if any(mark.startswith((GIVEN, State.DONT_KNOW.value)) for _, mark in marks):
            answered.add(id_)
        for each, mark in marks:
            if mark.startswith(GIVEN):
                voices.add(id_ if section.voices_are_councillors else each.organisation)
    wanted = minimums.COUNCILLORS if section.voices_are_councillors else minimums.VOICES
    return len(answered) >= minimums.RESPONDENTS and len(voices) >= wanted


def _mark(question: Question, answer: Answer) -> str:
    """The answer's state, and for a given one a digest of its value; of a text only that there is one."""
    if answer.state is not State.GIVEN:
        return answer.state.value
    if question.type == "text":
        return GIVEN
    return f"{GIVEN} {hashlib.sha256(answer.value.encode()).hexdigest()[:16]}"
