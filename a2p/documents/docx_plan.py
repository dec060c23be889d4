"""The action plan as a Word file, and a table of actions for other Word files."""

from __future__ import annotations

from collections.abc import Sequence

from a2p.documents.action_view import ActionRow
from a2p.documents.docx import Frame, WordFile
from a2p.documents.language import gettext, in_its_language, noted
from a2p.documents.material import Material
from a2p.documents.order import Order
from a2p.documents.plan_view import plan_view

_HEAD = (
    noted("What we will do"),
    noted("Why"),
    noted("Who leads"),
    noted("By when"),
    noted("How we shall know"),
    noted("Stands"),
)
_WIDTHS = (30, 18, 14, 12, 16, 10)


@in_its_language
def plan_docx(material: Material, order: Order) -> bytes:
    """The action plan, to edit. The same material and order give the same bytes."""
    view = plan_view(material, order)
    frame = Frame(
        view.title,
        view.language,
        f"{view.left} · {view.running}",
        view.footer,
        material.disclosed.result.closed,
        large=order.large_print,
        landscape=not order.large_print,
    )
    file = WordFile(frame)
    file.heading(f"{view.what}: {view.partnership}", 1)
    file.paragraph(view.of)
    for caveat in view.caveats:
        file.paragraph(caveat)
    file.paragraph(view.lede)
    for title, rows in view.groups:
        file.heading(title, 2)
        write_actions(file, rows, large=order.large_print)
    return file.to_bytes()


def write_actions(file: WordFile, rows: Sequence[ActionRow], *, large: bool) -> None:
    """A table of actions; in large print a paragraph and a list for each, because six columns would not hold them."""
    head = [gettext(each) for each in _HEAD]
    if not large:
        file.table(head, [_cells(row) for row in rows], _WIDTHS)
        return
    for row in rows:
        file.heading(row.what, 3)
        said = (
            *row.beside,
            *(f"{name}: {text}" for name, text in zip(head[1:], _cells(row)[1:], strict=True) if text),
        )
        file.bullets(said)


def _cells(row: ActionRow) -> tuple[str, ...]:
    what = "\n".join((row.what, *row.beside))
    return (what, row.cause, row.owner, row.due, row.measure, row.status)
