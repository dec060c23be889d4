"""Random tokens and codes for links and sessions. Only their hash is kept, so a copy of the database opens nothing."""

from __future__ import annotations

import hashlib
import secrets

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: no letter that is taken for a figure, and no U
_ALIKE = str.maketrans("OIL", "011")
_CODE_LENGTH, _GROUP = 12, 4


def new_token() -> str:
    """A fresh token of 256 random bits, safe in a URL."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """The SHA-256 of a token, in hex: what is stored and looked up. Tokens are random, so no salt is needed."""
    return hashlib.sha256(token.encode()).hexdigest()


def new_code() -> str:
    """A fresh code of 60 random bits to type by hand, as K7M2-9QXR-4D0T. Who guesses is stopped by a limit."""
    letters = "".join(secrets.choice(_ALPHABET) for _ in range(_CODE_LENGTH))
    return "-".join(letters[start : start + _GROUP] for start in range(0, _CODE_LENGTH, _GROUP))


def code_hash(typed: str) -> str:
    """The hash of a code as somebody typed it: spaces, hyphens and small letters don't matter, nor O for 0, I or L
    for 1."""
    letters = "".join(letter for letter in typed.upper() if letter.isalnum())
    return token_hash("code " + letters.translate(_ALIKE))
