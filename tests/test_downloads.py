"""Downloads have places of their own: who finds none is told so, who goes away frees one."""

import datetime
import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from itertools import islice

import pytest
from django.db import connection

from config.server.downloads import is_download
from geo.ogcapi.export import streams
from geo.ogcapi.export.formats import STREAMED_FORMATS
from geo.ogcapi.layers import published_layers
from pledges.pledging.models import Pledge
from tests.processes import PATIENCE, elsewhere, eventually, free_port, running


@contextmanager
def endless(patience: int) -> Iterator[int]:
    """The port of a server with one place, whose answer never ends."""
    port = free_port()
    words = ("-m", "uvicorn", "tests.endless:application", "--port", str(port), "--lifespan", "off")
    with running(*words, "--log-level", "critical", PATIENCE=str(patience)):
        eventually(lambda: _listens(port))
        yield port


def _listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port)).close()
    except OSError:
        return False
    return True


def ask(port: int) -> HTTPConnection:
    line = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    line.request("GET", "/")
    return line


def has_a_place(port: int) -> bool:
    line = ask(port)
    with line.getresponse() as answer:
        line.close()
        return answer.status == 200


def test_more_clients_than_places_are_told_when_to_come_back(django_db_setup):
    with endless(patience=600) as port:
        first = ask(port)
        downloading = first.getresponse()
        assert downloading.status == 200
        refused = ask(port).getresponse()
        assert refused.status == 503
        assert int(refused.headers["Retry-After"]) > 0
        assert refused.headers["Access-Control-Allow-Origin"] == "*"
        assert set(json.loads(refused.read())) == {"code", "description"}
        first.close()
        downloading.close()  # it has hung up
        assert eventually(lambda: has_a_place(port))


def test_who_takes_nothing_loses_the_place(django_db_setup):
    with endless(patience=1) as port:
        silent = ask(port)
        assert eventually(lambda: has_a_place(port))
        silent.close()


@pytest.mark.parametrize(
    ("method", "path", "given", "long"),
    [
        ("GET", "export.csv", {}, True),
        ("GET", "export.gpkg", {}, True),
        ("HEAD", "export.gpkg", {}, False),
        ("GET", "items", {}, False),
        ("GET", "export.fgb", {b"range": b"bytes=0-65535"}, False),
        ("GET", "export.fgb", {b"range": b"bytes=0-99999999"}, True),
        ("GET", "export.fgb", {b"range": b"bytes=0-"}, True),
        ("GET", "export.fgb", {b"range": b"bytes=0-65535", b"if-range": b'"x"'}, True),
        ("GET", "export.csv", {b"range": b"bytes=0-65535"}, True),
    ],
)
def test_small_parts_of_a_file_need_no_place(method, path, given, long):
    scope = {"method": method, "path": f"/api/collections/pledges/{path}"}
    assert is_download({**scope, "headers": list(given.items())}) is long


def lines(monkeypatch) -> Iterator[bytes]:
    """The ids of all pledges, in chunks of two."""
    monkeypatch.setattr(streams, "CHUNK", 2)
    rows = published_layers()["pledges"].rows().order_by("pk").values_list("text", flat=True)
    return streams.write_rows(rows, STREAMED_FORMATS["geojsonseq"], "")


def test_a_file_is_of_one_moment(committed, pledge, monkeypatch):
    made = [pledge(f"Pledge {number}", on=datetime.date(2014, 3, 3)) for number in range(9)]
    stream = lines(monkeypatch)
    begun = list(islice(stream, 2))
    elsewhere(lambda: Pledge.objects.filter(pk=made[-1].pk).update(text="Changed"))
    elsewhere(lambda: Pledge.objects.filter(pk=made[-2].pk).delete())
    told = b"".join([*begun, *stream]).decode()
    assert [word.strip() for word in told.split("\x1e")[1:]] == [each.text for each in made]


def test_who_hangs_up_leaves_no_transaction_open(committed, pledge, monkeypatch):
    for number in range(9):
        pledge(f"Pledge {number}")
    stream = lines(monkeypatch)
    assert len(list(islice(stream, 3))) == 3
    assert connection.in_atomic_block
    stream.close()
    assert not connection.in_atomic_block
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from pg_cursors")
        assert cursor.fetchone() == (0,)
