"""All that an action plan says, ready to be set: a pure function of the material and the order."""

from __future__ import annotations

from dataclasses import dataclass

from a2p.documents import imprint
from a2p.documents.action_view import ActionRow, action_rows
from a2p.documents.known import CLOSED, Known
from a2p.documents.language import gettext, ngettext
from a2p.documents.material import Material
from a2p.documents.order import KINDS, Order
from a2p.documents.words import shorten


@dataclass(frozen=True, slots=True)
class PlanView:
    """The actions in groups of (title, rows), those still to do first; no groups where there are none."""

    title: str
    language: str
    what: str
    partnership: str
    of: str
    lede: str
    caveats: tuple[str, ...]
    groups: tuple[tuple[str, tuple[ActionRow, ...]], ...]
    left: str
    running: str
    footer: str
    footer_large: str


def plan_view(material: Material, order: Order) -> PlanView:
    """Everything that templates and the Word file need."""
    result, known = material.disclosed.result, material.known
    groups = (
        (gettext("Still to do"), known.to_do),
        *((gettext(status), known.standing(status)) for status in CLOSED),
    )
    partnership = shorten(result.partnership or gettext("This partnership"), 160)
    of = ", ".join(filter(None, (result.definition.title, result.round)))
    what = gettext(KINDS[order.kind].title)
    digest = material.digest(order)
    return PlanView(
        language=result.definition.language,
        title=f"{what}: " + ", ".join(filter(None, (result.partnership, of))),
        what=what,
        partnership=partnership,
        of=of,
        lede=_lede(known),
        caveats=imprint.caveats(material.disclosed) if result.demo else (),
        groups=tuple((title, action_rows(found, result.definition)) for title, found in groups if found),
        left=shorten(partnership, 50),
        running=" · ".join(filter(None, (shorten(result.definition.title, 40), shorten(result.round, 30)))),
        footer=imprint.footer(result, digest),
        footer_large=imprint.short_footer(result, digest),
    )


def _lede(known: Known) -> str:
    number, left = len(known.actions), len(known.to_do)
    if not number:
        return gettext("No action is recorded yet.")
    if not left:
        return ngettext(
            "%(num)s action is recorded, of which none are still to do.",
            "%(num)s actions are recorded, of which none are still to do.",
            number,
        )
    if left == 1:
        return ngettext(
            "%(num)s action is recorded, of which 1 is still to do.",
            "%(num)s actions are recorded, of which 1 is still to do.",
            number,
        )
    return ngettext(
        "%(num)s action is recorded, of which %(left)s are still to do.",
        "%(num)s actions are recorded, of which %(left)s are still to do.",
        number,
        left=left,
    )
