"""Loading a result of an open round, whose organisations may be named."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from a2p.access.loading import Loaded, closed_result


def open_result(session: Session, args: Mapping[str, Any]) -> Loaded | None:
    """A ClosedResult by `round_id` and `questionnaire`, as `closed_result`; there is none in a private round, nor in
    one answered together."""
    loaded = closed_result(session, args)
    if loaded is None:
        return None
    round_ = loaded.object.asked.round
    return loaded if round_.attribution == "open" and not round_.together else None
