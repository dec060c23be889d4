"""A round's answers to one questionnaire become its frozen result. Composition only: each rule has its own module.

Everything is exact (integers and fractions) and depends neither on the order of respondents nor of their answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from a2p.definition.model import Kind, Questionnaire
from a2p.scoring.answers import CoordinatorInput, Respondent, State
from a2p.scoring.bands import band_number, bands_of, enough, voices_needed
from a2p.scoring.frozen import FrozenBand, FrozenResult, SectionResult, Voice
from a2p.scoring.points import weighted_mean
from a2p.scoring.sections import RoundInput, scored_section
from a2p.scoring.shown import shown_facts
from a2p.scoring.voices import Person, level_numbers, people
from a2p.scoring.who import dominant_sector, is_partial, sector_counts


@dataclass(frozen=True, slots=True)
class Header:
    """What the result says of its round. Dates are the round's, in Europe/London."""

    partnership: str
    kind: Kind
    round: str
    opened: date | None = None
    closed: date | None = None
    attribution: Literal["private", "open"] = "private"
    demo: bool = False


@dataclass(frozen=True, slots=True)
class _Circumstances:
    """What is not answers: the round, how it was answered, and the definition's hashes."""

    header: Header
    together: bool
    started: int
    invited_organisations: int | None
    sha256: str
    overlays: tuple[str, ...]


_NO_INPUT = CoordinatorInput()


def score(  # noqa: PLR0913 - a round's facts are many; all but the answers are named by the caller
    definition: Questionnaire,
    respondents: Iterable[Respondent],
    *,
    header: Header,
    sha256: str,
    together: bool = False,
    coordinator: CoordinatorInput = _NO_INPUT,
    started: int = 0,
    invited_organisations: int | None = None,
    overlays: tuple[str, ...] = (),
) -> FrozenResult:
    """The frozen result of one round. `respondents` are the submitted responses, `started` counts the others.

    ValueError for more than one response in a round answered together, for two respondents of one id, and for a level
    that a question's scale doesn't have.
    """
    everybody = people(definition, sorted(respondents, key=lambda each: each.id))
    if together and len(everybody) > 1:
        raise ValueError("a round answered together has one response")
    given = RoundInput(
        definition=definition,
        bands=bands_of(definition),
        people=everybody,
        coordinator=coordinator,
        facts_shown=frozenset(question.id for question in shown_facts(definition, coordinator.facts)),
        voices_needed=voices_needed(together=together),
    )
    return _compose(given, _Circumstances(header, together, started, invited_organisations, sha256, overlays))


def _compose(given: RoundInput, round_: _Circumstances) -> FrozenResult:
    definition, header = given.definition, round_.header
    scored = tuple(scored_section(given, section) for section in definition.sections)
    sections = tuple(each.result for each in scored)
    total = questionnaire_score(definition, {section.id: section.score for section in sections})
    submitted = [person.respondent for person in given.people]
    organisations = len({each.organisation for each in submitted})
    return FrozenResult(
        definition=definition,
        sha256=round_.sha256,
        overlays=round_.overlays,
        partnership=header.partnership,
        kind=header.kind,
        round=header.round,
        opened=header.opened,
        closed=header.closed,
        together=round_.together,
        attribution=header.attribution,
        demo=header.demo,
        respondents=len(submitted),
        started=round_.started,
        organisations=organisations,
        invited_organisations=round_.invited_organisations,
        partial=is_partial(organisations, round_.invited_organisations, together=round_.together),
        dominant_sector=dominant_sector(definition, submitted),
        sectors=sector_counts(submitted),
        bands=given.bands,
        score=total,
        band=questionnaire_band(given.bands, sections, total),
        sections=sections,
        comparisons=tuple(comparison for each in scored for comparison in each.comparisons),
        internal=_voices(given),
    )


def questionnaire_score(definition: Questionnaire, scores: dict[str, Fraction | None]) -> Fraction | None:
    """Weighted mean of the sections' scores (by section id) that exist; None if none does."""
    return weighted_mean((scores.get(section.id), Fraction(section.weight)) for section in definition.sections)


def questionnaire_band(
    bands: Sequence[FrozenBand], sections: Sequence[SectionResult], total: Fraction | None
) -> str | None:
    """The band of the questionnaire's score, if 60 % of the sections that have scale questions have one."""
    scored = [section for section in sections if section.questions]
    if total is None or not enough(sum(1 for section in scored if section.band is not None), len(scored)):
        return None
    return bands[band_number(bands, total)].id


def _voices(given: RoundInput) -> tuple[Voice, ...]:
    numbers = {
        question.id: level_numbers(given.definition, question)
        for section in given.definition.sections
        for question in section.scale_questions
    }
    return tuple(_voice(person, numbers) for person in given.people)


def _voice(person: Person, numbers: Mapping[str, Mapping[str, int]]) -> Voice:
    answers = ((id_, person.answer(id_)) for id_ in numbers if id_ in person.shown)
    levels = {id_: numbers[id_][answer.value] for id_, answer in answers if answer.state is State.GIVEN}
    each = person.respondent
    return Voice(
        organisation=each.organisation,
        respondent=each.id,
        sector=each.sector,
        councillor=each.councillor,
        layer=each.layer,
        levels=levels,
    )
