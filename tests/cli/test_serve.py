"""The preview as a clerk uses it: a process, a browser that listens, files that are saved."""

from __future__ import annotations

import json
import os
import queue
import shutil
import signal
import socket
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from building import build_site, lend
from commands import DAY, before, files, start
from support import AS_OF, BASE, change_record, copy_district, make_buildable

ITEM = "items/510123001000/"
PATIENCE = 30


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


class Browser:
    """Hears what a preview tells browsers, and what it prints."""

    def __init__(self, project: Path, *arguments: str, code: str = "") -> None:
        self.port = free_port()
        self.project = project
        self.process = start(project, "serve", *DAY, "--port", str(self.port), *arguments, code=code)
        self.lines: queue.Queue[str] = queue.Queue()
        self.messages: queue.Queue[dict[str, object]] = queue.Queue()
        self._threads = [
            threading.Thread(target=self._read, args=(stream,), daemon=True)
            for stream in (self.process.stdout, self.process.stderr)
        ]
        for thread in self._threads:
            thread.start()
        self.printed("预览：http://127.0.0.1:")
        self._stream = urllib.request.urlopen(f"{self.address}__events", timeout=PATIENCE)
        self._threads.append(threading.Thread(target=self._listen, daemon=True))
        self._threads[-1].start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def _read(self, stream: Iterator[str]) -> None:
        for line in stream:
            self.lines.put(line)

    def _listen(self) -> None:
        try:
            for line in self._stream:
                if line.startswith(b"data: "):
                    self.messages.put(json.loads(line.removeprefix(b"data: ")))
        except (OSError, ValueError):
            return

    def printed(self, text: str) -> str:
        """Wait until a line with a text is printed; returns all until then."""
        lines = ""
        while text not in lines:
            lines += self.lines.get(timeout=PATIENCE)
        return lines

    def told(self) -> dict[str, object]:
        """Return the next message to browsers."""
        return self.messages.get(timeout=PATIENCE)

    def page(self, path: str) -> str:
        with urllib.request.urlopen(self.address + path, timeout=PATIENCE) as answer:
            return str(answer.read().decode())

    def close(self) -> None:
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        # Closing what a thread still reads makes the thread fail: each ends with what it reads, as the process is gone.
        for thread in self._threads:
            thread.join(PATIENCE)
        self._stream.close()
        for stream in (self.process.stdout, self.process.stderr):
            if stream is not None:
                stream.close()


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[Browser]:
    browser = Browser(lend(make_buildable(copy_district(tmp_path))))
    yield browser
    browser.close()


def save(project: Path, path: str, text: str) -> None:
    """Save as editors do: write another file and put it in the place."""
    beside = project / path
    beside = beside.with_name(f".{beside.name}.swp")
    beside.write_text(text, encoding="utf-8")
    beside.replace(project / path)


def shows(browser: Browser, site: dict[str, bytes]) -> None:
    """Wait until a preview shows a site: one more change may be under way that a save made twice."""
    until = time.monotonic() + PATIENCE
    while True:
        with suppress(FileNotFoundError):
            if any(files(place) == site for place in (browser.project / ".cache").glob("preview-*")):
                return
        assert time.monotonic() < until
        time.sleep(0.1)


def test_a_morning_of_editing(browser: Browser) -> None:
    """Edits show, findings too, with the last good page below; pages come and go; in the end all is as in a build."""
    project = browser.project
    good = (project / BASE["item"]).read_text(encoding="utf-8")
    assert "开宾馆、理发店" in browser.page(ITEM)

    save(project, BASE["item"], good.replace("开宾馆、理发店", "开旅馆、理发店"))
    assert browser.told() == {"reload": True}
    assert "开旅馆、理发店" in browser.page(ITEM)
    browser.printed("个页面，改动牵涉")

    line = 1 + good[: good.index("\nsummary:") + 1].count("\n")
    save(project, BASE["item"], good.replace("summary: 开", "sumary: 开"))
    told = str(browser.told()["findings"])
    assert f"{BASE['item']}:{line}:1 " in told and "sumary" in told
    printed = browser.printed("个错误")
    assert BASE["item"] in printed and f"第 {line} 行" in printed
    assert "开旅馆、理发店" in browser.page(ITEM)

    save(project, BASE["item"], good.replace("summary: 开", "# 一行说明\nsumary: 开"))
    assert f"{BASE['item']}:{line + 1}:1 " in str(browser.told()["findings"])

    save(project, BASE["item"], good)
    assert browser.told() == {"reload": True}
    assert "开宾馆、理发店" in browser.page(ITEM)

    law = (project / "data/laws/hetongfa.yml").read_text(encoding="utf-8")
    save(project, "data/laws/xinfa.yml", law.replace("id: hetongfa", "id: xinfa"))
    assert browser.told() == {"reload": True}
    assert "合同法" in browser.page("laws/xinfa/")
    (project / "data/laws/xinfa.yml").unlink()
    assert browser.told() == {"reload": True}
    with pytest.raises(urllib.error.HTTPError) as gone:
        browser.page("laws/xinfa/")
    assert gone.value.code == 404
    gone.value.close()

    template = (project / "theme/pages/item.html").read_text(encoding="utf-8")
    for fault in ("{{ nothing.there }}", "{% if %}"):
        save(project, "theme/pages/item.html", fault + template)
        assert "网页模板有错" in str(browser.told()["findings"])
        assert "开宾馆、理发店" in browser.page(ITEM)
    save(project, "theme/pages/item.html", "又" + template)
    assert browser.told() == {"reload": True}

    build_site(project, project / "clean")
    shows(browser, files(project / "clean"))
    assert not (project / "site").exists()

    os.killpg(browser.process.pid, signal.SIGINT)
    assert "预览已结束。" in browser.printed("预览已结束。")
    assert browser.process.wait(PATIENCE) == 0


