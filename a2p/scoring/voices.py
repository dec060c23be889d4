"""Who answered what, in people and in voices (scoring rule 2)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from a2p.definition.model import Question, Questionnaire, ScaleQuestion, Section
from a2p.scoring.answers import Answer, Respondent, State
from a2p.scoring.shown import shown_questions

BLANK = Answer(State.BLANK)


@dataclass(frozen=True, slots=True)
class Person:
    """One submitted response with the ids of the questions it was shown."""

    respondent: Respondent
    shown: frozenset[str]

    @property
    def is_councillor(self) -> bool:
        """Answers as a councillor: asked the sections put to councillors, and a voice there."""
        return self.respondent.councillor is not None

    def answer(self, question_id: str) -> Answer:
        """The answer to a question; blank if it isn't listed."""
        return self.respondent.answers.get(question_id, BLANK)


@dataclass(frozen=True, slots=True)
class Tally:
    """The answers to one scale question of those shown it.

    `given` pairs each person who gave a level (number 1..A) with it; `dont_know` lists those people.
    """

    given: tuple[tuple[Person, int], ...]
    dont_know: tuple[Person, ...]
    not_applicable: int
    blank: int

    @property
    def shown(self) -> int:
        """People shown the question."""
        return len(self.given) + len(self.dont_know) + self.not_applicable + self.blank


def people(definition: Questionnaire, respondents: Iterable[Respondent]) -> tuple[Person, ...]:
    """Each respondent with what they were shown. ValueError if two of them share an id."""
    found = tuple(
        Person(
            each,
            frozenset(
                question.id
                for question in shown_questions(
                    definition, councillor=each.councillor is not None, answers=each.answers
                )
            ),
        )
        for each in respondents
    )
    if len({person.respondent.id for person in found}) != len(found):
        raise ValueError("two respondents have the same id")
    return found


def level_numbers(definition: Questionnaire, question: ScaleQuestion) -> dict[str, int]:
    """Level id -> number, 1 for the lowest."""
    return {level.id: number for number, level in enumerate(definition.scale_of(question), start=1)}


def level_given(question: Question, numbers: Mapping[str, int], answer: Answer) -> int:
    """The number of a given level. ValueError if the scale has no such level."""
    try:
        return numbers[answer.value]
    except KeyError:
        raise ValueError(f"question {question.id} has no level {answer.value!r}") from None


def tally(definition: Questionnaire, question: ScaleQuestion, everybody: Sequence[Person]) -> Tally:
    """Sort the answers of those shown the question into the four states."""
    numbers = level_numbers(definition, question)
    given: list[tuple[Person, int]] = []
    dont_know: list[Person] = []
    not_applicable = blank = 0
    for person in everybody:
        if question.id not in person.shown:
            continue
        answer = person.answer(question.id)
        if answer.state is State.GIVEN:
            given.append((person, level_given(question, numbers, answer)))
        elif answer.state is State.DONT_KNOW:
            dont_know.append(person)
        elif answer.state is State.NOT_APPLICABLE:
            not_applicable += 1
        else:
            blank += 1
    return Tally(tuple(given), tuple(dont_know), not_applicable, blank)


def voice_of(section: Section, person: Person) -> str:
    """The voice a person speaks in: their organisation, or themselves in a section for councillors alone."""
    return person.respondent.id if section.voices_are_councillors else person.respondent.organisation


def nearest_level(total: int, count: int) -> int:
    """The level nearest to the mean `total / count` of level numbers; a tie goes to the lower."""
    return -((count - 2 * total) // (2 * count))


def histogram(levels: Iterable[tuple[str, int]], size: int) -> tuple[int, ...]:
    """Voices at each of `size` levels, lowest first, from (voice, level number) pairs, one for each person."""
    sums: dict[str, tuple[int, int]] = {}
    for voice, level in levels:
        total, count = sums.get(voice, (0, 0))
        sums[voice] = (total + level, count + 1)
    counts = [0] * size
    for total, count in sums.values():
        counts[nearest_level(total, count) - 1] += 1
    return tuple(counts)
