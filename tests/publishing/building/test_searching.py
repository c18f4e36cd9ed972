"""The indexes of full texts follow every change."""

from __future__ import annotations

from pathlib import Path

import pytest

from building import build_site
from publishing.building.comparing import (
    ALLOWANCE_PATH,
    PERMIT_NAME,
    assert_as_from_nothing,
    edit,
    times,
)
from publishing.district_files import edit_every_file
from publishing.edits import CHANGES
from support import BASE


def test_the_full_text_follows(project: Path) -> None:
    def indexed() -> set[str]:
        return {name for name, _ in times(project / "site").items() if name.startswith("pagefind/")}

    report = build_site(project, project / "site", search=True)
    assert_as_from_nothing(project, report, search=True)
    for change in (
        lambda: edit(project, ALLOWANCE_PATH, "健在，且没有", "健在并且没有"),
        lambda: CHANGES["hand_written"](project, 0),
        lambda: edit_every_file(project, PERMIT_NAME, "公共场所卫生行政许可"),
    ):
        before = indexed()
        change()
        report = build_site(project, project / "site", search=True)
        assert_as_from_nothing(project, report, search=True)
        assert indexed() != before
    before = times(project / "site")
    edit(project, BASE["item"], "phone: ", "phone:  ")
    CHANGES["calendar"](project, 1)
    build_site(project, project / "site", search=True)
    assert {n: t for n, t in times(project / "site").items() if n.startswith("pagefind/")} == {
        n: t for n, t in before.items() if n.startswith("pagefind/")
    }


@pytest.mark.slow
def test_several_indexes_of_full_texts_follow(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also from one to several and back, and when an item goes or is no longer searched for."""
    monkeypatch.setattr("gongkai.publishing.search.full_text.GROUP", 2)

    def indexes() -> int:
        report = build_site(project, project / "site", search=True, jobs=2)
        assert_as_from_nothing(project, report, search=True)
        return len([*(project / "site/pagefind").rglob("pagefind-entry.json")])

    assert indexes() == 1
    for change, number, expected in (
        ("item_added", 0, 2),
        ("item_added", 1, 2),
        ("item_cancelled", 0, 2),
        ("item_deleted", 0, 2),
        ("item_deleted", 0, 1),
    ):
        CHANGES[change](project, number)
        assert indexes() == expected
