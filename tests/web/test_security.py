"""What holds for every answer: headers, hosts, cookies, form tokens, secrets that stay where they belong."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from werkzeug.test import TestResponse

from a2p.settings import Settings, SettingsError
from a2p.web.app import create_app
from tests.web.asking import TABLE, ask, name_of
from tests.web.client import is_sent_to_sign_in, one, parsed
from tests.web.installation import Installation, install, over_https, settings_of

HTTPS = "https://localhost"


@pytest.fixture
def settings(tmp_path: Path, sqlite_url: str) -> Settings:
    return settings_of(tmp_path, sqlite_url)


@pytest.fixture
def installed(settings: Settings) -> Iterator[Installation]:
    made = install(settings)
    yield made
    made.close()


@pytest.fixture
def secured(settings: Settings) -> Iterator[Installation]:
    made = install(over_https(settings))
    yield made
    made.close()


# Headers


@pytest.mark.parametrize("key", TABLE, ids=name_of)
def test_every_answer_carries_the_headers(installed: Installation, key: tuple[str, str]) -> None:
    own = installed.site.own
    for client in (installed.client(), installed.coordinator(own)):
        response = ask(installed, client, key, TABLE[key].args(installed, own))
        check_headers(response, cached=key == ("GET", "static"))


def check_headers(response: TestResponse, *, cached: bool = False) -> None:
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    nonce = re.search(r"'nonce-([\w-]{20,})'", policy)
    assert nonce is not None
    if response.mimetype == "text/html" and "<script nonce" in response.get_data(as_text=True):
        assert f'nonce="{nonce[1]}"' in response.get_data(as_text=True)
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["X-Frame-Options"] == "DENY"
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert ("no-store" in response.headers.get("Cache-Control", "")) is not cached


def test_errors_carry_the_headers_too(installed: Installation) -> None:
    for path, status in (("/nonsense", 404), ("/sign-out", 405)):
        response = installed.client().get(path)
        assert response.status_code == status
        check_headers(response)


def test_each_answer_has_a_nonce_of_its_own(installed: Installation) -> None:
    client = installed.client()
    policies = [client.get("/help").headers["Content-Security-Policy"] for _ in range(2)]
    assert policies[0] != policies[1]


def test_strict_transport_is_asked_for_over_https_alone(settings: Settings, tmp_path: Path) -> None:
    plain = install(settings)
    assert "Strict-Transport-Security" not in plain.client().get("/help").headers
    secure = create_app(over_https(settings)).test_client().get("/help", base_url=HTTPS)
    assert "max-age=31536000" in secure.headers["Strict-Transport-Security"]


# Hosts


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "evil.example:80", "localhost@evil.example"]
)
def test_a_host_that_is_not_ours_is_refused(installed: Installation, host: str) -> None:
    for path in ("/", f"/i/{installed.site.own.invited[0].token}", "/nonsense", "/livez"):
        response = installed.app.test_client().get(path, headers={"Host": host})
        assert response.status_code == 400
        assert "evil" not in response.get_data(as_text=True)


def test_forwarded_headers_of_strangers_are_not_believed(installed: Installation) -> None:
    headers = {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https", "Forwarded": "host=evil.example"}
    response = installed.client().get("/help", headers=headers)
    assert response.status_code == 200
    assert "evil" not in response.get_data(as_text=True)


def test_links_for_letters_are_made_from_the_public_address(settings: Settings, tmp_path: Path) -> None:
    installed = install(over_https(settings))
    own = installed.site.own
    client = installed.coordinator(own)
    token = installed.form_token(client)
    headers = {"Referer": f"{HTTPS}/"}
    path = f"/rounds/{own.open.id}/people/{own.invited[1].invitation.id}/link"
    sent = client.post(path, data={"csrf_token": token}, base_url=HTTPS, headers=headers)
    assert sent.status_code == 302
    page = client.get(sent.location, base_url=HTTPS).get_data(as_text=True)
    assert re.search(r"https://localhost/i/[\w-]{43}", page)


def test_behind_one_proxy_its_word_is_taken(settings: Settings, tmp_path: Path) -> None:
    from dataclasses import replace

    app = install(replace(settings, proxies=1)).app
    good = app.test_client().get("/help", headers={"Host": "inner", "X-Forwarded-Host": "localhost"})
    bad = app.test_client().get("/help", headers={"Host": "localhost", "X-Forwarded-Host": "evil.example"})
    assert (good.status_code, bad.status_code) == (200, 400)


# Cookies and form tokens


def open_link(installed: Installation, base: str, headers: dict[str, str]) -> TestResponse:
    client = installed.client()
    path = f"/i/{installed.site.own.invited[0].token}"
    page = parsed(client.get(path, base_url=base))
    token = str(one(page, "input[name=csrf_token]")["value"])
    return client.post(path, data={"csrf_token": token}, base_url=base, headers=headers)


def test_over_https_a_link_opens_with_the_referrer_that_browsers_send(secured: Installation) -> None:
    assert open_link(secured, HTTPS, {"Referer": f"{HTTPS}/i/x"}).status_code == 302


def test_over_https_a_form_of_another_site_is_refused(secured: Installation) -> None:
    for referrer in ({}, {"Referer": "https://evil.example/"}, {"Referer": "http://localhost/"}):
        assert open_link(secured, HTTPS, referrer).status_code == 400


def test_over_https_cookies_are_bound_to_this_host_and_hidden_from_scripts(secured: Installation) -> None:
    cookies = open_link(secured, HTTPS, {"Referer": f"{HTTPS}/"}).headers.getlist("Set-Cookie")
    session = [cookie for cookie in cookies if cookie.startswith("__Host-a2p=")]
    assert len(session) == 1
    for cookie in cookies:
        for part in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
            assert part in cookie, cookie
        assert "Domain" not in cookie


def test_without_https_cookies_are_still_hidden_from_scripts(installed: Installation) -> None:
    for cookie in open_link(installed, "http://localhost", {}).headers.getlist("Set-Cookie"):
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie


@pytest.mark.parametrize("key", [key for key in TABLE if key[0] == "POST"], ids=name_of)
def test_every_post_without_its_token_is_refused_in_plain_words(installed: Installation, key: tuple[str, str]) -> None:
    own = installed.site.own
    for client in (installed.coordinator(own), installed.respondent(own.invited[0].invitation)):
        with installed.app.test_request_context():
            args = TABLE[key].args(installed, own)
            path = installed.app.url_for(key[1], **args)
        for data in ({}, {"csrf_token": "forged"}):
            assert "Nothing was changed" in parsed(client.post(path, data=data), 400).get_text()


def test_a_form_token_of_another_browser_is_refused(installed: Installation) -> None:
    own = installed.site.own
    strangers = installed.form_token(installed.client())
    client = installed.coordinator(own)
    assert client.post(f"/rounds/{own.open.id}/close", data={"csrf_token": strangers}).status_code == 400


def test_signing_out_ends_the_session_for_a_copied_cookie_too(installed: Installation) -> None:
    own = installed.site.own
    client = installed.coordinator(own)
    cookie = client.get_cookie("a2p")
    assert cookie is not None
    client.post("/sign-out", data={"csrf_token": installed.form_token(client)})
    thief = installed.client()
    thief.set_cookie("a2p", cookie.value, domain="localhost")
    assert is_sent_to_sign_in(thief.get(f"/rounds/{own.open.id}"))


# Links


@pytest.fixture
def everything_logged() -> Iterator[list[str]]:
    lines: list[str] = []

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(self.format(record))

    handler, root = Keep(), logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield lines
    root.removeHandler(handler)
    root.setLevel(level)


def test_a_scanner_uses_nothing_up_and_the_token_stays_out_of_logs_and_addresses(
    installed: Installation, everything_logged: list[str], capfd: pytest.CaptureFixture[str]
) -> None:
    token = installed.site.own.invited[1].token
    scanner = installed.app.test_client()
    for method in ("HEAD", "GET", "GET", "GET", "GET", "GET"):
        response = scanner.open(f"/i/{token}", method=method)
        assert response.status_code == 200
        assert "a2p=" not in str(response.headers.getlist("Set-Cookie"))
    client = installed.client()
    opened = client.send(client.page(f"/i/{token}"), "Continue")
    assert opened.status_code == 302
    assert token not in opened.location
    start = client.get(opened.location)
    assert start.status_code == 200
    assert token not in start.get_data(as_text=True)
    assert token not in str(opened.headers) + str(start.headers)
    assert not [line for line in everything_logged if token in line]
    assert token not in "".join(capfd.readouterr())


@pytest.mark.parametrize("path", ["/i/%2e%2e%2fdemo", "/i/%252e%252e%252fdemo", "/i/..%2f..%2frounds%2f1", "/i/%00"])
def test_an_encoded_address_leads_nowhere_else(installed: Installation, path: str) -> None:
    assert installed.client().get(path).status_code == 404


@pytest.mark.parametrize("name", ["../page.py", "..%2fpage.py", "%2e%2e/page.py", "nothing.css", ""])
def test_only_committed_files_are_served(installed: Installation, name: str) -> None:
    assert installed.client().get(f"/static/{name}").status_code == 404


# Sizes, monitors, faults


def test_a_post_that_is_too_large_is_refused(installed: Installation) -> None:
    own = installed.site.own
    client = installed.coordinator(own)
    data = {"csrf_token": installed.form_token(client), "name": "x" * 2_000_000}
    assert client.post(f"/rounds/{own.open.id}/people/new", data=data).status_code == 413


def test_the_process_lives_and_is_ready(installed: Installation) -> None:
    for path in ("/livez", "/readyz"):
        assert installed.client().get(path).data == b"ok\n"


def test_a_database_that_is_behind_is_not_ready_and_the_process_still_lives(installed: Installation) -> None:
    with installed.session() as session, session.begin():
        session.connection().exec_driver_sql("UPDATE alembic_version SET version_num = 'older'")
    assert installed.client().get("/readyz").status_code == 503
    assert b"not up to date" in installed.client().get("/readyz").data
    assert installed.client().get("/livez").status_code == 200


def test_a_database_that_can_not_be_written_to_is_not_ready(installed: Installation) -> None:
    with installed.session() as session, session.begin():
        session.connection().exec_driver_sql("DROP TABLE installation")
    response = installed.client().get("/readyz")
    assert response.status_code == 503
    assert b"can't be written to" in response.data


def test_a_fault_of_ours_is_a_page_that_says_no_more_than_that(installed: Installation) -> None:
    own = installed.site.own
    client = installed.coordinator(own)
    with installed.session() as session, session.begin():
        session.connection().exec_driver_sql("ALTER TABLE invitation RENAME TO elsewhere")
    page = parsed(client.get(f"/rounds/{own.open.id}"), 500)
    for told in ("SELECT", "sqlite", "Traceback", "elsewhere"):
        assert told not in page.get_text()


def test_a_site_whose_database_is_gone_says_so_in_a_page(installed: Installation) -> None:
    client = installed.coordinator(installed.site.own)
    with installed.session() as session, session.begin():
        session.connection().exec_driver_sql("ALTER TABLE session RENAME TO elsewhere")
    assert "Sorry" in parsed(client.get("/"), 500).get_text()


def test_a_fault_is_logged_without_the_link_that_was_opened_or_the_answers_that_were_sent(
    installed: Installation, capsys: pytest.CaptureFixture[str]
) -> None:
    invited = installed.site.own.invited[0]
    person = installed.respondent(invited.invitation)
    token = installed.form_token(person)
    with installed.session() as session, session.begin():
        session.connection().exec_driver_sql("ALTER TABLE answer RENAME COLUMN comment TO remark")
    place = f"/answer/{invited.invitation.id}/sample/sections/purpose"
    person.post(place, data={"csrf_token": token, "a-aim": "level-1", "c-aim": "Zzsecret", "v-aim": "0-"})
    with installed.session() as session, session.begin():
        session.connection().exec_driver_sql("ALTER TABLE invitation RENAME TO elsewhere")
    assert installed.client().get(f"/i/{invited.token}").status_code == 500
    logged = "".join(capsys.readouterr())
    assert "/i/<token>" in logged
    assert "/sections/<section>" in logged
    assert invited.token not in logged
    assert "Zzsecret" not in logged


# What may be served


def test_a_demos_database_is_never_served_as_a_real_one_nor_the_reverse(settings: Settings, tmp_path: Path) -> None:
    from dataclasses import replace

    real = install(settings).settings
    with pytest.raises(SettingsError, match="demo"):
        create_app(replace(real, demo=True))


def test_an_unmigrated_database_is_not_served_and_the_remedy_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="a2p migrate"):
        create_app(settings_of(tmp_path, f"sqlite:///{tmp_path / 'nothing' / 'there.sqlite'}"))
