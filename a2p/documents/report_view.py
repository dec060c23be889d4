"""All that a capacity report says, ready to be set: a pure function of the disclosed result, remarks and options."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from a2p.definition.model import Level
from a2p.definition.support import Module
from a2p.documents import imprint, messages
from a2p.documents.action_view import ActionRow, action_rows
from a2p.documents.appendix import AppendixTable, appendix
from a2p.documents.beside_view import BesideView, beside_view
from a2p.documents.charts import DotRow, ScoreTrack, StackedBar, dot_row
from a2p.documents.groups_view import GroupTable, group_tables
from a2p.documents.known import DONE, NOTHING_KNOWN, Known
from a2p.documents.language import gettext, noted
from a2p.documents.layout import LARGE, Layout, Setting, on_paper
from a2p.documents.named_view import NamedView, named_view
from a2p.documents.next_steps import Closer, Offer, Topic, closer_looks, disagreement_prompt, offers, topics
from a2p.documents.outcome_view import AgreedView, SinceView, agreed_view, since_view
from a2p.documents.pick_texts import pick_texts
from a2p.documents.picture import Pick, Picture, is_wide, picture
from a2p.documents.question_view import LevelText, QuestionView, level_bar, question_view
from a2p.documents.section_view import SectionView, section_views
from a2p.documents.words import kind, lower_first, organisations, people, sector, shorten, whole
from a2p.scoring.disclosure import Disclosed
from a2p.scoring.frozen import FrozenResult
from a2p.scoring.named import NamedLevels
from a2p.scoring.remarks import Remark

# In large print a summary of two sides has room for so many of each kind.
_FEWER = {"strong": 2, "weak": 2, "widest": 2}
_UNNAMED = noted("This partnership")
_KINDS = {False: noted("Capacity report"), True: noted("Board summary")}


@dataclass(frozen=True, slots=True)
class ReportOptions:
    """`large_print`: 18 pt body. `summary`: the board's summary, two sides at most. `section`: the id of the one
    section that it is of, empty for all. `support`: the region's modules. `known`: what was recorded after the round.
    `named`: organisations' levels by name, for the appendix of an open round's report; the summary never has them.
    `readers`: those to whom the round is released whole, for whom it is: there is no sheet of actions in it then. `at`
    stands before every id, where there are several questionnaires in a document."""

    large_print: bool = False
    summary: bool = False
    section: str = ""
    support: tuple[Module, ...] = ()
    known: Known = NOTHING_KNOWN
    named: NamedLevels | None = None
    readers: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class PickView:
    """A question that stands out: number, short wording, a figure, and its bar where the spread is the message."""

    id: str
    number: str
    text: str
    figure: str
    wide: bool = False
    bar: StackedBar | None = None


@dataclass(frozen=True, slots=True)
class SectorView:
    """Who answered from one sector."""

    name: str
    dots: DotRow
    organisations: int
    people: int


@dataclass(frozen=True, slots=True)
class PictureView:
    """The picture page."""

    headline: str
    lede: str
    disagreement_title: str
    widest: tuple[PickView, ...]
    strong_title: str
    strong: tuple[PickView, ...]
    weak_title: str
    weak: tuple[PickView, ...]
    gaps_title: str
    gaps: tuple[PickView, ...]
    more_gaps: int
    sectors: tuple[SectorView, ...]
    bands: ScoreTrack
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReportView:
    """The whole report. Dates and names that are not known leave their texts empty; `thin`: no figures to picture."""

    result: FrozenResult
    options: ReportOptions
    partnership: str
    partnership_in_text: str
    partnership_short: str
    kind: str
    when: str
    who: str
    caveats: tuple[str, ...]
    title: str
    running: str
    footer: str
    footer_large: str
    digest: str
    scales: tuple[tuple[tuple[str, str], ...], ...]
    withheld: int
    thin: bool
    picture: PictureView
    sections: tuple[SectionView, ...]
    begin: tuple[QuestionView, ...]
    topics: tuple[Topic, ...]
    prompt: str
    offers: tuple[Offer, ...]
    closer: tuple[Closer, ...]
    tables: tuple[AppendixTable, ...]
    named: NamedView | None
    has_remarks: bool
    groups: tuple[GroupTable, ...]
    agreed: AgreedView | None
    beside: BesideView | None
    since: SinceView | None
    actions: tuple[ActionRow, ...]
    done: tuple[ActionRow, ...]


def report_view(
    disclosed: Disclosed, remarks: tuple[Remark, ...], options: ReportOptions, layout: Layout | None = None
) -> ReportView:
    """Everything the templates need; nothing is computed in them. `layout` is the options' own unless given."""
    result = disclosed.result
    setting = Setting(result, remarks, layout or on_paper(disclosed.language, large=options.large_print))
    chosen = picture(disclosed, **_FEWER) if options.large_print and options.summary else picture(disclosed)
    digest = content_digest(disclosed, remarks, options)
    name, unnamed = shorten(result.definition.title, 40), gettext(_UNNAMED)
    sections = tuple(_placed(each, options.at) for each in section_views(setting) if options.section in ("", each.id))
    named = None if options.named is None or options.summary else named_view(disclosed, options.named)
    return ReportView(
        result=result,
        options=options,
        partnership=shorten(result.partnership or unnamed, 160),
        partnership_in_text=shorten(result.partnership or lower_first(unnamed), 160),
        partnership_short=shorten(result.partnership or unnamed, 50),
        kind=kind(result.kind),
        when=imprint.when(result),
        who=_who(result),
        caveats=_caveats(disclosed, options, named),
        title=titled(gettext(_KINDS[options.summary]), result.partnership, name, result.round),
        running=" · ".join(filter(None, (name, shorten(result.round, 30)))),
        footer=imprint.footer(result, digest),
        footer_large=imprint.short_footer(result, digest),
        digest=digest,
        scales=tuple(_scale(levels) for levels in result.definition.scales.values()),
        withheld=chosen.withheld,
        thin=not chosen.scored,
        picture=_picture_view(disclosed, chosen, sections, setting, options),
        sections=sections,
        begin=tuple(_briefly(pick, setting) for pick in chosen.weak),
        topics=topics(result),
        prompt=disagreement_prompt(chosen),
        offers=offers(result, options.support),
        closer=closer_looks(result),
        tables=appendix(setting),
        named=named,
        has_remarks=bool(remarks),
        groups=group_tables(disclosed),
        agreed=agreed_view(disclosed, options.known),
        beside=beside_view(result, options.known, setting.layout),
        since=since_view(result, options.known),
        actions=action_rows(options.known.to_do, result.definition),
        done=action_rows(options.known.standing(DONE), result.definition),
    )


