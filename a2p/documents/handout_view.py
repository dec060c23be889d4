"""All that a handout of released results says where less than the whole is released: sections, perhaps questions."""

from __future__ import annotations

from dataclasses import dataclass

from a2p.documents import imprint
from a2p.documents.language import gettext, noted
from a2p.documents.layout import Layout, on_paper
from a2p.documents.material import Material
from a2p.documents.order import Order
from a2p.documents.released_view import ReleasedView, released_page
from a2p.documents.report_view import titled
from a2p.documents.words import shorten
from a2p.scoring.releases import To

_LETS_OUT = {
    (To.RESPONDENTS, "summary"): noted("This is a summary: each section’s score and band, and no single question."),
    (To.REGION, "2"): noted("The partnership released each section’s score and band, and no single question."),
    (To.REGION, "3"): noted(
        "The partnership released the scores of sections and questions, and not how answers are spread."
    ),
    (To.PUBLIC, "board"): noted(
        "It has each section’s score and band. How answers are spread is shown only in sections "
        "where ten or more voices answered every question."
    ),
}


@dataclass(frozen=True, slots=True)
class HandoutView:
    """The handout: `parts` are the questionnaires, `lets_out` says what of them is shown; `with_bars`: how answers are
    spread is shown of any."""

    title: str
    language: str
    what: str
    partnership: str
    of: str
    intro: str
    lets_out: str
    parts: tuple[ReleasedView, ...]
    digest: str
    left: str
    running: str
    footer: str
    footer_large: str

    @property
    def with_questions(self) -> bool:
        """Whether anything is shown of any question."""
        return any(part.with_questions for part in self.parts)

    @property
    def with_bars(self) -> bool:
        """Whether how answers are spread is shown of any question."""
        return any(each.view for part in self.parts for section in part.sections for each in section.questions)


def handout_view(material: Material, order: Order, layout: Layout | None = None) -> HandoutView:
    """Everything that the template needs, of results that were reduced to what the order’s level lets out."""
    chosen = layout or on_paper(material.language, large=order.large_print)
    materials = (material, *material.others)
    result = material.disclosed.result
    partnership = shorten(result.partnership or gettext("This partnership"), 160)
    results, others = [each.disclosed.result for each in materials], bool(material.others)
    name = "" if others else shorten(result.definition.title, 40)
    digest = material.digest(order)
    return HandoutView(
        title=titled(gettext(order.title), result.partnership, name, result.round),
        language=result.definition.language,
        what=gettext(order.title),
        partnership=partnership,
        of=", ".join(filter(None, (name, result.round))),
        intro=imprint.for_readers(order.readers),
        lets_out=gettext(_LETS_OUT[To(order.readers), order.level]),
        parts=tuple(released_page(each.disclosed, chosen) for each in materials),
        digest=digest,
        left=shorten(partnership, 50),
        running=" · ".join(filter(None, (name, shorten(result.round, 30)))),
        footer=imprint.footer_of_all(results, digest) if others else imprint.footer(result, digest),
        footer_large=imprint.footer_of_all(results, digest, short=True)
        if others
        else imprint.short_footer(result, digest),
    )
