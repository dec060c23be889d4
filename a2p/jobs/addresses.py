"""The site's addresses that letters lead to, below its public base URL. A worker has no routes to ask."""

from __future__ import annotations

from a2p.store.tables import Grant

SIGN_IN = "/sign-in"
CODE = "/code"
PRIVACY = "/privacy"


def invitation(token: str) -> str:
    """An invitation's link."""
    return f"/i/{token}"


def own_answers(invitation_id: int) -> str:
    """A respondent's own page: with a session at once, without one by way of signing in."""
    return f"/answer/{invitation_id}"


def sign_in(token: str) -> str:
    """A link to sign in."""
    return f"/sign-in/{token}"


def round_page(round_id: int) -> str:
    """A round's page."""
    return f"/rounds/{round_id}"


def comments(round_id: int) -> str:
    """Where a round's comments are read over."""
    return f"/rounds/{round_id}/comments"


def support(partnership_id: int) -> str:
    """A partnership's page of what it asks, offers and requests."""
    return f"/partnerships/{partnership_id}/support"


def release(token: str) -> str:
    """A link by which a release is confirmed or refused."""
    return f"/confirm-release/{token}"


def introductions(partnership_id: int) -> str:
    """Where a partnership answers introductions."""
    return f"/partnerships/{partnership_id}/introductions"


def associate(token: str) -> str:
    """An associate's own page."""
    return f"/associate/{token}"


def to_confirm(grant: Grant) -> str:
    """Where a chair confirms a proposed coordinator."""
    return f"/partnerships/{grant.partnership_id}/people/{grant.id}/confirm"
