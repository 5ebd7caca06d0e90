"""Long answers have few places of their own: whoever reads a map never waits behind them.

Each streams in a thread with a database connection of its own. A client that hangs up is noticed,
the answer is closed at its next chunk, and its place is free again; so it is when a client takes
nothing for a minute. The small parts in which maps read a file need no place.
"""

import asyncio
import json
import re

from a2wsgi import WSGIMiddleware
from a2wsgi.wsgi import WSGIResponder

BULK = re.compile(r"/api/collections/[^/]+/export\.")
# Only files that lie ready can be read in part: of the others a range is left unread.
FILE = re.compile(r"/api/collections/[^/]+/export\.(gpkg|fgb)")
PART = re.compile(rb"bytes=(\d{1,18})-(\d{1,18})")
SMALL = 4 * 1024 * 1024
RETRY_SECONDS = 10
PATIENCE = 60  # seconds that a client may take nothing


def takes_long(scope) -> bool:
    """Whether this is a download: all of a collection, or a large part of its file."""
    if scope["method"] != "GET" or not BULK.match(scope["path"]):
        return False
    given = dict(scope["headers"])
    part = PART.fullmatch(given.get(b"range", b""))
    if not part or b"if-range" in given or not FILE.fullmatch(scope["path"]):
        return True
    return int(part[2]) - int(part[1]) >= SMALL


class HungUp(ConnectionError):
    """Nobody reads the answer any more."""


class Responder(WSGIResponder):
    """Answers a GET; stops where the client has gone, or took nothing for `patience` seconds."""

    gone = False
    patience = PATIENCE

    async def __call__(self, scope, receive, send) -> None:
        watch = asyncio.ensure_future(self._watch(receive))
        try:
            await super().__call__(scope, _no_body, send)
        except HungUp:
            pass
        finally:
            watch.cancel()

    async def _watch(self, receive) -> None:
        # A GET has no body: after its empty one the next message is the end of the connection.
        while (await receive())["type"] != "http.disconnect":
            pass
        self.gone = True

    def send(self, message) -> None:
        if self.gone:
            raise HungUp
        waiting = asyncio.run_coroutine_threadsafe(self.send_queue.put(message), self.loop)
        try:
            waiting.result(self.patience)
        except TimeoutError:
            waiting.cancel()
            raise HungUp from None


async def _no_body() -> dict:
    return {"type": "http.request", "body": b"", "more_body": False}


class BulkMiddleware(WSGIMiddleware):
    """As many answers at once as there are threads; more clients than places get 503."""

    def __init__(self, app, places: int, patience: float = PATIENCE) -> None:
        super().__init__(app, workers=places)
        self.free, self.patience = places, patience

    async def __call__(self, scope, receive, send) -> None:
        if not self.free:
            await refuse(send)
            return
        self.free -= 1
        try:
            responder = Responder(self.app, self.executor, self.send_queue_size)
            responder.patience = self.patience
            await responder(scope, receive, send)
        finally:
            self.free += 1


async def refuse(send) -> None:
    """Say that every place is taken, in the shape of all errors."""
    told = {
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
    await send({"type": "http.response.body", "body": json.dumps(told).encode()})
