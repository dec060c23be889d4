"""Random tokens for links and sessions. Only their hash is kept, so a copy of the database opens nothing."""

from __future__ import annotations

import hashlib
import secrets


def new_token() -> str:
    """A fresh token of 256 random bits, safe in a URL."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """The SHA-256 of a token, in hex: what is stored and looked up. Tokens are random, so no salt is needed."""
    return hashlib.sha256(token.encode()).hexdigest()
