"""Settings from the environment: what is wrong stops the start, with what to do."""

import os
import stat
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import env
from tests.processes import ROOT, database_url


@pytest.fixture
def given(monkeypatch):
    """Set a variable: `given("DEMO", "0")`; without a value it is absent."""

    def set_to(name: str, value: str | None = None) -> None:
        if value is None:
            monkeypatch.delenv(name, raising=False)
        else:
            monkeypatch.setenv(name, value)

    return set_to


@pytest.fixture
def local(monkeypatch, tmp_path):
    monkeypatch.setattr(env, "LOCAL", tmp_path / "local")
    return tmp_path / "local"


def test_text(given):
    given("SITE_URL", "https://map.example.org")
    assert env.text("SITE_URL") == "https://map.example.org"
    given("SITE_URL")
    assert env.text("SITE_URL", "default") == "default"
    with pytest.raises(ImproperlyConfigured, match="SITE_URL"):
        env.text("SITE_URL")


@pytest.mark.parametrize(
    ("value", "meant"),
    [("1", True), ("yes", True), (" True ", True), ("on", True), ("0", False), ("", False)],
)
def test_flags(given, value, meant):
    given("DEMO", value)
    assert env.flag("DEMO", not meant) is meant


@pytest.mark.parametrize("value", ["2", "maybe", "nope"])
def test_a_flag_that_says_neither_stops_the_start(given, value):
    given("DEMO", value)
    with pytest.raises(ImproperlyConfigured, match=f"DEMO is '{value}': use 1 or 0"):
        env.flag("DEMO", True)


def test_words(given):
    given("ALLOWED_HOSTS", " a.example.org ,, b.example.org,")
    assert env.words("ALLOWED_HOSTS") == ["a.example.org", "b.example.org"]
    given("ALLOWED_HOSTS")
    assert env.words("ALLOWED_HOSTS", "x,y") == ["x", "y"]


def test_the_origin_of_a_tile_server_goes_into_the_policy(given):
    given("TILE_SERVER_URL", "https://{s}.tiles.example.org/{z}/{x}/{y}.png")
    assert env.origin("TILE_SERVER_URL") == "https://*.tiles.example.org"


@pytest.mark.parametrize("value", ["tiles.example.org", "ftp://example.org/x", "https://"])
def test_what_is_no_web_address_stops_the_start(given, value):
    given("TILE_SERVER_URL", value)
    with pytest.raises(ImproperlyConfigured, match="TILE_SERVER_URL is no web address"):
        env.origin("TILE_SERVER_URL")


def test_the_database_is_the_one_given_or_that_of_the_set_up(given, local):
    given("DATABASE_URL")
    with pytest.raises(ImproperlyConfigured, match="make run"):
        env.database_url()
    local.mkdir()
    (local / "database_url").write_text("postgis://app@%2Frun/app\n")
    assert env.database_url() == "postgis://app@%2Frun/app"
    given("DATABASE_URL", "postgis://other/x")
    assert env.database_url() == "postgis://other/x"


def test_a_secret_is_made_once_and_is_nobody_elses_to_read(given, local):
    given("SECRET_KEY")
    made = env.secret_key()
    assert len(made) == 64
    assert env.secret_key() == made
    assert stat.S_IMODE((local / "secret_key").stat().st_mode) == 0o600
    given("SECRET_KEY", "given")
    assert env.secret_key() == "given"


def manage(*words: str, **given: str) -> subprocess.CompletedProcess:
    """Run a command as a public site would, with these variables and no others of ours."""
    unset = ("SECRET_KEY", "SITE_URL", "DEMO", "DJANGO_SETTINGS_MODULE")
    kept = {name: value for name, value in os.environ.items() if name not in unset}
    settings = {"DJANGO_SETTINGS_MODULE": "config.settings.production", **given}
    return subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=ROOT,
        env={**kept, "DATABASE_URL": database_url(), **settings},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_public_site_must_be_given_its_secret_and_its_address():
    without = manage("check", SITE_URL="https://map.example.org")
    assert without.returncode != 0
    assert "Set the environment variable SECRET_KEY" in without.stderr
    without = manage("check", SECRET_KEY="x" * 60)
    assert "Set the environment variable SITE_URL" in without.stderr


def test_a_public_site_passes_the_checks_for_deployment():
    words = ("check", "--deploy", "--fail-level", "WARNING")
    secret = "".join(chr(33 + number) for number in range(64))
    given = {"SITE_URL": "https://map.example.org", "EMAIL_URL": "smtp://mail.example.org"}
    done = manage(*words, SECRET_KEY=secret, **given)
    assert (done.returncode, done.stderr) == (0, "")
