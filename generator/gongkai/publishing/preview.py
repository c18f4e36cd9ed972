"""A local server that shows the site and reloads the browser when it is built anew."""

from __future__ import annotations

import json
import queue
from collections.abc import Sequence
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from gongkai.finding import Finding
from gongkai.publishing.tree import is_file

EVENTS, SCRIPT = "/__events", "/__preview.js"

_SCRIPT = """\
const box = document.createElement("pre");
box.setAttribute("role", "alert");
Object.assign(box.style, {position: "fixed", inset: "auto 0 0 0", margin: 0, padding: "1em", zIndex: 99,
  maxHeight: "50vh", overflow: "auto", whiteSpace: "pre-wrap", color: "#fff", background: "#8b1a1a"});
new EventSource("/__events").onmessage = (event) => {
  const message = JSON.parse(event.data);
  if (message.reload) location.reload();
  else if (message.findings) { box.textContent = message.findings; document.body.append(box); }
};
"""


_NOTHING_YET = f"""\
<!doctype html><html lang="zh-CN"><title>还没有网站</title><body><p>还没有生成网站：请先改正下面列出的问题，改好后自动显示。</p>
<script src="{SCRIPT}"></script></body></html>
"""


class Preview:
    """What is shown, and the browsers that look at it."""

    def __init__(self, site: Path) -> None:
        self.site = site
        self._listeners: list[queue.Queue[str]] = []
        self._last: str | None = None

    def listen(self) -> queue.Queue[str]:
        """Return a queue that receives messages from now on, beginning with findings that still stand."""
        listener: queue.Queue[str] = queue.Queue()
        if self._last is not None:
            listener.put(self._last)
        self._listeners.append(listener)
        return listener

    def forget(self, listener: queue.Queue[str]) -> None:
        """Stop sending to a listener."""
        self._listeners.remove(listener)

    def rebuilt(self) -> None:
        """Tell every browser to load the page again."""
        self._last = None
        self._send(json.dumps({"reload": True}))

    def failed(self, message: str) -> None:
        """Show a message over the last good page."""
        self._last = json.dumps({"findings": message})
        self._send(self._last)

    def _send(self, message: str) -> None:
        for listener in list(self._listeners):
            listener.put(message)


class _Handler(SimpleHTTPRequestHandler):
    """Serves the site, with the reload script added to every page."""

    def __init__(self, *args: Any, preview: Preview, **kwargs: Any) -> None:
        self._preview = preview
        super().__init__(*args, directory=str(preview.site), **kwargs)

    def do_GET(self) -> None:
        """Answer one request."""
        path = urlsplit(self.path).path
        if path == EVENTS:
            self._events()
        elif path == SCRIPT:
            self._send(_SCRIPT.encode(), "text/javascript; charset=utf-8")
        elif path == "/" and not (self._preview.site / "index.html").is_file():
            self._send(_NOTHING_YET.encode(), "text/html; charset=utf-8")
        elif (page := self._page(path)) is not None:
            html = page.read_bytes()
            script = f'<script src="{SCRIPT}"></script></body>'.encode()
            # The script styles its own box, which the published policy would refuse.
            html = html.replace(b"style-src 'self'", b"style-src 'self' 'unsafe-inline'")
            self._send(html.replace(b"</body>", script), "text/html; charset=utf-8")
        else:
            super().do_GET()

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

    def _events(self) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        listener = self._preview.listen()
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


def server(preview: Preview, host: str, port: int) -> ThreadingHTTPServer:
    """Return a server that is bound but not running; raises OSError when the port is taken."""
    made = ThreadingHTTPServer((host, port), partial(_Handler, preview=preview))
    made.daemon_threads = True
    return made


def findings_as_text(findings: Sequence[Finding]) -> str:
    """Return findings as the page shows them: one line each."""
    return "\n".join(f"{f.path}:{f.line}:{f.column} {f.code} {f.message} {f.help}" for f in findings)
