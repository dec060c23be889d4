"""Everything an installation can set, read from the environment: one list, here, printed in the README and the help.

Outside the demo the site refuses to start without a secret key, its public base URL and its trusted hosts: links in
letters are made from the base URL alone, never from what a request claims.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = ROOT / "templates"


class SettingsError(Exception):
    """The settings can't be used. Each line names a setting and what to do."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        super().__init__("\n".join(lines))


@dataclass(frozen=True, slots=True)
class Setting:
    """One environment variable: its name, default as text ("" if it must be given or is off), and what it does."""

    name: str
    default: str
    meaning: str


SETTINGS: tuple[Setting, ...] = (
    Setting("A2P_SECRET_KEY", "", "Signs cookies and forms. At least 32 characters; the same in every web process."),
    Setting("A2P_PUBLIC_BASE_URL", "", "The site's address, such as https://a2p.example.org; links are made from it."),
    Setting("A2P_TRUSTED_HOSTS", "", "Host names the site answers to, separated by commas. Others are refused."),
    Setting("A2P_DATA_DIR", "var", "Where the embedded database, the queue and finished documents are kept."),
    Setting("A2P_DATABASE_URL", "", "sqlite:///FILE or postgresql://... ; by default a2p.sqlite in the data folder."),
    Setting("A2P_PROXIES", "0", "How many trusted proxies stand before the site and set X-Forwarded-* headers."),
    Setting("A2P_RESPONSIBLE", "the regional office", "Who answers for the data kept here; named in the promise."),
    Setting("A2P_CONTACT", "", "An e-mail address for questions; named in the privacy notice and in letters."),
    Setting("A2P_KEPT_MONTHS", "12", "Months after its close for which a round's people are kept, 1 to 60."),
    Setting("A2P_MAIL_SERVER", "", "smtp://USER:PASSWORD@HOST:587 or smtps://...:465 ; without, letters are files."),
    Setting("A2P_MAIL_FROM", "a2p@localhost", "The sender of letters."),
    Setting("A2P_SECOND_FACTOR", "no", "yes: people with a role need an authenticator's code beside their link."),
    Setting("A2P_SSO_ISSUER", "", "The address of an OpenID Connect provider by which staff may sign in."),
    Setting("A2P_SSO_CLIENT_ID", "", "This site's id there."),
    Setting("A2P_SSO_CLIENT_SECRET", "", "This site's secret there."),
)


@dataclass(frozen=True, slots=True)
class SingleSignOn:
    """An OpenID Connect provider by which staff may sign in."""

    issuer: str
    client_id: str
    client_secret: str


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one installation. `demo` can't come from the environment: only `a2p demo` sets it."""

    secret_key: str
    public_base_url: str
    trusted_hosts: tuple[str, ...]
    data_dir: Path
    database_url: str
    proxies: int = 0
    responsible: str = "the regional office"
    contact: str = ""
    kept_months: int = 12
    mail_server: str = ""
    mail_from: str = "a2p@localhost"
    second_factor: bool = False
    sso: SingleSignOn | None = None
    demo: bool = False

    @property
    def secure(self) -> bool:
        """Whether the site is served over HTTPS, so that cookies are marked secure."""
        return self.public_base_url.startswith("https://")


def from_environment(environment: Mapping[str, str] | None = None) -> Settings:
    """The settings of a real installation; SettingsError lists everything that is missing or wrong at once."""
    given = os.environ if environment is None else environment
    values = {setting.name: given.get(setting.name, "").strip() or setting.default for setting in SETTINGS}
    problems = [*_secret_problems(values), *_address_problems(values), *_database_problems(values["A2P_DATABASE_URL"])]
    problems += [*_number_problems(values), *_mail_problems(values), *_sign_in_problems(values)]
    if problems:
        raise SettingsError(problems)
    data_dir = Path(values["A2P_DATA_DIR"])
    return Settings(
        secret_key=values["A2P_SECRET_KEY"],
        public_base_url=values["A2P_PUBLIC_BASE_URL"].rstrip("/"),
        trusted_hosts=_hosts(values),
        data_dir=data_dir,
        database_url=database_url(values["A2P_DATABASE_URL"], data_dir),
        proxies=int(values["A2P_PROXIES"]),
        responsible=values["A2P_RESPONSIBLE"],
        contact=values["A2P_CONTACT"],
        kept_months=int(values["A2P_KEPT_MONTHS"]),
        mail_server=values["A2P_MAIL_SERVER"],
        mail_from=values["A2P_MAIL_FROM"],
        second_factor=values["A2P_SECOND_FACTOR"] == "yes",
        sso=_single_sign_on(values),
    )


