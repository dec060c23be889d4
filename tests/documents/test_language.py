"""The fixed sentences of documents are in the language of the questionnaire, down to what a reader aloud is told."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from fractions import Fraction
from functools import cache
from html import escape
from itertools import cycle
from typing import Literal
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup, Tag
from pydantic import BaseModel

from a2p.definition import catalogue
from a2p.definition.catalogue import support_modules
from a2p.definition.model import Level, ScaleQuestion
from a2p.definition.support import Module
from a2p.documents.blank import BlankOptions, blank_html
from a2p.documents.handout import handout_html
from a2p.documents.known import Beside, BesideSection, Held, Known, Planned, Since
from a2p.documents.making import make
from a2p.documents.material import Material
from a2p.documents.order import Order
from a2p.documents.own_copy import own_copy_html
from a2p.documents.pack.options import Length, PackOptions
from a2p.documents.pack.page import workshop_pack_html
from a2p.documents.plan import plan_html
from a2p.documents.record import record_html
from a2p.documents.regional_material import RegionalMaterial
from a2p.documents.report_page import report_html
from a2p.documents.report_view import ReportOptions
from a2p.documents.room_page import slides_html
from a2p.documents.round_report import round_report_html
from a2p.scoring.answers import State
from a2p.scoring.change import Change, RoundChange, SectionChange
from a2p.scoring.disclosure import Disclosed
from a2p.scoring.frozen import Comparison, Evidence, Group
from a2p.scoring.named import NamedLevels, NamedQuestion, NoLevel, Silence
from a2p.scoring.releases import released_view
from a2p.scoring.remarks import Remark
from tests.documents import test_every_document as every
from tests.documents.pseudo import LANGUAGE, is_plain, longer, pseudo, translated
from tests.documents.regions import region
from tests.exchange.filling import EVERY_TYPE

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WRITTEN_BY_OTHERS = frozenset(
    ("title", "name", "area", "text", "ask", "label", "region", "round", "earlier", "length", "invite", "asked")
)

NOT_OURS = {
    "hashes": r"\b[0-9a-f]{8}(?:[0-9a-f]{56})?\b",
    "addresses": r"https?://\S+",
    "ids of questionnaires": r"\((first-look|another|aspire)\)",
    "titles of sources, which are in a language of their own": "|".join(
        re.escape(source.title) for source in every._asked().sources.values()
    ),
}
"""What is the same in every language, and why."""


@pytest.fixture(autouse=True, scope="module")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Documents have a translation into the language that nobody speaks."""
    with translated(tmp_path_factory.mktemp("languages")):
        yield


# --- What documents are made from, in that language ----------------------------------------------


@cache
def _round(**more: object) -> Disclosed:
    return every.round_of(every._asked(), **more)


@cache
def _whole() -> Disclosed:
    """A round with all that a report may say: evidence, groups compared, a sector that most come from, invitations."""
    result = every._round().result
    asked = [q for s in result.definition.sections for q in s.scale_questions]
    levels = list(result.definition.scale_of(asked[0]))
    gaps = (None, Fraction(0), Fraction(1), Fraction(-40), Fraction(40), Fraction(-12))
    held = iter(
        Evidence(
            level=levels[0].id if k else None, note=longer("As seen."), gap=gap, listed=bool(gap and abs(gap) > 33)
        )
        for k, gap in enumerate(gaps)
    )
    sections = tuple(
        part.model_copy(
            update={"questions": tuple(q.model_copy(update={"evidence": next(held, None)}) for q in part.questions)}
        )
        for part in result.sections
    )
    sides: dict[Literal["councils", "councillors", "layer"], tuple[str, str]] = {
        "councils": ("councils", "others"),
        "councillors": ("executive", "other"),
        "layer": ("board", "theme-group"),
    }
    compared = tuple(
        Comparison(question=asked[0].id, by=by, groups=tuple(_group(each) for each in groups), gap=Fraction(50))
        for by, groups in sides.items()
    )
    more = {"invited_organisations": 40, "partial": True, "demo": True, "dominant_sector": "voluntary-community"}
    return Disclosed(result.model_copy(update={"sections": sections, "comparisons": compared, **more}))


def _group(id_: str) -> Group:
    return Group(id=id_, people=6, levels={}, score=Fraction(20))


def _remarks() -> tuple[Remark, ...]:
    return tuple(
        Remark(section.id, question.id, longer("They do."), "comment")
        for section in every._asked().sections
        for question in section.questions
    )


def _support() -> tuple[Module, ...]:
    texts = ("title", "summary", "length")
    return tuple(
        each.model_copy(update={name: longer(getattr(each, name)) for name in texts}) for each in support_modules()
    )