def titled(what: str, *of: str) -> str:
    """What a document calls itself: what it is, of what, as far as that is known."""
    return gettext("%(what)s: %(of)s", what=what, of=", ".join(filter(None, of)))


def _placed(section: SectionView, at: str) -> SectionView:
    """The section with `at` before its id and its questions'."""
    if not at:
        return section
    items = tuple(replace(item, id=at + item.id) for item in section.items)
    return replace(section, id=at + section.id, items=items)


def _caveats(disclosed: Disclosed, options: ReportOptions, named: NamedView | None) -> tuple[str, ...]:
    readers = imprint.for_readers(options.readers)
    names = (gettext(imprint.NAMED),) if named else ()
    return (*([readers] if readers else ()), *imprint.caveats(disclosed), *names)


def content_digest(disclosed: Disclosed, remarks: tuple[Remark, ...], options: ReportOptions) -> str:
    """SHA-256 over all that the document is made from: the disclosed result, the remarks and the options."""
    parts = [
        disclosed.result.model_dump_json(by_alias=True),
        [repr(remark) for remark in remarks],
        [options.large_print, options.summary, options.section, repr(options.known)],
        [module.model_dump_json() for module in options.support],
    ]
    parts += [repr(options.named)] if options.named else []
    parts += [options.readers] if options.readers else []
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _who(result: FrozenResult) -> str:
    if not result.respondents:
        return gettext("No answers")
    if result.together:
        return gettext("Answered together, in one response")
    who, of = people(result.respondents), organisations(result.organisations)
    if result.invited_organisations:
        return gettext(
            "%(people)s from %(organisations)s of %(invited)s invited",
            people=who,
            organisations=of,
            invited=result.invited_organisations,
        )
    return gettext("%(people)s from %(organisations)s", people=who, organisations=of)


