"""A language that nobody speaks: vowels are doubled and accented, which makes texts and words some 40 % longer.

It shows what gives way when a questionnaire is translated, while one can still read it.
"""

from __future__ import annotations

from typing import Any

import yaml

from a2p.definition.model import Questionnaire
from a2p.definition.overlay import Overlay, parse_overlay
from a2p.definition.overlay_texts import overlaid, places

_LONGER = str.maketrans("aeiouwyAEIOUWY", "âêîôûŵŷÂÊÎÔÛŴŶ")


def longer(text: str) -> str:
    """The text in that language."""
    return "".join(each.translate(_LONGER) + (each.lower() if each.lower() in "aeiou" else "") for each in text)


def pseudo(definition: Questionnaire) -> Questionnaire:
    """The questionnaire with every text replaced, as the overlay of a language would."""
    texts = {place: longer(text) for place, text in places(definition).items() if text}
    return overlaid(definition, texts).model_copy(update={"language": "cy"})


def overlay_file(definition: Questionnaire) -> bytes:
    """The file of an overlay in that language: `QUESTIONNAIRE.cy.yaml`."""
    overlay: dict[str, Any] = {"overlay": definition.questionnaire, "language": "cy"}
    for place, text in places(definition).items():
        if text:
            _put(overlay, place, longer(text))
    return yaml.safe_dump(_with_lists(overlay), allow_unicode=True, sort_keys=False).encode()


def overlay_of(definition: Questionnaire) -> Overlay:
    """The overlay in that file."""
    return parse_overlay(overlay_file(definition), f"{definition.questionnaire}.cy.yaml", definition)


def _put(overlay: dict[Any, Any], place: tuple[str | int, ...], text: str) -> None:
    *groups, last = place
    for each in groups:
        overlay = overlay.setdefault(each, {})
    overlay[last] = text


def _with_lists(value: Any) -> Any:  # noqa: ANN401 - what YAML can hold
    """What is keyed by position becomes a list."""
    if not isinstance(value, dict):
        return value
    inside = {key: _with_lists(each) for key, each in value.items()}
    return list(inside.values()) if 0 in inside else inside
