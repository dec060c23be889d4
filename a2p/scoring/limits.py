"""The largest average deviation that chance seldom gives: c(n, A) of scoring rule 5.

c(n, A) is the largest value v that the average deviation (AD) of n answers can take, such that n answers drawn
independently and uniformly from A levels have AD <= v with probability at most 1/20; None if there is no such value.
After Burke and Dunlap (2002), who gave significance limits for AD by simulation; these are exact.
"""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from math import comb

SMALLEST, LARGEST = 5, 14

_TABLE: dict[int, tuple[str | None, ...]] = {
    2: (None, "0", "0", "0", "16/81", "9/50", "20/121", "5/18", "44/169", "12/49"),
    3: ("0", "5/18", "2/7", "3/8", "32/81", "21/50", "56/121", "4/9", "6/13", "45/98"),
    4: ("8/25", "4/9", "20/49", "1/2", "46/81", "14/25", "76/121", "47/72", "110/169", "65/98"),
    5: ("2/5", "5/9", "30/49", "11/16", "58/81", "37/50", "96/121", "59/72", "140/169", "83/98"),
    6: ("12/25", "11/18", "36/49", "13/16", "70/81", "9/10", "114/121", "71/72", "170/169", "101/98"),
    7: ("16/25", "7/9", "6/7", "31/32", "82/81", "27/25", "134/121", "83/72", "198/169", "59/49"),
    8: ("18/25", "17/18", "50/49", "35/32", "94/81", "61/50", "14/11", "95/72", "226/169", "67/49"),
    9: ("22/25", "1", "8/7", "39/32", "106/81", "69/50", "174/121", "107/72", "256/169", "76/49"),
    10: ("24/25", "7/6", "64/49", "11/8", "118/81", "77/50", "192/121", "119/72", "284/169", "167/98"),
    11: ("26/25", "23/18", "10/7", "49/32", "130/81", "17/10", "212/121", "131/72", "24/13", "185/98"),
}


def chance_limit(voices: int, size: int) -> Fraction | None:
    """c(n, A) for 5 to 14 voices on a scale of 2 to 11 levels, from the table that `enumerated_limit` makes."""
    found = _TABLE[size][voices - SMALLEST]
    return None if found is None else Fraction(found)


def enumerated_limit(voices: int, size: int) -> Fraction | None:
    """c(n, A) counted out in integers: every histogram of the voices, weighted by the number of ways to get it."""
    ways: Counter[int] = Counter()
    for total in range(voices, voices * size + 1):
        ways += _ways_by_deviation(voices, size, total)
    reached = 0
    limit = None
    for deviation in sorted(ways):
        reached += ways[deviation]
        if 20 * reached > size**voices:
            break
        limit = Fraction(deviation, voices * voices)
    return limit


def _ways_by_deviation(voices: int, size: int, total: int) -> Counter[int]:
    """Ways for the voices' level numbers to add up to `total`, by the sum of |n * level - total|: n * n * AD."""
    states: Counter[tuple[int, int, int]] = Counter({(0, 0, 0): 1})
    for level in range(1, size + 1):
        step = abs(voices * level - total)
        grown: Counter[tuple[int, int, int]] = Counter()
        for (used, summed, deviation), ways in states.items():
            for more in range(min(voices - used, (total - summed) // level) + 1):
                key = (used + more, summed + more * level, deviation + more * step)
                grown[key] += ways * comb(voices - used, more)
        states = grown
    found: Counter[int] = Counter()
    for (used, summed, deviation), ways in states.items():
        if used == voices and summed == total:
            found[deviation] += ways
    return found
