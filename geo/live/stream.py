"""Live news for any number of listeners: an ASGI application beside Django's own threads.

A listener costs one task and no database connection. Each is sent the same bytes; one who reads
too slowly is let go, and comes back with the id of the last news it has read.
"""

import asyncio
import ipaddress
import random
from collections import Counter, deque
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from http import HTTPStatus
from json import dumps
from urllib.parse import parse_qsl

from psycopg2.extensions import connection

from geo.live.log_follower import LogFollower
from geo.live.messages import HEARTBEAT, Message, event

HEARTBEAT_SECONDS = 15  # proxies close what is silent for 30 or 60 seconds
MOST_WAITING = 20  # messages that one may be behind
RETRY_MS = 2000, 5000  # ms until a client comes back: not all of them at one moment
CLOSE_SECONDS = 1
CORS_HEADERS = {
    "access-control-allow-origin": "*",
    "access-control-allow-headers": "last-event-id, cache-control",
    "access-control-allow-methods": "GET, HEAD, OPTIONS",
    "x-content-type-options": "nosniff",
}
HEADERS = {
    **CORS_HEADERS,
    "content-type": "text/event-stream; charset=utf-8",
    # Kept by nobody, compressed by nobody, and passed on at once by nginx.
    "cache-control": "no-store, no-transform",
    "x-accel-buffering": "no",
    "connection": "close",
}


class Refused(Exception):
    """Someone cannot be a listener; the words say why."""

    def __init__(self, status: HTTPStatus, code: str, description: str, wait: int = 0) -> None:
        super().__init__(description)
        self.status, self.code, self.description, self.wait = status, code, description, wait


class Listener:
    """One open answer. What it is sent goes out in order, at the pace at which it reads."""

    def __init__(self, send: Callable, network: str) -> None:
        self.network = network
        self.task = asyncio.current_task()
        self._send = send
        self._waiting: deque[bytes] = deque()
        self._sending: asyncio.Task | None = None

    def push(self, body: bytes) -> None:
        if len(self._waiting) >= MOST_WAITING:
            self.task.cancel()
            return
        self._waiting.append(body)
        if self._sending is None:
            self._sending = asyncio.get_running_loop().create_task(self._deliver())

    async def _deliver(self) -> None:
        while self._waiting:
            body = b"".join(self._waiting)
            self._waiting.clear()
            await self._send({"type": "http.response.body", "body": body, "more_body": True})
        self._sending = None

    async def part(self) -> None:
        """End the answer, whether or not anybody still reads."""
        if self._sending:
            self._sending.cancel()
        ending = self._send({"type": "http.response.body", "body": b"", "more_body": False})
        with suppress(TimeoutError):  # who reads nothing does not read this either
            await asyncio.wait_for(ending, CLOSE_SECONDS)


