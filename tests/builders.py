"""Small valid questionnaires for tests: give what the test is about, the rest is filled in.

    definition()                                          # one section "purpose" of two questions on a four-level scale
    definition(levels=7)                                  # the same on seven levels: level-1 ... level-7
    definition(section("purpose", scale_question("aim", key=True, weight="2.5")), section("voice"))
    definition(section("facts", question("members", "number", min=0), answered_by=["coordinator"]))
    definition(section("a", scale_question("x", levels=2), scale_question("y", levels=5)), bands=[...])

Scales are called `scale-A` after their length and made for whatever lengths the questions use; their levels are
`level-1` (lowest) to `level-A`, labelled "Level 1" and so on. `points` sets the points of a whole scale.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from a2p.definition.model import Questionnaire

Draft = dict[str, Any]


def scale_question(question_id: str = "aim", *, levels: int | None = None, **more: object) -> Draft:
    """A scale question on a scale of `levels` levels (the definition's own length where not given)."""
    return {"id": question_id, "ask": f"How is {question_id}?", "levels": levels, **more}


def question(question_id: str, kind: str = "text", **more: object) -> Draft:
    """A question of another type; choice and choices get the options `yes` and `not-yet` where none are given."""
    extra = {"options": options("yes", "not-yet")} if kind in {"choice", "choices"} else {}
    return {"id": question_id, "ask": f"What is {question_id}?", "type": kind, **extra, **more}


def options(*ids: str) -> list[Draft]:
    """Options with these ids, labelled by them."""
    return [{"id": option, "label": option.replace("-", " ").capitalize()} for option in ids]


def section(section_id: str = "purpose", *questions: Draft, **more: object) -> Draft:
    """A section; without questions it gets two scale questions, `<section>-1` and `<section>-2`."""
    asked = questions or (scale_question(f"{section_id}-1"), scale_question(f"{section_id}-2"))
    return {"id": section_id, "title": section_id.capitalize(), "questions": list(asked), **more}


def scale(levels: int, points: Sequence[Any] | None = None) -> list[Draft]:
    """The levels `level-1` ... `level-A`, with points if given."""
    made: list[Draft] = [{"id": f"level-{k}", "label": f"Level {k}"} for k in range(1, levels + 1)]
    for level, worth in zip(made, points or (), strict=points is not None):
        level["points"] = worth
    return made


def definition(
    *sections: Draft, levels: int = 4, points: Mapping[int, Sequence[Any]] | None = None, **more: object
) -> Questionnaire:
    """A valid questionnaire `sample`, version 1. `levels` is the length of scales that a question does not set itself;
    `points` gives points by scale length; everything else (`bands`, `title`, `about`, ...) goes in as in a file."""
    asked = [_finished(each, levels) for each in (sections or (section(),))]
    lengths = sorted({len(q["levels"]) for s in asked for q in s["questions"] if "scale" in q} or {levels})
    whole = {
        "questionnaire": "sample",
        "version": 1,
        "title": "Sample",
        "language": "en",
        "for": ["county", "district", "unitary", "local"],
        "scales": {f"scale-{length}": scale(length, (points or {}).get(length)) for length in lengths},
        "sections": asked,
    }
    return Questionnaire.model_validate(whole | more)


def _finished(draft: Draft, levels: int) -> Draft:
    """The section with each scale question's scale and descriptors written out."""
    return draft | {"questions": [_described(each, levels) for each in draft["questions"]]}


def _described(draft: Draft, levels: int) -> Draft:
    if draft.get("type", "scale") != "scale" or isinstance(draft.get("levels"), dict):
        return draft
    length = draft["levels"] or levels
    described = {f"level-{k}": f"Descriptor {k} of {draft['id']}." for k in range(1, length + 1)}
    return draft | {"scale": draft.get("scale", f"scale-{length}"), "levels": described}
