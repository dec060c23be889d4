"""A second scoring, written from the rules alone and as plainly as they read: dicts, lists and fractions.

It shares nothing with a2p.scoring. A definition is the dict that a file would give; answers are rows of a CSV file:
dicts with respondent, organisation, sector, councillor, question, answer. Figures stay exact.
"""

from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from itertools import accumulate
from math import factorial
from typing import Any

Plain = dict[str, Any]


def score_round(
    definition: Plain, rows: list[dict[str, str]], *, together: bool = False, evidence: dict[str, str] | None = None
) -> Plain:
    """The object of "Machine output", with fractions where it has rounded numbers."""
    folk: Plain = {}
    for row in rows:
        one = folk.setdefault(row["respondent"], {"row": row, "said": {}})
        one["said"][row["question"]] = row["answer"]
    for one in folk.values():
        one["sees"] = what_is_seen(definition, one)
    sections = [score_section(definition, s, folk, together, evidence or {}) for s in definition["sections"]]
    have = [
        (x["score"], number(s.get("weight", 1)))
        for x, s in zip(sections, definition["sections"], strict=True)
        if x["score"] is not None
    ]
    total = sum(v * w for v, w in have) / sum(w for _, w in have) if have else None
    with_scale = [x for x in sections if x["questions"]]
    banded = [x for x in with_scale if x["band"] is not None]
    band = None
    if with_scale and total is not None and Fraction(len(banded), len(with_scale)) >= Fraction(60, 100):
        band = band_of(definition, total)[1]
    return {
        "respondents": len(folk),
        "organisations": len({one["row"]["organisation"] for one in folk.values()}),
        "dominant_sector": dominant(definition, folk),
        "score": total,
        "band": band,
        "sections": sections,
    }


def number(text: object) -> Fraction:
    return Fraction(str(text))


def is_scale(question: Plain) -> bool:
    return bool(question.get("type", "scale") == "scale")


def what_is_seen(definition: Plain, one: Plain) -> list[str]:
    """Ids of the questions put to a respondent: the sections for them, less what show_if hides."""
    me = "councillors" if one["row"]["councillor"] else "partners"
    seen = []
    for section in definition["sections"]:
        if me not in section.get("answered_by", ["partners"]):
            continue
        for question in section["questions"]:
            wanted = question.get("show_if", {})
            if all(
                key in seen and any(piece in ids for piece in one["said"].get(key, "").split())
                for key, ids in wanted.items()
            ):
                seen.append(question["id"])
    return seen


def points_of(scale: list[Plain]) -> list[Fraction]:
    size = len(scale)
    if "points" in scale[0]:
        return [number(level["points"]) for level in scale]
    return [Fraction(100 * k, size - 1) for k in range(size)]


def closest_level(levels: list[int]) -> int:
    """Nearest to the mean; of two equally near, the lower."""
    mean = Fraction(sum(levels), len(levels))
    best = min(levels)
    for candidate in range(min(levels), max(levels) + 1):
        if abs(candidate - mean) < abs(best - mean):
            best = candidate
    return best


def voices(said: list[tuple[str, int]], size: int) -> list[int]:
    """Histogram from (voice, level) pairs."""
    by_voice: dict[str, list[int]] = {}
    for voice, level in said:
        by_voice.setdefault(voice, []).append(level)
    stands = [closest_level(levels) for levels in by_voice.values()]
    return [stands.count(k) for k in range(1, size + 1)]


def mean_points(counts: list[int], points: list[Fraction]) -> Fraction | None:
    n = sum(counts)
    return Fraction(sum(c * p for c, p in zip(counts, points, strict=True))) / n if n else None


