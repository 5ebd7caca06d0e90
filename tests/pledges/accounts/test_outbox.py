"""The demo's mails are shown on the machine itself and nowhere else."""

import pytest
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import send_mail

from config import env


@pytest.fixture
def demo(settings, tmp_path):
    settings.DEMO_OUTBOX = True
    settings.OUTBOX = tmp_path
    settings.EMAIL_BACKEND = "pledges.notifications.outbox.Outbox"
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
    settings.SITE_URL = "http://localhost:8000"
    settings.SERVER_HOST = "127.0.0.1"
    return settings


def faults() -> set[str]:
    return {found.id for found in run_checks()}


def test_mails_are_shown_as_text(demo, client, db):
    send_mail("First", "one", None, ["a@example.org"])
    send_mail("Second <b>", "<script>two</script> http://localhost:8000/x", None, ["b@example.org"])
    answer = client.get("/demo/outbox/", headers={"host": "localhost"})
    page = answer.content.decode()
    assert page.index("Second") < page.index("First")
    assert "<script>two" not in page
    assert "<b>" not in page
    assert 'href="http://localhost:8000/x"' in page
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("address", ["10.0.0.7", "192.0.2.1", "2001:db8::1", "", "::ffff:10.0.0.7"])
def test_nobody_else_may_read_them(demo, client, db, address):
    answer = client.get("/demo/outbox/", REMOTE_ADDR=address, headers={"host": "localhost"})
    assert answer.status_code == 404


def test_there_is_none_without_a_demo(demo, client, db):
    demo.DEMO_OUTBOX = False
    assert client.get("/demo/outbox/", headers={"host": "localhost"}).status_code == 404


def test_a_demo_on_this_machine_may_start(demo):
    assert "changemap.E001" not in faults()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ALLOWED_HOSTS", ["localhost", "pledges.example.org"]),
        ("ALLOWED_HOSTS", ["*"]),
        ("SITE_URL", "https://pledges.example.org"),
        ("SERVER_HOST", "::"),
        ("SERVER_HOST", "10.0.0.7"),
    ],
)
def test_a_demo_that_others_reach_may_not(demo, name, value):
    setattr(demo, name, value)
    assert "changemap.E001" in faults()


def test_a_missing_server_is_said(demo):
    demo.DEMO_OUTBOX = False
    demo.EMAIL_URL = ""
    assert "changemap.W001" in faults()


@pytest.mark.parametrize(
    ("address", "host", "port", "tls", "ssl"),
    [
        ("smtp://u:p%40ss@mail.example.org:587?tls=start", "mail.example.org", 587, True, False),
        ("smtp://u:p%40ss@mail.example.org?tls=start", "mail.example.org", 587, True, False),
        ("smtps://u:p%40ss@mail.example.org", "mail.example.org", 465, False, True),
        ("smtp://u:p%40ss@localhost", "localhost", 25, False, False),
    ],
)
def test_the_mail_server_by_its_address(monkeypatch, address, host, port, tls, ssl):
    monkeypatch.setenv("EMAIL_URL", address)
    assert env.mail_server("EMAIL_URL") == {
        "EMAIL_HOST": host,
        "EMAIL_PORT": port,
        "EMAIL_HOST_USER": "u",
        "EMAIL_HOST_PASSWORD": "p@ss",
        "EMAIL_USE_SSL": ssl,
        "EMAIL_USE_TLS": tls,
    }


@pytest.mark.parametrize("address", ["mail.example.org", "http://x", "smtp://", "smtp://x?tls=no"])
def test_a_wrong_address_stops_the_start(monkeypatch, address):
    monkeypatch.setenv("EMAIL_URL", address)
    with pytest.raises(ImproperlyConfigured):
        env.mail_server("EMAIL_URL")
