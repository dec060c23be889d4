"""How many partnerships of a region ask for help and offer it, by section: counts, whatever they released."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from a2p.store.outcome_tables import SupportWish
from a2p.store.tables import Partnership


@dataclass(frozen=True, slots=True)
class Wished:
    """Partnerships that ask for help on a section, and that offer it."""

    asks: int = 0
    offers: int = 0


def wished_by_section(session: Session, region_id: int) -> dict[str, Wished]:
    """What is asked and offered at present, by "questionnaire/section"; not there where nobody does either."""
    wish = SupportWish
    rows = session.execute(
        select(wish.about, wish.kind, func.count(wish.partnership_id.distinct()))
        .join(Partnership, Partnership.id == wish.partnership_id)
        .where(Partnership.region_id == region_id, wish.withdrawn.is_(None), wish.kind.in_(("ask", "offer")))
        .group_by(wish.about, wish.kind)
    )
    found: dict[str, dict[str, int]] = {}
    for about, kind, many in rows:
        found.setdefault(about, {})[f"{kind}s"] = many
    return {about: Wished(**counts) for about, counts in found.items()}
