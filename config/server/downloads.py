"""Long downloads have few places of their own: whoever reads a map never waits behind them.

Each streams in a thread with a database connection of its own. A client that hangs up is noticed,
the response is closed at its next chunk, and its place is free again; so it is when a client takes
nothing for a minute. The small ranges in which maps read a file need no place.
"""

import asyncio
import json
import re

from a2wsgi import WSGIMiddleware
from a2wsgi.asgi_typing import HTTPRequestEvent, HTTPScope, Receive, Scope, Send, SendEvent
from a2wsgi.wsgi import WSGIResponder
from a2wsgi.wsgi_typing import WSGIApp

EXPORTS = re.compile(r"/api/collections/[^/]+/export\.")
# Only files that are built already can be read by ranges: a range of the others is ignored.
BUILT_FILES = re.compile(r"/api/collections/[^/]+/export\.(gpkg|fgb)")
RANGE = re.compile(rb"bytes=(\d{1,18})-(\d{1,18})")
SMALL_BYTES = 4 * 1024 * 1024
RETRY_SECONDS = 10
STALL_SECONDS = 60  # for which a client may take nothing


def is_download(scope: HTTPScope) -> bool:
    """Whether a request is for all of a collection, or for a large range of its file."""
    if scope["method"] != "GET" or not EXPORTS.match(scope["path"]):
        return False
    headers = dict(scope["headers"])
    found = RANGE.fullmatch(headers.get(b"range", b""))
    if not found or b"if-range" in headers or not BUILT_FILES.fullmatch(scope["path"]):
        return True
    return int(found[2]) - int(found[1]) >= SMALL_BYTES


class ClientGone(ConnectionError):
    """Nobody reads the response any more."""


class DownloadResponder(WSGIResponder):
    """Answers a GET; stops where the client has gone, or took nothing for `stall_seconds`."""

    gone = False
    stall_seconds: float = STALL_SECONDS

    async def __call__(self, scope: HTTPScope, receive: Receive, send: Send) -> None:
        watch = asyncio.ensure_future(self._watch(receive))
        try:
            await super().__call__(scope, _no_body, send)
        except ClientGone:
            pass
        finally:
            watch.cancel()

    async def _watch(self, receive: Receive) -> None:
        # A GET has no body: after its empty one the next message is the end of the connection.
        while (await receive())["type"] != "http.disconnect":
            pass
        self.gone = True

    def send(self, message: SendEvent | None) -> None:
        if self.gone:
            raise ClientGone
        queued = asyncio.run_coroutine_threadsafe(self.send_queue.put(message), self.loop)
        try:
            queued.result(self.stall_seconds)
        except TimeoutError:
            queued.cancel()
            raise ClientGone from None


async def _no_body() -> HTTPRequestEvent:
    return {"type": "http.request", "body": b"", "more_body": False}


class DownloadMiddleware(WSGIMiddleware):
    """As many downloads at once as there are threads; more clients than places get 503."""

    def __init__(self, app: WSGIApp, places: int, stall_seconds: float = STALL_SECONDS) -> None:
        super().__init__(app, workers=places)
        self.free_places, self.stall_seconds = places, stall_seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await super().__call__(scope, receive, send)
            return
        if not self.free_places:
            await send_busy(send)
            return
        self.free_places -= 1
        try:
            responder = DownloadResponder(self.app, self.executor, self.send_queue_size)
            responder.stall_seconds = self.stall_seconds
            await responder(scope, receive, send)
        finally:
            self.free_places += 1


async def send_busy(send: Send) -> None:
    """Answer 503 in the shape of all errors: every place is taken."""
    body = {
        "code": "unavailable",
        "description": "All places for downloads are taken. Please try again in a minute.",
    }
    headers = {
        "content-type": "application/json",
        "retry-after": str(RETRY_SECONDS),
        "x-content-type-options": "nosniff",
        "access-control-allow-origin": "*",
    }
    encoded = [(name.encode(), value.encode()) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": 503, "headers": encoded})
    await send({"type": "http.response.body", "body": json.dumps(body).encode()})
