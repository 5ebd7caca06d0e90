"""Live news in this process: its own database connection, room for listeners, its end."""

import asyncio
import resource
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg2
from django.db import connections
from psycopg2.extensions import connection

import config.wsgi  # noqa: F401 - sets Django up, before which no model can be imported
from config.env import text
from geo.live.stream import Stream

PATH = "/api/live"
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM)
# A pooler that hands a session from one client to the next does not pass notifications on.
DATABASE = text("LIVE_DATABASE_URL", "")
LISTENERS = int(text("LIVE_LISTENERS", "4000"))
# A whole hospital may sit behind one address.
LISTENERS_OF_ADDRESS = int(text("LIVE_LISTENERS_OF_ADDRESS", "400"))


def connect() -> connection:
    """Open the connection on which this process is notified of news."""
    if DATABASE:
        return psycopg2.connect(DATABASE.replace("postgis://", "postgresql://", 1))
    given = connections["default"].copy().get_connection_params()
    return psycopg2.connect(**{k: v for k, v in given.items() if k != "cursor_factory"})


stream = Stream(connect, LISTENERS, LISTENERS_OF_ADDRESS)


@contextmanager
def serve_live_news() -> Iterator[None]:
    """Make room for listeners, each of which is an open file; close them when the server ends.

    A server waits for open responses before it says that it ends, and these never end by
    themselves: the signal ends them.
    """
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    before: dict[int, Any] = {}
    if threading.current_thread() is threading.main_thread():
        loop = asyncio.get_running_loop()

        def ending(number: int, frame: object) -> None:
            loop.call_soon_threadsafe(stream.close)
            if callable(before[number]):
                before[number](number, frame)

        before = {number: signal.signal(number, ending) for number in STOP_SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        stream.close()
