"""The real server, and bytes that no browser sends: it refuses them and goes on serving."""

import contextlib
import socket
from collections.abc import Iterator

import pytest

from tests.processes import as_tested, eventually, free_port, is_up, running

QUIET = 5  # seconds without a word, after which a kept connection has no more to say
END = b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
ODD = {
    "bytes that are no UTF-8": b"GET /organisations/\xff\xfe/" + END,
    "the same, escaped": b"GET /organisations/%ff%fe/" + END,
    "NUL": b"GET /organisations/%00/" + END,
    "surrogate": b"GET /map/list/?q=%ed%a0%80" + END,
    "bytes in the query": b"GET /map/list/?q=\xe2\x28\xa1" + END,
    "up and out": b"GET /static/../../../../etc/passwd" + END,
    "up and out, escaped": b"GET /static/%2e%2e/%2e%2e/%2e%2e/etc/passwd" + END,
    "10 KB": b"GET /map/list/?q=" + b"x" * 10_240 + END,
    "a megabyte": b"GET /map/list/?q=" + b"x" * 1_048_576 + END,
    "no method": b"/ HTTP/1.1\r\n\r\n",
    "no protocol": b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n",
    "another method": b"PROPFIND /" + END,
    "a proxy's address": b"GET http://example.org/" + END,
    "a new line in a header": b"GET / HTTP/1.1\r\nHost: localhost\r\nX: a\nb\r\n\r\n",
    "bytes in a header": b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nCookie: \xff\xfe\r\n"
    b"Connection: close\r\n\r\n",
    "two hosts": b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n",
    "a length that is none": b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n",
    "WebSocket": b"GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
    b"Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
    b"Sec-WebSocket-Version: 13\r\n\r\n",
}


def say(port: int, words: bytes) -> bytes:
    """Send bytes; return what comes back until the server hangs up or has no more to say."""
    heard = b""
    hung_up = contextlib.suppress(BrokenPipeError, ConnectionResetError, TimeoutError)
    with socket.create_connection(("127.0.0.1", port), timeout=QUIET) as line, hung_up:
        line.sendall(words)
        while some := line.recv(65536):
            heard += some
    return heard


@pytest.fixture
def port(committed, ground) -> Iterator[int]:
    free = free_port()
    words = ["-m", "uvicorn", "config.asgi:application", "--port", str(free)]
    with running(*words, "--log-level", "critical", **as_tested()):
        eventually(lambda: is_up(free))
        yield free


def well(port: int) -> bool:
    return say(port, b"GET /healthz" + END).startswith(b"HTTP/1.1 200")


def test_odd_bytes_are_refused_and_the_server_goes_on(port):
    for name, words in ODD.items():
        heard = say(port, words)
        status = heard.partition(b"\r\n")[0]
        assert not heard or status.split()[1][:1] in (b"2", b"4"), (name, status)
        assert b"root:" not in heard, name
        assert b"Traceback" not in heard, name
        assert well(port), name


def test_someone_who_hangs_up_early_holds_nobody_up(port):
    for _ in range(20):
        with socket.create_connection(("127.0.0.1", port)) as line:
            line.sendall(b"GET /map/summary.json HTTP/1.1\r\nHost: localhost\r\n\r\n")
    assert say(port, b"GET /map/summary.json" + END).startswith(b"HTTP/1.1 200")
