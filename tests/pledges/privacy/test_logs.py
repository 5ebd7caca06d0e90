"""What the server writes down: nothing that a reader typed, and nobody's address."""

import contextlib
import logging
import urllib.error
import urllib.request

import pytest

from tests.processes import PATIENCE, as_tested, eventually, free_port, start
from tests.project.tree import ROOT

SECRET = "zanzibar"
PATHS = ("/map/list/?q=", "/pledges/?q=", "/nowhere/?q=", "/tiles/x/0/0/0.json?q=")


def test_the_server_writes_no_addresses_of_pages(committed, ground):
    """With the words by which it is started, through what fails and what does not."""
    words = ("--log-level", "warning", "--no-access-log")
    assert all(f'"{word}"' in (ROOT / "scripts" / "serve.py").read_text() for word in words)
    port = free_port()
    command = ("-m", "uvicorn", "config.asgi:application", "--port", str(port))
    server = start(*command, *words, **as_tested())
    try:
        eventually(lambda: asked(port, "/healthz"))
        assert all(asked(port, path + SECRET) for path in PATHS)
    finally:
        server.terminate()
        said, _nothing = server.communicate(timeout=PATIENCE)
    assert SECRET not in said


def asked(port: int, path: str) -> bool:
    """Whether there is an answer, of whatever kind."""
    with contextlib.suppress(urllib.error.HTTPError):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=PATIENCE).close()
        except urllib.error.HTTPError:
            raise
        except OSError:
            return False
    return True


@pytest.mark.parametrize("path", ["/nowhere/", "/pledges/999999/", "/map/list/", "/confirm/x/"])
def test_an_error_writes_down_neither_question_nor_person(client, alice, caplog, path):
    client.force_login(alice)
    with caplog.at_level(logging.DEBUG, logger="django.request"):
        client.get(path, {"q": SECRET, "email": alice.email, "bbox": "nan"})
    assert SECRET not in caplog.text
    assert alice.email not in caplog.text
