"""Single sign-on for people with a role, by OpenID Connect: only where an installation names a provider.

The provider's word is taken after its signature, issuer, audience, times and nonce were checked; the code is exchanged
with a proof key, and the state ties the answer to the browser that asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog
from flask import Blueprint, current_app, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from a2p.access.policy import Action
from a2p.access.signing_in import on_this_site
from a2p.access.single_sign_on import Claims, come_in
from a2p.settings import Settings, SettingsError, SingleSignOn
from a2p.web.database import db
from a2p.web.policy import Policy, PolicyFlask, session_token
from a2p.web.session_cookie import remember, this_browser

if TYPE_CHECKING:
    from authlib.integrations.flask_client import FlaskOAuth2App

NEEDED = (
    "A2P_SSO_ISSUER: single sign-on needs two libraries: .venv/bin/pip install 'authlib>=1.6,<2' 'requests>=2.32,<3'"
)
SECONDS = 10
BACK = "sso_back"
log = structlog.get_logger(__name__)
pages = Blueprint("sso", __name__)


class ProviderFailed(Exception):
    """The provider can't be reached, or its word doesn't hold."""


def install(app: PolicyFlask, settings: Settings) -> None:
    """Add the two addresses of single sign-on if the settings name a provider. SettingsError without its libraries."""
    if settings.sso is None:
        return
    try:
        from authlib.integrations.flask_client import OAuth
    except ImportError:
        raise SettingsError([NEEDED]) from None
    client = OAuth(app).register(
        "sso",
        client_id=settings.sso.client_id,
        client_secret=settings.sso.client_secret,
        server_metadata_url=settings.sso.issuer.rstrip("/") + "/.well-known/openid-configuration",
        client_kwargs={"scope": "openid email", "code_challenge_method": "S256", "default_timeout": SECONDS},
    )
    app.extensions["a2p_sso"] = client
    app.register_blueprint(pages)


@pages.get("/sso/start", policy=Policy(Action.ASK_LINK))
def start(_nothing: object) -> ResponseReturnValue:
    """Go to the provider, to come back signed in."""
    session[BACK] = on_this_site(request.args.get("back"))
    try:
        return _go()
    except ProviderFailed:
        return render_template("pages/account/sso_failed.html"), 502


@pages.get("/sso/back", policy=Policy(Action.OPEN_LINK))
def back(_nothing: object) -> ResponseReturnValue:
    """Where the provider sends people back to, with its word of who they are."""
    wanted = on_this_site(session.pop(BACK, ""))
    try:
        claims = _claims()
    except ProviderFailed:
        return render_template("pages/account/sso_failed.html"), 400
    token = come_in(db.session(), claims, session_token(), this_browser())
    db.session.commit()
    if token is None:
        return render_template("pages/account/sso_unknown.html"), 403
    return remember(redirect(wanted or url_for("public.home")), token)


def _go() -> ResponseReturnValue:
    here: Settings = current_app.config["A2P"]
    try:
        if _client().load_server_metadata().get("issuer") != _provider().issuer:
            raise ProviderFailed("issuer")
        answer: ResponseReturnValue = _client().authorize_redirect(here.public_base_url + url_for("sso.back"))
    except _failures() as problem:
        raise _failed(problem) from None
    return answer


def _claims() -> Claims:
    """What the provider says of who came back, checked."""
    provider = _provider()
    options = {
        "iss": {"essential": True, "value": provider.issuer},
        "aud": {"essential": True, "value": provider.client_id},
    }
    try:
        said = _client().authorize_access_token(claims_options=options).get("userinfo")
    except _failures() as problem:
        raise _failed(problem) from None
    if said is None:
        raise ProviderFailed("no id token")
    verified = said.get("email_verified") is True
    return Claims(provider.issuer, str(said["sub"]), str(said.get("email", "")), verified)


def _failures() -> tuple[type[Exception], ...]:
    """What a provider that is away, wrong or hostile leads to."""
    from authlib.common.errors import AuthlibBaseError
    from joserfc.errors import JoseError
    from requests import RequestException

    return (AuthlibBaseError, JoseError, RequestException, LookupError, RuntimeError, TypeError, ValueError)


def _failed(problem: Exception) -> ProviderFailed:
    log.warning("single sign-on failed", reason=type(problem).__name__)
    return ProviderFailed(type(problem).__name__)


def _client() -> FlaskOAuth2App:
    return current_app.extensions["a2p_sso"]


def _provider() -> SingleSignOn:
    provider: SingleSignOn = current_app.config["A2P"].sso
    return provider
