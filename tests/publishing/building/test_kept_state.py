"""What is kept stays right when a build ends in the middle, when other sites are built, and when files come back."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from building import build_site, check, opened
from commands import files
from gongkai.publishing.building import setting
from gongkai.publishing.feeds import kept_events
from publishing.building.comparing import assert_as_from_nothing
from support import BASE, change_record
from support import check as plain


def withdraw_the_exposure(root: Path) -> None:
    """Let a town lose the only event of its feed."""
    change_record(root, BASE["exposure"], organization="weijian", items=[])
    (root / BASE["interview"]).unlink()


@pytest.mark.parametrize(("owner", "name"), [(kept_events, "_by_feed"), (setting.Setting, "made")])
def test_a_build_that_ends_while_feeds_are_renewed(
    owner: object, name: str, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before anything of it is kept, and before the pages are made that show it."""
    before = files(project / "site")
    withdraw_the_exposure(project)

    def interrupt(*_arguments: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(owner, name, interrupt)
        build_site(project, project / "site")
    assert files(project / "site") == before
    report = build_site(project, project / "site")
    assert_as_from_nothing(project, report)
    assert differs(before, project, "feeds/town-tingzi.rss")


@pytest.mark.parametrize("other_first", [False, True])
def test_another_site_of_the_project(other_first: bool, project: Path) -> None:
    """A feed that lost its last event is empty, though what is kept of events was made for another address meanwhile."""
    before = files(project / "site")
    if other_first:
        build_site(project, project / "other", site_url="https://other.example.org/")
    withdraw_the_exposure(project)
    build_site(project, project / "other", site_url="https://other.example.org/")
    report = build_site(project, project / "site")
    assert_as_from_nothing(project, report)
    assert differs(before, project, "feeds/town-tingzi.rss")


def test_a_site_that_was_removed_leaves_nothing_behind(project: Path) -> None:
    """Neither its units nor those of its feeds."""
    build_site(project, project / "other", site_url="https://other.example.org/")
    shutil.rmtree(project / "other")
    report = build_site(project, project / "site")
    with opened(project) as one:
        stages = {stage for (stage,) in one.store.rows("SELECT DISTINCT stage FROM made.units")}
    assert f"events {project / 'site'}" in stages
    assert not [stage for stage in stages if stage.endswith("other")]
    assert_as_from_nothing(project, report)


def test_all_files_vanish_and_come_back(project: Path, tmp_path: Path) -> None:
    """As those of a disk that is not there for a while; meanwhile one of them was changed, and one of a new kind came."""
    inspection, aside = project / BASE["inspection"], tmp_path / "inspection.yml"
    inspection.rename(aside)
    build_site(project, project / "site")
    before = files(project / "site")
    for folder in ("data", "content"):
        shutil.copytree(project / folder, tmp_path / "away" / folder)
        for path in sorted((project / folder).rglob("*")):
            if path.is_file():
                path.unlink()
    assert check(project).findings
    for folder in ("data", "content"):
        shutil.copytree(tmp_path / "away" / folder, project / folder, dirs_exist_ok=True)
    change_record(project, BASE["item"], summary="另一句概要，说的是同一件事。")
    inspection.parent.mkdir(exist_ok=True)
    aside.rename(inspection)
    assert check(project).findings == plain(project)
    report = build_site(project, project / "site")
    assert_as_from_nothing(project, report)
    assert differs(before, project, "items/510123001000/index.html")
    assert differs(before, project, "supervision/inspections/index.html")


def differs(before: dict[str, bytes], root: Path, address: str) -> bool:
    return before[address] != (root / "site" / address).read_bytes()