def as_environment(settings: Settings) -> dict[str, str]:
    """The environment variables from which another process reads the same settings; all but that it is a demo."""
    sso = settings.sso or SingleSignOn("", "", "")
    return {
        "A2P_SECRET_KEY": settings.secret_key,
        "A2P_PUBLIC_BASE_URL": settings.public_base_url,
        "A2P_TRUSTED_HOSTS": ",".join(settings.trusted_hosts),
        "A2P_DATA_DIR": str(settings.data_dir.resolve()),
        "A2P_DATABASE_URL": settings.database_url,
        "A2P_PROXIES": str(settings.proxies),
        "A2P_RESPONSIBLE": settings.responsible,
        "A2P_CONTACT": settings.contact,
        "A2P_KEPT_MONTHS": str(settings.kept_months),
        "A2P_MAIL_SERVER": settings.mail_server,
        "A2P_MAIL_FROM": settings.mail_from,
        "A2P_SECOND_FACTOR": "yes" if settings.second_factor else "no",
        "A2P_SSO_ISSUER": sso.issuer,
        "A2P_SSO_CLIENT_ID": sso.client_id,
        "A2P_SSO_CLIENT_SECRET": sso.client_secret,
    }


_SECRETS = ("A2P_SECRET_KEY", "A2P_SSO_CLIENT_SECRET")
_ADDRESSES = ("A2P_DATABASE_URL", "A2P_MAIL_SERVER")


def shown_values(settings: Settings) -> dict[str, str]:
    """The settings as they may be shown, by name: of a secret only whether it is set, of an address no password."""
    values = as_environment(settings)
    values |= {name: "set" for name in _SECRETS if values[name]}
    values |= {name: _without_password(values[name]) for name in _ADDRESSES}
    return {name: value or "not set" for name, value in values.items()}


def _without_password(address: str) -> str:
    """An address without who signs in there and how, and without what follows a question mark."""
    if "://" not in address:
        return address
    scheme, rest = address.split("://", 1)
    return f"{scheme}://{rest.rpartition('@')[2].partition('?')[0]}"


def for_demo(data_dir: Path, host: str, port: int, secret_key: str) -> Settings:
    """The settings of a demo on this machine alone, with its own database in `data_dir`."""
    return Settings(
        secret_key=secret_key,
        public_base_url=f"http://{host}:{port}",
        trusted_hosts=(host, "localhost", "127.0.0.1"),
        data_dir=data_dir,
        database_url=database_url("", data_dir),
        responsible="whoever started this demonstration",
        demo=True,
    )


def data_settings(environment: Mapping[str, str] | None = None) -> tuple[Path, str]:
    """The data folder and database address alone, for a command that needs no more (migrate).

    SettingsError for a database of another make.
    """
    given = os.environ if environment is None else environment
    data_dir = Path(given.get("A2P_DATA_DIR", "").strip() or "var")
    database = given.get("A2P_DATABASE_URL", "").strip()
    if problems := _database_problems(database):
        raise SettingsError(problems)
    return data_dir, database_url(database, data_dir)


def public_address(environment: Mapping[str, str] | None = None) -> str:
    """The site's address for links that a command prints; "" where the environment does not name it."""
    given = os.environ if environment is None else environment
    return given.get("A2P_PUBLIC_BASE_URL", "").strip().rstrip("/")


def secret_key(environment: Mapping[str, str] | None = None) -> str:
    """The secret key alone, for commands that serve no pages (person, restore). SettingsError if there is none."""
    given = os.environ if environment is None else environment
    values = {"A2P_SECRET_KEY": given.get("A2P_SECRET_KEY", "").strip()}
    if problems := _secret_problems(values):
        raise SettingsError(problems)
    return values["A2P_SECRET_KEY"]


def database_url(given: str, data_dir: Path) -> str:
    """The database address in SQLAlchemy's form; psycopg 3 for PostgreSQL, an embedded file where nothing is given."""
    if not given:
        return f"sqlite:///{(data_dir / 'a2p.sqlite').resolve()}"
    if given.startswith("sqlite:///"):
        # absolute: Flask-SQLAlchemy would look for a relative one in a folder of its own
        return f"sqlite:///{Path(given.removeprefix('sqlite:///')).resolve()}"
    for prefix in ("postgres://", "postgresql://"):
        if given.startswith(prefix):
            return "postgresql+psycopg://" + given.removeprefix(prefix)
    return given


