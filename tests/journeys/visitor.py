"""A person at a browser: goes to pages, looks, and notices everything that goes wrong on them."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response

ROOT = Path(__file__).resolve().parent.parent.parent
AXE = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PATIENCE = 60_000  # milliseconds, of which a busy machine may need many
DESKTOP, PHONE = (1280, 800), (375, 740)
SETTLED = """() => Promise.allSettled(document.getAnimations()
  .filter((one) => one.effect.getComputedTiming().endTime !== Infinity)
  .map((one) => one.finished))"""
WATCH = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => {
  violations.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sample}`);
});
window.shift = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) shift += entry.value;
}).observe({ type: "layout-shift", buffered: true });
"""


@dataclass
class Visitor:
    """One browser window. `forgive` names addresses that are meant to fail in a test."""

    page: Page
    site: str
    problems: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    forgive: str = ""

    def go(self, path: str) -> None:
        self.page.goto(self.site + path)
        self.settle()

    def settle(self) -> None:
        """Wait until the map has drawn and nothing is being fetched."""
        self.page.wait_for_load_state("networkidle")
        if self.page.locator(".map-page").count() and self.scripted:
            self.page.wait_for_selector(".is-ready", state="attached")

    @property
    def scripted(self) -> bool:
        return self.page.evaluate("document.scripts.length > 1 && 'L' in window")

    def see(self, words: str) -> None:
        """Wait until the words are visible somewhere on the page."""
        self.page.get_by_text(words, exact=False).locator("visible=true").first.wait_for()

    def markers(self, kind: str = "") -> list[str]:
        """Return the accessible names of the markers on the map; `kind` is ring, spot, pin..."""
        selector = f".leaflet-marker-icon.marker{'--' + kind if kind else ''}"
        names = self.page.locator(f"{selector}[aria-label]")
        return names.evaluate_all("all => all.map(one => one.getAttribute('aria-label'))")

    def on_map(self) -> int:
        """Return the sum of the numbers that the pledges' markers say."""
        return sum(_number(name) for name in self.markers() if "ledge" in name)

    def focused(self) -> str:
        """Return the accessible name or the words of what has the focus."""
        return self.page.evaluate(
            """() => { const at = document.activeElement;
            return at.getAttribute("aria-label") || at.id || at.textContent.trim(); }"""
        )

    def press_until(self, key: str, reached: Callable[[str], bool], most: int = 60) -> str:
        """Press a key until what has the focus is what is wanted; return its words."""
        for _ in range(most):
            if reached(words := self.focused()):
                return words
            self.page.keyboard.press(key)
        raise AssertionError(f"{key} never leads there; the focus is on {words!r}")

    def check_access(self, state: str) -> None:
        """Run axe over the page as it is now, WCAG 2.2 AA and its best practices.

        It does not load style sheets anew, which no rule here asks for and the policy forbids.
        """
        self.page.evaluate(AXE)
        # What still fades in has the contrast of neither state.
        self.page.evaluate(SETTLED)
        asked = {"runOnly": RULES, "resultTypes": ["violations"], "preload": False}
        found = self.page.evaluate("asked => axe.run(document, asked)", asked)
        told = [
            f"{one['id']}: {one['help']}\n   {node['target']}: {node['failureSummary']}"
            for one in found["violations"]
            for node in one["nodes"]
        ]
        assert not told, f"{state}:\n" + "\n".join(told)

    def check_policy(self) -> None:
        """Nothing was asked of another host, and the content security policy stopped nothing."""
        assert self.outside == []
        assert self.page.evaluate("violations") == []

    def shift(self) -> float:
        return self.page.evaluate("shift")

    def heard(self, message: ConsoleMessage) -> None:
        place = message.location.get("url", "")
        if message.type == "error" and not (self.forgive and re.search(self.forgive, place)):
            self.problems.append(f"{message.text} ({place})")

    def asked(self, request: Request) -> None:
        self.requests.append(request.url)
        address = urlsplit(request.url)
        if address.scheme in {"http", "https"} and not request.url.startswith(self.site):
            self.outside.append(request.url)

    def answered(self, response: Response) -> None:
        failed = response.status >= 400
        if failed and not (self.forgive and re.search(self.forgive, response.url)):
            self.problems.append(f"{response.status} {response.url}")


def _number(name: str) -> int:
    found = re.match(r"([\d,]+) pledges?", name)
    return int(found[1].replace(",", "")) if found else 1


def open_window(
    browser: Browser, site: str, size: tuple[int, int] = DESKTOP, **choices: object
) -> Visitor:
    """Open a window of its own, with nothing remembered from others."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]}, locale="en-GB", **choices
    )
    context.add_init_script(WATCH)
    visitor = Visitor(context.new_page(), site)
    page = visitor.page
    page.set_default_timeout(PATIENCE)
    page.on("console", visitor.heard)
    page.on("pageerror", lambda error: visitor.problems.append(str(error)))
    page.on("request", visitor.asked)
    page.on("response", visitor.answered)
    return visitor


def feature(words: str) -> str:
    """A JSON body for an answer that a test gives in the server's stead."""
    return json.dumps({"code": "unavailable", "description": words})
