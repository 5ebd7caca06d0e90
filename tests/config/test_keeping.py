"""Tiles that were answered a moment ago: what is answered again, for how long, and to whom."""

import asyncio

import pytest

from config.keeping import FRESH, MOST, Keeping


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
def ask(behind, clock):
    """Ask for a path; return status, headers and body."""
    keeping = Keeping(behind, clock)

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

        asyncio.run(keeping(scope, None, send))
        return said[0]["status"], dict(said[0]["headers"]), said[1]["body"]

    get.keeping = keeping
    return get


def test_the_same_tile_is_asked_of_django_once(ask, behind):
    first = ask()
    assert ask() == first == (200, first[1], b"/tiles/pledges/0/0/0.json 1")
    assert len(behind.asked) == 1


def test_headers_are_those_that_django_gave(ask):
    assert ask()[1] == ask()[1]
    assert ask()[1][b"x-frame-options"] == b"DENY"


def test_after_a_moment_django_is_asked_whether_the_counts_still_hold(ask, behind, clock):
    ask("/tiles/pledges/0/0/0.json")
    ask("/tiles/pledges/1/0/0.json")
    clock.now += FRESH + 0.01
    ask("/tiles/pledges/0/0/0.json")
    ask("/tiles/pledges/1/0/0.json")
    # One answer told that the counts are the same, so the other tile holds too.
    assert behind.asked == [
        "/tiles/pledges/0/0/0.json",
        "/tiles/pledges/1/0/0.json",
        "/tiles/pledges/0/0/0.json",
    ]


def test_nothing_made_of_the_counts_before_is_shown_again(ask, behind, clock):
    ask("/tiles/pledges/0/0/0.json")
    ask("/tiles/pledges/1/0/0.json")
    behind.version = 2
    clock.now += FRESH + 0.01
    assert ask("/tiles/pledges/0/0/0.json")[2].endswith(b" 2")
    assert ask("/tiles/pledges/1/0/0.json")[2].endswith(b" 2")


def test_the_forms_of_a_tile_tell_of_themselves_alone(ask, behind):
    ask("/tiles/pledges/0/0/0.json")
    assert ask("/tiles/pledges/0/0/0.mvt")[2].startswith(b"/tiles/pledges/0/0/0.mvt")
    ask("/tiles/pledges/0/0/0.json")
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
def test_what_headers_depend_on_is_kept_apart(ask, behind, other):
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


def test_errors_are_not_kept(ask, behind):
    behind.status = 503
    assert ask()[0] == 503
    behind.status = 200
    assert ask()[0] == 200
    assert len(behind.asked) == 2


def test_what_is_kept_has_an_end(ask):
    for number in range(MOST + 3):
        ask(f"/tiles/pledges/14/0/{number}.json")
    assert len(ask.keeping.kept) == MOST


def test_once_the_counts_have_moved_nothing_of_before_is_answered(ask, behind):
    ask()
    behind.version = 2
    ask.keeping.anew()
    assert ask()[2] == b"/tiles/pledges/0/0/0.json 2"


def test_an_answer_begun_before_the_counts_moved_says_nothing_of_now(ask, behind, clock):
    began = behind.__call__

    async def slow(scope, receive, send) -> None:
        clock.now += 0.1
        ask.keeping.anew()
        await began(scope, receive, send)

    ask.keeping.app = slow
    ask()
    ask.keeping.app, behind.version = behind, 2
    assert ask()[2] == b"/tiles/pledges/0/0/0.json 2"
