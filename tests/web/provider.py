"""A small OpenID Connect provider: it signs what a test has it say, right or wrong, and checks the proof of a code."""

from __future__ import annotations

import base64
import hashlib
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "a2p-site", "a secret between the two"
SCOPES = {"openid", "email"}


@dataclass
class Provider:
    """A provider that serves on this machine. `says` and `header` change the next word it gives; `issuer_named` is what
    its configuration claims to be."""

    issuer: str
    issuer_named: str = ""
    says: dict[str, object] = field(default_factory=dict)
    signed_by: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one"}))
    known_key: RSAKey | None = None
    failing: bool = False
    proofs_refused: int = 0
    _codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def agree(self, address: str) -> str:
        """What somebody's browser does at the provider: sign in and go back. The path and query to come back to."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert asked["client_id"] == CLIENT
        assert asked["response_type"] == "code"
        assert asked["code_challenge_method"] == "S256"
        assert set(asked["scope"].split()) == SCOPES
        code = f"code-{len(self._codes)}"
        self._codes[code] = asked
        back = urlsplit(asked["redirect_uri"])
        return f"{back.path}?{urlencode({'code': code, 'state': asked['state']})}"

    def configuration(self) -> dict[str, object]:
        """What it tells of itself."""
        return {
            "issuer": self.issuer_named or self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "id_token_signing_alg_values_supported": ["RS256"],
        }

    def keys(self) -> dict[str, object]:
        """Its public keys."""
        return {"keys": [(self.known_key or self.signed_by).as_dict(private=False)]}

    def token(self, posted: dict[str, str]) -> dict[str, object] | None:
        """The word for a code, if its proof is right; None if not. A code is taken once."""
        asked = self._codes.pop(posted.get("code", ""), None)
        if asked is None:
            return None
        proof = hashlib.sha256(posted.get("code_verifier", "").encode()).digest()
        if base64.urlsafe_b64encode(proof).rstrip(b"=").decode() != asked["code_challenge"]:
            self.proofs_refused += 1
            return None
        moment = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "sub": "somebody-7",
            "iat": moment,
            "exp": moment + 300,
            "nonce": asked["nonce"],
            **self.says,
        }
        claims = {name: said for name, said in claims.items() if said is not None}
        signed = jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.signed_by)
        return {"access_token": "unused", "token_type": "Bearer", "expires_in": 300, "id_token": signed}


@contextmanager
def provider() -> Iterator[Provider]:
    """A provider on a port of its own, until the end."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            pages = {"/.well-known/openid-configuration": made.configuration, "/keys": made.keys}
            self._answer(500 if made.failing else 200, pages[self.path]())

        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            posted = {name: values[0] for name, values in parse_qs(self.rfile.read(length).decode()).items()}
            given = made.token(posted)
            self._answer(200 if given else 400, given or {"error": "invalid_grant"})

        def _answer(self, status: int, said: dict[str, object]) -> None:
            body = json.dumps(said).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made = Provider(f"http://127.0.0.1:{server.server_address[1]}")
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
