"""Published questionnaire versions: immutable rows, and the definitions they hold."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from a2p.definition.canonical import canonical_json, from_canonical, sha256
from a2p.definition.model import Questionnaire
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
        )
    )
    if kept is not None:
        if kept.sha256 != digest:
            raise AlreadyPublished(f"{definition.questionnaire} version {definition.version} is published already.")
        return kept
    version = QuestionnaireVersion(
        questionnaire=definition.questionnaire,
        version=definition.version,
        sha256=digest,
        canonical=canonical_json(definition).decode(),
    )
    session.add(version)
    session.flush()
    return version


def newest_versions(session: Session) -> list[QuestionnaireVersion]:
    """The newest published version of each questionnaire, by questionnaire id."""
    rows = session.scalars(select(QuestionnaireVersion).order_by(QuestionnaireVersion.version))
    newest = {row.questionnaire: row for row in rows}
    return [newest[questionnaire] for questionnaire in sorted(newest)]


def definition_of(version: QuestionnaireVersion) -> Questionnaire:
    """The definition that a published version holds; read and parsed once a process, since it never changes."""
    if version.sha256 not in _parsed:
        _parsed[version.sha256] = from_canonical(version.canonical.encode())
    return _parsed[version.sha256]


_parsed: dict[str, Questionnaire] = {}
