"""What a workshop's room needs as HTML: cards to hand round, posters for the wall, slides.

`..._html` stands alone, with its styles inside; `..._document` is what the PDF of the same content is made from.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from markupsafe import Markup

from a2p.definition.model import Questionnaire
from a2p.documents.cards_view import CardOptions, cards_view
from a2p.documents.language import in_its_language
from a2p.documents.posters_view import PosterOptions, posters_view
from a2p.documents.slides_view import SlideOptions, slides_view
from a2p.documents.talk import talk_of
from a2p.documents.templating import render
from a2p.documents.words import language_tag
from a2p.scoring.disclosure import Disclosed

_ASSETS = Path(__file__).parent / "assets"
_SCREEN = ("palette.css", "screen.css", "room_screen.css")


def question_cards_html(definition: Questionnaire, options: CardOptions | None = None) -> str:
    """The cards as one page for a screen."""
    return cards_document(definition, options or CardOptions(), _screen_styles())


@in_its_language
def cards_document(definition: Questionnaire, options: CardOptions, styles: str = "") -> str:
    """The cards as HTML, with these styles inside."""
    view = cards_view(definition, options)
    return _page("cards", f"cards cards-{options.size}", view.title, view.language, styles, cards=view)


def wall_posters_html(source: Questionnaire | Disclosed, options: PosterOptions | None = None) -> str:
    """The posters as one page for a screen."""
    return posters_document(source, options or PosterOptions(), _screen_styles())


@in_its_language
def posters_document(source: Questionnaire | Disclosed, options: PosterOptions, styles: str = "") -> str:
    """The posters as HTML. Of a result, where no questions are picked, those worth talking about have one each."""
    definition = source.result.definition if isinstance(source, Disclosed) else source
    nothing_picked = options.per == "question" and options.questions is None and options.audience is None
    if isinstance(source, Disclosed) and nothing_picked:
        options = replace(options, questions=tuple(topic.asked.id for topic in talk_of(source)))
    view = posters_view(definition, options)
    return _page("posters", "posters", view.title, view.language, styles, posters=view)


def slides_html(disclosed: Disclosed, options: SlideOptions | None = None) -> str:
    """The slides as one page for a screen."""
    return slides_document(disclosed, options or SlideOptions(), _screen_styles())


@in_its_language
def slides_document(disclosed: Disclosed, options: SlideOptions, styles: str = "") -> str:
    """The slides as HTML, with these styles inside."""
    view = slides_view(disclosed, options)
    return _page("slides", "slides", view.title, view.language, styles, foot=view.foot, slides=view)


def _screen_styles() -> str:
    return "".join((_ASSETS / name).read_text(encoding="utf-8") for name in _SCREEN)


def _page(template: str, kind: str, title: str, language: str, styles: str, *, foot: str = "", **values: object) -> str:
    return render(
        f"documents/{template}.html",
        title=title,
        language=language_tag(language),
        kind=kind,
        styles=Markup(styles),  # noqa: S704  only our own stylesheets
        large=False,
        left="",
        right="",
        foot=foot,
        foot_large="",
        **values,
    )
