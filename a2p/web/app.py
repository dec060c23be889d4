"""Making the app: settings in, a Flask app out, every route with its policy."""

from __future__ import annotations

from flask import Response, g, render_template
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError, CSRFProtect, generate_csrf
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException, SecurityError

from a2p import logs
from a2p.access.policy import NOBODY
from a2p.settings import TEMPLATES, Settings, SettingsError
from a2p.store.migrate import is_current
from a2p.store.tables import Installation
from a2p.web import (
    account,
    actions,
    admin,
    answer,
    associates,
    autosave,
    batches,
    blank_forms,
    by_name,
    changing,
    comments,
    coordinate,
    deputy,
    documents,
    evidence,
    facilitate,
    handouts,
    inviting,
    links,
    matching,
    modules,
    named,
    own_copy,
    own_region,
    own_sessions,
    page,
    paper,
    paper_files,
    partner_lists,
    partners,
    plan_changes,
    planning,
    plans,
    post,
    programme,
    public,
    regional_documents,
    released,
    releasing,
    requests,
    result_files,
    results,
    roles,
    runs,
    second_factor,
    security,
    session_cookie,
    snapshots,
    sso,
    statements,
    support,
    together,
    workshop,
    workshops,
)
from a2p.web import help as help_pages
from a2p.web.database import connect, db
from a2p.web.policy import PolicyFlask, held_instead, may, signed_in

MEGABYTE = 1024 * 1024
FRIENDLY = {400: "error_400", 403: "error_403", 404: "error_404", 405: "error_404", 413: "error_413"}
ROOMS = (
    *(public, account, own_sessions, links, answer, deputy, together),
    *(coordinate, planning, blank_forms, changing, evidence, paper, paper_files, results, partners),
    *(partner_lists, facilitate, programme, roles, statements, inviting, second_factor),
    *(post, own_copy, help_pages, comments, named, result_files, releasing, released, handouts, support),
    *(actions, workshop, workshops, documents, batches, regional_documents, modules, requests, runs),
    *(plans, plan_changes, matching, associates),
    *(snapshots, by_name, own_region),
)


def create_app(settings: Settings) -> PolicyFlask:
    """The site. SettingsError if the database is not migrated, or only one of it and the settings is a demo's."""
    logs.set_up()
    app = PolicyFlask("a2p", demo=settings.demo, template_folder=str(TEMPLATES))
    _configure(app, settings)
    page.install(app, demo=settings.demo)
    app.context_processor(lambda: {"signed_in": signed_in()})
    app.jinja_env.globals["may"] = may
    security.install(app, secure=settings.secure)
    CSRFProtect(app)
    session_cookie.install(app)
    connect(app, settings.database_url)
    app.add_url_rule("/static/<path:filename>", "static", public.static_file, policy=public.PUBLIC)
    for room in ROOMS:
        app.register_blueprint(room.pages)
    for blueprint in admin.BLUEPRINTS:
        app.register_blueprint(blueprint)
    sso.install(app, settings)
    app.register_error_handler(HTTPException, _explain)
    app.register_error_handler(CSRFError, _explain_expired)
    app.sweep()
    try:
        _check_database(app, settings)
    except OperationalError as problem:
        raise SettingsError(
            [f"The database can't be opened: {problem.orig}. If it isn't made yet: a2p migrate"]
        ) from None
    return app


def _configure(app: PolicyFlask, settings: Settings) -> None:
    app.config.update(
        A2P=settings,
        SECRET_KEY=settings.secret_key,
        TRUSTED_HOSTS=list(settings.trusted_hosts),
        MAX_CONTENT_LENGTH=MEGABYTE,
        MAX_FORM_MEMORY_SIZE=MEGABYTE,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SECURE=settings.secure,
        WTF_CSRF_TIME_LIMIT=None,
    )
    if settings.proxies:
        app.behind(settings.proxies)


def _check_database(app: PolicyFlask, settings: Settings) -> None:
    with app.app_context():
        if not is_current(db.session.connection()):
            raise SettingsError(["The database is not up to date. Run: a2p migrate"])
        is_demo = db.session.scalar(select(Installation.demo))
        db.session.remove()
        db.engine.dispose()  # a server may part into processes now, and a connection belongs to one
    if bool(is_demo) != settings.demo:
        raise SettingsError(["This is a demo's database and can't be served as a real one, nor the reverse."])


def _explain(error: HTTPException) -> ResponseReturnValue:
    """A page in plain words for the errors people meet; redirects go on as they are."""
    code = error.code or 500
    if code < 400:
        return error
    if isinstance(error, SecurityError):
        # no page: its links would be made from an address that is not ours
        return Response("This is not an address of this site.\n", code, mimetype="text/plain")
    if code >= 500:
        g.principal = NOBODY  # the database may be what failed: ask it nothing more
    return render_template(f"pages/{FRIENDLY.get(code, 'error_400' if code < 500 else 'error_500')}.html"), code


def _explain_expired(_error: CSRFError) -> ResponseReturnValue:
    """A form of an earlier visit: what was typed into a section is kept, and a page that saves by itself gets a token
    of this visit (which no other site's page can read)."""
    if autosave.wanted():
        return autosave.refusal("expired", 400, token=generate_csrf())
    return held_instead() or (render_template("pages/error_expired.html"), 400)
