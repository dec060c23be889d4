"""One question as a document shows it: its bar, its figures in words, the levels' own texts, evidence and remarks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from a2p.definition.model import Level, ScaleQuestion, Section
from a2p.documents.charts import StackedBar, stacked_bar
from a2p.documents.language import gettext, ngettext
from a2p.documents.layout import Setting
from a2p.documents.messages import voices
from a2p.documents.picture import is_wide
from a2p.documents.words import people, tenth, whole
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
        why_empty=_why_empty(result) if setting.result.respondents else gettext("No answers."),
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
        here=gettext("The partnership is here")
        if setting.result.together
        else gettext("More than half are here or above"),
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
    match agreement.label:
        case "close":
            return gettext("Councillors agree") if section.voices_are_councillors else gettext("Partners agree")
        case "wide":
            return _disagree(section, camps="split" in agreement.patterns)
        case "mixed":
            return (
                gettext("Views are mixed: two camps") if "split" in agreement.patterns else gettext("Views are mixed")
            )
    if "split" in agreement.patterns:
        return gettext("Two camps")
    return gettext("All within one level") if "within-one-level" in agreement.patterns else ""


def _disagree(section: Section, *, camps: bool) -> str:
    if section.voices_are_councillors:
        return gettext("Councillors disagree: two camps") if camps else gettext("Councillors disagree")
    return gettext("Partners disagree: two camps") if camps else gettext("Partners disagree")


def _why_empty(result: QuestionResult) -> str:
    if result.withheld:
        return not_shown(result.answered)
    if not result.shown:
        return gettext("Nobody who answered was asked this.")
    if result.voices:
        return ""
    if result.dont_know:
        return gettext("No level given: %(people)s did not know.", people=people(result.dont_know))
    return gettext("Nobody answered this.")


def not_shown(answered: int | None) -> str:
    """Said in the place of a withheld question's figures; the number only where disclosure leaves it."""
    if answered is None:
        return gettext("Not shown: too few people answered.")
    return gettext("Not shown: too few people answered (%(number)s).", number=answered)


def _facts(section: Section, result: QuestionResult, *, together: bool) -> tuple[str, ...]:
    said = [gettext("answered together") if together else voices(section, result.voices)]
    if result.agreement and result.voices >= 5:
        said.append(_distance(result.agreement.ad))
    if result.dont_know and not result.knowledge_gap:
        said.append(gettext("%(people)s did not know", people=people(result.dont_know)))
    if result.not_applicable:
        said.append(
            ngettext(
                "%(num)s person says it does not apply",
                "%(num)s people say it does not apply",
                result.not_applicable,
            )
        )
    if result.applicability_disputed:
        said.append(gettext("whether it applies is disputed"))
    return tuple(said)


def _distance(ad: Fraction) -> str:
    """How far the voices are from their average, in words; `ad` in levels."""
    if not ad:
        return gettext("all at one level")
    if ad < 1:
        return gettext("typically %(number)s of a level from the average", number=tenth(ad))
    return gettext("typically %(number)s levels from the average", number=tenth(ad))


def _gap(result: QuestionResult) -> str:
    if not result.knowledge_gap:
        return ""
    unknown, of = result.dont_know, result.dont_know + result.answers
    if result.range is None or result.range[0] == result.range[1]:
        return gettext("%(number)s of %(of)s people did not know", number=unknown, of=of)
    low, high = result.range
    return gettext(
        "%(number)s of %(of)s people did not know: with them the score could be anything from %(low)s to %(high)s",
        number=unknown,
        of=of,
        low=whole(low),
        high=whole(high),
    )


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
        return gettext("no level given")
    if evidence.gap is None:
        return label
    points = int(whole(abs(evidence.gap)))
    if not points:
        return gettext("%(level)s, as partners see it", level=label)
    return _gap_words(label, points, above=evidence.gap > 0, far=evidence.listed)


def _gap_words(label: str, points: int, *, above: bool, far: bool) -> str:
    if above and far:
        return ngettext(
            "%(level)s, %(num)s point above partners’ view: a gap worth talking about",
            "%(level)s, %(num)s points above partners’ view: a gap worth talking about",
            points,
            level=label,
        )
    if far:
        return ngettext(
            "%(level)s, %(num)s point below partners’ view: a gap worth talking about",
            "%(level)s, %(num)s points below partners’ view: a gap worth talking about",
            points,
            level=label,
        )
    if above:
        return ngettext(
            "%(level)s, %(num)s point above partners’ view",
            "%(level)s, %(num)s points above partners’ view",
            points,
            level=label,
        )
    return ngettext(
        "%(level)s, %(num)s point below partners’ view",
        "%(level)s, %(num)s points below partners’ view",
        points,
        level=label,
    )
