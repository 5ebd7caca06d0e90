"""A real server on the tests' database, and a real browser."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.db import connection as database
from playwright.sync_api import Browser, sync_playwright

from tests import processes
from tests.conftest import empty_tables
from tests.journeys import world as worlds
from tests.journeys.visitor import DESKTOP, Visitor, open_window

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
SWITCHES = [
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Static files of other people's tools, which no page of ours uses.
UNUSED = ("-i", "rest_framework", "-i", "gis")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Put journeys last, as their rows stay; leave each to one width, in turn.

    `make every` asks for all widths.
    """
    items.sort(key=lambda item: "journeys" in item.path.parts)
    if os.environ.get("WIDTHS") == "all":
        return
    kept, left = [], []
    pairs: dict[str, list[pytest.Item]] = {}
    for item in items:
        size = getattr(item, "callspec", None) and item.callspec.params.get("size")
        if size and "journeys" in item.path.parts:
            others = {k: str(v) for k, v in item.callspec.params.items() if k != "size"}
            pairs.setdefault(f"{item.location[0]} {item.originalname} {others}", []).append(item)
        else:
            kept.append(item)
    for place, pair in enumerate(pairs.values()):
        chosen = pair[place % len(pair)]
        kept.append(chosen)
        left += [item for item in pair if item is not chosen]
    config.hook.pytest_deselected(items=left)
    order = {item: place for place, item in enumerate(items)}
    items[:] = sorted(kept, key=order.__getitem__)


@pytest.fixture(scope="session")
def world(django_db_setup, django_db_blocker) -> Iterator[worlds.World]:
    """Committed rows, because the server reads them on connections of its own."""
    with django_db_blocker.unblock():
        try:
            yield worlds.build()
        finally:
            empty_tables()


@pytest.fixture(scope="session")
def outbox(tmp_path_factory) -> dict[str, str]:
    """A demo without a mail server, whose mails go into a folder of the tests' own."""
    return {"OUTBOX": str(tmp_path_factory.mktemp("outbox")), "DEMO": "1", "EMAIL_URL": ""}


@pytest.fixture(scope="session")
def static_files(tmp_path_factory) -> str:
    """A folder of the site's files, hashed and compressed as on a public site."""
    place = str(tmp_path_factory.mktemp("static"))
    words = ["manage.py", "collectstatic", "--no-input", *UNUSED]
    collected = processes.start(*words, STATIC_ROOT=place)
    assert collected.wait(processes.PATIENCE) == 0, collected.stdout.read()
    return place


@contextmanager
def serving(static_files: str, **settings: str) -> Iterator[str]:
    """The real server on the tests' database; gives its address."""
    port = processes.free_port()
    address = f"http://localhost:{port}"
    words = ["-m", "uvicorn", "config.asgi:application", "--port", str(port)]
    quiet = ["--log-level", "error", "--no-access-log"]
    given = {"SITE_URL": address, "STATIC_ROOT": static_files, "STATEMENT_TIMEOUT_MS": "60000"}
    given |= settings
    with processes.running(*words, *quiet, told=subprocess.DEVNULL, **given):
        processes.eventually(lambda: processes.is_up(port))
        yield address


@pytest.fixture(scope="session")
def site(world, static_files, outbox) -> Iterator[str]:
    """The address of the site that all visits go to."""
    with serving(static_files, **outbox) as address:
        yield address


@pytest.fixture(scope="session")
def mails(site, outbox) -> Iterator[None]:
    """The worker that sends mails."""
    words = ("manage.py", "db_worker", "--interval", "0.1", "--no-startup-delay")
    words += ("--verbosity", "0")
    with processes.running(*words, told=subprocess.DEVNULL, SITE_URL=site, **outbox):
        yield


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    # Playwright keeps a loop in this thread, for which Django would refuse every query.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield browser
        browser.close()
        # Beside that loop Django keeps another connection than before and after it.
        database.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def visit(site, chromium) -> Iterator[Callable[..., Visitor]]:
    """Open a window on the site: `visit("/", PHONE)`. No page may fail, or break its policy."""
    opened: list[Visitor] = []

    def open_page(path: str, size: tuple[int, int] = DESKTOP, **choices: object) -> Visitor:
        visitor = open_window(chromium, site, size, **choices)
        opened.append(visitor)
        visitor.go(path)
        return visitor

    yield open_page
    problems = [problem for visitor in opened for problem in visitor.problems]
    for visitor in opened:
        assert visitor.outside == []
        visitor.page.context.close()
    assert problems == []


@pytest.fixture
def window(site, chromium) -> Iterator[Callable[..., Visitor]]:
    """A window in which things are meant to go wrong: its problems are the test's own matter."""
    opened: list[Visitor] = []

    def open_empty(size: tuple[int, int] = DESKTOP, **choices: object) -> Visitor:
        opened.append(open_window(chromium, site, size, **choices))
        return opened[-1]

    yield open_empty
    for visitor in opened:
        visitor.page.context.close()
