"""The settings: everything missing or wrong is named at once, and a demo can't be switched on from outside."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from a2p.settings import (
    SETTINGS,
    SettingsError,
    as_environment,
    data_settings,
    database_url,
    for_demo,
    from_environment,
    shown_values,
)

GOOD = {
    "A2P_SECRET_KEY": "s" * 32,
    "A2P_PUBLIC_BASE_URL": "https://a2p.example.org/",
    "A2P_TRUSTED_HOSTS": "a2p.example.org, www.example.org",
}


def problems(**changes: str) -> list[str]:
    with pytest.raises(SettingsError) as refused:
        from_environment({**GOOD, **changes})
    return [line.split(":")[0] for line in refused.value.lines]


def test_everything_that_is_missing_is_named_at_once() -> None:
    with pytest.raises(SettingsError) as refused:
        from_environment({})
    named = [line.split(":")[0] for line in refused.value.lines]
    assert named == ["A2P_SECRET_KEY", "A2P_PUBLIC_BASE_URL", "A2P_TRUSTED_HOSTS"]


def test_good_settings_are_taken_as_they_are_meant() -> None:
    settings = from_environment(GOOD)
    assert settings.public_base_url == "https://a2p.example.org"
    assert settings.trusted_hosts == ("a2p.example.org", "www.example.org")
    assert settings.secure
    assert settings.proxies == 0


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("A2P_SECRET_KEY", "short"),
        ("A2P_SECRET_KEY", " " * 40),
        ("A2P_PUBLIC_BASE_URL", "a2p.example.org"),
        ("A2P_PUBLIC_BASE_URL", "ftp://a2p.example.org"),
        ("A2P_PUBLIC_BASE_URL", "https://"),
        ("A2P_PUBLIC_BASE_URL", "https://a2p.example.org/folder"),
        ("A2P_PUBLIC_BASE_URL", "https://a2p.example.org:port"),
        ("A2P_TRUSTED_HOSTS", " , "),
        ("A2P_TRUSTED_HOSTS", "another.example.org"),
        ("A2P_PROXIES", "one"),
        ("A2P_PROXIES", "-1"),
        ("A2P_PROXIES", "²"),
        ("A2P_DATABASE_URL", "mysql://localhost/a2p"),
        ("A2P_DATABASE_URL", "a2p.sqlite"),
    ],
)
def test_a_setting_that_can_not_be_used_is_named(name: str, value: str) -> None:
    assert problems(**{name: value}) == [name]


def test_a_host_may_carry_the_port_of_the_address() -> None:
    local = {"A2P_PUBLIC_BASE_URL": "http://localhost:8000", "A2P_TRUSTED_HOSTS": "localhost"}
    settings = from_environment({**GOOD, **local})
    assert (settings.public_base_url, settings.secure) == ("http://localhost:8000", False)


@pytest.mark.parametrize("value", ["1", "yes", "true"])
def test_nothing_in_the_environment_makes_a_demo(value: str) -> None:
    outside = dict.fromkeys(("A2P_DEMO", "DEMO", "A2P_demo", "FLASK_DEMO"), value)
    assert from_environment({**GOOD, **outside}).demo is False
    assert not [setting for setting in SETTINGS if "demo" in setting.name.lower()]


def test_a_demo_answers_on_this_machine_alone(tmp_path: Path) -> None:
    settings = for_demo(tmp_path, "127.0.0.1", 8001, "s" * 40)
    assert settings.demo
    assert settings.public_base_url == "http://127.0.0.1:8001"
    assert set(settings.trusted_hosts) == {"127.0.0.1", "localhost"}


def test_the_embedded_database_lies_in_the_data_folder_wherever_a_process_is_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for given in ({}, {"A2P_DATA_DIR": "var"}):
        assert from_environment({**GOOD, **given}).database_url == f"sqlite:///{tmp_path}/var/a2p.sqlite"
        assert data_settings(given)[1] == f"sqlite:///{tmp_path}/var/a2p.sqlite"
    assert database_url("sqlite:///other.sqlite", Path()) == f"sqlite:///{tmp_path}/other.sqlite"
    assert database_url("sqlite:////srv/other.sqlite", Path()) == "sqlite:////srv/other.sqlite"


@pytest.mark.parametrize(
    "given", ["postgres://u:p@db/a2p", "postgresql://u:p@db/a2p", "postgresql+psycopg://u:p@db/a2p"]
)
def test_postgresql_is_reached_through_psycopg_3(given: str) -> None:
    assert database_url(given, Path()) == "postgresql+psycopg://u:p@db/a2p"


def test_migrating_and_the_site_use_the_same_database() -> None:
    given = {**GOOD, "A2P_DATABASE_URL": "postgresql://u:p@db/a2p"}
    assert data_settings(given)[1] == from_environment(given).database_url


def test_a_worker_that_is_started_beside_the_site_reads_the_same_settings(tmp_path: Path) -> None:
    given = {
        **GOOD,
        "A2P_DATA_DIR": str(tmp_path),
        "A2P_PROXIES": "2",
        "A2P_RESPONSIBLE": "the East office",
        "A2P_CONTACT": "help@example.org",
        "A2P_KEPT_MONTHS": "24",
        "A2P_MAIL_SERVER": "smtp://carys:p%40ss@mail.example.org:2525",
        "A2P_MAIL_FROM": "The toolkit <a2p@example.org>",
        "A2P_SECOND_FACTOR": "yes",
        "A2P_SSO_ISSUER": "https://login.example.org",
        "A2P_SSO_CLIENT_ID": "a2p",
        "A2P_SSO_CLIENT_SECRET": "secret",
    }
    for settings in (from_environment(given), from_environment(GOOD)):
        assert from_environment(as_environment(settings)) == replace(settings, data_dir=settings.data_dir.resolve())
    assert set(as_environment(from_environment(given))) == {setting.name for setting in SETTINGS}


def test_a_demos_letters_go_to_no_server_whatever_the_environment_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("A2P_MAIL_SERVER", "smtp://mail.example.org")
    handed_on = {**os.environ, **as_environment(for_demo(tmp_path, "127.0.0.1", 8001, "k" * 40))}
    assert from_environment(handed_on).mail_server == ""


def test_secrets_and_passwords_are_not_among_what_is_shown() -> None:
    settings = from_environment(
        {
            **GOOD,
            "A2P_DATABASE_URL": "postgresql://a2p:hush1@db.example.org/a2p?password=hush2",
            "A2P_MAIL_SERVER": "smtps://me%40example.org:hush3@mail.example.org:465",
            "A2P_SSO_ISSUER": "https://login.example.org",
            "A2P_SSO_CLIENT_ID": "a2p",
            "A2P_SSO_CLIENT_SECRET": "hush4",
        }
    )
    shown = shown_values(settings)
    assert list(shown) == [setting.name for setting in SETTINGS]
    assert "hush" not in str(shown)
    assert settings.secret_key not in str(shown)
    assert shown["A2P_MAIL_SERVER"] == "smtps://mail.example.org:465"
    assert shown["A2P_DATABASE_URL"] == "postgresql+psycopg://db.example.org/a2p"
    assert shown["A2P_SSO_CLIENT_SECRET"] == "set"
    assert shown_values(from_environment(GOOD))["A2P_MAIL_SERVER"] == "not set"
