"""Who answered, in counts: organisations, sectors, one sector's weight and a partial picture (scoring rule 2)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import get_args

from a2p.definition.model import Questionnaire
from a2p.scoring.answers import Respondent, Sector
from a2p.scoring.frozen import SectorCount

SECTORS: tuple[Sector, ...] = get_args(Sector)


def organisation_sectors(respondents: Sequence[Respondent]) -> dict[str, Sector | None]:
    """Each organisation's sector: the one most of its respondents give, of a tie the first in the list, or None."""
    given: dict[str, Counter[Sector]] = {}
    for each in respondents:
        given.setdefault(each.organisation, Counter()).update([each.sector] if each.sector is not None else [])
    return {organisation: _most_given(sectors) for organisation, sectors in given.items()}


def _most_given(sectors: Counter[Sector]) -> Sector | None:
    most = max(sectors.values(), default=0)
    return next((sector for sector in SECTORS if most and sectors[sector] == most), None)


def sector_counts(respondents: Sequence[Respondent]) -> tuple[SectorCount, ...]:
    """Organisations and people of each sector that answered, in the fixed order of sectors, last those without one."""
    organisations = Counter(organisation_sectors(respondents).values())
    people = Counter(each.sector for each in respondents)
    return tuple(
        SectorCount(sector=sector, organisations=organisations[sector], people=people[sector])
        for sector in (*SECTORS, None)
        if organisations[sector] or people[sector]
    )


def dominant_sector(definition: Questionnaire, respondents: Sequence[Respondent]) -> Sector | None:
    """The sector of more than half of the questionnaire's voices, if there is one.

    The voices are the organisations; where every section put to respondents is for councillors alone, the councillors.
    """
    asked = [section for section in definition.sections if not section.is_facts]
    voices: list[Sector | None]
    if asked and all(section.voices_are_councillors for section in asked):
        voices = [each.sector for each in respondents if each.councillor is not None]
    else:
        voices = list(organisation_sectors(respondents).values())
    counts = Counter(sector for sector in voices if sector is not None)
    return next((sector for sector, count in counts.items() if 2 * count > len(voices)), None)


def is_partial(organisations: int, invited: int | None, *, together: bool) -> bool | None:
    """Whether under 40 % of the invited organisations answered; None if invitations aren't known.

    A round answered together is one response of the whole partnership, so it is never a partial picture.
    """
    if invited is None:
        return None
    return not together and 5 * organisations < 2 * invited
