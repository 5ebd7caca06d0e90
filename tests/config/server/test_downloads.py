"""Downloads have places of their own; who hangs up frees one."""

import asyncio
import threading

from config.server.downloads import EXPORTS, DownloadMiddleware

SCOPE = {
    "type": "http",
    "method": "GET",
    "path": "/api/collections/pledges/export.csv",
    "query_string": b"",
    "http_version": "1.1",
    "headers": [],
}


class Endless:
    """A WSGI application whose answer goes on until it is closed."""

    def __init__(self) -> None:
        self.closed = threading.Event()

    def __call__(self, environ, start_response):
        start_response("200 OK", [])
        try:
            while True:
                yield b"x" * 1000
        finally:
            self.closed.set()


def status(said: list[dict]) -> int:
    return next(each["status"] for each in said if "status" in each)


async def ask(app, hang_up: asyncio.Event) -> list[dict]:
    said: list[dict] = []

    async def receive() -> dict:
        await hang_up.wait()
        return {"type": "http.disconnect"}

    async def send(message: dict) -> None:
        said.append(message)
        await asyncio.sleep(0)

    await app(SCOPE, receive, send)
    return said


def test_more_clients_than_places_are_asked_to_wait():
    async def story() -> None:
        endless = Endless()
        app = DownloadMiddleware(endless, 1)
        leaves, stays = asyncio.Event(), asyncio.Event()
        first = asyncio.ensure_future(ask(app, leaves))
        await asyncio.sleep(0)  # it takes its place before it waits for anything
        assert app.free_places == 0
        refused = await ask(app, stays)
        assert status(refused) == 503
        assert dict(refused[0]["headers"])[b"retry-after"] == b"10"
        leaves.set()
        assert status(await first) == 200
        assert endless.closed.is_set()
        assert app.free_places == 1

    asyncio.run(asyncio.wait_for(story(), 30))


def test_only_downloads_go_there():
    assert EXPORTS.match("/api/collections/pledges/export.geojson")
    assert not EXPORTS.match("/api/collections/pledges/items")
    assert not EXPORTS.match("/")
