"""Two snapshots compared, as a region's documents set it: the medians of all partnerships in both."""

from __future__ import annotations

from a2p.documents.regional_material import Change, PictureChange, SectionChange
from a2p.documents.regional_words import NOT_IN_BOTH, WHY_NOT
from a2p.region.between import ComparedCell, ComparedPicture, Comparison


def change_of(comparison: Comparison) -> Change:
    """The comparison's medians over all that are compared; of groups it has more, for pages."""
    pictures = tuple(_picture(picture) for picture in comparison.pictures)
    return Change(comparison.earlier.name, comparison.earlier.made, pictures)


def _picture(picture: ComparedPicture) -> PictureChange:
    whole = next((group for group in picture.groups if group.by == "all"), None)
    cells = {cell.section: cell for cell in whole.sections} if whole else {}
    sections = tuple(_section(section.title, cells.get(section.id)) for section in picture.sections)
    return PictureChange(picture.title, picture.together, picture.compared, picture.bands, sections)


def _section(title: str, cell: ComparedCell | None) -> SectionChange:
    if cell is None or cell.then is None or cell.now is None:
        reason = WHY_NOT[cell.withheld] if cell and cell.withheld else NOT_IN_BOTH
        return SectionChange(title, cell.n if cell else None, reason=reason)
    return SectionChange(title, cell.n, cell.then.median, cell.now.median)