def score_section(definition: Plain, section: Plain, folk: Plain, together: bool, evidence: dict[str, str]) -> Plain:
    least = 1 if together else 3
    alone = [who for who in section.get("answered_by", ["partners"]) if who != "coordinator"] == ["councillors"]
    questions = []
    weights = []
    asked = filled = 0
    shown_to_any = with_score = 0
    low_key = False
    for question in section["questions"]:
        if not is_scale(question):
            continue
        result, shown = score_question(definition, question, folk, alone, evidence)
        questions.append(result)
        weights.append(number(question.get("weight", 1)))
        asked += shown
        filled += shown - result["blank"]
        if shown:
            shown_to_any += 1
            with_score += result["voices"] >= least
        if question.get("key") and result["voices"] >= least and result["score"] < Fraction(100, 3):
            low_key = True
    have = [(q["score"], w) for q, w in zip(questions, weights, strict=True) if q["score"] is not None]
    score = sum(x * w for x, w in have) / sum(w for _, w in have) if have else None
    band, capped = None, False
    if score is not None and shown_to_any and Fraction(with_score, shown_to_any) >= Fraction(6, 10):
        names = all_bands(definition)
        place, band = band_of(definition, score)
        if low_key and place > 1:
            band, capped = names[1][1], True
    return {
        "id": section["id"],
        "score": score,
        "band": band,
        "capped": capped,
        "completeness": Fraction(filled, asked) if asked else None,
        "agreement": section_closeness(questions),
        "questions": questions,
    }


def all_bands(definition: Plain) -> list[tuple[Fraction, str]]:
    """(lower edge, id), lowest first."""
    if "bands" in definition:
        return [(number(b["from"]), b["id"]) for b in definition["bands"]]
    for section in definition["sections"]:
        for question in section["questions"]:
            if is_scale(question):
                scale = definition["scales"][question["scale"]]
                return [(Fraction(100 * k, len(scale)), level["id"]) for k, level in enumerate(scale)]
    return []


def band_of(definition: Plain, score: Fraction) -> tuple[int, str]:
    found = (0, "")
    for place, (edge, name) in enumerate(all_bands(definition)):
        if score >= edge:
            found = (place, name)
    return found


def score_question(
    definition: Plain, question: Plain, folk: Plain, alone: bool, evidence: dict[str, str]
) -> tuple[Plain, int]:
    scale = definition["scales"][question["scale"]]
    ids = [level["id"] for level in scale]
    size = len(scale)
    points = points_of(scale)
    said, unsure = [], []
    not_applicable = blank = 0
    for name, one in folk.items():
        if question["id"] not in one["sees"]:
            continue
        voice = name if alone else one["row"]["organisation"]
        answer = one["said"].get(question["id"], "")
        if answer == "":
            blank += 1
        elif answer == "dont-know":
            unsure.append(voice)
        elif answer == "not-applicable":
            not_applicable += 1
        else:
            said.append((voice, ids.index(answer) + 1))
    counts = voices(said, size)
    score = mean_points(counts, points)
    spread = None
    if score is not None:
        spread = [
            mean_points(voices(said + [(v, 1) for v in unsure], size), points),
            mean_points(voices(said + [(v, size) for v in unsure], size), points),
        ]
    reached = None
    for k in range(size):
        if Fraction(sum(counts[k:])) > Fraction(sum(counts), 2):
            reached = k
    level = evidence.get(question["id"])
    know, dont = len(said), len(unsure)
    result = {
        "id": question["id"],
        "score": score,
        "voices": sum(counts),
        "levels": dict(zip(ids, counts, strict=True)),
        "answers": know,
        "dont_know": dont,
        "not_applicable": not_applicable,
        "blank": blank,
        "dont_know_share": Fraction(dont, dont + know) if dont + know else None,
        "range": spread,
        "knowledge_gap": bool(dont >= 2 and Fraction(dont, dont + know) >= Fraction(1, 4)),
        "applicability_disputed": bool(know >= 1 and 3 * not_applicable >= not_applicable + dont + know),
        "agreement": closeness(counts),
        "reached": None if reached is None else ids[reached],
        "next": ids[reached + 1] if reached is not None and reached + 1 < size else None,
        "evidence_gap": points[ids.index(level)] - score if level and score is not None else None,
    }
    return result, know + dont + not_applicable + blank


def spelled_out(counts: list[int]) -> list[int]:
    return [level for level, count in enumerate(counts, start=1) for _ in range(count)]


