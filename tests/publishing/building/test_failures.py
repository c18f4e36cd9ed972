"""Whatever goes wrong in a build: the old site stays whole, the message says what happened, and the next build is right."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import commands
from building import build_site, check, lend, opened
from commands import IN_A_WORKER, before, beside, build, files, while_writing
from gongkai.publishing.building import workshop
from gongkai.publishing.errors import ChangedError
from gongkai.publishing.skin import render_skin
from gongkai.rules import checking
from gongkai.rules.checking import Day, check_project
from gongkai.workers import LocalCrew
from support import AS_OF, BASE, change_record, copy_district, make_buildable, places

ADDED = "data/laws/xinfa.yml"
PAGE = "items/510123001000/index.html"
UNCHANGED = "没有发布，原来的网站保持不变"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that was built; nobody changes it."""
    root = make_buildable(copy_district(tmp_path_factory.mktemp("built")))
    build_site(root, root / "site")
    return root


@pytest.fixture(scope="module")
def clean(built: Path) -> dict[str, bytes]:
    """The site of the project."""
    return files(built / "site")


@pytest.fixture(scope="module")
def clean_edited(built: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The site of the project after ``edit``, built from nothing."""
    root = tmp_path_factory.mktemp("edited") / "district"
    shutil.copytree(built, root, ignore=shutil.ignore_patterns(".cache", "site"))
    edit(root)
    build_site(root, root / "site")
    return files(root / "site")


@pytest.fixture
def project(built: Path, tmp_path: Path) -> Path:
    """A project with a site and what is kept of it; a build of it makes all pages anew, because it lies elsewhere."""
    return lend(Path(shutil.copytree(built, tmp_path / "district")))


@pytest.fixture
def edited(project: Path) -> Path:
    """A project whose site was built there, and which was edited since: its next build makes what changed."""
    build_site(project, project / "site")
    edit(project)
    return project


def edit(root: Path) -> None:
    """Change an item and add a law."""
    change_record(root, BASE["item"], summary="另一句概要，说的是同一件事。")
    text = (root / "data/laws/hetongfa.yml").read_text(encoding="utf-8")
    (root / ADDED).write_text(text.replace("id: hetongfa", "id: xinfa"), encoding="utf-8")


def refused(result: subprocess.CompletedProcess[str], status: int, *messages: str) -> None:
    """See that a command ended with a message and a status."""
    assert result.returncode == status, result.stderr
    for message in messages:
        assert message in result.stderr
    assert "Traceback" not in result.stderr


def whole(project: Path, clean: dict[str, bytes]) -> None:
    """See that a site is as it was, with nothing left beside it."""
    assert files(project / "site") == clean
    assert beside(project / "site") == set()


def right_next_time(project: Path, expected: dict[str, bytes]) -> None:
    """See that the next build makes the right site and leaves nothing beside it."""
    build_site(project, project / "site")
    whole(project, expected)


KILL_ITSELF = "os.kill(os.getpid(), signal.SIGKILL)"
KILL_PARENT = "os.kill(os.getppid(), signal.SIGKILL)"
CTRL_C = "os.killpg(os.getpgrp(), signal.SIGINT); time.sleep(0.1)"
"""On a terminal it reaches every process."""


class TestKilled:
    def test_a_worker_among_the_pages(self, project: Path, clean: dict[str, bytes]) -> None:
        result = build(project, code=while_writing(PAGE, KILL_ITSELF, IN_A_WORKER))
        refused(result, 1, UNCHANGED, "生成网页的一个进程中途被结束")
        whole(project, clean)
        right_next_time(project, clean)

    def test_a_worker_in_the_check(self, edited: Path, clean: dict[str, bytes], clean_edited: dict[str, bytes]) -> None:
        result = build(edited, code=before("gongkai.rules.checking", "check_records", KILL_ITSELF, IN_A_WORKER))
        refused(result, 2, "检查的一个进程中途被结束")
        whole(edited, clean)
        right_next_time(edited, clean_edited)

    def test_the_build_among_the_pages(self, project: Path, clean: dict[str, bytes]) -> None:
        result = build(project, code=while_writing(PAGE, KILL_PARENT, IN_A_WORKER))
        assert result.returncode == -signal.SIGKILL
        assert files(project / "site") == clean
        right_next_time(project, clean)

    @pytest.mark.parametrize("moved", [0, 1, 3])
    def test_the_build_while_files_move(self, moved: int, edited: Path, clean_edited: dict[str, bytes]) -> None:
        count = "moved = [0]\n" + before("pathlib.Path", "replace", "moved[0] += 1")
        result = build(edited, code=count + before("pathlib.Path", "replace", KILL_ITSELF, f"moved[0] == {moved}"))
        assert result.returncode == -signal.SIGKILL
        right_next_time(edited, clean_edited)

    def test_the_build_while_files_move_and_the_edit_is_undone(
        self, edited: Path, built: Path, clean: dict[str, bytes]
    ) -> None:
        result = build(edited, code=before("pathlib.Path", "replace", KILL_ITSELF))
        assert result.returncode == -signal.SIGKILL
        (edited / ADDED).unlink()
        shutil.copyfile(built / BASE["item"], edited / BASE["item"])
        right_next_time(edited, clean)

    def test_the_build_between_two_sites(self, project: Path, clean: dict[str, bytes]) -> None:
        result = build(
            project, code=before("pathlib.Path", "rename", KILL_ITSELF, "arguments[0].name == '.site-building'")
        )
        assert result.returncode == -signal.SIGKILL and not (project / "site").exists()
        change_record(project, BASE["item"], questions=[])
        refused(build(project), 1, "有错误，没有发布")
        whole(project, clean)


class TestFullDisk:
    """Writing fails as it does on a full disk, at a place that is known beforehand."""

    FULL = "raise OSError(28, os.strerror(28), '/'.join(map(str, arguments[:2])))"

    def test_among_the_pages(self, project: Path, clean: dict[str, bytes]) -> None:
        result = build(project, code=while_writing(PAGE, self.FULL))
        refused(result, 2, UNCHANGED, "磁盘已满", PAGE)
        whole(project, clean)
        right_next_time(project, clean)

    def test_before_the_first_new_file_moves(
        self, edited: Path, clean: dict[str, bytes], clean_edited: dict[str, bytes]
    ) -> None:
        result = build(edited, code=before("pathlib.Path", "mkdir", self.FULL, "'/site/laws/' in str(arguments[0])"))
        refused(result, 2, UNCHANGED, "磁盘已满")
        whole(edited, clean)
        right_next_time(edited, clean_edited)

    def test_after_new_files_have_moved(
        self, edited: Path, clean: dict[str, bytes], clean_edited: dict[str, bytes]
    ) -> None:
        count = "moved = [0]\n" + before("pathlib.Path", "replace", "moved[0] += 1")
        result = build(edited, code=count + before("pathlib.Path", "replace", self.FULL, "moved[0] == 3"))
        refused(result, 2, "没有发布完：网站只换了一部分", "请排除原因后再运行一次")
        right_next_time(edited, clean_edited)

    def test_in_what_is_kept_of_the_site(self, project: Path, clean: dict[str, bytes]) -> None:
        """By SQLite's own limit to the size of a file."""
        full = "arguments[0]._store.connection.execute('PRAGMA made.max_page_count = 1')"
        shutil.rmtree(project / ".cache")
        result = build(
            project, code=before("gongkai.kept.units.Stage", "keep", full, "arguments[0].name[:4] == 'site'")
        )
        refused(result, 2, f"{UNCHANGED}：读写文件出错", "磁盘已满")
        whole(project, clean)
        right_next_time(project, clean)

    def test_in_what_is_kept_of_the_files(self, project: Path, clean: dict[str, bytes]) -> None:
        full = "arguments[0].store.connection.execute('PRAGMA main.max_page_count = 1')"
        shutil.rmtree(project / ".cache")
        code = before("gongkai.kept.project.Project", "_take", full)
        refused(commands.run(project, "check", *commands.DAY, code=code), 2, "读写不了", "磁盘已满")
        refused(build(project, code=code), 2, "读写不了", "磁盘已满")
        whole(project, clean)
        right_next_time(project, clean)

    def test_of_the_sites_disk(
        self, small_disk: Callable[[Path, int], None], project: Path, clean: dict[str, bytes]
    ) -> None:
        """A real disk, where one may be mounted; ``test_among_the_pages`` says the same everywhere."""
        place = project / "disk"
        size = sum(map(len, clean.values()))
        small_disk(place, size + size // 2 + 306 * 4096)
        result = build(project, "--output", "disk/site")
        assert result.returncode == 0, result.stderr
        result = build(project, "--output", "disk/site", "--as-of", "2026-11-22")
        refused(result, 2, UNCHANGED, "磁盘已满")
        assert files(place / "site") == clean and beside(place / "site") == set()

    def test_of_the_caches_disk(
        self, small_disk: Callable[[Path, int], None], project: Path, clean: dict[str, bytes]
    ) -> None:
        """A real disk, where one may be mounted; ``test_in_what_is_kept_of_the_files`` says the same everywhere."""
        shutil.rmtree(project / ".cache")
        small_disk(project / ".cache", 300_000)
        result = build(project)
        # Data, templates and MkDocs' pages are kept there by several processes: any of them may fill it.
        if result.returncode == 1:
            refused(result, 1, UNCHANGED, "磁盘已满")
        else:
            refused(result, 2, "读写不了", "磁盘已满")
        whole(project, clean)
        subprocess.run(["umount", project / ".cache"], check=True)
        right_next_time(project, clean)


@pytest.fixture
def small_disk() -> Iterator[Callable[[Path, int], None]]:
    """A function that makes a folder a disk of some bytes."""
    mounted: list[Path] = []

    def mount(place: Path, size: int) -> None:
        place.mkdir()
        ran = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", place], check=False)
        if ran.returncode:
            pytest.skip("only root may mount a disk")
        mounted.append(place)

    yield mount
    for place in mounted:
        if place.is_mount():
            subprocess.run(["umount", place], check=True)


class TestInterrupted:
    def test_in_the_check(self, edited: Path, clean: dict[str, bytes], clean_edited: dict[str, bytes]) -> None:
        action = before("gongkai.rules.checking", "check_records", CTRL_C, f"{IN_A_WORKER} and once('.cache/pressed')")
        refused(build(edited, code=action), 130, "已中止，没有发布；原来的网站保持不变。")
        whole(edited, clean)
        right_next_time(edited, clean_edited)

    def test_among_the_pages(self, project: Path, clean: dict[str, bytes]) -> None:
        result = build(project, code=while_writing(PAGE, CTRL_C, IN_A_WORKER))
        refused(result, 130, "已中止，没有发布；原来的网站保持不变。")
        whole(project, clean)
        right_next_time(project, clean)

    def test_while_pages_are_kept(self, project: Path, clean: dict[str, bytes]) -> None:
        result = build(
            project, code=before("gongkai.kept.units.Stage", "_keep_shares", CTRL_C, "once('.cache/pressed')")
        )
        refused(result, 130, "已中止，没有发布；原来的网站保持不变。")
        whole(project, clean)
        right_next_time(project, clean)

    def test_while_files_move(self, edited: Path, clean_edited: dict[str, bytes]) -> None:
        result = build(edited, code=before("pathlib.Path", "replace", CTRL_C, "once('.cache/pressed')"))
        refused(result, 130, "已中止；这时新的网站已经换好。")
        whole(edited, clean_edited)
        right_next_time(edited, clean_edited)

    def test_between_two_sites(self, project: Path, clean: dict[str, bytes]) -> None:
        result = build(project, code=before("pathlib.Path", "rename", CTRL_C, "arguments[0].name == '.site-building'"))
        refused(result, 130, "已中止；这时新的网站已经换好。")
        whole(project, clean)
        right_next_time(project, clean)


class TestTwoAtOnce:
    WAIT = while_writing(PAGE, "once('waiting'); wait_for('go')", "True")

    def started(self, project: Path) -> subprocess.Popen[str]:
        """Start a build that waits among the pages."""
        process = commands.start(project, "build", *commands.DAY, "--no-search", "--jobs", "1", code=self.WAIT)
        while not (project / "waiting").exists():
            assert process.poll() is None, process.communicate()
        return process

    def test_in_one_place(self, project: Path, clean: dict[str, bytes]) -> None:
        first = self.started(project)
        refused(build(project), 2, "没有发布：另一个生成正在进行", "请等它结束")
        assert files(project / "site") == clean
        (project / "go").touch()
        assert commands.ended(first).returncode == 0
        whole(project, clean)

    def test_in_two_places(self, project: Path, clean: dict[str, bytes]) -> None:
        first = self.started(project)
        second = build(project, "--output", "other")
        (project / "go").touch()
        assert second.returncode == 0, second.stderr
        assert commands.ended(first).returncode == 0
        assert files(project / "other") == clean
        whole(project, clean)


CHANGES: dict[str, Callable[[Path], object]] = {
    BASE["item"]: lambda file: file.write_text(file.read_text(encoding="utf-8") + "# 改了\n", encoding="utf-8"),
    "data/laws/new.yml": lambda file: file.write_text("id: new\n", encoding="utf-8"),
    "data/listings/villages/511703100003.yml": lambda file: file.unlink(),
    BASE["town"]: lambda file: os.utime(file, ns=(1, 1)),
    "content/index.md": lambda file: file.write_text(file.read_text(encoding="utf-8") + "又一段。\n", encoding="utf-8"),
    "theme/pages/item.html": lambda file: file.write_text("没有了", encoding="utf-8"),
    "mkdocs.yml": lambda file: file.write_text(file.read_text(encoding="utf-8") + "copyright: 又\n", encoding="utf-8"),
}


def put_back(root: Path, built: Path, path: str) -> None:
    """Let a file be again what it was."""
    if (built / path).exists():
        shutil.copyfile(built / path, root / path)
    else:
        (root / path).unlink()


def lowered(text: bytes) -> bytes:
    """Return a record that says the same on the next line."""
    return text.replace(b"\n", b"\n# a comment\n", 1)


class TestChangedDuringTheBuild:
    def test_the_message(self, project: Path, clean: dict[str, bytes]) -> None:
        change = f"open({BASE['item']!r}, 'a').write('# 改了\\n')"
        result = build(project, code=while_writing(PAGE, change))
        refused(result, 1, f"{UNCHANGED}。{BASE['item']} 在生成过程中改动了，请重新运行")
        whole(project, clean)
        right_next_time(project, clean)

    @pytest.mark.parametrize("path", CHANGES)
    def test_while_all_pages_are_made(
        self, path: str, project: Path, built: Path, clean: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with monkeypatch.context() as patched, pytest.raises(ChangedError, match=f"^{path} 在生成过程中改动了"):
            self.change(patched, project, path)
            build_site(project, project / "site")
        whole(project, clean)
        put_back(project, built, path)
        build_site(project, project / "site")
        whole(project, clean)

    @pytest.mark.parametrize("path", [BASE["department"], "theme/pages/item.html"])
    def test_while_few_pages_are_made(
        self,
        path: str,
        edited: Path,
        built: Path,
        clean: dict[str, bytes],
        clean_edited: dict[str, bytes],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        with monkeypatch.context() as patched, pytest.raises(ChangedError, match=f"^{path} 在生成过程中改动了"):
            self.change(patched, edited, path)
            build_site(edited, edited / "site")
        whole(edited, clean)
        put_back(edited, built, path)
        build_site(edited, edited / "site")
        whole(edited, clean_edited)

    def test_while_the_skin_is_made(
        self, project: Path, built: Path, clean: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """What was made of the changed page is not taken for what is made of the page as it was."""
        path = "content/index.md"
        shutil.rmtree(project / ".cache")
        real = render_skin.render_skin

        def changing(*arguments: Any) -> Any:
            CHANGES[path](project / path)
            return real(*arguments)

        with monkeypatch.context() as patched, pytest.raises(ChangedError, match=path):
            patched.setattr(render_skin, "render_skin", changing)
            build_site(project, project / "site", borrowing=False)
        put_back(project, built, path)
        build_site(project, project / "site")
        whole(project, clean)

    def test_while_it_is_checked(self, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A finding's line is never that of another text than the one it was found in."""
        change_record(project, BASE["item"], questions=[])
        file = project / BASE["item"]
        before = file.read_bytes()
        real = checking.check_records

        def changing(*arguments: Any, **named: Any) -> Any:
            file.write_bytes(lowered(before))
            return real(*arguments, **named)

        with monkeypatch.context() as patched, pytest.raises(OSError, match="读了以后又改动了"):
            patched.setattr(checking, "check_records", changing)
            check(project)
        file.write_bytes(before)
        found = places(check(project).findings)
        file.write_bytes(lowered(before))
        assert places(check(project).findings) == [(c, p, n + (p == BASE["item"]), at) for c, p, n, at in found]
        assert found

    def change(self, patched: pytest.MonkeyPatch, root: Path, path: str) -> None:
        """Let a file change when the first page is written."""
        real = workshop.write
        changes = iter([path])

        def changing(*arguments: Any) -> None:
            for changed in changes:
                CHANGES.get(changed, lambda file: file.touch())(root / changed)
            real(*arguments)

        patched.setattr(workshop, "write", changing)


def test_lines_follow_a_file_that_says_the_same(project: Path) -> None:
    """A comment above moves a finding, in the process that found it before as in any other."""
    change_record(project, BASE["item"], questions=[])
    day = Day(AS_OF, AS_OF)
    with opened(project) as known:
        found = places(check_project(known, day, LocalCrew(1)).findings)
        file = project / BASE["item"]
        file.write_bytes(lowered(file.read_bytes()))
        known.refresh(LocalCrew(1), candidates=[BASE["item"]])
        moved = places(check_project(known, day, LocalCrew(1)).findings)
    assert moved == [(c, p, n + (p == BASE["item"]), at) for c, p, n, at in found]
    assert found
