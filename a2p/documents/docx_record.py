"""The record of a workshop as a Word file."""

from __future__ import annotations

from a2p.documents.docx import Frame, WordFile
from a2p.documents.docx_plan import write_actions
from a2p.documents.language import gettext, in_its_language
from a2p.documents.material import Material
from a2p.documents.order import Order
from a2p.documents.record_view import RecordView, TalkedView, record_view


@in_its_language
def record_docx(material: Material, order: Order) -> bytes:
    """The record, to edit. The same material and order give the same bytes."""
    view = record_view(material, order)
    head, day = f"{view.left} · {view.running}", material.disclosed.result.closed
    file = WordFile(Frame(view.title, view.language, head, view.footer, day, large=order.large_print))
    _write_head(file, view)
    for held in view.held:
        file.heading(held.title or gettext("The workshop"), 2)
        file.table((), held.facts, (1, 4))
        file.prose(held.note)
    file.heading(gettext("What was agreed, and why"), 2)
    file.paragraph(view.agreed)
    for item in view.talked:
        _write_question(file, item)
    _write_figures(file, view)
    file.heading(gettext("What will be done"), 2)
    if view.actions:
        write_actions(file, view.actions, large=order.large_print)
    else:
        file.paragraph(gettext("No action is recorded."))
    _write_left_open(file, view)
    return file.to_bytes()


def _write_head(file: WordFile, view: RecordView) -> None:
    file.heading(f"{view.what}: {view.partnership}", 1)
    file.paragraph(view.of)
    if view.draft:
        file.paragraph(view.ask, lead=f"{view.draft}.")
    file.paragraph(view.lede)
    for caveat in view.caveats:
        file.paragraph(caveat)


def _write_question(file: WordFile, item: TalkedView) -> None:
    survey = item.survey
    file.heading(f"{survey.number} {survey.ask}", 3)
    if survey.why_empty:
        file.paragraph(survey.why_empty, lead=gettext("Survey:"))
    else:
        said = (item.counts, gettext("score %(score)s", score=survey.score), survey.agreement)
        file.paragraph("; ".join(part for part in said if part), lead=gettext("Survey:"))
    file.paragraph(
        "" if item.is_open else item.agreed, lead=gettext("Left open") if item.is_open else gettext("Agreed:")
    )
    if item.votes:
        file.paragraph(item.votes, lead=gettext("Votes for its importance:"))
    file.prose(item.reason)


def _write_figures(file: WordFile, view: RecordView) -> None:
    if view.votes:
        file.heading(gettext("What matters most"), 2)
        rows = [(f"{row.number} {row.ask}", str(row.votes)) for row in view.votes]
        file.table((gettext("Question"), gettext("Votes")), rows, (6, 1))
    if view.scores:
        file.heading(gettext("Agreed scores beside the survey’s"), 2)
        scores = [(row.title, row.survey, row.agreed) for row in view.scores]
        file.table((gettext("Section"), gettext("Survey"), gettext("Agreed")), scores, (5, 1, 1))


def _write_left_open(file: WordFile, view: RecordView) -> None:
    file.heading(gettext("What was left open"), 2)
    file.bullets([f"{each.survey.number} {each.survey.ask}" for each in view.open_rows])
    for day, text in view.left_open:
        if len(view.left_open) > 1:
            file.heading(day, 3)
        file.prose(text)
    if not view.open_rows and not view.left_open:
        file.paragraph(gettext("Nothing is recorded as left open."))
