"""One question as a document shows it: its bar, its figures in words, the levels' own texts, evidence and remarks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from a2p.definition.model import Level, ScaleQuestion, Section
from a2p.documents.charts import StackedBar, stacked_bar
from a2p.documents.layout import Setting
from a2p.documents.messages import voices
from a2p.documents.picture import is_wide
from a2p.documents.words import count, people, tenth, whole
from a2p.scoring.frozen import Evidence, QuestionResult
from a2p.scoring.remarks import Remark


@dataclass(frozen=True, slots=True)
class LevelText:
    """A level with what it looks like for this question."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """The coordinator's own level in a sentence, its note and links, and whether it is far from the voices' view."""

    said: str
    note: str
    listed: bool
    links: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A scale question. `why_empty` says why there are no figures; then only what was asked and said stands beside it.

    `labels` are the scale's, given where a key must be drawn before this question; `here` heads the level reached.
    """

    id: str
    number: str
    ask: str
    help: str
    key: bool
    why_empty: str
    labels: tuple[str, ...] = ()
    bar: StackedBar | None = None
    score: str = ""
    facts: tuple[str, ...] = ()
    agreement: str = ""
    wide: bool = False
    gap: str = ""
    here: str = ""
    reached: LevelText | None = None
    next: LevelText | None = None
    advice: tuple[str, ...] = ()
    evidence: EvidenceView | None = None
    remarks: tuple[Remark, ...] = ()


def question_view(setting: Setting, section: Section, asked: ScaleQuestion, *, with_key: bool) -> QuestionView:
    """The view of one question; `with_key` puts the scale's labels before it, if it has a bar."""
    outcome = next(s for s in setting.result.sections if s.id == section.id)
    result = next(q for q in outcome.questions if q.id == asked.id)
    levels = setting.result.definition.scale_of(asked)
    view = QuestionView(
        id=asked.id,
        number=setting.numbers[asked.id],
        ask=asked.ask,
        help=asked.help or "",
        key=asked.key,
        why_empty=_why_empty(result) if setting.result.respondents else "No answers.",
        evidence=_evidence(result.evidence, levels),
        remarks=setting.said(asked.id),
    )
    if view.why_empty:
        return view
    layout = setting.layout
    return replace(
        view,
        labels=tuple(level.label for level in levels) if with_key else (),
        bar=level_bar(result, levels, width=layout.bar_width, height=layout.bar_height, font=layout.font),
        score=whole(result.score),
        facts=_facts(section, result, together=setting.result.together),
        here="The partnership is here" if setting.result.together else "More than half are here or above",
        agreement=agreement_words(section, result),
        wide=is_wide(result),
        gap=_gap(result),
        reached=_level_text(asked, levels, result.reached),
        next=_level_text(asked, levels, result.next),
        advice=result.advice,
    )


def level_bar(
    result: QuestionResult, levels: Sequence[Level], *, width: float, height: float, font: float
) -> StackedBar:
    """The stacked bar of a question's voices."""
    counts = [(level.label, result.levels.get(level.id, 0)) for level in levels]
    return stacked_bar(counts, width=width, height=height, font=font)


def agreement_words(section: Section, result: QuestionResult) -> str:
    """How close the voices are, in words; a lone voice is never pointed out. Empty where nothing may be said."""
    agreement = result.agreement
    if agreement is None:
        return ""
    who = "Councillors" if section.voices_are_councillors else "Partners"
    said = {"close": f"{who} agree", "wide": f"{who} disagree", "mixed": "Views are mixed", None: ""}[agreement.label]
    if "split" in agreement.patterns and agreement.label != "close":
        return f"{said}: two camps" if said else "Two camps"
    if "within-one-level" in agreement.patterns and not said:
        return "All within one level"
    return said


def _why_empty(result: QuestionResult) -> str:
    if result.withheld:
        return not_shown(result.answered)
    if not result.shown:
        return "Nobody who answered was asked this."
    if result.voices:
        return ""
    if result.dont_know:
        return f"No level given: {people(result.dont_know)} did not know."
    return "Nobody answered this."


def not_shown(answered: int | None) -> str:
    """Said in the place of a withheld question's figures; the number only where disclosure leaves it."""
    return "Not shown: too few people answered" + ("." if answered is None else f" ({answered}).")


def _facts(section: Section, result: QuestionResult, *, together: bool) -> tuple[str, ...]:
    said = ["answered together" if together else voices(section, result.voices)]
    if result.agreement and result.voices >= 5:
        said.append(_distance(result.agreement.ad))
    if result.dont_know and not result.knowledge_gap:
        said.append(f"{people(result.dont_know)} did not know")
    if result.not_applicable:
        verb = "says" if result.not_applicable == 1 else "say"
        said.append(f"{people(result.not_applicable)} {verb} it does not apply")
    if result.applicability_disputed:
        said.append("whether it applies is disputed")
    return tuple(said)


def _distance(ad: Fraction) -> str:
    """How far the voices are from their average, in words; `ad` in levels."""
    if not ad:
        return "all at one level"
    return f"typically {tenth(ad)} {'of a level' if ad < 1 else 'levels'} from the average"


def _gap(result: QuestionResult) -> str:
    if not result.knowledge_gap:
        return ""
    said = f"{result.dont_know} of {result.dont_know + result.answers} people did not know"
    if result.range is None or result.range[0] == result.range[1]:
        return said
    low, high = result.range
    return f"{said}: with them the score could be anything from {whole(low)} to {whole(high)}"


def _level_text(asked: ScaleQuestion, levels: Sequence[Level], level_id: str | None) -> LevelText | None:
    if level_id is None:
        return None
    label = next(level.label for level in levels if level.id == level_id)
    return LevelText(label, asked.levels[level_id])


def _evidence(evidence: Evidence | None, levels: Sequence[Level]) -> EvidenceView | None:
    if evidence is None or not (evidence.level or evidence.note or evidence.links):
        return None
    label = next((level.label for level in levels if level.id == evidence.level), "")
    return EvidenceView(_evidence_said(evidence, label), evidence.note, evidence.listed, evidence.links)


def _evidence_said(evidence: Evidence, label: str) -> str:
    if not label:
        return "no level given"
    if evidence.gap is None:
        return label
    points = whole(abs(evidence.gap))
    if points == "0":
        return f"{label}, as partners see it"
    where = "above" if evidence.gap > 0 else "below"
    far = ": a gap worth talking about" if evidence.listed else ""
    return f"{label}, {count(int(points), 'point', 'points')} {where} partners’ view{far}"
