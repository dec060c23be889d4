"""A box for a whole number that must be given, within limits, with one way to say so."""

from __future__ import annotations

from typing import Any

from wtforms.validators import InputRequired, NumberRange

from a2p.web.agreed_forms import WholeNumberField


class WholeField(WholeNumberField):
    """A whole number from `least` to `most`; nothing, nonsense and too much are told in the same words."""

    def __init__(self, what: str, least: int, most: int, **more: Any) -> None:
        said = f"{what} must be a whole number from {least:,} to {most:,}"
        super().__init__(validators=[InputRequired(said), NumberRange(least, most, message=said)], **more)
