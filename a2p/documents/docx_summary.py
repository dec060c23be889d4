"""The board's summary as a Word file: the texts and figures of the printed one, with its bars in words."""

from __future__ import annotations

from collections.abc import Sequence

from a2p.documents.docx import Frame, WordFile
from a2p.documents.language import gettext, in_its_language
from a2p.documents.material import Material
from a2p.documents.order import Order
from a2p.documents.report_view import PickView, ReportOptions, ReportView, report_view


@in_its_language
def summary_docx(material: Material, order: Order) -> bytes:
    """The summary, to edit. The same material and order give the same bytes."""
    options = ReportOptions(large_print=order.large_print, summary=True, support=material.support, known=material.known)
    view = report_view(material.disclosed, (), options)
    head = f"{view.partnership_short} · {view.running}"
    result = view.result
    file = WordFile(
        Frame(view.title, result.definition.language, head, view.footer, result.closed, large=order.large_print)
    )
    file.heading(gettext("Board summary: %(partnership)s", partnership=view.partnership), 1)
    file.paragraph(", ".join(filter(None, (result.definition.title, result.round, view.when))))
    for caveat in view.caveats:
        file.paragraph(caveat)
    file.heading(view.picture.headline, 2)
    file.paragraph(view.picture.lede)
    _write_picture(file, view)
    _write_begin(file, view)
    _write_talk(file, view)
    return file.to_bytes()


def _write_picture(file: WordFile, view: ReportView) -> None:
    picture = view.picture
    file.heading(gettext("Where the partnership stands"), 3)
    rows = [(each.title, each.score, each.band, each.agreement) for each in view.sections if not each.is_facts]
    head = (gettext("Section"), gettext("Score"), gettext("Band"), gettext("Agreement"))
    file.table(head, rows, (5, 1, 2.4, 2.4))
    _write_picks(file, picture.strong_title, picture.strong, gettext("Score"))
    _write_picks(file, picture.weak_title, picture.weak, gettext("Score"))
    _write_picks(file, picture.disagreement_title, picture.widest, gettext("Score"))
    _write_picks(file, picture.gaps_title, picture.gaps, gettext("Don’t know"))
    if picture.sectors:
        file.heading(gettext("Who answered"), 3)
        counts = [(each.name, str(each.organisations)) for each in picture.sectors]
        file.table((gettext("Sector"), gettext("Organisations")), counts, (5, 2))


def _write_picks(file: WordFile, title: str, picks: Sequence[PickView], figure: str) -> None:
    """A list of questions with their figures; where there are none, its title alone says so."""
    if not picks:
        file.paragraph(f"{title}.")
        return
    file.heading(title, 3)
    if picks[0].bar is None:
        file.table(
            (gettext("Question"), figure), [(f"{each.number} {each.text}", each.figure) for each in picks], (6, 1)
        )
        return
    rows = [(_question(each), each.bar.in_words if each.bar else "") for each in picks]
    file.table((gettext("Question"), gettext("How many at each level")), rows, (4, 3))


def _question(pick: PickView) -> str:
    if pick.wide:
        return gettext("%(number)s %(question)s (wide)", number=pick.number, question=pick.text)
    return f"{pick.number} {pick.text}"


def _write_begin(file: WordFile, view: ReportView) -> None:
    file.heading(gettext("Where to begin"), 2)
    if not view.begin:
        none = gettext("No question scores below 50.")
        widest = gettext("The place to begin is where views differ most.") if view.picture.widest else ""
        file.paragraph(f"{none} {widest}".strip())
    for item in view.begin:
        file.heading(f"{item.number} {item.ask}", 3)
        if item.reached:
            file.paragraph(item.reached.text, lead=f"{item.here}: {item.reached.label}.")
        if item.next:
            file.paragraph(
                item.next.text, lead=gettext("What the next level looks like: %(level)s.", level=item.next.label)
            )


def _write_talk(file: WordFile, view: ReportView) -> None:
    if view.prompt or view.topics:
        file.heading(gettext("To talk about"), 2)
    if view.prompt:
        spread = gettext("Does the spread match what people in the room would say today?")
        file.paragraph(f"{view.prompt} {spread}")
    for topic in view.topics[:2]:
        file.heading(topic.title, 3)
        file.paragraph(topic.why)
        file.bullets(topic.questions[:3])
    if view.offers:
        file.heading(gettext("Support that fits"), 2)
        file.bullets([f"{each.title}: {each.kind}, {each.length}. {each.why}." for each in view.offers[:4]])