@pytest.mark.slow
def test_settings_that_are_replaced_again_and_again(browser: Browser) -> None:
    """Most editors save a file by putting another in its place; it is followed all the same, gone and back too."""
    project = browser.project
    good = (project / "mkdocs.yml").read_text(encoding="utf-8")
    name = good.partition("site_name: ")[2].partition("\n")[0]
    for other in ("一个名称", "另一个名称", "第三个名称"):
        save(project, "mkdocs.yml", good.replace(f"site_name: {name}", f"site_name: {other}"))
        assert browser.told() == {"reload": True}
        assert other in browser.page("")
    (project / "mkdocs.yml").unlink()
    assert "mkdocs.yml" in str(browser.told()["findings"])
    save(project, "mkdocs.yml", good)
    assert browser.told() == {"reload": True}
    assert name in browser.page("")


def test_a_file_that_changes_during_the_build(tmp_path: Path) -> None:
    """It shows without another save, though it was read before it changed; the first build is no exception."""
    project = lend(make_buildable(copy_district(tmp_path)))
    good = (project / BASE["item"]).read_text(encoding="utf-8")
    change = (
        "from gongkai.publishing.building import workshop\n"
        "def write(folder, address, content, real=workshop.write):\n"
        f"    if address == {ITEM + 'index.html'!r} and once('changed'):\n"
        f"        file = pathlib.Path({BASE['item']!r})\n"
        "        file.write_text(file.read_text(encoding='utf-8').replace('开宾馆、', '开旅馆、'), encoding='utf-8')\n"
        "    real(folder, address, content)\n"
        "workshop.write = write\n"
    )
    browser = Browser(project, code=change)
    try:
        assert good != (project / BASE["item"]).read_text(encoding="utf-8")
        until = time.monotonic() + PATIENCE
        while "开旅馆、理发店" not in browser.page(ITEM):
            assert time.monotonic() < until
            time.sleep(0.05)
    finally:
        browser.close()


def test_a_build_beside_the_preview(browser: Browser) -> None:
    """What another process writes into what is kept is not taken for the preview's own."""
    project = browser.project
    change_record(project, BASE["item"], summary="别的概要，说的是同一件事。")
    assert browser.told() == {"reload": True}
    change_record(project, BASE["department"], duties="另外的职责说明，说的是同一件事。")
    build_site(project, project / "site", AS_OF)
    assert browser.told() == {"reload": True}
    browser.printed("个页面，改动牵涉")
    change_record(project, BASE["item"], summary="又一种概要，说的是同一件事。")
    assert browser.told() == {"reload": True}
    build_site(project, project / "clean", AS_OF)
    shows(browser, files(project / "clean"))


def waited_for(browser: Browser, words: str) -> None:
    """Wait until the item's page says something; while the site is exchanged, there may be none."""
    until = time.monotonic() + PATIENCE
    while True:
        with suppress(urllib.error.HTTPError):
            if words in browser.page(ITEM):
                return
        assert time.monotonic() < until
        time.sleep(0.1)


def test_folders_that_come_and_go(browser: Browser, tmp_path: Path) -> None:
    """A folder with a dot in its name that is moved away, and one of the project's own whose place another takes."""
    project = browser.project
    law = (project / "data/laws/hetongfa.yml").read_text(encoding="utf-8")
    folder = project / "data/laws/2026.03"
    (tmp_path / "made").mkdir()
    (tmp_path / "made" / "xinfa.yml").write_text(law.replace("id: hetongfa", "id: xinfa"), encoding="utf-8")
    (tmp_path / "made").rename(folder)
    assert "S007" in str(browser.told()["findings"])
    folder.rename(tmp_path / "away")
    assert browser.told() == {"reload": True}
    shutil.copytree(project / "data", tmp_path / "data")
    (project / "data").rename(tmp_path / "old")
    assert "data" in str(browser.told()["findings"])
    (tmp_path / "data" / BASE["item"].removeprefix("data/")).write_text(
        (tmp_path / "old" / BASE["item"].removeprefix("data/")).read_text(encoding="utf-8").replace("宾馆", "旅馆"),
        encoding="utf-8",
    )
    (tmp_path / "data").rename(project / "data")
    waited_for(browser, "开旅馆、")
    good = (project / BASE["item"]).read_text(encoding="utf-8")
    save(project, BASE["item"], good.replace("旅馆", "客栈"))
    waited_for(browser, "开客栈、")


