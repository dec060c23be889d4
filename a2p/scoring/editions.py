"""Results of one round beside one another: a round opened again gets a successor, and two results may be subtracted.

What somebody said between two closings would stand in the difference. So a successor is shown only if the difference
to each result shown before is one that could be shown itself: nobody, or at least five people from three
organisations. The same is asked of every question (five who answered, three organisations with a level; five
councillors where councillors alone answer); a question whose own difference is smaller is held back in the successor.
Questions of which the earlier result showed no figure have no difference to see.

A result is destroyed when somebody is erased from it, but whoever saw it may remember it. What is worked out without
them would differ from it by the one person, so nothing of it is shown (`Memory.of_some`); and of a later result a
question is shown only if the answers of five others moved too, for the erased person's went in any case.

Two differences between three results tell no more than each of the three pairs: whoever moved is in every sum of them
but those that leave out the pair in which they didn't. With a fourth result that is no longer so, so at most MOST_SHOWN
results of a round are ever shown.
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
MOST_SHOWN = 3
"""Results of one round on one questionnaire that are ever shown, destroyed ones counted."""


@dataclass(frozen=True, slots=True)
class Said:
    """What one response counted for: its voice, and for each question it was shown a mark of the answer (no text)."""

    organisation: str
    councillor: bool
    marks: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Memory:
    """A result that somebody may have seen: what each response counted for (None where that isn't known any more), and
    the questions of which there was a figure. `of_some` says that people were erased from it: they are not in `said`,
    but were in the figures."""

    said: Mapping[str, Said] | None
    seen: frozenset[str]
    of_some: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a result may be shown beside those that were seen before, and the questions of it held back."""

    shown: bool
    held_back: frozenset[str] = frozenset()


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
    """The questions of which somebody has seen a figure, be it through their section's band; not the facts, which are
    the coordinator's own."""
    seen: set[str] = set()
    pairs = zip(shown.result.definition.sections, shown.result.sections, strict=True)
    for section in (section for part, section in pairs if not part.is_facts):
        told = section.band is not None or section.score is not None
        seen.update(q.id for q in section.questions if told or not q.withheld)
        seen.update(v.id for v in section.values if not v.withheld)
    return frozenset(seen)


def verdict(definition: Questionnaire, memories: Iterable[Memory], said: Mapping[str, Said]) -> Verdict:
    """What may be shown of a result that counts what was `said`, beside the results that were seen before."""
    before = [memory for memory in memories if memory.seen]
    if len(before) >= MOST_SHOWN:
        return Verdict(shown=False)
    held: set[str] = set()
    for memory in before:
        if memory.said is None:
            return Verdict(shown=False)
        between = difference(definition, memory.said, said, memory.seen, of_some=memory.of_some)
        if not between.hides_everybody:
            return Verdict(shown=False)
        held |= between.too_small
    return Verdict(shown=True, held_back=frozenset(held))


def difference(
    definition: Questionnaire,
    before: Mapping[str, Said],
    after: Mapping[str, Said],
    seen: Set[str],
    *,
    of_some: bool = False,
) -> Difference:
    """What lies between two results, in the questions that were `seen` in the earlier one. With `of_some` more people
    were in the earlier one than `before` has: then a question that nobody else moved in has too small a difference."""
    moved = {id_: _moved(before.get(id_), after.get(id_)) & seen for id_ in before.keys() | after.keys()}
    everybody = [id_ for id_, questions in moved.items() if questions]
    too_small = set()
    for section in definition.sections:
        for question in section.questions:
            those = [id_ for id_ in everybody if question.id in moved[id_]]
            moves = [(id_, before.get(id_), after.get(id_)) for id_ in those]
            if (those or (of_some and question.id in seen)) and not _enough(section, question.id, moves):
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
