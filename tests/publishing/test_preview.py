"""The preview: pages with the reload script, messages to the browser, nothing outside the site."""

from __future__ import annotations

import http.client
import json
import socket
import struct
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from gongkai.finding import Finding
from gongkai.publishing.preview import Preview, findings_as_text, server


@pytest.fixture
def preview(tmp_path: Path):
    site = tmp_path / "site"
    (site / "items").mkdir(parents=True)
    (site / "index.html").write_text("<html><body>首页</body></html>", encoding="utf-8")
    (site / "items" / "index.html").write_text("<html><body>事项</body></html>", encoding="utf-8")
    (site / "data.json").write_text("{}", encoding="utf-8")
    (tmp_path / "secret.html").write_text("秘密", encoding="utf-8")
    shown = Preview(site)
    web = server(shown, "127.0.0.1", 0)
    # It looks so often whether it shall end, and every test waits for that.
    threading.Thread(target=web.serve_forever, args=(0.02,), daemon=True).start()
    yield shown, f"http://127.0.0.1:{web.server_port}"
    web.shutdown()
    web.server_close()


def get(address: str) -> str:
    with urllib.request.urlopen(address, timeout=5) as response:
        return response.read().decode()


def test_pages_carry_the_script_and_other_files_do_not(preview) -> None:
    shown, address = preview
    script = f'<script src="/__preview.js?seen={shown.built}"></script>'
    assert get(f"{address}/") == f"<html><body>首页{script}</body></html>"
    assert "__preview.js" in get(f"{address}/items/")
    assert get(f"{address}/data.json") == "{}"
    assert "EventSource" in get(f"{address}/__preview.js")


@pytest.mark.parametrize(
    "path", ["/../secret.html", "/%2e%2e/secret.html", "/none/", f"/{'x' * 300}/", "/x%00/", "/x%00"]
)
def test_nothing_outside_the_site(path: str, preview) -> None:
    with pytest.raises(urllib.error.HTTPError) as caught:
        get(preview[1] + path)
    assert caught.value.code == 404
    caught.value.close()


def test_browsers_hear_of_builds_and_of_findings(preview) -> None:
    shown, address = preview
    shown.failed("第一条")
    with urllib.request.urlopen(f"{address}/__events", timeout=5) as stream:
        first = json.loads(stream.readline().decode().removeprefix("data: "))
        assert first == {"findings": "第一条"}
        stream.readline()
        shown.rebuilt()
        assert json.loads(stream.readline().decode().removeprefix("data: ")) == {"reload": True}


def first_event(address: str, seen: str) -> dict[str, object]:
    with urllib.request.urlopen(f"{address}/__events?seen={seen}", timeout=5) as stream:
        return json.loads(stream.readline().decode().removeprefix("data: "))


def test_a_browser_that_missed_a_build_loads_its_page_again(preview) -> None:
    """As one that slept, or one that shows a page of the preview before."""
    shown, address = preview
    seen = shown.built
    shown.rebuilt()
    assert first_event(address, seen) == first_event(address, "of-another-preview") == {"reload": True}
    shown.failed("第一条")
    assert first_event(address, shown.built) == {"findings": "第一条"}
    shown.rebuilt()
    with urllib.request.urlopen(f"{address}/__events?seen={shown.built}", timeout=5) as stream:
        shown.failed("第二条")
        assert json.loads(stream.readline().decode().removeprefix("data: ")) == {"findings": "第二条"}


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost:8000", 200),
        ("LOCALHOST", 200),
        ("192.168.1.20:8000", 200),
        ("[::1]:8000", 200),
        (socket.gethostname(), 200),
        ("rebound.example:8000", 403),
        ("localhost.rebound.example", 403),
        ("[", 403),
        ("", 403),
    ],
)
@pytest.mark.parametrize("path", ["/", "/data.json", "/__events?seen=x"])
def test_only_who_names_the_server_sees_what_is_not_published(host: str, status: int, path: str, preview) -> None:
    """Another site's page could let its own name lead to this machine."""
    connection = http.client.HTTPConnection(preview[1].removeprefix("http://"), timeout=5)
    connection.request("GET", path, headers={"Host": host})
    answer = connection.getresponse()
    assert answer.status == status
    assert (status == 200) or "localhost" in answer.read().decode()
    connection.close()


def test_nobody_is_told_which_files_there_are(preview) -> None:
    for path in ("/data.json", "/x%00"):
        request = urllib.request.Request(preview[1] + path, method="HEAD")
        with pytest.raises(urllib.error.HTTPError) as caught:
            urllib.request.urlopen(request, timeout=5)
        assert caught.value.code == 405
        caught.value.close()


def test_a_browser_that_leaves_is_not_told_of(preview, capfd: pytest.CaptureFixture[str]) -> None:
    shown, address = preview
    (shown.site / "large.bin").write_bytes(bytes(20_000_000))
    with socket.create_connection(("127.0.0.1", int(address.rpartition(":")[2]))) as browser:
        browser.sendall(b"GET /large.bin HTTP/1.1\r\nHost: localhost\r\n\r\n")
        browser.recv(1000)
        browser.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    assert get(f"{address}/data.json") == "{}"
    time.sleep(0.3)
    assert capfd.readouterr().err == ""


def test_findings_are_one_line_each() -> None:
    finding = Finding("data/x.yml", 3, 4, "T001", "太长", "改短。")
    assert findings_as_text([finding]) == "data/x.yml:3:4 T001 太长 改短。"