@cache
def _known() -> Known:
    """All that may be known of a round, dates as they are handed over."""
    known = every._known()
    first, second, *_ = [section.id for section in every._asked().sections if not section.is_facts]
    change = Change(Fraction(40), Fraction(52), Fraction(9), Fraction(3))
    actions = tuple(
        replace(known.actions[0], due="", status=status, cost=longer("Two days"), carried_from=longer("Autumn"))
        for status in ("Planned", "Under way", "Done", "Dropped")
    )
    since = RoundChange(change, (SectionChange(first, change, {}), SectionChange(second, change, {})))
    beside = (
        BesideSection(first, 12, Fraction(40), (Fraction(30), Fraction(52))),
        BesideSection(second, 4, reason=longer("fewer than five others")),
    )
    workshops = (Held("", longer("The Corn Exchange"), (longer("County council"),), 14, longer("A good day.")),)
    return Known(
        known.settled,
        actions,
        Since(longer("Autumn"), since),
        2,
        workshops,
        Beside(longer("All partnerships of the East"), longer("Spring"), None, beside),
    )


def _named() -> NamedLevels:
    asked = [(part.id, each.id) for part in every._asked().sections for each in part.scale_questions]
    questions = [NamedQuestion(*of, None, (3, why, 1)) for of, why in zip(asked, cycle(NoLevel), strict=False)]
    for place, silence in enumerate(Silence):
        questions[place] = replace(questions[place], silence=silence, stands=())
    return NamedLevels((longer("Fire"), longer("Health"), longer("Police")), tuple(questions))


def _options(*, summary: bool = False, large_print: bool = False) -> ReportOptions:
    return ReportOptions(summary=summary, large_print=large_print, support=_support(), known=_known(), named=_named())


def _handout(readers: Literal["respondents", "region", "public"], level: str) -> str:
    order = Order("report", "html", readers=readers, level=level)
    left = released_view(_whole(), order.figures)
    assert left is not None
    return handout_html(Material(left), order)


def _own_copy() -> str:
    copy = every._copy()
    first, *_ = copy.answers
    answers = {**copy.answers, first: replace(copy.answers[first], state=State.DONT_KNOW, value="")}
    return own_copy_html(replace(copy, answers=answers))


def _together() -> Disclosed:
    return _round(together=True, respondents=1, organisations=1)


def _scaled() -> list[ScaleQuestion]:
    return [each for part in every._asked().sections if not part.is_facts for each in part.scale_questions]


def _pack(disclosed: Disclosed, length: Length, *topics: str) -> str:
    return workshop_pack_html(disclosed, PackOptions(length, topics), _known())


def _in_word(kind: str) -> str:
    """What a Word file says, as a page: all but where it is from."""
    made = make(Material(_whole(), known=_known()), Order(kind, "docx"))
    with zipfile.ZipFile(io.BytesIO(made)) as parts:
        names = [name for name in parts.namelist() if re.match(r"word/(document|header|footer)", name)]
        roots = [ElementTree.fromstring(parts.read(name)) for name in names]  # noqa: S314 - our own file
    paragraphs = (each for root in roots for each in root.iter(f"{_WORD}p"))
    return "".join(
        f"<p>{escape(''.join(part.text or '' for part in each.iter(f'{_WORD}t')))}</p>" for each in paragraphs
    )


@cache
def _region() -> RegionalMaterial:
    """A region whose questionnaires are all in that language."""
    return replace(region(40, ("first-look", "aspire")), language=LANGUAGE)


def _regional(kind: str, *, names: bool = False, large_print: bool = False) -> str:
    return make(_region(), Order(kind, "html", names=names, large_print=large_print)).decode()


@cache
def _names() -> str:
    """A pattern of all that a region's questionnaires and partnerships wrote, and what they are called."""
    found = {line for text in _written(_region()) for line in text.splitlines() if line}
    found |= {each.removeprefix("Mostly ") for each in found} | {each.label for each in _levels()}
    return "|".join(re.escape(each) for each in sorted(found, key=len, reverse=True))


def _levels() -> tuple[Level, ...]:
    return next(iter(catalogue.read("aspire").scales.values()))


def _written(part: object, name: str = "") -> Iterator[str]:
    match part:
        case str():
            if name in _WRITTEN_BY_OTHERS:
                yield part
        case tuple():
            for each in part:
                yield from _written(each, name)
        case BaseModel():
            for within in type(part).model_fields:
                yield from _written(getattr(part, within), within)
        case _ if is_dataclass(part):
            for field in fields(part):
                yield from _written(getattr(part, field.name), field.name)


@cache
def _settled_differently() -> Known:
    open_ = {question: replace(each, level=None) for question, each in every._known().settled.items()}
    return Known(open_, since=Since(longer("Autumn"), None, "No question is shown in both rounds."))


@cache
def _several() -> Material:
    other = every._several().others[0]
    action = Planned(longer("Write it down"), about=every._asked().sections[0].scale_questions[0].id)
    second = replace(other, known=Known(actions=(action,)))
    return Material(_whole(), _remarks(), replace(_known(), actions=(action,)), _support(), others=(second,))


