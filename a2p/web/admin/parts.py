"""What the administrator's pages share: who acts, one page of a long list, texts as forms take them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import request, url_for

from a2p.access.policy import Role
from a2p.store.audit import Actor
from a2p.web.policy import current_principal

KINDS: Mapping[str, str] = {
    "county": "County",
    "district": "District",
    "unitary": "Unitary",
    "local": "Local (part of a district or unitary)",
}


def actor(role: Role) -> Actor:
    """Who sends this request, in the role that the page is for: somebody may have several."""
    return Actor(current_principal().person_id, role)


def administrator() -> Actor:
    """Who sends this request, as the administrator that the policy found them to be."""
    return actor(Role.ADMINISTRATOR)


def squeezed(text: str | None) -> str:
    """A line of text without white space round it or doubled in it."""
    return " ".join((text or "").split())


@dataclass(frozen=True, slots=True)
class Paging:
    """Which page of a list this is, of how many, and the addresses of the ones before and after ("" without one)."""

    page: int
    pages: int
    before: str
    after: str


def asked_page() -> int:
    """The page of a list that the address asks for, from 1."""
    given = request.args.get("page", "1")
    return int(given) if given.isascii() and given.isdigit() and 0 < len(given) < 7 and int(given) > 0 else 1


def paging(endpoint: str, number: int, size: int, kept: Mapping[str, str]) -> Paging:
    """Where in a list of `number` this page of `size` is; `kept` goes along in the addresses."""
    pages, page = max(1, -(-number // size)), asked_page()

    def address(other: int) -> str:
        asked: dict[str, Any] = {name: value for name, value in kept.items() if value}
        return url_for(endpoint, page=other, **asked)

    return Paging(page, pages, address(page - 1) if page > 1 else "", address(page + 1) if page < pages else "")
