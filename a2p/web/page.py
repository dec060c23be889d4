"""What every page has: strict templates, components, dates, addresses of the assets, the signed-in line."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from flask import Flask, g, url_for
from jinja2 import StrictUndefined

from a2p.documents.templating import prose, with_sentences
from a2p.documents.words import clock, moment
from a2p.web.components import component
from a2p.web.prose import paragraphs
from a2p.web.tongue import lang, told

STATIC = Path(__file__).resolve().parent / "static"
DOCUMENTS = Path(__file__).resolve().parents[1] / "documents" / "assets"
OF_DOCUMENTS = frozenset({"palette.css", "preview.css"})
A_YEAR = 365 * 24 * 60 * 60
LONDON = ZoneInfo("Europe/London")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The line under the header: who it is, for whom. `sign_out` is the address a POST goes to."""

    who: str
    partnership: str
    sign_out: str


def install(app: Flask, *, demo: bool) -> None:
    """Prepare an app's templates; pages carry the nonce in `g.csp_nonce` and say that they are a demonstration's."""
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    with_sentences(app.jinja_env)
    app.jinja_env.globals.update(component=component, asset=asset, lang=lang)
    app.jinja_env.filters.update(paragraphs=paragraphs, prose=prose, told=told)
    app.jinja_env.filters.update(day=day, month=month, moment=moment, clock=clock)
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = A_YEAR
    app.context_processor(lambda: {"demo": demo, "nonce": g.get("csp_nonce", "")})


def asset(name: str) -> str:
    """The address of a committed asset. It changes when the file does, so browsers may keep it for a year."""
    return url_for("static", filename=name, v=_fingerprint(name))


def asset_folder(name: str) -> Path:
    """Where an asset lies: what the documents share with the site is theirs, all else is the site's."""
    return DOCUMENTS if name in OF_DOCUMENTS else STATIC


@cache
def _fingerprint(name: str) -> str:
    return hashlib.sha256((asset_folder(name) / name).read_bytes()).hexdigest()[:12]


def day(when: date | datetime) -> str:
    """A day as "1 March 2026"; of a moment in UTC, the day it is in London."""
    local = when.astimezone(LONDON) if isinstance(when, datetime) else when
    return f"{local.day} {MONTHS[local.month - 1]} {local.year}"


def month(when: date) -> str:
    """A day's month as "March 2026"."""
    return f"{MONTHS[when.month - 1]} {when.year}"
