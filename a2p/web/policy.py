"""Policy at the route: an app that refuses routes without one, and answers nothing without a decision.

A view receives the object that the policy's loader found and the policy allowed; it never sees an id of the URL.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import wraps
from types import TracebackType
from typing import TYPE_CHECKING, Any, TypeAlias

import structlog
from flask import Flask, Response, abort, current_app, flash, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from werkzeug.middleware.proxy_fix import ProxyFix

from a2p.access import sessions
from a2p.access.loading import Loader, public
from a2p.access.policy import (
    NOBODY,
    Action,
    Decision,
    Facts,
    Principal,
    Role,
    asks_second_factor,
    decide,
    needs_sign_in,
)
from a2p.store.audit import RESPONDENT, Actor
from a2p.store.base import today
from a2p.web import autosave, held
from a2p.web.database import db
from a2p.web.page import SignedIn

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_ExcInfo: TypeAlias = tuple[type, BaseException, TracebackType] | tuple[None, None, None]
log = structlog.get_logger(__name__)
KEPT = "What you typed is kept for a day. Sign in again in this browser, and you can save it."
View: TypeAlias = Callable[[Any], ResponseReturnValue]


class UndeclaredPolicy(Exception):
    """A route was added without a policy. The site does not start."""


@dataclass(frozen=True, slots=True)
class Policy:
    """What a route lets be done, and how its URL becomes the object it is done to.

    `query` names parameters behind the question mark that the loader is given too. `one_factor` lets in a person who
    has yet to pass their second factor: for the page where they do. `holds`: a form that is sent to it when the session
    is over is kept sealed until its writer is back. `most_bytes`: a route that takes a file larger than others may.
    """

    action: Action
    load: Loader = public
    query: tuple[str, ...] = ()
    one_factor: bool = False
    holds: bool = False
    most_bytes: int | None = None


class PolicyFlask(Flask):
    """A Flask app whose every route declares its policy; `demo` turns on what only a demonstration may have."""

    def __init__(self, import_name: str, *, demo: bool, **options: Any) -> None:
        self.demo = demo
        self.front: WSGIApplication = super().wsgi_app
        self.policies: dict[str, Policy] = {}
        super().__init__(import_name, static_folder=None, **options)

    def add_url_rule(
        self,
        rule: str,
        endpoint: str | None = None,
        view_func: Callable[..., Any] | None = None,
        provide_automatic_options: bool | None = None,
        **options: Any,
    ) -> None:
        """Flask's own, but `policy=Policy(...)` is required and guards the view."""
        policy = options.pop("policy", None)
        if not isinstance(policy, Policy) or view_func is None:
            raise UndeclaredPolicy(f"{rule} ({endpoint}): declare a policy, such as policy=Policy(Action...., loader)")
        name = endpoint or view_func.__name__
        self.policies[name] = policy
        # no automatic OPTIONS: Flask would answer them without asking the policy
        super().add_url_rule(rule, name, _guarded(self, policy, view_func), provide_automatic_options=False, **options)

    def wsgi_app(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Flask's own, behind what `behind` set."""
        return self.front(environ, start_response)

    def behind(self, proxies: int) -> None:
        """Believe the X-Forwarded-* headers that this many trusted proxies set."""
        self.front = ProxyFix(self.front, *[proxies] * 4)

    def preprocess_request(self) -> ResponseReturnValue | None:
        """Flask's own, after the size is set that the route takes: what is sent is read to check its token."""
        policy = self.policies.get(request.endpoint or "")
        if policy is not None and policy.most_bytes is not None:
            request.max_content_length = policy.most_bytes
        return super().preprocess_request()

    def sweep(self) -> None:
        """UndeclaredPolicy if any rule got into the map another way."""
        for rule in self.url_map.iter_rules():
            if rule.endpoint not in self.policies:
                raise UndeclaredPolicy(f"{rule.rule} ({rule.endpoint}) has no policy.")

    def log_exception(self, exc_info: _ExcInfo) -> None:
        """Log what went wrong under the rule's name: Flask's own logs the address, which may hold a link's token."""
        rule = request.url_rule.rule if request.url_rule else "no rule"
        log.error("request failed", rule=rule, method=request.method, exc_info=exc_info)

    def process_response(self, response: Response) -> Response:
        """Flask's own, but an answer of a known route on which nothing was decided becomes an error."""
        if request.endpoint is not None and not g.get("decided") and response.status_code < 400:
            response = Response("No decision was made on this request.", 500, mimetype="text/plain")
        return super().process_response(response)


def current_principal() -> Principal:
    """Who sends this request, read from the database once."""
    if "principal" not in g:
        settings = current_app.config["A2P"]
        token = session_token()
        visit = sessions.visit_of(db.session(), token, second_factor=settings.second_factor)
        g.principal, g.note_use_of = visit.principal, token if visit.to_note else None
    found: Principal = g.principal
    return found


def session_token() -> str | None:
    """The token in the session cookie, if any."""
    return request.cookies.get(cookie_name(secure=current_app.config["A2P"].secure))


def current_actor(
    partnership_id: int | None = None, round_id: int | None = None, region_id: int | None = None
) -> Actor:
    """Who sends this request, as the audit log names them: by the first role they have towards the place."""
    principal = current_principal()
    if principal.person_id is None:
        return RESPONDENT
    facts = Facts(partnership_id=partnership_id, round_id=round_id, region_id=region_id)
    roles = [g.role for g in principal.grants if g.holds(today()) and g.covers(facts)]
    return Actor(principal.person_id, roles[0] if roles else Role.SIGNED_IN)


def may(action: str) -> bool:
    """Whether who sends this request may do another action, by its name, to what this page is about: templates show
    nobody a button that would be refused."""
    facts: Facts | None = g.get("facts")
    return facts is not None and decide(current_principal(), Action[action], facts, today()) is Decision.ALLOWED


def sign_in_address() -> str:
    """Where who is not signed in goes, to come back to this page (a form that was sent can't be sent again)."""
    return url_for("account.sign_in", back=_this_page())


def _this_page() -> str | None:
    return request.full_path.rstrip("?") if request.method == "GET" else None


def held_instead() -> ResponseReturnValue | None:
    """For a form that can't be taken now: if its route holds forms it is kept, and the answer leads to its page, by way
    of signing in where that is needed. None if it isn't kept."""
    policy = current_app.policies.get(request.endpoint or "") if isinstance(current_app, PolicyFlask) else None
    if policy is None or not policy.holds or request.method != "POST":
        return None
    away = not current_principal().signed_in
    response = redirect(url_for("account.sign_in", back=request.path) if away else request.path)
    if not held.keep(response):
        return None
    g.decided = True  # it was refused, and nothing was done
    if away and ("message", KEPT) not in session.get("_flashes", ()):
        flash(KEPT)
    return response


def _sign_in_first() -> ResponseReturnValue:
    if autosave.wanted():
        return autosave.refusal("signed-out", 401)
    return held_instead() or redirect(sign_in_address())


def cookie_name(*, secure: bool) -> str:
    """The session cookie's name; over HTTPS with the prefix that binds it to this host."""
    return "__Host-a2p" if secure else "a2p"


def signed_in() -> SignedIn | None:
    """The line under the header for a person who is signed in; none for anybody else."""
    principal = current_principal()
    if principal.person_id is None:
        return None
    return SignedIn(principal.name, principal.place, url_for("account.sign_out"))


def _guarded(app: PolicyFlask, policy: Policy, view: View) -> Callable[..., ResponseReturnValue]:
    @wraps(view)
    def checked(**args: Any) -> ResponseReturnValue:
        g.decided = True
        if needs_sign_in(policy.action) and not current_principal().signed_in:
            return _sign_in_first()
        if asks_second_factor(policy.action) and not policy.one_factor and current_principal().factor_due:
            return redirect(url_for("second_factor.ask", back=_this_page()))
        asked = {name: request.args[name] for name in policy.query if name in request.args}
        loaded = policy.load(db.session(), {**asked, **args})
        if loaded is None:
            abort(404)
        facts = g.facts = replace(loaded.facts, demo=app.demo)
        decision = decide(NOBODY, policy.action, facts, today())
        if decision is not Decision.ALLOWED:
            decision = decide(current_principal(), policy.action, facts, today())
        if decision is not Decision.ALLOWED:
            abort(403 if decision is Decision.FORBIDDEN else 404)
        return view(loaded.object)

    return checked
