"""A capacity report over several questionnaires of one round: an opening page over all, then each one's own report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal, TypeAlias

from a2p.definition.numbering import question_numbers
from a2p.documents import imprint, messages
from a2p.documents.action_view import ActionRow
from a2p.documents.language import gettext
from a2p.documents.layout import Layout, on_paper
from a2p.documents.material import Material
from a2p.documents.order import Order
from a2p.documents.pick_texts import pick_texts
from a2p.documents.picture import Pick, Picture, is_wide, picture
from a2p.documents.report_view import ReportOptions, ReportView, report_view, titled
from a2p.documents.words import STATUSES, band_label, listed, shorten, whole

_Which: TypeAlias = Literal["strong", "weak", "widest"]
_MOST: dict[_Which, int] = {"strong": 3, "weak": 3, "widest": 5}
_FEWER: dict[_Which, int] = {"strong": 3, "weak": 3, "widest": 3}
_FEWEST: dict[_Which, int] = {"strong": 2, "weak": 2, "widest": 0}
_MANY, _VERY_MANY = 12, 18  # sections above which the opening page has room for fewer questions, and is set closer
_TEXT = 75  # characters of a question, which leave room for its questionnaire on two lines


@dataclass(frozen=True, slots=True)
class PickOfAll:
    """A question that stands out over all questionnaires: whose, its number, short wording and a figure."""

    questionnaire: str
    number: str
    text: str
    figure: str
    wide: bool


@dataclass(frozen=True, slots=True)
class WholeView:
    """One questionnaire as a whole, on the opening page."""

    title: str
    score: str
    band: str


@dataclass(frozen=True, slots=True)
class RoundView:
    """The whole document. `reports` are the questionnaires in the round's order, each with its line in `wholes`;
    `first` is the first of them with what is said once for all: the scales, what is withheld, the actions.
    `answers` are rows of (which questionnaires, who answered); `dense`: there are so many sections that it is set
    closer."""

    title: str
    language: str
    partnership: str
    kind: str
    of: str
    round: str
    when: str
    headline: str
    lede: str
    caveats: tuple[str, ...]
    strong: tuple[PickOfAll, ...]
    weak: tuple[PickOfAll, ...]
    widest: tuple[PickOfAll, ...]
    reports: tuple[ReportView, ...]
    wholes: tuple[WholeView, ...]
    answers: tuple[tuple[str, str], ...]
    versions: str
    dense: bool
    first: ReportView
    left: str
    running: str
    footer: str
    footer_large: str


def round_view(material: Material, order: Order, layout: Layout | None = None) -> RoundView:
    """Everything that the templates need."""
    materials = (material, *material.others)
    digest = material.digest(order)
    chosen = layout or on_paper(material.language, large=order.large_print)
    reports = tuple(_report(each, order, chosen, digest) for each in materials)
    disclosed = tuple(each.disclosed for each in materials)
    pictures = tuple(picture(each) for each in disclosed)
    result = material.disclosed.result
    partnership = reports[0].partnership
    return RoundView(
        title=titled(gettext(order.title), result.partnership, result.round),
        language=result.definition.language,
        partnership=partnership,
        kind=reports[0].kind,
        of=listed([each.result.definition.title for each in reports]),
        round=result.round,
        when=reports[0].when,
        headline=messages.headline_of_all(disclosed),
        lede=messages.lede_of_all(disclosed),
        caveats=tuple(dict.fromkeys(caveat for each in reports for caveat in each.caveats)),
        strong=_picks(reports, pictures, "strong", order),
        weak=_picks(reports, pictures, "weak", order),
        widest=_picks(reports, pictures, "widest", order),
        reports=(reports[0], *(replace(each, done=()) for each in reports[1:])),
        wholes=tuple(_whole(each) for each in reports),
        answers=_answers(reports),
        versions=_versions(reports),
        dense=_sections(reports) > _VERY_MANY,
        first=_first(reports, materials),
        left=shorten(partnership, 50),
        running=shorten(result.round, 30),
        footer=imprint.footer_of_all([each.result for each in disclosed], digest),
        footer_large=imprint.footer_of_all([each.result for each in disclosed], digest, short=True),
    )


def _report(material: Material, order: Order, layout: Layout, digest: str) -> ReportView:
    """One questionnaire's own report. What it says of its content's hash is the whole document's."""
    options = ReportOptions(
        large_print=order.large_print,
        support=material.support,
        known=material.known,
        named=material.named if order.names else None,
        readers=order.readers,
        at=f"{material.disclosed.result.definition.questionnaire}--",
    )
    said = material.remarks if order.comments else ()
    return replace(report_view(material.disclosed, said, options, layout), digest=digest)


