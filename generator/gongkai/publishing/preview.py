"""A local server that shows the site and reloads the browser when it is built anew."""

from __future__ import annotations

import ipaddress
import json
import queue
import secrets
import socket
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from gongkai.finding import Finding
from gongkai.publishing.tree import is_file

EVENTS, SCRIPT = "/__events", "/__preview.js"

_SCRIPT = """\
const seen = new URL(document.currentScript.src).search;
const box = document.createElement("pre");
box.setAttribute("role", "alert");
Object.assign(box.style, {position: "fixed", inset: "auto 0 0 0", margin: 0, padding: "1em", zIndex: 99,
  maxHeight: "50vh", overflow: "auto", whiteSpace: "pre-wrap", color: "#fff", background: "#8b1a1a"});
new EventSource("/__events" + seen).onmessage = (event) => {
  const message = JSON.parse(event.data);
  if (message.reload) location.reload();
  else if (message.findings) { box.textContent = message.findings; document.body.append(box); }
};
"""


_NOTHING_YET = """\
<!doctype html><html lang="zh-CN"><title>还没有网站</title><body><p>还没有生成网站：请先改正下面列出的问题，改好后自动显示。</p>
</body></html>
""".encode()


_RELOAD = json.dumps({"reload": True})


class Preview:
    """What is shown, and the browsers that look at it."""

    def __init__(self, site: Path) -> None:
        self.site = site
        self.built = secrets.token_hex(8)
        """A name for what is shown now: another after every build, and after every start."""
        self._listeners: list[queue.Queue[str]] = []
        self._last: str | None = None

    def listen(self, seen: str | None = None) -> queue.Queue[str]:
        """Return a queue that receives messages from now on.

        It begins with findings that still stand, or with a call to load the page again where another build was ``seen``.
        """
        listener: queue.Queue[str] = queue.Queue()
        # Listens first: what is told in between is told twice rather than not at all.
        self._listeners.append(listener)
        if self._last is not None:
            listener.put(self._last)
        elif seen not in (None, self.built):
            listener.put(_RELOAD)
        return listener

    def forget(self, listener: queue.Queue[str]) -> None:
        """Stop sending to a listener."""
        self._listeners.remove(listener)

    def rebuilt(self) -> None:
        """Tell every browser to load the page again."""
        self._last = None
        self.built = secrets.token_hex(8)
        self._send(_RELOAD)

    def failed(self, message: str) -> None:
        """Show a message over the last good page."""
        self._last = json.dumps({"findings": message})
        self._send(self._last)

    def _send(self, message: str) -> None:
        for listener in list(self._listeners):
            listener.put(message)


class _Handler(SimpleHTTPRequestHandler):
    """Serves the site, with the reload script added to every page."""

    def __init__(self, *args: Any, preview: Preview, host: str, **kwargs: Any) -> None:
        self._preview = preview
        self._host = host
        super().__init__(*args, directory=str(preview.site), **kwargs)

    def do_GET(self) -> None:
        """Answer one request."""
        asked = urlsplit(self.path)
        path = asked.path
        if not self._is_asked_by_name():
            self.send_error(HTTPStatus.FORBIDDEN, explain="请用 localhost、IP 地址或者 --host 的名称打开预览。")
        elif "\0" in unquote(path):
            self.send_error(HTTPStatus.NOT_FOUND)
        elif path == EVENTS:
            self._events(next(iter(parse_qs(asked.query).get("seen", ())), None))
        elif path == SCRIPT:
            self._send(_SCRIPT.encode(), "text/javascript; charset=utf-8")
        elif path == "/" and not (self._preview.site / "index.html").is_file():
            self._send_page(lambda: _NOTHING_YET)
        elif (page := self._page(path)) is not None:
            self._send_page(page.read_bytes)
        else:
            super().do_GET()

    def do_HEAD(self) -> None:
        """Refuse: no browser asks so, and it would tell which files there are."""
        self.send_error(HTTPStatus.METHOD_NOT_ALLOWED)

    def _is_asked_by_name(self) -> bool:
        """Tell whether a request names this server as people do who know it.

        A page of another site could let its own name lead here, and read what is not published yet.
        """
        try:
            name = urlsplit(f"//{self.headers.get('Host', '')}").hostname or ""
        except ValueError:
            return False
        with suppress(ValueError):
            return bool(ipaddress.ip_address(name))
        return name in ("localhost", self._host.lower()) or name.removesuffix(".local") == _own_name()

    def _send_page(self, content: Callable[[], bytes]) -> None:
        """Send a page with the script added; it is read after the build is named that it is taken for."""
        script = f'<script src="{SCRIPT}?seen={self._preview.built}"></script></body>'.encode()
        # The script styles its own box, which the published policy would refuse.
        html = content().replace(b"style-src 'self'", b"style-src 'self' 'unsafe-inline'")
        self._send(html.replace(b"</body>", script), "text/html; charset=utf-8")

    def _page(self, path: str) -> Path | None:
        """Return the HTML file of a path inside the site, or None."""
        if not path.endswith(("/", ".html")):
            return None
        file = Path(self.translate_path(path))
        if path.endswith("/"):
            file = file / "index.html"
        return file if is_file(file) else None

    def _send(self, content: bytes, content_type: str) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(content)

    def _events(self, seen: str | None) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        listener = self._preview.listen(seen)
        try:
            while True:
                try:
                    line = f"data: {listener.get(timeout=15)}\n\n"
                except queue.Empty:
                    line = ": still here\n\n"
                self.wfile.write(line.encode())
                self.wfile.flush()
        except OSError:
            return
        finally:
            self._preview.forget(listener)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: findings are what the terminal is for."""


def _own_name() -> str:
    return socket.gethostname().lower().removesuffix(".local")


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a browser that went away in the middle."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


def server(preview: Preview, host: str, port: int) -> ThreadingHTTPServer:
    """Return a server that is bound but not running; raises OSError when the port is taken."""
    return _Server((host, port), partial(_Handler, preview=preview, host=host))


def findings_as_text(findings: Sequence[Finding]) -> str:
    """Return findings as the page shows them: one line each."""
    return "\n".join(f"{f.path}:{f.line}:{f.column} {f.code} {f.message} {f.help}" for f in findings)
