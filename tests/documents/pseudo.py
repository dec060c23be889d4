"""A language that nobody speaks: vowels are doubled and accented, which makes texts and words some 40 % longer.

It shows what gives way when a questionnaire is translated, while one can still read it.
"""

from __future__ import annotations

from a2p.definition.model import Questionnaire
from a2p.definition.overlay_texts import overlaid, places

_LONGER = str.maketrans("aeiouwyAEIOUWY", "âêîôûŵŷÂÊÎÔÛŴŶ")


def longer(text: str) -> str:
    """The text in that language."""
    return "".join(each.translate(_LONGER) + (each.lower() if each.lower() in "aeiou" else "") for each in text)


def pseudo(definition: Questionnaire) -> Questionnaire:
    """The questionnaire with every text replaced, as the overlay of a language would."""
    texts = {place: longer(text) for place, text in places(definition).items() if text}
    return overlaid(definition, texts).model_copy(update={"language": "cy"})
