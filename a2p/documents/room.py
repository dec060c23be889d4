"""What a workshop's room needs as tagged PDF: question cards, wall posters and slides.

The same inputs give the same bytes. The options are those of the views: CardOptions, PosterOptions, SlideOptions.
"""

from __future__ import annotations

from a2p.definition.model import Questionnaire
from a2p.documents import render
from a2p.documents.cards_view import CardOptions
from a2p.documents.posters_view import PosterOptions
from a2p.documents.room_page import cards_document, posters_document, slides_document
from a2p.documents.slides_view import SlideOptions
from a2p.scoring.disclosure import Disclosed

CARD_SHEETS = ("sizes.css", "cards.css")
POSTER_SHEETS = ("sizes.css", "posters.css")
SLIDE_SHEETS = ("sizes.css", "slides.css")


def question_cards(definition: Questionnaire, options: CardOptions | None = None) -> bytes:
    """Cards of a definition's questions, A5 two to a page or A4. Raises NothingToPrint where none is left."""
    return render.pdf(cards_document(definition, options or CardOptions()), sheets=CARD_SHEETS)


def wall_posters(source: Questionnaire | Disclosed, options: PosterOptions | None = None) -> bytes:
    """Posters of a definition's questions; of a result, where none are picked, of those worth talking about.

    A result's figures stand on none of them, so that nobody follows them. Raises NothingToPrint where none is left.
    """
    return render.pdf(posters_document(source, options or PosterOptions()), sheets=POSTER_SHEETS)


def slides(disclosed: Disclosed, options: SlideOptions | None = None) -> bytes:
    """Slides of a result. Raises NothingToPrint where a picked topic is none of its scale questions."""
    return render.pdf(slides_document(disclosed, options or SlideOptions()), sheets=SLIDE_SHEETS)
