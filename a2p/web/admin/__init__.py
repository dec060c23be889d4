"""The administrator's pages: places, people and their roles, questionnaires, settings, the audit log."""

from __future__ import annotations

from a2p.web.admin import audit, home, importing, joining, people, places, questionnaires

BLUEPRINTS = (home.pages, places.pages, joining.pages, people.pages, importing.pages, questionnaires.pages, audit.pages)
