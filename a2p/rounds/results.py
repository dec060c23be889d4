"""Frozen results read back, and what of them somebody may be shown. Nobody is handed more than disclosure lets out."""

from __future__ import annotations

from functools import lru_cache

from a2p.scoring.disclosure import Audience, Disclosed, disclose
from a2p.scoring.frozen_file import read_frozen
from a2p.store.round_tables import Result


def disclosed(result: Result, audience: Audience = Audience.COORDINATOR) -> Disclosed:
    """What `audience` may see of a frozen result: every minimum of the promise is applied, for pages and documents."""
    return _disclosed(result.sha256, result.document, audience)


@lru_cache(maxsize=64)
def _disclosed(_digest: str, document: str, audience: Audience) -> Disclosed:
    return disclose(read_frozen(document.encode()), audience)