def _picture_view(
    disclosed: Disclosed, chosen: Picture, sections: tuple[SectionView, ...], setting: Setting, options: ReportOptions
) -> PictureView:
    large, at = options.large_print, options.at
    layout, most_gaps = setting.layout, 3 if len(chosen.widest) > 2 or setting.layout is not LARGE else 1
    texts = pick_texts(chosen, large=large)
    return PictureView(
        headline=messages.headline(disclosed),
        lede=messages.lede(disclosed, chosen),
        disagreement_title=messages.disagreement_title(disclosed, chosen),
        widest=tuple(_pick(p, texts, setting, bar=True, at=at) for p in chosen.widest),
        strong_title=messages.strong_title(chosen),
        strong=tuple(_pick(p, texts, setting) for p in chosen.strong),
        weak_title=messages.weak_title(chosen),
        weak=tuple(_pick(p, texts, setting) for p in chosen.weak),
        gaps_title=messages.gaps_title(chosen),
        gaps=tuple(_pick(p, texts, setting, gap=True) for p in chosen.gaps[:most_gaps]),
        more_gaps=max(0, len(chosen.gaps) - most_gaps),
        sectors=_sectors(setting.result, layout),
        bands=sections[0].track,
        labels=_labels(chosen, setting),
    )


def _pick(
    pick: Pick, texts: dict[str, str], setting: Setting, *, bar: bool = False, gap: bool = False, at: str = ""
) -> PickView:
    layout = setting.layout
    known = pick.result.dont_know + pick.result.answers
    levels = setting.result.definition.scale_of(pick.asked)
    return PickView(
        id=at + pick.asked.id,
        number=pick.number,
        text=texts[pick.asked.id],
        figure=gettext("%(number)s of %(of)s", number=pick.result.dont_know, of=known)
        if gap
        else whole(pick.result.score),
        wide=is_wide(pick.result),
        bar=level_bar(
            pick.result, levels, width=layout.small_bar_width, height=layout.small_bar_height, font=layout.font
        )
        if bar
        else None,
    )


def _briefly(pick: Pick, setting: Setting) -> QuestionView:
    """A weak question for the summary, with its texts cut to what two sides hold."""
    view = question_view(setting, pick.section, pick.asked, with_key=False)
    return replace(view, ask=shorten(view.ask, 160), reached=_cut(view.reached), next=_cut(view.next))


def _cut(level: LevelText | None) -> LevelText | None:
    return None if level is None else LevelText(level.label, shorten(level.text, 260))


def _labels(chosen: Picture, setting: Setting) -> tuple[str, ...]:
    """The level labels for the key under the bars, where all bars are of one scale."""
    scales = {pick.asked.scale for pick in chosen.widest}
    return tuple(level.label for level in setting.result.definition.scales[scales.pop()]) if len(scales) == 1 else ()


def _sectors(result: FrozenResult, layout: Layout) -> tuple[SectorView, ...]:
    most = max((count.organisations for count in result.sectors), default=0)
    return tuple(
        SectorView(
            name=sector(count.sector) if count.sector else gettext("Sector not given"),
            dots=dot_row(
                count.organisations,
                most=most,
                title=organisations(count.organisations),
                width=layout.dots_width,
            ),
            organisations=count.organisations,
            people=count.people,
        )
        for count in result.sectors
    )


def _scale(levels: Sequence[Level]) -> tuple[tuple[str, str], ...]:
    """Each level's label with its points as a whole number."""
    even = [Fraction(100 * k, len(levels) - 1) for k in range(len(levels))]
    return tuple(
        (level.label, whole(fair if level.points is None else Fraction(level.points)))
        for level, fair in zip(levels, even, strict=True)
    )