def _hosts(values: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(host.strip() for host in values["A2P_TRUSTED_HOSTS"].split(",") if host.strip())


def _secret_problems(values: Mapping[str, str]) -> list[str]:
    if len(values["A2P_SECRET_KEY"]) < 32:
        advice = "python3 -c 'import secrets; print(secrets.token_hex(32))'"
        return [f"A2P_SECRET_KEY: give a secret of at least 32 characters; this makes one: {advice}"]
    return []


def _database_problems(given: str) -> list[str]:
    if not given or given.startswith(("sqlite:///", "postgres://", "postgresql://", "postgresql+psycopg://")):
        return []
    return ["A2P_DATABASE_URL: give sqlite:///FILE or postgresql://USER:PASSWORD@HOST/DATABASE."]


def _number_problems(values: Mapping[str, str]) -> list[str]:
    problems = []
    if not _is_number(values["A2P_PROXIES"]):
        problems.append("A2P_PROXIES: give a whole number, such as 1.")
    if not _is_number(values["A2P_KEPT_MONTHS"]) or not 1 <= int(values["A2P_KEPT_MONTHS"]) <= 60:
        problems.append("A2P_KEPT_MONTHS: give a whole number from 1 to 60.")
    return problems


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _mail_problems(values: Mapping[str, str]) -> list[str]:
    problems = []
    server = values["A2P_MAIL_SERVER"]
    if server and (_address(server).scheme not in ("smtp", "smtps") or not _address(server).hostname):
        problems.append("A2P_MAIL_SERVER: give smtp://USER:PASSWORD@HOST:587 or smtps://USER:PASSWORD@HOST:465.")
    for name in ("A2P_MAIL_FROM", "A2P_CONTACT"):
        given = values[name]
        if (given or name == "A2P_MAIL_FROM") and ("@" not in given or not given.isprintable()):
            problems.append(f"{name}: give an e-mail address, such as a2p@example.org.")
    return problems


def _sign_in_problems(values: Mapping[str, str]) -> list[str]:
    problems = []
    if values["A2P_SECOND_FACTOR"] not in ("yes", "no"):
        problems.append("A2P_SECOND_FACTOR: give yes or no.")
    given = [name for name in _SSO if values[name]]
    if given and len(given) < len(_SSO):
        problems.append(f"{', '.join(name for name in _SSO if name not in given)}: single sign-on needs all three.")
    if values["A2P_SSO_ISSUER"] and _address(values["A2P_SSO_ISSUER"]).scheme not in ("http", "https"):
        problems.append("A2P_SSO_ISSUER: give the provider's full address, such as https://login.example.org.")
    return problems


_SSO = ("A2P_SSO_ISSUER", "A2P_SSO_CLIENT_ID", "A2P_SSO_CLIENT_SECRET")


def _single_sign_on(values: Mapping[str, str]) -> SingleSignOn | None:
    return SingleSignOn(*(values[name] for name in _SSO)) if values["A2P_SSO_ISSUER"] else None


def _address_problems(values: Mapping[str, str]) -> list[str]:
    problems = []
    address = _address(values["A2P_PUBLIC_BASE_URL"])
    if address.scheme not in ("http", "https") or not address.hostname or address.path not in ("", "/"):
        problems.append("A2P_PUBLIC_BASE_URL: give the site's full address without a folder: https://a2p.example.org.")
    hosts = _hosts(values)
    if not hosts:
        problems.append("A2P_TRUSTED_HOSTS: give the host names the site answers to, such as a2p.example.org.")
    elif address.hostname and address.hostname not in hosts:
        problems.append(f"A2P_TRUSTED_HOSTS: add {address.hostname}, the host of A2P_PUBLIC_BASE_URL.")
    return problems


def documents_folder(data_dir: Path) -> Path:
    """Where finished documents lie."""
    return data_dir / "documents"


def outbox_folder(data_dir: Path) -> Path:
    """Where letters lie as files if no mail server is set."""
    return data_dir / "outbox"


def _address(given: str) -> SplitResult:
    """An address in its parts; without any if it is none."""
    try:
        address = urlsplit(given)
        _ = address.port  # read, because only reading it shows that it is no number
    except ValueError:
        return urlsplit("")
    return address
