"""Bands: named ranges of scores, when there are enough answers for one, and the floor rule (scoring rule 3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from a2p.definition.model import Questionnaire
from a2p.scoring.frozen import FrozenBand

FLOOR = Fraction(100, 3)
VOICES_APART = 3
VOICES_TOGETHER = 1


@dataclass(frozen=True, slots=True)
class KeyScore:
    """A key question's score, for the floor rule: None unless it has the voices that a band needs."""

    id: str
    score: Fraction | None


@dataclass(frozen=True, slots=True)
class SectionBand:
    """A section's band id, and the key questions that lowered it (empty if none did)."""

    band: str | None
    capped_by: tuple[str, ...] = ()


def bands_of(definition: Questionnaire) -> tuple[FrozenBand, ...]:
    """The definition's bands, or as many equal ones as its scale has levels; none if nothing in it is scored.

    Default bands take the ids and labels of the first scale question's scale. ValueError if scales differ in length and
    the definition gives no bands.
    """
    if definition.bands is not None:
        return tuple(FrozenBand(id=b.id, label=b.label, start=Fraction(b.start)) for b in definition.bands)
    scales = [definition.scale_of(q) for section in definition.sections for q in section.scale_questions]
    if len({len(scale) for scale in scales}) > 1:
        raise ValueError("scales of different length need bands of their own")
    if not scales:
        return ()
    size = len(scales[0])
    return tuple(
        FrozenBand(id=level.id, label=f"Mostly {level.label.lower()}", start=Fraction(100 * k, size))
        for k, level in enumerate(scales[0])
    )


def enough(part: int, whole: int) -> bool:
    """Whether `part` is at least 60 % of `whole`, and there is a whole."""
    return whole > 0 and 5 * part >= 3 * whole


def voices_needed(*, together: bool) -> int:
    """Voices from which a question counts towards its section's band."""
    return VOICES_TOGETHER if together else VOICES_APART


def band_number(bands: Sequence[FrozenBand], score: Fraction) -> int:
    """The place, from 0, of the band that holds a score; a lower edge belongs to the band above it."""
    return sum(1 for band in bands if band.start <= score) - 1


def section_band(bands: Sequence[FrozenBand], score: Fraction, keys: Sequence[KeyScore]) -> SectionBand:
    """The band of a section's score, at most the second lowest if a key question scores below a third of the way."""
    number = band_number(bands, score)
    low = tuple(key.id for key in keys if key.score is not None and key.score < FLOOR)
    if low and number > 1:
        return SectionBand(bands[1].id, low)
    return SectionBand(bands[number].id)
