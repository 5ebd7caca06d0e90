"""Take the picture of the README: the map of the configured database, in a real browser.

Serves the site on a port of its own for as long as it takes; CHROMIUM names the browser.
"""

import http
import http.client
import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

from playwright.sync_api import ViewportSize, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / ".github" / "picture.png"
VIEW = "/#map=7/53.1000/-2.4000"
SEARCH = "M6 8HD"  # Salford Royal Hospital, so that the hub's card is in the picture
SIZE: ViewportSize = {"width": 1280, "height": 800}
START_SECONDS = 30


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(port: int) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not answers(port):
        if time.monotonic() > deadline:
            sys.exit("The site did not start. Run `make run` once, then try again.")
        time.sleep(0.2)


def answers(port: int) -> bool:
    try:
        connection = http.client.HTTPConnection("localhost", port, timeout=2)
        connection.request("GET", "/healthz")
        return connection.getresponse().status == http.HTTPStatus.OK
    except OSError:
        return False


def take(address: str) -> None:
    """Search for a place, look at the region around it, and write the picture."""
    browser_path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    switches = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=switches)
        page = browser.new_page(viewport=SIZE, locale="en-GB", reduced_motion="reduce")
        page.goto(address + VIEW)
        page.locator("#place").fill(SEARCH)
        page.locator("#place").press("Enter")
        page.locator("#hub").wait_for()
        page.evaluate("hash => { location.hash = hash; }", VIEW[1:])
        page.locator("#list").focus()
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(1000)
        TARGET.parent.mkdir(exist_ok=True)
        page.screenshot(path=TARGET)
        browser.close()


def main() -> None:
    port = free_port()
    address = f"http://localhost:{port}"
    words = ["-m", "uvicorn", "config.asgi:application", "--port", str(port)]
    environment = {**os.environ, "SITE_URL": address}
    server = subprocess.Popen([sys.executable, *words], cwd=ROOT, env=environment)
    try:
        wait_for(port)
        take(address)
    finally:
        server.terminate()
        server.wait()
    print(f"Written: {TARGET.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
