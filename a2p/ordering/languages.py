"""In which languages documents of results can be had: those in which the questionnaires were published."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from a2p.scoring.disclosure import Disclosed
from a2p.scoring.rewording import reworded
from a2p.store.definitions import definition_of, in_language, wordings_of
from a2p.store.round_tables import QuestionnaireVersion, Result


def other_languages(session: Session, results: Sequence[Result]) -> tuple[str, ...]:
    """The languages in which all of these results can be told, but for one in which all of them are already."""
    versions = [session.get_one(QuestionnaireVersion, each.version_id) for each in results]
    there = [{each.language for each in wordings_of(session, version)} for version in versions]
    own = {version.language for version in versions}
    return tuple(sorted(set.intersection(*there) - (own if len(own) == 1 else set()))) if there else ()


def can_be_told(session: Session, results: Sequence[Result], language: str) -> bool:
    """Whether there is a document of these results in a language; "" is that in which each was asked."""
    versions = (session.get_one(QuestionnaireVersion, each.version_id) for each in results)
    return not language or all(in_language(session, version, language) for version in versions)


def told_in(session: Session, result: Result, shown: Disclosed, language: str) -> Disclosed:
    """What is shown of a result, in a language; as it was asked where it isn't there in it, and for ""."""
    version = session.get_one(QuestionnaireVersion, result.version_id)
    meant = in_language(session, version, language) if language else None
    if meant is None or meant.id == version.id:
        return shown
    return reworded(shown, definition_of(meant), meant.overlays)
