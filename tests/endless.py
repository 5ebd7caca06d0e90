"""A download without end, in one place, for a server of its own: see `tests.test_downloads`."""

import os
from collections.abc import Iterator

from config.server.downloads import DownloadMiddleware


def rows(environ: dict, start_response) -> Iterator[bytes]:
    start_response("200 OK", [("Content-Type", "text/plain")])
    while True:
        yield b"x" * 65536


_download = DownloadMiddleware(rows, places=1, stall_seconds=float(os.environ["PATIENCE"]))


async def application(scope, receive, send) -> None:
    if scope["type"] == "http":
        await _download(scope, receive, send)
