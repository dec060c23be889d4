"""All that the record of a workshop says, ready to be set: a pure function of the material and the order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from a2p.documents import messages
from a2p.documents.action_view import ActionRow, action_rows
from a2p.documents.agreed_view import ScoreRow, WorkshopRow
from a2p.documents.known import Held
from a2p.documents.layout import LARGE, ORDINARY, Layout, Setting
from a2p.documents.material import Material
from a2p.documents.order import KINDS, Order
from a2p.documents.outcome_view import AgreedView, agreed_view
from a2p.documents.picture import pairs
from a2p.documents.question_view import QuestionView, question_view
from a2p.documents.words import count, listed, organisations, people, questions, shorten

DRAFT = "Draft for correction"
ASK = "Tell whoever sent you this what is wrong or left out, by the day they gave."
_UNNAMED = "This partnership"


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
    draft = DRAFT if order.draft else ""
    partnership = shorten(result.partnership or _UNNAMED, 160)
    of = ", ".join(filter(None, (result.definition.title, result.round)))
    what = KINDS[order.kind].title
    return RecordView(
        language=result.definition.language,
        title=": ".join(filter(None, (draft, what, ", ".join(filter(None, (result.partnership, of)))))),
        what=what,
        partnership=partnership,
        of=of,
        draft=draft,
        ask=ASK if draft else "",
        caveats=messages.caveats(material.disclosed),
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
        footer=messages.footer(result, digest),
        footer_large=messages.short_footer(result, digest),
    )


def _lede(workshops: Sequence[Held], agreed: AgreedView | None, actions: int) -> str:
    if workshops:
        days = [each.day for each in workshops]
        said = [f"{'A workshop was' if len(days) == 1 else f'{len(days)} workshops were'} held on {listed(days)}."]
    else:
        said = ["No workshop is recorded for this round."]
    if agreed is None and not actions:
        said.append("Nothing that was agreed and no action has been recorded.")
    else:
        settled = agreed.settled if agreed else 0
        said.append(
            f"A level was agreed on {questions(settled) if settled else 'no question'}, and "
            f"{count(actions, 'action is', 'actions are') if actions else 'no action is'} recorded."
        )
    return " ".join(said)


def _held(held: Held, number: int, of: int) -> HeldView:
    came = [people(held.people)] if held.people else []
    came += [organisations(len(held.organisations))] if held.organisations else []
    facts = (
        ("Held on", held.day),
        ("Where", held.place.strip() or "Not recorded"),
        ("Who came", " from ".join(came) or "Not recorded"),
        ("Organisations", "; ".join(held.organisations)),
    )
    return HeldView(f"Workshop {number}" if of > 1 else "", tuple(fact for fact in facts if fact[1]), held.note)


def _agreed(agreed: AgreedView | None) -> str:
    if agreed is None:
        return "It is not recorded that any question was talked about."
    talked = len(agreed.rows)
    opened = talked - agreed.settled
    said = f"{questions(talked).capitalize()} {'was' if talked == 1 else 'were'} talked about."
    if opened:
        which = "It was" if talked == 1 else f"{opened} of them {'was' if opened == 1 else 'were'}"
        said += f" {which} left open."
    return f"{said} What was agreed stands under the survey’s picture, and never in its place."


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
