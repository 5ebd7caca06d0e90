"""The cache of tiles: what is a hit, for how long, for whom, and what is evicted."""

import asyncio

import pytest

from config.server.counts_state import CountsState
from config.server.response_cache import (
    MAX_RESPONSES,
    RESPONSE_SECONDS,
    STATE_SECONDS,
    ResponseCache,
)

WHOLE, WEST, EAST = (f"/tiles/pledges/{at}.json" for at in ("0/0/0", "1/0/0", "1/1/0"))
IN_WEST, IN_EAST = 5, 1 << 46 | 5  # Morton codes


class Behind:
    """Stands for Django: answers with a tag, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.version, self.status, self.weak = 1, 200, b""

    async def __call__(self, scope, receive, send) -> None:
        self.asked.append(scope["path"])
        form = scope["path"].rpartition(".")[2]
        headers = [
            (b"content-type", b"application/geo+json"),
            (b"etag", self.weak + f'"pledges-{self.version}-{form}"'.encode()),
            (b"x-frame-options", b"DENY"),
        ]
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        body = f"{scope['path']} {self.version}".encode()
        await send({"type": "http.response.body", "body": body})


class Counts:
    """Stands for the database: the version, and the spots that each version moved."""

    def __init__(self, behind: Behind) -> None:
        self.behind, self.asked, self.demo = behind, 0, False
        self.spots: dict[int, set[int]] = {}

    def move(self, *spots: int) -> None:
        """Make a new version; without spots it may have moved any."""
        self.behind.version += 1
        if spots:
            self.spots[self.behind.version] = set(spots)

    async def read(self, collection: str, known: CountsState | None) -> CountsState:
        self.asked += 1
        if collection != "pledges":
            raise KeyError(collection)
        now = self.behind.version
        since = range(known.version + 1 if known else 0, now + 1)
        if known is None or known.demo != self.demo or any(v not in self.spots for v in since):
            return CountsState(now, self.demo)
        return CountsState(now, self.demo, frozenset().union(*(self.spots[v] for v in since)))


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def behind() -> Behind:
    return Behind()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def counts(behind) -> Counts:
    return Counts(behind)


@pytest.fixture
def ask(behind, counts, clock):
    """Ask for a path; return status, headers and body."""
    cache = ResponseCache(behind, counts.read, clock)

    def get(path: str = "/tiles/pledges/0/0/0.json", method: str = "GET", **headers: str):
        path, _, query = path.partition("?")
        given = {"host": "localhost"} | {n.replace("_", "-"): v for n, v in headers.items()}
        scope = {
            "type": "http",
            "method": method,
            "path": path,
            "raw_path": path.encode(),
            "query_string": query.encode(),
            "scheme": "http",
            "headers": [(name.encode(), value.encode()) for name, value in given.items()],
        }
        said: list[dict] = []

        async def send(message: dict) -> None:
            said.append(message)

        asyncio.run(cache(scope, None, send))
        return said[0]["status"], dict(said[0]["headers"]), said[1]["body"]

    get.cache = cache
    return get


def test_the_same_tile_is_asked_of_django_once(ask, behind):
    first = ask()
    assert ask() == first == (200, first[1], b"/tiles/pledges/0/0/0.json 1")
    assert len(behind.asked) == 1


def test_headers_are_those_that_django_gave(ask):
    assert ask()[1] == ask()[1]
    assert ask()[1][b"x-frame-options"] == b"DENY"


def test_after_a_moment_it_is_asked_whether_the_counts_still_hold(ask, behind, counts, clock):
    ask(WEST)
    ask(EAST)
    assert counts.asked == 1
    clock.now += STATE_SECONDS + 0.01
    ask(WEST)
    ask(EAST)
    assert counts.asked == 2
    assert behind.asked == [WEST, EAST]


def test_where_counts_moved_no_tile_of_before_is_shown_again(ask, behind, counts, clock):
    for path in (WHOLE, WEST, EAST, f"{EAST}?theme=care"):
        ask(path)
    counts.move(IN_WEST)
    clock.now += STATE_SECONDS + 0.01
    assert ask(WHOLE)[2].endswith(b" 2")
    assert ask(WEST)[2].endswith(b" 2")
    assert ask(EAST)[2].endswith(b" 1")
    # What a filter chose may depend on more than the counts of the place.
    assert ask(f"{EAST}?theme=care")[2].endswith(b" 2")


def test_what_moved_meanwhile_adds_up(ask, counts, clock):
    for path in (WEST, EAST):
        ask(path)
    counts.move(IN_WEST)
    counts.move(IN_EAST)
    clock.now += STATE_SECONDS + 0.01
    assert ask(WEST)[2].endswith(b" 3")
    assert ask(EAST)[2].endswith(b" 3")


@pytest.mark.parametrize("change", ["somewhere", "demo"])
def test_where_it_is_not_known_where_nothing_of_before_is_shown(ask, behind, counts, clock, change):
    ask(WEST)
    if change == "demo":
        counts.demo = True
    counts.move(*([] if change == "somewhere" else [IN_EAST]))
    clock.now += STATE_SECONDS + 0.01
    assert ask(WEST)[2].endswith(b" 2")


def test_nothing_is_stored_for_long(ask, behind, clock):
    ask()
    clock.now += RESPONSE_SECONDS + 0.01
    ask()
    assert len(behind.asked) == 2


def test_where_no_state_is_told_django_is_left_to_say_why(ask, behind):
    for _ in range(2):
        assert ask("/tiles/elsewhere/0/0/0.json")[0] == 200
    assert len(behind.asked) == 2


@pytest.mark.parametrize("weak", [b"", b"W/"])
def test_who_has_it_is_told_so_without_a_body(ask, behind, weak):
    behind.weak = weak
    tag = ask()[1][b"etag"].decode()
    status, headers, body = ask(if_none_match=f'"other", {tag}')
    assert (status, body, headers[b"etag"]) == (304, b"", tag.encode())
    assert b"content-type" not in headers
    assert ask(if_none_match='"other"')[0] == 200
    assert len(behind.asked) == 1


def test_a_head_has_no_body_and_is_no_answer_to_a_get(ask, behind):
    ask(method="HEAD")
    assert ask()[2] == b"/tiles/pledges/0/0/0.json 1"
    assert ask(method="HEAD")[2] == b""
    assert len(behind.asked) == 2


@pytest.mark.parametrize(
    "other",
    [{"host": "other.example"}, {"accept_encoding": "gzip"}, {"x_forwarded_proto": "https"}],
)
def test_what_headers_depend_on_is_stored_apart(ask, behind, other):
    ask()
    ask(**other)
    assert len(behind.asked) == 2


def test_a_query_is_another_tile(ask, behind):
    ask()
    ask("/tiles/pledges/0/0/0.json?theme=care")
    assert len(behind.asked) == 2


@pytest.mark.parametrize(
    ("path", "method"),
    [("/pledges/", "GET"), ("/tiles/pledges/0/0/0.json", "POST"), ("/tiles/odd", "GET")],
)
def test_all_else_is_left_to_django(ask, behind, path, method):
    ask(path, method)
    ask(path, method)
    assert len(behind.asked) == 2


def test_errors_are_not_stored(ask, behind):
    behind.status = 503
    assert ask()[0] == 503
    behind.status = 200
    assert ask()[0] == 200
    assert len(behind.asked) == 2


def test_the_oldest_response_is_evicted(ask):
    for number in range(MAX_RESPONSES + 3):
        ask(f"/tiles/pledges/14/0/{number}.json")
    assert len(ask.cache.responses) == MAX_RESPONSES


def test_who_was_told_of_news_gets_no_tile_of_before(ask, counts):
    ask()
    counts.move(IN_WEST)
    ask.cache.invalidate_states()
    assert ask()[2] == b"/tiles/pledges/0/0/0.json 2"


@pytest.mark.parametrize("wish", ["no-cache", "max-age=0"])
def test_who_asks_for_what_is_now_gets_it(ask, counts, clock, wish):
    """Another process of the server told of news that this one has not heard of yet."""
    ask(WEST)
    counts.move(IN_WEST)
    clock.now += 0.01
    assert ask(WEST)[2].endswith(b" 1")
    assert ask(WEST, cache_control=wish)[2].endswith(b" 2")


def test_a_response_begun_before_the_state_was_read_is_not_stored(ask, behind, counts, clock):
    async def slow(scope, receive, send) -> None:
        version, path = behind.version, scope["path"]
        counts.move(IN_WEST)
        clock.now += STATE_SECONDS + 0.01
        # Somebody else's tile comes first, with which the new state is told.
        ask.cache.app = behind
        other = {**scope, "path": EAST, "raw_path": EAST.encode()}
        await ask.cache(other, receive, lambda message: asyncio.sleep(0))
        clock.now += 0.01
        behind.version = version
        await behind({**scope, "path": path}, receive, send)
        behind.version = version + 1

    ask.cache.app = slow
    assert ask(WEST)[2].endswith(b" 1")
    assert ask(WEST)[2].endswith(b" 2")
