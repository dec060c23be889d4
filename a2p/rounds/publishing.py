"""Publishing the questionnaires that lie in the questionnaires folder, each in its own words and in local ones."""

from __future__ import annotations

from sqlalchemy.orm import Session

from a2p.definition.catalogue import all_definitions, local_overlays
from a2p.store.definitions import publish, publish_local
from a2p.store.round_tables import QuestionnaireVersion


def publish_all(session: Session) -> dict[str, QuestionnaireVersion]:
    """Publish every definition and its local words; returns those in their own words, by questionnaire id.

    AlreadyPublished if a definition was changed without a new version number; DefinitionErrors if one has mistakes.
    """
    definitions = {definition.questionnaire: definition for definition in all_definitions()}
    published = {name: publish(session, definition) for name, definition in definitions.items()}
    for overlay in local_overlays():
        publish_local(session, definitions[overlay.content.overlay], overlay)
    return published
