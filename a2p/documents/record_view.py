"""All that the record of a workshop says, ready to be set: a pure function of the material and the order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from a2p.documents import imprint
from a2p.documents.action_view import ActionRow, action_rows
from a2p.documents.agreed_view import ScoreRow, WorkshopRow
from a2p.documents.known import Held
from a2p.documents.language import gettext, ngettext, noted
from a2p.documents.layout import LARGE, ORDINARY, Layout, Setting
from a2p.documents.material import Material
from a2p.documents.order import KINDS, Order
from a2p.documents.outcome_view import AgreedView, agreed_view
from a2p.documents.picture import pairs
from a2p.documents.question_view import QuestionView, question_view
from a2p.documents.words import listed, organisations, people, questions, shorten

DRAFT = noted("Draft for correction")
ASK = noted("Tell whoever sent you this what is wrong or left out, by the day they gave.")


@dataclass(frozen=True, slots=True)
class HeldView:
    """A workshop: rows of (label, what is known), and its note."""

    title: str
    facts: tuple[tuple[str, str], ...]
    note: str


@dataclass(frozen=True, slots=True)
class TalkedView:
    """A question that was talked about: the survey's picture, the same in words (`counts`), and what was settled."""

    survey: QuestionView
    counts: str
    agreed: str
    is_open: bool
    reason: str
    votes: str


@dataclass(frozen=True, slots=True)
class VoteRow:
    """A question with its votes, for the list that begins with the most."""

    number: str
    ask: str
    votes: int


@dataclass(frozen=True, slots=True)
class RecordView:
    """The whole record. `draft` is empty where it is final; `left_open` are texts of workshops by their day."""

    title: str
    language: str
    what: str
    partnership: str
    of: str
    draft: str
    ask: str
    caveats: tuple[str, ...]
    lede: str
    held: tuple[HeldView, ...]
    talked: tuple[TalkedView, ...]
    agreed: str
    votes: tuple[VoteRow, ...]
    scores: tuple[ScoreRow, ...]
    actions: tuple[ActionRow, ...]
    open_rows: tuple[TalkedView, ...]
    left_open: tuple[tuple[str, str], ...]
    left: str
    running: str
    footer: str
    footer_large: str


def record_view(material: Material, order: Order, layout: Layout | None = None) -> RecordView:
    """Everything that templates and the Word file need. `layout` is the order's own unless given."""
    result, known = material.disclosed.result, material.known
    setting = Setting(result, (), layout or (LARGE if order.large_print else ORDINARY))
    agreed = agreed_view(material.disclosed, known)
    talked = _talked(setting, agreed)
    digest = material.digest(order)
    draft = gettext(DRAFT) if order.draft else ""
    partnership = shorten(result.partnership or gettext("This partnership"), 160)
    of = ", ".join(filter(None, (result.definition.title, result.round)))
    what = gettext(KINDS[order.kind].title)
    return RecordView(
        language=result.definition.language,
        title=": ".join(filter(None, (draft, what, ", ".join(filter(None, (result.partnership, of)))))),
        what=what,
        partnership=partnership,
        of=of,
        draft=draft,
        ask=gettext(ASK) if draft else "",
        caveats=imprint.caveats(material.disclosed),
        lede=_lede(known.workshops, agreed, len(known.actions)),
        held=tuple(_held(each, number, len(known.workshops)) for number, each in enumerate(known.workshops, start=1)),
        talked=talked,
        agreed=_agreed(agreed),
        votes=_votes(talked),
        scores=agreed.scores if agreed and agreed.settled else (),
        actions=action_rows(known.actions, result.definition),
        open_rows=tuple(each for each in talked if each.is_open),
        left_open=tuple((each.day, each.left_open) for each in known.workshops if each.left_open.strip()),
        left=" · ".join(filter(None, (draft, shorten(partnership, 50)))),
        running=" · ".join(filter(None, (shorten(result.definition.title, 40), shorten(result.round, 30)))),
        footer=imprint.footer(result, digest),
        footer_large=imprint.short_footer(result, digest),
    )


