"""Is it there, can it work; and with the database stopped, what everybody is told, and how soon."""

import http.client
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest
from django.contrib.gis.geos import Point
from django.db import connection
from django.test import Client

from geo.counts import queue
from hubs.hub.models import Hub
from pledges.jobs.models import FAILING, Job
from pledges.pledging.models import Pledge
from tests.factories import Ground
from tests.processes import PATIENCE, as_tested, elsewhere, eventually, free_port, is_up, running
from tests.proxy import Line

THREADS = 4


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: str


@pytest.fixture
def ready(ground: Ground) -> None:
    Hub.objects.create(
        code="Y58",
        slug="west",
        name="West",
        email="west@example.org",
        place="Alderham",
        location=Point(-3, 51, srid=4326),
    )


def test_the_process_answers_without_a_database(client: Client):
    """No `db` here: a query would fail this test."""
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_ready_is_when_database_data_and_worker_are_there(committed, ready, client: Client):
    waiting = client.get("/readyz")
    assert waiting.status_code == 503
    assert waiting["Retry-After"]
    assert waiting.json()["code"] == "not-ready"
    assert waiting.json()["description"] == "Not ready: worker."
    assert waiting.json()["checks"]["jobs"]
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("select pg_advisory_lock(%s)", [queue.WORKER])
        answer = client.get("/readyz")
        Job.objects.create(name="newsletter", failures=FAILING - 1)
        once_more = client.get("/readyz")
        Job.objects.update(failures=FAILING)
        failing = client.get("/readyz")
    finally:
        other.close()
    assert answer.status_code == once_more.status_code == 200
    everything = dict.fromkeys(("database", "postgis", "data", "worker", "jobs"), True)
    well = {"status": "ok", "checks": everything, "failing": []}
    assert answer.json() == once_more.json() == well
    # The map is served on while a newsletter fails.
    assert failing.status_code == 200
    assert failing.json()["checks"] == {**everything, "jobs": False}
    assert failing.json()["failing"] == ["newsletter"]
    eventually(lambda: client.get("/readyz").status_code == 503)


@pytest.mark.parametrize("table", ["hubs_hub", "geo_postcode"])
def test_not_ready_without_data(ready, client: Client, table):
    with connection.cursor() as cursor:
        cursor.execute(f"delete from {table}")
    assert not client.get("/readyz").json()["checks"]["data"]


def ask(port: int, path: str) -> Answer:
    server = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        server.request("GET", path)
        found = server.getresponse()
        return Answer(found.status, dict(found.getheaders()), found.read().decode())
    finally:
        server.close()


def ask_all(port: int, paths: list[str]) -> dict[str, Answer]:
    """Ask for all at once, so that every thread of the server has to answer."""
    with ThreadPoolExecutor(len(paths)) as pool:
        return dict(zip(paths, pool.map(lambda path: ask(port, path), paths), strict=True))


def statuses(answers: dict[str, Answer]) -> dict[str, int]:
    return {path: answer.status for path, answer in answers.items()}


@pytest.fixture
def line() -> Iterator[Line]:
    made = Line()
    yield made
    made.cut()


@pytest.fixture
def server(committed, line: Line) -> Iterator[int]:
    """The real server, whose database is at the other end of the line; answers its port."""
    port = free_port()
    words = ["-m", "uvicorn", "config.asgi:application", "--port", str(port)]
    settings = {**as_tested(line.port), "SERVER_THREADS": str(THREADS)}
    with running(*words, "--log-level", "error", **settings):
        eventually(lambda: is_up(port))
        yield port


@pytest.fixture
def pages(pledge, ground) -> list[str]:
    made: Pledge = pledge(outcode="SO14")
    return [
        "/",
        "/map/list/",
        f"/pledges/{made.pk}/",
        f"/pledges/{made.pk}/popup/",
        f"/spots/{made.morton}/",
        "/off-map/?show=none",
        "/accessibility/",
        f"/organisations/{ground.hospital.code}/",
    ]


MACHINES = [
    "/map/summary.json",
    "/tiles/pledges/0/0/0.json",
    "/tiles/organisations/0/0/0.json",
    "/api/collections/pledges",
    "/api/collections/pledges/items",
    "/api/collections/organisations/items/RXA",
    "/api/geocode?q=SO14%200AA",
    "/api/reverse?lat=51&lon=-3",
    "/organisations/suggest.json?q=alder",
]
WITHOUT = ["/healthz"]


def test_with_the_database_stopped_every_page_says_so_and_recovers_by_itself(
    server, line, pages, ready
):
    everything = [*pages, *MACHINES, *WITHOUT]
    well = dict.fromkeys(everything, 200)
    for path in everything:
        eventually(lambda path=path: ask(server, path).status == 200)
    assert statuses(ask_all(server, everything)) == well

    line.cut()
    # A state of the counts that was read a moment ago may still answer a cached tile.
    for path in MACHINES:
        eventually(lambda path=path: ask(server, path).status == 503)
    for _ in range(2):
        answers = ask_all(server, everything)
        assert statuses(answers) == {path: 200 if path in WITHOUT else 503 for path in everything}
    for path in pages:
        assert answers[path].headers["content-type"].startswith("text/html")
        assert answers[path].headers["retry-after"]
        assert "try again" in answers[path].body
    for path in MACHINES:
        assert answers[path].headers["retry-after"]
        assert set(json.loads(answers[path].body)) == {"code", "description"}
    told = " ".join(answer.body for answer in answers.values())
    assert not any(
        word in told for word in ("Traceback", "psycopg", "OperationalError", "127.0.0.1")
    )
    assert json.loads(ask(server, "/readyz").body)["checks"]["database"] is False

    line.mend()
    assert statuses(ask_all(server, everything)) == well


def test_a_server_that_starts_before_its_database_serves_when_that_comes(line, committed, request):
    line.cut()
    port = request.getfixturevalue("server")
    assert statuses(ask_all(port, ["/", "/map/summary.json"])) == {
        "/": 503,
        "/map/summary.json": 503,
    }
    line.mend()
    assert ask(port, "/map/summary.json").status == 200


def test_the_worker_waits_for_its_database_and_counts_what_was_written_meanwhile(
    committed, line, pledge
):
    with running("manage.py", "run_worker", **as_tested(line.port)) as process:
        assert "folds the counts" in process.stdout.readline()
        line.cut()
        assert "Waiting for the database" in process.stdout.readline()
        assert not elsewhere(queue.worker_alive)
        pledge()
        line.mend()
        said = process.stdout.readline()
        while "Waiting for the database" in said:
            said = process.stdout.readline()
        assert "folds the counts" in said
        eventually(lambda: _counted() == 1)


def _counted() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "select coalesce(sum(n), 0) from geo_ledger"
            " where dimension = 1 and period = 0 and place = 0"
        )
        return cursor.fetchone()[0]