def test_a_backup_beside_a_file_is_told_of_until_it_is_gone(browser: Browser) -> None:
    """Whatever a check reports is followed, under any name."""
    project = browser.project
    backup = project / f"{BASE['item']}~"
    shutil.copyfile(project / BASE["item"], backup)
    assert f"{BASE['item']}~" in str(browser.told()["findings"])
    backup.unlink()
    assert browser.told() == {"reload": True}


def test_what_came_with_the_project_is_never_shown(tmp_path: Path) -> None:
    """Not even while nothing can be built; and what is kept elsewhere by means of a link stays whole."""
    project = make_buildable(copy_district(tmp_path))
    change_record(project, BASE["item"], summary=None)
    for name in ("preview", "preview-kept-beside-0123456789abcdef"):
        (project / ".cache" / name).mkdir(parents=True)
        (project / ".cache" / name / "index.html").write_text("<body>别人的网页</body>", encoding="utf-8")
        (project / ".cache" / name / ".gongkai-site").write_text("gongkai\n", encoding="utf-8")
    browser = Browser(project)
    try:
        assert "还没有生成网站" in browser.page("")
    finally:
        browser.close()
    elsewhere = tmp_path / "elsewhere"
    shutil.copytree(project / ".cache", elsewhere)
    shutil.rmtree(project / ".cache")
    (elsewhere / "preview").mkdir(exist_ok=True)
    (elsewhere / "preview" / "mine.txt").write_text("mine", encoding="utf-8")
    there = files(elsewhere)
    (project / ".cache").symlink_to(elsewhere)
    browser = Browser(project)
    try:
        assert "还没有生成网站" in browser.page("")
    finally:
        browser.close()
    assert files(elsewhere) == there


@pytest.mark.slow
def test_two_previews_of_one_project(tmp_path: Path) -> None:
    """Each shows the site of its own day, and the first goes on when the second ends."""
    project = lend(make_buildable(copy_district(tmp_path)))
    first = Browser(project)
    second = Browser(project, "--as-of", "2026-05-01")
    try:
        change_record(project, BASE["item"], summary="别的概要，说的是同一件事。")
        for browser in (first, second):
            assert browser.told() == {"reload": True}
            assert "别的概要" in browser.page(ITEM)
        days = [browser.page("approvals/efficiency/") for browser in (first, second)]
        assert ["2026年5月1日" in day for day in days] == [False, True]
        os.killpg(second.process.pid, signal.SIGINT)
        assert second.process.wait(PATIENCE) == 0
        assert "别的概要" in first.page(ITEM)
    finally:
        first.close()
        second.close()


def test_files_that_cannot_be_watched(tmp_path: Path) -> None:
    project = lend(make_buildable(copy_district(tmp_path)))
    code = "import gongkai.cli.watching as watching\n"
    code += before("watching", "watch", "raise OSError('OS file watch limit reached. about [\"/x\"]')")
    process = start(project, "serve", *DAY, "--port", str(free_port()), code=code)
    _, stderr = process.communicate(timeout=PATIENCE)
    assert process.returncode == 2 and "Traceback" not in stderr
    assert stderr.startswith("跟踪不了文件的改动：系统允许跟踪的文件夹不够用，请把 fs.inotify.max_user_watches ")


def test_a_port_that_is_taken(tmp_path: Path) -> None:
    project = make_buildable(copy_district(tmp_path))
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        process = start(project, "serve", *DAY, "--port", str(port))
        _, stderr = process.communicate(timeout=PATIENCE)
    assert process.returncode == 2 and stderr == f"不能使用端口 {port}：已经被别的程序占用。请用 --port 换一个。\n"


@pytest.mark.parametrize(
    ("host", "why"),
    [("192.0.2.1", "这台机器没有这个地址"), ("你好", "这台机器没有这个地址"), ("甲" * 100, "这不是主机的地址")],
)
def test_an_address_that_cannot_be_used(host: str, why: str, tmp_path: Path) -> None:
    process = start(make_buildable(copy_district(tmp_path)), "serve", *DAY, "--host", host)
    _, stderr = process.communicate(timeout=PATIENCE)
    said = f"不能使用地址 {host}：{why}。请用 --host 换一个，或者不写。\n"
    assert (process.returncode, stderr) == (2, said)
