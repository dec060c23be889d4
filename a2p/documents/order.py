"""What can be made of a closed questionnaire or of a region's snapshot, and what somebody asked for: a document's kind,
format and options."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Literal

from a2p.definition.model import LANGUAGE_NAMES
from a2p.documents.language import noted
from a2p.documents.pack.options import PARTS, Length, PackPart
from a2p.scoring.releases import Figures, To, figures_at

_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
PDF, HTML, DOCX = "pdf", "html", "docx"
FORMATS = {
    PDF: "PDF, to print",
    HTML: "HTML, to read on a screen: the same content in one file",
    DOCX: "Word (DOCX), to edit: your changes stay in your copy",
}
MEDIA = {
    PDF: "application/pdf",
    HTML: "text/html",
    DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "zip": "application/zip",
}


@dataclass(frozen=True, slots=True)
class Kind:
    """A document: its title, what it is for, its file's name, its formats, and the options of Order that it heeds."""

    title: str
    about: str
    file: str
    formats: tuple[str, ...] = (PDF, HTML)
    options: frozenset[str] = frozenset({"large_print", "language"})


KINDS: Mapping[str, Kind] = {
    "report": Kind(
        noted("Capacity report"),
        "Every section and question, for those who will work with it",
        "capacity-report",
        options=frozenset({"large_print", "language", "comments", "section", "names", "readers", "level", "also"}),
    ),
    "summary": Kind(
        noted("Board summary"), "The picture, on two sides at most", "board-summary", formats=(PDF, HTML, DOCX)
    ),
    "pack": Kind(
        noted("Workshop pack"),
        "For the facilitator: an agenda, what to talk about, sheets to decide on",
        "workshop-pack",
        options=frozenset({"large_print", "language", "topics", "length", "parts", "start"}),
    ),
    "cards": Kind(
        noted("Question cards"),
        "Every question on a card, to hand round or lay out on tables",
        "question-cards",
        options=frozenset({"language", "topics", "size", "backs"}),
    ),
    "posters": Kind(
        noted("Wall posters"),
        "Questions in A3 with their levels, for people to put dots on",
        "wall-posters",
        options=frozenset({"language", "topics", "per"}),
    ),
    "slides": Kind(
        noted("Slides"),
        "The picture and what partners disagree on most, to project",
        "slides",
        options=frozenset({"language", "topics"}),
    ),
    "record": Kind(
        noted("Record of the workshop"),
        "What was agreed, why, what will be done and what was left open, beside the survey’s picture",
        "record-of-the-workshop",
        formats=(PDF, HTML, DOCX),
        options=frozenset({"large_print", "language", "draft"}),
    ),
    "action-plan": Kind(
        noted("Action plan"),
        "What will be done, by whom and by when, in one list",
        "action-plan",
        formats=(PDF, HTML, DOCX),
    ),
}

REGIONAL: Mapping[str, Kind] = {
    "regional-report": Kind(
        noted("Regional report"),
        "Take-up, where sections stand, support that is needed, and what changed, from a snapshot",
        "regional-report",
        options=frozenset({"large_print", "names"}),
    ),
    "regional-charts": Kind(
        noted("Chart pack"),
        "The same in slides, to project or to put in a paper",
        "regional-charts",
        options=frozenset(),
    ),
}
"""What can be made of a region's snapshot."""


FOR_READERS: Mapping[str, str] = {
    To.RESPONDENTS: "results-for-those-who-answered",
    To.REGION: "results-for-the-region",
    To.PUBLIC: "board-paper",
}
"""What the file of a report is called that is for those to whom a round is released."""

READERS_TITLE: Mapping[str, str] = {
    To.RESPONDENTS: noted("Report for those who answered"),
    To.REGION: noted("Report for the region’s team"),
    To.PUBLIC: noted("Board paper for the public"),
}


class NoSuchOrder(ValueError):
    """The document, its format or an option isn't there."""


