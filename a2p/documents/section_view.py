"""A section as a document shows it: score among its bands, its questions, or the coordinator's facts."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from a2p.definition.model import ScaleQuestion, Section
from a2p.documents.charts import ScoreTrack, score_track
from a2p.documents.language import gettext
from a2p.documents.layout import Setting
from a2p.documents.messages import agreement_sentence, section_lede
from a2p.documents.picture import pairs
from a2p.documents.question_view import QuestionView, question_view
from a2p.documents.value_view import FactView, ValueView, fact_view, value_view
from a2p.documents.words import NONE, band_label, whole
from a2p.scoring.frozen import FrozenResult, SectionResult

Item: TypeAlias = QuestionView | ValueView


@dataclass(frozen=True, slots=True)
class SectionView:
    """One section. A facts section has `facts` and no `items`; `no_facts` says that none were given."""

    id: str
    number: int
    title: str
    about: str
    lede: str
    track: ScoreTrack
    score: str
    band: str
    agreement: str
    wide: bool
    is_facts: bool
    no_facts: bool
    items: tuple[Item, ...]
    facts: tuple[FactView, ...]
    discuss: tuple[str, ...]


def section_views(setting: Setting) -> tuple[SectionView, ...]:
    """Every section of the questionnaire, in order."""
    return tuple(
        _section_view(setting, k, section, outcome)
        for k, (section, outcome) in enumerate(pairs(setting.result), start=1)
    )


def _section_view(setting: Setting, number: int, section: Section, outcome: SectionResult) -> SectionView:
    result = setting.result
    facts = _facts(section, outcome, setting.numbers) if section.is_facts else ()
    band = next((band_label(b) for b in result.bands if b.id == outcome.band), "")
    return SectionView(
        id=section.id,
        number=number,
        title=section.title,
        about=section.about or "",
        lede="" if section.is_facts else section_lede(section, outcome, result),
        track=section_track(section, outcome, setting),
        score=whole(outcome.score if outcome.band else None),
        band=band or gettext("Too few answers"),
        agreement=agreement_sentence(section, outcome).rstrip(".") or NONE,
        wide=outcome.agreement is not None and outcome.agreement.label == "wide",
        is_facts=section.is_facts,
        no_facts=not any(fact.given for fact in facts),
        items=() if section.is_facts else _items(setting, section, outcome),
        facts=facts,
        discuss=section.discuss,
    )


def section_track(section: Section, outcome: SectionResult, setting: Setting) -> ScoreTrack:
    """The section's score among the bands; the band alone where the score is withheld; empty where there is no band."""
    result, layout = setting.result, setting.layout
    edges = [(_short_label(result, k), float(band.start)) for k, band in enumerate(result.bands)]
    label = next((band_label(b) for b in result.bands if b.id == outcome.band), "")
    score = None if outcome.score_withheld or outcome.band is None else outcome.score
    marked = next((k for k, b in enumerate(result.bands) if b.id == outcome.band), None) if score is None else None
    return score_track(
        None if score is None else float(score),
        edges,
        title=_track_title(section, label, score),
        width=layout.track_width,
        height=layout.track_height,
        marked=marked,
    )


def _track_title(section: Section, band: str, score: Fraction | None) -> str:
    if not band:
        return gettext("%(section)s: not enough answers", section=section.title)
    if score is None:
        return gettext("%(section)s: %(band)s", section=section.title, band=band)
    return gettext(
        "%(section)s: score %(score)s of 100, %(band)s", section=section.title, score=whole(score), band=band
    )


def _short_label(result: FrozenResult, band: int) -> str:
    """The level's own label for a band made from a scale's level, else the band's."""
    made = result.bands[band]
    for levels in result.definition.scales.values():
        for level in levels:
            if level.id == made.id and made.label.lower().endswith(level.label.lower()):
                return level.label
    return band_label(made)


def _facts(section: Section, outcome: SectionResult, numbers: dict[str, str]) -> tuple[FactView, ...]:
    results = {value.id: value for value in outcome.values}
    return tuple(fact_view(q, results[q.id], numbers[q.id]) for q in section.questions if q.id in results)


def _items(setting: Setting, section: Section, outcome: SectionResult) -> tuple[Item, ...]:
    values = {value.id: value for value in outcome.values}
    made: list[Item] = []
    scale = ""  # of the key drawn last
    for asked in section.questions:
        if not isinstance(asked, ScaleQuestion):
            said = setting.said(asked.id)
            number, people = setting.numbers[asked.id], setting.result.respondents
            made.append(value_view(asked, values[asked.id], number, said, respondents=people))
            continue
        view = question_view(setting, section, asked, with_key=asked.scale != scale)
        scale = asked.scale if view.labels else scale
        made.append(view)
    return tuple(made)
