"""How close voices are to one another (scoring rule 5). Levels count by their number, 1..A, never by their points.

AD is Burke, Finkelstein and Dusig's average deviation about the mean (1999), in levels. "Close" needs AD within both
Burke and Dunlap's limit A/6 (2002) and, up to 14 voices, what chance seldom gives; "wide" is AD >= A/4, a convention.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from a2p.scoring.frozen import Agreement, AgreementLabel, Pattern
from a2p.scoring.limits import LARGEST, chance_limit

LABEL_FROM = 5
MIXED_FROM = 9
DEVIATION_FROM = 2
PATTERN_FROM = 6


def agreement(histogram: Sequence[int]) -> Agreement | None:
    """Agreement of the voices at each level (lowest first); None below two voices."""
    voices = sum(histogram)
    if voices < DEVIATION_FROM:
        return None
    deviation = average_deviation(histogram)
    return Agreement(
        ad=deviation,
        label=agreement_label(deviation, voices, len(histogram)),
        patterns=patterns(histogram),
        r_wg=within_group(histogram),
    )


def section_agreement(histograms: Iterable[Sequence[int]]) -> Agreement | None:
    """Median AD of a section's scale questions with 5 voices or more, labelled by their median number of voices.

    None if the questions' scales differ in length or no question has 5 voices. Carries no patterns and no r_wg.
    """
    every = list(histograms)
    counted = [one for one in every if sum(one) >= LABEL_FROM]
    if not counted or len({len(one) for one in every}) > 1:
        return None
    deviation = _median([average_deviation(one) for one in counted])
    voices = _median([Fraction(sum(one)) for one in counted])
    return Agreement(ad=deviation, label=agreement_label(deviation, int(voices), len(counted[0])))


def average_deviation(histogram: Sequence[int]) -> Fraction:
    """Mean distance from the mean level, in levels; needs at least one voice."""
    voices = sum(histogram)
    total = sum(level * count for level, count in enumerate(histogram, start=1))
    apart = sum(abs(level * voices - total) * count for level, count in enumerate(histogram, start=1))
    return Fraction(apart, voices * voices)


def agreement_label(deviation: Fraction, voices: int, size: int) -> AgreementLabel | None:
    """close, wide or mixed, for an AD of so many voices on a scale of `size` levels; None where no label is given."""
    if voices < LABEL_FROM:
        return None
    if _is_close(deviation, voices, size):
        return "close"
    if deviation >= Fraction(size, 4):
        return "wide"
    return "mixed" if voices >= MIXED_FROM else None


def _is_close(deviation: Fraction, voices: int, size: int) -> bool:
    if deviation > Fraction(size, 6):
        return False
    if voices > LARGEST:
        return True
    limit = chance_limit(voices, size)
    return limit is not None and deviation <= limit


def patterns(histogram: Sequence[int]) -> tuple[Pattern, ...]:
    """The patterns that hold, in their fixed order."""
    found: list[Pattern] = []
    if sum(histogram) >= LABEL_FROM and _spread(histogram) <= 1:
        found.append("within-one-level")
    if sum(histogram) >= PATTERN_FROM:
        if _is_split(histogram):
            found.append("split")
        if _has_lone_voice(histogram):
            found.append("lone-voice")
    return tuple(found)


def _spread(histogram: Sequence[int]) -> int:
    """Highest less lowest level that any voice stands at."""
    taken = [level for level, count in enumerate(histogram) if count]
    return taken[-1] - taken[0]


def _is_split(histogram: Sequence[int]) -> bool:
    """At least a third at or below some level, and at least a third two or more levels above it."""
    voices = sum(histogram)
    return any(
        3 * sum(histogram[: k + 1]) >= voices and 3 * sum(histogram[k + 2 :]) >= voices
        for k in range(len(histogram) - 2)
    )


def _has_lone_voice(histogram: Sequence[int]) -> bool:
    """All but one voice within one level of each other, and that one at least two levels from their mean."""
    return any(count == 1 and _stands_alone(histogram, level) for level, count in enumerate(histogram))


def _stands_alone(histogram: Sequence[int], level: int) -> bool:
    others = [0 if k == level else count for k, count in enumerate(histogram)]
    total = sum(k * count for k, count in enumerate(others))
    return _spread(others) <= 1 and abs(level * sum(others) - total) >= 2 * sum(others)


def within_group(histogram: Sequence[int]) -> Fraction:
    """r_wg = 1 - s2 / ((A2 - 1) / 12), s2 the sample variance of the level numbers. For export: weak for few voices."""
    voices = sum(histogram)
    total = sum(level * count for level, count in enumerate(histogram))
    squares = sum(level * level * count for level, count in enumerate(histogram))
    variance = Fraction(voices * squares - total * total, voices * (voices - 1))
    return 1 - variance / Fraction(len(histogram) ** 2 - 1, 12)


def _median(values: list[Fraction]) -> Fraction:
    ordered = sorted(values)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2
