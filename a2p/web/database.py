"""The site's database session: one a request, reading transactions for pages that only read."""

from __future__ import annotations

from typing import Any

from flask import Flask, current_app, has_request_context, request
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session as FlaskSession
from sqlalchemy import Connection, Engine

from a2p.store.base import Base
from a2p.store.engine import OPTIONS, READ_ONLY, prepare

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class _RequestSession(FlaskSession):
    """A session that takes the write lock only in requests that may write."""

    def get_bind(self, *args: Any, **kwargs: Any) -> Engine | Connection:
        engine = super().get_bind(*args, **kwargs)
        if not isinstance(engine, Engine) or not has_request_context() or request.method not in SAFE_METHODS:
            return engine
        # one for the app: a session opens a connection for each engine that it meets
        reader: Engine = current_app.extensions.setdefault("a2p_reader", engine.execution_options(**READ_ONLY))
        return reader


# A request ends soon after its commit: what it loaded need not be read again in between.
db = SQLAlchemy(model_class=Base, session_options={"class_": _RequestSession, "expire_on_commit": False})


def connect(app: Flask, database_url: str) -> None:
    """Give the app its database, with the same settings that workers and commands use."""
    app.config["SQLALCHEMY_DATABASE_URI"] = database_url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = dict(OPTIONS)
    db.init_app(app)
    with app.app_context():
        prepare(db.engine)
