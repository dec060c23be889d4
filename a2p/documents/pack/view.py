"""All that a workshop pack says, ready to be set: a pure function of the disclosed result, the options and what is
known already."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

from a2p.documents import imprint
from a2p.documents.groups_view import GroupGap, group_gaps
from a2p.documents.known import Known
from a2p.documents.language import gettext
from a2p.documents.layout import LARGE, ORDINARY, Layout, Setting, on_paper
from a2p.documents.pack.agenda import Have, agenda, total
from a2p.documents.pack.agenda_view import AgendaRow, agenda_rows, ends, heading, shared
from a2p.documents.pack.options import LENGTH_NAMES, PART_NAMES, PackOptions, PackPart
from a2p.documents.pack.room import Room, ground_rules, response_mix, room, steps
from a2p.documents.pack.sheets import (
    ActionRow,
    ConsensusRow,
    GapRow,
    VoteRow,
    action_rows,
    consensus_rows,
    gap_rows,
    vote_rows,
)
from a2p.documents.pack.strengths import Strengths, strengths_of
from a2p.documents.pack.topic_view import TopicView, topic_view
from a2p.documents.picture import picture
from a2p.documents.report_view import ReportOptions, ReportView, report_view
from a2p.documents.topics import topics_of
from a2p.documents.words import shorten
from a2p.scoring.disclosure import Disclosed, without_lone_voices

# On a topic's page the bar is as wide as the page.
_WIDE = replace(ORDINARY, bar_width=657, bar_height=46, font=19)
_SHEET = replace(ORDINARY, font=11, track_width=309)


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents: the page's id and name, and how many copies it is for."""

    id: str
    title: str
    copies: str


@dataclass(frozen=True, slots=True)
class PackView:
    """The whole pack, every part of it; the templates set those parts that were asked for."""

    report: ReportView
    options: PackOptions
    partnership: str
    length: str
    title: str
    footer: str
    footer_large: str
    contents: tuple[tuple[str, tuple[Entry, ...]], ...]
    agenda_heading: str
    agenda: tuple[AgendaRow, ...]
    ends: str
    minutes: int
    shared: tuple[str, ...]
    room: Room
    ground_rules: tuple[str, ...]
    steps: tuple[str, ...]
    mix: tuple[str, ...]
    strengths: Strengths
    topics: tuple[TopicView, ...]
    gaps: tuple[GapRow, ...]
    more_gaps: int
    groups: tuple[GroupGap, ...]
    votes: tuple[VoteRow, ...]
    consensus: tuple[ConsensusRow, ...]
    consensus_labels: tuple[str, ...]
    actions: tuple[ActionRow, ...]

    @property
    def ids(self) -> frozenset[str]:
        """The pages that there are."""
        return frozenset(entry.id for _, entries in self.contents for entry in entries)

    def has(self, part: str) -> bool:
        """Whether a part was asked for."""
        return part in self.options.parts