@dataclass(frozen=True, slots=True)
class Order:
    """What somebody asked for. `comments`: print those that may be shown. `section`: that section alone, by id.
    `names`: organisations' levels by name, where it is of an open round; of a snapshot, what partnerships released by
    name. `topics`: the questions to talk about, by id; none for those that the result calls for, of cards for all.
    `length` and `parts`: of a workshop pack; `start`: when it begins by the clock, `09:30`. `size`: of a card;
    `backs`: with the levels' texts overleaf. `per`: a poster for each question or section. `draft`: of a record, marked
    as sent for correction. `readers`: for those to whom a round is released, with what this `level` lets out. `also`:
    the results of the round's other questionnaires, by their numbers, in the same document. `language`: other than that
    in which partners were asked."""

    kind: str
    format: str = PDF
    large_print: bool = False
    comments: bool = True
    section: str = ""
    names: bool = False
    topics: tuple[str, ...] = ()
    length: Length = "ninety"
    parts: tuple[PackPart, ...] = PARTS
    start: str = ""
    size: Literal["a5", "a4"] = "a5"
    backs: bool = False
    per: Literal["question", "section"] = "question"
    draft: bool = False
    readers: Literal["", "respondents", "region", "public"] = ""
    level: str = ""
    also: tuple[int, ...] = ()
    language: str = ""

    def __post_init__(self) -> None:
        kind = KINDS.get(self.kind) or REGIONAL.get(self.kind)
        if kind is None or self.format not in kind.formats:
            raise NoSuchOrder(f"{self.kind}, {self.format}")
        defaults = {field.name: field.default for field in fields(self)}
        for name in asdict(self).keys() - {"kind", "format"} - kind.options:
            if getattr(self, name) != defaults[name]:
                raise NoSuchOrder(f"{self.kind} heeds no {name}")
        if self.start and not _CLOCK.fullmatch(self.start):
            raise NoSuchOrder(f"{self.start} is no time")
        if self.language not in {"", *LANGUAGE_NAMES}:
            raise NoSuchOrder(f"{self.language} is no language")
        if self.section and (self.readers or self.also):
            raise NoSuchOrder("a section is of one whole report")
        if self.readers and (self.names or self.figures is Figures.NONE):
            raise NoSuchOrder(f"{self.level} lets out no such thing")

    @property
    def figures(self) -> Figures:
        """How much of the results its readers are shown."""
        return figures_at(To(self.readers), self.level) if self.readers else Figures.WHOLE

    @property
    def title(self) -> str:
        """What it is called."""
        return READERS_TITLE[self.readers] if self.readers else kind_of(self.kind).title

    @property
    def file_name(self) -> str:
        """What the file is called when it is downloaded."""
        draft = "-draft" if self.draft else ""
        large = "-large-print" if self.large_print else ""
        named = "-with-names" if self.names and self.regional else ""
        name = FOR_READERS[self.readers] if self.readers else kind_of(self.kind).file
        whole = "-whole-round" if self.also and self.readers != "public" else ""
        language = f"-{self.language}" if self.language else ""
        return f"{name}{whole}{draft}{named}{large}{language}.{self.format}"

    @property
    def regional(self) -> bool:
        """Whether it is of a region's snapshot."""
        return self.kind in REGIONAL

    def to_json(self) -> str:
        """As it is kept with a job, without what is as usual: always the same text for the same order."""
        usual = {field.name: field.default for field in fields(self)}
        chosen = {name: value for name, value in asdict(self).items() if value != usual[name]}
        return json.dumps(chosen, sort_keys=True)


def kind_of(name: str) -> Kind:
    """A document's kind, of a result or of a snapshot. KeyError."""
    return REGIONAL[name] if name in REGIONAL else KINDS[name]


def order_from_json(text: str) -> Order:
    """An order as it was kept. NoSuchOrder if this version of the program makes no such document."""
    given: dict[str, Any] = json.loads(text)
    if unknown := given.keys() - {field.name for field in fields(Order)}:
        raise NoSuchOrder(", ".join(sorted(unknown)))
    values: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in given.items()}
    try:
        return Order(**values)
    except ValueError as problem:
        raise NoSuchOrder(text) from problem
