"""Live news for any number of listeners: an ASGI application outside Django's own threads.

A listener costs one task and no database connection. All are sent the same bytes; one that reads
too slowly is disconnected, and reconnects with the id of the last news that it has read.
"""

import asyncio
import ipaddress
import random
from collections import Counter, deque
from collections.abc import Callable, Mapping
from contextlib import suppress
from http import HTTPStatus
from json import dumps
from typing import Any
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
    # Neither cached nor compressed, and forwarded at once by nginx.
    "cache-control": "no-store, no-transform",
    "x-accel-buffering": "no",
    "connection": "close",
}


class Refused(Exception):
    """A request for the stream is refused; the description says why."""

    def __init__(self, status: HTTPStatus, code: str, description: str, wait: int = 0) -> None:
        super().__init__(description)
        self.status, self.code, self.description, self.wait = status, code, description, wait


class Listener:
    """One open response, written in order at the pace at which the client reads."""

    def __init__(self, send: Callable, network: str) -> None:
        self.network = network
        self.task: asyncio.Task | None = asyncio.current_task()
        self._send = send
        self._waiting: deque[bytes] = deque()
        self._sending: asyncio.Task | None = None

    def push(self, body: bytes) -> None:
        if len(self._waiting) >= MOST_WAITING:
            self.disconnect()
            return
        self._waiting.append(body)
        if self._sending is None:
            self._sending = asyncio.get_running_loop().create_task(self._deliver())

    def disconnect(self) -> None:
        if self.task:
            self.task.cancel()

    async def _deliver(self) -> None:
        while self._waiting:
            body = b"".join(self._waiting)
            self._waiting.clear()
            await self._send({"type": "http.response.body", "body": body, "more_body": True})
        self._sending = None

    async def finish(self) -> None:
        """End the response, whether or not the client still reads."""
        if self._sending:
            self._sending.cancel()
        ending = self._send({"type": "http.response.body", "body": b"", "more_body": False})
        with suppress(TimeoutError):  # who reads nothing does not read this either
            await asyncio.wait_for(ending, CLOSE_SECONDS)


class Stream:
    """Answers GET with live news. `connect` opens the connection, at the first listener.

    The functions in `before_news` are called in the loop before any news is sent.
    """

    def __init__(self, connect: Callable[[], connection], most: int, most_of_network: int) -> None:
        self._connect, self._most, self._most_of_network = connect, most, most_of_network
        self._open: Counter[str] = Counter()
        self._listeners: set[Listener] = set()
        self._follower: LogFollower | None = None
        self._heartbeats: asyncio.Task | None = None
        self.before_news: list[Callable[[], None]] = []

    async def __call__(self, scope: Mapping[str, Any], receive: Callable, send: Callable) -> None:
        try:
            since = _since(scope)
            network = network_of(scope)
            if scope["method"] == "GET":
                self._admit(network)
        except Refused as refused:
            await _refuse(send, refused)
            return
        if scope["method"] != "GET":
            status = HTTPStatus.OK if scope["method"] == "HEAD" else HTTPStatus.NO_CONTENT
            await _answer(send, status, HEADERS if status == HTTPStatus.OK else CORS_HEADERS)
            return
        try:
            await self._serve(Listener(send, network), since, receive, send)
        finally:
            self._open -= Counter([network])

    def close(self) -> None:
        """Disconnect all listeners: the server shuts down."""
        for listener in self._listeners:
            listener.disconnect()
        if self._heartbeats:
            self._heartbeats.cancel()
        if self._follower:
            self._follower.stop()

    def _admit(self, network: str) -> None:
        if self._open.total() >= self._most:
            words = "All places for live news are taken. Ask /api/changes from time to time."
            raise Refused(HTTPStatus.SERVICE_UNAVAILABLE, "unavailable", words, 60)
        if self._open[network] >= self._most_of_network:
            words = "Too many listen from this address. Ask /api/changes from time to time."
            raise Refused(HTTPStatus.TOO_MANY_REQUESTS, "too-many", words, 60)
        self._open[network] += 1

    async def _serve(
        self, listener: Listener, since: int | None, receive: Callable, send: Callable
    ) -> None:
        try:
            await send(_start(HTTPStatus.OK, HEADERS))
            listener.push(b"retry: %d\n\n" % random.randint(*RETRY_MS))  # noqa: S311 - no secret
            loop = asyncio.get_running_loop()

            def welcome(missed: list[Message], last: int) -> None:
                loop.call_soon_threadsafe(self._welcome, listener, missed, last)

            self._following(loop).request(since, welcome)
            while (await receive())["type"] != "http.disconnect":
                pass
        except asyncio.CancelledError:
            await listener.finish()
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

    def _following(self, loop: asyncio.AbstractEventLoop) -> LogFollower:
        if self._follower is None:

            def publish(message: Message) -> None:
                loop.call_soon_threadsafe(self._publish, message)

            self._follower = LogFollower(self._connect, publish)
            self._follower.start()
            self._heartbeats = loop.create_task(self._heartbeat())
        return self._follower

    def _publish(self, message: Message) -> None:
        for each in self.before_news:
            each()
        for listener in self._listeners:
            listener.push(message.body)

    async def _heartbeat(self) -> None:
        while True:
            await asyncio.sleep(HEARTBEAT_SECONDS)
            for listener in self._listeners:
                listener.push(HEARTBEAT)


def _since(scope: Mapping[str, Any]) -> int | None:
    """Return the last id that the client has read: Last-Event-ID, else `since`, else None."""
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


def network_of(scope: Mapping[str, Any]) -> str:
    """Return the network of a listener: an IPv4 address, or the /64 of an IPv6 one."""
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
    """Answer with the JSON of all errors of the API."""
    body = dumps({"code": refused.code, "description": refused.description}).encode()
    headers = {**CORS_HEADERS, "content-type": "application/json", "cache-control": "no-store"}
    if refused.wait:
        headers["retry-after"] = str(refused.wait)
    if refused.status == HTTPStatus.METHOD_NOT_ALLOWED:
        headers["allow"] = "GET, HEAD, OPTIONS"
    await _answer(send, refused.status, headers, body)
