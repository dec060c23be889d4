"""Published questionnaire versions: immutable rows, and the definitions they hold."""

from __future__ import annotations

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
            QuestionnaireVersion.overlay_sha256 == "",
        )
    )
    if kept is not None:
        if kept.sha256 != digest:
            raise AlreadyPublished(f"{definition.questionnaire} version {definition.version} is published already.")
        return kept
    return _keep(session, definition, base=digest)


def publish_local(session: Session, base: Questionnaire, overlay: Overlay) -> QuestionnaireVersion:
    """Keep a published definition with local words laid over it, beside the one in its own words.

    A round pins one of the two, so words that change later change nothing in a round that is open.
    """
    shown = apply(base, [overlay])
    kept = session.scalar(select(QuestionnaireVersion).where(QuestionnaireVersion.sha256 == sha256(shown)))
    return kept or _keep(session, shown, base=sha256(base), overlay=overlay.sha256)


def newest_versions(session: Session, *, local: bool = False) -> list[QuestionnaireVersion]:
    """The newest published version of each questionnaire that is not retired, by questionnaire id; in local words where
    `local` and there are any."""
    offered = select(QuestionnaireVersion).where(QuestionnaireVersion.retired.is_(None))
    rows = session.scalars(offered.order_by(QuestionnaireVersion.id))
    newest: dict[str, QuestionnaireVersion] = {}
    for row in sorted(rows, key=lambda row: (row.version, local == bool(row.overlay_sha256))):
        newest[row.questionnaire] = row
    return [newest[questionnaire] for questionnaire in sorted(newest)]


def all_versions(session: Session) -> list[QuestionnaireVersion]:
    """Every version that was published, in its own words: by questionnaire id, the newest first."""
    own = select(QuestionnaireVersion).where(QuestionnaireVersion.overlay_sha256 == "")
    return list(session.scalars(own.order_by(QuestionnaireVersion.questionnaire, QuestionnaireVersion.version.desc())))


def with_local_words(session: Session, version: QuestionnaireVersion) -> list[QuestionnaireVersion]:
    """A version in its own words and in every local wording of it."""
    of_it = select(QuestionnaireVersion).where(QuestionnaireVersion.base_sha256 == version.base_sha256)
    return list(session.scalars(of_it.order_by(QuestionnaireVersion.id)))


def _keep(session: Session, definition: Questionnaire, *, base: str, overlay: str = "") -> QuestionnaireVersion:
    version = QuestionnaireVersion(
        questionnaire=definition.questionnaire,
        version=definition.version,
        sha256=sha256(definition),
        base_sha256=base,
        overlay_sha256=overlay,
        canonical=canonical_json(definition).decode(),
    )
    session.add(version)
    session.flush()
    return version


def definition_of(version: QuestionnaireVersion) -> Questionnaire:
    """The definition that a published version holds; read and parsed once a process, since it never changes."""
    if version.sha256 not in _parsed:
        _parsed[version.sha256] = from_canonical(version.canonical.encode())
    return _parsed[version.sha256]


_parsed: dict[str, Questionnaire] = {}