def deviation(levels: list[int]) -> Fraction:
    mean = Fraction(sum(levels), len(levels))
    return Fraction(sum(abs(level - mean) for level in levels)) / len(levels)


def closeness(counts: list[int]) -> Plain | None:
    levels = spelled_out(counts)
    n, size = len(levels), len(counts)
    if n < 2:
        return None
    mean = Fraction(sum(levels), n)
    variance = sum((level - mean) ** 2 for level in levels) / (n - 1)
    patterns = []
    if n >= 5 and max(levels) - min(levels) <= 1:
        patterns.append("within-one-level")
    if n >= 6:
        for k in range(1, size + 1):
            below = len([x for x in levels if x <= k])
            above = len([x for x in levels if x >= k + 2])
            if Fraction(below, n) >= Fraction(1, 3) and Fraction(above, n) >= Fraction(1, 3):
                patterns.append("split")
                break
        for place in range(n):
            rest = levels[:place] + levels[place + 1 :]
            if max(rest) - min(rest) <= 1 and abs(levels[place] - Fraction(sum(rest), n - 1)) >= 2:
                patterns.append("lone-voice")
                break
    return {
        "ad": deviation(levels),
        "label": label(deviation(levels), n, size),
        "patterns": patterns,
        "r_wg": 1 - variance / Fraction(size**2 - 1, 12),
    }


def label(ad: Fraction, n: int, size: int) -> str | None:
    if n < 5:
        return None
    if ad <= Fraction(size, 6):
        limit = by_chance(n, size) if n <= 14 else ad
        if limit is not None and ad <= limit:
            return "close"
    if ad >= Fraction(size, 4):
        return "wide"
    return "mixed" if n >= 9 else None


@cache
def by_chance(n: int, size: int) -> Fraction | None:
    """c(n, A): all ways to put n answers on A levels, each as often as it happens."""
    often: dict[int, int] = {}
    for bars in shares(n, size):
        ways = factorial(n)
        for bar in bars:
            ways //= factorial(bar)
        total = sum(k * bar for k, bar in enumerate(bars))
        apart = sum(bar * abs(n * k - total) for k, bar in enumerate(bars))
        often[apart] = often.get(apart, 0) + ways
    values = sorted(often)
    reached = list(accumulate(often[value] for value in values))
    good = [v for v, ways in zip(values, reached, strict=True) if Fraction(ways, size**n) <= Fraction(5, 100)]
    return Fraction(max(good), n * n) if good else None


def shares(n: int, size: int) -> Iterator[tuple[int, ...]]:
    if size == 1:
        yield (n,)
        return
    for first in range(n + 1):
        for rest in shares(n - first, size - 1):
            yield (first, *rest)


def middle(values: list[Any]) -> Fraction:
    values = sorted(values)
    n = len(values)
    return values[n // 2] if n % 2 else Fraction(values[n // 2 - 1] + values[n // 2], 2)


def section_closeness(questions: list[Plain]) -> Plain | None:
    if len({len(q["levels"]) for q in questions}) != 1:
        return None
    good = [q for q in questions if q["voices"] >= 5]
    if not good:
        return None
    ad = middle([q["agreement"]["ad"] for q in good])
    n = int(middle([q["voices"] for q in good]))
    return {"ad": ad, "label": label(ad, n, len(good[0]["levels"]))}


def dominant(definition: Plain, folk: Plain) -> str | None:
    """The sector of more than half of the organisations (of the councillors, where nobody else is asked)."""
    asked = [set(s.get("answered_by", ["partners"])) - {"coordinator"} for s in definition["sections"]]
    asked = [who for who in asked if who]
    sectors: dict[str, str] = {}
    for name, one in folk.items():
        if asked and all(who == {"councillors"} for who in asked):
            if one["row"]["councillor"]:
                sectors[name] = one["row"]["sector"]
        else:
            sectors[one["row"]["organisation"]] = one["row"]["sector"]
    for sector in sectors.values():
        if sector and list(sectors.values()).count(sector) * 2 > len(sectors):
            return sector
    return None