DOCUMENTS: Mapping[str, Callable[[], str]] = {
    "report": lambda: report_html(_whole(), _remarks(), _options()),
    "report in large print": lambda: report_html(_whole(), _remarks(), _options(large_print=True)),
    "summary": lambda: report_html(_whole(), (), _options(summary=True)),
    "summary in large print": lambda: report_html(_whole(), (), _options(summary=True, large_print=True)),
    "report for the public": lambda: report_html(_whole(), (), ReportOptions(readers="public")),
    "report after nothing was agreed": lambda: report_html(_whole(), (), ReportOptions(known=_settled_differently())),
    "report with questions not shown": lambda: report_html(_round(withhold=True, respondents=6, organisations=4)),
    "report of few": lambda: report_html(_round(withhold=True, respondents=2, organisations=2)),
    "report of many": lambda: report_html(_round(respondents=60, organisations=30)),
    "report answered together": lambda: report_html(_together()),
    "report without answers": lambda: report_html(_round(respondents=0)),
    "round report": lambda: round_report_html(_several(), Order("report", also=(2,))),
    "round report in large print": lambda: round_report_html(_several(), Order("report", large_print=True, also=(2,))),
    "board paper": lambda: _handout("public", "board"),
    "summary for those who answered": lambda: _handout("respondents", "summary"),
    "scores for the region": lambda: _handout("region", "2"),
    "scores of questions for the region": lambda: _handout("region", "3"),
    "paper form of every type": lambda: blank_html(pseudo(EVERY_TYPE), BlankOptions(large_print=True)),
    "form of an open round": lambda: blank_html(pseudo(EVERY_TYPE), BlankOptions(is_open=True)),
    "fillable form": lambda: blank_html(pseudo(EVERY_TYPE), BlankOptions(), fillable=True),
    "own copy": _own_copy,
    "pack of a board": lambda: _pack(_whole(), "board", *(each.id for each in _scaled()[:7])),
    "pack of half a day answered together": lambda: _pack(_together(), "half-day"),
    "pack of few": lambda: _pack(_round(respondents=3, organisations=3), "ninety"),
    "pack without answers": lambda: _pack(_round(respondents=0), "half-day"),
    "slides answered together": lambda: slides_html(_together()),
    "slides without answers": lambda: slides_html(_round(respondents=0)),
    "action plan": lambda: plan_html(Material(_whole(), known=_known()), Order("action-plan", "html")),
    "empty action plan": lambda: plan_html(Material(_whole()), Order("action-plan", "html")),
    "record": lambda: record_html(Material(_whole(), known=_known()), Order("record", "html")),
    "record of nothing": lambda: record_html(Material(_whole()), Order("record", "html")),
    "summary in Word": lambda: _in_word("summary"),
    "record in Word": lambda: _in_word("record"),
    "action plan in Word": lambda: _in_word("action-plan"),
    "regional report": lambda: _regional("regional-report"),
    "regional report with names": lambda: _regional("regional-report", names=True),
    "regional report in large print": lambda: _regional("regional-report", large_print=True),
    "chart pack": lambda: _regional("regional-charts"),
    **{f"{name}, of test_every_document": made.html for name, made in every.DOCUMENTS.items()},
}


# --- What they say -------------------------------------------------------------------------------

_ATTRIBUTES = ("title", "alt", "aria-label", "data-left", "data-right", "data-foot", "data-foot-large", "data-of")


def texts(page: Tag) -> Iterator[str]:
    """All that is read, seen or heard."""
    for text in page.find_all(string=True):
        if text.parent is not None and text.parent.name != "style":
            yield text
    for element in page.find_all():
        yield from (str(element[name]) for name in _ATTRIBUTES if name in element.attrs)


def english_in(html: str, names: str = "") -> list[str]:
    """Texts with anything that is not in the language that nobody speaks; `names` is a pattern of what need not be."""
    ours = re.compile("|".join((*NOT_OURS.values(), *filter(None, (names,)))))
    found = (" ".join(text.split()) for text in texts(BeautifulSoup(html, "html5lib")))
    return [text for text in dict.fromkeys(found) if is_plain(ours.sub("", text))]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_word_that_is_not_somebodys_own_is_in_the_language_of_the_questionnaire(name: str) -> None:
    assert english_in(DOCUMENTS[name](), _names() if name.startswith("region") or name == "chart pack" else "") == []


def test_a_word_of_english_is_found() -> None:
    head, drawing = "<html><head><title>Âa</title></head>", '<svg aria-label="bar"><title>By</title></svg>'
    page = f'{head}<body data-of="of">{drawing}âa</body></html>'
    assert english_in(page) == ["By", "of", "bar"]
