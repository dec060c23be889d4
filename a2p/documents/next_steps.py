"""What to talk about and what to do next, chosen by stated rules from a disclosed result.

A section *calls for attention* if it has a band and scores below 50, if its voices or those of one of its questions are
far apart, or if one of its questions is a knowledge gap. Those that call come in order of score, the lowest first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from a2p.definition.model import Section
from a2p.definition.support import Module
from a2p.documents.language import gettext, ngettext, noted
from a2p.documents.picture import WEAK, Picture, is_wide, pairs
from a2p.documents.words import first_sentence, listed, questions, whole
from a2p.scoring.frozen import FrozenResult, SectionResult

FIRST_LOOK = "first-look"
# Which questionnaire looks closer at a section of the first look.
_CLOSER = {
    "governance": ("aspire", noted("Aspire"), noted("how the partnership is set up and governed")),
    "two-tier-working": ("two-tier", noted("Two-tier"), noted("working across county and districts")),
    "delivery": ("perform", noted("Perform"), noted("how well the partnership delivers")),
    "place-shaping": ("place-shaping", noted("Place shaping"), noted("what this place should become")),
    "members": (
        "member-engagement",
        noted("Member engagement"),
        noted("what councillors bring to the partnership and get from it"),
    ),
}
FORMATS: Mapping[str, str] = {
    "workshop": noted("Workshop"),
    "peer-visit": noted("Peer visit"),
    "reading": noted("Reading"),
    "mentoring": noted("Mentoring"),
}
_MOST = 3


@dataclass(frozen=True, slots=True)
class Topic:
    """A section to talk about: why it is here, and the questions that its definition offers."""

    title: str
    why: str
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Offer:
    """A support module that serves a section which calls for attention; `gist` is its summary's first sentence."""

    module: str
    title: str
    summary: str
    gist: str
    kind: str
    length: str
    why: str


@dataclass(frozen=True, slots=True)
class Closer:
    """A questionnaire worth running after the first look: its id, title, subject, and why."""

    id: str
    title: str
    subject: str
    why: str


def topics(result: FrozenResult) -> tuple[Topic, ...]:
    """At most three sections that call for attention, or the one with the lowest score where none does."""
    chosen = [pair for pair in _calling(result) if pair[0].discuss] or [p for p in _banded(result) if p[0].discuss][:1]
    return tuple(Topic(section.title, reason(outcome), section.discuss) for section, outcome in chosen[:_MOST])


def offers(result: FrozenResult, support: Sequence[Module]) -> tuple[Offer, ...]:
    """The modules that serve a section which calls for attention, in the catalogue's order."""
    calling = {f"{result.definition.questionnaire}/{section.id}": section for section, _ in _calling(result)}
    made: list[Offer] = []
    for module in support:
        served = [s for key, s in calling.items() if key in module.serves or module.id in s.support]
        if served:
            why = gettext("Fits %(sections)s", sections=listed([section.title for section in served]))
            made.append(
                Offer(
                    module.id,
                    module.title,
                    module.summary,
                    first_sentence(module.summary),
                    gettext(FORMATS[module.format]),
                    module.length,
                    why,
                )
            )
    return tuple(made)


def closer_looks(result: FrozenResult) -> tuple[Closer, ...]:
    """After the first look: at most three questionnaires for the sections that call, or for the lowest where none does.

    Two-tier is not for a unitary partnership. Empty for every other questionnaire, and where no section has a band.
    """
    if result.definition.questionnaire != FIRST_LOOK:
        return ()
    ours = [p for p in _calling(result) if _applies(p[0], result)] or [
        p for p in _banded(result) if _applies(p[0], result)
    ][:1]
    return tuple(_closer(*_CLOSER[section.id], outcome) for section, outcome in ours[:_MOST])


def _closer(questionnaire: str, title: str, subject: str, outcome: SectionResult) -> Closer:
    return Closer(questionnaire, gettext(title), gettext(subject), reason(outcome))


def disagreement_prompt(picture: Picture) -> str:
    """Names the questions where views differ, for the room to talk about; empty where there are none."""
    if not picture.widest:
        return ""
    numbers = [pick.number for pick in picture.widest]
    return ngettext(
        "Views differ on question %(questions)s.",
        "Views differ on questions %(questions)s.",
        len(numbers),
        questions=listed(numbers),
    )


def reason(outcome: SectionResult) -> str:
    """Why a section is worth attention, in a few words."""
    said = []
    if outcome.band and outcome.score is not None:
        score = whole(outcome.score)
        low = outcome.score < WEAK
        said.append(
            gettext("score %(score)s, below the middle", score=score)
            if low
            else gettext("score %(score)s", score=score)
        )
    wide = sum(is_wide(q) for q in outcome.questions)
    if wide:
        said.append(gettext("wide disagreement on %(questions)s", questions=questions(wide)))
    gaps = sum(q.knowledge_gap for q in outcome.questions)
    if gaps:
        said.append(gettext("many don’t know on %(questions)s", questions=questions(gaps)))
    text = "; ".join(said)
    return text[:1].upper() + text[1:]


def _calls(outcome: SectionResult) -> bool:
    low = outcome.band is not None and outcome.score is not None and outcome.score < WEAK
    apart = outcome.agreement is not None and outcome.agreement.label == "wide"
    return low or apart or any(is_wide(q) or q.knowledge_gap for q in outcome.questions)


def _calling(result: FrozenResult) -> list[tuple[Section, SectionResult]]:
    return sorted((pair for pair in pairs(result) if _calls(pair[1])), key=lambda pair: _score(pair[1]))


def _banded(result: FrozenResult) -> list[tuple[Section, SectionResult]]:
    """Sections with a band, the lowest score first."""
    return sorted((pair for pair in pairs(result) if pair[1].band), key=lambda pair: _score(pair[1]))


def _score(outcome: SectionResult) -> Fraction:
    return outcome.score if outcome.score is not None else Fraction(100)


def _applies(section: Section, result: FrozenResult) -> bool:
    return section.id in _CLOSER and not (result.kind == "unitary" and section.id == "two-tier-working")
