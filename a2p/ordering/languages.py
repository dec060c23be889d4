"""In which languages documents of results can be had: those in which the questionnaires were published."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from a2p.scoring.disclosure import Disclosed
from a2p.scoring.rewording import reworded
from a2p.store.definitions import definition_of, in_language, languages_by_base
from a2p.store.round_tables import QuestionnaireVersion, Result


@dataclass(frozen=True, slots=True)
class Languages:
    """What a document can be told in: that in which partners were `asked`; the `others` that there are of its result,
    and those that there are of all of its round's, None where it is the only one."""

    asked: str
    others: tuple[str, ...] = ()
    of_all: tuple[str, ...] | None = None

    @property
    def offered(self) -> tuple[str, ...]:
        """All that may be chosen beside the one in which partners were asked."""
        return tuple(sorted({*self.others, *(self.of_all or ())}))

    def of(self, *, several: bool) -> tuple[str, ...]:
        """Those of a document of this result alone, or of all results of the round."""
        return self.of_all if several and self.of_all is not None else self.others


def languages_of(session: Session, result: Result, beside: Sequence[Result] = ()) -> Languages:
    """The languages of documents of a result, and of those of the results `beside` it too."""
    asked = session.get_one(QuestionnaireVersion, result.version_id).language
    of_all = other_languages(session, (result, *beside)) if beside else None
    return Languages(asked, other_languages(session, (result,)), of_all)


def other_languages(session: Session, results: Sequence[Result]) -> tuple[str, ...]:
    """The languages in which all of these results can be told, but for one in which all of them are already."""
    versions = [session.get_one(QuestionnaireVersion, each.version_id) for each in results]
    published = languages_by_base(session)
    there = [published[version.base_sha256] for version in versions]
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
