"""The server's entry: what it answers, and what it turns away."""

import asyncio
from collections.abc import Callable

import pytest

from config.asgi import application


@pytest.fixture
def said() -> Callable[[dict, list[dict]], list[dict]]:
    """Let the application hear some messages; return what it says."""

    def hold(scope: dict, heard: list[dict]) -> list[dict]:
        messages: list[dict] = []
        waiting = iter(heard)

        async def receive() -> dict:
            return next(waiting)

        async def send(message: dict) -> None:
            messages.append(message)

        asyncio.run(application(scope, receive, send))
        return messages

    return hold


def test_it_starts_and_stops_with_its_server(said):
    heard = [{"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}]
    told = [message["type"] for message in said({"type": "lifespan"}, heard)]
    assert told == ["lifespan.startup.complete", "lifespan.shutdown.complete"]


def test_websockets_are_turned_away(said):
    [message] = said({"type": "websocket"}, [{"type": "websocket.connect"}])
    assert message["type"] == "websocket.close"
