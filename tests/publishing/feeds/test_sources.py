"""Each record says by itself what was published about it."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from gongkai.model.item import Item
from gongkai.publishing.feeds.sources import drafts_of, sources
from publishing.feeds.sites import NUMBER, a_case, event, site_of, write_cases
from support import BASE, change_record, data_of


def test_a_record_says_what_was_published_about_it(district: Path) -> None:
    write_cases(district, a_case(event("2026-03-03", "受理"), event("2026-03-04", "申请人撤回")))
    site = site_of(district)
    found = {source: [draft.identity for draft in drafts_of(site, source)] for source in sources(site)}
    assert found[("approvals", "2026-03-02")] == [f"case/{NUMBER}/{what}/1" for what in ("accepted", "withdrawn")]
    assert found[("adjustments", "2025-001")] == ["adjustment/2025-001/510123001000/1"]
    assert len(found[("exposures", "2026-001")]) == 3
    assert found[("pages", "content/index.md")] == []


def test_drafts_are_plain_data(district: Path) -> None:
    site = site_of(district)
    drafts = [draft for source in sources(site) for draft in drafts_of(site, source)]
    assert pickle.loads(pickle.dumps(drafts)) == drafts
    assert len({draft.order for draft in drafts}) == len(drafts)


def test_an_adjustment_asks_for_its_item_only_where_a_limit_changed(
    district: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    class Items(dict[str, Item]):
        def get(self, key: str, default: Item | None = None) -> Item | None:  # type: ignore[override]
            asked.append(key)
            return super().get(key, default)

    def drafts() -> int:
        site = site_of(district)
        monkeypatch.setattr(site.catalogue, "items", Items(site.catalogue.items))
        return len(drafts_of(site, ("adjustments", "2025-001")))

    assert drafts() == 1
    assert asked == ["510123001000"]
    asked.clear()
    changes = data_of((district / BASE["adjustment"]).read_text(encoding="utf-8"))["changes"]
    changes[0]["elements"] = [{"path": "name", "old": "旧名", "new": changes[0]["name"]}]
    change_record(district, BASE["adjustment"], changes=changes)
    assert drafts() == 1
    assert asked == []
