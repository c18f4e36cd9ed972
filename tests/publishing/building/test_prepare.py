"""What a build needs of MkDocs and of the templates can be made ready before, and a build then takes it from there."""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment

from building import opened
from commands import files
from gongkai.progress import unseen
from gongkai.publishing.building import prepare
from gongkai.publishing.building.build import build
from gongkai.publishing.building.prepare import is_prepared, prepare_skin, prepare_templates
from gongkai.publishing.building.setting import BuildOptions
from gongkai.publishing.gates.privacy_gate import PersonalDataError
from gongkai.publishing.skin import skin
from gongkai.publishing.skin.shell import SkinError
from gongkai.workers import LocalCrew
from support import AS_OF, copy_district, make_buildable


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return make_buildable(copy_district(tmp_path))


OPTIONS = BuildOptions(AS_OF, search=False)


def test_a_prepared_build_renders_and_compiles_nothing(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with opened(project) as one:
        build(one, project / "plain", OPTIONS, LocalCrew(1), unseen)
    shutil.rmtree(project / ".cache")
    with opened(project) as one:
        prepare_templates(one)
        prepare_skin(one, OPTIONS)
        assert is_prepared(one)

        def refuse(*_: Any) -> Any:
            raise AssertionError("made again")

        monkeypatch.setattr(skin, "_rendered", refuse)
        monkeypatch.setattr(Environment, "compile", refuse)
        build(one, project / "prepared", OPTIONS, LocalCrew(1), unseen)
    assert files(project / "prepared") == files(project / "plain")


def test_nothing_is_prepared_at_first(project: Path) -> None:
    with opened(project) as one:
        assert not is_prepared(one)


@pytest.mark.parametrize("gone", ["templates", "skin"])
def test_half_of_it_is_not_enough(gone: str, project: Path) -> None:
    with opened(project) as one:
        prepare_templates(one)
        prepare_skin(one, OPTIONS)
        shutil.rmtree(one.store.folder / gone)
        assert not is_prepared(one)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("mkdocs.yml", "theme: {name: nowhere}\n"),
        ("mkdocs.yml", "- : ["),
        ("theme/pages/item.html", "{% if %}"),
        ("content/index.md", "---\ntemplate: nowhere.html\n---\n"),
    ],
)
def test_faults_are_left_to_the_build(project: Path, path: str, text: str, capfd: pytest.CaptureFixture[str]) -> None:
    (project / path).write_text(text, encoding="utf-8")
    with opened(project) as one:
        prepare_templates(one)
        prepare_skin(one, OPTIONS)
    assert capfd.readouterr() == ("", "")


def test_a_past_day_is_not_prepared_for(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[datetime.date] = []
    monkeypatch.setattr(prepare, "skin_of", lambda root, kept, site, *_: asked.append(site.as_of))
    with opened(project) as one:
        prepare_skin(one, BuildOptions(datetime.date(2020, 1, 1), search=False))
        assert asked == []
        prepare_skin(one, OPTIONS)
    assert asked == [AS_OF]


@pytest.mark.parametrize("address", ["assets/names.json.gz", "api/v1/items.csv", "pagefind/pagefind-entry.json"])
def test_what_the_theme_has_at_the_address_of_a_list_is_refused(address: str, project: Path) -> None:
    """It was looked through as the theme has it, and that is not what would be published."""
    (project / "theme" / address).parent.mkdir(parents=True, exist_ok=True)
    (project / "theme" / address).write_bytes(b"")
    with opened(project) as one, pytest.raises(SkinError, match="占用了目录的地址"):
        build(one, project / "site", BuildOptions(AS_OF), LocalCrew(1), unseen)
    assert not (project / "site").exists()


def test_what_is_personal_in_the_theme_is_refused_again(project: Path) -> None:
    (project / "theme/assets/extra.js").write_text("const phone = '13800138000';\n", encoding="utf-8")
    for _ in range(2):
        with opened(project) as one, pytest.raises(PersonalDataError, match=r"assets/extra\.js 第 1 行：手机号"):
            build(one, project / "site", OPTIONS, LocalCrew(1), unseen)