def pack_view(disclosed: Disclosed, options: PackOptions, known: Known, layout: Layout | None = None) -> PackView:
    """Everything the templates need. `layout` is the options' own unless given.

    ValueError if a topic is not a scale question that partners or councillors are asked.
    """
    disclosed = Disclosed(without_lone_voices(disclosed.result))
    result = disclosed.result
    wide, sheet, plain = _layouts(options, layout, disclosed.language)
    topics = topics_of(disclosed, options.topics)
    gaps, more_gaps = gap_rows(disclosed)
    groups = group_gaps(disclosed, sheet)
    strengths = strengths_of(disclosed, topics)
    have = Have(len(topics), bool(options.topics), bool(strengths.rows), bool(gaps), bool(groups))
    items = agenda(options.length, have)
    consensus = consensus_rows(disclosed, topics, known, Setting(result, (), sheet))
    digest = content_digest(disclosed, options, known)
    made = PackView(
        report=report_view(disclosed, (), ReportOptions(large_print=options.large_print), plain),
        options=options,
        partnership=shorten(result.partnership or gettext("This partnership"), 160),
        length=gettext(LENGTH_NAMES[options.length]),
        title=_title(disclosed),
        footer=imprint.footer(result, digest),
        footer_large=imprint.short_footer(result, digest),
        contents=(),
        agenda_heading=heading(options.length),
        agenda=tuple(agenda_rows(items, topics, options.length, options.start)),
        ends=ends(options.length, options.start),
        minutes=total(options.length),
        shared=shared(result, topics, items, options.length, gaps=bool(gaps), groups=bool(groups)),
        room=room(result, options.length, len(topics)),
        ground_rules=ground_rules(),
        steps=steps(),
        mix=response_mix(result),
        strengths=strengths,
        topics=tuple(topic_view(Setting(result, (), wide), each, k) for k, each in enumerate(topics, start=1)),
        gaps=gaps,
        more_gaps=more_gaps,
        groups=groups,
        votes=vote_rows(disclosed, picture(disclosed), topics, known),
        consensus=consensus,
        consensus_labels=_common(consensus),
        actions=action_rows(disclosed, known),
    )
    return replace(made, contents=_contents(made))


def content_digest(disclosed: Disclosed, options: PackOptions, known: Known) -> str:
    """SHA-256 over all that the pack is made from: the disclosed result, the options and what is known."""
    settled = {question: asdict(each) for question, each in sorted(known.settled.items())}
    parts = [
        disclosed.result.model_dump_json(by_alias=True),
        [options.length, options.topics, options.parts, str(options.start), options.large_print],
        [settled, [asdict(action) for action in known.actions]],
    ]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _layouts(options: PackOptions, layout: Layout | None, language: str) -> tuple[Layout, Layout, Layout]:
    """For a topic's page, for a sheet and for the picture."""
    if layout is not None:
        return layout, layout, layout
    return (LARGE, LARGE, LARGE) if options.large_print else (_WIDE, _SHEET, on_paper(language, large=False))


def _title(disclosed: Disclosed) -> str:
    result = disclosed.result
    names = filter(None, (result.partnership, shorten(result.definition.title, 40), result.round))
    return gettext("Workshop pack: %(result)s", result=", ".join(names))


def _common(rows: Sequence[ConsensusRow]) -> tuple[str, ...]:
    """The labels for one key over all bars, where all are of one scale."""
    labels = {row.labels for row in rows if row.bar}
    return labels.pop() if len(labels) == 1 else ()


def _contents(view: PackView) -> tuple[tuple[str, tuple[Entry, ...]], ...]:
    each, table, writes = gettext("One each"), gettext("One a table"), gettext("Who writes")
    own, wall = gettext("Facilitator"), gettext("Wall")
    prepare = (
        Entry("agenda", gettext("Agenda"), own),
        Entry("room", gettext("Before the day"), own),
        Entry("picture", gettext("The picture on one page"), each),
        Entry("how-to-read", gettext("How to read it, and who answered"), each),
    )
    discuss = (
        *((Entry("strengths", view.strengths.title, table),) if view.strengths.rows else ()),
        *(Entry(f"topic-{t.place}", _topic(t), table) for t in view.topics),
        *((Entry("gaps", gettext("What people don’t know"), table),) if view.gaps else ()),
        *((Entry("groups", gettext("Where groups differ"), table),) if view.groups else ()),
    )
    decide = (
        Entry("vote", gettext("What matters most: vote sheet"), wall),
        Entry("consensus", gettext("What we agree: consensus sheet"), writes),
        Entry("actions", gettext("What we will do: action sheet"), writes),
    )
    every: dict[PackPart, tuple[Entry, ...]] = {
        "prepare": prepare,
        "discuss": discuss,
        "decide": decide,
    }
    return tuple((gettext(PART_NAMES[part]), entries) for part, entries in every.items() if view.has(part) and entries)


def _topic(topic: TopicView) -> str:
    return gettext("Topic %(place)s: %(ask)s", place=topic.place, ask=shorten(topic.short, 64))