def _lede(workshops: Sequence[Held], agreed: AgreedView | None, actions: int) -> str:
    if agreed is None and not actions:
        recorded = gettext("Nothing that was agreed and no action has been recorded.")
    else:
        recorded = _recorded(agreed.settled if agreed else 0, actions)
    return f"{_workshops(workshops)} {recorded}"


def _workshops(workshops: Sequence[Held]) -> str:
    if not workshops:
        return gettext("No workshop is recorded for this round.")
    return ngettext(
        "A workshop was held on %(days)s.",
        "%(num)s workshops were held on %(days)s.",
        len(workshops),
        days=listed([each.day for each in workshops]),
    )


def _recorded(settled: int, actions: int) -> str:
    if not settled and not actions:
        return gettext("A level was agreed on no question, and no action is recorded.")
    if not settled:
        return ngettext(
            "A level was agreed on no question, and %(num)s action is recorded.",
            "A level was agreed on no question, and %(num)s actions are recorded.",
            actions,
        )
    if not actions:
        return ngettext(
            "A level was agreed on %(num)s question, and no action is recorded.",
            "A level was agreed on %(num)s questions, and no action is recorded.",
            settled,
        )
    return ngettext(
        "A level was agreed on %(questions)s, and %(num)s action is recorded.",
        "A level was agreed on %(questions)s, and %(num)s actions are recorded.",
        actions,
        questions=questions(settled),
    )


def _held(held: Held, number: int, of: int) -> HeldView:
    facts = (
        (gettext("Held on"), held.day),
        (gettext("Where"), held.place.strip() or gettext("Not recorded")),
        (gettext("Who came"), _came(held)),
        (gettext("Organisations"), "; ".join(held.organisations)),
    )
    title = gettext("Workshop %(number)s", number=number) if of > 1 else ""
    return HeldView(title, tuple(fact for fact in facts if fact[1]), held.note)


def _came(held: Held) -> str:
    if held.people and held.organisations:
        return gettext(
            "%(people)s from %(organisations)s",
            people=people(held.people),
            organisations=organisations(len(held.organisations)),
        )
    if held.people:
        return people(held.people)
    return organisations(len(held.organisations)) if held.organisations else gettext("Not recorded")


def _agreed(agreed: AgreedView | None) -> str:
    if agreed is None:
        return gettext("It is not recorded that any question was talked about.")
    talked = len(agreed.rows)
    said = [
        ngettext("%(num)s question was talked about.", "%(num)s questions were talked about.", talked),
        _opened(talked - agreed.settled, talked),
        gettext("What was agreed stands under the survey’s picture, and never in its place."),
    ]
    return " ".join(sentence for sentence in said if sentence)


def _opened(opened: int, talked: int) -> str:
    if not opened:
        return ""
    if talked == 1:
        return gettext("It was left open.")
    return ngettext("%(num)s of them was left open.", "%(num)s of them were left open.", opened)


def _talked(setting: Setting, agreed: AgreedView | None) -> tuple[TalkedView, ...]:
    places = {asked.id: (section, asked) for section, _ in pairs(setting.result) for asked in section.scale_questions}
    made: list[TalkedView] = []
    scale = ""  # of the key drawn last
    for row in agreed.rows if agreed else ():
        section, asked = places[row.id]
        view = question_view(setting, section, asked, with_key=asked.scale != scale)
        scale = asked.scale if view.labels else scale
        made.append(_one(row, view))
    return tuple(made)


def _one(row: WorkshopRow, survey: QuestionView) -> TalkedView:
    counts = survey.bar.in_words if survey.bar else ""
    return TalkedView(survey, counts, row.agreed, row.left_open, row.reason, row.votes)


def _votes(talked: Sequence[TalkedView]) -> tuple[VoteRow, ...]:
    rows = [VoteRow(each.survey.number, each.survey.ask, int(each.votes)) for each in talked if each.votes]
    return tuple(sorted(rows, key=lambda row: -row.votes))
