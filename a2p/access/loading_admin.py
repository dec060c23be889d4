"""Loaders of what belongs to the installation, for its administrators: without a partnership's facts, so that nobody's
role over a place reaches it. A partnership's grant, for its coordinators and chair, has them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from a2p.access.loading import Loaded, of_partnership
from a2p.access.policy import Facts
from a2p.store.base import Base
from a2p.store.round_tables import QuestionnaireVersion
from a2p.store.tables import Grant, Partnership, Person, Region

_Row = TypeVar("_Row", bound=Base)


def any_region(session: Session, args: Mapping[str, Any]) -> Loaded | None:
    """A Region by `region_id`."""
    return _of_the_installation(session, Region, args["region_id"])


def any_partnership(session: Session, args: Mapping[str, Any]) -> Loaded | None:
    """A Partnership by `partnership_id`."""
    return _of_the_installation(session, Partnership, args["partnership_id"])


def any_person(session: Session, args: Mapping[str, Any]) -> Loaded | None:
    """A Person by `person_id`."""
    return _of_the_installation(session, Person, args["person_id"])


def any_grant(session: Session, args: Mapping[str, Any]) -> Loaded | None:
    """A Grant by `grant_id`."""
    return _of_the_installation(session, Grant, args["grant_id"])


def any_version(session: Session, args: Mapping[str, Any]) -> Loaded | None:
    """A QuestionnaireVersion by `version_id`."""
    return _of_the_installation(session, QuestionnaireVersion, args["version_id"])


def partnership_grant(session: Session, args: Mapping[str, Any]) -> Loaded | None:
    """A Grant by `partnership_id` and `grant_id`: one on that partnership."""
    found = session.get(Grant, args["grant_id"])
    if found is None or found.partnership is None or found.partnership_id != args["partnership_id"]:
        return None
    return Loaded(found, of_partnership(found.partnership))


def _of_the_installation(session: Session, table: type[_Row], number: int) -> Loaded | None:
    found = session.get(table, number)
    return Loaded(found, Facts()) if found else None
