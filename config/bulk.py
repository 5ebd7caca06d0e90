"""Long answers have few places of their own: whoever reads a map never waits behind them.

Each streams in a thread with a database connection of its own. A client that hangs up is noticed,
the answer is closed at its next chunk, and its place is free again.
"""

import asyncio
import json
import re

from a2wsgi import WSGIMiddleware
from a2wsgi.wsgi import WSGIResponder

BULK = re.compile(r"^/api/collections/[^/]+/export\.")
RETRY_SECONDS = 10


class HungUp(ConnectionError):
    """Nobody reads the answer any more."""


class Responder(WSGIResponder):
    """Answers a GET, and stops where the client has gone."""

    gone = False

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
        super().send(message)


async def _no_body() -> dict:
    return {"type": "http.request", "body": b"", "more_body": False}


class BulkMiddleware(WSGIMiddleware):
    """As many answers at once as there are threads; more clients than places get 503."""

    def __init__(self, app, places: int) -> None:
        super().__init__(app, workers=places)
        self.free = places

    async def __call__(self, scope, receive, send) -> None:
        if not self.free:
            await refuse(send)
            return
        self.free -= 1
        try:
            responder = Responder(self.app, self.executor, self.send_queue_size)
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
