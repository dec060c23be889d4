"""What a document says of itself: whom it is for, what to know before any figure, of when it is, and its foot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from a2p.definition.model import Questionnaire
from a2p.documents.language import gettext, ngettext, noted
from a2p.documents.words import day, lower_first, sector, shorten
from a2p.scoring.disclosure import Disclosed
from a2p.scoring.frozen import FrozenResult
from a2p.scoring.releases import To

NAMED = noted(
    "An open round: the appendix names organisations. It is for the coordinator, the chair and the facilitator, and "
    "not to be passed on."
)


FOR_READERS: Mapping[str, str] = {
    "": "",
    To.RESPONDENTS: noted("For those who answered."),
    To.REGION: noted("For the region’s own team, and not to be passed on."),
    To.PUBLIC: noted("A self-assessment, not an inspection, and not meant for comparing partnerships."),
}


def for_readers(readers: str) -> str:
    """Whom a document is for, where it is for those to whom a round is released; else empty."""
    said = FOR_READERS[readers]
    return gettext(said) if said else ""


def caveats(disclosed: Disclosed) -> tuple[str, ...]:
    """What a reader must know before any figure: said on the cover and the picture page."""
    result = disclosed.result
    said: list[str] = []
    if result.demo:
        said.append(
            gettext("Invented answers: this shows what a report looks like, and says nothing about a real place.")
        )
    if result.partial:
        said.append(
            gettext(
                "A partial picture: fewer than four in ten of the organisations invited have answered "
                "(%(number)s of %(invited)s).",
                number=result.organisations,
                invited=result.invited_organisations,
            )
        )
    if result.definition.status == "unpiloted":
        said.append(gettext("An unpiloted questionnaire: no partnership has tried these questions out yet."))
    if result.dominant_sector and result.organisations > 1:
        most = lower_first(sector(result.dominant_sector))
        said.append(gettext("One sector supplies more than half of the voices: %(sector)s.", sector=most))
    return tuple(said)


def when(result: FrozenResult) -> str:
    """`1 March to 31 March 2026`, as far as the dates are known."""
    if result.opened and result.closed:
        return gettext("%(opened)s to %(closed)s", opened=day(result.opened), closed=day(result.closed))
    return gettext("Closed %(day)s", day=day(result.closed)) if result.closed else ""


def footer(result: FrozenResult, digest: str) -> str:
    """What stands at the foot of every page: closing date, questionnaire version, short content hash."""
    parts = [
        gettext("Invented answers") if result.demo else "",
        gettext("Partial picture") if result.partial else "",
        versioned(shorten(result.definition.title, 30), result.definition),
        gettext("closed %(day)s", day=day(result.closed)) if result.closed else "",
        digest[:8],
    ]
    return " · ".join(part for part in parts if part)


def footer_of_all(results: Sequence[FrozenResult], digest: str, *, short: bool = False) -> str:
    """The foot of a page of a document over several questionnaires; its cover and appendix name their versions."""
    unpiloted = any(result.definition.status == "unpiloted" for result in results)
    parts = [
        gettext("Invented answers") if results[0].demo else "",
        gettext("Partial picture") if any(result.partial for result in results) and not short else "",
        _so_many(len(results), unpiloted=unpiloted and not short),
        gettext("closed %(day)s", day=day(results[0].closed)) if results[0].closed else "",
        digest[:8],
    ]
    return " · ".join(part for part in parts if part)


def versioned(title: str, definition: Questionnaire) -> str:
    """`Aspire version 2, unpiloted`, for a questionnaire of which this much of the title has room."""
    if definition.status == "unpiloted":
        return gettext("%(title)s version %(version)s, unpiloted", title=title, version=definition.version)
    return gettext("%(title)s version %(version)s", title=title, version=definition.version)


def _so_many(questionnaires: int, *, unpiloted: bool) -> str:
    if unpiloted:
        return ngettext("%(num)s questionnaire, unpiloted", "%(num)s questionnaires, unpiloted", questionnaires)
    return ngettext("%(num)s questionnaire", "%(num)s questionnaires", questionnaires)


def short_footer(result: FrozenResult, digest: str) -> str:
    """The foot of a page in large print, where the line is short; the cover and the appendix name the version."""
    parts = [
        gettext("Invented answers") if result.demo else "",
        shorten(result.definition.title, 30),
        day(result.closed),
        digest[:8],
    ]
    return " · ".join(part for part in parts if part)
