"""a2p: an online self-assessment toolkit for Local Strategic Partnerships."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from a2p.settings import Settings


def create_app(settings: Settings | None = None) -> Flask:
    """The site as a WSGI app, by default with the environment's settings. Imported late: commands need no Flask."""
    from a2p.settings import from_environment
    from a2p.web.app import create_app as create

    return create(settings or from_environment())
