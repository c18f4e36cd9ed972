"""The shipped site, built once, served locally, and a real browser to look at it."""

from __future__ import annotations

import fcntl
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request, sync_playwright

from browser.setup_browser import installed_browser
from building import build_site
from support import check, copy_shipped

# Debian's Chromium looks for its maker's servers unless told not to.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def built_site(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The shipped site; workers of one run share one build."""
    base = tmp_path_factory.getbasetemp()
    folder = base if worker_id == "master" else base.parent
    site = folder / "shipped-site"
    with (folder / "shipped-site.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not site.exists():
            root = copy_shipped(folder)
            assert [f for f in check(root) if f.severity == "error"] == []
            build_site(root, site, search=True, jobs=2)
    return site


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_args: object) -> None:
        pass


@pytest.fixture(scope="session")
def serve():
    """A function that serves a folder and returns its address."""
    servers = []

    def start(folder: Path) -> str:
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}/"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="session")
def address(built_site: Path, serve) -> str:
    """Where the shipped site is served."""
    return serve(built_site)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=installed_browser(), args=ARGUMENTS)
        yield chromium
        chromium.close()


class Watched:
    """A page, and everything it asked for or complained about."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.requests: list[str] = []
        self.problems: list[str] = []
        self.loaded: dict[str, int] = {}
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("console", lambda message: self._note(message.type, message.text))
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        page.on("requestfailed", self._note_failure)

    def _note_failure(self, request: Request) -> None:
        # Whoever follows a link sooner than a page has fetched its icon makes the browser give that up.
        if request.failure != "net::ERR_ABORTED":
            self.problems.append(f"failed: {request.url}: {request.failure}")

    def _note(self, kind: str, text: str) -> None:
        if kind in ("error", "warning"):
            self.problems.append(f"{kind}: {text}")


@pytest.fixture
def open_page(browser: Browser):
    """A function that opens a watched page of a given size, colour scheme and scripting."""
    contexts = []

    def start(*, width: int = 1280, height: int = 900, scheme: str = "light", scripts: bool = True) -> Watched:
        context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, java_script_enabled=scripts
        )
        contexts.append(context)
        return Watched(context.new_page())

    yield start
    for context in contexts:
        context.close()
