"""Publishing questionnaires: those that lie in the folder, and those that an administrator uploads, checks and compares
with what was published before. A published version never changes; it can be retired, and brought back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from a2p.definition.canonical import sha256
from a2p.definition.catalogue import all_definitions, all_overlays, folder
from a2p.definition.diff import Difference, difference
from a2p.definition.loader import parse
from a2p.definition.model import Questionnaire
from a2p.definition.overlay import layerings
from a2p.definition.problems import DefinitionErrors, Problem
from a2p.definition.rules import Surroundings
from a2p.definition.support import modules_beside
from a2p.store.audit import Actor, record
from a2p.store.base import now
from a2p.store.definitions import all_versions, definition_of, newest_versions, publish, publish_overlaid, wordings_of
from a2p.store.round_tables import QuestionnaireVersion


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found in an uploaded definition. Without `definition` it has mistakes, listed in `problems`.

    `difference` is to the newest published version, if there is one that is not newer. `against` says why it can't be
    published though it has no mistake ("" if it can).
    """

    problems: tuple[Problem, ...] = ()
    definition: Questionnaire | None = None
    before: QuestionnaireVersion | None = None
    difference: Difference | None = None
    against: str = ""

    @property
    def can_be_published(self) -> bool:
        """Whether nothing is against it."""
        return self.definition is not None and not self.against


@dataclass(frozen=True, slots=True)
class ListedVersion:
    """A published version in the list: whether it is the one that new rounds are offered."""

    version: QuestionnaireVersion
    title: str
    offered: bool


class CannotPublish(Exception):
    """The definition has mistakes, or something is against it; nothing was published."""


def publish_all(session: Session) -> dict[str, QuestionnaireVersion]:
    """Publish every definition, and it in every language and local wording; returns those in their own words, by
    questionnaire id.

    AlreadyPublished if a definition was changed without a new version number; DefinitionErrors if one has mistakes.
    """
    definitions = {definition.questionnaire: definition for definition in all_definitions()}
    published = {name: publish(session, definition) for name, definition in definitions.items()}
    overlays = all_overlays()
    for definition in definitions.values():
        for layers in layerings(definition, overlays):
            publish_overlaid(session, definition, layers)
    return published


def check(session: Session, data: bytes, name: str) -> Checked:
    """Look at a definition as `a2p check` does, and compare it with what is published. Nothing is kept."""
    try:
        definition = parse(data, name, Surroundings(modules=modules_beside(folder())))
    except DefinitionErrors as errors:
        return Checked(errors.problems)
    published = [each for each in all_versions(session) if each.questionnaire == definition.questionnaire]
    before = published[0] if published else None
    if before is None:
        return Checked(definition=definition)
    if definition.version < before.version:
        return Checked(definition=definition, before=before, against=_older(definition, published))
    found = difference(definition_of(before), definition)
    return Checked(definition=definition, before=before, difference=found, against=_against(definition, before, found))


def publish_checked(session: Session, data: bytes, name: str, *, by: Actor) -> QuestionnaireVersion:
    """Publish a definition. CannotPublish if its check does not allow it."""
    checked = check(session, data, name)
    if checked.definition is None or checked.against:
        raise CannotPublish(checked.against or "It has mistakes.")
    version = publish(session, checked.definition)
    record(session, "published the questionnaire", by=by, of=f"version {version.id}", detail={"sha256": version.sha256})
    return version


def listed_versions(session: Session) -> list[ListedVersion]:
    """Every published version, by questionnaire, the newest first."""
    offered = {(each.questionnaire, each.version) for each in newest_versions(session)}
    return [
        ListedVersion(each, definition_of(each).title, (each.questionnaire, each.version) in offered)
        for each in all_versions(session)
    ]


def offered_without(session: Session, version: QuestionnaireVersion) -> int | None:
    """The version number that new rounds would be offered if this version were retired; None for none."""
    others = [each for each in all_versions(session) if each.questionnaire == version.questionnaire]
    left = [each.version for each in others if each.id != version.id and each.retired is None]
    return max(left, default=None)


def retire(session: Session, version: QuestionnaireVersion, *, by: Actor) -> None:
    """Offer a version to new rounds no longer, nor what it is in other words; open rounds go on with it."""
    if version.retired is None:
        _set_retired(session, version, retired=True)
        record(session, "retired the questionnaire", by=by, of=f"version {version.id}")


def bring_back(session: Session, version: QuestionnaireVersion, *, by: Actor) -> None:
    """Offer a retired version again."""
    if version.retired is not None:
        _set_retired(session, version, retired=False)
        record(session, "brought back the questionnaire", by=by, of=f"version {version.id}")


def _set_retired(session: Session, version: QuestionnaireVersion, *, retired: bool) -> None:
    at = now() if retired else None
    for each in wordings_of(session, version):
        each.retired = at
    session.flush()


def _older(definition: Questionnaire, published: Sequence[QuestionnaireVersion]) -> str:
    """Why a version before the newest one is not published."""
    if any(each.sha256 == sha256(definition) for each in published):
        return f"Version {definition.version} is published already, just as it is here."
    newest = published[0].version
    return f"Version {newest} is published already: give this one number {newest + 1}."


def _against(definition: Questionnaire, before: QuestionnaireVersion, found: Difference) -> str:
    """Why a version is not published though it has no mistake; "" if it can be."""
    if before.sha256 == sha256(definition):
        return f"Version {before.version} is published already, just as it is here."
    if before.version == definition.version:
        return (
            f"Version {before.version} is published already, with other contents. What was asked never changes: "
            f"give this one number {before.version + 1}, and say under since what changed."
        )
    if found.unaccounted:
        return (
            f"{', '.join(found.unaccounted)} vanished since version {before.version}. "
            "List them under since, as renamed or retired; answers given to them would be lost."
        )
    return ""
