"""The preview: pages with the reload script, messages to the browser, nothing outside the site."""

from __future__ import annotations

import json
import threading
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
    threading.Thread(target=web.serve_forever, daemon=True).start()
    yield shown, f"http://127.0.0.1:{web.server_port}"
    web.shutdown()
    web.server_close()


def get(address: str) -> str:
    with urllib.request.urlopen(address, timeout=5) as response:
        return response.read().decode()


def test_pages_carry_the_script_and_other_files_do_not(preview) -> None:
    _, address = preview
    assert get(f"{address}/") == '<html><body>首页<script src="/__preview.js"></script></body></html>'
    assert "__preview.js" in get(f"{address}/items/")
    assert get(f"{address}/data.json") == "{}"
    assert "EventSource" in get(f"{address}/__preview.js")


@pytest.mark.parametrize("path", ["/../secret.html", "/%2e%2e/secret.html", "/none/", f"/{'x' * 300}/", "/x%00/"])
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


def test_findings_are_one_line_each() -> None:
    finding = Finding("data/x.yml", 3, 4, "T001", "太长", "改短。")
    assert findings_as_text([finding]) == "data/x.yml:3:4 T001 太长 改短。"
