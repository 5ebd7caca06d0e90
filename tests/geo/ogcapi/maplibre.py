"""A page of somebody else's site, which draws our vector tiles with MapLibre GL JS."""

import http.server
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import sync_playwright

from tests.journeys.conftest import CHROMIUM, SWITCHES
from tests.processes import ROOT

PAGE = Path(__file__).with_suffix(".html")
PACKAGE = ROOT / "node_modules" / "maplibre-gl" / "dist"
# Without a graphics card WebGL is drawn by the processor.
IN_SOFTWARE = ["--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]


class Files(http.server.SimpleHTTPRequestHandler):
    """The page, and the package that it imports."""

    extensions_map = {".mjs": "text/javascript", ".html": "text/html"}

    def translate_path(self, path: str) -> str:
        name = path.partition("?")[0].rpartition("/")[2]
        return str(PAGE if name == PAGE.name else PACKAGE / name)

    def log_message(self, *words: object) -> None:
        """Say nothing."""


@contextmanager
def site() -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Files)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def drawn(service: str, layer: str, zooms: Iterable[float]) -> list[list[dict]]:
    """Return the properties of all features that maps around the tests' pledges show."""
    asked = {"tilejson": f"{service}/collections/{layer}/tiles.json", "layer": layer}
    asked |= {"lon": -0.3343, "lat": 50.022}
    switches = [each for each in SWITCHES if each != "--disable-gpu"] + IN_SOFTWARE
    found = []
    with site() as address, sync_playwright() as tool:
        browser = tool.chromium.launch(executable_path=CHROMIUM, args=switches)
        page = browser.new_page(viewport={"width": 800, "height": 600})
        for zoom in zooms:
            page.goto(f"{address}/{PAGE.name}?{urlencode({**asked, 'zoom': zoom})}")
            found.append(page.wait_for_function("window.drawn").json_value())
            assert page.evaluate("window.problems") == []
        browser.close()
    return found