class Stream:
    """Answers GET with live news. `connect` opens the connection, at the first listener.

    What is in `before_news` is called before any news is told, in the loop.
    """

    def __init__(self, connect: Callable[[], connection], most: int, most_of_network: int) -> None:
        self._connect, self._most, self._most_of_network = connect, most, most_of_network
        self._places: Counter[str] = Counter()
        self._listeners: set[Listener] = set()
        self._source: LogFollower | None = None
        self._beats: asyncio.Task | None = None
        self.before_news: list[Callable[[], None]] = []

    async def __call__(self, scope: dict, receive: Callable, send: Callable) -> None:
        try:
            since = _since(scope)
            network = network_of(scope)
            if scope["method"] == "GET":
                self._take_place(network)
        except Refused as refused:
            await _refuse(send, refused)
            return
        if scope["method"] != "GET":
            status = HTTPStatus.OK if scope["method"] == "HEAD" else HTTPStatus.NO_CONTENT
            await _answer(send, status, HEADERS if status == HTTPStatus.OK else CORS_HEADERS)
            return
        try:
            await self._hold(Listener(send, network), since, receive, send)
        finally:
            self._places -= Counter([network])

    def close(self) -> None:
        """Let everybody go: the server ends."""
        for listener in self._listeners:
            listener.task.cancel()
        if self._beats:
            self._beats.cancel()
        if self._source:
            self._source.stop()

    def _take_place(self, network: str) -> None:
        if self._places.total() >= self._most:
            words = "All places for live news are taken. Ask /api/changes from time to time."
            raise Refused(HTTPStatus.SERVICE_UNAVAILABLE, "unavailable", words, 60)
        if self._places[network] >= self._most_of_network:
            words = "Too many listen from this address. Ask /api/changes from time to time."
            raise Refused(HTTPStatus.TOO_MANY_REQUESTS, "too-many", words, 60)
        self._places[network] += 1

    async def _hold(
        self, listener: Listener, since: int | None, receive: Callable, send: Callable
    ) -> None:
        try:
            await send(_start(HTTPStatus.OK, HEADERS))
            listener.push(b"retry: %d\n\n" % random.randint(*RETRY_MS))  # noqa: S311 - no secret
            loop = asyncio.get_running_loop()
            welcome = partial(loop.call_soon_threadsafe, self._welcome, listener)
            self._heard_from(loop).ask(since, welcome)
            while (await receive())["type"] != "http.disconnect":
                pass
        except asyncio.CancelledError:
            await listener.part()
        finally:
            listener.task = None
            self._listeners.discard(listener)

    def _welcome(self, listener: Listener, missed: list[Message], last: int) -> None:
        # In one step of the loop: no news comes between what was missed and what comes next.
        if listener.task is None:
            return
        for message in missed:
            listener.push(message.body)
        listener.push(event("hello", last, {}))
        self._listeners.add(listener)

    def _heard_from(self, loop: asyncio.AbstractEventLoop) -> LogFollower:
        if self._source is None:
            tell = partial(loop.call_soon_threadsafe, self._tell)
            self._source = LogFollower(self._connect, tell)
            self._source.start()
            self._beats = loop.create_task(self._beat())
        return self._source

    def _tell(self, message: Message) -> None:
        for each in self.before_news:
            each()
        for listener in self._listeners:
            listener.push(message.body)

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(HEARTBEAT_SECONDS)
            for listener in self._listeners:
                listener.push(HEARTBEAT)


def _since(scope: dict) -> int | None:
    """Return the id that a client has, by Last-Event-ID or else by `since`; None: it has none."""
    if scope["method"] not in ("GET", "HEAD", "OPTIONS"):
        words = "This method is not for here."
        raise Refused(HTTPStatus.METHOD_NOT_ALLOWED, "method-not-allowed", words)
    query = dict(parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True))
    if set(query) - {"since"}:
        words = "Unknown parameter. Valid ones: since."
        raise Refused(HTTPStatus.BAD_REQUEST, "unknown-parameter", words)
    headers = dict(scope["headers"])
    given = headers.get(b"last-event-id", b"").decode("latin-1") or query.get("since", "")
    if not given:
        return None
    if not (given.isascii() and given.isdigit() and len(given) < 19):
        words = "since: give the id of the last news that you have read."
        raise Refused(HTTPStatus.BAD_REQUEST, "bad-parameter", words)
    return int(given)


def network_of(scope: dict) -> str:
    """Return where a listener is: an IPv4 address, or the /64 of an IPv6 one."""
    try:
        address = ipaddress.ip_address((scope.get("client") or ("",))[0])
    except ValueError:
        return "unknown"
    bits = 64 if address.version == 6 else 32
    return str(ipaddress.ip_network((address, bits), strict=False))


def _start(status: HTTPStatus, headers: dict[str, str]) -> dict:
    encoded = [(name.encode(), value.encode()) for name, value in headers.items()]
    return {"type": "http.response.start", "status": status.value, "headers": encoded}


async def _answer(
    send: Callable, status: HTTPStatus, headers: dict[str, str], body: bytes = b""
) -> None:
    length = {"content-length": str(len(body))} if body else {}
    await send(_start(status, {**headers, **length}))
    await send({"type": "http.response.body", "body": body})


async def _refuse(send: Callable, refused: Refused) -> None:
    """Say it in the shape of all errors."""
    body = dumps({"code": refused.code, "description": refused.description}).encode()
    headers = {**CORS_HEADERS, "content-type": "application/json", "cache-control": "no-store"}
    if refused.wait:
        headers["retry-after"] = str(refused.wait)
    if refused.status == HTTPStatus.METHOD_NOT_ALLOWED:
        headers["allow"] = "GET, HEAD, OPTIONS"
    await _answer(send, refused.status, headers, body)
