"""A tile server of the operator's own choice stands in for our ground, and nothing else may."""

import base64
import http.server
import threading
from collections.abc import Iterator

import pytest

from tests.journeys.conftest import serving
from tests.journeys.visitor import open_window

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


class Tiles(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "image/png")
        self.end_headers()
        self.wfile.write(PIXEL)

    def log_message(self, *words: object) -> None:
        """Say nothing."""


@pytest.fixture
def tiles() -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Tiles)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def test_its_pictures_are_shown_and_named(world, static_files, chromium, tiles):
    more = {
        "TILE_SERVER_URL": f"{tiles}/{{z}}/{{x}}/{{y}}.png",
        "TILE_SERVER_ATTRIBUTION": "Tiles by hand",
    }
    with serving(static_files, **more) as address:
        visitor = open_window(chromium, address)
        visitor.go("/")
        assert visitor.page.locator("img.leaflet-tile-loaded").count() > 0
        visitor.see("Tiles by hand")
        assert visitor.page.evaluate("violations") == []
        assert {url.split("/")[2] for url in visitor.outside} == {tiles.removeprefix("http://")}
        assert not [url for url in visitor.requests if "/base/land" in url]
        visitor.page.context.close()