def _first(reports: Sequence[ReportView], materials: Sequence[Material]) -> ReportView:
    scales = dict.fromkeys(scale for each in reports for scale in each.scales)
    hidden = sum(each.known.hidden_remarks for each in materials)
    options = reports[0].options
    return replace(
        reports[0],
        scales=tuple(scales),
        withheld=sum(each.withheld for each in reports),
        thin=False,
        actions=_actions(reports, materials),
        options=replace(options, known=replace(options.known, hidden_remarks=hidden)),
    )


def _actions(reports: Sequence[ReportView], materials: Sequence[Material]) -> tuple[ActionRow, ...]:
    """The round's actions, each with the questionnaire of the question that it is about."""
    made = list(reports[0].actions)
    for report, material in zip(reports, materials, strict=True):
        numbers = question_numbers(report.result.definition)
        for k, planned in enumerate(material.known.to_do):
            row = report.actions[k]
            if planned.about in numbers:
                about = gettext(
                    "%(questionnaire)s: question %(number)s",
                    questionnaire=report.result.definition.title,
                    number=numbers[planned.about],
                )
                made[k] = replace(row, beside=(about, *row.beside[1:]))
    return tuple(made)


def _picks(
    reports: Sequence[ReportView], pictures: Sequence[Picture], which: _Which, order: Order
) -> tuple[PickOfAll, ...]:
    """The questions of one kind that stand out most over all questionnaires."""
    found: list[tuple[Fraction, PickOfAll]] = []
    for report, chosen in zip(reports, pictures, strict=True):
        texts, title = pick_texts(chosen, large=order.large_print), shorten(report.result.definition.title, 30)
        for pick in _chosen(chosen, which):
            shown = PickOfAll(
                title,
                pick.number,
                shorten(texts[pick.asked.id], _TEXT),
                whole(pick.result.score),
                wide=is_wide(pick.result),
            )
            found.append((_rank(pick, which), shown))
    found.sort(key=lambda each: each[0])
    number = _sections(reports)
    most = _FEWEST if number > _VERY_MANY else _FEWER if number > _MANY else _MOST
    return tuple(shown for _, shown in found[: most[which]])


def _sections(reports: Sequence[ReportView]) -> int:
    return sum(not section.is_facts for report in reports for section in report.sections)


def _answers(reports: Sequence[ReportView]) -> tuple[tuple[str, str], ...]:
    """Who answered what; once where it was the same for all."""
    said: dict[str, list[str]] = {}
    for report in reports:
        said.setdefault(report.who, []).append(report.result.definition.title)
    if len(said) == 1:
        return ((gettext("Answers"), reports[0].who),)
    return tuple((listed(titles), who) for who, titles in said.items())


def _versions(reports: Sequence[ReportView]) -> str:
    """The questionnaires with their versions."""
    asked = [report.result.definition for report in reports]
    return ", ".join(
        gettext(
            "%(questionnaire)s version %(version)s (%(status)s)",
            questionnaire=each.title,
            version=each.version,
            status=gettext(STATUSES[each.status]),
        )
        for each in asked
    )


def _chosen(chosen: Picture, which: _Which) -> tuple[Pick, ...]:
    return {"strong": chosen.strong, "weak": chosen.weak, "widest": chosen.widest}[which]


def _rank(pick: Pick, which: _Which) -> Fraction:
    """Lower comes first."""
    return {"strong": -pick.score, "weak": pick.score, "widest": -pick.spread}[which]


def _whole(report: ReportView) -> WholeView:
    result = report.result
    band = next((band_label(each) for each in result.bands if each.id == result.band), "")
    score = whole(result.score if result.band and not result.score_withheld else None)
    return WholeView(result.definition.title, score, band or gettext("No band"))
