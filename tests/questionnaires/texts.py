"""Every text of the questionnaires by its place, for the tests that read them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from a2p.definition import catalogue
from a2p.definition.model import Questionnaire, ScaleQuestion
from a2p.definition.overlay import apply, load_overlay
from a2p.definition.overlay_texts import places

LONG = ("aspire", "two-tier", "perform", "place-shaping", "member-engagement")
SHORT = "first-look"
ALL = (*LONG, SHORT)
HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Placed:
    """A text and where it stands: `aspire/purpose/reason/levels/working`."""

    place: str
    text: str

    @property
    def kind(self) -> str:
        """`levels`, `ask`, `about` ...: the last step of the place that is a key of the language."""
        steps = self.place.split("/")
        named = {"title", "subtitle", "about", "ask", "help", "evidence", "levels", "advise", "discuss", "options"}
        return next((step for step in reversed(steps) if step in named), steps[-1])


@cache
def definition(questionnaire: str) -> Questionnaire:
    """A questionnaire of the catalogue, in its base texts."""
    return catalogue.read(questionnaire)


@cache
def in_local_words(questionnaire: str) -> Questionnaire:
    """The same under its local overlay."""
    path = catalogue.folder() / "overlays" / f"{questionnaire}.local.yaml"
    return apply(definition(questionnaire), [load_overlay(path, definition(questionnaire))])


def texts(questionnaire: Questionnaire) -> tuple[Placed, ...]:
    """What people read in it, labels of scales aside."""
    found = []
    for path, text in places(questionnaire).items():
        steps = [str(step) for step in path if step not in {"sections", "questions"}]
        if text is not None and steps[0] not in {"scales", "bands"}:
            found.append(Placed("/".join((questionnaire.questionnaire, *steps)), text))
    return tuple(found)


def everything() -> tuple[Placed, ...]:
    """The base texts of all questionnaires, and the catalogue of support."""
    support = [
        Placed(f"support/{module.id}/{name}", getattr(module, name))
        for module in catalogue.support_modules()
        for name in ("title", "summary", "length")
    ]
    return (*(each for name in ALL for each in texts(definition(name))), *support)


def scored(questionnaire: str) -> Iterator[ScaleQuestion]:
    """The scored questions, in order."""
    for section in definition(questionnaire).sections:
        yield from section.scale_questions
