"""Published questionnaire versions: immutable rows, and the definitions they hold."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from a2p.definition.canonical import canonical_json, from_canonical, sha256
from a2p.definition.model import Questionnaire
from a2p.definition.overlay import Overlay, apply
from a2p.store.round_tables import QuestionnaireVersion


class AlreadyPublished(Exception):
    """The same id and version was published before with other contents; a published version never changes."""


def publish(session: Session, definition: Questionnaire) -> QuestionnaireVersion:
    """Keep a definition as a published version; the same one again gives the row already there.

    AlreadyPublished if this id and version stand there with another hash.
    """
    digest = sha256(definition)
    kept = session.scalar(
        select(QuestionnaireVersion).where(
            QuestionnaireVersion.questionnaire == definition.questionnaire,
            QuestionnaireVersion.version == definition.version,
            *_IN_OWN_WORDS,
        )
    )
    if kept is not None:
        if kept.sha256 != digest:
            raise AlreadyPublished(f"{definition.questionnaire} version {definition.version} is published already.")
        return kept
    return _added(session, _row(definition, base_sha256=digest))


def publish_overlaid(session: Session, base: Questionnaire, overlays: Sequence[Overlay]) -> QuestionnaireVersion:
    """Keep a published definition with overlays laid over it, one a layer at most, beside the one in its own words; it
    is retired if that one is.

    A round pins one of them, so words that change later change nothing in a round that is open. NoResultFound if the
    definition was not published.
    """
    own = session.scalars(select(QuestionnaireVersion).where(QuestionnaireVersion.sha256 == sha256(base))).one()
    shown = apply(base, overlays)
    kept = session.scalar(select(QuestionnaireVersion).where(QuestionnaireVersion.sha256 == sha256(shown)))
    if kept is not None:
        return kept
    hashes = {each.layer: each.sha256 for each in overlays}
    made = _row(shown, base_sha256=own.sha256)
    made.language_sha256, made.overlay_sha256 = hashes.get("language", ""), hashes.get("local", "")
    made.retired = own.retired
    return _added(session, made)


def newest_versions(session: Session, *, local: bool = False, language: str = "") -> list[QuestionnaireVersion]:
    """The newest published version of each questionnaire that is not retired, by questionnaire id: in this `language`,
    and in local words where `local`, as far as there are any; without a language in that it is written in."""
    offered = select(QuestionnaireVersion).where(QuestionnaireVersion.retired.is_(None))
    rows = session.scalars(offered.order_by(QuestionnaireVersion.id))
    newest: dict[str, QuestionnaireVersion] = {}
    for row in sorted(rows, key=lambda row: (row.version, *_fits(row, local=local, language=language))):
        newest[row.questionnaire] = row
    return [newest[questionnaire] for questionnaire in sorted(newest)]


def all_versions(session: Session) -> list[QuestionnaireVersion]:
    """Every version that was published, in its own words: by questionnaire id, the newest first."""
    own = select(QuestionnaireVersion).where(*_IN_OWN_WORDS)
    return list(session.scalars(own.order_by(QuestionnaireVersion.questionnaire, QuestionnaireVersion.version.desc())))


def wordings_of(session: Session, version: QuestionnaireVersion) -> list[QuestionnaireVersion]:
    """A version in its own words, and in every language and local wording of it."""
    of_it = select(QuestionnaireVersion).where(QuestionnaireVersion.base_sha256 == version.base_sha256)
    return list(session.scalars(of_it.order_by(QuestionnaireVersion.id)))


def languages_by_base(session: Session) -> dict[str, set[str]]:
    """In which languages each published version is there, by the hash that it has without overlays."""
    rows = session.execute(select(QuestionnaireVersion.base_sha256, QuestionnaireVersion.language).distinct())
    found: dict[str, set[str]] = {}
    for base, language in rows:
        found.setdefault(base, set()).add(language)
    return found


def in_language(session: Session, version: QuestionnaireVersion, language: str) -> QuestionnaireVersion | None:
    """What a version asks, in another language, as it was published last: in the same local words, where they were laid
    over that language too. None where it isn't there in it."""
    if version.language == language:
        return version
    there = [each for each in wordings_of(session, version) if each.language == language]
    same = {"", version.overlay_sha256}
    fitting = [each for each in there if each.overlay_sha256 in same]
    return max(fitting, key=lambda each: (each.overlay_sha256 != "", each.id), default=None)


_IN_OWN_WORDS = (QuestionnaireVersion.overlay_sha256 == "", QuestionnaireVersion.language_sha256 == "")


def _fits(row: QuestionnaireVersion, *, local: bool, language: str) -> tuple[bool, bool]:
    """Whether a row is in the wanted language, and then whether in the wanted words: no wish outranks the first."""
    meant = row.language == language if language else not row.language_sha256
    return meant, local == bool(row.overlay_sha256)


def _row(definition: Questionnaire, *, base_sha256: str) -> QuestionnaireVersion:
    return QuestionnaireVersion(
        questionnaire=definition.questionnaire,
        version=definition.version,
        sha256=sha256(definition),
        base_sha256=base_sha256,
        language=definition.language,
        canonical=canonical_json(definition).decode(),
    )


def _added(session: Session, version: QuestionnaireVersion) -> QuestionnaireVersion:
    session.add(version)
    session.flush()
    return version


def definition_of(version: QuestionnaireVersion) -> Questionnaire:
    """The definition that a published version holds; read and parsed once a process, since it never changes."""
    if version.sha256 not in _parsed:
        _parsed[version.sha256] = from_canonical(version.canonical.encode())
    return _parsed[version.sha256]


_parsed: dict[str, Questionnaire] = {}
